"""Passages of the documents, as they stand in the packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from game.tui.text import MUTED, QUOTE, paragraphs, say

if TYPE_CHECKING:
    from game.packs import Pack


def passage_lines(pack: Pack, passage: str) -> Content:
    """A passage: its words or its claim, and where it stands."""
    entry = pack.passages.get(passage)
    if entry is None:
        return say((passage, MUTED))
    source = entry.source
    words = f"“{paragraphs(entry.quote)}”" if entry.quote else paragraphs(entry.claim or "")
    where = f"{source.id} {entry.section}".strip()
    return say((words, QUOTE), "\n", (where, f"bold {MUTED}"), (f"  {source.title}", MUTED))
