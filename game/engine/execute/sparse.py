"""Expressions for a few (place, world) pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from game.engine.execute.operations import Array, Floats
from game.engine.execute.straight import Straight
from game.engine.layout import Layout
from game.engine.lowering import Program
from game.rules.expression import Expression


@dataclass(frozen=True)
class Pairs:
    """Some (place, world) pairs of one event; place is 0 for a national one."""

    places: NDArray[np.int64]
    worlds: NDArray[np.int64]

    def only(self, keep: NDArray[np.bool_]) -> Pairs:
        """The pairs where `keep` holds."""
        return Pairs(self.places[keep], self.worlds[keep])

    def __len__(self) -> int:
        """How many pairs."""
        return len(self.worlds)


class Sparse:
    """Expressions without aggregates, run together for a few (place, world) pairs.

    Aggregates have been made rows of their own before (see `Expressions.hoist`), so nothing here
    depends on how many pairs there are. They are lowered when first run: few of a pack's events
    come in any one campaign.
    """

    def __init__(self, expressions: Iterable[Expression], layout: Layout) -> None:
        self._expressions = tuple(expressions)
        self._layout = layout

    @cached_property
    def _straight(self) -> Straight:
        program = Program(dict(self._layout.sizes))
        return Straight(program, [program.lower(one) for one in self._expressions])

    @cached_property
    def _reads(self) -> list[tuple[int, bool]]:
        """First row of each leaf, and whether it is a run."""
        rows = [self._layout.read(read) for read in self._straight.reads]
        return [(row.start, True) if isinstance(row, slice) else (row, False) for row in rows]

    def __call__(self, state: Floats, pairs: Pairs) -> list[Array]:
        """For each expression one value a pair, or one number for all."""
        width = state.shape[1]
        take = state.reshape(-1).take
        here = pairs.places * width + pairs.worlds
        leaves = [take((here if run else pairs.worlds) + row * width) for row, run in self._reads]
        number = len(pairs)
        return self._straight.run(leaves, lambda _, kind: np.empty(number, dtype=kind))
