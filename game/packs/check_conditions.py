"""Conditions that the declared bounds decide, and the clause that does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.packs import catalogue as say
from game.packs.check_context import Checked, Context, figure
from game.packs.schema_campaign import Scenario
from game.rules import Expression, leaves, parse
from game.rules.bounds import Analysis
from game.rules.expression import Aggregate, Choose, Compare, Logic, Not, Number, Series, children
from game.rules.printer import show
from game.rules.syntax import BinarySyntax, Syntax, UnarySyntax
from game.rules.vocabulary import Interval, Vocabulary

NEVER: Interval = (0.0, 0.0)
ALWAYS: Interval = (1.0, 1.0)
AFTERWARDS = 10
"""Years that are carried on past the last plan, for the endings."""
_HINTS = {("ends",): "The situation would never end.", ("starts",): "It would never begin."}


@dataclass(frozen=True)
class _Played(Vocabulary):
    """The same words, where the calendar is that of the scenarios at hand."""

    first: int = 0
    last: int = 0

    def series_bounds(self, series: Series) -> Interval:
        """The least and the greatest number that a series can hold."""
        if series.kind == "special" and series.name == "year":
            return float(self.first), float(self.last)
        return super().series_bounds(series)


def check_conditions(context: Context) -> None:
    """Say which conditions, and which parts of them, are decided before anything is played."""
    played = _calendar(context)
    said: set[tuple[str, str]] = set()
    for one in context.checked:
        if not isinstance(one.expression, (Compare, Logic, Not)):
            _tests(context, one)
            continue
        low, high = context.analysis.interval(one.expression)
        if low == high:
            if leaves(one.expression):
                _decided(context, context.analysis, one)
        elif played and "year" in one.text and played.interval(one.expression) == NEVER:
            _decided(context, played, one)
        elif isinstance(one.expression, (Logic, Not)):
            for part, interval in _parts(context.analysis, one.expression):
                _part(context, one, part, interval, said)


def _calendar(context: Context) -> Analysis | None:
    """Intervals for the years that are played; None where no scenario says which."""
    scenarios = [scenario for _, scenario in context.of("scenario", Scenario)]
    if not scenarios or "scenario" in context.merged.unread:
        return None
    known = context.vocabulary
    return Analysis(
        _Played(
            known.indicators,
            known.sectors,
            known.regions,
            known.instruments,
            known.events,
            known.situations,
            known.balances,
            first=min(one.start for one in scenarios) - 1,
            last=max(one.final_year for one in scenarios) + AFTERWARDS,
        )
    )


def _decided(context: Context, analysis: Analysis, one: Checked) -> None:
    holds = analysis.interval(one.expression) == ALWAYS
    clause = _decider(analysis, one.expression)
    told = _told(context, analysis, clause)
    if clause is not one.expression:
        told = f"{told} decides it"
    context.say(
        one.placed,
        say.ALWAYS if holds else say.NEVER,
        one.path,
        span=_span(one.text, one.expression, clause),
        hint=None if holds else _HINTS.get(one.path),  # type: ignore[arg-type]
        expression=told,
    )


def _part(
    context: Context, one: Checked, part: Expression, interval: Interval, said: set[tuple[str, str]]
) -> None:
    clause = _decider(context.analysis, part)
    told = _told(context, context.analysis, clause)
    where = (f"{one.placed.kind}/{one.placed.entry.id}", f"{one.path}{told}")
    if where in said:
        return
    said.add(where)
    context.say(
        one.placed,
        say.PART_ALWAYS if interval == ALWAYS else say.PART_NEVER,
        one.path,
        span=_span(one.text, one.expression, clause),
        expression=told,
    )


def _tests(context: Context, one: Checked) -> None:
    """What is chosen by `if` inside a number, and what is counted."""
    if " if " not in one.text and "count(" not in one.text:
        return
    stack = [one.expression]
    said: set[tuple[str, str]] = set()
    while stack:
        node = stack.pop()
        stack.extend(children(node))
        test = node.test if isinstance(node, Choose) else None
        if isinstance(node, Aggregate) and node.reduction == "count":
            test = node.operand
        if test is not None and leaves(test):
            interval = context.analysis.interval(test)
            if interval in (NEVER, ALWAYS):
                _part(context, one, test, interval, said)


def _parts(analysis: Analysis, node: Expression) -> Iterator[tuple[Expression, Interval]]:
    """The parts of an open condition that add nothing to it."""
    if isinstance(node, Not):
        yield from _parts(analysis, node.operand)
    if not isinstance(node, Logic):
        return
    for part in (node.left, node.right):
        interval = analysis.interval(part)
        if interval in (NEVER, ALWAYS):
            if leaves(part):
                yield part, interval
        else:
            yield from _parts(analysis, part)


def _decider(analysis: Analysis, node: Expression) -> Expression:
    """The smallest part of a decided condition that alone decides it."""
    while True:
        interval = analysis.interval(node)
        if isinstance(node, Not):
            node = node.operand
            continue
        if isinstance(node, Logic) and (node.op == "and") == (interval == NEVER):
            node = next(
                part for part in (node.left, node.right) if analysis.interval(part) == interval
            )
            continue
        return node


def _told(context: Context, analysis: Analysis, clause: Expression) -> str:
    """A clause, and between what its numbers lie."""
    text = show(clause, context.vocabulary)
    if not isinstance(clause, Compare):
        return text
    parts = []
    for side in (clause.left, clause.right):
        if not isinstance(side, Number):
            low, high = analysis.interval(side)
            name = show(side, context.vocabulary)
            between = f"is {figure(low)}" if low == high else f"is {figure(low)} to {figure(high)}"
            parts.append(f"{name if len(name) <= 40 else 'one side'} {between}")
    return f"{text} ({', '.join(parts)})"


def _span(text: str, expression: Expression, clause: Expression) -> tuple[int, int] | None:
    """Where a clause stands in the text of its condition, as far as `and`, `or` and `not` go."""
    if clause is expression:
        return None
    todo: list[tuple[Expression, Syntax]] = [(expression, parse(text))]
    while todo:
        node, syntax = todo.pop()
        if _inside(node, clause) and not isinstance(syntax, (BinarySyntax, UnarySyntax)):
            return syntax.start, syntax.end
        if node is clause:
            return syntax.start, syntax.end
        if isinstance(node, Logic) and isinstance(syntax, BinarySyntax):
            # The left one is looked at first: a clause may stand there twice, as one node.
            todo.extend([(node.right, syntax.right), (node.left, syntax.left)])
        elif isinstance(node, Not) and isinstance(syntax, UnarySyntax):
            todo.append((node.operand, syntax.operand))
    return None


def _inside(node: Expression, clause: Expression) -> bool:
    """Whether a clause is a part of a chain of comparisons."""
    return node is clause or (
        isinstance(node, Logic) and any(_inside(part, clause) for part in (node.left, node.right))
    )
