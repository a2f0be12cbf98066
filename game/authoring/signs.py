"""Which way an expression goes when one number that it reads rises, as far as it can be proved.

The proof is the chain rule over the declared bounds: a factor that is never negative keeps the
direction, a divisor that never changes its sign does, and so on. Where both directions may occur,
or nothing can be shown, nothing is said.
"""

from __future__ import annotations

from typing import Literal

from game.rules import Vocabulary, leaves
from game.rules.bounds import Analysis
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
    Series,
)

Sign = Literal["+", "−", "±", ""]
Slope = tuple[bool, bool]
"""Whether it may rise, and whether it may fall, as the number rises."""

_FLAT: Slope = (False, False)
_EITHER: Slope = (True, True)
_SIGNS: dict[Slope, Sign] = {(True, False): "+", (False, True): "−", _EITHER: "±", _FLAT: ""}


def sign_of(expression: Expression, analysis: Analysis) -> Sign:
    """Whether a number adds or takes away, by its bounds."""
    low, high = analysis.interval(expression)
    return _SIGNS[high > 0.0, low < 0.0]


def direction(expression: Expression, series: Series, analysis: Analysis) -> Sign:
    """Which way an expression goes as a series rises; a condition goes towards holding.

    What is only read of the year before counts as the series itself; where both are read, as in
    `change(x)`, last year's number is taken as given.
    """
    reads = [read for read in leaves(expression) if read.series == series]
    lagged = all(read.lagged for read in reads)
    return _SIGNS[_Slopes(series, lagged, analysis).of(expression)]


def analysis_of(vocabulary: Vocabulary) -> Analysis:
    """The intervals of a pack's expressions."""
    return Analysis(vocabulary)


def _turned(slope: Slope) -> Slope:
    return slope[1], slope[0]


def _joined(*slopes: Slope) -> Slope:
    return any(one[0] for one in slopes), any(one[1] for one in slopes)


class _Slopes:
    """The slopes of the parts of one expression, in one series."""

    def __init__(self, series: Series, lagged: bool, analysis: Analysis) -> None:
        self._series, self._lagged, self._analysis = series, lagged, analysis

    def of(self, node: Expression) -> Slope:
        """The slope of a part; parts are at most as deep as the language allows."""
        match node:
            case Number():
                return _FLAT
            case Read(series, _, lagged):
                mine = series == self._series and lagged == self._lagged
                return (True, False) if mine else _FLAT
            case Negate(operand) | Not(operand):
                return _turned(self.of(operand))
            case Holds(operand) | Aggregate(_, operand):
                return self.of(operand)
            case Logic(_, left, right):
                return _joined(self.of(left), self.of(right))
            case Compare(op, left, right):
                return self._compared(op, self.of(left), self.of(right))
            case Arithmetic(op, left, right):
                return self._arithmetic(op, left, right)
            case Choose(test, then, other):
                step = self._times(self.of(test), self._order(other, then))
                return _joined(self.of(then), self.of(other), step)
            case Call(function, arguments):
                return self._called(function, arguments)

    def _compared(self, op: str, left: Slope, right: Slope) -> Slope:
        if op in ("<", "<="):
            return _joined(_turned(left), right)
        if op in (">", ">="):
            return _joined(left, _turned(right))
        return _EITHER if left != _FLAT or right != _FLAT else _FLAT

    def _arithmetic(self, op: str, left: Expression, right: Expression) -> Slope:
        a, b = self.of(left), self.of(right)
        if op == "+":
            return _joined(a, b)
        if op == "-":
            return _joined(a, _turned(b))
        if op == "*":
            return _joined(self._times(a, self._sign(right)), self._times(b, self._sign(left)))
        return self._quotient(left, right)

    def _quotient(self, left: Expression, right: Expression) -> Slope:
        """A quotient whose divisor keeps its sign: it falls with the divisor's rise if positive."""
        falls = self._times(_turned(self.of(right)), self._sign(left))
        return _joined(self._times(self.of(left), self._sign(right)), falls)

    def _called(self, function: str, arguments: tuple[Expression, ...]) -> Slope:
        slopes = [self.of(one) for one in arguments]
        match function:
            case "min" | "max" | "clamp" | "sqrt":
                return _joined(*slopes)
            case "abs":
                return self._times(slopes[0], self._sign(arguments[0]))
            case "saturate":
                return _joined(slopes[0], _turned(slopes[1]))
            case "ramp":
                rises = self._times(slopes[0], self._order(arguments[1], arguments[2]))
                return _joined(rises, *(_EITHER for one in slopes[1:] if one != _FLAT))
            case "lerp":
                return self._lerp(arguments, slopes)
        return self._div(arguments, slopes)

    def _lerp(self, arguments: tuple[Expression, ...], slopes: list[Slope]) -> Slope:
        a, b, t = arguments
        low, high = self._analysis.interval(t)
        ends = _joined(slopes[0], slopes[1])
        if not (low >= 0.0 and high <= 1.0) and ends != _FLAT:
            return _EITHER
        return _joined(ends, self._times(slopes[2], self._order(a, b)))

    def _div(self, arguments: tuple[Expression, ...], slopes: list[Slope]) -> Slope:
        """Where the divisor may reach zero, the step to the default may go either way."""
        a, b, _ = arguments
        low, high = self._analysis.interval(b)
        if low > 0.0 or high < 0.0:
            return self._quotient(a, b)
        jumps = _EITHER if slopes[1] != _FLAT else _FLAT
        return _joined(self._times(slopes[0], self._sign(b)), jumps, slopes[2])

    def _sign(self, node: Expression) -> Slope:
        """Whether a part may be positive, and whether it may be negative."""
        low, high = self._analysis.interval(node)
        return high > 0.0, low < 0.0

    def _order(self, first: Expression, second: Expression) -> Slope:
        """Whether the second part may be above the first, and whether it may be below."""
        a, b = self._analysis.interval(first), self._analysis.interval(second)
        return b[1] > a[0], b[0] < a[1]

    def _times(self, slope: Slope, sign: Slope) -> Slope:
        """A slope times a number that may be positive or negative."""
        up, down = slope
        positive, negative = sign
        return (up and positive) or (down and negative), (down and positive) or (up and negative)
