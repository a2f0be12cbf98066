"""What events and choices do, compiled: which rows, by how much, flags, counters and schedules."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.engine.execute import Floats, Pairs, Sparse
from game.engine.state import Timed

Reach = tuple[int, int]
"""First row and how many: a national target has one row, `own` and `each` have a run."""


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
    amount: Sparse
    cause: int
    over: int = 1
    fades: int = 0

    def act(self, state: Floats, pairs: Pairs, year: int) -> Timed:
        """The rows that this effect makes for these pairs."""
        if self.mode == "each":
            width = len(pairs)
            places = np.repeat(np.arange(self.places, dtype=np.int64), width)
            pairs = Pairs(places, np.tile(pairs.worlds, self.places))
        rows = np.full(len(pairs), self.start, dtype=np.int64)
        if self.mode != "fixed":
            rows += pairs.places
        amounts = np.asarray(self.amount(state, pairs), dtype=np.float64)
        return Timed.effect(
            rows,
            pairs.worlds,
            amounts,
            year=year,
            cause=self.cause,
            over=self.over,
            fades=self.fades,
        )


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

    additions: tuple[Addition, ...] = ()
    settings: tuple[Setting, ...] = ()
    schedules: tuple[Scheduling, ...] = ()

    def act(self, state: Floats, pairs: Pairs, year: int) -> list[Timed]:
        """The rows that it makes for these pairs."""
        return [addition.act(state, pairs, year) for addition in self.additions]


@dataclass(frozen=True)
class Price:
    """What a choice costs.

    Attributes:
        money: billion yuan, from the reserve and then from the plan's lines.
        capital: political capital.
        capital_row: the ledger row of political capital.
        favours_row: the counter of favours that one is taken from.
        desk_row: the counter of dossiers owed, and how many it adds.
        cause: position among the model's causes.
    """

    money: Sparse | None
    capital: float
    capital_row: int
    favours_row: int | None
    desk_row: int | None
    dossiers: int
    cause: int


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
        stream: its first stream of draws; one a sector.
        national: whether it strikes the nation.
        when: the condition, None where there is none.
        chance: the yearly hazard, None where it never comes by chance.
        cooldown: years before it may come again; None for once a campaign.
        last: the row of the year in which it last fired (the first of a run).
        times: the row of how often.
        choices: the answers, in the pack's order; none for an event that asks nothing.
        default: the position of the answer that is taken if nobody answers.
        effects: what it does whatever is answered.
        rank: its place in the order of ids, to break ties.
    """

    id: str
    sectors: tuple[int, ...]
    stream: int
    national: bool
    when: Sparse | None
    chance: Sparse | None
    cooldown: int | None
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

    def allowed(self, state: Floats, pairs: Pairs, year: int) -> NDArray[np.bool_]:
        """Whether its cooldown is over, for each pair."""
        if self.cooldown is None:
            return state[self.times + pairs.places, pairs.worlds] < 0.5
        return np.asarray(year - state[self.last + pairs.places, pairs.worlds] >= self.cooldown)
