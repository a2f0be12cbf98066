"""Random keys never bring the game down."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.tui.fake import FakeLibrary
from tests.tui.screens import playing, settle

KEYS = (
    [*"abcdefghijklmnoprstuvwxyzHJKLPU0123456789+=?/[]"]
    + ["up", "down", "left", "right"] * 6
    + ["enter"] * 14
    + ["escape"] * 4
    + ["tab", "shift+tab", "space", "home", "end", "pageup", "pagedown", "backspace", "delete"]
    + ["f1", "f2", "f3", "f4", "f5", "ctrl+p"]
)
NAMES = {"+": "plus", "=": "equals_sign", "?": "question_mark", "/": "slash",
         "[": "left_square_bracket", "]": "right_square_bracket"}  # fmt: skip


async def hammer(tmp_path: Path, seed: int, count: int, size: tuple[int, int]) -> set[str]:
    """Press `count` random keys; give the screens that were seen."""
    luck = random.Random(seed)
    seen: set[str] = set()
    library = FakeLibrary(tmp_path / "kept.jsonl")
    async with playing(tmp_path, menu=True, library=library, size=size) as (app, pilot):
        # Quitting is not a fault, but it would end the test.
        app.leave = lambda: None  # type: ignore[method-assign]
        for n in range(count):
            key = luck.choice(KEYS)
            await pilot.press(NAMES.get(key, key))
            if n % 15 == 0:
                await settle(pilot)
            seen.add(type(app.screen).__name__)
            assert app.is_running
        await settle(pilot)
    return seen


async def test_two_hundred_random_keys_do_no_harm(tmp_path: Path) -> None:
    seen = await hammer(tmp_path, 3, 200, (80, 24))

    assert len(seen) > 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12])
async def test_two_thousand_random_keys_do_no_harm(seed: int, tmp_path: Path) -> None:
    size = (120, 40) if seed % 2 else (80, 24)
    seen = await hammer(tmp_path, seed, 2000, size)

    assert len(seen) > 10
