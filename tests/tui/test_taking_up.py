"""An author's loop: a pack is saved while it is being played, and played on with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from game.campaign.records import Card, DraftAsk
from game.saves import replay
from game.saves.renewing import by_default
from game.tui.app import GuidingHandApp
from game.tui.settings import Settings
from game.tui.shelf import Shelf
from tests.campaign.packs import files
from tests.packs.factory import TINY, write_pack
from tests.tui.screens import press, settle
from tests.tui.snapshots import screen_text

EVENTS = "events/all.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small pack that can be edited, and a folder for saves."""
    monkeypatch.setenv("GUIDING_HAND_SAVES", str(tmp_path / "saves"))
    return write_pack(tmp_path / "tiny", files())


@asynccontextmanager
async def writing(
    folder: Path, *, practice: bool = True
) -> AsyncIterator[tuple[GuidingHandApp, Pilot[None]]]:
    """The game on the pack, watching its files, at the first desk."""
    app = GuidingHandApp(
        lambda: Shelf((folder,), practice=practice),
        lambda library: library.begin("valleys", 3),
        watch=True,
        settings=Settings(animations=False),
        settings_path=folder.parent / "settings.json",
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await to(app, pilot, lambda: isinstance(asked(app), DraftAsk))
        try:
            yield app, pilot
        finally:
            app.to_menu()


def asked(app: GuidingHandApp) -> object:
    """What the campaign waits for."""
    assert app.session is not None
    return app.session.ask


async def to(app: GuidingHandApp, pilot: Pilot[None], there: Callable[[], bool]) -> None:
    """Answer by default until something is asked."""
    session = app.session
    assert session is not None
    for _ in range(60):
        if there():
            return
        session.read_all_but(0)
        app.decide(by_default(session.campaign))
        await settle(pilot)
    raise AssertionError("it is never asked")


async def until(pilot: Pilot[None], there: Callable[[], bool]) -> None:
    """Wait for what a timer and threads bring about."""
    for _ in range(400):
        await pilot.pause()
        if there():
            await settle(pilot)
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never comes")


def lines(app: GuidingHandApp) -> str:
    """What was told."""
    return "\n".join(note.message for note in app._notifications)


def edit(folder: Path, old: str, new: str, name: str = EVENTS) -> None:
    """Save a file of the pack with some words replaced, as editors do."""
    path = folder / name
    text = path.read_text()
    assert old in text
    beside = path.with_suffix(".swp")
    beside.write_text(text.replace(old, new))
    beside.replace(path)


async def test_the_whole_loop_of_an_author(folder: Path) -> None:
    async with writing(folder) as (app, pilot):
        session = app.session
        assert session is not None
        assert session.practice
        assert "PRACTICE" in screen_text(app).splitlines()[0]
        await to(app, pilot, lambda: isinstance(asked(app), Card))
        await to(app, pilot, lambda: isinstance(asked(app), DraftAsk))
        closed = session.campaign.year
        before = session.campaign.position.state

        edit(folder, "chance: 0.1 + 0.2 * rainfall", "chance: 1")
        edit(folder, "It rains for three weeks.", "It pours for three weeks.")
        await until(pilot, lambda: "in force" in lines(app))
        assert session.campaign.year == closed
        assert session.campaign.position.state is not before
        rain = session.campaign.model.pack.events["long-rain"]
        assert rain.bulletin == "It pours for three weeks."
        assert rain.chance == "1"

        edit(folder, "chance: 1\n", "chance: 1 +\n")
        await until(pilot, lambda: "The old rules go on" in lines(app))
        line = TINY[EVENTS].splitlines().index("  chance: 0.1 + 0.2 * rainfall") + 1
        assert f"{EVENTS}:{line}" in lines(app)
        assert f"{EVENTS}:{line}" in screen_text(app).splitlines()[0]
        assert session.campaign.model.pack.events["long-rain"].chance == "1"

        edit(folder, "chance: 1 +\n", "chance: 1\n")
        await until(pilot, lambda: session.note == "")
        assert "all.yaml" not in screen_text(app).splitlines()[0]

        await to(app, pilot, lambda: session.campaign.year > closed + 1)
        told = [h.text for report in session.campaign.reports for h in report.happenings]
        assert any("It pours" in one for one in told)
        path = session.path
        app.to_menu()

    assert path is not None
    report = replay(path, Shelf((folder,))._load)
    assert report.holds, report.message
    assert report.practice
    assert report.recorded_until == closed


async def test_rules_saved_while_a_year_is_open_count_once_it_has_closed(folder: Path) -> None:
    async with writing(folder) as (app, pilot):
        session = app.session
        assert session is not None

        def open_year() -> bool:
            running = session.campaign.position.running
            return running is not None and running.pending is not None

        await to(app, pilot, open_year)
        year = session.campaign.year
        model = session.campaign.model

        edit(folder, "-0.1 * demand", "-0.2 * demand")
        await until(pilot, lambda: f"from {year + 2}" in lines(app))
        assert session.campaign.model is model
        assert f"new rules in {year + 2}" in screen_text(app)

        await to(app, pilot, lambda: session.campaign.year > year)
        assert session.campaign.model is not model
        assert "new rules in" not in screen_text(app)
        assert session.campaign.position.years[0].year == session.campaign.model.scenario.start


async def test_a_text_is_on_the_screen_at_once(folder: Path) -> None:
    async with writing(folder) as (app, pilot):
        await to(app, pilot, lambda: isinstance(asked(app), Card))
        card = asked(app)
        assert isinstance(card, Card)
        name = "events/more.yaml" if card.event == "a-quarrel" else EVENTS
        made = len(app.session.campaign.decisions) if app.session else 0

        edit(folder, f"title: {card.title}", "title: Quite another title", name)
        await until(pilot, lambda: "Quite another title" in screen_text(app))

        assert app.session is not None
        assert len(app.session.campaign.decisions) == made


async def test_the_desk_keeps_what_was_put_on_it(folder: Path) -> None:
    async with writing(folder) as (app, pilot):
        session = app.session
        assert session is not None
        await press(pilot, ["a"])
        taken = session.draft.taken
        assert taken

        edit(folder, "-0.1 * demand", "-0.2 * demand")
        await until(pilot, lambda: "in force" in lines(app))

        assert session.draft.taken == taken
        assert type(app.screen).__name__ == "DeskScreen"


async def test_a_scenario_that_is_gone_is_told_and_the_old_one_goes_on(folder: Path) -> None:
    async with writing(folder) as (app, pilot):
        for path in sorted(folder.rglob("*.yaml")):
            path.write_text(path.read_text().replace("valleys", "hills"))
        await until(pilot, lambda: "is gone" in lines(app))

        assert app.session is not None
        assert app.session.campaign.model.scenario.id == "valleys"
        await to(app, pilot, lambda: isinstance(asked(app), Card))


async def test_a_pack_that_vanishes_is_told(folder: Path) -> None:
    async with writing(folder) as (app, pilot):
        (folder / "pack.yaml").unlink()
        await until(pilot, lambda: "The old rules go on" in lines(app))

        assert app.session is not None
        assert app.session.note


async def test_a_real_campaign_is_not_watched(folder: Path) -> None:
    async with writing(folder, practice=False) as (app, pilot):
        model = app.session.campaign.model if app.session else None

        edit(folder, "-0.1 * demand", "-0.2 * demand")
        await asyncio.sleep(0.6)
        await settle(pilot)

        assert app.session is not None
        assert app.session.campaign.model is model


async def test_what_lies_over_the_desk_is_closed_when_the_rules_change(folder: Path) -> None:
    async with writing(folder) as (app, pilot):
        await press(pilot, ["enter"])
        assert type(app.screen).__name__ != "DeskScreen"

        edit(folder, "-0.1 * demand", "-0.2 * demand")
        await until(pilot, lambda: "in force" in lines(app))

        assert type(app.screen).__name__ == "DeskScreen"


async def test_the_inspector_stays_open_and_shows_the_new_rules(folder: Path) -> None:
    async with writing(folder) as (app, pilot):
        await press(pilot, ["f7", "l", "l", "l", "slash", *"long", "enter"])
        assert "0.1 + 0.2 * rainfall" in screen_text(app)

        edit(folder, "chance: 0.1 + 0.2 * rainfall", "chance: 0.7 + 0.1 * rainfall")
        await until(pilot, lambda: "0.7 + 0.1 * rainfall" in screen_text(app))

        assert type(app.screen).__name__ == "InspectorScreen"
