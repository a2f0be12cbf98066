"""Expressions for one world, on plain numbers: a desk asks for hundreds, each of few steps.

The steps are those of the engine's own programs, and Python's numbers are the same doubles, so the
results agree with the engine bit for bit (a test holds them together).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import sqrt
from operator import add, eq, ge, gt, le, lt, mul, ne, neg, sub, truediv
from typing import TYPE_CHECKING, Any

from game.engine.lowering import Program, Value
from game.rules.expression import Expression, Read

if TYPE_CHECKING:
    from game.engine.layout import Layout

Column = list[float]


def _sum(run: list[float]) -> float:
    total = run[0]
    for one in run[1:]:
        total += one
    return total


_OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "add": add,
    "subtract": sub,
    "multiply": mul,
    "divide": truediv,
    "negative": neg,
    "absolute": abs,
    "sqrt": sqrt,
    "minimum": lambda a, b: b if b < a else a,
    "maximum": lambda a, b: b if b > a else a,
    "less": lt,
    "less_equal": le,
    "greater": gt,
    "greater_equal": ge,
    "equal": eq,
    "not_equal": ne,
    "logical_and": lambda a, b: bool(a) and bool(b),
    "logical_or": lambda a, b: bool(a) or bool(b),
    "logical_not": lambda a: not a,
    "where": lambda test, then, other: then if test else other,
    "safe_divide": lambda a, b, default: a / b if b != 0.0 else default,
    "as_number": float,
    "spread": lambda value: value,
    "spread_condition": lambda value: value,
}
_REDUCTIONS: Mapping[str, Callable[[list[float]], float]] = {
    "sum": _sum,
    "largest": max,
    "smallest": min,
}


class Scalar:
    """A national expression, ready to be run on one world's column.

    Raises:
        KeyError: the engine has a step that is not known here.
    """

    def __init__(self, expression: Expression, layout: Layout) -> None:
        program = Program(dict(layout.sizes))
        self._root = self._source(program.lower(expression), layout)
        self._steps: list[tuple[Callable[..., Any], list[Any], int]] = []
        for one in program.instructions:
            operands = [self._source(operand, layout) for operand in one.operands]
            if one.operation in _REDUCTIONS:
                self._steps.append((_REDUCTIONS[one.operation], operands, -1))
            else:
                size = 0 if one.axis == "nation" else layout.sizes[one.axis]
                self._steps.append((_OPERATIONS[one.operation], operands, size))

    def _source(self, operand: object, layout: Layout) -> Any:
        """Where an operand comes from: a step, a row or rows of the column, or a constant."""
        if isinstance(operand, Value):
            return operand.index
        if isinstance(operand, Read):
            rows = layout.read(operand)
            return ("rows", rows) if isinstance(rows, slice) else ("row", rows)
        return ("constant", operand)

    def __call__(self, column: Column) -> float:
        """The value; a condition counts 0 or 1."""
        values: list[Any] = []
        for function, sources, size in self._steps:
            operands = [_value(source, values, column) for source in sources]
            if size <= 0:
                values.append(function(*operands))
            else:
                runs = [one if isinstance(one, list) else [one] * size for one in operands]
                values.append([function(*each) for each in zip(*runs, strict=True)])
        return float(_value(self._root, values, column))


def _value(source: Any, values: list[Any], column: Column) -> Any:
    if isinstance(source, int):
        return values[source]
    kind, what = source
    return what if kind == "constant" else column[what]
