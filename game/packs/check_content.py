"""What entries rest on, and what lies idle."""

from __future__ import annotations

from game.packs import catalogue as say
from game.packs.check_context import CORE, Context, parted
from game.packs.diagnostics import DataPath, Severity
from game.packs.fields import Kind, Target
from game.packs.merge import Placed
from game.packs.schema_campaign import Ending, Scenario
from game.packs.schema_events import Event
from game.packs.schema_model import Indicator, Rule, Source
from game.rules import leaves

_GROUNDED: tuple[Kind, ...] = ("rule", "instrument", "event", "situation", "scenario")
_GRADED: tuple[Kind, ...] = ("rule", "instrument", "event", "situation")


def check_content(context: Context) -> None:
    """Check grounds and grades, rules on what cannot be moved, and idle entries."""
    for kind in _GROUNDED:
        for placed in context.merged.entries[kind].values():
            _grounds(context, placed)
    for placed, indicator in context.of("indicator", Indicator):
        if indicator.computed and not indicator.because:
            context.say(placed, say.NO_PASSAGE, ("id",), kind="computed indicator", id=indicator.id)
    for placed, source in context.of("source", Source):
        for place, passage in enumerate(source.passages):
            if not source.invented and passage.quote is None:
                context.say(placed, say.NO_QUOTE, ("passages", place, "id"), id=passage.id)
    for placed, rule in context.of("rule", Rule):
        found = context.merged.entries["indicator"].get(rule.adds_to)
        if found and isinstance(found.entry, Indicator):
            entry = found.entry
            what = "computed" if entry.computed else "constant" if entry.constant else None
            if what:
                context.say(placed, say.MOVES_COMPUTED, ("adds_to",), id=entry.id, what=what)
    for placed, ending in context.of("ending", Ending):
        context.twice(placed, [hint.id for hint in ending.hints], "hint", ("hints",))
        if len(ending.hints) < 2 and ending.when is not None:
            count = "one" if ending.hints else "none"
            context.say(placed, say.FEW_HINTS, ("id",), id=ending.id, count=count)
    _unmoved(context)
    _idle(context)


def _severity(placed: Placed) -> Severity | None:
    return "error" if placed.pack == CORE else None


def _grounds(context: Context, placed: Placed) -> None:
    kind, name = placed.kind, placed.entry.id
    severity = _severity(placed)
    if not getattr(placed.entry, "because", ()):
        context.say(placed, say.NO_PASSAGE, ("id",), severity=severity, kind=kind, id=name)
    if kind in _GRADED and getattr(placed.entry, "grade", None) is None:
        context.say(placed, say.NO_GRADE, ("id",), severity=severity, kind=kind, id=name)
    if isinstance(placed.entry, Event):
        for place, choice in enumerate(placed.entry.choices):
            acts = choice.effects or choice.pledge
            if acts and not choice.because:
                path: DataPath = ("choices", place, "id")
                context.say(
                    placed, say.NO_PASSAGE, path, severity=severity, kind="choice", id=choice.id
                )


def _unmoved(context: Context) -> None:
    """Say which stored indicators no rule and no effect adds to."""
    targets = {
        str(leaf.value)
        for _, inside in context.sorted_leaves()
        for leaf in inside.names
        if isinstance(leaf.mark, Target) and "add" in leaf.path
    }
    moved = {rule.adds_to for _, rule in context.of("rule", Rule)}
    moved |= {parted(target)[0] for target in targets}
    moved |= {
        scenario.capital for _, scenario in context.of("scenario", Scenario) if scenario.capital
    }
    unknown = context.lost("rule", "event", "situation", "scenario")
    for placed, indicator in context.of("indicator", Indicator):
        if not (indicator.computed or indicator.constant or unknown or indicator.id in moved):
            context.say(placed, say.UNMOVED, ("id",), id=indicator.id)


def _idle(context: Context) -> None:
    """Say which instruments nothing reads, and what no scenario of the packs offers."""
    merged = context.merged
    if not context.bad and not context.lost("rule", "event", "situation", "indicator"):
        read = {
            one.series.name
            for checked in context.checked
            if "support" in checked.text or "spend" in checked.text
            for one in leaves(checked.expression)
            if one.series.kind in ("support", "spend")
        }
        for placed in merged.entries["instrument"].values():
            if placed.entry.id not in read:
                context.say(placed, say.UNUSED, ("id",), kind="instrument", id=placed.entry.id)
    scenarios = [scenario for _, scenario in context.of("scenario", Scenario)]
    if not scenarios or context.lost("scenario"):
        return
    offered: dict[Kind, list[tuple[str, ...]]] = {
        "bequest": [one.bequests for one in scenarios],
        "aim": [one.aims for one in scenarios],
        "ending": [one.endings for one in scenarios],
    }
    for kind, lists in offered.items():
        if not all(lists):  # a scenario that names none has them all
            continue
        names = {name for names in lists for name in names}
        for placed in merged.entries[kind].values():
            if placed.entry.id not in names:
                context.say(placed, say.UNUSED, ("id",), kind=kind, id=placed.entry.id)
