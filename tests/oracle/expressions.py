"""The rule language in plain Python: slow, one world at a time, and meant to be obviously right.

Everything else that gives expressions a value is held against this.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from functools import reduce

from game.rules.expression import (
    Aggregate,
    Arithmetic,
    Call,
    Choose,
    Compare,
    Expression,
    Holds,
    Logic,
    Negate,
    Not,
    Number,
    Read,
)

Scalar = float | bool
Value = float | bool | list[float] | list[bool]
Reader = Callable[[Read], float | list[float]]

ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
COMPARISON: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def evaluate(expression: Expression, read: Reader) -> Value:
    """The value of an expression in one world.

    Args:
        expression: a checked expression.
        read: the value of a read: a list in pack order for an axis, else (indexed or national) a
            number. An indexed read is asked for as it stands.

    Returns:
        A list in pack order for an expression by sector or region, else one value.
    """
    match expression:
        case Number(value):
            return value
        case Read():
            return read(expression)
        case Aggregate(reduction, operand):
            places = evaluate(operand, read)
            assert isinstance(places, list)
            return aggregated(reduction, [float(place) for place in places])
        case Negate(operand):
            return spread(operator.neg, evaluate(operand, read))
        case Holds(operand):
            return spread(lambda x: x != 0, evaluate(operand, read))
        case Not(operand):
            return spread(operator.not_, evaluate(operand, read))
        case Arithmetic(op, left, right):
            return spread(ARITHMETIC[op], evaluate(left, read), evaluate(right, read))
        case Compare(sign, left, right):
            return spread(COMPARISON[sign], evaluate(left, read), evaluate(right, read))
        case Logic("and", left, right):
            return spread(lambda a, b: a and b, evaluate(left, read), evaluate(right, read))
        case Logic(_, left, right):
            return spread(lambda a, b: a or b, evaluate(left, read), evaluate(right, read))
        case Choose(test, then, other):
            parts = evaluate(test, read), evaluate(then, read), evaluate(other, read)
            return spread(lambda c, a, b: a if c else b, *parts)
        case Call(function, arguments):
            values = [evaluate(argument, read) for argument in arguments]
            return spread(lambda *numbers: called(function, *numbers), *values)


def spread(function: Callable[..., Scalar], *values: Value) -> Value:
    """Applies a function place by place; single values serve every place."""
    lengths = {len(value) for value in values if isinstance(value, list)}
    if not lengths:
        return function(*values)
    (length,) = lengths
    rows = [value if isinstance(value, list) else [value] * length for value in values]
    return [function(*places) for places in zip(*rows, strict=True)]


def aggregated(reduction: str, places: list[float]) -> float:
    """One number of many, from the left and starting with the first."""
    match reduction:
        case "sum" | "count":
            return reduce(operator.add, places)
        case "mean":
            return reduce(operator.add, places) / len(places)
        case "largest":
            return reduce(larger, places)
        case "smallest":
            return reduce(smaller, places)
    raise AssertionError(reduction)


def smaller(a: float, b: float) -> float:
    return b if b < a else a


def larger(a: float, b: float) -> float:
    return b if b > a else a


def clamped(x: float, low: float, high: float) -> float:
    return smaller(larger(x, low), high)


def called(function: str, *numbers: float) -> float:
    """A function of numbers, in the order of operations that the language promises."""
    match function, numbers:
        case "min", _:
            return reduce(smaller, numbers)
        case "max", _:
            return reduce(larger, numbers)
        case "abs", (x,):
            return abs(x)
        case "sqrt", (x,):
            return math.sqrt(larger(x, 0.0))
        case "clamp", (x, low, high):
            return clamped(x, low, high)
        case "ramp", (x, low, high):
            return clamped((x - low) / (high - low), 0.0, 1.0)
        case "saturate", (x, half):
            return x / (x + half) if x > 0 else 0.0
        case "lerp", (a, b, t):
            return a + (b - a) * t
        case "div", (a, b, default):
            return a / b if b != 0 else default
    raise AssertionError(function)
