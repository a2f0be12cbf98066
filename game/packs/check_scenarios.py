"""Scenarios, strategies, proposals and experiments: money goes where it can go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from game.packs import catalogue as say
from game.packs.check_context import Checked, Context, parted
from game.packs.diagnostics import DataPath
from game.packs.merge import Placed
from game.packs.schema_campaign import Bequest, Ending, Scenario
from game.packs.schema_events import Dossier, Event, Proposal
from game.packs.schema_lab import Experiment, PlanEntry, Strategy
from game.packs.schema_model import Indicator, InstrumentEntry, Place
from game.rules import suggest


def check_scenarios(context: Context) -> None:
    """Check what campaigns, proposals and planners say about money, people and years."""
    checked = [one for one in context.checked if one.placed.kind in ("scenario", "ending")]
    for placed, scenario in context.of("scenario", Scenario):
        _scenario(context, placed, scenario, checked)
    for placed, bequest in context.of("bequest", Bequest):
        _spending(context, placed, bequest.inherited, ("inherited",))
    for placed, proposal in context.of("proposal", Proposal):
        for place, dossier in enumerate(proposal.dossiers):
            _dossier(context, placed, dossier, ("also", place - 1) if place else ())
    for placed, strategy in context.of("strategy", Strategy):
        for place, plan in enumerate(strategy.plans):
            check_plan(context, placed, plan, ("plans", place))
    for placed, experiment in context.of("experiment", Experiment):
        _experiment(context, placed, experiment)
    places: tuple[Literal["sector", "region"], ...] = ("sector", "region")
    for kind in places:
        for placed, somewhere in context.of(kind, Place):
            check_starts(context, placed, somewhere.start, ("start",), kind)
    for placed, indicator in context.of("indicator", Indicator):
        if indicator.start is not None:
            _within(context, placed, indicator, indicator.start, ("start",))


def _scenario(context: Context, placed: Placed, scenario: Scenario, checked: list[Checked]) -> None:
    check_starts(context, placed, scenario.starts_from, ("starts_from",), None)
    _spending(context, placed, scenario.inherited, ("inherited",))
    for place, dossier in enumerate(scenario.carried):
        _dossier(context, placed, dossier, ("carried", place))
    context.twice(placed, [one.id for one in scenario.balances], "balance", ("balances",))
    for one in checked:
        if one.placed is placed and one.path[:1] == ("balances",) and one.path[-1] == "is":
            low, high = context.analysis.interval(one.expression)
            if low < 0 or high > 100:
                low_text, high_text = f"{low:.6g}", f"{high:.6g}"
                context.say(placed, say.BALANCE_BOUNDS, one.path, low=low_text, high=high_text)
    if scenario.capital is not None:
        found = context.merged.entries["indicator"].get(scenario.capital)
        if found and isinstance(found.entry, Indicator):
            entry = found.entry
            if entry.scope != "nation" or entry.computed:
                why = "capital is a stored national indicator"
                context.say(placed, say.BAD_TARGET, ("capital",), id=entry.id, why=why)
    _last_ending(context, placed, scenario, checked)


def _last_ending(
    context: Context, placed: Placed, scenario: Scenario, checked: list[Checked]
) -> None:
    known = context.merged.entries["ending"]
    endings = [known.get(name) for name in scenario.endings or known]
    if not endings or None in endings:
        return
    sure = {
        one.placed.entry.id
        for one in checked
        if one.placed.kind == "ending"
        and one.path == ("when",)
        and context.analysis.interval(one.expression) == (1, 1)
    }
    for found in endings:
        entry = found.entry if found else None
        if isinstance(entry, Ending) and (entry.when is None or entry.id in sure):
            return
    context.say(placed, say.NO_LAST_ENDING, ("endings",), at="key", id=scenario.id)


def _instrument(context: Context, name: str) -> InstrumentEntry | None:
    found = context.merged.entries["instrument"].get(name)
    return found.entry if found and isinstance(found.entry, InstrumentEntry) else None


def _spending(
    context: Context, placed: Placed, spending: Mapping[str, Any], base: DataPath
) -> None:
    for name, amount in spending.items():
        entry = _instrument(context, name)
        if entry and entry.scope == "nation" and isinstance(amount, Mapping):
            why = "it is national, so it takes one amount"
            context.say(placed, say.BAD_TARGET, (*base, name), at="key", id=name, why=why)


def _dossier(context: Context, placed: Placed, dossier: Dossier, base: DataPath) -> None:
    for place, name in enumerate(dossier.lines):
        entry = _instrument(context, name)
        if entry is None:
            continue
        why = None
        if dossier.sector is not None and entry.scope != "sector":
            why = "it is national, and the dossier is a sector's"
        elif dossier.channel is not None and entry.scope != "nation":
            why = "it goes by sector, and the dossier is a channel's"
        elif dossier.channel is not None and entry.channel != dossier.channel:
            why = f"it belongs to the channel {entry.channel}"
        if why:
            context.say(placed, say.BAD_TARGET, (*base, "lines", place), id=name, why=why)
    context_lines = list(dossier.lines)
    if len(set(context_lines)) < len(context_lines):
        problem = "a line is there twice"
        context.say(placed, say.SHAPE, (*base, "lines"), problem=problem)


def check_plan(context: Context, placed: Placed, plan: PlanEntry, base: DataPath) -> None:
    """Check the money and the answers of one plan of a planner."""
    _spending(context, placed, plan.allocate, (*base, "allocate"))
    _spending(context, placed, plan.shift, (*base, "shift"))
    for event, choice in plan.choices.items():
        found = context.merged.entries["event"].get(event)
        if found and isinstance(found.entry, Event):
            ids = [one.id for one in found.entry.choices]
            if choice not in ids:
                hint = f"Choices: {', '.join(ids)}." if ids else "The event asks nothing."
                path = (*base, "choices", event)
                context.say(placed, say.UNKNOWN_ID, path, hint=hint, kind="choice", id=choice)


def _experiment(context: Context, placed: Placed, experiment: Experiment) -> None:
    for name, arm in experiment.arms.items():
        for place, plan in enumerate(arm.plans):
            check_plan(context, placed, plan, ("arms", name, "plans", place))
        check_starts(context, placed, arm.start, ("arms", name, "start"), None)
    for place, one in enumerate(experiment.expect):
        for side in ("lower", "higher", "than", "arm"):
            named = getattr(one, side)
            if named is not None and named not in experiment.arms:
                near = suggest(named, experiment.arms)
                hint = f"Did you mean '{near}'?" if near else f"Arms: {', '.join(experiment.arms)}."
                path = ("expect", place, side)
                context.say(placed, say.UNKNOWN_ID, path, hint=hint, kind="arm", id=named)
    found = context.merged.entries["scenario"].get(experiment.scenario)
    if found and isinstance(found.entry, Scenario):
        _years(context, placed, experiment, found.entry)


def _years(context: Context, placed: Placed, experiment: Experiment, scenario: Scenario) -> None:
    """What is measured and forced must lie in the scenario; events begin with its first year."""
    years: list[tuple[DataPath, int | None, int]] = [
        (("expect", place, "at"), one.at, scenario.start - 1)
        for place, one in enumerate(experiment.expect)
    ]
    for name, arm in experiment.arms.items():
        for event, year in arm.force.items():
            years.append((("arms", name, "force", event), year, scenario.start))
    check_years(context, placed, scenario, years)


def check_years(
    context: Context,
    placed: Placed,
    scenario: Scenario,
    years: Iterable[tuple[DataPath, int | None, int]],
) -> None:
    """Years that an entry names must be ones that its scenario plays.

    Args:
        context: takes what is wrong.
        placed: the entry.
        scenario: the scenario that it names.
        years: where each year stands, the year where there is one, and the first that is right.
    """
    for path, year, first in years:
        if year is not None and not first <= year <= scenario.final_year:
            context.say(
                placed,
                say.NOT_PLANNED,
                path,
                year=year,
                id=scenario.id,
                first=first,
                last=scenario.final_year,
            )


def check_starts(
    context: Context,
    placed: Placed,
    values: Mapping[str, float],
    base: DataPath,
    scope: str | None,
) -> None:
    """Check numbers at the start against the bounds of their indicators."""
    for target, value in values.items():
        found = context.merged.entries["indicator"].get(parted(target)[0])
        if not found or not isinstance(found.entry, Indicator):
            continue
        path = (*base, target)
        indicator = found.entry
        if scope is not None and (indicator.computed or indicator.scope != scope):
            why = "it is computed" if indicator.computed else f"it is not kept for each {scope}"
            context.say(placed, say.BAD_TARGET, path, at="key", id=target, why=why)
        else:
            _within(context, placed, indicator, value, path)


def _within(
    context: Context, placed: Placed, indicator: Indicator, value: float, path: DataPath
) -> None:
    low, high = indicator.bounds
    if not low <= value <= high:
        context.say(
            placed,
            say.START_BOUNDS,
            path,
            value=f"{value:.12g}",
            hint=f"Write {value / 100:.6g}."
            if (low, high) == (0, 1) and 1 < value <= 100
            else None,
            low=f"{low:.12g}",
            high=f"{high:.12g}",
            id=indicator.id,
        )
