"""What events and choices do, compiled: which rows, by how much, flags, counters and schedules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.engine.execute import Floats, Pairs, Sparse
from game.engine.layout import Layout
from game.engine.state import Addend, Integers
from game.rules.expression import Expression


@dataclass(frozen=True)
class Addition:
    """One line of an `add`: a ledger row (or a run of them) and an amount.

    Attributes:
        start: the first row of the target.
        mode: `fixed` is that row; `own` the row of the event's sector; `each` every row of the
            run, the amount evaluated for each.
        places: how many rows the run has.
        amount: the amount, for pairs.
        cause: position among the model's causes.
        over: years in which it is added.
        fades: years in which it is taken back; 0 for never.
    """

    start: int
    mode: str
    places: int
    amount: Expression
    cause: int
    over: int = 1
    fades: int = 0


@dataclass(frozen=True)
class Setting:
    """A row set outright: a flag, or a lock on an instrument."""

    rows: slice
    value: float


@dataclass(frozen=True)
class Scheduling:
    """An event that will come in some years; in the same sector where both have sectors."""

    event: str
    years: int


@dataclass(frozen=True)
class Effects:
    """Everything that an event or a choice does, in order."""

    layout: Layout
    additions: tuple[Addition, ...] = ()
    settings: tuple[Setting, ...] = ()
    schedules: tuple[Scheduling, ...] = ()

    @cached_property
    def _here(self) -> Sparse:
        """The amounts of additions to one row a pair."""
        here = [one.amount for one in self.additions if one.mode != "each"]
        return Sparse(here, self.layout)

    @cached_property
    def _each(self) -> dict[int, Sparse]:
        """The amounts of additions to every row of a run, by their position."""
        return {
            position: Sparse([one.amount], self.layout)
            for position, one in enumerate(self.additions)
            if one.mode == "each"
        }

    def act(self, state: Floats, pairs: Pairs, year: int) -> Iterator[Addend]:
        """The rows that it makes for these pairs, in order."""
        if not self.additions:
            return
        amounts = iter(self._here(state, pairs))
        for position, one in enumerate(self.additions):
            if one.mode == "each":
                places = np.repeat(np.arange(one.places, dtype=np.int64), len(pairs))
                spread = Pairs(places, np.tile(pairs.worlds, one.places))
                (amount,) = self._each[position](state, spread)
                rows: Integers | int = one.start + places
                worlds = spread.worlds
            else:
                amount, worlds = next(amounts), pairs.worlds
                rows = one.start + pairs.places if one.mode == "own" else one.start
            yield from Addend.effect(
                rows, worlds, amount, year=year, cause=one.cause, over=one.over, fades=one.fades
            )


@dataclass(frozen=True)
class Price:
    """What a choice costs.

    Attributes:
        money: billion yuan, from the reserve and then from the plan's lines; None for nothing.
        capital: political capital.
        capital_row: the ledger row of political capital.
        favours_row: the counter of favours that one is taken from.
        desk_row: the counter of dossiers owed.
        dossiers: how many it adds to that.
        cause: position among the model's causes.
    """

    money: Sparse | None
    capital: float
    capital_row: int
    favours_row: int | None
    desk_row: int | None
    dossiers: int
    cause: int

    @property
    def free(self) -> bool:
        """Whether nothing is taken."""
        paid = self.money is not None or self.capital > 0.0
        return not (paid or self.favours_row is not None or self.desk_row is not None)


@dataclass(frozen=True)
class Choice:
    """One answer to an event."""

    id: str
    when: Sparse | None
    price: Price
    effects: Effects


@dataclass(frozen=True)
class Event:
    """An event, compiled.

    Attributes:
        id: its id in the pack.
        sectors: the positions of the sectors that it can strike; (0,) for a national event.
        national: whether it strikes the nation.
        when: the condition, None where there is none; asked of what was scheduled.
        last: the row of the year in which it last fired (the first of a run).
        times: the row of how often.
        choices: the answers, in the pack's order; none for an event that asks nothing.
        default: the position of the answer that is taken if nobody answers.
        effects: what it does whatever is answered.
        rank: its place in the order of ids, to break ties.
    """

    id: str
    sectors: tuple[int, ...]
    national: bool
    when: Sparse | None
    last: int
    times: int
    choices: tuple[Choice, ...]
    default: int
    effects: Effects
    rank: int

    @property
    def asks(self) -> bool:
        """Whether it waits for an answer."""
        return bool(self.choices)
