"""Typed expressions: what a checked rule means, ready to be compiled or interpreted.

The tree is small and total: every node has a value for every input within the declared bounds, and
every operation is one that IEEE 754 rounds exactly, in the order in which the tree is written.
`axis` says along what a value varies besides the world: a national number, a run of sectors or a
run of regions; national values broadcast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

Axis = Literal["nation", "sector", "region"]
SeriesKind = Literal[
    "indicator",
    "support",
    "spend",
    "special",
    "flag",
    "counter",
    "fired",
    "times",
    "since",
    "active",
    "after",
    "balance",
    "last",
    "planned",
    "locked",
    "hidden",
]
"""The last four are the engine's own: no text can name them."""
BinaryOp = Literal["+", "-", "*", "/"]
CompareOp = Literal["<", "<=", ">", ">=", "==", "!="]
Function = Literal["min", "max", "abs", "sqrt", "clamp", "ramp", "saturate", "lerp", "div"]
Reduction = Literal["sum", "mean", "largest", "smallest", "count"]


@dataclass(frozen=True, slots=True)
class Series:
    """A named run of numbers in the state: an indicator, a support, a flag, an event's memory."""

    kind: SeriesKind
    name: str
    axis: Axis


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: float

    @property
    def axis(self) -> Axis:
        """Constants are national: they broadcast."""
        return "nation"


@dataclass(frozen=True, slots=True)
class Read:
    """The value of a series; `index` picks one place of it, `lagged` reads the year before."""

    series: Series
    index: int | None = None
    lagged: bool = False

    @property
    def axis(self) -> Axis:
        """The axis of the series, or the nation once one place of it is picked."""
        return "nation" if self.index is not None else self.series.axis


@dataclass(frozen=True, slots=True)
class Negate:
    """Minus a number."""

    operand: Expression

    @property
    def axis(self) -> Axis:
        """That of the operand."""
        return self.operand.axis


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers and one of the four operations; `/` only where the right side is never zero."""

    op: BinaryOp
    left: Expression
    right: Expression

    @property
    def axis(self) -> Axis:
        """The one axis besides the nation's that the operands have."""
        return joined(self.left.axis, self.right.axis)


@dataclass(frozen=True, slots=True)
class Compare:
    """A condition: two numbers compared."""

    op: CompareOp
    left: Expression
    right: Expression

    @property
    def axis(self) -> Axis:
        """The one axis besides the nation's that the operands have."""
        return joined(self.left.axis, self.right.axis)


@dataclass(frozen=True, slots=True)
class Holds:
    """A 0/1 series read as a condition: a flag, `fired(...)`, `active(...)`."""

    operand: Expression

    @property
    def axis(self) -> Axis:
        """That of the operand."""
        return self.operand.axis


@dataclass(frozen=True, slots=True)
class Not:
    """A condition turned round."""

    operand: Expression

    @property
    def axis(self) -> Axis:
        """That of the operand."""
        return self.operand.axis


@dataclass(frozen=True, slots=True)
class Logic:
    """Two conditions joined by `and` or `or`."""

    op: Literal["and", "or"]
    left: Expression
    right: Expression

    @property
    def axis(self) -> Axis:
        """The one axis besides the nation's that the operands have."""
        return joined(self.left.axis, self.right.axis)


@dataclass(frozen=True, slots=True)
class Choose:
    """`then if test else other`, for numbers."""

    test: Expression
    then: Expression
    other: Expression

    @property
    def axis(self) -> Axis:
        """The one axis besides the nation's that the parts have."""
        return joined(self.test.axis, joined(self.then.axis, self.other.axis))


@dataclass(frozen=True, slots=True)
class Call:
    """A function of numbers. `min` and `max` take two or more and fold from the left."""

    function: Function
    arguments: tuple[Expression, ...]

    @property
    def axis(self) -> Axis:
        """The one axis besides the nation's that the arguments have."""
        found: Axis = "nation"
        for argument in self.arguments:
            found = joined(found, argument.axis)
        return found


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A run of sectors or regions made one national number, in pack order from the left.

    `mean` is the sum divided by the number of places; `count` is the sum of a condition as 0 and 1.
    """

    reduction: Reduction
    operand: Expression

    @property
    def axis(self) -> Axis:
        """Aggregates are national."""
        return "nation"


Expression = (
    Number | Read | Negate | Arithmetic | Compare | Holds | Not | Logic | Choose | Call | Aggregate
)


def joined(left: Axis, right: Axis) -> Axis:
    """The axis of two values taken together.

    Raises:
        ValueError: where one runs over sectors and the other over regions.
    """
    if left == right or right == "nation":
        return left
    if left == "nation":
        return right
    raise ValueError("sectors and regions do not mix outside an aggregate")


def _none(_: Any) -> tuple[Expression, ...]:
    return ()


def _operand(expression: Any) -> tuple[Expression, ...]:
    return (expression.operand,)


_PARTS: Mapping[type, Callable[[Any], tuple[Expression, ...]]] = {
    Number: _none,
    Read: _none,
    **dict.fromkeys((Negate, Holds, Not, Aggregate), _operand),
    **dict.fromkeys((Arithmetic, Compare, Logic), attrgetter("left", "right")),
    Choose: attrgetter("test", "then", "other"),
    Call: attrgetter("arguments"),
}


def children(expression: Expression) -> tuple[Expression, ...]:
    """The direct parts of an expression, in order."""
    return _PARTS[type(expression)](expression)
