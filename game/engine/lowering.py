"""From typed expressions to straight-line programs of array operations.

Equal parts are computed once. Three executors run the same instructions: the tape (bound to one
workspace, no allocation), `evaluate` (whole rows, allocating) and the sparse one (a few worlds of
an event). Every operation is one that IEEE 754 rounds exactly, so they agree bit for bit.
"""

from __future__ import annotations

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
    "safe_divide",
    "as_number",
    "sum",
    "largest",
    "smallest",
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
CONDITIONS = frozenset(COMPARISON.values()) | {"logical_and", "logical_or", "logical_not"}
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

    def emit(self, operation: Operation, axis: Axis, *operands: Operand) -> Operand:
        """Append an instruction, or find the equal one that is there."""
        instruction = Instruction(operation, operands, axis)
        found = self.numbered.get(instruction)
        if found is None:
            found = Value(len(self.instructions))
            self.instructions.append(instruction)
            self.numbered[instruction] = found
        return found

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
                inner = self.number(operand)
                return self._fold("negative", inner)
            case Arithmetic(op, left, right):
                return self._fold(ARITHMETIC[op], self.number(left), self.number(right))
            case Compare(op, left, right):
                return self._emit(COMPARISON[op], self.number(left), self.number(right))
            case Holds(operand):
                return self.condition(operand)
            case Not(operand):
                return self._emit("logical_not", self.condition(operand))
            case Logic(op, left, right):
                operation: Operation = "logical_and" if op == "and" else "logical_or"
                return self._emit(operation, self.condition(left), self.condition(right))
            case Choose(test, then, other):
                parts = (self.condition(test), self.number(then), self.number(other))
                return self._emit("where", *parts)
            case Call():
                return self._call(expression)
            case Aggregate(reduction, operand):
                return self._reduce(reduction, operand)

    def _emit(self, operation: Operation, *operands: Operand) -> Operand:
        axis: Axis = "nation"
        for operand in operands:
            axis = joined(axis, self.axis(operand))
        return self.emit(operation, axis, *operands)

    def _fold(self, operation: Operation, *operands: Operand) -> Operand:
        """Emit arithmetic, or do it now where every operand is a constant."""
        match operation, operands:
            case "negative", (float(a),):
                return -a
            case "add", (float(a), float(b)):
                return a + b
            case "subtract", (float(a), float(b)):
                return a - b
            case "multiply", (float(a), float(b)):
                return a * b
            case "divide", (float(a), float(b)):
                return a / b
        return self._emit(operation, *operands)

    def _read(self, read: Read) -> Operand:
        """Event memory is kept as the year it last fired; spending as the plan's lines."""
        series = read.series
        match series.kind:
            case "fired" | "since":
                last = Read(Series("last", series.name, series.axis), read.index)
                if series.kind == "fired":
                    return self._emit("greater", last, NEVER / 2)
                year = Read(Series("special", "year", "nation"))
                return self._emit("minimum", self._emit("subtract", year, last), LONG_AGO)
            case "spend":
                scale = Read(Series("special", "lines_scale", "nation"), None, read.lagged)
                planned = Read(Series("planned", series.name, series.axis), read.index, read.lagged)
                locked = Read(Series("locked", series.name, series.axis), read.index, read.lagged)
                free = self._emit("subtract", 1.0, locked)
                return self._emit("multiply", self._emit("multiply", planned, scale), free)
        return read

    def _call(self, call: Call) -> Operand:
        arguments = [self.number(argument) for argument in call.arguments]
        match call.function, arguments:
            case "min" | "max", [first, *others]:
                operation: Operation = "minimum" if call.function == "min" else "maximum"
                result = first
                for other in others:
                    result = self._emit(operation, result, other)
                return result
            case "abs", [x]:
                return self._emit("absolute", x)
            case "sqrt", [x]:
                return self._emit("sqrt", self._emit("maximum", x, 0.0))
            case "clamp", [x, low, high]:
                return self._clamp(x, low, high)
            case "ramp", [x, low, high]:
                rise = self._fold("subtract", x, low)
                span = self._fold("subtract", high, low)
                return self._clamp(self._fold("divide", rise, span), 0.0, 1.0)
            case "saturate", [x, half]:
                floor = self._emit("maximum", x, 0.0)
                return self._emit("divide", floor, self._emit("add", floor, half))
            case "lerp", [a, b, t]:
                step = self._fold("multiply", self._fold("subtract", b, a), t)
                return self._fold("add", a, step)
            case "div", [a, b, default]:
                return self._emit("safe_divide", a, b, default)
        raise AssertionError(call)

    def _clamp(self, x: Operand, low: Operand, high: Operand) -> Operand:
        return self._emit("minimum", self._emit("maximum", x, low), high)

    def _reduce(self, reduction: str, operand: Expression) -> Operand:
        inner = self.number(operand)
        if self.axis(inner) == "nation":
            raise AssertionError("an aggregate needs a run to work on")
        match reduction:
            case "largest":
                return self.emit("largest", "nation", inner)
            case "smallest":
                return self.emit("smallest", "nation", inner)
            case "mean":
                total = self.emit("sum", "nation", inner)
                return self._emit("divide", total, float(self.sizes[self.axis(inner)]))
        return self.emit("sum", "nation", inner)
