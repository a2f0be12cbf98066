"""What the shape of a quotient proves: that a part over its whole lies between 0 and 1.

Interval arithmetic alone cannot tell that `x / sum(x)` stays below 1, since it forgets that both
are made of the same `x`. These rules see it. They hold for rounded numbers too: adding a number
that is not negative, or multiplying by one of at most 1, never carries a rounded result past the
other operand.
"""

from __future__ import annotations

from collections.abc import Callable

from game.rules.expression import (
    Aggregate,
    Arithmetic,
    Axis,
    Call,
    Choose,
    Expression,
    Number,
    Read,
    children,
)
from game.rules.rewrite import placed
from game.rules.vocabulary import Interval, Vocabulary

BoundsOf = Callable[[Expression], Interval]

# Steps of one proof. Honest rules need a handful; a hostile one must not take long.
_STEPS = 64


class Shapes:
    """One proof about the shape of two expressions.

    Args:
        bounds_of: the interval of any part of the two.
        vocabulary: for the number of places along an axis.
    """

    def __init__(self, bounds_of: BoundsOf, vocabulary: Vocabulary) -> None:
        self._bounds_of = bounds_of
        self._vocabulary = vocabulary
        self._steps = _STEPS

    def quotient(self, left: Expression, right: Expression) -> Interval | None:
        """The interval of `left / right` wherever `right` is not zero, if its shape tells one."""
        if self.at_most(left, right):
            return 0.0, 1.0
        match right:
            case Aggregate("mean", whole) if self._not_negative(whole):
                if _is_place_of(left, whole):
                    # The number of places, but a mean of the very smallest numbers rounds a lot.
                    return 0.0, 2.0 * len(self._vocabulary.places(whole.axis))
        return self._weighted_mean(left, right)

    def at_most(self, part: Expression, whole: Expression) -> bool:
        """Whether `0 <= part <= whole` follows from their shapes, in every place."""
        self._steps -= 1
        if self._steps < 0 or not self._not_negative(part):
            return False
        if part == whole or self._bounds_of(part)[1] <= self._bounds_of(whole)[0]:
            return True
        return self._below_whole(part, whole) or self._part_below(part, whole)

    def _below_whole(self, part: Expression, whole: Expression) -> bool:
        match whole:
            case Arithmetic("+", left, right):
                return (self._not_negative(right) and self.at_most(part, left)) or (
                    self._not_negative(left) and self.at_most(part, right)
                )
            case Call("max", arguments):
                return any(self.at_most(part, argument) for argument in arguments)
            case Aggregate("sum" | "largest" as reduction, item) if self._not_negative(item):
                match part:
                    case Aggregate(same, piece) if same == reduction and piece.axis == item.axis:
                        return self.at_most(piece, item)
                return _is_place_of(part, item)
        return False

    def _part_below(self, part: Expression, whole: Expression) -> bool:
        match part:
            case Arithmetic("*", left, right):
                return (self._is_fraction(left) and self.at_most(right, whole)) or (
                    self._is_fraction(right) and self.at_most(left, whole)
                )
            case Call("min", arguments):
                return any(self.at_most(argument, whole) for argument in arguments)
            case Choose(_, then, other):
                return self.at_most(then, whole) and self.at_most(other, whole)
            case Number(0.0):
                return self._not_negative(whole)
        return False

    def _weighted_mean(self, left: Expression, right: Expression) -> Interval | None:
        """`sum(u * w) / sum(w)`, no weight negative, lies within the bounds of `u`."""
        match left, right:
            case Aggregate("sum", Arithmetic("*", a, b)), Aggregate("sum", weight):
                for value, other in ((a, b), (b, a)):
                    if other == weight and self._not_negative(weight):
                        return _loosened(self._bounds_of(value))
        return None

    def _not_negative(self, expression: Expression) -> bool:
        return self._bounds_of(expression)[0] >= 0.0

    def _is_fraction(self, expression: Expression) -> bool:
        low, high = self._bounds_of(expression)
        return low >= 0.0 and high <= 1.0


def _is_place_of(part: Expression, whole: Expression) -> bool:
    """Whether `part` is `whole` itself in this row's place, or a picked place of it."""
    if part == whole:
        return True
    pick = _first_pick(part)
    return pick is not None and part == placed(whole, *pick)


def _first_pick(expression: Expression) -> tuple[Axis, int] | None:
    stack = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, Read) and node.index is not None:
            return node.series.axis, node.index
        if not isinstance(node, Aggregate):
            stack.extend(children(node))
    return None


def _loosened(interval: Interval) -> Interval:
    """Exact where the values are within -1 and 1; beyond, the rounding of tiny products tells."""
    low, high = interval
    return (
        0.0 if low >= 0.0 else -1.0 if low >= -1.0 else low * (1.0 + 1e-9) - 1.0,
        0.0 if high <= 0.0 else 1.0 if high <= 1.0 else high * (1.0 + 1e-9) + 1.0,
    )
