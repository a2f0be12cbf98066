"""The ministry's forecast: 256 worlds from the reported numbers, knowing the events it has met.

While the scenario's `foresees` holds it reckons with the others too, by their chances.

Its dice are those of worlds 1 to 256, never the ones that will fall. What follows from distorted
numbers is distorted in the same way: the forecast is of what will be reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.campaign.decisions import Promise
from game.campaign.drafting import lines_of
from game.campaign.records import Fan
from game.campaign.sight import describe
from game.campaign.tape import orders_of, spread
from game.campaign.wording import amount
from game.engine import Batch, Draws
from game.engine.layout import indicator
from game.rules import leaves
from game.rules.expression import Expression
from game.words import said

if TYPE_CHECKING:
    from game.campaign.campaign import Campaign
    from game.campaign.draft import Draft
    from game.campaign.position import Position
    from game.campaign.table import Game
    from game.engine import Orders, State
    from game.engine.execute import Floats
    from game.packs.schema import Event

WORLDS = 256
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
Run = NDArray[np.float64]
"""Values of one expression: a row a year, a column a world, sorted within each year."""


@dataclass(frozen=True, slots=True)
class Stake:
    """A promise held against what would happen if nothing changed.

    Attributes:
        promise: the promise.
        baseline: the median in the plan's last year if nothing changes.
        beats: whether the promise asks for more than that.
        says: the same in words.
    """

    promise: Promise
    title: str
    unit: str
    baseline: float
    beats: bool
    says: str


def foresees(game: Game, position: Position) -> bool:
    """Whether the ministry reckons with every event, met or not, by its chance."""
    condition = game.model.scenario.foresees
    return condition is not None and game.now(position).holds(condition, true=True)


class Forecaster:
    """Forecasts for one desk; two runs a key press are cheap, as the luck is drawn once.

    Args:
        campaign: where it stands now; later decisions need a forecaster of their own.
        worlds: how many worlds.
    """

    def __init__(self, campaign: Campaign, worlds: int = WORLDS) -> None:
        self.campaign = campaign
        self.game = campaign.game
        self.model = campaign.model
        self.position = campaign.position
        draws = Draws(self.model.streams, campaign.seed, range(1, worlds + 1), keep=True)
        self._batch = Batch(self.model, draws)
        self._draws = draws
        # Screens ask from threads, and a later question may come before the last is answered.
        self._one_at_a_time = Lock()
        self._state = self._start(worlds)
        self._baselines: dict[str, Run] = {}
        self._mask = np.array([self._knows(event.id) for event in self.model.events], dtype=bool)

    def _start(self, worlds: int) -> State:
        """Where the campaign stands, as it is reported, in every world."""
        state = self.position.state
        sight = self.game.now(self.position)
        matrix = state.matrix.copy()
        ledger = self.model.layout.ledger
        # Computed numbers follow from these in each world's first year.
        matrix[:ledger] = sight.reported[:ledger]
        return spread(state.but(matrix=matrix), worlds)

    @cached_property
    def _foresees(self) -> bool:
        return foresees(self.game, self.position)

    def _knows(self, event: str) -> bool:
        return self._foresees or event in self.position.met

    # --- what is asked ----------------------------------------------------------------------

    @property
    def met(self) -> int:
        """How many kinds of event the ministry knows; all of them while it looks ahead."""
        return sum(self._knows(event.id) for event in self._events)

    @property
    def kinds(self) -> int:
        """How many kinds of event can come by themselves, or have been met.

        What only an answer sets going is nobody's to expect.
        """
        return len(self._events)

    @cached_property
    def _events(self) -> list[Event]:
        events = self.model.pack.events.values()
        met = self.position.met
        return [e for e in events if e.beat is None and (e.has_chance or e.id in met)]

    def fan(self, draft: Draft | None, expression: str) -> Fan:
        """What a draft would lead to; None for the plan in force."""
        return self.fans(draft, (expression,))[0]

    def fans(self, draft: Draft | None, expressions: Sequence[str]) -> tuple[Fan, ...]:
        """Several expressions of one run."""
        runs = self._run(self._orders(draft), expressions)
        self._carry_on(expressions)
        return tuple(self._fan(text, run) for text, run in zip(expressions, runs, strict=True))

    def baseline(self, expression: str) -> float:
        """The median in the plan's last year if nothing changes: the last plan carried on."""
        self._carry_on((expression,))
        return float(_quantile(self._baselines[expression], 0.5)[-1])

    def interval(self, draft: Draft | None, expression: str) -> tuple[float, float]:
        """The 80 % interval of the plan's last year."""
        run = self._run(self._orders(draft), (expression,))[0]
        return float(_quantile(run, 0.1)[-1]), float(_quantile(run, 0.9)[-1])

    def stake(self, draft: Draft | None, promise: Promise) -> Stake:
        """Whether a promise asks for more than would happen anyway."""
        title, unit, _ = describe(self.model, promise.measure)
        median = self.baseline(promise.measure)
        least = promise.bound == "at_least"
        beats = promise.value > median if least else promise.value < median
        says = said("if nothing changes: {median}", median=amount(median, unit))
        if not beats and not promise.mandate:
            comes = amount(median, unit)
            says = (
                said("promise more than what happens if nothing changes: {median}", median=comes)
                if least
                else said(
                    "promise less than what happens if nothing changes: {median}", median=comes
                )
            )
        return Stake(promise, title, unit, median, beats or promise.mandate, says)

    # --- running ----------------------------------------------------------------------------

    @property
    def years(self) -> tuple[int, ...]:
        """The years forecast: to the end of the plan."""
        first = self.position.state.year + 1
        desk = self.position.desk
        if desk is not None:
            return tuple(range(first, desk.last_year + 1))
        last = self.position.term.last_year if self.position.terms else first - 1
        return tuple(range(first, last + 1))

    def _orders(self, draft: Draft | None) -> Orders | None:
        desk = self.position.desk
        if draft is None or desk is None:
            return None
        return orders_of(self.model, self._state, lines_of(draft))

    def _carry_on(self, expressions: Sequence[str]) -> None:
        missing = [one for one in expressions if one not in self._baselines]
        if missing:
            draft = self.campaign.draft() if self.position.desk is not None else None
            runs = self._run(self._orders(draft), missing)
            self._baselines.update(zip(missing, runs, strict=True))

    def _run(self, orders: Orders | None, expressions: Sequence[str]) -> list[Run]:
        wanted = [self.model.expressions.either(one, ending=True) for one in expressions]
        money = self.model.money
        needed = frozenset((*wanted, money.scale, money.dilution))
        with self._one_at_a_time:
            return self._carried_out(orders, wanted, needed)

    def _carried_out(
        self,
        orders: Orders | None,
        wanted: Sequence[Expression],
        needed: frozenset[Expression],
    ) -> list[Run]:
        batch = self._batch
        batch.load(self._state, self._draws)
        if orders is not None:
            batch.begin_plan(orders)
        rows: list[list[Floats]] = [[] for _ in wanted]
        for _ in self.years:
            fired = batch.fire(batch.open(self._mask))
            batch.close(fired, wanted=needed)
            for row, expression in zip(rows, wanted, strict=True):
                row.append(self._reported(expression))
        width = self._draws.width
        return [np.sort(np.array(row).reshape(-1, width), axis=1) for row in rows]

    def _reported(self, expression: Expression) -> Floats:
        """An expression with the flattery of the computed numbers that it reads."""
        matrix, pack = self._batch.matrix, self.model.pack
        kept: list[tuple[slice, Floats]] = []
        for name in self._flattered(expression):
            entry = pack.indicators[name]
            assert entry.reported is not None
            rows = self.model.layout.rows(indicator(name, entry.scope))
            bias = self.model.expressions.number(entry.reported.bias, entry.scope)
            kept.append((rows, matrix[rows].copy()))
            shift = self.model.value(bias, matrix)
            matrix[rows] = np.clip(matrix[rows] + shift, *entry.bounds)
        values = self.model.value(expression, matrix)
        for rows, old in kept:
            matrix[rows] = old
        return values

    def _flattered(self, expression: Expression) -> tuple[str, ...]:
        names = sorted({r.series.name for r in leaves(expression) if r.series.kind == "indicator"})
        entries = self.model.pack.indicators
        return tuple(n for n in names if entries[n].reported is not None and entries[n].computed)

    def _fan(self, text: str, run: Run) -> Fan:
        title, unit, _ = describe(self.model, text)
        return Fan(
            expression=text,
            title=title,
            unit=unit,
            past=self.campaign.series(text),
            years=self.years,
            quantiles=tuple(tuple(_quantile(run, q).tolist()) for q in QUANTILES),
            baseline=tuple(_quantile(self._baselines[text], 0.5).tolist()),
            met=self.met,
            kinds=self.kinds,
        )


def _quantile(run: Run, part: float) -> Run:
    """A quantile of each year, read off the sorted worlds."""
    if run.size == 0:
        return np.zeros(0)
    return np.asarray(run[:, round(part * (run.shape[1] - 1))])
