"""One batch of worlds in its workspace, a year at a time and in place.

`year.py` wraps this as pure functions; ensembles and forecasts use it directly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from game.engine.acting import Acts, Answers, remember_events, remember_situations
from game.engine.draws import Draws, YearLuck
from game.engine.execute import Buffers, Floats, PackedTape, Registers, Schedule, Tape
from game.engine.firing import Firing, Forced, fires
from game.engine.layout import DESK_OWED, SPECIALS, special
from game.engine.model import Model
from game.engine.orders import Orders
from game.engine.spending import Purse
from game.engine.state import Cause, Queue, State, Timed
from game.rules.expression import Expression, Series

STOPS_A_YEAR = 3
STOPS_A_PLAN = 9
LEAST_SCALE = 1e-6
"""Of support; a scenario's own could be zero, and nothing divided by it has no value."""
NOTHING: frozenset[Series] = frozenset()
WORLD_YEARS_BEFORE_OWN_TAPES = 16_384
"""Making shorter tapes for a set of lines takes as long as they then save over about as many."""
NARROW = 16
"""Up to this many columns a shorter tape saves less than its making costs."""
TAPES_KEPT = 60
"""Each set of funded instruments has tapes of its own; a desk is tried with a few such sets."""


@dataclass
class Notes:
    """What a year leaves behind besides the state; kept only where somebody asked."""

    fired: list[Firing] = field(default_factory=list)
    answered: list[tuple[Firing, NDArray[np.int64]]] = field(default_factory=list)
    before: Floats | None = None
    amounts: Floats | None = None
    timed: Timed = field(default_factory=Timed.none)
    raw: Floats | None = None
    """The ledger's rows after all additions, before bounds."""


@dataclass(frozen=True)
class Opened:
    """A year between its opening and its close.

    Attributes:
        state: the snapshot, its year and its queue.
        recorded: last year's lagged series, as they were recorded.
    """

    state: State
    recorded: Floats | None


class Batch:
    """Worlds that are carried on together.

    Args:
        model: the compiled pack and scenario.
        draws: their dice; gives the number of columns.
        ledger: keep every row of every world's ledger, of the year just closed.
    """

    def __init__(self, model: Model, draws: Draws, *, ledger: bool = False) -> None:
        self.model = model
        self.draws = draws
        width = draws.width
        layout = model.layout
        self.matrix: Floats = np.zeros((layout.height, width))
        self._special: dict[str, Floats] = {
            name: self.matrix[layout.row(special(name))] for name in SPECIALS
        }
        self._next: Floats = np.zeros((layout.ledger, width))
        self._noise: Floats = np.zeros((len(model.streams.noise), width))
        amounts = np.zeros((model.amounts, width)) if ledger else None
        self._narrow = width <= NARROW
        self._buffers = Buffers(self.matrix, self._next, self._noise, amounts)
        self._registers = Registers()
        self._tapes: dict[object, Tape] = {}
        self._fixed: Floats | None = None
        self._loading = 0
        self._world_years: Counter[frozenset[Series]] = Counter()
        self._lines = np.empty(0, dtype=np.int64)
        self._zeros: frozenset[Series] = frozenset()
        self.year = model.scenario.start - 1
        self.plans = 0
        self.behind: Floats | None = None
        self._recorded: Floats | None = None
        self._mask: NDArray[np.bool_] | None = None
        self.timed = Timed.none()
        self.queue = Queue.none()
        self.posted: tuple[Cause, ...] = ()
        self.plan_years = 5
        self.plan_age = 0
        self.favours: Mapping[tuple[str, str], int] = {}
        """Choices of this year that a favour pays for: the counter's row."""

    # In and out.

    def load(self, state: State, draws: Draws | None = None) -> None:
        """Take a state in; the worlds' dice may be others than last time."""
        if draws is not None:
            self.draws = draws
        np.copyto(self.matrix, state.matrix)
        np.copyto(self.matrix[self.model.strengths], self.draws.strengths)
        self._notice_fixed()
        self.year, self.plans = state.year, state.plans
        self.plan_years, self.plan_age = state.plan_years, state.plan_age
        self.behind = None if state.behind is None else state.behind.copy()
        self.timed, self.queue, self.posted = state.timed, state.queue, state.posted
        self._find_lines()

    def _notice_fixed(self) -> None:
        """Tapes work anew on fixed series where those are others than before."""
        fixed = self.matrix[self.model.fixed_rows]
        if self._fixed is None or not np.array_equal(fixed, self._fixed):
            self._fixed = fixed
            self._loading += 1

    def opened(self) -> Opened:
        """A copy of where the worlds stand in a year that has been opened."""
        return Opened(self.state(), self._recorded)

    def reopen(self, opened: Opened, draws: Draws) -> None:
        """Take in a year that was opened before."""
        self.load(opened.state, draws)
        self._recorded = opened.recorded

    def state(self) -> State:
        """A copy of where the worlds stand."""
        return self.view().but(matrix=self.matrix.copy())

    def view(self) -> State:
        """Where the worlds stand, on the workspace's own matrix: good until they go on."""
        return State(
            matrix=self.matrix,
            year=self.year,
            plans=self.plans,
            plan_years=self.plan_years,
            plan_age=self.plan_age,
            behind=None if self.behind is None else self.behind.copy(),
            timed=self.timed,
            queue=self.queue,
            posted=self.posted,
        )

    def value(self, expression: Expression) -> Floats:
        """An expression in every world, as things stand."""
        return self.model.value(expression, self.matrix)

    def rows(self, name: str) -> Floats:
        """The row of a number that the engine keeps."""
        return self._special[name]

    def settle(self) -> None:
        """Support and computed indicators of a start: as if its spending had long gone on.

        The scale of support may read computed indicators, which in turn may read support: it takes
        them as they would be without any.
        """
        self._notice_fixed()
        self._find_lines()
        self._update_reserve()
        self._record_start()
        self._support()
        self._record_start()
        self._keep_money()

    def _record_start(self) -> None:
        """Computed indicators of a start; the year before it was the same."""
        self._record_tape(None, first_year=True).run()
        self.matrix[self.model.lagged.behind] = self.matrix[self.model.lagged.current]

    # Plans.

    def begin_plan(self, orders: Orders) -> None:
        """Put a plan's money and organisation in force; the first year follows."""
        lines = self.model.instruments
        layout = self.model.layout
        self.plans += 1
        self.plan_years = orders.years
        self.rows("plan")[:] = self.plans
        self.plan_age = 0
        self.rows("plan_year")[:] = 1.0
        self.rows("stops")[:] = 0.0
        self._put_in_force(orders)
        self.rows("desk")[:] = orders.desk
        self.rows("budget")[:] = orders.budget
        self.rows("reserve_left")[:] = np.maximum(
            orders.budget - self.matrix[lines.planned].sum(axis=0) * orders.years, 0.0
        )
        self.rows("lines_scale")[:] = 1.0
        owed = layout.row(DESK_OWED)
        self.matrix[owed] = 0.0
        self._update_reserve()

    def shift(self, orders: Orders) -> None:
        """Change a plan on its way: lines and organisation, not the budget or the reserve."""
        self._put_in_force(orders)
        self.rows("lines_scale")[:] = 1.0

    def _put_in_force(self, orders: Orders) -> None:
        np.copyto(self.matrix[self.model.instruments.planned], orders.lines)
        np.copyto(self.matrix[self.model.layout.rows(special("architecture"))], orders.organised)
        np.copyto(self.matrix[self.model.layout.rows(special("sunset"))], orders.sunset)
        self.rows("priorities")[:] = orders.priorities
        self._find_lines()

    def _find_lines(self) -> None:
        """Lines that get money or still work; the others give no support and are passed over."""
        lines = self.model.instruments
        funded = self.matrix[lines.planned].any(axis=1)
        used = np.logical_or(funded, self.matrix[lines.smoothed].any(axis=1))
        self._lines = np.flatnonzero(used)
        self._zeros = NOTHING if self._narrow else lines.unsupported(used)

    # The year.

    def open(self, mask: NDArray[np.bool_] | None = None) -> YearLuck:
        """Begin a year: money becomes support, and the snapshot is taken.

        Args:
            mask: which events may fire at all, by position in `model.events`; all where it is None.
        """
        first_year = self.behind is None
        self._world_years[self._zeros] += self.matrix.shape[1]
        self._recorded = self.matrix[self.model.lagged.current]
        self._recorded[self.model.lagged.money] = self.matrix[self.model.lagged.ended]
        self.year += 1
        self.rows("year")[:] = self.year
        self.plan_age += 1
        self.rows("plan_year")[:] = self.plan_age
        self._support()
        if self.behind is not None:
            self.matrix[self.model.lagged.behind] = self.behind
        self._mask = mask
        self._snapshot_tape(first_year=first_year).run()
        self.behind = self.matrix[self.model.lagged.current]
        if first_year:
            self.matrix[self.model.lagged.behind] = self.behind
        return self.draws.year(self.year)

    def fire(
        self,
        luck: YearLuck,
        force: Forced = (),
    ) -> list[Firing]:
        """The events of the year, in canonical order, after the limit on those that ask."""
        due = self.queue.years <= self.year
        room = np.minimum(STOPS_A_YEAR, STOPS_A_PLAN - self.rows("stops"))
        kept, waiting = fires(
            self.model, self.matrix, self.year, luck, self.queue.only(due), room, force, self._mask
        )
        self.queue = Queue.joined([self.queue.only(~due), waiting])
        return kept

    def close(
        self,
        fired: list[Firing],
        answers: Answers | None = None,
        wanted: frozenset[Expression] | None = None,
    ) -> Notes:
        """Carry the year out: rules, effects, bounds; then what is recorded.

        Args:
            fired: the events.
            answers: how those that ask are answered; defaults where it is None or says so.
            wanted: record only what these need; everything where it is None.
        """
        notes = Notes(fired=fired)
        ledger = self.model.layout.ledger
        if self._buffers.amounts is not None:
            notes.before = self.matrix[:ledger].copy()
        np.copyto(self._next, self.matrix[:ledger])
        np.copyto(self._noise, self.draws.year(self.year).noise)
        if self._buffers.amounts is not None:
            # Rows that the unfunded lines would add are left out of the tape: they are zero.
            self._buffers.amounts[:] = 0.0
        self._tape("rules", self.model.rules).run()
        self._add_timed(self._act(fired, answers, notes), notes)
        if self._buffers.amounts is not None:
            notes.raw, notes.amounts = self._next.copy(), self._buffers.amounts.copy()
        bounds = self.model.bounds
        if self._narrow:
            # The other way round: to call costs more here than to look a bound up for each row.
            bounds = ((slice(0, ledger), self.model.low, self.model.high),)
        for rows, low, high in bounds:
            np.maximum(self._next[rows], low, out=self._next[rows])
            np.minimum(self._next[rows], high, out=self.matrix[rows])
        self.rows("stops")[:] += remember_events(self.model, self.matrix, self.year, fired)
        remember_situations(self.model.situations, self.matrix, self.year)
        self._record(wanted)
        return notes

    def _support(self) -> None:
        """Money works through its ramp, saturates at its half-point, and is diluted."""
        model, used = self.model, self._lines
        lines = model.instruments
        scale = np.maximum(model.value(model.money.scale, self.matrix), LEAST_SCALE)
        dilution = np.clip(model.value(model.money.dilution, self.matrix), 0.0, 1.0)
        spending = self.matrix[lines.planned.start + used] * self.rows("lines_scale")
        spending *= 1.0 - self.matrix[lines.locked.start + used]
        smoothed = self.matrix[lines.smoothed.start + used]
        smoothed += (spending - smoothed) / lines.ramps[used]
        self.matrix[lines.smoothed.start + used] = smoothed
        halves = lines.halves[used] * scale
        self.matrix[lines.support.start + used] = smoothed / (smoothed + halves) * dilution

    def _act(self, fired: list[Firing], answers: Answers | None, notes: Notes) -> Timed:
        """Effects and choices of the year's events become rows, flags and schedules.

        Nothing is written before all has been read: every price and amount is of the snapshot.
        """
        purse = Purse(self.model, self.matrix, max(0, self.plan_years - self.plan_age))
        acts = Acts(self.model, self.matrix, self.year, purse, answers, self.favours)
        for firing in fired:
            acts.take(firing)
        notes.answered = acts.answered
        made = acts.rows()
        self.queue = Queue.joined([self.queue, acts.scheduled()])
        self.rows("reserve_left")[:] = purse.reserve
        self.rows("lines_scale")[:] = purse.scale
        acts.set_rows()
        return made

    def _add_timed(self, made: Timed, notes: Notes) -> None:
        """Add what acts this year, older rows first, and keep what acts later."""
        timed = self.timed
        old = timed.only((timed.first <= self.year) & (timed.last >= self.year))
        new = made.only(made.first <= self.year)
        flat = self._next.reshape(-1)
        for acting in (old, new):
            np.add.at(flat, acting.rows * self._next.shape[1] + acting.worlds, acting.amounts)
        if self._buffers.amounts is not None:
            notes.timed = Timed.joined([old, new])
        self.timed = Timed.joined([part.only(part.last > self.year) for part in (timed, made)])

    def _record(self, wanted: frozenset[Expression] | None) -> None:
        """Computed indicators once more, from the year's end; last year's stand behind them."""
        self._update_reserve()
        if self._recorded is not None:
            self.matrix[self.model.lagged.behind] = self._recorded
            self._keep_money()
        self._record_tape(wanted, first_year=False).run()

    def _keep_money(self) -> None:
        """What is spent as the year ends; the next plan writes over it before the next year."""
        lagged = self.model.lagged
        self.matrix[lagged.ended] = self.matrix[lagged.current[lagged.money]]

    def _snapshot_tape(self, *, first_year: bool) -> Tape:
        schedule, key = self.model.snapshot, None
        if self._mask is not None and not self._narrow:
            schedule, key = self.model.snapshot_where(self._mask), self._mask.tobytes()
        return self._tape("snapshot", schedule, key, first_year=first_year)

    def _record_tape(self, wanted: frozenset[Expression] | None, *, first_year: bool) -> Tape:
        return self._tape("record", self.model.recording(wanted), wanted, first_year=first_year)

    def _tape(
        self, name: str, schedule: Schedule, wanted: object = None, *, first_year: bool = False
    ) -> Tape:
        """The program bound to this workspace.

        A plan that stays gets tapes of its own, without what its unfunded lines would do: the same
        numbers sooner. Making them takes longer than a few years do, so the first years of a plan
        run on the tape that serves every plan.
        """
        run = self._world_years[self._zeros]
        own = not self._narrow and run > WORLD_YEARS_BEFORE_OWN_TAPES
        zeros = self._zeros if own else NOTHING
        key = (name, wanted, first_year, zeros)
        if key not in self._tapes:
            if len(self._tapes) > TAPES_KEPT:
                self._tapes.clear()
            # To pack a tape takes twice as long as to make it, and a first year comes once.
            kind = PackedTape if self._narrow and not first_year else Tape
            self._tapes[key] = kind(
                schedule.specialised(zeros) if zeros else schedule,
                self.model.layout,
                self._buffers,
                self._registers,
                first_year=first_year,
                fixed=self.model.fixed,
            )
        tape = self._tapes[key]
        if tape.prepared != self._loading:
            tape.prepare()
            tape.prepared = self._loading
        return tape

    def _update_reserve(self) -> None:
        budget, left = self.rows("budget"), self.rows("reserve_left")
        share = np.divide(left, budget, out=np.zeros_like(left), where=budget > 0.0)
        self.rows("reserve")[:] = np.minimum(share, 1.0)
