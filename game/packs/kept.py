"""A whole load kept in one file of the cache, and read back as far as it is asked for.

What stands in the file is an index and the entries as JSON. Reading it back makes a `Pack` whose
entries and expressions are validated and built when they are first touched; one that turns out not
to be what was kept is taken from the pack's files instead.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, get_args

from game.packs import cache
from game.packs.diagnostics import DataPath
from game.packs.fields import Kind
from game.packs.later import Later
from game.packs.memory import Wanted
from game.packs.merge import KINDS, Origin, Placed
from game.packs.pack import Loaded, Pack, PackHash, pack_of
from game.packs.render import from_json, to_json
from game.packs.resolve import Root
from game.packs.schema import SHELVES
from game.packs.schema_events import Event, Situation
from game.packs.schema_model import Entry, Passage
from game.packs.shape import adapter
from game.packs.silencing import heard
from game.rules import Expression, IndicatorInfo, Vocabulary
from game.rules.encoding import from_data, to_data
from game.rules.expression import Axis

_MODELS: Mapping[str, Any] = {
    **{shelf.kind: shelf.model for shelf in SHELVES.values()},
    "event": Event,
    "situation": Situation,
    "passage": Passage,
}
_BROKEN = (TypeError, ValueError, AttributeError, LookupError, RecursionError)
"""What comes of data that is not what was kept."""


def keep(key: str, loaded: Loaded) -> None:
    """Keep a load that found no error for the next one of the same bytes."""
    pack = loaded.pack
    if pack is None:
        return
    files: dict[str, int] = {}
    body = _Body()
    entries = {
        kind: [_row(placed, files, body) for placed in pack.placed[kind].values()]
        for kind in pack.placed
    }
    rules = [[*wanted, to_data(one)] for wanted, one in pack.expressions.items()]
    notes = {
        "hashes": dict(pack.hashes),
        "said": [to_json(one) for one in (*loaded.diagnostics, *loaded.silenced)],
        "vocabulary": _vocabulary_data(pack.vocabulary),
        "entries": entries,
        "passages": list(pack.passages),
        "rules": body.add(json.dumps(rules, separators=(",", ":")).encode()),
        "files": list(files),
    }
    cache.store(key, notes, b"".join(body.parts))
    cache.prune()


def kept(key: str, roots: list[Root], again: Callable[[], Pack]) -> Loaded | None:
    """What was kept of packs that were found good, or None.

    Args:
        key: of everything that was read.
        roots: the packs.
        again: loads the packs from their files, for what is not what was kept.
    """
    found = cache.load(key)
    if found is None:
        return None
    notes, body = found
    try:
        book = _Book(notes, body, again)
        said = heard([from_json(one) for one in notes["said"]])
        vocabulary = _vocabulary(notes["vocabulary"])
        hashes = {name: PackHash(*map(str, parts)) for name, parts in notes["hashes"].items()}
        entries: dict[Kind, Mapping[str, Placed]] = {
            kind: book.entries(kind, notes["entries"][kind]) for kind in KINDS
        }
        passages = [str(name) for name in notes["passages"]]
    except _BROKEN:
        return None
    pack = pack_of(roots, entries, vocabulary, hashes, book.expressions, passages)
    return Loaded(pack, *said)


class _Body:
    """The bytes behind the notes, as they grow."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._size = 0

    def add(self, part: bytes) -> tuple[int, int]:
        """Put a part at the end; where it begins and ends."""
        start, self._size = self._size, self._size + len(part)
        self.parts.append(part)
        return start, self._size


def _row(placed: Placed, files: dict[str, int], body: _Body) -> list[Any]:
    def at(origin: Origin) -> tuple[int, DataPath]:
        return files.setdefault(origin[0], len(files)), origin[1]

    told = placed.entry.model_dump_json(by_alias=True, exclude_unset=True).encode()
    changed = {name: (*at(origin), by) for name, (origin, by) in placed.changed.items()}
    return [placed.entry.id, placed.pack, *at(placed.origin), *body.add(told), changed]


class _Book:
    """The kept entries and expressions, read where they are asked for."""

    def __init__(self, notes: Any, body: bytes, again: Callable[[], Pack]) -> None:
        self._files: list[str] = [str(name) for name in notes["files"]]
        self._body = body
        self._again = again
        start, end = notes["rules"]
        self.expressions = _Rules(body[start:end])

    def entries(self, kind: Kind, rows: Sequence[Any]) -> Mapping[str, Placed]:
        """The entries of a kind by id."""
        by_name = {row[0]: row for row in rows}
        if len(by_name) != len(rows) or not all(type(name) is str for name in by_name):
            raise ValueError("these are no ids")
        return Later(by_name, lambda name: self._placed(kind, by_name[name]))

    def _placed(self, kind: Kind, row: Sequence[Any]) -> Placed:
        try:
            name, pack, file, path, start, end, changed = row
            entry: Entry = adapter(_MODELS[kind]).validate_json(self._body[start:end])
            if entry.id != name:
                raise ValueError("another entry")
            replaced = {
                str(field): (self._origin(where, inside), str(by))
                for field, (where, inside, by) in changed.items()
            }
            return Placed(kind, entry, str(pack), self._origin(file, path), replaced)
        except _BROKEN:
            return self._again().placed[kind][row[0]]

    def _origin(self, file: int, path: Iterable[str | int]) -> Origin:
        return self._files[file], tuple(path)


class _Rules(Mapping[Wanted, Expression]):
    """Expressions by their texts; one that cannot be read back is not there."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._made: dict[Wanted, Expression] = {}

    @cached_property
    def _data(self) -> dict[Wanted, Any]:
        try:
            rows = json.loads(self._raw)
            return {(text, axis, want, ending): data for text, axis, want, ending, data in rows}
        except _BROKEN:
            return {}

    def __getitem__(self, wanted: Wanted) -> Expression:
        """The expression of a text."""
        made = self._made.get(wanted)
        if made is None:
            try:
                made = self._made[wanted] = from_data(self._data[wanted])
            except (ValueError, RecursionError) as error:
                raise KeyError(wanted) from error
        return made

    def __iter__(self) -> Iterator[Wanted]:
        """The texts, each with what was wanted of it."""
        return iter(self._data)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._data)

    def __reduce__(self) -> tuple[type, tuple[dict[Wanted, Expression]]]:
        """Sent elsewhere, it is a mapping like any other."""
        return dict, (dict(self.items()),)


def _vocabulary_data(vocabulary: Vocabulary) -> dict[str, Any]:
    indicators = vocabulary.indicators.items()
    return {
        "indicators": {name: [one.axis, one.low, one.high] for name, one in indicators},
        "sectors": vocabulary.sectors,
        "regions": vocabulary.regions,
        "instruments": dict(vocabulary.instruments),
        "events": dict(vocabulary.events),
        "situations": dict(vocabulary.situations),
        "balances": vocabulary.balances,
    }


def _vocabulary(data: Any) -> Vocabulary:
    axes = frozenset(get_args(Axis))
    indicators = {
        str(name): IndicatorInfo(axis, float(low), float(high))
        for name, (axis, low, high) in data["indicators"].items()
    }
    scopes = [data["instruments"], data["events"], data["situations"]]
    found = {one.axis for one in indicators.values()}.union(*(one.values() for one in scopes))
    if not found <= axes:
        raise ValueError("these are no scopes")
    sectors, regions, balances = (
        tuple(map(str, data[name])) for name in ("sectors", "regions", "balances")
    )
    instruments, events, situations = scopes
    return Vocabulary(
        indicators=indicators,
        sectors=sectors,
        regions=regions,
        instruments=instruments,
        events=events,
        situations=situations,
        balances=balances,
    )
