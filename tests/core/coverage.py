"""Where each passage of the core pack acts: a table made from the pack alone.

`python -m tests.core.coverage` prints it, with `gaps` behind it what is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from game.packs import find_packs, load_pack

if TYPE_CHECKING:
    from game.packs import Pack
    from game.packs.schema import Choice, Event

ACTING_KINDS = frozenset({"instrument", "mechanism", "tension", "indicator", "event"})
"""Passages of these kinds must move a number, not only be named."""

ACTING = frozenset({"rule", "instrument", "event", "choice", "situation"})

FITTING: Mapping[str, frozenset[str]] = {
    "sector": ACTING | {"sector", "experiment", "lesson"},
    "region": ACTING | {"region", "experiment", "lesson"},
    "actor": ACTING | {"person", "proposal", "lesson"},
    "principle": ACTING
    | {"indicator", "lesson", "scenario", "ending", "aim", "experiment", "proposal"},
    "fact": ACTING | {"indicator", "sector", "lesson", "scenario", "experiment", "strategy"},
    "scenario": ACTING
    | {"scenario", "strategy", "ending", "bequest", "aim", "experiment", "lesson"},
}
"""For every other kind, where a passage of that kind is at home."""

EXEMPT: Mapping[str, str] = {}
"""Passages that need not act, each with the reason; ten at most."""


class Named(Protocol):
    """An entry that names passages."""

    @property
    def because(self) -> tuple[str, ...]:
        """Their ids."""


class Citation(NamedTuple):
    """One place that cites a passage.

    Attributes:
        passage: its id.
        kind: the kind of the entry that cites it.
        entry: the entry's id; `event/choice` for a choice.
        moves: whether the entry, as far as it cites the passage, moves a number.
    """

    passage: str
    kind: str
    entry: str
    moves: bool


def citations(pack: Pack) -> Iterator[Citation]:
    """Every place of the pack that cites a passage."""
    yield from _of_rules_and_instruments(pack)
    yield from _of_events(pack)
    named: Mapping[str, Mapping[str, Named]] = {
        "indicator": pack.indicators,
        "sector": pack.sectors,
        "region": pack.regions,
        "person": pack.people,
        "proposal": pack.proposals,
        "bequest": pack.bequests,
        "aim": pack.aims,
        "ending": pack.endings,
        "strategy": pack.strategies,
        "experiment": pack.experiments,
        "lesson": pack.lessons,
    }
    for kind, entries in named.items():
        for name, entry in entries.items():
            yield from (Citation(one, kind, name, False) for one in entry.because)
    for name, scenario in pack.scenarios.items():
        for passage in dict.fromkeys(
            [*scenario.because, *(one for target in scenario.mandate for one in target.because)]
        ):
            yield Citation(passage, "scenario", name, False)


def _of_rules_and_instruments(pack: Pack) -> Iterator[Citation]:
    for name, rule in pack.rules.items():
        yield from (Citation(one, "rule", name, True) for one in rule.because)
    formulas = " ".join(
        [
            *(one.rate or one.noise or "" for one in pack.rules.values()),
            *(one.formula or "" for one in pack.indicators.values()),
        ]
    )
    for name, instrument in pack.instruments.items():
        read = f"support.{name}" in formulas or f"spend.{name}" in formulas
        yield from (Citation(one, "instrument", name, read) for one in instrument.because)


def _of_events(pack: Pack) -> Iterator[Citation]:
    for name, event in pack.events.items():
        moves = _adds(event) or any(_moves(choice) for choice in event.choices)
        yield from (Citation(one, "event", name, moves) for one in event.because)
        for choice in event.choices:
            for one in choice.because:
                yield Citation(one, "choice", f"{name}/{choice.id}", _moves(choice))
    for name, situation in pack.situations.items():
        adds = any(effect.add for effect in situation.effects)
        yield from (Citation(one, "situation", name, adds) for one in situation.because)


def _adds(entry: Event | Choice) -> bool:
    return any(effect.add for effect in entry.effects)


def _moves(choice: Choice) -> bool:
    return _adds(choice) or not choice.costs.free


def by_passage(pack: Pack) -> dict[str, tuple[Citation, ...]]:
    """The places that cite each passage, in the order of the passages."""
    found: dict[str, list[Citation]] = {name: [] for name in pack.passages}
    for one in citations(pack):
        found.setdefault(one.passage, []).append(one)
    return {name: tuple(places) for name, places in found.items()}


def gaps(pack: Pack) -> dict[str, str]:
    """Passages that are not where they must be, with what is missing; exempt ones too."""
    missing = {}
    for name, places in by_passage(pack).items():
        passage = pack.passages[name]
        if passage.extra:
            continue
        if passage.kind in ACTING_KINDS:
            if not any(one.moves for one in places):
                missing[name] = f"{passage.kind}: nothing that cites it moves a number"
        elif not any(one.kind in FITTING[passage.kind or ""] for one in places):
            missing[name] = f"{passage.kind}: cited by nothing that fits it"
    return missing


def table(pack: Pack) -> Iterator[str]:
    """A line a passage: id, kind, and where it acts; what only names it stands in brackets."""
    for name, places in by_passage(pack).items():
        passage = pack.passages[name]
        kind = f"{passage.kind}{' (extra)' if passage.extra else ''}"
        acts = _listed(one for one in places if one.moves)
        named = _listed(one for one in places if not one.moves)
        yield f"{name:46} {kind:20} {acts}{f'  [{named}]' if named else ''}".rstrip()


def _listed(places: Iterable[Citation]) -> str:
    return ", ".join(f"{one.kind} {one.entry}" for one in places)


def main(arguments: list[str]) -> None:
    """Print the table, or the gaps."""
    pack = load_pack(find_packs()["core"])
    if arguments == ["gaps"]:
        for name, why in gaps(pack).items():
            print(f"{name}: {why}{' (exempt)' if name in EXEMPT else ''}")
        return
    for line in table(pack):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
