"""How long one key press takes: a forecast that follows the desk, and one played year."""

from __future__ import annotations

import random
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine import (
    Batch,
    Draws,
    Model,
    Orders,
    Outcome,
    State,
    begin_plan,
    close_year,
    open_year,
    start,
)
from game.engine.orders import Cell
from game.rules.expression import Expression
from tests.benchmarks.scene import SEED, Times, compiled, planner_of, spread, timed

WORLDS, YEARS, PRESSES = 256, 5, 200
MEASURE = "sei_share"
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


def forecast(presses: int = PRESSES) -> dict[str, Any]:
    """Key presses on a desk, each answered by 256 worlds over five years.

    Every press moves the weights; every tenth opens a new line or closes one. Luck is drawn in a
    first press that is not counted, as the desk does while it opens. A ministry reckons with the
    kinds of event that it has met: none at the first desk, every one in the dearest case.
    """
    model = compiled()
    found: dict[str, Any] = {}
    for name, knows in (("first_desk", False), ("every_event", True)):
        desk = _Desk(model, np.full(len(model.events), knows))
        desk.press(0)
        times: Times = []
        structural: Times = []
        for turn in range(1, presses + 1):
            timed(partial(desk.press, turn), times)
            if turn % 10 == 0:
                structural.append(times[-1])
        found[name] = spread(times)
        found[f"{name}_lines_changed"] = spread(structural)
    return found


class _Desk:
    """A plan that changes under the keys, and the worlds that answer it."""

    def __init__(self, model: Model, known: NDArray[np.bool_]) -> None:
        self.model = model
        self.known = None if known.all() else known
        self.random = random.Random(SEED)
        self.draws = Draws(model.streams, SEED, range(1, WORLDS + 1), keep=True)
        self.batch = Batch(model, self.draws)
        self.state = start(model, self.draws)
        self.measure: Expression = model.expressions.either(MEASURE)
        self.wanted = frozenset({self.measure})
        planner, _ = planner_of(model)
        self.base = {line.cell: line.money.amount / line.parts for line in planner.entries[0].lines}
        self.weights = dict(self.base)
        self.added: list[Cell] = []

    def press(self, turn: int) -> list[list[float]]:
        """A key press: the plan as it is now, and the quantiles of each year."""
        if turn:
            self._change(turn)
        total = sum(self.weights.values())
        allocation = {cell: weight / total for cell, weight in self.weights.items()}
        orders = Orders.of(self.model, self.state, self._money(allocation))
        batch = self.batch
        batch.load(self.state, self.draws)
        batch.begin_plan(orders)
        rows = []
        for _ in range(YEARS):
            batch.close(batch.fire(batch.open(self.known)), wanted=self.wanted)
            rows.append(batch.value(self.measure))
        ordered = np.sort(np.array(rows), axis=1)
        picked = [round(part * (WORLDS - 1)) for part in QUANTILES]
        quantiles: list[list[float]] = ordered[:, picked].tolist()
        return quantiles

    def _money(self, shares: dict[Cell, float]) -> dict[Cell, float]:
        budget = float(self.model.value(self.model.money.budget, self.state.matrix)[0])
        return {cell: share * budget for cell, share in shares.items()}

    def _change(self, turn: int) -> None:
        if turn % 10 == 0:
            self._add_or_drop()
            return
        cell = self.random.choice(sorted(self.weights, key=repr))
        self.weights[cell] = self.base.get(cell, 0.03) * self.random.choice([0.5, 1.0, 2.0])

    def _add_or_drop(self) -> None:
        """Open a line of an instrument that nobody uses, or close the one opened before."""
        if self.added:
            del self.weights[self.added.pop()]
            return
        used = {instrument for instrument, _ in self.weights}
        free = [c for c in self.model.instruments.cells if c[0] not in used]
        cell = self.random.choice(free)
        self.weights[cell] = 0.03
        self.added.append(cell)


def played_year(campaigns: int = 4) -> dict[str, Any]:
    """The years of whole campaigns: one world, defaults, with the ledger of every number."""
    model = compiled()
    planner, _ = planner_of(model)
    times: Times = []
    for seed in range(campaigns + 1):
        draws = Draws(model.streams, seed, range(1))
        state = start(model, draws)
        for plan, span in enumerate(model.scenario.plans):
            serving = np.full(state.width, min(plan, len(planner.entries) - 1))
            budget = model.value(model.money.budget, state.matrix)
            orders, _ = planner.orders(state, serving, budget, span.years)
            state = begin_plan(model, state, orders)
            for _ in range(span.years):
                year = _Year(model, state, draws)
                timed(year.run, times if seed else [])  # the first campaign warms up
                assert year.outcome is not None
                state = year.outcome.state
    return {"years": spread(times)}


class _Year:
    """A year of one world, to be run once."""

    def __init__(self, model: Model, state: State, draws: Draws) -> None:
        self._given = model, state, draws
        self.outcome: Outcome | None = None

    def run(self) -> None:
        """Open the year, take every default, close it with the ledger of all numbers."""
        self.outcome = close_year(open_year(*self._given), {}, ledger_of=0)
