"""Steps of a guided scenario: shown where they belong, put away for good, one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets._footer import FooterKey

from game.packs.schema_lab import Lesson, StepScreen
from game.tui.app import GuidingHandApp
from game.tui.settings import Settings, load_settings
from game.tui.widgets.hint import Hint
from game.tui.widgets.rows import Rows
from tests.tui.fake import FakeLibrary
from tests.tui.screens import playing, press
from tests.tui.snapshots import screen_text

WORDS = (
    "Press a [letter] to take what somebody offers, and again to put it back, and then read the "
    "line below the desk: every dossier too many makes all of the others deliver a little less."
)


def step(name: str, at: StepScreen, order: int = 0) -> Lesson:
    """A step of the fake campaign's scenario."""
    return Lesson(id=name, title=name.title(), text=WORDS, scenario="fake", at=at, order=order)


STEPS = (
    step("letter", "opening", 1),
    step("desk", "desk", 2),
    step("dossier", "dossier", 3),
    step("desk-again", "desk", 4),
    step("request", "request", 5),
    step("card", "card", 6),
)


def shown(app: GuidingHandApp) -> list[str]:
    """The steps on the screen at the top."""
    return [hint.step for hint in app.screen.query(Hint) if hint.display and hint.visible]


async def test_a_step_stands_on_the_desk_of_a_guided_scenario(tmp_path: Path) -> None:
    async with playing(tmp_path, done=1, library=FakeLibrary(steps=STEPS)) as (app, _):
        text = screen_text(app)

        assert shown(app) == ["desk"]
        assert "Press a [letter] to take" in text
        assert "1 dossier on a desk for 3" in text
        assert text.splitlines()[-1].startswith("enter Open")


async def test_other_scenarios_show_no_steps(tmp_path: Path) -> None:
    async with playing(tmp_path, done=1) as (app, _):
        assert shown(app) == []
        assert "close_step" not in {
            active.binding.action
            for active in app.screen.active_bindings.values()
            if active.enabled
        }


async def test_a_key_puts_the_step_away_for_good(tmp_path: Path) -> None:
    async with playing(tmp_path, "f6", done=1, library=FakeLibrary(steps=STEPS)) as (app, pilot):
        assert shown(app) == []
        assert load_settings(tmp_path / "settings.json").steps_closed == ("desk",)

        await press(pilot, ["f6"])

        assert app.settings.steps_closed == ("desk",)


async def test_a_click_puts_the_step_away_too(tmp_path: Path) -> None:
    async with playing(tmp_path, done=1, library=FakeLibrary(steps=STEPS)) as (app, pilot):
        await pilot.click(Hint)
        await pilot.pause()

        assert shown(app) == []
        assert app.settings.steps_closed == ("desk",)


async def test_the_next_step_follows_when_the_screen_opens_again(tmp_path: Path) -> None:
    async with playing(tmp_path, done=1, library=FakeLibrary(steps=STEPS)) as (app, pilot):
        seen = [shown(app)]
        for key in ("question_mark", "escape", "enter", "escape", "enter", "escape"):
            await press(pilot, [key])
            seen.append(shown(app))

        assert seen == [["desk"], [], ["desk"], ["dossier"], ["desk-again"], [], []]


async def test_a_step_put_away_before_is_passed_over(tmp_path: Path) -> None:
    library = FakeLibrary(steps=STEPS)
    async with playing(tmp_path, library=library) as (app, pilot):
        app.settings = Settings(animations=False, steps_closed=("desk",))
        await press(pilot, ["1"])

        assert shown(app) == ["desk-again"]


async def test_settings_turn_the_steps_off_and_all_of_them_on(tmp_path: Path) -> None:
    keys = ["f6", "f5", "end", "up", "enter", "escape"]
    async with playing(tmp_path, *keys, done=1, library=FakeLibrary(steps=STEPS)) as (app, pilot):
        assert not app.settings.steps
        assert shown(app) == []

        await press(pilot, ["enter"])
        assert shown(app) == []

        await press(pilot, ["escape", "f5", "end", "up", "enter", "escape", "enter"])
        assert app.settings.steps
        assert app.settings.steps_closed == ()


async def test_requests_have_steps_of_their_own(tmp_path: Path) -> None:
    for done, name in ((2, "request"), (4, "card")):
        async with playing(tmp_path, done=done, library=FakeLibrary(steps=STEPS)) as (app, _):
            assert shown(app) == [name]


@pytest.mark.parametrize("done", [0, 1, 2, 4])
async def test_the_answers_and_the_footer_stand_whole_beside_a_step(
    done: int, tmp_path: Path
) -> None:
    async with playing(tmp_path, done=done, library=FakeLibrary(steps=STEPS)) as (app, _):
        hint = next(hint for hint in app.screen.query(Hint) if hint.display)
        rows = list(app.screen.query(Rows))

        assert hint.region.bottom == app.screen.query_one(FooterKey).region.y
        assert all(one.region.bottom <= hint.region.y for one in rows if one.display)
        assert rows[-1].size.height >= min(6, rows[-1].virtual_size.height)


async def test_a_low_terminal_keeps_its_lines_for_the_game(tmp_path: Path) -> None:
    async with playing(tmp_path, done=1, size=(80, 18), library=FakeLibrary(steps=STEPS)) as (
        app,
        _,
    ):
        assert shown(app) == []


def test_settings_that_hold_nonsense_are_as_at_first(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"steps": "no", "steps_closed": [1, "desk"]}', encoding="utf-8")

    assert load_settings(path).steps
    assert load_settings(path).steps_closed == ("desk",)
