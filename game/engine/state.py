"""The state of a batch of worlds between two years, and the rows that are still to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FAR = 32_000
"""A year that never comes."""


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

    rows: NDArray[np.int64]
    worlds: NDArray[np.int64]
    amounts: Floats
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    causes: NDArray[np.int64]
    born: NDArray[np.int64]

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

    @staticmethod
    def joined(parts: Sequence[Timed]) -> Timed:
        """Several one after the other."""
        parts = [part for part in parts if len(part)]
        if not parts:
            return Timed.none()
        if len(parts) == 1:
            return parts[0]
        columns = zip(*(part.columns() for part in parts), strict=True)
        return Timed(*(np.concatenate(column) for column in columns))

    @classmethod
    def effect(
        cls,
        rows: NDArray[np.int64],
        worlds: NDArray[np.int64],
        amounts: Floats,
        *,
        year: int,
        cause: int,
        over: int = 1,
        fades: int = 0,
    ) -> Timed:
        """An amount added over some years and then, if it fades, taken back over some more."""

        def part(each: Floats, first: int, years: int) -> Timed:
            def full(value: int) -> NDArray[np.int64]:
                return np.full(len(rows), value, dtype=np.int64)

            return cls(
                rows, worlds, each, full(first), full(first + years - 1), full(cause), full(year)
            )

        parts = [part(amounts / over, year, over)]
        if fades:
            parts.append(part(-amounts / fades, year + over, fades))
        return cls.joined(parts)


@dataclass(frozen=True)
class Queue:
    """Events that are scheduled: one element an event stream, world and year."""

    streams: NDArray[np.int64]
    worlds: NDArray[np.int64]
    years: NDArray[np.int64]

    @classmethod
    def none(cls) -> Queue:
        """Nothing scheduled."""
        empty = np.empty(0, dtype=np.int64)
        return cls(empty, empty, empty)

    def __len__(self) -> int:
        """How many are waiting."""
        return len(self.streams)

    def only(self, keep: NDArray[np.bool_]) -> Queue:
        """The elements where `keep` holds."""
        return Queue(self.streams[keep], self.worlds[keep], self.years[keep])

    @staticmethod
    def joined(parts: Sequence[Queue]) -> Queue:
        """Several one after the other."""
        parts = [part for part in parts if len(part)]
        if not parts:
            return Queue.none()
        return Queue(
            np.concatenate([part.streams for part in parts]),
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


ChoiceTable = Mapping[tuple[str, str | None], str]
"""Answers by event and sector; what is not named takes its default."""
