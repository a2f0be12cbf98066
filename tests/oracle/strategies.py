"""Random vocabularies, random well-typed rules for them, and random states to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from hypothesis import assume
from hypothesis import strategies as st

from game.rules import IndicatorInfo, RuleError, Vocabulary, check, leaves
from game.rules.expression import Axis, Expression, Read, Series
from game.rules.vocabulary import SPECIALS
from tests.oracle.expressions import Reader

Want = Literal["number", "condition"]
AXES: tuple[Axis, ...] = ("nation", "sector", "region")
RANGES = [(0, 1), (-1, 1), (0.2, 1), (0, 100), (-50, 50), (0.5, 2), (0, 0), (0, 1e5), (1e3, 1e6)]
LITERALS = ["0", "1", "2", "0.5", "0.1", "10%", "3.25", "1e2", "0.3333333333333333"]


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    """A small pack's names: one to four sectors, no to three regions, some of everything else."""
    sectors = tuple(f"sector_{i}" for i in range(draw(st.integers(1, 4))))
    regions = tuple(f"region_{i}" for i in range(draw(st.integers(0, 3))))
    axes = [axis for axis in AXES if axis != "region" or regions]
    indicators = {
        f"{axis}_{name}": IndicatorInfo(axis, *draw(st.sampled_from(RANGES)))
        for axis in axes
        for name in "abc"[: draw(st.integers(1, 3))]
    }
    return Vocabulary(
        indicators=indicators,
        sectors=sectors,
        regions=regions,
        instruments={"zones": "sector", "foresight": "nation"},
        events={"cut-off": "nation", "strike": "sector"},
        situations={"slump": "nation", "glut": "sector"},
        balances=("growth",),
    )


@dataclass(frozen=True)
class Spot:
    """Where a piece of text goes: `here` may stand bare; `outer` is outside of any aggregate."""

    vocabulary: Vocabulary
    here: Axis
    outer: bool = True
    lagged: bool = False
    ending: bool = False
    depth: int = 3

    def deeper(self) -> Spot:
        return replace(self, depth=self.depth - 1)

    def within(self, axis: Axis) -> Spot:
        return replace(self, here=axis, outer=False, depth=self.depth - 1)

    def axes(self) -> list[Axis]:
        return [axis for axis in ("sector", "region") if self.names(axis)]

    def names(self, axis: Axis) -> list[str]:
        """Every numeric series of an axis that may be read here."""
        vocabulary = self.vocabulary
        found = [name for name, info in vocabulary.indicators.items() if info.axis == axis]
        if self.ending and not self.lagged:
            found += [f"after.{name}" for name in found]
        for instrument, own in vocabulary.instruments.items():
            if own == axis:
                found += [f"support.{instrument}", f"spend.{instrument}"]
        if not self.lagged:
            found += [name for name, (own, _, _) in SPECIALS.items() if own == axis]
            for event, own in vocabulary.events.items():
                if own == axis:
                    found += [f'times("{event}")', f"years_since('{event}')"]
        if axis == "nation":
            found += [
                f"nation.{name}" for name, i in vocabulary.indicators.items() if i.axis == axis
            ]
            if not self.lagged:
                found += ['counter("strikes")', *(f"balance.{b}" for b in self.balances())]
        return found

    def balances(self) -> tuple[str, ...]:
        return self.vocabulary.balances if self.ending else ()

    def conditions(self) -> list[str]:
        """Every condition that needs no comparison."""
        if self.lagged:
            return ["true", "false"]
        near = {"nation", self.here}
        vocabulary = self.vocabulary
        found = ["true", "false", 'flag("promised")']
        for name, axis in vocabulary.events.items():
            if axis in near or self.outer:
                found.append(f'fired("{name}")')
        for name, axis in vocabulary.situations.items():
            if axis in near or self.outer:
                found.append(f'active("{name}")')
        return found


@st.composite
def series(draw: st.DrawFn, spot: Spot, axis: Axis) -> str:
    return draw(st.sampled_from(spot.names(axis)))


@st.composite
def picked(draw: st.DrawFn, spot: Spot) -> str:
    """A series, or a whole expression, in one named place."""
    axis = draw(st.sampled_from(spot.axes()))
    place = draw(st.sampled_from(spot.vocabulary.places(axis)))
    if spot.depth <= 0 or draw(st.booleans()):
        return f"{draw(series(spot, axis))}[{place}]"
    return f"({draw(varying(spot.within(axis)))})[{place}]"


@st.composite
def varying(draw: st.DrawFn, spot: Spot) -> str:
    """A number that surely varies over the axis of the spot."""
    name = draw(series(spot, spot.here))
    if spot.depth <= 0 or draw(st.booleans()):
        return name
    op = draw(st.sampled_from("+-*"))
    return f"{name} {op} clamp({draw(numbers(spot.deeper()))}, -2, 2)"


@st.composite
def simple(draw: st.DrawFn, spot: Spot) -> str:
    kinds = ["literal", "nation", "here", "picked"]
    match draw(st.sampled_from(kinds)):
        case "nation":
            return draw(series(spot, "nation"))
        case "here" if spot.names(spot.here):
            return draw(series(spot, spot.here))
        case "picked":
            return draw(picked(replace(spot, depth=0)))
    return draw(st.sampled_from(LITERALS))


SHAPES = [
    "{a} + {b}",
    "{a} - {b}",
    "({a} - {b}) - {c}",
    "{a} * clamp({b}, -3, 3)",
    "({a} + {b}) * 0.5",
    "{a} / (abs({b}) + 0.5)",
    "{a} / max({b}, 0.25)",
    "-({a})",
    "({a}) if {p} else ({b})",
    "min({a}, {b})",
    "max({a}, {b}, {c})",
    "abs({a})",
    "sqrt({a})",
    "clamp({a}, {b}, {b} + 1)",
    "clamp({a}, -1, 1)",
    "ramp({a}, 0.2, 0.8)",
    "ramp({a}, 10, -10)",
    "saturate({a}, abs({b}) + 0.5)",
    "lerp({a}, {b}, clamp({c}, 0, 1))",
    "lerp({a}, {b}, 25%)",
    "clamp(div({a}, {b}, {c}), -10, 10)",
    "clamp(1 - div(abs({a}), abs({b}), 1), -10, 10)",
    "div(abs({a}), abs({a}) + abs({b}), 0)",
]
WHOLE = ["sum({v})", "mean({v})", "largest({v})", "smallest({v})", "largest(share(abs({v})))"]


@st.composite
def numbers(draw: st.DrawFn, spot: Spot) -> str:
    """The text of a number."""
    if spot.depth <= 0:
        return draw(simple(spot))
    deeper = spot.deeper()
    match draw(
        st.sampled_from(["simple", *["shape"] * 7, "whole", "count", "picked", "lag", "share"])
    ):
        case "simple":
            return draw(simple(spot))
        case "whole":
            axis = draw(st.sampled_from(spot.axes()))
            return draw(st.sampled_from(WHOLE)).format(v=draw(varying(spot.within(axis))))
        case "count":
            axis = draw(st.sampled_from(spot.axes()))
            inside = spot.within(axis)
            return f"count({draw(varying(inside))} > ({draw(numbers(inside.deeper()))}))"
        case "picked":
            return draw(picked(spot))
        case "lag" if not spot.lagged:
            function = draw(st.sampled_from(["previous", "change"]))
            return f"{function}({draw(numbers(replace(deeper, lagged=True)))})"
        case "share" if spot.here != "nation":
            return f"share(abs({draw(varying(deeper))}))"
    shape = draw(st.sampled_from(SHAPES))
    parts = {key: f"({draw(numbers(deeper))})" for key in "abc" if f"{{{key}}}" in shape}
    if "{p}" in shape:
        parts["p"] = draw(conditions(deeper))
    return shape.format(**parts)


@st.composite
def conditions(draw: st.DrawFn, spot: Spot) -> str:
    """The text of a condition."""
    deeper = spot.deeper()
    shapes = ["plain", "compare"] if spot.depth <= 0 else ["compare", "chain", "and", "or", "not"]
    match draw(st.sampled_from(shapes)):
        case "plain":
            return draw(st.sampled_from(spot.conditions()))
        case "compare":
            sign = draw(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
            return f"({draw(numbers(deeper))}) {sign} ({draw(numbers(deeper))})"
        case "chain":
            low, x, high = (draw(numbers(replace(spot, depth=0))) for _ in range(3))
            return f"{low} <= {x} < {high}"
        case "not":
            return f"not ({draw(conditions(deeper))})"
        case joiner:
            return f"({draw(conditions(deeper))}) {joiner} ({draw(conditions(deeper))})"


@st.composite
def rules(
    draw: st.DrawFn,
    vocabulary: Vocabulary,
    scope: Axis = "nation",
    want: Want = "number",
    *,
    ending: bool = False,
    depth: int = 3,
) -> tuple[str, Expression]:
    """A well-typed text and its meaning. Texts that outgrow a limit are thrown away."""
    spot = Spot(vocabulary, scope, ending=ending, depth=depth - draw(st.sampled_from([0, 0, 1, 2])))
    text = draw(numbers(spot) if want == "number" else conditions(spot))
    try:
        return text, check(text, vocabulary, scope=scope, want=want, ending=ending)
    except RuleError as error:
        # An event of a sector within a share over regions reads both: no rule, and rare.
        mixed = "both are read here" in error.message
        if error.slug not in ("unbounded", "too-long", "too-deep", "range") and not mixed:
            raise
        assume(False)
        raise


@st.composite
def scopes(draw: st.DrawFn, vocabulary: Vocabulary) -> Axis:
    """A row's axis that the vocabulary has places for."""
    return draw(st.sampled_from([a for a in AXES if a == "nation" or vocabulary.places(a)]))


def values(one: Series, vocabulary: Vocabulary) -> st.SearchStrategy[float]:
    """What a series may hold in one place: its bounds and every number between."""
    low, high = vocabulary.series_bounds(one)
    match one.kind:
        case "flag" | "fired" | "active":
            return st.sampled_from([0.0, 1.0])
        case "times" | "since":
            return st.integers(0, 999).map(float)
        case "counter":
            return st.integers(-9, 9).map(float)
    ends = [end for end in (low, high, 0.0, 0.5) if low <= end <= high]
    return st.one_of(st.sampled_from(ends), st.floats(low, high))


Readings = Mapping[Read, float | list[float]]


@st.composite
def readings(draw: st.DrawFn, expression: Expression, vocabulary: Vocabulary) -> Readings:
    """Values within bounds for all that an expression reads; keys are reads without an index."""
    found: dict[Read, float | list[float]] = {}
    whole = {replace(read, index=None) for read in leaves(expression)}
    for read in sorted(whole, key=lambda r: (r.series.kind, r.series.name, r.lagged)):
        value = values(read.series, vocabulary)
        if read.series.axis == "nation":
            found[read] = draw(value)
        else:
            count = len(vocabulary.places(read.series.axis))
            found[read] = draw(st.lists(value, min_size=count, max_size=count))
    return found


def reader(found: Readings) -> Reader:
    """How the oracle reads the values that were drawn."""

    def read(wanted: Read) -> float | list[float]:
        value = found[replace(wanted, index=None)]
        if wanted.index is None:
            return value
        assert isinstance(value, list)
        return value[wanted.index]

    return read
