"""The event inspector on the screen: looking, and doing by hand in practice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from textual.widgets._footer import FooterKey

from game.campaign import Campaign
from game.campaign.decisions import Begin, Expire, Plan, Step, Trigger
from game.campaign.records import DraftAsk
from game.engine import Model, compile_model
from game.packs import load_packs
from game.saves import create, replay
from game.tui.app import GuidingHandApp
from game.tui.session import Session
from game.tui.settings import Settings
from tests.campaign.packs import files, tiny
from tests.packs.factory import write_addition, write_pack
from tests.tui.fake import FakeLibrary
from tests.tui.screens import LARGE, SMALL, playing, press, settle
from tests.tui.snapshots import check, screen_text

STRIKE = """\
- id: a-strike
  title: A strike
  chance: 0
  bulletin: The looms stand still.
  because: [notes-mills]
  grade: invented
"""


@asynccontextmanager
async def at_the_desk(
    tmp_path: Path,
    *keys: str,
    practice: bool = True,
    size: tuple[int, int] = SMALL,
    model: Model | None = None,
    watch: bool = False,
) -> AsyncIterator[tuple[GuidingHandApp, Pilot[None]]]:
    """The tiny pack at its first desk, after some keys."""

    def begin(_: object) -> Session:
        campaign = Campaign.new(model or tiny(), 3, practice=practice)
        campaign.decide(Begin(campaign.ask.aims[0][0]))  # type: ignore[union-attr]
        save = create(campaign, "tried", folder=tmp_path)
        return Session(campaign, save, path=save.path)

    app = GuidingHandApp(
        lambda: FakeLibrary(),
        begin,
        watch=watch,
        settings=Settings(animations=False),
        settings_path=tmp_path / "settings.json",
    )
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        if type(app.screen).__name__ == "InboxModal":
            await press(pilot, ["enter"])
        await press(pilot, keys)
        try:
            yield app, pilot
        finally:
            app.to_menu()


def with_an_addition(tmp_path: Path) -> tuple[Model, Path]:
    """The tiny pack with one that adds an event to it, and where that one lies."""
    write_pack(tmp_path / "tiny", files())
    added = write_addition(tmp_path, "strikes", {"events/strike.yaml": STRIKE})
    loaded = load_packs([added], use_cache=False)
    assert loaded.pack is not None, loaded.diagnostics
    return compile_model(loaded.pack, "valleys"), added


def campaign_of(app: GuidingHandApp) -> Campaign:
    """What is played."""
    assert app.session is not None
    return app.session.campaign


def told(app: GuidingHandApp) -> str:
    """What was told."""
    return "\n".join(note.message for note in app._notifications)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_inspector_stands_as_it_was_kept(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.tui.screens.inspector_page.near", lambda _: "tiny/events.yaml:14")
    async with at_the_desk(tmp_path, "f7", "l", "l", "l", size=size) as (app, pilot):
        await press(pilot, ["slash", *"mill", "enter"])
        check(app, "inspector")


async def test_a_real_campaign_keeps_it_shut_and_says_how_to_practise(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, "f7", practice=False) as (app, _):
        assert type(app.screen).__name__ == "DeskScreen"
        assert "--practice" in told(app)
        assert "PRACTICE" not in screen_text(app)


async def test_every_screen_of_a_practice_campaign_says_so(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as (app, pilot):
        for key in ("f2", "f3", "f4", "f5", "f7"):
            assert "PRACTICE" in screen_text(app).splitlines()[0]
            await press(pilot, [key])
            assert "PRACTICE" in screen_text(app).splitlines()[0], key
            await press(pilot, ["escape"])


async def test_a_trigger_is_one_key_told_in_a_line_and_kept(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, "f7", "l", "l", "l") as (app, pilot):
        await press(pilot, ["slash", *"the-list", "enter", "t"])

        assert campaign_of(app).decisions[-1] == Trigger("the-list")
        assert "The list comes in 2011" in told(app)
        assert type(app.screen).__name__ == "InspectorScreen"
        assert "by hand" in screen_text(app)
        await press(pilot, ["t"])
        assert "already" in told(app)
        await press(pilot, ["x"])
        assert campaign_of(app).decisions[-1] == Expire("the-list")


@pytest.mark.parametrize("watch", [False, True])
async def test_an_author_sees_the_entries_of_the_pack_first(tmp_path: Path, watch: bool) -> None:
    model, added = with_an_addition(tmp_path)
    async with at_the_desk(tmp_path, model=model, watch=watch) as (app, pilot):
        library = app.library
        assert isinstance(library, FakeLibrary)
        library.packs = (added,)
        await press(pilot, ["f7"])
        assert ("of this pack" in screen_text(app)) == watch
        if not watch:
            await press(pilot, ["left"])
        text = screen_text(app)
        assert "of this pack ›  1/" in text
        assert "A strike" in text
        await press(pilot, ["right"])
        assert "could come" in screen_text(app)


async def test_a_search_goes_through_all_kinds(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, "f7", "slash", *"the-list") as (app, pilot):
        assert "the-list" in screen_text(app)
        assert "1/" in screen_text(app)
        await press(pilot, ["enter", "right"])
        assert "A search goes through all of them" in told(app)
        await press(pilot, ["t"])
        assert campaign_of(app).decisions[-1] == Trigger("the-list")


async def test_a_search_that_finds_nothing_empties_the_page_and_nothing_is_done(
    tmp_path: Path,
) -> None:
    async with at_the_desk(tmp_path, "f7", "slash", *"no-such-name") as (app, pilot):
        made = campaign_of(app).decisions
        await press(pilot, ["enter", "t"])
        assert "No title and no id has that in it" in screen_text(app).replace("\n", " ")
        assert "Nothing is on the page" in told(app)
        await press(pilot, ["x"])
        assert campaign_of(app).decisions == made


async def test_a_second_slash_goes_back_to_the_name_and_typing_stays_there(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, "f7", "slash", *"the-", "enter") as (app, pilot):
        made = campaign_of(app).decisions
        await press(pilot, ["slash", *"list"])
        field = app.screen.query_one(Input)
        assert field.value == "list"
        assert field.has_focus
        assert campaign_of(app).decisions == made
        await press(pilot, ["escape"])
        assert field.value == ""
        assert type(app.screen).__name__ == "InspectorScreen"


async def test_a_sector_is_chosen_and_triggered_alone(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, "f7", "l", "l", "l") as (app, pilot):
        await press(pilot, ["slash", *"idle", "enter", "s"])
        first = screen_text(app)
        await press(pilot, ["s"])
        assert screen_text(app) != first
        await press(pilot, ["t"])

        done = campaign_of(app).decisions[-1]
        assert isinstance(done, Trigger)
        assert done.sector in ("wool", "paper")


async def test_the_desk_keeps_its_draft_through_a_trigger(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, "a") as (app, pilot):
        assert app.session is not None
        taken = app.session.draft.taken
        assert taken
        await press(pilot, ["f7", "t"])
        await press(pilot, ["escape"])

        assert app.session.draft.taken == taken
        assert app.session.unsaved


async def test_steps_lead_through_the_campaign_to_its_end_and_the_save_replays(
    tmp_path: Path,
) -> None:
    async with at_the_desk(tmp_path, "a", "f7") as (app, pilot):
        taken = app.session.draft.taken if app.session else ()
        for _ in range(20):
            if campaign_of(app).finished:
                break
            year = campaign_of(app).year
            await press(pilot, ["n"])
            assert type(app.screen).__name__ == "InspectorScreen"
            done = campaign_of(app).finished or isinstance(campaign_of(app).ask, DraftAsk)
            assert campaign_of(app).year > year or done
        plans = [one for one in campaign_of(app).decisions if isinstance(one, Plan)]
        assert plans[0].proposals == taken
        assert any(isinstance(one, Step) for one in campaign_of(app).decisions)
        await press(pilot, ["t"])
        assert "only be looked at" in told(app)
        await press(pilot, ["escape"])
        for _ in range(12):
            if type(app.screen).__name__ == "EndingScreen":
                break
            await press(pilot, ["enter"])
        assert "practice campaign" in screen_text(app)

    assert replay(tmp_path / "tried.jsonl", lambda _: tiny()).holds


async def test_the_mouse_chooses_from_the_list(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, "f7", "l", "l", "l") as (app, pilot):
        lines = screen_text(app).splitlines()
        y = next(i for i, line in enumerate(lines) if "The list" in line)
        await pilot.click(offset=(8, y))
        await settle(pilot)

        assert "the-list" in screen_text(app)


async def test_the_footer_fits_and_help_knows_the_keys(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, "f7") as (app, pilot):
        shown = list(app.screen.query(FooterKey))
        edge = min(key.region.x for key in shown if key.has_class("-command-palette"))
        others = [key for key in shown if not key.has_class("-command-palette")]
        assert max(key.region.right for key in others) <= edge
        await press(pilot, ["question_mark"])

        assert "Trigger" in screen_text(app)


async def test_without_a_campaign_there_is_nothing_to_inspect(tmp_path: Path) -> None:
    async with playing(tmp_path, "f7", menu=True) as (app, _):
        assert type(app.screen).__name__ == "MenuScreen"
