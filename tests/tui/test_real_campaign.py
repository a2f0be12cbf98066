"""A whole campaign of the shipped content, through the real screens, by keyboard at 80x24."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from game.saves import replay
from game.tui.app import GuidingHandApp
from game.tui.settings import Settings
from tests.tui.screens import press, settle

ANSWERS = {
    "OpeningScreen": ["1"],
    "InboxModal": ["enter"],
    "DeskScreen": ["c", "p"],
    "PromisesScreen": ["down", "o", "down", "o", "p"],
    "LockModal": ["enter"],
    "CardModal": ["3", "2", "1"],
    "VisitModal": ["1"],
    "MidTermModal": ["n"],
    "CountModal": ["2"],
    "YearScreen": ["enter"],
    "ReviewScreen": ["enter"],
}
"""What a hurried player presses on each screen."""


async def play(pilot: Pilot[None], most: int) -> list[str]:
    """Press on until the ending; give the screens that were seen."""
    seen: list[str] = []
    for _ in range(most):
        name = type(pilot.app.screen).__name__
        seen.append(name)
        if name == "EndingScreen":
            return seen
        for key in ANSWERS[name]:
            await press(pilot, [key])
            if type(pilot.app.screen).__name__ != name:
                break
    raise AssertionError(f"no ending after {most} screens: {seen[-12:]}")


@pytest.mark.parametrize(
    "scenario",
    ["twelfth-plan", pytest.param("long-march", marks=pytest.mark.slow)],
)
async def test_a_hurried_player_reaches_the_ending_and_the_save_replays(
    scenario: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDING_HAND_SAVES", str(tmp_path / "saves"))
    app = GuidingHandApp(
        open_at=lambda library: library.begin(scenario, 7),
        settings=Settings(animations=False),
        settings_path=tmp_path / "settings.json",
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        seen = await play(pilot, 400)
        assert app.session is not None
        path = app.session.path
        assert app.session.campaign.finished
        made = len(app.session.campaign.decisions)
        await press(pilot, ["b"])
        assert type(pilot.app.screen).__name__ == "ForkModal"
        await press(pilot, ["enter"])
        assert app.session.path != path
        assert len(app.session.campaign.decisions) == made - 1
        app.leave_campaign()

    assert {"DeskScreen", "YearScreen", "ReviewScreen"} <= set(seen)
    assert path is not None
    report = replay(path)
    assert report.holds, report.message
