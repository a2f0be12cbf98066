"""One order of association for products and sums: national parts first.

`0.15 * capacity * (1 - coordination)` is worked out as `(0.15 * (1 - coordination)) * capacity`:
what is the same in every sector is computed once and not twelve times. The canonical tree is what a
rule means, to the last bit; every interpreter of it agrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.rules.expression import (
    Aggregate,
    Arithmetic,
    BinaryOp,
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

Part = tuple[BinaryOp, Expression]


def canonical(expression: Expression) -> Expression:
    """The same expression with its products and sums in canonical order."""
    match expression:
        case Number() | Read():
            return expression
        case Negate(operand) | Holds(operand) | Not(operand) | Aggregate(_, operand):
            return replace(expression, operand=canonical(operand))
        case Compare(_, left, right) | Logic(_, left, right):
            return replace(expression, left=canonical(left), right=canonical(right))
        case Choose(test, then, other):
            return Choose(canonical(test), canonical(then), canonical(other))
        case Call(_, arguments):
            return replace(expression, arguments=tuple(map(canonical, arguments)))
        case Arithmetic("*" | "/"):
            return _ordered(_factors(expression), "*")
        case Arithmetic():
            return _ordered(_terms(expression, "+"), "+")


def _factors(expression: Expression) -> list[Part]:
    """The factors of a product, each with `*` or `/`."""
    match expression:
        case Arithmetic("*", left, right):
            return [*_factors(left), *_factors(right)]
        case Arithmetic("/", left, right):
            return [*_factors(left), ("/", canonical(right))]
    return [("*", canonical(expression))]


def _terms(expression: Expression, sign: BinaryOp) -> list[Part]:
    """The terms of a sum, each with `+` or `-`."""
    match expression:
        case Arithmetic("+", left, right):
            return [*_terms(left, sign), *_terms(right, sign)]
        case Arithmetic("-", left, right):
            return [*_terms(left, sign), *_terms(right, "-" if sign == "+" else "+")]
    return [(sign, canonical(expression))]


def _ordered(parts: Sequence[Part], direct: BinaryOp) -> Expression:
    """The parts joined from the left: national ones first, direct ones before inverse ones."""
    national = [part for part in parts if part[1].axis == "nation"]
    local = [part for part in parts if part[1].axis != "nation"]
    if not any(op == direct for op, _ in national):
        national, local = local, national
    (_, result), *rest = [*_direct_first(national, direct), *_direct_first(local, direct)]
    for op, part in rest:
        result = Arithmetic(op, result, part)
    return result


def _direct_first(parts: Sequence[Part], direct: BinaryOp) -> list[Part]:
    return sorted(parts, key=lambda part: part[0] != direct)
