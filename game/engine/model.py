"""A pack and a scenario compiled into programs over the state matrix."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from game.engine.draws import Streams
from game.engine.effects import Event
from game.engine.execute import Floats, Schedule, Sink, Whole
from game.engine.expressions import Expressions
from game.engine.layout import Layout
from game.engine.lowering import Program
from game.engine.state import Cause
from game.rules import bounds, leaves
from game.rules.expression import Expression, Series

if TYPE_CHECKING:
    from game.packs import Pack
    from game.packs.schema_campaign import Scenario

WHOLES_KEPT = 8192
SNAPSHOTS_KEPT = 64
RESULTS = 2
"""Raised whenever the same pack, seed and decisions would give other numbers."""


@dataclass(frozen=True)
class Instruments:
    """The lines that money can go to: one a national instrument, one a sector of a sector one.

    Attributes:
        cells: instrument and sector (None for the nation) of each line, in row order.
        ramps: years until money becomes support, shape (lines, 1).
        halves: billion yuan a year that give half of full support, shape (lines, 1).
        planned: the first row of what the plan gives a year; the other runs are as long.
        smoothed: of what has become effective.
        support: of the support, 0 to 1.
        locked: of the locks.
    """

    cells: tuple[tuple[str, str | None], ...]
    ramps: Floats
    halves: Floats
    planned: slice
    smoothed: slice
    support: slice
    locked: slice

    runs: tuple[tuple[Series, int, int], ...]
    """Of each instrument the series of its support, and its first and last line."""

    def unsupported(self, used: NDArray[np.bool_]) -> frozenset[Series]:
        """The supports that are zero everywhere, where only some lines are used."""
        if not self.runs:
            return frozenset()
        supported = np.logical_or.reduceat(used, [first for _, first, _ in self.runs])
        return frozenset(
            series for (series, _, _), here in zip(self.runs, supported, strict=True) if not here
        )

    @cached_property
    def position(self) -> Mapping[tuple[str, str | None], int]:
        """Where each line stands in the runs."""
        return {cell: i for i, cell in enumerate(self.cells)}


@dataclass(frozen=True)
class RuleRows:
    """What the ledger calls the rows that one root of the rules' program adds."""

    target: slice
    amount: slice
    cause: int
    strength: int | None


@dataclass(frozen=True)
class Situations:
    """Where all situations keep whether they act: runs of rows, one a situation and place.

    Attributes:
        names: situation and place (None for the nation) of each row.
        active: whether it acted at the end of last year.
        now: whether it acts this year.
        times: how often it has begun.
        since: the year in which it last began.
    """

    names: tuple[tuple[str, str | None], ...]
    active: slice
    now: slice
    times: slice
    since: slice


@dataclass(frozen=True)
class Hazards:
    """The chances of all events that come by chance: one stream an event and place.

    Attributes:
        rows: the rows where the snapshot keeps the chance of each stream (0 where its condition
            does not hold), in canonical order.
        events: the position of each stream's event.
        places: its sector; 0 for a national event.
        last: the row of the year in which it last fired there.
        cooldown: years before it may come again; longer than any campaign for once.
    """

    rows: slice
    events: NDArray[np.int64]
    places: NDArray[np.int64]
    last: NDArray[np.int64]
    cooldown: Floats


@dataclass(frozen=True)
class Lagged:
    """Rows that are kept for a year.

    Attributes:
        current: where they stand.
        behind: where last year's stand.
        money: the positions among them of what a new plan overwrites before the year is over.
        ended: where these stand as the last year ended.
    """

    current: NDArray[np.int64]
    behind: slice
    money: NDArray[np.int64]
    ended: NDArray[np.int64]


@dataclass(frozen=True)
class Money:
    """The scenario's expressions about money and the desk."""

    budget: Expression
    scale: Expression
    dilution: Expression
    bonus: Expression | None
    slots: int
    bonus_slots: int


@dataclass(frozen=True)
class Model:
    """Everything that a year needs, compiled; holds no state and no draws.

    Attributes:
        pack: the merged content.
        scenario: the scenario played.
        layout: the rows of the state matrix.
        expressions: the checked texts.
        instruments: the lines of a plan.
        money: the scenario's expressions about money.
        start: the starting matrix, one column.
        low, high: the bounds of the ledger's rows, shape (rows, 1).
        snapshot: the program of computed indicators and hidden values.
        rules: the program of rules, noise and situations.
        rule_rows: what each root of `rules` adds to, in the same order.
        amounts: how many amount rows the rules' ledger has.
        computed: formula of each computed indicator, in the order of evaluation.
        events: the events, in canonical order.
        hazards: which events come by chance.
        situations: the rows of situations, in canonical order.
        causes: what ledger rows can name.
        streams: what is drawn.
        lagged: rows kept for a year.
        strengths: the rows of the rules' strengths, in the order of `streams.strengths`.
        fixed: series that nothing moves once a state is loaded: strengths, masks, constants.
        fixed_rows: their rows.
    """

    pack: Pack
    scenario: Scenario
    layout: Layout
    expressions: Expressions
    instruments: Instruments
    money: Money
    start: Floats
    low: Floats
    high: Floats
    snapshot: Schedule
    rules: Schedule
    rule_rows: tuple[RuleRows, ...]
    amounts: int
    computed: Mapping[Series, Expression]
    events: tuple[Event, ...]
    hazards: Hazards
    situations: Situations
    causes: tuple[Cause, ...]
    streams: Streams
    lagged: Lagged
    strengths: slice
    fixed: frozenset[Series]
    fixed_rows: NDArray[np.int64]
    _recordings: dict[frozenset[Expression] | None, Schedule] = field(
        default_factory=dict, repr=False
    )
    _snapshots: dict[bytes, Schedule] = field(default_factory=dict, repr=False)
    _wholes: dict[int, tuple[Expression, Whole]] = field(default_factory=dict, repr=False)
    workspaces: dict[tuple[int, bool], list[Any]] = field(default_factory=dict, repr=False)
    """Workspaces between two uses, by width and whether they keep a ledger."""

    @cached_property
    def event_position(self) -> Mapping[str, int]:
        """Where each event stands in `events`."""
        return {event.id: i for i, event in enumerate(self.events)}

    @cached_property
    def asking(self) -> NDArray[np.bool_]:
        """Which events wait for an answer."""
        return np.array([event.asks for event in self.events], dtype=bool)

    @cached_property
    def ranks(self) -> NDArray[np.int64]:
        """Each event's place in the order of ids."""
        return np.array([event.rank for event in self.events], dtype=np.int64)

    @cached_property
    def bounds(self) -> tuple[tuple[slice, Floats, Floats], ...]:
        """Neighbouring ledger rows of the same bounds, with these as arrays of no dimensions.

        One number for many rows takes half the time that a column of them does.
        """
        both = np.concatenate([self.low, self.high], axis=1)
        edges = np.flatnonzero((np.diff(both, axis=0) != 0.0).any(axis=1)) + 1
        ends = [0, *edges.tolist(), len(both)]
        return tuple(
            (slice(start, end), np.array(both[start, 0]), np.array(both[start, 1]))
            for start, end in itertools.pairwise(ends)
            if end > start
        )

    @cached_property
    def rules_by_row(self) -> Mapping[int, Sequence[RuleRows]]:
        """For each row of the ledger what the rules' program adds to it, in order."""
        found: dict[int, list[RuleRows]] = {}
        for rule in self.rule_rows:
            for row in range(rule.target.start, rule.target.stop):
                found.setdefault(row, []).append(rule)
        return found

    @cached_property
    def ledger_rows(self) -> tuple[tuple[Series, str | None], ...]:
        """The series and place of each ledger row."""
        rows: list[tuple[Series, str | None]] = []
        for series, start in self.layout.starts.items():
            if start < self.layout.ledger:
                places = self.layout.places[series.axis] if series.axis != "nation" else (None,)
                rows.extend((series, place) for place in places)
        return tuple(rows)

    def value(self, expression: Expression, matrix: Floats) -> NDArray[np.float64]:
        """An expression in every world of a recorded state; a condition counts 0 or 1."""
        # By identity: to hash a whole tree takes longer than to run it.
        known = self._wholes.get(id(expression))
        if known is None or known[0] is not expression:
            if len(self._wholes) > WHOLES_KEPT:
                self._wholes.clear()
            known = self._wholes[id(expression)] = (expression, Whole(expression, self.layout))
        return np.asarray(known[1](matrix), dtype=np.float64)

    def snapshot_where(self, mask: NDArray[np.bool_]) -> Schedule:
        """The program of the snapshot without the hazards of events that cannot fire."""
        key = mask.tobytes()
        if key not in self._snapshots:
            if len(self._snapshots) > SNAPSHOTS_KEPT:
                self._snapshots.clear()
            chancy = np.unique(self.hazards.events)
            first = len(self.snapshot.items) - len(chancy)
            kept = [*range(first), *(first + np.flatnonzero(mask[chancy])).tolist()]
            self._snapshots[key] = self.snapshot.only(kept)
        return self._snapshots[key]

    def recording(self, wanted: frozenset[Expression] | None) -> Schedule:
        """The program of a year's end: computed indicators, all or those that are needed."""
        if wanted not in self._recordings:
            needed = None if wanted is None else self.needed(wanted)
            schedule = Schedule(Program(dict(self.layout.sizes)))
            for series, formula in self.computed.items():
                if needed is None or series in needed:
                    schedule.add(formula, store(self.pack, self.layout, series, formula))
            self._recordings[wanted] = schedule
        return self._recordings[wanted]

    def needed(self, wanted: frozenset[Expression]) -> frozenset[Series]:
        """The computed series that some expressions need at a year's end, directly or not."""
        found: set[Series] = set()
        waiting = [read.series for e in wanted for read in leaves(e)]
        waiting += [series for series in self.expressions.lagged if series in self.computed]
        while waiting:
            series = waiting.pop()
            if series in self.computed and series not in found:
                found.add(series)
                waiting += [read.series for read in leaves(self.computed[series])]
        return frozenset(found)


def store(pack: Pack, layout: Layout, series: Series, formula: Expression) -> Sink:
    """Where a computed indicator goes; cut at its bounds unless it is proved to stay within."""
    low, high = pack.indicators[series.name].bounds
    least, most = bounds(formula, pack.vocabulary)
    within = low <= least and most <= high
    return Sink("store", layout.rows(series), None if within else (low, high))
