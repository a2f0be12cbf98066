"""Expressions on whole rows."""

from __future__ import annotations

from functools import partial

import numpy as np

from game.engine.execute.operations import Array, Floats, shape
from game.engine.execute.straight import Straight
from game.engine.layout import Layout
from game.engine.lowering import Program
from game.rules.expression import Axis, Expression


class Whole:
    """An expression run on whole rows, with room of its own for every result."""

    def __init__(self, expression: Expression, layout: Layout) -> None:
        program = Program(dict(layout.sizes))
        self._straight = Straight(program, [program.lower(expression)])
        self._layout = layout

    def __call__(self, state: Floats, *, first_year: bool = False) -> Array:
        """The value in every world: shape (worlds,) or (places, worlds); conditions give truth.

        Args:
            state: the state matrix.
            first_year: read this year's values for last year's.
        """
        width = state.shape[1]
        read = [
            state[self._layout.read(one, first_year=first_year)] for one in self._straight.reads
        ]
        (result,) = self._straight.run(read, partial(self._room, width))
        return np.array(result) if result.ndim else np.full(width, result)

    def _room(self, width: int, axis: Axis, kind: type) -> Array:
        return np.empty(shape(self._layout, axis, width), dtype=kind)
