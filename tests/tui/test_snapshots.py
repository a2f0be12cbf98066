"""Every screen looks as it did, character by character, at both sizes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.fake import FakeLibrary
from tests.tui.screens import LARGE, PLACES, SMALL, playing
from tests.tui.snapshots import check

MAIN = ["opening", "desk-taken", "promises", "request", "year", "review", "ending", "why", "charts"]
CASES = [(name, SMALL) for name in PLACES] + [(name, LARGE) for name in MAIN]


@pytest.mark.parametrize(("name", "size"), CASES, ids=[f"{n}-{s[0]}x{s[1]}" for n, s in CASES])
async def test_the_screen_stands_as_it_was_kept(
    name: str, size: tuple[int, int], tmp_path: Path
) -> None:
    done, keys = PLACES[name]
    async with playing(tmp_path, *keys, size=size, done=done) as (app, _):
        check(app, name)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_menu_stands_as_it_was_kept(size: tuple[int, int], tmp_path: Path) -> None:
    library = FakeLibrary(tmp_path / "long-march.jsonl")
    async with playing(tmp_path, menu=True, size=size, library=library) as (app, _):
        check(app, "menu")


@pytest.mark.parametrize("keys", [("n",), ("l",)], ids=["chooser", "saves"])
async def test_the_rooms_of_the_menu_stand_as_they_were_kept(
    keys: tuple[str, ...], tmp_path: Path
) -> None:
    library = FakeLibrary(tmp_path / "long-march.jsonl")
    async with playing(tmp_path, *keys, menu=True, library=library) as (app, _):
        check(app, {"n": "chooser", "l": "saves"}[keys[0]])


async def test_a_terminal_too_small_is_told_what_is_needed(tmp_path: Path) -> None:
    async with playing(tmp_path, size=(50, 14)) as (app, _):
        check(app, "too-small")
