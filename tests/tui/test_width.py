"""Columns are counted as a terminal counts them: a Chinese character takes two."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from game.tui.text import Cell, fit, hung, row, wrapped

LETTER = (
    "您主管一国的高技术规划。每一回合是一个五年规划：把资金分给几个专项，"
    "作出承诺（锁定后不可更改）。"
)
MIXED = "按 Enter 选定，或用 guiding-hand play SCENARIO --practice 启动练习局。"


@pytest.mark.parametrize("width", [10, 13, 24, 40, 78])
@pytest.mark.parametrize("text", [LETTER, MIXED], ids=["letter", "mixed"])
def test_no_line_is_wider_than_its_room_and_no_word_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    longest = max(cell_len(word) for word in text.split() if word.isascii()) if " " in text else 0
    # A sign at the end of a line hangs on to its character.
    assert all(cell_len(line) <= max(width, longest) + 2 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_no_line_begins_with_a_closing_sign() -> None:
    for width in range(10, 60):
        assert [one for one in wrapped(LETTER, width) if one[0] in "，。；：、）”"] == []


def test_english_is_wrapped_at_its_blanks() -> None:
    assert wrapped("one two three four", 9) == ["one two", "three", "four"]
    assert hung("one two three", 10) == "  one two\n  three"


def test_a_row_is_as_wide_as_it_should_be_whatever_is_in_it() -> None:
    made = row(
        40, [Cell("新能源汽车与智能网联汽车产业", "", 14), Cell("规划"), Cell("重", "", 6, True)]
    )
    assert made.cell_length == 40
    assert cell_len(fit("新能源汽车", 7)) == 7
    assert fit("新能源汽车", 7) == "新能源…"
