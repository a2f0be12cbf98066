"""`Pack`: everything that the loaded packs say, merged, checked and in canonical order."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache as once
from pathlib import Path
from typing import Any, NamedTuple

from game.packs.diagnostics import DataPath, Diagnostic
from game.packs.fields import Kind, Prose, Ref
from game.packs.later import Later
from game.packs.memory import Wanted
from game.packs.merge import KINDS, Merged, Placed
from game.packs.place import Placer
from game.packs.resolve import Root
from game.packs.schema import (
    Aim,
    Bequest,
    ChannelEntry,
    Ending,
    Event,
    Experiment,
    Indicator,
    InstrumentEntry,
    Lesson,
    Manifest,
    PersonEntry,
    Place,
    Proposal,
    Rule,
    Scenario,
    Situation,
    Source,
    Strategy,
)
from game.packs.walk import leaves
from game.rules import Expression, IndicatorInfo, Vocabulary

_TEXT_KINDS = frozenset({"source", "passage", "lesson", "experiment", "strategy"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with the source that it stands in."""

    id: str
    source: Source
    section: str
    quote: str | None
    claim: str
    kind: str | None
    extra: bool
    also: tuple[str, ...]
    number: str | None


class PackHash(NamedTuple):
    """What identifies a pack in a save: its version, a hash of what moves numbers, one of text."""

    version: str
    model: str
    text: str


@dataclass(frozen=True)
class Pack:
    """Merged content. Mappings are by bare id, in canonical order: pack order, then id.

    Sectors, regions, channels and people keep the order of their files.
    """

    manifests: Mapping[str, Manifest]
    sources: Mapping[str, Source]
    passages: Mapping[str, Passage]
    channels: Mapping[str, ChannelEntry]
    sectors: Mapping[str, Place]
    regions: Mapping[str, Place]
    indicators: Mapping[str, Indicator]
    rules: Mapping[str, Rule]
    instruments: Mapping[str, InstrumentEntry]
    events: Mapping[str, Event]
    situations: Mapping[str, Situation]
    people: Mapping[str, PersonEntry]
    proposals: Mapping[str, Proposal]
    bequests: Mapping[str, Bequest]
    aims: Mapping[str, Aim]
    endings: Mapping[str, Ending]
    scenarios: Mapping[str, Scenario]
    strategies: Mapping[str, Strategy]
    experiments: Mapping[str, Experiment]
    lessons: Mapping[str, Lesson]
    vocabulary: Vocabulary
    hashes: Mapping[str, PackHash]
    expressions: Mapping[Wanted, Expression] = field(repr=False, compare=False)
    """The texts that were checked when the packs were loaded, ready to be compiled."""
    placed: Mapping[Kind, Mapping[str, Placed]] = field(repr=False, compare=False)
    """Every entry with its pack and its place; for tools."""
    folders: tuple[Path, ...] = field(repr=False, compare=False)
    """Where the packs were read."""

    def __hash__(self) -> int:
        return hash(tuple(self.hashes.items()))

    def owner(self, kind: Kind, name: str) -> str:
        """The id of the pack that an entry belongs to.

        Raises:
            KeyError: where there is no such entry.
        """
        return self.placed[kind][name].pack

    def root(self, owner: str) -> Path:
        """The folder or the file that one of the packs was read from.

        Raises:
            ValueError: where there is no such pack.
        """
        return self.folders[list(self.manifests).index(owner)]

    def read_from(self, root: Path) -> str:
        """The id of the pack that was read from a folder or a file.

        Raises:
            ValueError: where none was.
        """
        at = [one.resolve() for one in self.folders].index(root.resolve())
        return list(self.manifests)[at]

    def lasting_id(self, kind: Kind, name: str) -> str:
        """`pack/id`, with the first id that the entry ever had: what draws are keyed by.

        Raises:
            KeyError: where there is no such entry.
        """
        placed = self.placed[kind][name]
        former = placed.entry.former_ids
        return f"{placed.pack}/{former[0] if former else name}"

    def where(self, kind: Kind, name: str) -> str:
        """`file:line` of an entry, for messages.

        Raises:
            KeyError: where there is no such entry.
        """
        return Placer().where(*self.placed[kind][name].origin)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The result of loading: the pack where there is no error, and all that there is to say."""

    pack: Pack | None
    diagnostics: tuple[Diagnostic, ...]
    silenced: tuple[Diagnostic, ...] = ()
    """The warnings that the packs silence, each with its reason."""

    @property
    def ok(self) -> bool:
        """Whether the pack can be used."""
        return self.pack is not None


def vocabulary_of(merged: Merged) -> Vocabulary:
    """What the rules of these packs may name."""
    found = merged.entries
    indicators = _entries(found["indicator"], Indicator)
    balances = {
        balance.id: None
        for scenario in _entries(found["scenario"], Scenario).values()
        for balance in scenario.balances
    }
    return Vocabulary(
        indicators={
            name: IndicatorInfo(one.scope, one.bounds[0], one.bounds[1])
            for name, one in indicators.items()
        },
        sectors=tuple(found["sector"]),
        regions=tuple(found["region"]),
        instruments={
            name: one.scope for name, one in _entries(found["instrument"], InstrumentEntry).items()
        },
        events={name: one.scope for name, one in _entries(found["event"], Event).items()},
        situations={
            name: one.scope for name, one in _entries(found["situation"], Situation).items()
        },
        balances=tuple(balances),
    )


def pack_of(
    roots: Sequence[Root],
    entries: Mapping[Kind, Mapping[str, Placed]],
    vocabulary: Vocabulary,
    hashes: Mapping[str, PackHash],
    expressions: Mapping[Wanted, Expression],
    passages: Sequence[str] | None = None,
) -> Pack:
    """The pack that merged content makes; `passages` names them where they are not looked up."""
    return Pack(
        manifests={root.id: root.manifest for root in roots},
        **_by_kind(entries, passages),
        vocabulary=vocabulary,
        hashes=hashes,
        expressions=expressions,
        placed=entries,
        folders=tuple(root.folder for root in roots),
    )


def retold(
    pack: Pack, manifests: Mapping[str, Manifest], placed: Mapping[Kind, Mapping[str, Placed]]
) -> Pack:
    """The same pack in other words: entries of the same ids whose prose alone differs.

    What is known by the entries' numbers (hashes, expressions, vocabulary) stays.
    """
    return dataclasses.replace(pack, manifests=manifests, placed=placed, **_by_kind(placed))


def _passages(sources: Mapping[str, Source]) -> dict[str, Passage]:
    return {
        passage.id: Passage(
            id=passage.id,
            source=source,
            section=passage.section,
            quote=passage.quote,
            claim=passage.claim,
            kind=passage.kind,
            extra=passage.extra,
            also=passage.also,
            number=passage.number,
        )
        for source in sources.values()
        for passage in source.passages
    }


def _by_kind(
    found: Mapping[Kind, Mapping[str, Placed]], passages: Sequence[str] | None = None
) -> dict[str, Any]:
    """The mappings of a pack, by the names of its fields."""
    sources = _entries(found["source"], Source)
    known = once(lambda: _passages(sources))
    return {
        "sources": sources,
        "passages": known() if passages is None else Later(passages, lambda name: known()[name]),
        "channels": _entries(found["channel"], ChannelEntry),
        "sectors": _entries(found["sector"], Place),
        "regions": _entries(found["region"], Place),
        "indicators": _entries(found["indicator"], Indicator),
        "rules": _entries(found["rule"], Rule),
        "instruments": _entries(found["instrument"], InstrumentEntry),
        "events": _entries(found["event"], Event),
        "situations": _entries(found["situation"], Situation),
        "people": _entries(found["person"], PersonEntry),
        "proposals": _entries(found["proposal"], Proposal),
        "bequests": _entries(found["bequest"], Bequest),
        "aims": _entries(found["aim"], Aim),
        "endings": _entries(found["ending"], Ending),
        "scenarios": _entries(found["scenario"], Scenario),
        "strategies": _entries(found["strategy"], Strategy),
        "experiments": _entries(found["experiment"], Experiment),
        "lessons": _entries(found["lesson"], Lesson),
    }


def hashes_of(merged: Merged) -> dict[str, PackHash]:
    """For each pack its version and two hashes: of what moves numbers, and of all the rest.

    They depend on what entries say, not on files, comments or layout. An entry that another pack
    changes counts for both packs.
    """
    model: dict[str, list[str]] = {root.id: [] for root in merged.roots}
    text: dict[str, list[str]] = {root.id: [] for root in merged.roots}
    paths: dict[DataPath, str] = {}
    for kind in KINDS:
        if kind == "passage":
            continue
        for name, placed in merged.entries[kind].items():
            moves, tells = _halves(kind, placed, paths)
            for pack in dict.fromkeys([placed.pack, *(by for _, by in placed.changed.values())]):
                head = f"{_json(kind)},{_json(name)}"
                model[pack].extend([f"[{head},[{','.join(moves)}]]"] if moves else [])
                text[pack].append(f"[{head},[{','.join(tells)}]]")
    for kind, names in merged.removed.items():
        for pack in model:
            model[pack].append(_json(["removed", kind, sorted(names)]))
    return {
        root.id: PackHash(root.manifest.version, _hash(model[root.id]), _hash(text[root.id]))
        for root in merged.roots
    }


def _halves(kind: Kind, placed: Placed, paths: dict[DataPath, str]) -> tuple[list[str], list[str]]:
    """What an entry says in JSON: what moves numbers, and the rest; `paths` are known in JSON."""
    moves: list[str] = []
    tells: list[str] = []
    for path, mark, value, at in leaves(placed.entry):
        if path not in paths:
            paths[path] = _json(path)
        told = _quoted(value) if isinstance(value, str) else _json(_plain(value))
        prose = isinstance(mark, Prose) or kind in _TEXT_KINDS
        grounds = isinstance(mark, Ref) and mark.kinds == ("passage",)
        (tells if prose or grounds else moves).append(f'[{paths[path]},"{at}",{told}]')
    if kind in _TEXT_KINDS:
        return [], tells
    return sorted(moves), sorted(tells)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


_json = json.JSONEncoder(separators=(",", ":")).encode
_quoted = json.encoder.encode_basestring_ascii


def _hash(parts: list[str]) -> str:
    return hashlib.sha256(f"[{','.join(parts)}]".encode("ascii")).hexdigest()


def _entries(placed: Mapping[str, Placed], kind: type[Any]) -> Mapping[str, Any]:
    if isinstance(placed, Later):
        return Later(placed, lambda name: placed[name].entry)
    return {name: one.entry for name, one in placed.items() if isinstance(one.entry, kind)}
