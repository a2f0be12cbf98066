"""Typed expressions written out as plain Python over dataclasses and lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from game.engine.lowering import LONG_AGO, NEVER
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
    children,
)

Dialect = Literal["plain", "agents"]
AXES: tuple[Axis, ...] = ("nation", "sector", "region")
OWNERS: Mapping[Axis, str] = {"nation": "n", "sector": "s", "region": "r"}
"""The variable that a row's own place goes by in the generated source."""
RUNS: Mapping[Axis, str] = {"sector": "sectors", "region": "regions"}


@dataclass
class Names:
    """What each series is called, and which attributes are needed at all.

    Attributes:
        sizes: how many places each axis has.
        attributes: for each axis the attributes in use, with the series that each holds and
            whether it is last year's.
    """

    sizes: Mapping[Axis, int]
    attributes: dict[Axis, dict[str, tuple[Series, bool]]] = field(
        default_factory=lambda: {"nation": {}, "sector": {}, "region": {}}
    )
    _names: dict[Series, str] = field(default_factory=dict)

    def of(self, series: Series, *, lagged: bool = False) -> str:
        """The attribute of a series; asking for it makes it one that is kept."""
        name = self._names.get(series)
        if name is None:
            bare = series.kind in ("indicator", "special")
            plain = series.name if bare else f"{series.kind}_{series.name}"
            name = "".join(c if c.isalnum() else "_" for c in plain)
            taken = set(self._names.values())
            while name in taken:
                name += "_"
            self._names[series] = name
        attribute = f"was_{name}" if lagged else name
        self.attributes[series.axis][attribute] = (series, lagged)
        return attribute


@dataclass
class Wording:
    """Writes expressions.

    Attributes:
        names: the attributes.
        first_year: read this year's values for last year's.
        known: aggregates that stand in a variable already.
        variables: series that are variables rather than attributes.
    """

    names: Names
    first_year: bool = False
    known: dict[Aggregate, str] = field(default_factory=dict)
    variables: dict[Series, str] = field(default_factory=dict)

    def number(self, expression: Expression, owners: Mapping[Axis, str] = OWNERS) -> str:
        """The text of a number; a condition counts 1 or 0."""
        if is_condition(expression):
            return f"(1.0 if {self.condition(expression, owners)} else 0.0)"
        return self._number(expression, owners)

    def condition(self, expression: Expression, owners: Mapping[Axis, str] = OWNERS) -> str:
        """The text of something that is true or false; a number is so where it is over a half."""
        match expression:
            case Compare(op, left, right):
                return f"({self.number(left, owners)} {op} {self.number(right, owners)})"
            case Holds(operand):
                return self.condition(operand, owners)
            case Not(operand):
                return f"(not {self.condition(operand, owners)})"
            case Logic(op, left, right):
                return f"({self.condition(left, owners)} {op} {self.condition(right, owners)})"
            case Read(series) if series.kind == "fired":
                return f"({self._last(expression, owners)} > {NEVER / 2!r})"
        return f"({self.number(expression, owners)} > 0.5)"

    def hoisted(self, expression: Expression, prefix: str) -> list[str]:
        """Lines that put the aggregates of an expression into variables, each once."""
        lines: list[str] = []
        if isinstance(expression, Aggregate):
            if expression not in self.known:
                lines += self.hoisted(expression.operand, prefix)
                text = self._aggregate(expression)
                self.known[expression] = f"{prefix}{len(self.known)}"
                lines.append(f"{self.known[expression]} = {text}")
            return lines
        for part in children(expression):
            lines += self.hoisted(part, prefix)
        return lines

    def _number(self, expression: Expression, owners: Mapping[Axis, str]) -> str:
        match expression:
            case Number(value):
                return repr(value) if value >= 0 else f"({value!r})"
            case Read():
                return self._read(expression, owners)
            case Negate(operand):
                return f"(-{self.number(operand, owners)})"
            case Arithmetic(op, left, right):
                return f"({self.number(left, owners)} {op} {self.number(right, owners)})"
            case Choose(test, then, other):
                yes, no = self.number(then, owners), self.number(other, owners)
                return f"({yes} if {self.condition(test, owners)} else {no})"
            case Call():
                return self._call(expression, owners)
            case Aggregate():
                return self.known.get(expression) or self._aggregate(expression)
        raise AssertionError(expression)

    def _read(self, read: Read, owners: Mapping[Axis, str]) -> str:
        series = read.series
        match series.kind:
            case "fired":
                return f"(1.0 if {self.condition(read, owners)} else 0.0)"
            case "since":
                year = self._attribute(Read(Series("special", "year", "nation")), owners)
                return f"min({year} - {self._last(read, owners)}, {LONG_AGO!r})"
            case "spend":
                scale = Read(Series("special", "lines_scale", "nation"), None, read.lagged)
                planned = Read(Series("planned", series.name, series.axis), read.index, read.lagged)
                locked = Read(Series("locked", series.name, series.axis), read.index, read.lagged)
                money = f"{self._attribute(planned, owners)} * {self._attribute(scale, owners)}"
                return f"({money} * (1.0 - {self._attribute(locked, owners)}))"
        return self._attribute(read, owners)

    def _last(self, read: Read, owners: Mapping[Axis, str]) -> str:
        series = Series("last", read.series.name, read.series.axis)
        return self._attribute(Read(series, read.index), owners)

    def _attribute(self, read: Read, owners: Mapping[Axis, str]) -> str:
        axis = read.series.axis
        if read.series in self.variables:
            return self.variables[read.series]
        lagged = read.lagged and not self.first_year
        name = self.names.of(read.series, lagged=lagged)
        owner = owners[axis] if read.index is None else f"{RUNS[axis]}[{read.index}]"
        return f"{owner}.{name}"

    def _call(self, call: Call, owners: Mapping[Axis, str]) -> str:
        texts = [self.number(argument, owners) for argument in call.arguments]
        match call.function, texts:
            case "min" | "max", _:
                return f"{call.function}({', '.join(texts)})"
            case "abs", [x]:
                return f"abs({x})"
            case "sqrt", [x]:
                return f"sqrt(max({x}, 0.0))"
            case "clamp", [x, low, high]:
                return f"min(max({x}, {low}), {high})"
            case "ramp", [x, low, high]:
                return f"min(max(({x} - {low}) / ({high} - {low}), 0.0), 1.0)"
            case _:
                return f"{call.function}({', '.join(texts)})"

    def _aggregate(self, aggregate: Aggregate) -> str:
        axis = aggregate.operand.axis
        operand = self.number(aggregate.operand, {**OWNERS, axis: "x"})
        run = f"[{operand} for x in {RUNS[axis]}]"
        match aggregate.reduction:
            case "largest":
                return f"max({run})"
            case "smallest":
                return f"min({run})"
            case "mean":
                return f"(sum({run}) / {float(self.names.sizes[axis])!r})"
        return f"sum({run})"


def is_condition(expression: Expression) -> bool:
    """Whether an expression is true or false rather than a number."""
    return isinstance(expression, Compare | Holds | Not | Logic)
