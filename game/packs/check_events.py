"""Events: defaults, beats, costs, flags, and whether anything makes them happen."""

from __future__ import annotations

from game.packs import catalogue as say
from game.packs.check_context import Context
from game.packs.fields import Memory
from game.packs.merge import Origin, Placed
from game.packs.schema_events import Choice, Effect, Event, PersonEntry
from game.packs.walk import Leaf
from game.rules import leaves, suggest

KEPT = ("standing", "favours")
"""The counters `person.standing` and `person.favours` are kept by the game itself."""


def check_events(context: Context) -> None:
    """Check events one by one, then flags and schedules over all of them."""
    scheduled = {
        str(leaf.value)
        for _, leaves in context.sorted_leaves()
        for leaf in leaves.names
        if leaf.path[-2:] == ("schedule", "event") or "force" in leaf.path
    }
    lost = context.lost("event", "experiment")
    for placed, event in context.of("event", Event):
        _choices(context, placed, event)
        happens = lost or event.beat or "chance" in event.model_fields_set or event.id in scheduled
        if not happens:
            context.say(placed, say.NEVER_HAPPENS, ("id",), id=event.id)
    _memory(context)


def _choices(context: Context, placed: Placed, event: Event) -> None:
    context.twice(placed, [choice.id for choice in event.choices], "choice", ("choices",))
    if not event.choices:
        if event.default is not None:
            problem = "there is a `default` and there are no choices"
            context.say(placed, say.SHAPE, ("default",), at="key", problem=problem)
        return
    if event.text is None:
        context.say(placed, say.NO_CARD, ("id",), id=event.id)
    if event.default is None:
        context.say(placed, say.NO_DEFAULT, ("id",), id=event.id)
        return
    places = {choice.id: place for place, choice in enumerate(event.choices)}
    if event.default not in places:
        near = suggest(event.default, places)
        hint = f"Did you mean '{near}'?" if near else f"Choices: {', '.join(places)}."
        context.say(
            placed, say.UNKNOWN_ID, ("default",), hint=hint, kind="choice", id=event.default
        )
        return
    place = places[event.default]
    _default(context, placed, event, event.choices[place], place)


def _default(context: Context, placed: Placed, event: Event, choice: Choice, place: int) -> None:
    path = ("choices", place)
    if event.beat:
        what = (
            "has effects"
            if choice.effects
            else "costs something"
            if not choice.costs.free
            else "signs a pledge"
            if choice.pledge
            else None
        )
        if what:
            context.say(placed, say.DEFAULT_ACTS, path, beat=event.beat, id=choice.id, what=what)
    elif not choice.costs.free:
        context.say(placed, say.DEFAULT_COSTS, (*path, "costs"), at="key", id=choice.id)
    if choice.when is not None:
        context.say(placed, say.DEFAULT_CLOSED, (*path, "when"), at="key", id=choice.id)


def _memory(context: Context) -> None:
    """Say which flags and counters are read and never set."""
    if context.lost("event", "situation", "bequest", "scenario"):
        return
    known: dict[str, set[str]] = {"flag": set(), "counter": set()}
    for _, inside in context.sorted_leaves():
        for leaf in inside.memories:
            if isinstance(leaf.mark, Memory):
                known[leaf.mark.kind].add(str(leaf.value))
    people = [person.id for _, person in context.of("person", PersonEntry)]
    known["counter"].update(f"{person}.{what}" for person in people for what in KEPT)
    said: set[tuple[str, str]] = set()
    for one in context.checked:
        if "flag" not in one.text and "counter" not in one.text:
            continue
        for read in leaves(one.expression):
            kind, name = read.series.kind, read.series.name
            if kind not in ("flag", "counter") or name in known[kind] or (kind, name) in said:
                continue
            said.add((kind, name))
            near = suggest(name, sorted(known[kind])) if context.findings.may_suggest() else None
            at = one.text.find(name)
            context.say(
                one.placed,
                say.UNSET_FLAG,
                one.path,
                span=(at, at + len(name)) if at >= 0 else None,
                hint=f"Did you mean '{near}'?" if near else None,
                kind=kind,
                id=name,
            )


__all__ = ["Effect", "Leaf", "Origin", "check_events"]
