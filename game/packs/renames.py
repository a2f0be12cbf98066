"""References by an id that an entry had before: they hold, and are told what it is called now."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from game.packs import catalogue as say
from game.packs.diagnostics import Findings, finding
from game.packs.fields import Expr, Kind, Ref, Target
from game.packs.qualified import with_names
from game.packs.walk import Leaf, leaves

if TYPE_CHECKING:
    from game.packs.merge import Merged, Placed

Names = Mapping[Kind, Mapping[str, str]]
"""For each kind the ids that entries had before, and what they are called now."""

_SPOKEN: tuple[Kind, ...] = ("indicator", "sector", "region", "instrument")
_QUOTED: tuple[Kind, ...] = ("event", "situation")
_WORD = re.compile(r"(?<![\w-])(?<!balance\.)[a-z_][a-z0-9_]*(?![\w-])")
_QUOTE = re.compile(r"\"[^\"]*\"|'[^']*'")


def rename(state: Merged, findings: Findings) -> None:
    """Put today's ids in the place of former ones, everywhere, and say so."""
    names = _names(state, findings)
    if not any(names.values()):
        return
    for kind, found in state.entries.items():
        if kind == "passage":  # these stand in their sources
            continue
        for name, placed in list(found.items()):
            found[name] = _renamed(placed, names, state, findings)


def _names(state: Merged, findings: Findings) -> dict[Kind, dict[str, str]]:
    names: dict[Kind, dict[str, str]] = {kind: {} for kind in state.entries}
    for kind, found in state.entries.items():
        for name, placed in found.items():
            for former in placed.entry.former_ids:
                taken = former if _taken(state, kind, former) else names[kind].get(former)
                if taken is None:
                    names[kind][former] = name
                elif taken != name:
                    _twice(state, placed, former, taken, findings)
    return names


def _taken(state: Merged, kind: Kind, name: str) -> bool:
    kinds = _QUOTED if kind in _QUOTED else (kind,)
    return any(name in state.entries[one] for one in kinds)


def _twice(state: Merged, placed: Placed, former: str, other: str, findings: Findings) -> None:
    file, path = placed.origin_of(("former_ids",))
    kinds = _QUOTED if placed.kind in _QUOTED else (placed.kind,)
    twin = next(state.entries[kind][other] for kind in kinds if other in state.entries[kind])
    related = (twin.origin,)
    wrong = finding(
        say.FORMER_TWICE, path, related=related, id=former, first=other, second=placed.entry.id
    )
    findings.add(file, wrong)


def _renamed(placed: Placed, names: Names, state: Merged, findings: Findings) -> Placed:
    told: list[tuple[Leaf, str]] = []
    for leaf in leaves(placed.entry):
        if isinstance(leaf.value, str) and isinstance(leaf.mark, (Ref, Target, Expr)):
            changed = dict(_changes(leaf, names, state))
            if changed:
                told.append((leaf, _with(leaf, changed)))
                for former, name in changed.items():
                    file, path = placed.origin_of(leaf.path)
                    note = finding(say.RENAMED, path, at=leaf.at, former=former, name=name)
                    findings.add(file, note)
    if not told:
        return placed
    entry = with_names(placed.entry, type(placed.entry), told)
    return dataclasses.replace(placed, entry=entry)


def _changes(leaf: Leaf, names: Names, state: Merged) -> Iterator[tuple[str, str]]:
    """The former ids in a text, with those of today."""
    text: str = leaf.value
    if isinstance(leaf.mark, Ref):
        if not any(text in state.entries[kind] for kind in leaf.mark.kinds):
            yield from ((text, names[k][text]) for k in leaf.mark.kinds if text in names[k])
        return
    kinds = (*leaf.mark.kinds, "sector", "region") if isinstance(leaf.mark, Target) else _SPOKEN
    for word in dict.fromkeys(_WORD.findall(_QUOTE.sub("''", text))):
        if not any(word in state.entries[kind] for kind in _SPOKEN):
            yield from ((word, names[kind][word]) for kind in kinds if word in names[kind])
    for quote in _QUOTE.findall(text):
        inner = quote[1:-1]
        if not any(inner in state.entries[kind] for kind in _QUOTED):
            yield from ((inner, names[kind][inner]) for kind in _QUOTED if inner in names[kind])


def _with(leaf: Leaf, changed: Mapping[str, str]) -> str:
    text: str = leaf.value
    if isinstance(leaf.mark, Ref):
        return changed.get(text, text)
    parts: list[str] = []
    at = 0
    for match in [*_QUOTE.finditer(text), None]:
        end = match.start() if match else len(text)
        parts.append(_WORD.sub(lambda m: changed.get(m.group(), m.group()), text[at:end]))
        if match:
            quote, inner = match.group()[0], match.group()[1:-1]
            parts.append(f"{quote}{changed.get(inner, inner)}{quote}")
            at = match.end()
    return "".join(parts)
