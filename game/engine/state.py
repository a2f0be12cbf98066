"""The state of a batch of worlds between two years, and the rows that are still to come."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

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

    def and_then(self, addends: Sequence[Addend]) -> Timed:
        """These rows and then some more."""
        if not addends:
            return self
        sizes = [len(one.worlds) for one in addends]

        ends = np.cumsum([len(self), *sizes]).tolist()
        spans = [slice(start, end) for start, end in itertools.pairwise(ends)]

        def whole(name: str, like: NDArray[Any]) -> Any:
            column = np.empty(ends[-1], dtype=like.dtype)
            column[: len(self)] = like
            for one, span in zip(addends, spans, strict=True):
                column[span] = getattr(one, name)
            return column

        def repeated(name: str, own: Integers) -> Integers:
            each = np.array([getattr(one, name) for one in addends], dtype=np.int64)
            return np.concatenate([own, np.repeat(each, sizes)])

        return Timed(
            whole("rows", self.rows),
            whole("worlds", self.worlds),
            whole("amounts", self.amounts),
            repeated("first", self.first),
            repeated("last", self.last),
            repeated("causes", self.causes),
            repeated("born", self.born),
        )


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
