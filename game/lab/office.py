"""A strategy at work on a batch of worlds: plans begin, shift and are judged."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from game.campaign.decisions import UNITS
from game.campaign.draft import CUT
from game.engine import post, promised, reported_matrix
from game.engine.orders import budget as budget_of
from game.rules.expression import Series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from game.engine import Batch, Orders, State
    from game.engine.batch import Notes
    from game.engine.execute import Floats
    from game.engine.firing import Firing
    from game.lab.planning import Planner

SHIFT_YEAR = 4
"""The year of a plan from which its `shift:` holds."""
UNPAID = "political capital could not pay for what a plan closes; it was cut at its bound"
TOO_LITTLE = "a plan names more billions than its budget; every line was cut alike"


class Office:
    """Begins, shifts and judges a strategy's plans, in place.

    What a player would pay in political capital for closing dossiers is paid here too; where it
    is not there the plan is carried out as written and a warning is counted.

    Args:
        planner: the strategy.
        batch: the worlds, standing before their first plan.
    """

    def __init__(self, planner: Planner, batch: Batch) -> None:
        self.planner = planner
        self.batch = batch
        self.warnings: Counter[str] = Counter()
        """How many worlds met each warning, plan by plan."""
        model, width = planner.model, batch.draws.width
        self._keys, self._key_of_line = _dossier_keys(planner)
        self._ran = np.zeros((len(self._keys), width))
        self._shares = np.zeros((len(self._keys), width))
        for dossier in model.scenario.carried:
            key = _key(dossier.sector, dossier.channel)
            weight = UNITS[dossier.weight] * model.scenario.desk.unit.fraction
            self._shares[self._keys[key]] = weight
        self._serving: NDArray[np.int64] = np.zeros(width, dtype=np.int64)
        self._budget: Floats = np.zeros(width)

    def begin(self, plan: int, years: int) -> None:
        """Choose each world's entry, pay for what it closes, and put its orders in force."""
        state = self.batch.view()
        model = self.planner.model
        reported = state.matrix
        if self.planner.conditional:
            reported = reported_matrix(model, state, self.batch.draws)
        self._serving = self.planner.serving(plan, reported)
        self._budget = budget_of(model, state)
        orders, short = self.planner.orders(state, self._serving, self._budget, years)
        self._warn(TOO_LITTLE, short)
        self._pay_for_closing(state, orders.lines * years)
        self._let_end(orders)
        self.batch.begin_plan(orders)

    def shift(self, years: int) -> None:
        """Put the lines of the plan's second part in force, for the price of a mid-term change."""
        changes = np.array([one.shifted is not None for one in self.planner.entries])
        if not changes[self._serving].any():
            return
        state = self.batch.view()
        orders, short = self.planner.orders(state, self._serving, self._budget, years, shifted=True)
        self._warn(TOO_LITTLE, short)
        price = self._price(self.planner.model.scenario.prices.midterm, state)
        self._charge(state, "mid-term", price * changes[self._serving])
        self.batch.shift(orders)

    def judge(self) -> None:
        """Hold the plan's promises against the reported numbers, in its last year."""
        if not any(entry.targets for entry in self.planner.entries):
            return
        model = self.planner.model
        state = self.batch.state()
        reported = reported_matrix(model, state, self.batch.draws)
        for position, entry in enumerate(self.planner.entries):
            mine = self._serving == position
            for target in entry.targets if mine.any() else ():
                kept = target.keeps(model.value(target.measure, reported))
                state = _counted(self.planner, state, kept, mine)
                win = model.value(target.kept, state.matrix)
                lose = model.value(target.broken, state.matrix)
                stake = np.where(kept, win, lose) * mine
                if model.scenario.capital is not None:
                    says = f"A promise judged: {target.title}."
                    state = post(model, state, "promise", says, {model.scenario.capital: stake})
        self.batch.load(state)

    def answers(
        self, event: str, sector: str | None, worlds: NDArray[np.int64]
    ) -> NDArray[np.int64] | None:
        """How each world's entry answers an event."""
        return self.planner.answers(event, self._serving, worlds)

    def besides(self, year: int) -> list[Firing]:
        """What is carried out in a plan's year besides its events: nothing, where nobody plays."""
        return []

    def closed(self, notes: Notes) -> None:
        """What a year leaves behind: nothing is kept of it here."""

    # Prices.

    def _pay_for_closing(self, state: State, money: Floats) -> None:
        """A dossier that is closed, or cut by more than a fifth, costs by its weight and age."""
        model = self.planner.model
        shares = np.zeros_like(self._shares)
        np.add.at(shares, self._key_of_line, money)
        shares = np.divide(shares, self._budget, out=shares, where=self._budget > 0.0)
        closed = shares < CUT * self._shares - 1e-12
        if closed.any() and model.scenario.capital is not None:
            close = model.scenario.prices.close
            by_weight = np.stack([self._price(getattr(close, w), state) for w in UNITS])
            units = self._shares / model.scenario.desk.unit.fraction
            steps = np.array(list(UNITS.values()), dtype=np.float64)
            weights = np.abs(units[:, :, None] - steps).argmin(axis=2)
            prices = np.take_along_axis(by_weight, weights, axis=0)
            prices = prices + self._price(model.scenario.prices.per_plan, state) * self._ran
            total = np.zeros(state.width)
            for price in prices * closed:
                total = total + price
            self._charge(state, "closing", total)
        self._ran = np.where(shares > 0.0, self._ran + 1.0, 0.0)
        self._shares = shares

    def _let_end(self, orders: Orders) -> None:
        """What is stamped to end with the plan costs nothing to close, however long it has run."""
        for sector, stamped in zip(self.planner.model.pack.sectors, orders.sunset, strict=True):
            key = self._keys.get(_key(sector, None))
            if key is not None:
                self._shares[key] = np.where(stamped > 0.5, 0.0, self._shares[key])

    def _price(self, text: str, state: State) -> Floats:
        model = self.planner.model
        return model.value(model.expressions.number(text), state.matrix)

    def _charge(self, state: State, name: str, price: Floats) -> None:
        """Capital that is due next year; a warning where there is not as much."""
        model = self.planner.model
        capital = model.scenario.capital
        if capital is None or not price.any():
            return
        row = model.layout.row(Series("indicator", capital, "nation"))
        low = model.pack.indicators[capital].bounds[0]
        self._warn(UNPAID, price > state.matrix[row] - low)
        state = post(model, state, name, "The price of a change of plan.", {capital: -price})
        self.batch.timed, self.batch.posted = state.timed, state.posted

    def _warn(self, text: str, worlds: NDArray[np.bool_]) -> None:
        count = int(worlds[: len(self.batch.draws.worlds)].sum())
        if count:
            self.warnings[text] += count


def _counted(
    planner: Planner, state: State, kept: NDArray[np.bool_], mine: NDArray[np.bool_]
) -> State:
    """A promise counted in the worlds that made it."""
    counted = promised(planner.model, state, kept)
    if mine.all():
        return counted
    return state.but(matrix=np.where(mine, counted.matrix, state.matrix))


def _key(sector: str | None, channel: str | None) -> tuple[str, str]:
    return ("sector", sector) if sector is not None else ("channel", channel or "")


def _dossier_keys(
    planner: Planner,
) -> tuple[Mapping[tuple[str, str], int], NDArray[np.int64]]:
    """The dossiers that there can be, and the one of each line of the engine."""
    model = planner.model
    keys: dict[tuple[str, str], int] = {}
    for dossier in model.scenario.carried:
        keys.setdefault(_key(dossier.sector, dossier.channel), len(keys))
    lines = []
    for instrument, sector in model.instruments.cells:
        key = _key(sector, model.pack.instruments[instrument].channel)
        lines.append(keys.setdefault(key, len(keys)))
    return keys, np.array(lines, dtype=np.int64)
