"""What the events of a year of one world cost and do, in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from game.packs.schema_events import Choice, Effect, Event
from tests.oracle.firing import Fired
from tests.oracle.starting import bare, lines_total, named
from tests.oracle.world import Due, Name, Timed, View, World, now

Answers = Callable[[str, str | None], str | None]
Told = tuple[str, str | None, str | None]
"""An event, its sector, and the choice that was made."""


@dataclass
class Year:
    """A year under way: its snapshot, and what its events make of it."""

    world: World
    view: View
    to_come: float
    """Billion yuan that the plan's lines would still spend after this year, unless cut."""
    reserve: float
    scale: float
    counters: dict[str, float]
    capital: float
    flags: list[tuple[str, bool]]
    locks: list[tuple[str, list[int], bool]]


def open_purse(world: World, view: View) -> Year:
    capital = world.scenario.capital
    left = lines_total(world) * max(0, world.plan_years - world.plan_year)
    held = world.stored[capital][0] if capital else 0.0
    reserve, scale = world.reserve_left, world.lines_scale
    return Year(world, view, left, reserve, scale, dict(world.counters), held, [], [])


def carry_out(
    year: Year, happens: list[Fired], answer: Answers, favours: Mapping[str, str]
) -> list[Told]:
    """Events in canonical order: what each does, then its answers' prices and what they do."""
    told: list[Told] = []
    for name, event in year.world.pack.events.items():
        mine = [one for one in happens if one.event == name]
        together = [one for one in mine if not one.besides]
        for spots in (together, *([one] for one in mine if one.besides)):
            told += happen(year, event, spots, answer, favours.get(name))
    return told


def happen(
    year: Year, event: Event, spots: list[Fired], answer: Answers, favour: str | None
) -> list[Told]:
    """One event in all the places that it strikes, from the first sector on."""
    world = year.world
    places = sorted(spot.place for spot in spots)
    effects(year, event, event.effects, places)
    sectors = {i: world.places(event.scope)[i] or None for i in places}
    if not event.choices:
        return [(event.id, sectors[i], None) for i in places]
    default = next((c for c in event.choices if c.id == event.default), event.choices[0])
    chosen: dict[int, Choice] = {}
    for place in places:
        said = answer(event.id, sectors[place])
        choice = next((c for c in event.choices if c.id == said), default)
        if favour is None and not affordable(year, event, choice, place):
            choice = default
        chosen[place] = choice
        pay(year, event, choice, place, favour)
    for choice in event.choices:
        takers = [place for place in places if chosen[place] is choice]
        effects(year, event, choice.effects, takers)
    return [(event.id, sectors[place], chosen[place].id) for place in places]


def money_of(year: Year, event: Event, choice: Choice, place: int) -> float:
    return max(year.view.number(choice.costs.money, event.scope, place), 0.0)


def affordable(year: Year, event: Event, choice: Choice, place: int) -> bool:
    """Whether a choice is open, and everything that it costs is there."""
    costs, world = choice.costs, year.world
    there = year.reserve + year.to_come * year.scale
    return (
        year.view.holds(choice.when, event.scope, place)
        and money_of(year, event, choice, place) <= there + 1e-9
        and (not world.scenario.capital or costs.capital <= 0 or costs.capital <= year.capital)
        and (costs.favour is None or year.counters.get(f"{costs.favour}.favours", 0.0) >= 1)
    )


def pay(year: Year, event: Event, choice: Choice, place: int, favour: str | None) -> None:
    """Money from the reserve, then from the lines; the rest are rows of this year."""
    costs, world = choice.costs, year.world
    person = favour or costs.favour
    if person is not None:
        owe(year, f"{person}.favours", -1.0)
    if favour is None:
        money = money_of(year, event, choice, place)
        taken = min(money, year.reserve)
        year.reserve -= taken
        lines = year.to_come * year.scale
        if lines > 0:
            year.scale *= max(lines - (money - taken), 0.0) / lines
        if world.scenario.capital and costs.capital > 0:
            year.capital -= costs.capital
            world.timed.append(now(world, world.scenario.capital, 0, -costs.capital))
    if costs.dossier:
        owe(year, "desk.owed", float(costs.dossier))


def owe(year: Year, counter: str, amount: float) -> None:
    year.counters[counter] = year.counters.get(counter, 0.0) + amount
    this = year.world.year
    year.world.timed.append(Timed(("counter", counter), 0, amount, this, this))


def effects(year: Year, event: Event, entries: Iterable[Effect], places: list[int]) -> None:
    """What an event or a choice does in some places; each effect in all of them in turn."""
    for effect in entries:
        for target, text in (effect.add or {}).items():
            add(year, event, effect, target, text, places)
        for name, text in (effect.count or {}).items():
            for place in places:
                row(year, ("counter", name), 0, year.view.number(text, event.scope, place), 1, 0)
        if effect.schedule is not None:
            schedule(year.world, event, effect.schedule.event, effect.schedule.years, places)
        if places:
            settings(year, effect)


def add(
    year: Year, event: Event, effect: Effect, target: str, text: str, places: list[int]
) -> None:
    """A bare indicator of the event's own axis is the struck place; of another, every place."""
    name, place = named(target)
    world = year.world
    axis = world.pack.indicators[name].scope
    at = ("indicator", name)
    for struck in places:
        if place is not None or axis == "nation":
            position = 0 if place is None else world.places(axis).index(place)
            amount = year.view.number(text, event.scope, struck)
            row(year, at, position, amount, effect.over, effect.fades)
        elif axis == event.scope:
            amount = year.view.number(text, axis, struck)
            row(year, at, struck, amount, effect.over, effect.fades)
        else:
            for position in range(world.size(axis)):
                amount = year.view.number(text, axis, position)
                row(year, at, position, amount, effect.over, effect.fades)


def row(year: Year, target: Name, place: int, amount: float, over: int, fades: int) -> None:
    """An amount in equal parts over some years, then taken back in equal parts over some more."""
    this, timed = year.world.year, year.world.timed
    timed.append(Timed(target, place, amount / over, this, this + over - 1))
    if fades:
        timed.append(Timed(target, place, -amount / fades, this + over, this + over + fades - 1))


def schedule(world: World, event: Event, name: str, years: int, places: list[int]) -> None:
    """An event put down for a later year, in the same sector where both have sectors."""
    entry = world.pack.events[bare(name)]
    when = world.year + max(1, years)
    for place in places:
        if entry.scope == "nation":
            world.queue.append(Due(entry.id, 0, when))
            continue
        for struck in [place] if event.scope == "sector" else range(world.size("sector")):
            sector = world.places("sector")[struck]
            if not entry.sectors or sector in entry.sectors:
                world.queue.append(Due(entry.id, struck, when))


def settings(year: Year, effect: Effect) -> None:
    """Flags and locks: written when all has been read; the last word counts."""
    if effect.set_flag or effect.clear_flag:
        year.flags.append((effect.set_flag or effect.clear_flag or "", bool(effect.set_flag)))
    line = effect.lock or effect.unlock
    if line:
        name, place = named(line)
        world = year.world
        all_places = range(len(world.locked[name]))
        where = list(all_places) if place is None else [world.places("sector").index(place)]
        year.locks.append((name, where, bool(effect.lock)))
