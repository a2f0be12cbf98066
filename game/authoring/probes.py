"""Why something never happens: each clause of its condition, looked at in every year and world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from game.campaign.clauses import clauses
from game.engine.execute import Pairs
from game.engine.spending import Purse
from game.rules.expression import Axis, Compare, Expression
from game.rules.printer import show

if TYPE_CHECKING:
    from game.engine import Batch, Model
    from game.engine.effects import Choice as CompiledChoice
    from game.engine.execute import Floats
    from game.packs.schema_events import Happening

Truth = NDArray[np.bool_]
Kind = Literal["event", "situation", "ending", "choice"]


@dataclass(frozen=True, slots=True)
class Nearest:
    """How near a clause came to holding.

    Attributes:
        value: what was compared.
        mark: what it was compared with.
        year: when.
        run: who planned.
        short: how far it was away, as a share of the mark.
    """

    value: float
    mark: float
    year: int
    run: str
    short: float


@dataclass
class Clause:
    """One part of a condition that must hold, and how often it did."""

    text: str
    expression: Expression
    held: int = 0
    nearest: Nearest | None = None


@dataclass
class Probe:
    """The condition of one entry under watch.

    Attributes:
        kind: what it is.
        name: its id.
        clauses: the parts that must all hold.
        places: the places in which it can come, or None for the nation.
        chance: its yearly chance, where it has one.
        looked: in how many world-years (or ends, or askings) it was looked at.
        together: in how many of them all clauses held in one place.
        expected: the sum of the chances where they did.
        chances: the least and the greatest chance met there.
        instead: what came in its place where it could have come.
    """

    kind: Kind
    name: str
    clauses: tuple[Clause, ...]
    places: NDArray[np.int64] | None = None
    chance: Expression | None = None
    looked: int = 0
    together: int = 0
    expected: float = 0.0
    chances: tuple[float, float] | None = None
    instead: Counter[str] = field(default_factory=Counter)

    def look(self, model: Model, matrix: Floats, most: int, year: int, run: str) -> Truth:
        """Look at the first `most` worlds of a matrix; where the condition holds."""
        all_hold = np.ones((1 if self.places is None else len(self.places), most), dtype=bool)
        for clause in self.clauses:
            holds = self._here(model.value(clause.expression, matrix), most) > 0.5
            clause.held += int(holds.any(axis=0).sum())
            if not clause.held:
                self._near(model, clause, matrix, most, year, run)
            all_hold &= holds
        here: Truth = np.asarray(all_hold.any(axis=0))
        self.looked += most
        self.together += int(here.sum())
        if self.chance is not None and here.any():
            chances = np.clip(self._here(model.value(self.chance, matrix), most), 0.0, 1.0)
            met = np.broadcast_to(chances, all_hold.shape)[all_hold]
            self.expected += float(met.sum())
            low, high = self.chances or (1.0, 0.0)
            self.chances = min(low, float(met.min())), max(high, float(met.max()))
        return here

    def _here(self, values: Floats, most: int) -> Floats:
        """Values by place and world, of the places in which it can come."""
        if values.ndim == 1:
            return values[None, :most]
        return values[self.places if self.places is not None else slice(None), :most]

    def _near(
        self, model: Model, clause: Clause, matrix: Floats, most: int, year: int, run: str
    ) -> None:
        compared = clause.expression
        if not isinstance(compared, Compare):
            return
        left, right = np.broadcast_arrays(
            self._here(model.value(compared.left, matrix), most),
            self._here(model.value(compared.right, matrix), most),
        )
        short = np.abs(left - right) / np.maximum(np.abs(right), 1e-9)
        at = np.unravel_index(int(short.argmin()), short.shape)
        if clause.nearest is None or short[at] < clause.nearest.short:
            clause.nearest = Nearest(float(left[at]), float(right[at]), year, run, float(short[at]))


@dataclass
class Offer:
    """An answer under watch: how often it was asked for, and what stood against it.

    Attributes:
        probe: its condition, looked at where it was asked.
        money: how often there was too little money for it.
        capital: how often there was too little political capital.
        favour: how often nobody owed a favour.
        open: how often it could have been given.
    """

    probe: Probe
    money: int = 0
    capital: int = 0
    favour: int = 0
    open: int = 0


class Probes:
    """What is watched in the runs of one scenario.

    Args:
        model: the compiled scenario.
        events: ids of events to watch.
        situations: ids of situations.
        answers: `event:choice` of answers.
    """

    def __init__(
        self,
        model: Model,
        events: Iterable[str],
        situations: Iterable[str],
        answers: Iterable[str],
    ) -> None:
        self.model = model
        self.run = ""
        pack = model.pack
        self.entries: dict[tuple[Kind, str], Probe] = {}
        for name in events:
            event = pack.events[name]
            chance = None
            if event.beat is None and event.has_chance:
                chance = model.expressions.number(event.chance, event.scope)
            self.entries["event", name] = Probe(
                "event", name, _clauses(model, event.when, event.scope), self._places(event), chance
            )
        for name in situations:
            one = pack.situations[name]
            starts = _clauses(model, one.starts, one.scope)
            self.entries["situation", name] = Probe("situation", name, starts, self._places(one))
        self.offers: dict[str, dict[int, Offer]] = {}
        for answer in answers:
            name, _, choice = answer.rpartition(":")
            self._watch(name, choice)

    def _watch(self, name: str, choice: str) -> None:
        event = self.model.pack.events[name]
        at = [one.id for one in event.choices].index(choice)
        parts = _clauses(self.model, event.choices[at].when, event.scope)
        probe = Probe("choice", f"{name}:{choice}", parts, self._places(event))
        self.offers.setdefault(name, {})[at] = Offer(probe)

    def _places(self, entry: Happening) -> NDArray[np.int64] | None:
        if entry.scope == "nation":
            return None
        order = self.model.layout.places["sector"]
        return np.array(sorted(order.index(one) for one in entry.sectors or order), dtype=np.int64)

    def look(self, batch: Batch) -> None:
        """Look at the snapshot of a year."""
        most = len(batch.draws.worlds)
        for probe in self.entries.values():
            probe.look(self.model, batch.matrix, most, batch.year, self.run)

    def asked(
        self, batch: Batch, event: str, sector: str | None, worlds: NDArray[np.int64]
    ) -> None:
        """Look at the answers that an event offers in some worlds."""
        offers = self.offers.get(event)
        worlds = worlds[worlds < len(batch.draws.worlds)]
        if not offers or not len(worlds):
            return
        place = 0 if sector is None else self.model.layout.places["sector"].index(sector)
        pairs = Pairs(np.full(len(worlds), place, dtype=np.int64), worlds)
        purse = Purse(self.model, batch.matrix, max(0, batch.plan_years - batch.plan_age))
        compiled = self.model.events[self.model.event_position[event]]
        matrix = np.ascontiguousarray(batch.matrix[:, worlds])
        for at, offer in offers.items():
            probe = offer.probe
            if sector is not None:
                probe.places = np.array([place], dtype=np.int64)
            probe.look(self.model, matrix, len(worlds), batch.year, self.run)
            self._price(offer, compiled.choices[at], purse, pairs, batch.matrix)

    def _price(
        self, offer: Offer, choice: CompiledChoice, purse: Purse, pairs: Pairs, state: Floats
    ) -> None:
        worlds, price = pairs.worlds, choice.price
        there = purse.reserve[worlds] + purse.to_come[worlds] * purse.scale[worlds]
        offer.money += int((purse.money(choice, pairs) > there + 1e-9).sum())
        if price.capital and price.capital_row >= 0:
            offer.capital += int((price.capital > state[price.capital_row, worlds]).sum())
        if price.favours_row is not None:
            offer.favour += int((state[price.favours_row, worlds] < 1.0).sum())
        offer.open += int(purse.can_pay(choice, pairs).sum())


class Ends:
    """The endings of a scenario, looked at in every world's end.

    Args:
        model: the compiled scenario.
        endings: ids of endings to watch.
    """

    def __init__(self, model: Model, endings: Sequence[str]) -> None:
        self.model = model
        self.entries = {
            name: Probe(
                "ending",
                name,
                _clauses(model, model.pack.endings[name].when, "nation", ending=True),
            )
            for name in endings
        }

    def look(self, matrix: Floats, found: Sequence[str], run: str) -> None:
        """Look at the ends of some worlds, and at the endings that they came to."""
        year = self.model.scenario.final_year
        for probe in self.entries.values():
            here = probe.look(self.model, matrix, len(found), year, run)
            probe.instead.update(found[at] for at in np.flatnonzero(here).tolist())


def _clauses(
    model: Model, text: str | None, scope: Axis, *, ending: bool = False
) -> tuple[Clause, ...]:
    """The clauses of a condition: what is evaluated, in the words in which it is written."""
    if text is None:
        return ()
    parts = clauses(model.expressions.condition(text, scope, ending=ending))
    written = model.pack.expressions.get((text, scope, "condition", ending))
    told = clauses(written) if written is not None else parts
    if len(told) != len(parts):
        told = parts
    vocabulary = model.pack.vocabulary
    return tuple(Clause(show(one, vocabulary), part) for one, part in zip(told, parts, strict=True))
