"""Expressions on whole rows, with room of their own for every result."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.engine.execute.operations import Array, Floats, guarded, is_wild, primitive, shape
from game.engine.layout import Layout
from game.engine.lowering import Operand, Program, Value
from game.rules.expression import Expression, Read


class Whole:
    """An expression run on whole rows, with room of its own for every result."""

    def __init__(self, expression: Expression, layout: Layout) -> None:
        program = Program(dict(layout.sizes))
        self._root = program.lower(expression)
        self._steps = [(primitive(i.operation), i) for i in program.instructions]
        self._wild = is_wild(program.instructions)
        self._layout = layout

    def __call__(self, state: Floats, *, first_year: bool = False) -> Array:
        """The value in every world: shape (worlds,) or (places, worlds); conditions give truth.

        Args:
            state: the state matrix.
            first_year: read this year's values for last year's.
        """
        width = state.shape[1]
        values: list[Array] = []

        def value(operand: Operand) -> Any:
            match operand:
                case Value(index):
                    return values[index]
                case Read():
                    return state[self._layout.read(operand, first_year=first_year)]
                case _:
                    return operand

        with guarded(self._wild):
            for function, instruction in self._steps:
                kind: type = bool if instruction.condition else np.float64
                out: Array = np.empty(shape(self._layout, instruction.axis, width), dtype=kind)
                function(*map(value, instruction.operands), out=out)
                values.append(out)
        result = value(self._root)
        return np.full(width, result) if isinstance(result, float) else np.array(result)
