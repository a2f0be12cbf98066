"""The menu: what a newcomer should press is plain, and rows without a purpose are not there."""

from __future__ import annotations

from pathlib import Path

from game.tui.app import GuidingHandApp
from game.tui.settings import Settings
from game.tui.shelf import Shelf
from game.tui.widgets.rows import Rows
from tests.tui.fake import FakeLibrary
from tests.tui.screens import SMALL, playing, press, settle
from tests.tui.snapshots import screen_text


async def test_without_a_guided_scenario_a_newcomer_is_led_to_a_new_campaign(
    tmp_path: Path,
) -> None:
    async with playing(tmp_path, menu=True) as (app, _):
        rows = app.screen.query_one(Rows)

        assert next(row.id for row in rows.rows) == "new"
        assert rows.here == "new"
        assert "begin here: press Enter" in screen_text(app)
        assert "First plan" not in screen_text(app)


async def test_a_guided_scenario_comes_first_and_has_the_cursor(tmp_path: Path) -> None:
    library = FakeLibrary(guided="first-plan")
    async with playing(tmp_path, menu=True, library=library) as (app, pilot):
        assert app.screen.query_one(Rows).here == "first"

        await pilot.press("g")
        await pilot.pause()

    assert library.begun == [("first-plan", None)]


async def test_a_kept_campaign_has_the_cursor(tmp_path: Path) -> None:
    library = FakeLibrary(tmp_path / "long-march.jsonl")
    async with playing(tmp_path, menu=True, library=library) as (app, _):
        assert app.screen.query_one(Rows).here == "continue"


def test_a_pack_without_a_guided_scenario_has_none_to_offer() -> None:
    shelf = Shelf()

    assert shelf.guided() is None or shelf.guided() in {one.id for one in shelf.scenarios()}


async def test_a_save_of_other_rules_is_opened_in_either_way_or_left(tmp_path: Path) -> None:
    for key, ways in (("1", ["ask", "recorded"]), ("2", ["ask", "replay"]), ("n", ["ask"])):
        library = FakeLibrary(tmp_path / "long-march.jsonl")
        library.differs = True
        async with playing(tmp_path, "c", menu=True, library=library) as (app, pilot):
            assert "the model has changed" in screen_text(app)
            assert "Go on from the recorded numbers" in screen_text(app)
            await press(pilot, ["enter"])
            assert type(app.screen).__name__ == "ChangedModal"

            await press(pilot, [key])

            assert library.resumed == ways
            assert (app.session is not None) is (key != "n")


async def test_a_pack_alone_opens_the_chooser_with_the_cursor_on_its_first(tmp_path: Path) -> None:
    app = GuidingHandApp(
        lambda: FakeLibrary(tmp_path / "another.jsonl"),
        choose=("long-march", "hills"),
        settings=Settings(animations=False, last_save=str(tmp_path / "another.jsonl")),
        settings_path=tmp_path / "settings.json",
    )
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert type(app.screen).__name__ == "ChooserScreen"
        assert app.screen.query_one(Rows).here == "long-march"
        await press(pilot, ["escape"])
        assert type(app.screen).__name__ == "MenuScreen"
