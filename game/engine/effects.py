"""What events and choices do, compiled: which rows, by how much, flags, counters and schedules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from game.engine.execute import Floats, Pairs, Sparse
from game.engine.layout import Layout
from game.engine.state import Integers, Timed
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
    """Amounts that are worked out for each pair, and the entries that they fill."""

    values: Sparse
    entries: tuple[tuple[int, ...], ...]
    """For each expression of `values`, or for each place of a run, the entries that take it."""
    divisors: Floats
    """By entry, shape (entries, 1)."""
    places: int = 0
    """How many places a run has; 0 where the pairs themselves are meant."""

    def fill(self, amounts: Floats, state: Floats, pairs: Pairs) -> None:
        """Write the amounts a year into their entries' rows, shape (entries, pairs)."""
        number = len(pairs)
        asked = pairs
        if self.places:
            places = np.repeat(np.arange(self.places, dtype=np.int64), number)
            asked = Pairs(places, np.tile(pairs.worlds, self.places))
        found = self.values(state, asked)
        if self.places:
            found = list(np.broadcast_to(found[0], (len(asked),)).reshape(-1, number))
        for values, entries in zip(found, self.entries, strict=True):
            for entry in entries:
                np.divide(values, self.divisors[entry], out=amounts[entry])


@dataclass(frozen=True)
class Entries:
    """The rows that some effects make for every pair that they strike, one element an entry.

    Attributes:
        rows: the ledger row, of the first place of a run.
        own: 1 where the pair's place is added to that, otherwise 0.
        first: years from the making until an entry acts.
        last: years until it acts for the last time.
        causes: the position of its cause.
        amounts: how much a year, where that is a constant.
        worked: the amounts that are not.
    """

    rows: Integers
    own: Integers
    first: Integers
    last: Integers
    causes: Integers
    amounts: Floats
    worked: tuple[_Amount, ...]


@dataclass(frozen=True)
class Effects:
    """Everything that an event or a choice does, in order."""

    layout: Layout
    additions: tuple[Addition, ...] = ()
    settings: tuple[Setting, ...] = ()
    schedules: tuple[Scheduling, ...] = ()

    @cached_property
    def entries(self) -> Entries:
        """The rows that the additions make."""
        lines: list[tuple[int, int, int, int, int]] = []
        divisors: list[float] = []
        constants: list[float] = []
        here: list[tuple[Expression, tuple[int, ...]]] = []
        runs: list[tuple[Expression, tuple[tuple[int, ...], ...]]] = []
        for one in self.additions:
            own = int(one.mode == "own")
            taken: list[tuple[int, ...]] = []
            for place in range(one.places if one.mode == "each" else 1):
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
                runs.append((one.amount, tuple(taken)))
            else:
                here.append((one.amount, taken[0]))
        each = np.array(divisors)[:, None]
        worked = []
        if here:
            amounts = Sparse([amount for amount, _ in here], self.layout)
            worked.append(_Amount(amounts, tuple(entries for _, entries in here), each))
        for amount, run in runs:
            worked.append(_Amount(Sparse([amount], self.layout), run, each, len(run)))
        columns = np.array(lines, dtype=np.int64).reshape(-1, 5)
        starts, owns, firsts, lasts, causes = columns.T.copy()
        amounts_a_year = np.array(constants) / np.array(divisors)
        return Entries(starts, owns, firsts, lasts, causes, amounts_a_year, tuple(worked))


def carried_out(parts: Sequence[tuple[Effects, Pairs]], state: Floats, year: int) -> Timed:
    """The rows that several effects make, each for its pairs: part by part, entry by entry.

    All of a year's at once: most strike few worlds, and a call for each would cost more than they.
    """
    parts = [(effects, pairs) for effects, pairs in parts if effects.additions and len(pairs)]
    if not parts:
        return Timed.none()
    entries = [effects.entries for effects, _ in parts]
    lines = [len(one.rows) for one in entries]
    sizes = np.array([len(pairs) for _, pairs in parts])
    counts = np.repeat(sizes, lines)
    ends = np.cumsum(counts)

    def spread(name: str) -> Any:
        return np.repeat(np.concatenate([getattr(one, name) for one in entries]), counts)

    # Each entry takes the pairs of its part one after the other.
    shift = np.repeat(np.cumsum(sizes) - sizes, lines) - (ends - counts)
    pair = np.arange(ends[-1]) + np.repeat(shift, counts)
    places = np.concatenate([pairs.places for _, pairs in parts])[pair]
    worlds = np.concatenate([pairs.worlds for _, pairs in parts])[pair]
    amounts = spread("amounts")
    begin = 0
    for (_, pairs), one, number in zip(parts, entries, lines, strict=True):
        end = begin + number * len(pairs)
        for amount in one.worked:
            amount.fill(amounts[begin:end].reshape(number, -1), state, pairs)
        begin = end
    return Timed(
        rows=spread("rows") + spread("own") * places,
        worlds=worlds,
        amounts=amounts,
        first=spread("first") + year,
        last=spread("last") + year,
        causes=spread("causes"),
        born=np.full(len(pair), year, dtype=np.int64),
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
