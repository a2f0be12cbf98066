"""Walks over typed expressions: which series one reads, and the same in one picked place."""

from __future__ import annotations

from collections.abc import Iterable
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


def rebuilt(expression: Expression, parts: Iterable[Expression]) -> Expression:
    """The same node with other parts, in the order of `children`."""
    new = tuple(parts)
    match expression:
        case Number() | Read():
            return expression
        case Negate() | Holds() | Not() | Aggregate():
            return replace(expression, operand=new[0])
        case Arithmetic() | Compare() | Logic():
            return replace(expression, left=new[0], right=new[1])
        case Choose():
            return Choose(*new)
        case Call():
            return replace(expression, arguments=new)


def placed(expression: Expression, axis: Axis, index: int) -> Expression:
    """The expression in one place of an axis: what stands outside aggregates reads that place."""
    match expression:
        case Aggregate():
            return expression
        case Read(series, picked):
            here = picked is None and series.axis == axis
            return replace(expression, index=index) if here else expression
    return rebuilt(expression, (placed(part, axis, index) for part in children(expression)))
