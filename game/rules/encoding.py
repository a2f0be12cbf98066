"""Typed expressions as plain data and back, for caches: lists, text and numbers only."""

from __future__ import annotations

from typing import Any, get_args

from game.rules.expression import (
    Aggregate,
    Arithmetic,
    Axis,
    BinaryOp,
    Call,
    Choose,
    Compare,
    CompareOp,
    Expression,
    Function,
    Holds,
    Logic,
    Negate,
    Not,
    Number,
    Read,
    Reduction,
    Series,
    SeriesKind,
)

_AXES = frozenset(get_args(Axis))
_KINDS = frozenset(get_args(SeriesKind))
_BINARY = frozenset(get_args(BinaryOp))
_COMPARE = frozenset(get_args(CompareOp))
_FUNCTIONS = frozenset(get_args(Function))
_REDUCTIONS = frozenset(get_args(Reduction))


def to_data(expression: Expression) -> list[Any]:
    """An expression as nested lists that JSON can hold."""
    match expression:
        case Number(value):
            return ["number", value]
        case Read(series, index, lagged):
            return ["read", series.kind, series.name, series.axis, index, lagged]
        case Negate(operand):
            return ["negate", to_data(operand)]
        case Holds(operand):
            return ["holds", to_data(operand)]
        case Not(operand):
            return ["not", to_data(operand)]
        case Arithmetic(op, left, right):
            return ["arithmetic", op, to_data(left), to_data(right)]
        case Compare(sign, left, right):
            return ["compare", sign, to_data(left), to_data(right)]
        case Logic(joiner, left, right):
            return ["logic", joiner, to_data(left), to_data(right)]
        case Choose(test, then, other):
            return ["choose", to_data(test), to_data(then), to_data(other)]
        case Call(function, arguments):
            return ["call", function, *map(to_data, arguments)]
        case Aggregate(reduction, operand):
            return ["aggregate", reduction, to_data(operand)]


def from_data(data: Any) -> Expression:
    """The expression that `to_data` made these lists from.

    Raises:
        ValueError: they are not what `to_data` makes.
    """
    match data:
        case ["number", float() | int() as value]:
            return Number(float(value))
        case ["read", kind, str(name), axis, None | int() as index, bool(lagged)] if (
            kind in _KINDS and axis in _AXES
        ):
            return Read(Series(kind, name, axis), index, lagged)
        case ["arithmetic", op, left, right] if op in _BINARY:
            return Arithmetic(op, from_data(left), from_data(right))
        case ["call", function, *arguments] if function in _FUNCTIONS:
            return Call(function, tuple(map(from_data, arguments)))
        case ["compare", sign, left, right] if sign in _COMPARE:
            return Compare(sign, from_data(left), from_data(right))
        case ["logic", "and" | "or" as joiner, left, right]:
            return Logic(joiner, from_data(left), from_data(right))
        case ["aggregate", reduction, operand] if reduction in _REDUCTIONS:
            return Aggregate(reduction, from_data(operand))
        case ["choose", test, then, other]:
            return Choose(from_data(test), from_data(then), from_data(other))
        case ["negate", operand]:
            return Negate(from_data(operand))
        case ["holds", operand]:
            return Holds(from_data(operand))
        case ["not", operand]:
            return Not(from_data(operand))
    raise ValueError("this is no expression")
