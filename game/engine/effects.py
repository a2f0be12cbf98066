"""What events and choices do, compiled: which rows, by how much, flags, counters and schedules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.engine.execute import Floats, Pairs, Sparse
from game.engine.layout import Layout
from game.engine.state import Block, Integers, Table
from game.rules.expression import Expression, Number


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
    """An event that will come in some years; in the same sector where both have sectors.

    Attributes:
        event: its id.
        years: in how many years.
        everywhere: whether it comes from the nation, and so to every sector that it can strike.
    """

    event: str
    years: int
    everywhere: bool


@dataclass(frozen=True)
class _Amount:
    """Amounts that are worked out for each pair, and the table's entries that they fill."""

    values: Sparse
    entries: tuple[tuple[int, ...], ...]
    """For each expression of `values`, or for each place of a run, the entries that take it."""
    places: int = 0
    """How many places a run has; 0 where the pairs themselves are meant."""


@dataclass(frozen=True)
class Effects:
    """Everything that an event or a choice does, in order."""

    layout: Layout
    additions: tuple[Addition, ...] = ()
    settings: tuple[Setting, ...] = ()
    schedules: tuple[Scheduling, ...] = ()

    @cached_property
    def _compiled(self) -> tuple[Table, Floats, Floats, Integers, Integers, list[_Amount]]:
        """The rows that it makes: their table, constants, divisors, targets, and the rest."""
        lines: list[tuple[int, int, int, int, int]] = []
        divisors: list[float] = []
        constants: list[float] = []
        here: list[tuple[Expression, tuple[int, ...]]] = []
        runs: list[_Amount] = []
        for one in self.additions:
            spread = one.places if one.mode == "each" else 1
            own = int(one.mode == "own")
            taken: list[tuple[int, ...]] = []
            for place in range(spread):
                mine = [len(lines)]
                lines.append((one.start + place, own, 0, one.over - 1, one.cause))
                divisors.append(float(one.over))
                if one.fades:
                    mine.append(len(lines))
                    last = one.over + one.fades - 1
                    lines.append((one.start + place, own, one.over, last, one.cause))
                    divisors.append(-float(one.fades))
                taken.append(tuple(mine))
            constant = one.amount.value if isinstance(one.amount, Number) else 0.0
            constants += [constant] * (len(lines) - len(constants))
            if isinstance(one.amount, Number):
                continue
            if one.mode == "each":
                values = Sparse([one.amount], self.layout)
                runs.append(_Amount(values, tuple(taken), spread))
            else:
                here.append((one.amount, taken[0]))
        if here:
            amounts = Sparse([amount for amount, _ in here], self.layout)
            runs.insert(0, _Amount(amounts, tuple(entries for _, entries in here)))
        columns = np.array(lines, dtype=np.int64).reshape(-1, 5)
        table = Table(columns[:, 2].copy(), columns[:, 3].copy(), columns[:, 4].copy())
        return (
            table,
            np.array(constants)[:, None],
            np.array(divisors)[:, None],
            columns[:, 0:1].copy(),
            columns[:, 1:2].copy(),
            runs,
        )

    def act(self, state: Floats, pairs: Pairs, year: int) -> Block | None:
        """The rows that it makes for these pairs, entry by entry."""
        if not self.additions:
            return None
        table, constants, divisors, starts, own, amounts = self._compiled
        number = len(pairs)
        base = np.repeat(constants, number, axis=1)
        for amount in amounts:
            asked = pairs
            if amount.places:
                places = np.repeat(np.arange(amount.places, dtype=np.int64), number)
                asked = Pairs(places, np.tile(pairs.worlds, amount.places))
            found = amount.values(state, asked)
            if amount.places:
                found = list(np.broadcast_to(found[0], (len(asked),)).reshape(-1, number))
            for values, entries in zip(found, amount.entries, strict=True):
                for entry in entries:
                    base[entry] = values
        base /= divisors
        rows = starts + own * pairs.places
        worlds = np.tile(pairs.worlds, len(base))
        return Block(rows.reshape(-1), worlds, base.reshape(-1), table, number, year)


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
