"""What the checks share: the entries, their leaves, and a way to say something about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeVar

from game.packs import catalogue as say
from game.packs.diagnostics import DataPath, Descriptor, Findings, Severity, finding
from game.packs.fields import Kind
from game.packs.memory import Leaves, Memory, Wanted
from game.packs.merge import KINDS, Merged, Origin, Placed
from game.packs.resolve import requirers
from game.packs.schema_model import Entry
from game.rules import Checker, Expression, Vocabulary, suggest
from game.rules.bounds import Analysis

CORE = "core"
"""In the pack of this id an entry without its grounds is an error, not a warning."""

MOST_PLACES = 3
"""How many places that name one missing thing are told one by one."""

_MEANT = re.compile(r"\Adid you mean (.+)\?\Z")

E = TypeVar("E", bound=Entry)


class Checked(NamedTuple):
    """An expression that passed, and where it stands."""

    placed: Placed
    path: DataPath
    text: str
    expression: Expression


Index = Mapping[tuple[int, DataPath], Checked]
"""Expressions by the identity of their entry, and by their path in it."""


@dataclass
class Context:
    """The merged packs under check, and what has been learnt so far."""

    merged: Merged
    vocabulary: Vocabulary
    findings: Findings
    checked: list[Checked] = field(default_factory=list)
    expressions: dict[Wanted, Expression] = field(default_factory=dict)
    """Every text that was found good, as what was wanted of it where."""
    only: frozenset[tuple[Kind, str]] | None = None
    """Where it is set, the entries that are under check; the others are known and not looked at."""
    missing: dict[str, list[tuple[Placed, DataPath]]] = field(default_factory=dict)
    """Where each name is used that is not there."""
    torn: dict[tuple[str, str, Origin], list[tuple[Placed, DataPath]]] = field(default_factory=dict)
    """What is removed, the pack that does so and where: the places that need it still."""
    bad: int = 0
    """How many faults there are in expressions: what those read and move is not known."""
    memory: Memory = field(default_factory=Memory)
    said: int = 0
    """How many findings were added, or only counted."""
    needs: dict[str, frozenset[str]] = field(init=False)
    """For each pack all that it requires."""
    checker: Checker = field(init=False)
    good: dict[Wanted, Expression] = field(init=False)
    """The texts that are known to be good, from here or from an earlier load."""

    def __post_init__(self) -> None:
        self.needs = requirers(self.merged.roots)
        self.checker, self.good = self.memory.checker(self.vocabulary)

    @cached_property
    def index(self) -> Index:
        """What was checked, by entry and path; to be asked for once all is."""
        return {(id(one.placed), one.path): one for one in self.checked}

    @property
    def analysis(self) -> Analysis:
        """The least and greatest values of expressions, each worked out once."""
        return self.checker.analysis

    def all(self) -> Iterator[Placed]:
        """All entries; passages come with their source only."""
        for kind in KINDS:
            if kind != "passage":
                yield from self._looked_at(kind)

    def of(self, kind: Kind, model: type[E]) -> Iterator[tuple[Placed, E]]:
        """The entries of a kind."""
        for placed in self._looked_at(kind):
            if isinstance(placed.entry, model):
                yield placed, placed.entry

    def _looked_at(self, kind: Kind) -> Iterator[Placed]:
        entries = self.merged.entries[kind]
        for name in entries:
            if self.only is None or (kind, name) in self.only:
                yield entries[name]

    def sorted_leaves(self) -> Iterator[tuple[Placed, Leaves]]:
        """All entries, each with its leaves by what they stand for."""
        for placed in self.all():
            yield placed, self.memory.leaves(placed.entry)

    def knows(self, kind: Kind, name: str) -> bool:
        """Whether an entry is there, or may be: broken and unread files are no news twice."""
        merged = self.merged
        return name in merged.entries[kind] or name in merged.broken[kind] or kind in merged.unread

    def say(
        self,
        placed: Placed,
        descriptor: Descriptor,
        path: DataPath = (),
        *,
        at: Literal["key", "value"] = "value",
        span: tuple[int, int] | None = None,
        hint: str | None = None,
        severity: Severity | None = None,
        related: tuple[Origin, ...] = (),
        **arguments: Any,
    ) -> None:
        """Add a finding about a path inside an entry."""
        self.said += 1
        file, full = placed.origin_of(path)
        found = finding(
            descriptor,
            full,
            at=at,
            span=span,
            hint=_MEANT.sub(r"Did you mean '\1'?", hint) if hint else None,
            severity=severity,
            related=related,
            **arguments,
        )
        self.findings.add(file, found)

    def lost(self, *kinds: Kind) -> bool:
        """Whether entries of some kinds are broken, so that what is missing may be among them."""
        merged = self.merged
        return any(kind in merged.unread or merged.broken[kind] for kind in kinds)

    def told_enough(self, name: str, placed: Placed, path: DataPath) -> bool:
        """Note a place that names what is not there; whether so many were told that it will do."""
        self.said += 1
        if self._removed(name, placed, path):
            return True
        places = self.missing.setdefault(name, [])
        places.append((placed, path))
        return len(places) > MOST_PLACES

    def _removed(self, name: str, placed: Placed, path: DataPath) -> bool:
        """Note a place that names what a pack removes that the place's own does not know of."""
        words = {*re.findall(r"[\w-]+", name)}
        for removed in self.merged.removed.values():
            for one in words & removed.keys():
                remover, _ = removed[one]
                if remover != placed.pack and remover not in self.needs[placed.pack]:
                    self.torn.setdefault((one, *removed[one]), []).append((placed, path))
                    return True
        return False

    def tell_rest(self) -> None:
        """Say what was noted of names that are missing in many places, or because of a removal."""
        for (name, _, (file, at)), places in self.torn.items():
            placed, path = places[0]
            origin = placed.origin_of(path)
            where = f"{placed.kind}/{placed.entry.id}"
            pack, count = placed.pack, len(places)
            found = finding(
                say.REMOVED_NEEDED,
                at,
                related=(origin,),
                id=name,
                pack=pack,
                where=where,
                places=f"{count:,} place{'' if count == 1 else 's'}",
            )
            self.findings.add(file, found)
        for name, places in self.missing.items():
            left = places[MOST_PLACES:]
            if left:
                placed, path = left[0]
                self.say(placed, say.MORE_PLACES, path, id=name, count=f"{len(left):,}")

    def unknown(
        self, placed: Placed, kinds: tuple[Kind, ...], name: str, path: DataPath, at: str = "value"
    ) -> None:
        """Say that an id is not there, with the nearest one or the one that it became."""
        if self.told_enough(name, placed, path):
            return
        hint = None
        for kind in kinds:
            now = self.merged.renamed(kind, name)
            if now is not None:
                hint = f"It is called '{now}' now."
            elif name in self.merged.removed.get(kind, ()):
                hint = "Another pack removes it."
        if hint is None and self.findings.may_suggest():
            near = suggest(name, [one for kind in kinds for one in self.merged.entries[kind]])
            hint = f"Did you mean '{near}'?" if near else None
        if hint is None and "/" in name:
            owner = name.split("/")[0]
            hint = f"Is '{owner}' among the packs that this one requires?"
        self.say(
            placed,
            say.UNKNOWN_ID,
            path,
            at="key" if at == "key" else "value",
            hint=hint,
            kind=" or ".join(kinds),
            id=name,
        )

    def twice(self, placed: Placed, names: Iterable[str], kind: str, base: DataPath) -> None:
        """Say which ids of a list inside an entry are there twice."""
        seen: dict[str, int] = {}
        for place, name in enumerate(names):
            if name in seen:
                first = placed.origin_of((*base, seen[name], "id"))
                path = (*base, place, "id")
                self.say(placed, say.DUPLICATE_ID, path, related=(first,), kind=kind, id=name)
            seen.setdefault(name, place)


def parted(target: str) -> tuple[str, str | None]:
    """`name[place]` as name and place; no place for a bare name."""
    name, bracket, rest = target.partition("[")
    return name.strip(), rest.removesuffix("]").strip() if bracket else None


def figure(value: float) -> str:
    """A number as messages write it."""
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e15 else f"{value:.6g}"
