"""What does not fit on a screen can be read with the arrows and the page keys."""

from __future__ import annotations

from pathlib import Path

from textual.containers import VerticalScroll

from game.tui.widgets.rows import Rows
from tests.tui.screens import PLACES, playing, press
from tests.tui.snapshots import screen_text


async def test_the_review_scrolls_to_its_end_with_either_key(tmp_path: Path) -> None:
    done, keys = PLACES["review"]
    for key in ("pagedown", "down"):
        async with playing(tmp_path, *keys, done=done) as (app, pilot):
            rows = app.screen.query_one(Rows)
            assert "r shows" not in screen_text(app)

            await press(pilot, [key] * 40 if key == "down" else [key] * 3)

            assert rows.scroll_offset.y == rows.max_scroll_y
            assert "r shows" in screen_text(app)


async def test_a_card_and_the_letter_read_on_with_the_page_key(tmp_path: Path) -> None:
    done, keys = PLACES["card"]
    async with playing(tmp_path, *keys, done=done) as (app, pilot):
        prose = app.screen.query_one("#prose", VerticalScroll)
        assert prose.max_scroll_y > 0

        await press(pilot, ["pagedown"])

        assert prose.scroll_offset.y > 0


async def test_a_review_says_what_it_rests_on_before_it_scrolls(tmp_path: Path) -> None:
    done, keys = PLACES["review"]
    async with playing(tmp_path, *keys, done=done) as (app, _):
        shown = screen_text(app)

        assert "RESTS ON 40% documented, 60% judgement" in shown
        assert "du2024" in shown
