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
        return Timed(*(column[keep] for column in self.columns()))  # type: ignore[arg-type]

    def and_then(self, parts: Sequence[Addend | Block]) -> Timed:
        """These rows and then some more."""
        if not parts:
            return self
        blocks = [part if isinstance(part, Block) else part.block() for part in parts]
        counts = np.repeat(
            [block.number for block in blocks], [len(block.table.first) for block in blocks]
        )
        years = np.repeat(
            [block.year for block in blocks], [len(block.table.first) for block in blocks]
        )

        def repeated(own: Integers, each: Integers) -> Integers:
            return np.concatenate([own, np.repeat(each, counts)])

        first = np.concatenate([block.table.first for block in blocks])
        last = np.concatenate([block.table.last for block in blocks])
        return Timed(
            np.concatenate([self.rows, *(block.rows for block in blocks)]),
            np.concatenate([self.worlds, *(block.worlds for block in blocks)]),
            np.concatenate([self.amounts, *(block.amounts for block in blocks)]),
            repeated(self.first, first + years),
            repeated(self.last, last + years),
            repeated(self.causes, np.concatenate([block.table.causes for block in blocks])),
            repeated(self.born, years),
        )


@dataclass(frozen=True, slots=True)
class Table:
    """What the rows of a block share, entry by entry.

    Attributes:
        first: years from its making until an entry acts.
        last: years until it acts no more.
        causes: the position of its cause.
    """

    first: Integers
    last: Integers
    causes: Integers


@dataclass(frozen=True, slots=True)
class Block:
    """Rows made together: for each entry of a table the same worlds.

    Attributes:
        rows: the ledger row of each element, entry by entry.
        worlds: the column of each element.
        amounts: how much a year.
        table: what the entries are.
        number: elements an entry.
        year: when it was made.
    """

    rows: Integers
    worlds: Integers
    amounts: Floats
    table: Table
    number: int
    year: int


@dataclass(frozen=True, slots=True)
class Addend:
    """Rows of one cause that act in the same years: one element a world.

    Attributes:
        rows: the ledger row of each, or one for all.
        worlds: the column of each.
        amounts: how much a year for each, or one for all.
        first: the first year in which it acts.
        last: the last.
        causes: the position of its cause.
        born: the year in which it was made.
    """

    rows: Integers | int
    worlds: Integers
    amounts: Floats | float
    first: int
    last: int
    causes: int
    born: int

    def block(self) -> Block:
        """The same as a block of one entry."""

        def one(value: int) -> Integers:
            return np.array([value - self.born], dtype=np.int64)

        number = len(self.worlds)
        return Block(
            np.broadcast_to(np.asarray(self.rows, dtype=np.int64), (number,)),
            self.worlds,
            np.broadcast_to(np.asarray(self.amounts, dtype=np.float64), (number,)),
            Table(one(self.first), one(self.last), np.array([self.causes], dtype=np.int64)),
            number,
            self.born,
        )

    @classmethod
    def effect(
        cls,
        rows: Integers | int,
        worlds: Integers,
        amounts: Floats | float,
        *,
        year: int,
        cause: int,
        over: int = 1,
        fades: int = 0,
    ) -> Iterator[Addend]:
        """An amount added over some years and then, if it fades, taken back over some more."""
        yield cls(rows, worlds, amounts / over, year, year + over - 1, cause, year)
        if fades:
            first = year + over
            yield cls(rows, worlds, -amounts / fades, first, first + fades - 1, cause, year)


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
