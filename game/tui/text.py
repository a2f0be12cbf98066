"""The one door through which words reach a widget.

Text from packs is never markup: a bracket in a title would be read as a tag, and a tag can run an
action. So widgets are given `Content` only, made here, and control characters are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich.cells import cell_len, set_cell_size
from textual.content import Content

MUTED = "$foreground-muted"
GOOD = "$text-success"
BAD = "$text-error"
WARN = "$text-warning"
KEY = "bold $text-accent"
STRONG = "bold"
QUOTE = "italic $foreground-muted"

Part = str | tuple[str, str] | Content

_WIDE = "\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"[“‘（《【]*[{_WIDE}][，。；：、？！”’）》】…]*|[^\s{_WIDE}]+|\s+")
"""What a line may break between: a wide character with its signs, a word, blanks."""


def clean(text: str) -> str:
    """The text without control characters; a tab becomes a space, a line's end stays."""
    if text.isprintable():
        return text
    return "".join(
        char
        for char in text.replace("\t", " ")
        if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}
    )


def plain(text: str, style: str = "") -> Content:
    """Any text as content, whatever brackets it holds."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def say(*parts: Part) -> Content:
    """Content from pieces: plain text, (text, style) pairs and content."""
    pieces: list[Content] = []
    for part in parts:
        if isinstance(part, Content):
            pieces.append(part)
        elif isinstance(part, tuple):
            pieces.append(plain(*part))
        else:
            pieces.append(plain(part))
    return Content("").join(pieces)


def lines(rows: Iterable[Content]) -> Content:
    """Rows under one another."""
    return Content("\n").join(rows)


def paragraphs(text: str) -> str:
    """Prose with each paragraph on one line, so that it wraps to the width at hand."""
    blocks = [" ".join(block.split()) for block in clean(text).split("\n\n")]
    return "\n\n".join(block for block in blocks if block)


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a row with columns."""

    text: str
    style: str = ""
    width: int = 0
    """Columns it takes; 0 takes a share of what is left."""
    right: bool = False
    share: int = 1
    """How much of what is left, against the other open cells."""


def row(width: int, cells: Sequence[Cell], gap: int = 1) -> Content:
    """One line of exactly `width` columns; what does not fit ends in an ellipsis."""
    shown = [cell for cell in cells if cell.width >= 0]
    fixed = sum(cell.width for cell in shown) + gap * (len(shown) - 1)
    shares = sum(cell.share for cell in shown if cell.width == 0)
    spare = max(0, width - fixed)
    pieces: list[Part] = []
    for index, cell in enumerate(shown):
        size = cell.width
        if size == 0:
            size = spare * cell.share // shares
            spare -= size
            shares -= cell.share
        if index:
            pieces.append(" " * gap)
        pieces.append((fit(cell.text, size, right=cell.right), cell.style))
    made = say(*pieces)
    return made if made.cell_length <= width else made.truncate(max(0, width))


def fit(text: str, width: int, *, right: bool = False) -> str:
    """The text cut or filled to `width` columns."""
    text = clean(text).replace("\n", " ")
    if cell_len(text) > width:
        if width < 2:
            return set_cell_size(text, width)
        text = set_cell_size(text, width - 1).rstrip() + "…"
    space = " " * (width - cell_len(text))
    return space + text if right else text + space


def hung(text: str, width: int, indent: str = "  ") -> str:
    """Text on as many lines as it takes, each set in."""
    room = max(10, width) - cell_len(indent)
    return "\n".join(indent + line for line in wrapped(clean(text), max(1, room)))


def wrapped(text: str, width: int) -> list[str]:
    """Text on lines of at most `width` columns.

    Where words are not parted by spaces, as in Chinese, a line may end after any character, but
    none begins with a full stop or a closing bracket.
    """
    if cell_len(text) == len(text):
        return wrap(text, width)
    found, line = list[str](), ""
    for piece in _PIECES.findall(" ".join(text.split())):
        if line.strip() and cell_len(line + piece.rstrip()) > width:
            found.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*found, line.rstrip()] if line.strip() else found


def bar(share: float, width: int) -> str:
    """A bar of half-cell steps; adjacent rows of it do not fuse into a slab."""
    halves = round(min(1.0, max(0.0, share)) * width * 2)
    return "━" * (halves // 2) + ("╸" if halves % 2 else "")


def spaced(text: str) -> str:
    """An id as words, where nothing better is known: `new_energy` -> `new energy`."""
    return text.replace("_", " ").replace("-", " ")
