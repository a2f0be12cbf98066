"""Playthroughs: what they name is in the scenario, and can happen where and when they say."""

from __future__ import annotations

from collections.abc import Iterable

from game.packs import catalogue as say
from game.packs.check_conditions import check_conditions
from game.packs.check_context import Context, parted
from game.packs.check_expressions import check_expressions
from game.packs.check_references import check_references
from game.packs.check_scenarios import check_plan, check_starts, check_years
from game.packs.diagnostics import DataPath
from game.packs.merge import Placed
from game.packs.schema_campaign import Scenario
from game.packs.schema_events import Event, Happening
from game.packs.schema_lab import PlanEntry, Strategy
from game.packs.schema_tests import Outcome, Playthrough
from game.rules import suggest


def check_playthroughs(context: Context) -> None:
    """Check the playthroughs of a context, and nothing else of it."""
    check_references(context)
    check_expressions(context)
    check_conditions(context)
    for placed, one in context.of("playthrough", Playthrough):
        for place, plan in enumerate(one.plans):
            check_plan(context, placed, plan, ("plans", place))
        check_starts(context, placed, one.start, ("start",), None)
        found = context.merged.entries["scenario"].get(one.scenario)
        scenario = found.entry if found and isinstance(found.entry, Scenario) else None
        if scenario is not None:
            _years(context, placed, one, scenario)
            _in_play(context, placed, one, scenario)
        for place, outcome in enumerate(one.expect):
            _outcome(context, placed, outcome, ("expect", place), scenario)
            if outcome.happens is not None and outcome.happens not in one.force:
                _comes(context, placed, outcome.happens, ("expect", place, "happens"))
    context.tell_rest()


def _years(context: Context, placed: Placed, one: Playthrough, scenario: Scenario) -> None:
    """Events begin with the first year; a condition may hold at the end of the year before."""
    years: list[tuple[DataPath, int | None, int]] = [
        (("force", event), year, scenario.start) for event, year in one.force.items()
    ]
    for place, outcome in enumerate(one.expect):
        years.append((("expect", place, "at"), outcome.at, scenario.start - 1))
        for field, year in (
            ("by", outcome.by),
            ("in", outcome.year),
            ("not_before", outcome.not_before),
        ):
            years.append((("expect", place, field), year, scenario.start))
    check_years(context, placed, scenario, years)


def _in_play(context: Context, placed: Placed, one: Playthrough, scenario: Scenario) -> None:
    """What the plans fund must be among what the scenario offers."""
    if one.plays is not None:
        found = context.merged.entries["strategy"].get(one.plays)
        plans = found.entry.plans if found and isinstance(found.entry, Strategy) else ()
        _funded(context, placed, plans, scenario, strategy=True)
    _funded(context, placed, one.plans, scenario, strategy=False)


def _funded(
    context: Context,
    placed: Placed,
    plans: Iterable[PlanEntry],
    scenario: Scenario,
    *,
    strategy: bool,
) -> None:
    for place, plan in enumerate(plans):
        for field in ("allocate", "shift"):
            for name, given in getattr(plan, field).items():
                base: DataPath = ("plays",) if strategy else ("plans", place, field, name)
                if scenario.instruments != "all" and name not in scenario.instruments:
                    _elsewhere(context, placed, base, ("instrument", name), scenario)
                for sector in given if isinstance(given, dict) else ():
                    if scenario.sectors != "all" and sector not in scenario.sectors:
                        path = base if strategy else (*base, sector)
                        _elsewhere(context, placed, path, ("sector", sector), scenario)


def _elsewhere(
    context: Context,
    placed: Placed,
    path: DataPath,
    what: tuple[str, str],
    scenario: Scenario,
) -> None:
    at = {"at": "value" if path == ("plays",) else "key"}
    kind, name = what
    context.say(
        placed,
        say.NOT_IN_PLAY,
        path,
        **at,  # type: ignore[arg-type]
        kind=kind,
        id=name,
        scenario=scenario.id,
    )


def _outcome(
    context: Context, placed: Placed, one: Outcome, base: DataPath, scenario: Scenario | None
) -> None:
    if one.ending is not None and scenario is not None:
        _ending(context, placed, one.ending, base, scenario)
    name = one.happens or one.never
    if name is None:
        return
    entries = context.merged.entries
    found = entries["event"].get(name) or entries["situation"].get(name)
    if found is None or not isinstance(found.entry, Happening):
        return
    if one.sector is not None:
        why = _not_there(found.entry, one.sector)
        if why and context.knows("sector", parted(one.sector)[0]):
            context.say(
                placed, say.NOT_THERE, (*base, "sector"), id=name, sector=one.sector, why=why
            )
    if one.choice is not None:
        _choice(context, placed, found.entry, one.choice, base)


def _comes(context: Context, placed: Placed, name: str, path: DataPath) -> None:
    """Warn of what only a player is offered."""
    found = context.merged.entries["event"].get(name)
    if found is not None and isinstance(found.entry, Event) and found.entry.beat is not None:
        context.say(placed, say.NOBODY_COMES, path, beat=found.entry.beat, id=name)


def _ending(
    context: Context, placed: Placed, ending: str, base: DataPath, scenario: Scenario
) -> None:
    its_own = scenario.endings
    if its_own and ending not in its_own and context.knows("ending", ending):
        hint = f"It ends with one of {', '.join(its_own)}."
        path = (*base, "ending")
        context.say(placed, say.ENDING_ELSEWHERE, path, hint=hint, scenario=scenario.id, id=ending)


def _not_there(entry: Happening, sector: str) -> str | None:
    if entry.scope == "nation":
        return "it is national"
    if entry.sectors and sector not in entry.sectors:
        return f"it comes in {', '.join(entry.sectors)}"
    return None


def _choice(
    context: Context, placed: Placed, entry: Happening, choice: str, base: DataPath
) -> None:
    ids = [one.id for one in entry.choices] if isinstance(entry, Event) else []
    if choice in ids:
        return
    near = suggest(choice, ids)
    hint = f"Did you mean '{near}'?" if near else None
    if hint is None:
        hint = f"Its choices are {', '.join(ids)}." if ids else "It asks nothing."
    context.say(placed, say.NOT_AN_ANSWER, (*base, "choice"), hint=hint, choice=choice, id=entry.id)
