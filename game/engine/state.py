"""The state of a batch of worlds between two years, and the rows that are still to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cause:
    """What a ledger row names: a rule, an effect of an event or choice, a situation, a posting."""

    kind: str
    id: str
    says: str
    because: tuple[str, ...] = ()
    grade: str = ""
    sector: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Timed:
    """Rows that act in certain years: effects that last, effects that fade, postings.

    One element a row and world, in the order in which they are added: older first.

    Attributes:
        rows: the ledger row that each moves.
        worlds: the column.
        amounts: how much a year.
        first: the first year in which it acts.
        last: the last.
        causes: the position of its cause in the model's causes, or beyond them in `State.posted`.
        born: the year in which it was made.
    """

    rows: Integers
    worlds: Integers
    amounts: Floats
    first: Integers
    last: Integers
    causes: Integers
    born: Integers

    @classmethod
    def none(cls) -> Timed:
        """No rows."""
        empty = np.empty(0, dtype=np.int64)
        return cls(empty, empty, np.empty(0), empty, empty, empty, empty)

    def __len__(self) -> int:
        """How many rows and worlds."""
        return len(self.rows)

    def columns(self) -> tuple[NDArray[np.generic], ...]:
        """The arrays, in the order of the fields."""
        return (
            self.rows, self.worlds, self.amounts, self.first, self.last, self.causes, self.born,
        )  # fmt: skip

    def only(self, keep: NDArray[np.bool_]) -> Timed:
        """The elements where `keep` holds."""
        # Positions first: seven columns are picked by them, and a mask is counted anew each time.
        kept = np.flatnonzero(keep)
        if len(kept) == len(self):
            return self
        return Timed(*(column[kept] for column in self.columns()))  # type: ignore[arg-type]

    @classmethod
    def joined(cls, parts: Sequence[Timed]) -> Timed:
        """Several one after the other."""
        parts = [part for part in parts if len(part)]
        if len(parts) < 2:
            return parts[0] if parts else cls.none()
        columns = zip(*(part.columns() for part in parts), strict=True)
        return cls(*map(np.concatenate, columns))

    @classmethod
    def effect(
        cls,
        row: int,
        worlds: Integers,
        amounts: Floats | float,
        *,
        year: int,
        cause: int,
        over: int = 1,
        fades: int = 0,
    ) -> Iterator[Timed]:
        """An amount added over some years and then, if it fades, taken back over some more."""
        number = len(worlds)

        def part(each: Floats | float, first: int, last: int) -> Timed:
            def full(value: int) -> Integers:
                return np.full(number, value, dtype=np.int64)

            values = np.broadcast_to(np.asarray(each, dtype=np.float64), (number,))
            return cls(full(row), worlds, values, full(first), full(last), full(cause), full(year))

        yield part(amounts / over, year, year + over - 1)
        if fades:
            first = year + over
            yield part(-amounts / fades, first, first + fades - 1)


@dataclass(frozen=True)
class Queue:
    """Events that are scheduled: one element an event, place, world and year."""

    events: Integers
    places: Integers
    worlds: Integers
    years: Integers

    @classmethod
    def none(cls) -> Queue:
        """Nothing scheduled."""
        empty = np.empty(0, dtype=np.int64)
        return cls(empty, empty, empty, empty)

    @classmethod
    def of(cls, event: int, places: Integers, worlds: Integers, year: int) -> Queue:
        """One event in some places and worlds."""

        def full(value: int) -> Integers:
            return np.full(len(worlds), value, dtype=np.int64)

        return cls(full(event), places, worlds, full(year))

    def __len__(self) -> int:
        """How many are waiting."""
        return len(self.events)

    def only(self, keep: NDArray[np.bool_]) -> Queue:
        """The elements where `keep` holds."""
        return Queue(self.events[keep], self.places[keep], self.worlds[keep], self.years[keep])

    @staticmethod
    def joined(parts: Sequence[Queue]) -> Queue:
        """Several one after the other."""
        parts = [part for part in parts if len(part)]
        if len(parts) < 2:
            return parts[0] if parts else Queue.none()
        return Queue(
            np.concatenate([part.events for part in parts]),
            np.concatenate([part.places for part in parts]),
            np.concatenate([part.worlds for part in parts]),
            np.concatenate([part.years for part in parts]),
        )


@dataclass(frozen=True)
class State:
    """Everything that the next year needs to know.

    Attributes:
        matrix: `X[row, world]`; see `Layout`.
        year: the last completed year.
        plans: how many plans have begun.
        plan_years: how long the present plan runs.
        plan_age: how many of its years are over.
        behind: last year's snapshot of the lagged series; None before the first year.
        timed: rows still acting or to come.
        queue: events scheduled.
        posted: causes of postings, named by positions beyond the model's own causes.
    """

    matrix: Floats
    year: int
    plans: int
    plan_years: int
    behind: Floats | None
    plan_age: int = 0
    timed: Timed = field(default_factory=Timed.none)
    queue: Queue = field(default_factory=Queue.none)
    posted: tuple[Cause, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return int(self.matrix.shape[1])

    def but(self, **changes: object) -> State:
        """A copy with some fields replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Happened:
    """Something of a year, in one column: an event, a choice, a situation that starts or ends."""

    year: int
    kind: str
    id: str
    sector: str | None
    column: int
    choice: str | None = None
