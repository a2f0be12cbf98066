"""The screens in Chinese: every word looked up, every line within the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from game.words import languages, speak
from tests.tui.fake import FakeLibrary
from tests.tui.screens import LARGE, PLACES, SMALL, playing
from tests.tui.snapshots import check, screen_text


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    speak("zh_CN")
    yield
    speak("en")


@pytest.mark.parametrize("name", ["desk-taken", "promises", "year"])
async def test_the_screen_stands_in_chinese_as_it_was_kept(name: str, tmp_path: Path) -> None:
    done, keys = PLACES[name]
    async with playing(tmp_path, *keys, done=done) as (app, _):
        check(app, f"{name}-zh_CN")


@pytest.mark.parametrize("name", ["desk", "card", "midterm", "review", "settings", "help"])
async def test_no_line_is_wider_than_the_terminal(name: str, tmp_path: Path) -> None:
    done, keys = PLACES[name]
    for size in (SMALL, LARGE):
        async with playing(tmp_path, *keys, size=size, done=done) as (app, _):
            lines = screen_text(app).splitlines()
            assert len(lines) == size[1]
            assert [one for one in lines if cell_len(one) > size[0]] == []


async def test_the_frame_of_the_desk_is_straight(tmp_path: Path) -> None:
    done, keys = PLACES["desk-taken"]
    async with playing(tmp_path, *keys, done=done) as (app, _):
        framed = [one for one in screen_text(app).splitlines() if one.startswith("│")]
        assert framed
        assert {(cell_len(one), one[-1]) for one in framed} == {(80, "│")}


async def test_a_keys_footer_is_in_the_language(tmp_path: Path) -> None:
    done, keys = PLACES["desk"]
    async with playing(tmp_path, *keys, done=done) as (app, _):
        footer = screen_text(app).splitlines()[-1]
        assert "承诺并锁定" in footer
        assert "Promise" not in footer


async def test_the_settings_choose_a_language_and_the_menu_speaks_it(tmp_path: Path) -> None:
    speak("en")
    library = FakeLibrary(tmp_path / "long-march.jsonl")
    presses = ["s", *["down"] * 4, *["enter"] * (languages().index("zh_CN") + 1), "escape"]
    async with playing(tmp_path, *presses, menu=True, library=library) as (app, _):
        assert app.settings.language == "zh_CN"
        assert "新开一局" in screen_text(app)
