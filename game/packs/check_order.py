"""What stands behind something that always holds: endings and plans that never get their turn."""

from __future__ import annotations

from game.packs import catalogue as say
from game.packs.check_conditions import ALWAYS
from game.packs.check_context import Context, Index
from game.packs.diagnostics import DataPath
from game.packs.merge import Placed
from game.packs.schema_campaign import Ending, Scenario
from game.packs.schema_lab import Experiment, PlanEntry, Strategy


def check_order(context: Context) -> None:
    """Say which endings and which plans of a strategy can never be reached."""
    checked = context.index
    _endings(context, checked)
    plans = [len(one.plans) for _, one in context.of("scenario", Scenario)]
    most = max(plans) if plans and not context.lost("scenario") else None
    for placed, strategy in context.of("strategy", Strategy):
        _plans(context, placed, strategy.plans, ("plans",), most, checked)
    for placed, experiment in context.of("experiment", Experiment):
        found = context.merged.entries["scenario"].get(experiment.scenario)
        turns = len(found.entry.plans) if found and isinstance(found.entry, Scenario) else None
        for name, arm in experiment.arms.items():
            _plans(context, placed, arm.plans, ("arms", name, "plans"), turns, checked)


def _sure(context: Context, placed: Placed, path: DataPath, checked: Index) -> bool:
    one = checked.get((id(placed), path))
    return one is not None and context.analysis.interval(one.expression) == ALWAYS


def _endings(context: Context, checked: Index) -> None:
    known = context.merged.entries["ending"]
    never: dict[str, Placed] = {}
    reached: set[str] = set()
    for _, scenario in context.of("scenario", Scenario):
        found = [known[name] for name in scenario.endings or known if name in known]
        first: Placed | None = None
        for placed in sorted(found, key=_turn):
            if first is not None:
                never.setdefault(placed.entry.id, first)
                continue
            reached.add(placed.entry.id)
            entry = placed.entry
            if isinstance(entry, Ending) and (
                entry.when is None or _sure(context, placed, ("when",), checked)
            ):
                first = placed
    for name, first in never.items():
        if name not in reached:
            context.say(
                known[name],
                say.ENDING_NEVER,
                ("order",),
                related=(first.origin_of(("order",)),),
                id=name,
                other=first.entry.id,
            )


def _turn(placed: Placed) -> tuple[int, str]:
    entry = placed.entry
    return (entry.order if isinstance(entry, Ending) else 0), entry.id


def _plans(
    context: Context,
    placed: Placed,
    plans: tuple[PlanEntry, ...],
    base: DataPath,
    turns: int | None,
    checked: Index,
) -> None:
    first: int | None = None
    for place, plan in enumerate(plans):
        if plan.when is not None and _sure(context, placed, (*base, place, "when"), checked):
            first = place
            break
    turn = 0
    for place, plan in enumerate(plans):
        plain = plan.when is None
        turn += plain
        why = None
        if first is not None and (place > first or plain):
            why = f"the `when` of plan {first + 1} of the list always holds"
        elif plain and turns is not None and turn > turns:
            most = "one plan" if turns == 1 else f"{turns} plans"
            why = f"it is number {turn} of those without `when`, and a campaign has {most}"
        if why is not None:
            context.say(placed, say.PLAN_NEVER, (*base, place), why=why)
