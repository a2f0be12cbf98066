"""Walks over typed expressions: which series one reads, and the same in one picked place."""

from __future__ import annotations

from dataclasses import replace

from game.rules.expression import (
    Aggregate,
    Arithmetic,
    Axis,
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
    children,
)


def leaves(expression: Expression) -> frozenset[Read]:
    """Every read of an expression, for graphs of what depends on what."""
    found: set[Read] = set()
    stack = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, Read):
            found.add(node)
        stack.extend(children(node))
    return frozenset(found)


def placed(expression: Expression, axis: Axis, index: int) -> Expression:
    """The expression in one place of an axis: what stands outside aggregates reads that place."""
    match expression:
        case Number() | Aggregate():
            return expression
        case Read(series, picked):
            here = picked is None and series.axis == axis
            return replace(expression, index=index) if here else expression
        case Negate(operand):
            return Negate(placed(operand, axis, index))
        case Holds(operand):
            return Holds(placed(operand, axis, index))
        case Not(operand):
            return Not(placed(operand, axis, index))
        case Arithmetic(op, left, right):
            return Arithmetic(op, placed(left, axis, index), placed(right, axis, index))
        case Compare(sign, left, right):
            return Compare(sign, placed(left, axis, index), placed(right, axis, index))
        case Logic(joiner, left, right):
            return Logic(joiner, placed(left, axis, index), placed(right, axis, index))
        case Choose(test, then, other):
            return Choose(
                placed(test, axis, index), placed(then, axis, index), placed(other, axis, index)
            )
        case Call(function, arguments):
            return Call(function, tuple(placed(part, axis, index) for part in arguments))
