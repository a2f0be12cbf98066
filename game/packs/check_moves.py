"""What rules and effects do to the indicators that they move, as far as the bounds prove it."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

from game.packs import catalogue as say
from game.packs.check_context import Checked, Context, figure, parted
from game.packs.schema_campaign import Bequest, Scenario
from game.packs.schema_model import Indicator, Place, Rule
from game.rules.vocabulary import Interval

SPREAD = {"documented": 0.0, "calibrated": 0.10, "judgement": 0.25, "invented": 0.40}
"""By how much the strength of a rule may be drawn lower than written, by its grade."""


@dataclass(slots=True)
class _Movers:
    """The rules of an indicator with what each adds in a year, and whether all is known."""

    rules: list[tuple[Checked, Interval]] = field(default_factory=list)
    open: bool = False


def check_moves(context: Context) -> None:
    """Say which rules and effects move an indicator further than it can go."""
    movers: defaultdict[str, _Movers] = defaultdict(_Movers)
    for one in context.checked:
        entry = one.placed.entry
        if isinstance(entry, Rule):
            mover = movers[entry.adds_to]
            if one.path == ("rate",):
                mover.rules.append((one, _rate(context, one, entry)))
            else:
                mover.open = True
        elif one.path[-2:-1] == ("add",):
            name, _ = parted(str(one.path[-1]))
            movers[name].open = True
            _effect(context, one, name)
    for _, scenario in context.of("scenario", Scenario):
        if scenario.capital:
            movers[scenario.capital].open = True
    lost = context.lost("rule", "event", "situation", "scenario", "indicator")
    for name, mover in movers.items():
        if not (lost or context.bad or mover.open):
            _one_way(context, name, mover)


def _rate(context: Context, one: Checked, rule: Rule) -> Interval:
    """What a rule adds in a year at least and at most, at its weakest; told if it is too much."""
    weakest = 1.0 - SPREAD[rule.grade or "invented"]
    low, high = context.analysis.interval(one.expression)
    least = max(low, -high, 0.0) * weakest
    info = context.vocabulary.indicators.get(rule.adds_to)
    if info is not None and least > info.high - info.low:
        context.say(
            one.placed,
            say.RATE_TOO_LARGE,
            one.path,
            least=_least(low, least),
            id=rule.adds_to,
            low=figure(info.low),
            high=figure(info.high),
        )
    return (low * weakest if low > 0 else low), (high * weakest if high < 0 else high)


def _effect(context: Context, one: Checked, name: str) -> None:
    info = context.vocabulary.indicators.get(name)
    low, high = context.analysis.interval(one.expression)
    least = max(low, -high, 0.0)
    if info is not None and least > info.high - info.low:
        context.say(
            one.placed,
            say.EFFECT_TOO_LARGE,
            one.path,
            least=_least(low, least),
            id=name,
            low=figure(info.low),
            high=figure(info.high),
        )


def _least(low: float, least: float) -> str:
    return figure(least if low > 0 else -least)


def _one_way(context: Context, name: str, mover: _Movers) -> None:
    """Say where an indicator that all rules move one way must end before the campaign does."""
    placed = context.merged.entries["indicator"].get(name)
    if placed is None or not isinstance(placed.entry, Indicator) or not mover.rules:
        return
    low = sum(interval[0] for _, interval in mover.rules)
    high = sum(interval[1] for _, interval in mover.rules)
    if low <= 0 <= high or min(abs(low), abs(high)) == 0:
        return
    rises = low > 0
    least = low if rises else -high
    starts = _starts(context, placed.entry)
    start = min(starts) if rises else max(starts)
    bound = placed.entry.bounds[1] if rises else placed.entry.bounds[0]
    years = max(1, math.ceil(abs(bound - start) / least))
    longest = max(
        (one.final_year - one.start + 1 for _, one in context.of("scenario", Scenario)), default=0
    )
    if years > longest:
        return
    first, _ = mover.rules[0]
    context.say(
        first.placed,
        say.RUNS_TO_BOUND,
        first.path,
        related=tuple(one.placed.origin_of(one.path) for one, _ in mover.rules[1:]),
        id=name,
        way="rises" if rises else "falls",
        least=figure(least),
        start=figure(start),
        bound=figure(bound),
        years=years,
    )


def _starts(context: Context, indicator: Indicator) -> list[float]:
    """Every number at which the indicator may stand when a campaign begins."""
    found = [indicator.start if indicator.start is not None else indicator.bounds[0]]
    kinds = ("sector", "region")
    for kind in kinds:
        for _, place in context.of(kind, Place):  # type: ignore[arg-type]
            found.extend(value for key, value in place.start.items() if key == indicator.id)
    for _, scenario in context.of("scenario", Scenario):
        found.extend(
            value for key, value in scenario.starts_from.items() if parted(key)[0] == indicator.id
        )
    moved = [0.0]
    for _, bequest in context.of("bequest", Bequest):
        moved.extend(
            value for key, value in bequest.changes.items() if parted(key)[0] == indicator.id
        )
    low, high = indicator.bounds
    return [
        min(max(one + change, low), high) for one in found for change in (min(moved), max(moved))
    ]
