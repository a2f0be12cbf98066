"""The contents of several packs -> one set of entries in canonical order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from game.packs import catalogue as say
from game.packs.contents import Change, Content
from game.packs.diagnostics import DataPath, Finding, Findings, finding
from game.packs.fields import Kind
from game.packs.qualified import bare_entry, bare_references
from game.packs.renames import rename
from game.packs.resolve import Root, requirers
from game.packs.schema import SHELVES
from game.packs.schema_events import Situation
from game.packs.schema_model import Entry, Source
from game.packs.shape import problems, validated
from game.rules import suggest

Origin = tuple[str, DataPath]
"""A file, as messages name it, and a path in its data."""

WHOLE = "the whole"
"""In place of a field: an entry that is removed."""
Changers = dict[tuple[Kind, str], dict[str, tuple[str, Origin]]]
"""For each entry the fields that were changed, each with the pack that did so, and where."""

ORDERED = frozenset(shelf.kind for shelf in SHELVES.values() if shelf.ordered)
KINDS: tuple[Kind, ...] = (
    *(shelf.kind for shelf in SHELVES.values()),
    "passage",
    "situation",
    "playthrough",
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry, the pack that it belongs to, and where it is written.

    `changed` holds the origins of the fields that other packs replaced, and those packs.
    """

    kind: Kind
    entry: Entry
    pack: str
    origin: Origin
    changed: dict[str, tuple[Origin, str]] = field(default_factory=dict)

    def origin_of(self, path: DataPath) -> Origin:
        """Where a path inside the entry is written."""
        if path and path[0] in self.changed:
            (file, base), _ = self.changed[str(path[0])]
        else:
            file, base = self.origin
        return file, (*base, *path)


@dataclass(slots=True)
class Merged:
    """All entries by kind and id, in canonical order, and what is known to be missing."""

    roots: list[Root]
    entries: dict[Kind, dict[str, Placed]]
    broken: dict[Kind, set[str]]
    unread: set[Kind]
    removed: dict[Kind, dict[str, tuple[str, Origin]]] = field(default_factory=dict)
    """What packs remove: for each id the pack, and where it says so."""

    def all(self) -> Iterator[Entry]:
        """Every entry."""
        return (placed.entry for found in self.entries.values() for placed in found.values())

    def renamed(self, kind: Kind, former: str) -> str | None:
        """The id of the entry that was once called `former`."""
        for name, placed in self.entries[kind].items():
            if former in placed.entry.former_ids:
                return name
        return None


def merged(
    roots: list[Root], contents: Sequence[tuple[Root, Content]], findings: Findings
) -> Merged:
    """Put the contents together: additions first, then changes in loading order."""
    state = Merged(roots, {kind: {} for kind in KINDS}, {kind: set() for kind in KINDS}, set())
    for root, content in contents:
        bare = bare_references(content, root)
        _add(state, root, bare, findings)
    needs = requirers(roots)
    changers: Changers = {}
    for root, content in contents:
        for change in content.changes:
            _apply(state, root, content, change, needs, changers, findings)
    rename(state, findings)
    _sort(state)
    return state


def _kinds(content: Content) -> tuple[Kind, ...]:
    kind = SHELVES[content.file.shelf].kind
    if kind == "event":
        return ("event", "situation")
    return ("source", "passage") if kind == "source" else (kind,)


def _add(state: Merged, root: Root, content: Content, findings: Findings) -> None:
    for kind in _kinds(content):
        state.broken[kind].update(content.broken)
        if content.unread:
            state.unread.add(kind)
    kind = SHELVES[content.file.shelf].kind
    file = content.file.shown
    for path, entry in content.entries:
        own: Kind = "situation" if isinstance(entry, Situation) else kind
        _put(state, Placed(own, entry, root.id, (file, path)), findings)
        if isinstance(entry, Source):
            for at, passage in enumerate(entry.passages):
                inner: DataPath = (*path, "passages", at)
                _put(state, Placed("passage", passage, root.id, (file, inner)), findings)


def _put(state: Merged, placed: Placed, findings: Findings) -> None:
    twins: dict[Kind, tuple[Kind, ...]] = {
        "event": ("event", "situation"),
        "situation": ("event", "situation"),
    }
    name = placed.entry.id
    for kind in twins.get(placed.kind, (placed.kind,)):
        known = state.entries[kind].get(name)
        if known is None:
            continue
        file, path = placed.origin
        related = (known.origin,)
        if known.pack == placed.pack:
            found = finding(
                say.DUPLICATE_ID, (*path, "id"), related=related, kind=placed.kind, id=name
            )
        else:
            found = finding(
                say.TWO_PACKS,
                (*path, "id"),
                related=related,
                first=known.pack,
                second=placed.pack,
                kind=placed.kind,
                id=name,
                hint=f"Rename it, or write `change: {known.pack}/{name}` to change that one."
                if known.pack in requirers(state.roots)[placed.pack]
                else None,
            )
        findings.add(file, found)
        return
    state.entries[placed.kind][name] = placed


def _apply(
    state: Merged,
    root: Root,
    content: Content,
    change: Change,
    needs: dict[str, frozenset[str]],
    changers: Changers,
    findings: Findings,
) -> None:
    file = content.file.shown
    at = (*change.path, change.verb)
    owner, _, name = change.target.partition("/")
    if owner not in needs[root.id]:
        findings.add(file, finding(say.CHANGE_NOT_REQUIRED, at, id=change.target))
        return
    kinds = _kinds(content)
    placed = _target(state, kinds, owner, name)
    own = (placed.kind, placed.entry.id) if placed else _taken_away(state, kinds, name)
    if own is None:
        if not any(name in state.broken[kind] for kind in kinds):
            _unknown(state, file, change, kinds, findings)
        return
    if placed is not None and placed.entry.id != name:
        now = f"{owner}/{placed.entry.id}"
        findings.add(file, finding(say.RENAMED, at, former=change.target, name=now))
    known = changers.setdefault(own, {})
    fields = tuple(change.fields) if change.verb == "change" else (WHOLE,)
    for one in fields:
        clash = _clash(one, root, needs, known, f"{owner}/{own[1]}")
        if clash is not None:
            findings.add(file, dataclasses.replace(clash, path=at))
            return
    known |= dict.fromkeys(fields, (root.id, (file, at)))
    if placed is None:
        _unknown(state, file, change, kinds, findings)
    elif change.verb == "remove":
        del state.entries[placed.kind][placed.entry.id]
        state.removed.setdefault(placed.kind, {})[placed.entry.id] = (root.id, (file, at))
    else:
        _replace(state, root, content, change, placed, findings)


def _unknown(
    state: Merged, file: str, change: Change, kinds: tuple[Kind, ...], findings: Findings
) -> None:
    owner, _, name = change.target.partition("/")
    ids = [one for kind in kinds for one in state.entries[kind]]
    near = suggest(name, ids) if findings.may_suggest() else None
    hint = f"Did you mean '{owner}/{near}'?" if near else None
    at = (*change.path, change.verb)
    unknown = finding(say.CHANGE_UNKNOWN, at, id=change.target, verb=change.verb, hint=hint)
    findings.add(file, unknown)


def _taken_away(state: Merged, kinds: tuple[Kind, ...], name: str) -> tuple[Kind, str] | None:
    return next(((kind, name) for kind in kinds if name in state.removed.get(kind, ())), None)


def _clash(
    name: str,
    root: Root,
    needs: dict[str, frozenset[str]],
    known: dict[str, tuple[str, Origin]],
    target: str,
) -> Finding | None:
    """What is wrong where the same field was changed by this pack, or one that it does not know."""
    for other_name, (other, origin) in known.items():
        same = name == other_name or WHOLE in (name, other_name)
        if same and other == root.id:
            problem = f"'{target}' is changed or removed here a second time"
            return finding(say.SHAPE, related=(origin,), problem=problem)
        if same and other not in needs[root.id]:
            told = name if name == other_name else "fields"
            return finding(
                say.CHANGE_CONFLICT,
                related=(origin,),
                first=other,
                second=root.id,
                field=told,
                id=target,
            )
    return None


def _target(state: Merged, kinds: tuple[Kind, ...], owner: str, name: str) -> Placed | None:
    for kind in kinds:
        current = name if name in state.entries[kind] else state.renamed(kind, name)
        placed = state.entries[kind].get(current or "")
        if placed is not None and placed.pack == owner:
            return placed
    return None


def _replace(
    state: Merged,
    root: Root,
    content: Content,
    change: Change,
    placed: Placed,
    findings: Findings,
) -> None:
    data: dict[str, Any] = placed.entry.model_dump(mode="json", by_alias=True, exclude_unset=True)
    file = content.file.shown
    changed = dict(placed.changed)
    for name, value in change.fields.items():
        if value is None:
            data.pop(name, None)
        else:
            data[name] = value
        changed[name] = ((file, change.path), root.id)
    model = SHELVES[content.file.shelf].model
    try:
        entry = bare_entry(validated(model, data), model, root.id, root.manifest)
    except ValidationError as error:
        for found in problems(error, model, data, change.path, findings):
            findings.add(file, found)
        return
    kind: Kind = "situation" if isinstance(entry, Situation) else placed.kind
    if kind != placed.kind:
        del state.entries[placed.kind][placed.entry.id]
    state.entries[kind][placed.entry.id] = Placed(kind, entry, placed.pack, placed.origin, changed)


def _sort(state: Merged) -> None:
    rank = {root.id: place for place, root in enumerate(state.roots)}
    for kind in KINDS:
        placed = list(state.entries[kind].items())
        if kind not in ORDERED:
            placed.sort(key=lambda item: item[0])
        placed.sort(key=lambda item: rank[item[1].pack])
        state.entries[kind] = dict(placed)
