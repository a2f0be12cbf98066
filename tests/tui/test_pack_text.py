"""Whatever a pack says is shown as it stands; nothing of it is markup, nothing of it runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.tui.text import Cell, clean, plain, row, say
from tests.tui.screens import PLACES, playing
from tests.tui.snapshots import screen_text

HOSTILE = ["see [/] here", "[/x", "a [b] note", "[red", "[@click=app.quit]go[/]", "spend [k m]"]


@pytest.mark.parametrize("text", HOSTILE)
def test_brackets_stay(text: str) -> None:
    assert plain(text).plain == text
    assert say("a ", (text, "bold")).plain == f"a {text}"
    assert row(40, [Cell(text)]).plain.rstrip() == text


def test_control_characters_are_left_out() -> None:
    assert clean("a\x1b[31mb\x07\tc\u202ed\n") == "a[31mb cd\n"


def test_a_row_is_never_wider_than_its_place() -> None:
    for width in range(0, 60):
        cells = [Cell("中文字 name", width=9), Cell("rest of it"), Cell("12", width=4, right=True)]

        assert row(width, cells).cell_length <= width


async def test_a_tag_in_a_card_is_text(tmp_path: Path) -> None:
    async with playing(tmp_path, done=4) as (app, pilot):
        assert "[@click=app.quit]" in screen_text(app)
        for y in range(24):
            await pilot.click(offset=(45, y))

        assert app.is_running


@pytest.mark.parametrize("name", ["desk", "dossier", "almanac", "year"])
async def test_brackets_in_titles_and_lines_reach_the_screen(name: str, tmp_path: Path) -> None:
    done, keys = PLACES[name]
    # The narrow desk writes the words of an offer out where the cursor is.
    keys += ("tab", "down") if name == "desk" else ()
    async with playing(tmp_path, *keys, done=done) as (app, _):
        assert "[" in screen_text(app)
