"""What a pack can name, for its author: ids by kind, with what one has to know to use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from game.authoring.known import read, words_of
from game.authoring.opening import root_of
from game.lab.errors import NotFoundError, missing
from game.packs.fields import Kind
from game.packs.merge import KINDS
from game.packs.render import cells
from game.packs.schema import Indicator, InstrumentEntry
from game.packs.schema_model import Entry

_GAP = "  "
_INDENT = "  "
_BELOW = " " * 6
_ROOM = 16
"""Columns that a title has at least."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entry that can be named.

    Attributes:
        id: its id.
        pack: the pack that defines it.
        title: what it is called.
        facts: what else matters to who names it: `scope`, `unit`, `channel` and the like.
    """

    id: str
    pack: str
    title: str
    facts: Mapping[str, object]


def ids_of(name: str, kind: str | None = None) -> dict[Kind, tuple[Named, ...]]:
    """What a pack and those that it requires define, by kind; errors in it are no hindrance.

    Args:
        name: the pack, by its folder, its zip file, or its id where it is installed.
        kind: that kind alone, `indicator` or `indicators`.

    Raises:
        NotFoundError: there is no such pack or kind.
    """
    chosen = KINDS if kind is None else (_kind(kind),)
    state, own = read(root_of(name))
    if own is None:
        raise NotFoundError(f"{name} has no pack.yaml that can be read; `check` says why")
    return {
        one: tuple(
            Named(entry_id, placed.pack, words_of(placed.entry), _facts(placed.entry))
            for entry_id, placed in state.entries[one].items()
        )
        for one in chosen
        if state.entries[one] or kind is not None
    }


def lines_of(found: Mapping[Kind, Sequence[Named]], width: int) -> Iterator[str]:
    """The ids of each kind in columns, in lines that are no wider than `width`.

    Where there is no room for titles beside all that is to be told, that stands below each.
    """
    for place, (kind, entries) in enumerate(found.items()):
        if place:
            yield ""
        yield f"{kind}: {len(entries):,}" if entries else f"{kind}: none"
        names = _columns([[one.id] for one in entries])
        facts = _columns([[_shown(fact) for fact in one.facts.values()] for one in entries])
        below = bool(facts) and cells(_INDENT + names[0] + _GAP + facts[0] + _GAP) + _ROOM > width
        for one, name, told in zip(entries, names, facts, strict=True):
            lead = name if below or not told else f"{name}{_GAP}{told}"
            yield _cut(f"{_INDENT}{lead}{_GAP}{one.title}".rstrip(), width)
            if below:
                yield _cut(f"{_BELOW}{told}".rstrip(), width)


def to_json(found: Mapping[Kind, Sequence[Named]]) -> dict[str, list[dict[str, object]]]:
    """The same for other programs."""
    return {
        kind: [{"id": one.id, "title": one.title, "pack": one.pack, **one.facts} for one in entries]
        for kind, entries in found.items()
    }


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with each word as wide as the widest in its place."""
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(word + " " * (wide - cells(word)) for word, wide in zip(row, widths, strict=True))
        for row in rows
    ]


def _cut(text: str, room: int) -> str:
    if cells(text) <= room:
        return text
    text = text[:room]
    while cells(text) > room - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def _shown(value: object) -> str:
    return " to ".join(f"{one:,g}" for one in value) if isinstance(value, list) else str(value)


def _facts(entry: Entry) -> dict[str, object]:
    if isinstance(entry, Indicator):
        kept = "computed" if entry.computed else "stored"
        bounds = list(entry.bounds)
        return {"scope": entry.scope, "kept": kept, "bounds": bounds, "unit": entry.unit}
    if isinstance(entry, InstrumentEntry):
        return {"scope": entry.scope, "channel": entry.channel}
    return {}


def _kind(name: str) -> Kind:
    for kind in KINDS:
        if name.lower() in (kind, f"{kind}s", "people" if kind == "person" else ""):
            return kind
    if name.lower() == "strategies":
        return "strategy"
    raise missing("kind", name, KINDS)
