"""A whole year of one world in plain Python: slow, and meant to be obviously right.

Everything is read off one snapshot: stored numbers at the end of last year, this year's support,
and the computed indicators that follow from both. Rows are added in order, bounds cut once, and
the computed indicators are worked out again for the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from game.packs.schema_events import Effect, Situation
from game.rules.expression import Axis, Read, Series
from tests.oracle.acts import Answers, Told, Year, carry_out, open_purse
from tests.oracle.expressions import evaluate
from tests.oracle.firing import Fired, firing
from tests.oracle.starting import enact_support, named, position_of, share_left
from tests.oracle.world import STRENGTH, Run, Timed, View, World, cut, now


def live(
    world: World,
    answers: Answers | None = None,
    *,
    force: Iterable[str] = (),
    extra: Iterable[tuple[str, str | None, str]] = (),
    favours: Mapping[str, str] | None = None,
) -> list[Told]:
    """Carry a world through its next year.

    Args:
        world: changed in place.
        answers: the choice for an event and sector; None for the default.
        force: events that fire in all their places.
        extra: events carried out besides, with their answers; they count as no stop.
        favours: for an event, the person whose favour pays instead of its price.

    Returns:
        The events of the year and how they were answered, in order.
    """
    asked = list(extra)
    given = {(event, sector): choice for event, sector, choice in asked}

    def answer(event: str, sector: str | None) -> str | None:
        said = given.get((event, sector))
        return said if said or answers is None else answers(event, sector)

    first = world.shot is None
    recorded = world.recorded
    world.year += 1
    world.plan_age += 1
    world.plan_year = world.plan_age
    enact_support(world, View(world, world.behind, fresh=False))
    view = View(world, world.shot)
    shot = view.everything()
    if first:
        view.before = shot
    fired = firing(world, view, force)
    besides = [Fired(event, position_of(world, sector), besides=True) for event, sector, _ in asked]
    happens = [*fired, *besides]

    rows = rule_rows(world, view)
    acting, more = situation_rows(world, view)
    year = open_purse(world, view)
    told = carry_out(year, happens, answer, favours or {})
    waiting = [row for row in world.timed if row.first <= world.year]
    close(world, [*rows, *more, *waiting])
    remember(world, year, happens, acting)
    world.reserve = share_left(world)
    record = View(world, recorded)
    world.recorded = record.everything()
    world.computed = record.found
    world.behind, world.shot = recorded, shot
    return told


def rule_rows(world: World, view: View) -> list[Timed]:
    """Rules in canonical order: their rate times their strength, or their noise times a bell."""
    rows: list[Timed] = []
    for name, rule in world.pack.rules.items():
        axis = world.pack.indicators[rule.adds_to].scope
        amounts: Run = []
        if rule.noise is not None:
            entry = world.lasting("rule", name)
            for place, at in enumerate(world.places(axis)):
                blur = view.number(rule.noise, axis, place)
                amounts.append(blur * world.bell("noise", entry, at, world.year))
        else:
            amounts = rates(world, view, name, rule.rate or "0", axis)
        rows += [now(world, rule.adds_to, place, each) for place, each in enumerate(amounts)]
    return rows


def rates(world: World, view: View, rule: str, text: str, axis: Axis) -> Run:
    """What a rule adds in each place. Its strength is one more factor of its rate."""
    expression = world.texts.number(text, axis)
    if STRENGTH[world.pack.rules[rule].grade or "invented"]:
        strength = Read(Series("hidden", "strength", "nation"))
        expression = world.texts.strengthened(expression, strength)

    def read(leaf: Read) -> float | Run:
        return world.strength(rule) if leaf.series.kind == "hidden" else view.read(leaf)

    value = evaluate(expression, read)
    return [
        float(value[place] if isinstance(value, list) else value)
        for place in range(world.size(axis))
    ]


def situation_rows(world: World, view: View) -> tuple[dict[str, list[bool]], list[Timed]]:
    """Which situations act this year, and what they add."""
    acting: dict[str, list[bool]] = {}
    rows: list[Timed] = []
    for name, entry in world.pack.situations.items():
        acting[name] = [acts(world, view, entry, i) for i in range(world.size(entry.scope))]
    for name, entry in world.pack.situations.items():
        for effect in entry.effects:
            rows += situation_effect(world, view, entry, effect, acting[name])
    return acting, rows


def acts(world: World, view: View, entry: Situation, place: int) -> bool:
    """Past its start, and until its end."""
    if entry.sectors and world.places("sector")[place] not in entry.sectors:
        return False
    if world.active[entry.id][place]:
        return not view.holds(entry.ends, entry.scope, place)
    return view.holds(entry.starts, entry.scope, place)


def situation_effect(
    world: World, view: View, entry: Situation, effect: Effect, acting: list[bool]
) -> Iterable[Timed]:
    """The rows of one effect; where it moves one number, the acting sectors' amounts are summed."""
    for target, text in (effect.add or {}).items():
        name, place = named(target)
        axis = world.pack.indicators[name].scope
        if place is None and axis != "nation":
            for position in range(world.size(axis)):
                amount = view.number(text, axis, position)
                own = entry.scope == axis
                times = acting[position] if own else sum(acting)
                yield now(world, name, position, times * amount)
        else:
            position = 0 if place is None else world.places(axis).index(place)
            yield now(world, name, position, summed(view, text, entry.scope, acting))
    for name, text in (effect.count or {}).items():
        amount = summed(view, text, entry.scope, acting)
        yield Timed(("counter", name), 0, amount, world.year, world.year)


def summed(view: View, text: str, scope: Axis, acting: list[bool]) -> float:
    """An amount for each place in which a situation acts, added from the first place on."""
    parts = [view.number(text, scope, i) if works else 0.0 for i, works in enumerate(acting)]
    total = parts[0]
    for part in parts[1:]:
        total += part
    return total


def close(world: World, rows: Iterable[Timed]) -> None:
    """Rows added one by one; bounds cut once, at the end."""
    for row in rows:
        kind, name = row.target
        if kind == "indicator":
            world.stored[name][row.place] += row.amount
        else:
            world.counters[name] = world.counters.get(name, 0.0) + row.amount
    for name, values in world.stored.items():
        bounds = world.pack.indicators[name].bounds
        world.stored[name] = [cut(value, bounds) for value in values]
    world.counters = {name: cut(value, (-1e6, 1e6)) for name, value in world.counters.items()}
    world.timed = [row for row in world.timed if row.last > world.year]


def remember(
    world: World,
    year: Year,
    happens: list[Fired],
    acting: dict[str, list[bool]],
) -> None:
    """What is left of the money; flags, locks and situations; what happened, and when."""
    world.reserve_left, world.lines_scale = year.reserve, year.scale
    for flag, up in year.flags:
        (world.flags.add if up else world.flags.discard)(flag)
    for name, where, shut in year.locks:
        for place in where:
            world.locked[name][place] = shut
    for one in happens:
        spot = one.event, one.place
        world.last[spot] = world.year
        world.times[spot] = world.times.get(spot, 0) + 1
        world.stops += bool(world.pack.events[one.event].choices) and not one.besides
    world.active = acting
