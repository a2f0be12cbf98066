"""The expressions of one model: checked once, with balances spelt out and aggregates hoisted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from game.rules import Vocabulary, bounds, canonical, check, leaves
from game.rules.bounds import UnprovableError
from game.rules.expression import (
    Aggregate,
    Arithmetic,
    Axis,
    Expression,
    Read,
    Series,
    children,
)
from game.rules.rewrite import rebuilt

Want = Literal["number", "condition", "either"]


@dataclass
class Expressions:
    """Checks texts against a pack's vocabulary and remembers what they read of the year before.

    Attributes:
        vocabulary: what can be named.
        balances: the texts of the scenario's balances.
        known: texts that have been checked against this vocabulary before.
        hoisted: aggregates that an event reads, by the hidden series that holds each.
        lagged: series that something reads of the year before.
    """

    vocabulary: Vocabulary
    balances: Mapping[str, str]
    known: Mapping[tuple[str, Axis, Want, bool], Expression] = field(default_factory=dict)
    hoisted: dict[Aggregate, Series] = field(default_factory=dict)
    lagged: dict[Series, None] = field(default_factory=dict)
    _checked: dict[tuple[str, Axis, Want, bool], Expression] = field(default_factory=dict)
    _reads: set[Read] = field(default_factory=set)
    """What anything checked so far reads."""

    def number(self, text: str, scope: Axis = "nation", *, ending: bool = False) -> Expression:
        """A text that gives a number."""
        return self._check(text, scope, "number", ending)

    def condition(self, text: str, scope: Axis = "nation", *, ending: bool = False) -> Expression:
        """A text that is true or false."""
        return self._check(text, scope, "condition", ending)

    def either(self, text: str, scope: Axis = "nation", *, ending: bool = False) -> Expression:
        """A text that is one or the other: a measure."""
        return self._check(text, scope, "either", ending)

    def checked(
        self,
        text: str,
        scope: Axis,
        want: Want,
        *,
        ending: bool = False,
    ) -> Expression:
        """A text checked for what is wanted of it."""
        return self._check(text, scope, want, ending)

    def remembered(self, kind: Literal["flag", "counter"]) -> set[str]:
        """The flags or counters that anything checked so far reads."""
        return {read.series.name for read in self._reads if read.series.kind == kind}

    def hoist(self, expression: Expression) -> Expression:
        """The same with each aggregate replaced by a hidden national series."""
        if isinstance(expression, Aggregate):
            name = f"aggregate {len(self.hoisted)}"
            series = self.hoisted.setdefault(expression, Series("hidden", name, "nation"))
            return Read(series)
        return rebuilt(expression, map(self.hoist, children(expression)))

    def _check(self, text: str, scope: Axis, want: Want, ending: bool) -> Expression:
        key = (text, scope, want, ending)
        found = self._checked.get(key)
        if found is None:
            checked = self.known.get(key)
            if checked is None:
                checked = check(text, self.vocabulary, scope=scope, want=want, ending=ending)
            if any(read.series.kind == "balance" for read in leaves(checked)):
                checked = self._spelt_out(checked)
            found = self._ordered(checked)
            self._checked[key] = found
            reads = leaves(found)
            self._reads.update(reads)
            for read in sorted((one for one in reads if one.lagged), key=repr):
                for series in behind(read.series):
                    self.lagged[series] = None
        return found

    def strengthened(self, expression: Expression, strength: Read) -> Expression:
        """A rule's rate with its strength as one more factor."""
        if canonical(expression) != expression:
            return Arithmetic("*", strength, expression)
        return canonical(Arithmetic("*", strength, expression))

    def _ordered(self, expression: Expression) -> Expression:
        """The canonical tree, or the one written where the other might pass what a float holds.

        `1e12 * x * 1e12` is checked in this order: there is no limit to what its constants make
        together.
        """
        found = canonical(expression)
        if found != expression:
            try:
                bounds(found, self.vocabulary)
            except UnprovableError:
                return expression
        return found

    def _spelt_out(self, expression: Expression) -> Expression:
        """Balances replaced by what the scenario says they are."""
        if isinstance(expression, Read) and expression.series.kind == "balance":
            return self.number(self.balances[expression.series.name])
        return rebuilt(expression, map(self._spelt_out, children(expression)))


def behind(series: Series) -> tuple[Series, ...]:
    """The rows that must be kept for a year so that a series can be read a year late."""
    if series.kind != "spend":
        return (series,)
    return (
        Series("special", "lines_scale", "nation"),
        Series("planned", series.name, series.axis),
        Series("locked", series.name, series.axis),
    )
