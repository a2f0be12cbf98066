"""Conditions taken apart for people: their clauses, and how near each is to holding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


def clauses(expression: Expression) -> tuple[Expression, ...]:
    """The parts of a condition that must all hold."""
    match expression:
        case Logic("and", left, right):
            return clauses(left) + clauses(right)
        case Not(Logic("or", left, right)):
            return clauses(Not(left)) + clauses(Not(right))
        case _:
            return (expression,)


@dataclass(frozen=True, slots=True)
class Margin:
    """A clause that compares a number with a mark.

    Attributes:
        of: what is compared.
        mark: what it is compared with.
        value: the number now.
        threshold: the mark now.
        op: the comparison.
        holds: whether it holds now.
    """

    of: Expression
    mark: Expression
    value: float
    threshold: float
    op: str
    holds: bool

    @property
    def short(self) -> float:
        """How far the number is from the mark, as a share of the mark; 0 where it holds."""
        if self.holds:
            return 0.0
        return abs(self.value - self.threshold) / max(abs(self.threshold), 1e-9)


_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def margin(clause: Expression, value: Callable[[Expression], float]) -> Margin | None:
    """The clause as a number against a mark, or None where it is not of that form."""
    if not isinstance(clause, Compare):
        return None
    left, right = value(clause.left), value(clause.right)
    return Margin(clause.left, clause.right, left, right, clause.op, _HOLDS[clause.op](left, right))


def first_read(expression: Expression) -> Read | None:
    """The indicator that an expression is mostly about: the first that it reads."""
    match expression:
        case Read(series):
            return expression if series.kind == "indicator" else None
        case Number():
            return None
        case Negate(operand) | Holds(operand) | Not(operand) | Aggregate(_, operand):
            return first_read(operand)
        case Arithmetic(_, left, right) | Compare(_, left, right) | Logic(_, left, right):
            return first_read(left) or first_read(right)
        case Choose(test, then, other):
            return first_read(then) or first_read(other) or first_read(test)
        case Call(_, arguments):
            found = (first_read(one) for one in arguments)
            return next((one for one in found if one is not None), None)
