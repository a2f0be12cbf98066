"""What is wrong with what was asked for: not there, or not to be used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.packs import Diagnostic


class NotFoundError(LookupError):
    """Something that is not there; the text says what, and what is near."""


class BadContentError(ValueError):
    """A pack or a file that cannot be used; `diagnostics` says why."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("bad content")
        self.diagnostics = tuple(diagnostics)


def missing(kind: str, name: str, known: Iterable[str]) -> NotFoundError:
    """Why a name is not found, and what is near or there."""
    from game.rules import suggest

    names = list(known)
    near = suggest(name, names)
    if near:
        return NotFoundError(f"there is no {kind} {name}; did you mean {near}?")
    if len(names) > 12:
        return NotFoundError(f"there is no {kind} {name}")
    return NotFoundError(f"there is no {kind} {name}; there is {', '.join(names) or 'none at all'}")
