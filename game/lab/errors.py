"""What is wrong with what was asked for: not there, or not to be used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.packs import Diagnostic

MOST_LISTED = 12
"""Names that a message lists where none of them is near."""


class NotFoundError(LookupError):
    """Something that is not there; the text says what, and what is near."""


class BadContentError(ValueError):
    """A pack or a file that cannot be used; `diagnostics` says why."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("bad content")
        self.diagnostics = tuple(diagnostics)


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """That there is nothing of a name, and what is near it."""
    from game.rules import suggest

    near = suggest(name, known)
    return f"there is no {kind} {name}" + (f"; did you mean {near}?" if near else "")


def missing(kind: str, name: str, known: Iterable[str]) -> NotFoundError:
    """Why a name is not found, and what is near or there."""
    names = list(known)
    told = unknown(kind, name, names)
    if told == f"there is no {kind} {name}" and len(names) <= MOST_LISTED:
        told += f"; there is {', '.join(names) or 'none at all'}"
    return NotFoundError(told)
