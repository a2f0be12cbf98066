"""The real desk: a save that opens at it, and the time from a key to the painted fan."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.scene import SCENARIO, SEED, Times, compiled, spread

LETTERS = "abcdegmnortv"
SIZE = (120, 40)
PATIENCE = 60.0


def save_at_desk(folder: Path) -> Path:
    """A save of a long march whose letter has been read: it opens at the first desk."""
    from game.campaign import Campaign
    from game.campaign.decisions import Begin
    from game.campaign.records import OpeningAsk
    from game.saves import create

    campaign = Campaign.new(compiled(), SEED)
    ask = campaign.ask
    assert isinstance(ask, OpeningAsk)
    with create(campaign, "desk", folder=folder) as save:
        decision = Begin(ask.aims[0][0])
        campaign.decide(decision)
        save.append(decision, campaign)
        return save.path


def desk_key_to_fan(folder: Path, presses: int = 100) -> dict[str, Any]:
    """Letters pressed on the real desk: from each key until its forecast has been painted."""
    return asyncio.run(_pressed(save_at_desk(folder), presses))


async def _pressed(save: Path, presses: int) -> dict[str, Any]:
    from textual.screen import Screen

    from game.campaign.records import Fan
    from game.tui.app import GuidingHandApp
    from game.tui.screens.desk import DeskScreen
    from game.tui.settings import Settings

    painted = asyncio.Event()
    show = DeskScreen._show_fan

    def seen(screen: DeskScreen, fan: Fan) -> None:
        show(screen, fan)
        screen.call_after_refresh(painted.set)

    times: Times = []
    app = GuidingHandApp(
        open_at=lambda library: library.resume(save)[0],
        settings=Settings(animations=False),
        settings_path=save.parent / "settings.json",
    )
    DeskScreen._show_fan = seen  # type: ignore[assignment, method-assign]
    try:
        async with app.run_test(size=SIZE) as pilot:
            await asyncio.wait_for(painted.wait(), PATIENCE)
            desk: Screen[Any] = app.screen
            assert isinstance(desk, DeskScreen)
            for turn in range(-len(LETTERS), presses):
                await pilot.pause()
                painted.clear()
                wall, own = time.perf_counter(), time.process_time()
                app.simulate_key(LETTERS[turn % len(LETTERS)])
                await asyncio.wait_for(painted.wait(), PATIENCE)
                if turn >= 0:
                    times.append((time.perf_counter() - wall, time.process_time() - own))
    finally:
        DeskScreen._show_fan = show  # type: ignore[method-assign]
    return {"keys": spread(times), "scenario": SCENARIO}
