"""What choices cost: the plan's reserve and lines, political capital, favours, room on the desk."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from game.engine.effects import Choice
from game.engine.execute import Floats, Pairs
from game.engine.layout import special
from game.engine.model import Model
from game.engine.state import Timed


class Purse:
    """What a year's choices can still spend, world by world.

    Prices read the year's snapshot, so what is spent is kept here until the year is closed.

    Args:
        model: the compiled model.
        matrix: the snapshot.
        years_left: years of the plan after this one.
    """

    def __init__(self, model: Model, matrix: Floats, years_left: int) -> None:
        def row(name: str) -> Floats:
            found: Floats = matrix[model.layout.row(special(name))].copy()
            return found

        self._matrix = matrix
        self.reserve = row("reserve_left")
        self.scale = row("lines_scale")
        self.to_come: Floats = matrix[model.instruments.planned].sum(axis=0) * years_left
        """Billion yuan that the plan's lines would still spend at a scale of 1."""
        self._rows: dict[int, Floats] = {}

    def _row(self, row: int) -> Floats:
        return self._rows.setdefault(row, self._matrix[row].copy())

    def money(self, choice: Choice, pairs: Pairs) -> Floats:
        """The price in billion yuan, never negative."""
        price = choice.price.money
        if price is None:
            return np.zeros(len(pairs))
        (amount,) = price(self._matrix, pairs)
        return np.maximum(np.broadcast_to(amount, (len(pairs),)).astype(np.float64), 0.0)

    def can_pay(self, choice: Choice, pairs: Pairs) -> NDArray[np.bool_]:
        """Whether a choice can be taken: its condition holds and everything it costs is there."""
        worlds = pairs.worlds
        possible = np.ones(len(pairs), dtype=bool)
        if choice.when is not None:
            possible &= choice.when(self._matrix, pairs)[0]
        there = self.reserve[worlds] + self.to_come[worlds] * self.scale[worlds]
        possible &= self.money(choice, pairs) <= there + 1e-9
        if choice.price.capital and choice.price.capital_row >= 0:
            possible &= choice.price.capital <= self._row(choice.price.capital_row)[worlds]
        if choice.price.favours_row is not None:
            possible &= self._row(choice.price.favours_row)[worlds] >= 1.0
        return possible

    def pay(
        self, choice: Choice, pairs: Pairs, year: int, *, favour: int | None = None
    ) -> Iterator[Timed]:
        """Take the price (each world once) and give the ledger rows that it makes.

        With `favour`, that counter pays instead of money and capital.
        """
        price, worlds = choice.price, pairs.worlds
        if price.free and favour is None:
            return
        rows: list[tuple[int, float]] = []
        counter = price.favours_row if favour is None else favour
        if counter is not None:
            rows.append((counter, -1.0))
        if favour is None:
            if price.money is not None:
                self._spend(self.money(choice, pairs), worlds)
            if price.capital and price.capital_row >= 0:
                rows.append((price.capital_row, -price.capital))
        if price.desk_row is not None:
            rows.append((price.desk_row, float(price.dossiers)))
        for row, amount in rows:
            self._row(row)[worlds] += amount
            yield from Timed.effect(row, worlds, amount, year=year, cause=price.cause)

    def _spend(self, money: Floats, worlds: NDArray[np.int64]) -> None:
        """From the reserve, then pro rata from the plan's remaining lines."""
        reserve = np.minimum(money, self.reserve[worlds])
        self.reserve[worlds] -= reserve
        rest = money - reserve
        lines = self.to_come[worlds] * self.scale[worlds]
        left = np.maximum(lines - rest, 0.0)
        kept = np.divide(left, lines, out=np.ones_like(lines), where=lines > 0.0)
        self.scale[worlds] *= kept
