"""A save at its first desk: the desk is on screen, and can be worked on, before the replay."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from game.campaign import Campaign
from game.campaign.decisions import Begin
from game.campaign.kept import KeptDesk
from game.campaign.records import OpeningAsk
from game.packs import cache
from game.saves import create, open_save
from game.saves.desks import keep_desk
from game.saves.errors import SaveError
from game.tui.app import GuidingHandApp
from game.tui.library import Changed
from game.tui.screens.desk import DeskScreen
from game.tui.session import Session
from game.tui.settings import Settings
from game.tui.shelf import Shelf
from tests.campaign.packs import tiny
from tests.tui.screens import settle
from tests.tui.snapshots import screen_text


class SlowShelf(Shelf):
    """Opens a save once it is let; may know of another desk than the save's."""

    def __init__(self, *, other: bool = False, fails: bool = False) -> None:
        super().__init__()
        self.let = Event()
        self.other, self.fails = other, fails

    def kept_desk(self, path: Path) -> KeptDesk | None:
        if self.other:
            return KeptDesk.of(at_desk(99))
        return super().kept_desk(path)

    def resume(self, path: Path, *, changed: Changed = "ask") -> tuple[Session, tuple[str, ...]]:
        self.let.wait(30)
        if self.fails:
            raise SaveError("the save is gone")
        campaign, save, notices = open_save(path, lambda _: tiny(), on_change=changed)
        return self._session(campaign, save), notices


def at_desk(seed: int) -> Campaign:
    """A campaign at its first desk."""
    campaign = Campaign.new(tiny(), seed)
    assert isinstance(campaign.ask, OpeningAsk)
    campaign.decide(Begin(campaign.ask.aims[0][0] if campaign.ask.aims else None))
    return campaign


@asynccontextmanager
async def resumed(
    folder: Path, shelf: SlowShelf
) -> AsyncIterator[tuple[GuidingHandApp, Pilot[None]]]:
    """The game started at a save; what opens the save is held until it is let."""
    with create(at_desk(7), "one", folder=folder) as save:
        path = save.path
    keep_desk(path, at_desk(7))
    app = GuidingHandApp(
        lambda: shelf,
        resume=path,
        settings=Settings(animations=False),
        settings_path=folder / "settings.json",
    )
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.pause()
        try:
            yield app, pilot
        finally:
            shelf.let.set()
            await settle(pilot)
            if app.session is not None:
                app.session.close()


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of this test's own."""
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")


async def opened(shelf: SlowShelf, pilot: Pilot[None]) -> None:
    """Let the save be opened, and wait until it is."""
    shelf.let.set()
    await settle(pilot)


async def test_the_desk_is_there_before_its_campaign(tmp_path: Path) -> None:
    shelf = SlowShelf()
    async with resumed(tmp_path, shelf) as (app, pilot):
        desk = app.screen
        assert isinstance(desk, DeskScreen)
        assert desk.waits
        assert app.session is None
        before = screen_text(app)
        assert "On the table" in before
        assert "left" in before

        await opened(shelf, pilot)

        assert app.screen is desk
        assert app._opener.waiting_desk is None
        assert app.session is not None
        assert app.session.draft == app.session.campaign.draft()
        rows = [line[:60] for line in before.splitlines() if "bn" in line]
        assert rows
        assert rows == [line[:60] for line in screen_text(app).splitlines() if "bn" in line]


async def test_what_is_done_meanwhile_is_done_and_can_be_undone(tmp_path: Path) -> None:
    shelf = SlowShelf()
    async with resumed(tmp_path, shelf) as (app, pilot):
        desk = app.screen
        assert isinstance(desk, DeskScreen)
        await pilot.press("a")
        taken: tuple[str, ...] = desk.draft.taken
        assert taken == (desk.ask.offers[0].id,)

        await opened(shelf, pilot)

        assert app.session is not None
        assert app.session.draft.taken == taken
        assert app.session.unsaved
        await pilot.press("u")
        assert not app.session.draft.taken


async def test_what_needs_the_campaign_waits_for_it(tmp_path: Path) -> None:
    shelf = SlowShelf()
    async with resumed(tmp_path, shelf) as (app, pilot):
        for key in ("p", "P", "=", "u", "w", "i", "plus", "enter", "f2", "f4"):
            await pilot.press(key)
            assert isinstance(app.screen, DeskScreen)

        await opened(shelf, pilot)

        await pilot.press("P")
        assert type(app.screen).__name__ == "PresetsModal"


async def test_another_desk_than_the_saves_gives_way(tmp_path: Path) -> None:
    shelf = SlowShelf(other=True)
    async with resumed(tmp_path, shelf) as (app, pilot):
        shown = app.screen
        assert isinstance(shown, DeskScreen)
        await pilot.press("a")

        await opened(shelf, pilot)

        assert isinstance(app.screen, DeskScreen)
        assert app.screen is not shown
        assert app.session is not None
        assert not app.session.unsaved


async def test_one_may_leave_before_it_is_open(tmp_path: Path) -> None:
    shelf = SlowShelf()
    async with resumed(tmp_path, shelf) as (app, pilot):
        await pilot.press("escape")
        await pilot.pause()
        assert type(app.screen).__name__ == "MenuScreen"

        await opened(shelf, pilot)

        assert type(app.screen).__name__ == "MenuScreen"
        assert "New campaign" in screen_text(app)
        assert app.session is None


async def test_a_save_that_cannot_be_opened_is_told_over_the_menu(tmp_path: Path) -> None:
    shelf = SlowShelf(fails=True)
    async with resumed(tmp_path, shelf) as (app, pilot):
        assert isinstance(app.screen, DeskScreen)

        await opened(shelf, pilot)

        assert type(app.screen).__name__ == "MenuScreen"
        assert [one.message for one in app._notifications] == ["the save is gone"]
