"""Choices that nobody can pay, situations that end as they start, clocks that never strike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.packs import catalogue as say
from game.packs.check_conditions import NEVER
from game.packs.check_context import Context, Index, figure
from game.packs.diagnostics import DataPath
from game.packs.merge import Placed
from game.packs.schema_campaign import Scenario
from game.packs.schema_events import Choice, Event, Happening, Proposal, Situation
from game.packs.schema_model import Indicator
from game.rules import Expression
from game.rules.expression import Compare, Logic, Number
from game.rules.vocabulary import Interval

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class _Means:
    """The most that any campaign of the packs can pay; None where nothing is known."""

    budget: float | None
    capital: tuple[str, float] | None
    slots: int | None
    owed: frozenset[str] | None


def check_choices(context: Context) -> None:
    """Say what the bounds prove about events and situations one by one."""
    checked = context.index
    means = _means(context, checked)
    for placed, event in context.of("event", Event):
        if event.choices:
            _choices(context, placed, event, means, checked)
        _clock(context, placed, event, checked)
    for placed, situation in context.of("situation", Situation):
        _thresholds(context, placed, checked)
        _clock(context, placed, situation, checked)


def _means(context: Context, checked: Index) -> _Means:
    scenarios = list(context.of("scenario", Scenario))
    if not scenarios or context.lost("scenario"):
        return _Means(None, None, None, _owed(context))
    budgets = [checked.get((id(placed), ("budget",))) for placed, _ in scenarios]
    most = [context.analysis.interval(one.expression)[1] for one in budgets if one is not None]
    slots = [
        one.desk.slots + (one.desk.bonus.slots if one.desk.bonus else 0) for _, one in scenarios
    ]
    return _Means(
        max(most) if len(most) == len(scenarios) else None,
        _capital(context, [one for _, one in scenarios]),
        max(slots),
        _owed(context),
    )


def _capital(context: Context, scenarios: list[Scenario]) -> tuple[str, float] | None:
    """The capital that can be had most, where every scenario keeps some."""
    found = []
    for scenario in scenarios:
        placed = context.merged.entries["indicator"].get(scenario.capital or "")
        if placed is None or not isinstance(placed.entry, Indicator):
            return None
        found.append((placed.entry.bounds[1], placed.entry.id))
    most, name = max(found)
    return name, most


def _owed(context: Context) -> frozenset[str] | None:
    """The people who can come to owe a favour: through a pledge, or because an effect says so."""
    if context.lost("proposal", "event", "situation", "scenario"):
        return None
    found = {one.pledge.to for _, one in context.of("proposal", Proposal) if one.pledge}
    for placed in context.all():
        if placed.kind not in ("event", "situation"):
            continue
        inside = context.memory.leaves(placed.entry)
        for leaf in (*inside.names, *inside.memories):
            if leaf.path[-2:] == ("pledge", "to"):
                found.add(str(leaf.value))
            elif leaf.path[-2:-1] == ("count",) and str(leaf.path[-1]).endswith(".favours"):
                found.add(str(leaf.path[-1]).removesuffix(".favours"))
    return frozenset(found)


def _choices(context: Context, placed: Placed, event: Event, means: _Means, checked: Index) -> None:
    closed = 0
    for place, choice in enumerate(event.choices):
        path: DataPath = ("choices", place)
        when = checked.get((id(placed), (*path, "when")))
        shut = when is not None and context.analysis.interval(when.expression) == NEVER
        money = checked.get((id(placed), (*path, "costs", "money")))
        least = context.analysis.interval(money.expression)[0] if money is not None else 0.0
        why = _too_dear(event, choice, least, means)
        if why is not None:
            field, reason = why
            where: DataPath = (*path, "costs", field)
            context.say(placed, say.TOO_DEAR, where, id=choice.id, why=reason)
        closed += shut or why is not None
    if closed == len(event.choices):
        context.say(placed, say.NO_CHOICE_LEFT, ("choices",), at="key", id=event.id)


def _too_dear(event: Event, choice: Choice, least: float, means: _Means) -> tuple[str, str] | None:
    """The part of a price that cannot be paid, and why; a favour may pay what `by` asks."""
    costs = choice.costs
    if costs.favour is not None and means.owed is not None and costs.favour not in means.owed:
        who = costs.favour
        return "favour", f"no pledge is made to '{who}', so '{who}' never owes a favour"
    if means.slots is not None and costs.dossier > means.slots:
        taken = f"it takes {costs.dossier} dossiers of the next desk"
        return "dossier", f"{taken}, and no desk here holds more than {means.slots}"
    if event.by is not None:
        return None
    if means.budget is not None and least > means.budget:
        price = f"it costs at least {figure(least)}"
        return "money", f"{price}, and no budget here is above {figure(means.budget)}"
    if means.capital is not None and costs.capital > means.capital[1]:
        name, most = means.capital
        price = f"it costs {figure(costs.capital)} capital"
        return "capital", f"{price}, and '{name}' ends at {figure(most)}"
    return None


def _clock(context: Context, placed: Placed, entry: Happening, checked: Index) -> None:
    one = checked.get((id(placed), ("clock", "of")))
    if entry.clock is None or one is None:
        return
    low, high = context.analysis.interval(one.expression)
    strikes = entry.clock.strikes
    if not low <= strikes <= high:
        context.say(
            placed,
            say.CLOCK_NEVER,
            ("clock", "strikes"),
            low=figure(low),
            high=figure(high),
            strikes=figure(strikes),
        )


def _thresholds(context: Context, placed: Placed, checked: Index) -> None:
    """Say of a situation that it ends wherever it starts."""
    starts = checked.get((id(placed), ("starts",)))
    ends = checked.get((id(placed), ("ends",)))
    if starts is None or ends is None:
        return
    for first in _flat(starts.expression, "and"):
        for last in _flat(ends.expression, "or"):
            one, other = _span(context, first), _span(context, last)
            if one and other and one[0] == other[0] and _within(one[1], other[1]):
                context.say(
                    placed,
                    say.ENDS_AS_IT_STARTS,
                    ("ends",),
                    related=(placed.origin_of(("starts",)),),
                    starts=starts.text,
                    ends=ends.text,
                )
                return


def _flat(expression: Expression, op: str) -> Iterator[Expression]:
    if isinstance(expression, Logic) and expression.op == op:
        yield from _flat(expression.left, op)
        yield from _flat(expression.right, op)
    else:
        yield expression


_Ray = tuple[Interval, tuple[bool, bool]]


def _span(context: Context, expression: Expression) -> tuple[Expression, _Ray] | None:
    """The number that a comparison with a constant reads, and where it holds; ends may be open."""
    if not isinstance(expression, Compare):
        return None
    op, operand, limit = expression.op, expression.left, expression.right
    if isinstance(operand, Number):
        op, operand, limit = _FLIPPED.get(op, op), limit, operand  # type: ignore[assignment]
    if not isinstance(limit, Number) or isinstance(operand, Number) or op not in _FLIPPED:
        return None
    low, high = context.analysis.interval(operand)
    if not low <= limit.value <= high:
        return None
    if op in ("<", "<="):
        return operand, ((low, limit.value), (False, op == "<"))
    return operand, ((limit.value, high), (op == ">", False))


def _within(one: _Ray, other: _Ray) -> bool:
    (low, high), (low_open, high_open) = one
    (least, most), (least_open, most_open) = other
    above = low > least or (low == least and (low_open or not least_open))
    below = high < most or (high == most and (high_open or not most_open))
    return above and below
