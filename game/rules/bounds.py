"""Interval arithmetic over typed expressions: how small and how large each part can be.

Every operation of the language rounds to nearest, and rounding never turns an order round. So an
interval worked out from its ends in the very order of the operations holds every value that the
engine can compute, rounding included, with nothing to be added for safety.

`div(a, b, default)` with a `b` that may come near zero has no limit. Its interval is infinite, and
such a value may only go where it is cut or compared (`min`, `max`, `clamp`, `ramp`, `<`, ...) or
where it stays a mere infinity; there it can never turn into a NaN.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

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
    children,
)
from game.rules.quotients import Shapes
from game.rules.tokens import LARGEST
from game.rules.vocabulary import Interval, Vocabulary

_NEVER: Interval = (0.0, 0.0)
_ALWAYS: Interval = (1.0, 1.0)
_EITHER: Interval = (0.0, 1.0)
_UNLIMITED = "this may grow without limit"
_CUT_IT = "put it in clamp(x, low, high), or keep the divisor from zero: max(b, 0.01)"


class UnprovableError(Exception):
    """A node that cannot be shown to have a finite value.

    `part` is the position of the child at fault, or None for the node itself.
    """

    def __init__(self, slug: str, message: str, hint: str, part: int | None = None) -> None:
        super().__init__(message)
        self.slug = slug
        self.message = message
        self.hint = hint
        self.part = part


def bounds(expression: Expression, vocabulary: Vocabulary) -> Interval:
    """The least and greatest value of a checked expression, in any place and world.

    Conditions give (0, 0) for never, (1, 1) for always and (0, 1) for either.
    """
    return Analysis(vocabulary).interval(expression)


class Analysis:
    """Intervals of expressions of one vocabulary, each worked out once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        # By identity, since equality walks the tree; the node is kept so that its id stays its own.
        self._known: dict[int, tuple[Expression, Interval]] = {}

    def interval(self, expression: Expression) -> Interval:
        """The interval of an expression.

        Raises:
            UnprovableError: for the first part that may have no finite value; a checked
                expression has none.
        """
        known = self._known.get(id(expression))
        return known[1] if known else self._new(expression)

    def note(self, expression: Expression, interval: Interval) -> None:
        """Keeps an interval that is known from elsewhere."""
        self._known[id(expression)] = expression, interval

    def _new(self, expression: Expression) -> Interval:
        known = self._known
        try:
            parts = [known[id(part)][1] for part in children(expression)]
        except KeyError:
            return self._from_below(expression)
        found = self._combine(expression, parts)
        known[id(expression)] = expression, found
        return found

    def _from_below(self, expression: Expression) -> Interval:
        known = self._known
        # A stack and not recursion: trees may be a hundred deep, and callers have their own stacks.
        stack = [expression]
        while stack:
            node = stack[-1]
            waiting = [part for part in children(node) if id(part) not in known]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            self.interval(node)
        return known[id(expression)][1]

    def _combine(self, node: Expression, parts: list[Interval]) -> Interval:
        match node:
            case Number(value):
                return value, value
            case Read(series):
                return self._vocabulary.series_bounds(series)
            case Arithmetic(op):
                return self._sharper(node, _arithmetic(op, parts[0], parts[1]), parts[1])
            case Compare(sign):
                return _compare(sign, parts[0], parts[1])
            case Negate():
                return -parts[0][1], -parts[0][0]
            case Holds():
                return _truth(parts[0] == _ALWAYS, parts[0] == _NEVER)
            case Not():
                return 1.0 - parts[0][1], 1.0 - parts[0][0]
            case Logic(joiner):
                fold = min if joiner == "and" else max
                return fold(parts[0][0], parts[1][0]), fold(parts[0][1], parts[1][1])
            case Choose():
                return _choose(*parts)
            case Call("div", (a, b, _)):
                return _div(parts, self._shapes().quotient(a, b))
            case Call(function):
                return _call(function, parts)
            case Aggregate(reduction, operand):
                places = len(self._vocabulary.places(operand.axis))
                return _aggregate(reduction, parts[0], places)

    def _shapes(self) -> Shapes:
        return Shapes(self.interval, self._vocabulary)

    def _sharper(self, node: Arithmetic, found: Interval, right: Interval) -> Interval:
        """What the shape tells beyond the intervals: of a whole less its part, and of a share."""
        low, high = found
        if node.op == "-" and low < 0.0 <= right[0]:
            if self._shapes().at_most(node.right, node.left):
                return 0.0, high
        elif node.op == "/":
            shape = self._shapes().quotient(node.left, node.right)
            if shape is not None:
                return max(low, shape[0]), min(high, shape[1])
        return found


def _truth(always: bool, never: bool) -> Interval:
    return _ALWAYS if always else _NEVER if never else _EITHER


def _infinite(interval: Interval) -> bool:
    return math.isinf(interval[0]) or math.isinf(interval[1])


def _has_zero(interval: Interval) -> bool:
    return interval[0] <= 0.0 <= interval[1]


def _within_limit(interval: Interval) -> Interval:
    low, high = interval
    if low < -LARGEST or high > LARGEST:
        reach = max(abs(low), abs(high))
        raise UnprovableError(
            "unbounded",
            f"by its bounds this can reach {reach:.0e}; 1e15 is the most",
            "cut a part of it first: clamp(x, low, high)",
        )
    return interval


def _need_finite(parts: Sequence[Interval], *positions: int) -> None:
    for position in positions:
        if _infinite(parts[position]):
            raise UnprovableError("unbounded", _UNLIMITED, _CUT_IT, position)


def _corners(op: str, left: Interval, right: Interval) -> Interval:
    if op == "*":
        found = [a * b for a in left for b in right]
    else:
        found = [a / b for a in left for b in right]
    return min(found), max(found)


def _arithmetic(op: str, left: Interval, right: Interval) -> Interval:
    if op == "+" or op == "-":
        low = left[0] + right[0] if op == "+" else left[0] - right[1]
        high = left[1] + right[1] if op == "+" else left[1] - right[0]
        if low >= -LARGEST and high <= LARGEST:  # so none of the four is infinite
            return low, high
    if op == "/" and _has_zero(right):
        raise UnprovableError(
            "division", "the divisor may be 0 here", "use div(a, b, default)", part=1
        )
    if _infinite(left) or _infinite(right):
        return _infinite_arithmetic(op, left, right)
    if op == "+":
        return _within_limit((left[0] + right[0], left[1] + right[1]))
    if op == "-":
        return _within_limit((left[0] - right[1], left[1] - right[0]))
    return _within_limit(_corners(op, left, right))


def _infinite_arithmetic(op: str, left: Interval, right: Interval) -> Interval:
    """An infinite operand stays harmless only beside a finite one that does not make it a NaN."""
    _need_finite((left, right), *((1,) if _infinite(left) else ()))
    if op == "/":
        _need_finite((left, right), 1)
    if op == "*":
        for position, (mine, other) in enumerate(((left, right), (right, left))):
            if _infinite(mine) and _has_zero(other):
                raise UnprovableError("unbounded", _UNLIMITED, _CUT_IT, position)
    if op == "+":
        return left[0] + right[0], left[1] + right[1]
    if op == "-":
        return left[0] - right[1], left[1] - right[0]
    return _corners(op, left, right)


def _compare(op: str, left: Interval, right: Interval) -> Interval:
    less, more = left[1] < right[0], left[0] > right[1]
    single = left[0] == left[1] == right[0] == right[1]
    match op:
        case "<":
            return _truth(less, left[0] >= right[1])
        case "<=":
            return _truth(left[1] <= right[0], more)
        case ">":
            return _truth(more, left[1] <= right[0])
        case ">=":
            return _truth(left[0] >= right[1], less)
        case "==":
            return _truth(single, less or more)
    return _truth(less or more, single)


def _choose(test: Interval, then: Interval, other: Interval) -> Interval:
    if test == _ALWAYS:
        return then
    if test == _NEVER:
        return other
    return min(then[0], other[0]), max(then[1], other[1])


def _div(parts: Sequence[Interval], shape: Interval | None) -> Interval:
    left, right, default = parts
    _need_finite(parts, 0, 1)
    if right == (0.0, 0.0):
        return default
    if not _has_zero(right):
        low, high = _corners("/", left, right)
        if shape is not None:
            low, high = max(low, shape[0]), min(high, shape[1])
        return _within_limit((low, high))
    low, high = shape if shape is not None else _near_zero(left, right)
    return min(low, default[0]), max(high, default[1])


def _near_zero(left: Interval, right: Interval) -> Interval:
    """Quotients where the divisor comes as near to zero as it likes, but is not zero."""
    if right[1] <= 0.0:
        left, right = (-left[1], -left[0]), (-right[1], -right[0])
    if right[0] < 0.0:
        return (0.0, 0.0) if left == (0.0, 0.0) else (-math.inf, math.inf)
    low = left[0] / right[1] if left[0] >= 0.0 else -math.inf
    high = left[1] / right[1] if left[1] <= 0.0 else math.inf
    return low, high


def _call(function: str, parts: Sequence[Interval]) -> Interval:
    match function:
        case "min" | "max":
            fold = min if function == "min" else max
            return fold(p[0] for p in parts), fold(p[1] for p in parts)
        case "abs":
            low, high = parts[0]
            return (0.0 if _has_zero(parts[0]) else min(abs(low), abs(high))), max(
                abs(low), abs(high)
            )
        case "sqrt":
            _need_finite(parts, 0)
            return math.sqrt(max(parts[0][0], 0.0)), math.sqrt(max(parts[0][1], 0.0))
        case "clamp":
            return _clamp(parts)
        case "ramp":
            return _ramp(parts)
        case "saturate":
            return _saturate(parts)
    return _lerp(parts)


def _clamp(parts: Sequence[Interval]) -> Interval:
    x, low, high = parts
    _need_finite(parts, 1, 2)
    if low[0] > high[1]:
        raise UnprovableError(
            "range", "the low end of this clamp is above its high end", "clamp(x, low, high)", 1
        )
    return min(max(x[0], low[0]), high[0]), min(max(x[1], low[1]), high[1])


def _ramp(parts: Sequence[Interval]) -> Interval:
    x, low, high = parts
    _need_finite(parts, 1, 2)
    run = high[0] - low[1], high[1] - low[0]
    if _has_zero(run):
        raise UnprovableError(
            "range",
            "the two ends of this ramp may be equal",
            "ramp(x, low, high) runs from 0 at low to 1 at high",
            2,
        )
    rise = x[0] - low[1], x[1] - low[0]
    found = _corners("/", rise, run)
    return min(max(found[0], 0.0), 1.0), min(max(found[1], 0.0), 1.0)


def _saturate(parts: Sequence[Interval]) -> Interval:
    x, half = parts
    _need_finite(parts, 0, 1)
    if half[0] <= 0.0:
        raise UnprovableError(
            "range", "the half of saturate must be above 0", "saturate(x, half) = x / (x + half)", 1
        )
    # x / (x + half) rises with x and falls with half, but for a rounding of each of two steps.
    low = x[0] / (x[0] + half[1]) * (1.0 - 1e-15) if x[0] > 0.0 else 0.0
    high = x[1] / (x[1] + half[0]) * (1.0 + 1e-15) if x[1] > 0.0 else 0.0
    return low, min(high, 1.0)


def _lerp(parts: Sequence[Interval]) -> Interval:
    a, b, t = parts
    _need_finite(parts, 0, 1, 2)
    step = _within_limit(_corners("*", (b[0] - a[1], b[1] - a[0]), t))
    low, high = _within_limit((a[0] + step[0], a[1] + step[1]))
    if t[0] < 0.0 or t[1] > 1.0:
        return low, high
    # Between a and b, but for the rounding of three steps and of numbers near the smallest ones.
    slack = 1e-14 * max(map(abs, (*a, *b))) + 1e-300
    return max(low, min(a[0], b[0]) - slack), min(high, max(a[1], b[1]) + slack)


def _aggregate(reduction: str, part: Interval, places: int) -> Interval:
    if reduction in ("largest", "smallest"):
        return part
    _need_finite((part,), 0)
    low, high = part
    for _ in range(places - 1):
        low, high = low + part[0], high + part[1]
    if reduction == "mean":
        low, high = low / places, high / places
    return _within_limit((low, high))
