"""From typed expressions to straight-line programs of array operations.

Equal parts are computed once. Three executors run the same instructions: the tape (bound to one
workspace, no allocation), `evaluate` (whole rows, allocating) and the sparse one (a few worlds of
an event). Every operation is one that IEEE 754 rounds exactly, so they agree bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

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
    Series,
    joined,
)

Operation = Literal[
    "add",
    "subtract",
    "multiply",
    "divide",
    "negative",
    "absolute",
    "sqrt",
    "minimum",
    "maximum",
    "less",
    "less_equal",
    "greater",
    "greater_equal",
    "equal",
    "not_equal",
    "logical_and",
    "logical_or",
    "logical_not",
    "where",
    "masked",
    "safe_divide",
    "as_number",
    "sum",
    "largest",
    "smallest",
    "spread",
    "spread_condition",
]
ARITHMETIC: dict[str, Operation] = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "divide",
}
COMPARISON: dict[str, Operation] = {
    "<": "less",
    "<=": "less_equal",
    ">": "greater",
    ">=": "greater_equal",
    "==": "equal",
    "!=": "not_equal",
}
CONDITIONS = frozenset(COMPARISON.values()) | {
    "logical_and",
    "logical_or",
    "logical_not",
    "spread_condition",
}
NEVER = -10_000.0
"""The year kept for an event that has not fired."""
LONG_AGO = 999.0
"""What `years_since` says of an event that has not fired."""


@dataclass(frozen=True, slots=True)
class Value:
    """The result of an instruction, by its number."""

    index: int


Operand = Value | Read | float


@dataclass(frozen=True, slots=True)
class Instruction:
    """One array operation; its result runs along `axis`, and is a condition or a number."""

    operation: Operation
    operands: tuple[Operand, ...]
    axis: Axis
    source: Axis = "nation"
    """For a reduction, the axis that it runs along."""

    @property
    def condition(self) -> bool:
        """Whether the result is true or false rather than a number."""
        return self.operation in CONDITIONS


@dataclass(slots=True)
class Program:
    """Instructions in order; each may use the results of those before it."""

    sizes: dict[Axis, int]
    """How many places each axis has."""
    instructions: list[Instruction] = field(default_factory=list)
    known: dict[Expression, Operand] = field(default_factory=dict)
    numbered: dict[Instruction, Value] = field(default_factory=dict)

    def emit(
        self, operation: Operation, axis: Axis, *operands: Operand, source: Axis = "nation"
    ) -> Operand:
        """Append an instruction, or find the equal one that is there."""
        instruction = Instruction(operation, operands, axis, source)
        found = self.numbered.get(instruction)
        if found is None:
            found = Value(len(self.instructions))
            self.instructions.append(instruction)
            self.numbered[instruction] = found
        return found

    def apply(self, operation: Operation, *operands: Operand) -> Operand:
        """An operation on operands, done now where constants decide it.

        Zeros go further than other constants: what nobody funds has no support, and whatever is
        multiplied by it need not be worked out. (Signs of zero may differ; nothing reads them.)
        """
        known = _decided(operation, operands)
        if known is not None:
            return known
        axis: Axis = "nation"
        for operand in operands:
            axis = joined(axis, self.axis(operand))
        return self.emit(operation, axis, *(self.spread(operand, axis) for operand in operands))

    def spread(self, operand: Operand, axis: Axis) -> Operand:
        """A national operand written out along an axis, once for all that use it there.

        Two runs of one shape are multiplied twice as fast as a run and a national row.
        """
        if axis == "nation" or isinstance(operand, float) or self.axis(operand) != "nation":
            return operand
        condition = self.is_condition(operand)
        return self.emit("spread_condition" if condition else "spread", axis, operand)

    def reduce(self, operation: Operation, axis: Axis, operand: Operand) -> Operand:
        """A run made one number; a national operand stands in every place of the axis."""
        if isinstance(operand, float):
            return _repeated(operand, self.sizes[axis]) if operation == "sum" else operand
        return self.emit(operation, "nation", self.spread(operand, axis), source=axis)

    def reads(self) -> Iterator[Read]:
        """Every leaf that an instruction reads; equal ones are the same object."""
        for instruction in self.instructions:
            for operand in instruction.operands:
                if isinstance(operand, Read):
                    yield operand

    def axis(self, operand: Operand) -> Axis:
        """What an operand runs along."""
        match operand:
            case Value(index):
                return self.instructions[index].axis
            case Read():
                return operand.axis
            case _:
                return "nation"

    def is_condition(self, operand: Operand) -> bool:
        """Whether an operand is true or false rather than a number."""
        return isinstance(operand, Value) and self.instructions[operand.index].condition

    def number(self, expression: Expression) -> Operand:
        """Lower an expression; a condition becomes 0 or 1."""
        operand = self.lower(expression)
        if self.is_condition(operand):
            return self.emit("as_number", self.axis(operand), operand)
        return operand

    def condition(self, expression: Expression) -> Operand:
        """Lower an expression that is true or false."""
        operand = self.lower(expression)
        if not self.is_condition(operand):
            return self.emit("greater", self.axis(operand), operand, 0.5)
        return operand

    def lower(self, expression: Expression) -> Operand:
        """Lower an expression as it is: a number or a condition."""
        operand = self.known.get(expression)
        if operand is None:
            operand = self._lower(expression)
            self.known[expression] = operand
        return operand

    def _lower(self, expression: Expression) -> Operand:
        match expression:
            case Number(value):
                return float(value)
            case Read():
                return self._read(expression)
            case Negate(operand):
                return self.apply("negative", self.number(operand))
            case Arithmetic(op, left, right):
                return self.apply(ARITHMETIC[op], self.number(left), self.number(right))
            case Compare(op, left, right):
                return self.apply(COMPARISON[op], self.number(left), self.number(right))
            case Holds(operand):
                return self.condition(operand)
            case Not(operand):
                return self.apply("logical_not", self.condition(operand))
            case Logic(op, left, right):
                operation: Operation = "logical_and" if op == "and" else "logical_or"
                return self.apply(operation, self.condition(left), self.condition(right))
            case Choose(test, then, other):
                mask, yes, no = self.condition(test), self.number(then), self.number(other)
                if no == 0.0:
                    return self.apply("masked", mask, yes)
                if yes == 0.0:
                    return self.apply("masked", self.apply("logical_not", mask), no)
                return self.apply("where", mask, yes, no)
            case Call():
                return self._call(expression)
            case Aggregate(reduction, operand):
                return self._reduce(reduction, operand)

    def _read(self, read: Read) -> Operand:
        """Event memory is kept as the year it last fired; spending as the plan's lines."""
        series = read.series
        match series.kind:
            case "fired" | "since":
                last = self.lower(Read(Series("last", series.name, series.axis), read.index))
                if series.kind == "fired":
                    return self.apply("greater", last, NEVER / 2)
                year = self.lower(Read(Series("special", "year", "nation")))
                return self.apply("minimum", self.apply("subtract", year, last), LONG_AGO)
            case "spend":
                scale = self._leaf(Series("special", "lines_scale", "nation"), read)
                planned = self._leaf(Series("planned", series.name, series.axis), read)
                locked = self._leaf(Series("locked", series.name, series.axis), read)
                free = self.apply("subtract", 1.0, locked)
                return self.apply("multiply", self.apply("multiply", planned, scale), free)
        return read

    def _leaf(self, series: Series, like: Read) -> Operand:
        """Another series read at the same place and time."""
        index = None if series.axis == "nation" else like.index
        return self.lower(Read(series, index, like.lagged))

    def _call(self, call: Call) -> Operand:
        arguments = [self.number(argument) for argument in call.arguments]
        match call.function, arguments:
            case "min" | "max", [first, *others]:
                operation: Operation = "minimum" if call.function == "min" else "maximum"
                result = first
                for other in others:
                    result = self.apply(operation, result, other)
                return result
            case "abs", [x]:
                return self.apply("absolute", x)
            case "sqrt", [x]:
                return self.apply("sqrt", self.apply("maximum", x, 0.0))
            case "clamp", [x, low, high]:
                return self._clamp(x, low, high)
            case "ramp", [x, low, high]:
                rise = self.apply("subtract", x, low)
                span = self.apply("subtract", high, low)
                return self._clamp(self.apply("divide", rise, span), 0.0, 1.0)
            case "saturate", [x, half]:
                floor = self.apply("maximum", x, 0.0)
                return self.apply("divide", floor, self.apply("add", floor, half))
            case "lerp", [a, b, t]:
                step = self.apply("multiply", self.apply("subtract", b, a), t)
                return self.apply("add", a, step)
            case "div", [a, b, default]:
                return self.apply("safe_divide", a, b, default)
        raise AssertionError(call)

    def _clamp(self, x: Operand, low: Operand, high: Operand) -> Operand:
        return self.apply("minimum", self.apply("maximum", x, low), high)

    def _reduce(self, reduction: str, operand: Expression) -> Operand:
        inner = self.number(operand)
        axis = operand.axis
        match reduction:
            case "largest":
                return self.reduce("largest", axis, inner)
            case "smallest":
                return self.reduce("smallest", axis, inner)
            case "mean":
                total = self.reduce("sum", axis, inner)
                return self.apply("divide", total, float(self.sizes[axis]))
        return self.reduce("sum", axis, inner)


def _repeated(value: float, times: int) -> float:
    """A constant added to itself, as a sum over places does it."""
    total = value
    for _ in range(times - 1):
        total += value
    return total


def _decided(operation: Operation, operands: tuple[Operand, ...]) -> Operand | None:
    """What an operation gives, where its constants decide it."""
    match operation, operands:
        case "negative", (float(a),):
            return -a
        case "absolute", (float(a),):
            return abs(a)
        case "add", (float(a), float(b)):
            return a + b
        case "subtract", (float(a), float(b)):
            return a - b
        case "multiply", (float(a), float(b)):
            return a * b
        case "divide", (float(a), float(b)):
            return a / b
        case "minimum", (float(a), float(b)):
            return min(a, b)
        case "maximum", (float(a), float(b)):
            return max(a, b)
        case "add", (0.0, other) | (other, 0.0):
            return other
        case "subtract", (other, 0.0):
            return other
        case "multiply" | "divide", (0.0, _):
            return 0.0
        case "multiply" | "masked", (_, 0.0):
            return 0.0
    return None


def _is_zero(read: Read, zeros: frozenset[Series]) -> bool:
    """Whether a leaf is known to be zero; what is zero this year need not have been last year."""
    return read.series in zeros and not read.lagged


@dataclass(slots=True)
class Shortened:
    """A program in which some series are zero in every world and place.

    Made anew whenever other instruments are funded, so it is quick: one pass over the instructions,
    nothing looked up.

    Attributes:
        instructions: what is left to do; some of it may serve no root any more.
        values: what each value of the old program has become.
        ends: how many new instructions stand for the first n old ones.
    """

    instructions: list[Instruction] = field(default_factory=list)
    values: list[Operand] = field(default_factory=list)
    ends: list[int] = field(default_factory=lambda: [0])

    @classmethod
    def of(cls, program: Program, zeros: frozenset[Series]) -> Shortened:
        """The program where these series are zero."""
        new = cls()
        zero = {id(read): _is_zero(read, zeros) for read in program.reads()}
        for one in program.instructions:
            operands = tuple(new._moved(operand, zero) for operand in one.operands)
            new.values.append(new._applied(one, operands, program.sizes))
            new.ends.append(len(new.instructions))
        return new

    def operand(self, operand: Operand, zeros: frozenset[Series]) -> Operand:
        """What an operand of the old program has become."""
        if isinstance(operand, Value):
            return self.values[operand.index]
        return 0.0 if isinstance(operand, Read) and _is_zero(operand, zeros) else operand

    def _moved(self, operand: Operand, zero: dict[int, bool]) -> Operand:
        if isinstance(operand, Value):
            return self.values[operand.index]
        return 0.0 if isinstance(operand, Read) and zero[id(operand)] else operand

    def _applied(
        self, one: Instruction, operands: tuple[Operand, ...], sizes: dict[Axis, int]
    ) -> Operand:
        """The instruction on new operands, or what its constants decide."""
        if any(isinstance(operand, float) for operand in operands):
            if one.operation in ("sum", "largest", "smallest"):
                (value,) = operands
                assert isinstance(value, float)
                return _repeated(value, sizes[one.source]) if one.operation == "sum" else value
            if one.operation in ("spread", "spread_condition"):
                return operands[0]
            known = _decided(one.operation, operands)
            if known is not None:
                return known
        self.instructions.append(Instruction(one.operation, operands, one.axis, one.source))
        return Value(len(self.instructions) - 1)
