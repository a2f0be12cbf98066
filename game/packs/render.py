"""Diagnostics as people and programs read them."""

from __future__ import annotations

import unicodedata
from typing import Any

from game.packs.diagnostics import Diagnostic, escaped

EXCERPT_COLUMNS = 100
CONTEXT_COLUMNS = 40


def render_text(diagnostic: Diagnostic) -> str:
    """`file:line:col: error[GH012] message`, the way in, the line with carets, places, a hint."""
    lines = [
        f"{escaped(diagnostic.file)}:{diagnostic.line}:{diagnostic.col}: "
        f"{diagnostic.severity}[{diagnostic.code}] {diagnostic.message}"
    ]
    if diagnostic.within:
        lines.append(f"  in {diagnostic.within}")
    if diagnostic.excerpt.strip():
        shown, caret = excerpt(diagnostic.excerpt, diagnostic.col, diagnostic.end_col)
        number = str(diagnostic.line)
        lines.append(f"  {number} | {shown}")
        lines.append(f"  {' ' * len(number)} | {caret}")
    lines.extend(f"  see {escaped(other)}" for other in diagnostic.related)
    if diagnostic.hint:
        lines.append(f"  hint: {diagnostic.hint}")
    return "\n".join(lines)


def to_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """The diagnostic as plain data, every field under its own name."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "file": diagnostic.file,
        "line": diagnostic.line,
        "col": diagnostic.col,
        "end_col": diagnostic.end_col,
        "path": list(diagnostic.path),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "excerpt": escaped(diagnostic.excerpt),
        "related": list(diagnostic.related),
        "entry": diagnostic.entry,
        "within": diagnostic.within,
        "silenced": diagnostic.silenced,
    }


def from_json(data: dict[str, Any]) -> Diagnostic:
    """What `to_json` gave, read back (the excerpt stays escaped).

    Raises:
        ValueError, TypeError, KeyError: where the data is not a diagnostic.
    """
    return Diagnostic(**{**data, "path": tuple(data["path"]), "related": tuple(data["related"])})


def excerpt(line: str, col: int, end_col: int) -> tuple[str, str]:
    """A line cut to fit and the line of carets below it, in terminal cells.

    Args:
        line: the whole line of the text.
        col: the first character meant, counted from 1.
        end_col: the character after the last one meant.
    """
    first = max(0, min(col - 1, len(line)))
    last = max(first + 1, min(end_col - 1, len(line)))
    start = (
        0 if cells(escaped(line[:last])) <= EXCERPT_COLUMNS - 1 else max(0, first - CONTEXT_COLUMNS)
    )
    lead = "…" if start else ""
    before = escaped(line[start:first])
    shown, used = lead, cells(lead)
    cut = False
    for char in line[start:]:
        piece = escaped(char)
        if used + cells(piece) > EXCERPT_COLUMNS - 1:
            cut = True
            break
        shown += piece
        used += cells(piece)
    indent = cells(lead + before)
    width = min(max(1, cells(escaped(line[first:last]))), max(1, EXCERPT_COLUMNS - indent))
    return (shown + "…" if cut else shown).rstrip(), " " * indent + "^" * width


def cells(text: str) -> int:
    """How many terminal cells a printable text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
