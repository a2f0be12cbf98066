"""Which events fire in a year of one world, in plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from game.packs.schema_events import Event
from tests.oracle.world import Due, View, World

STOPS_A_YEAR = 3
STOPS_A_PLAN = 9


@dataclass(frozen=True)
class Fired:
    """An event in one place.

    Attributes:
        event: its id.
        place: the sector's position, 0 for a national one.
        order: the draw divided by the chance; 0 where it was scheduled or forced.
        due: whether it was scheduled.
        besides: whether it was carried out besides the year's own events.
    """

    event: str
    place: int
    order: float = 0.0
    due: bool = False
    besides: bool = False


def firing(world: World, view: View, force: Iterable[str]) -> list[Fired]:
    """The year's events after the limit on those that ask; what found no room waits a year."""
    forced = set(force)
    due = [one for one in world.queue if one.year <= world.year]
    world.queue = [one for one in world.queue if one.year > world.year]
    found: list[Fired] = []
    for event in world.pack.events.values():
        for place in places_of(world, event):
            one = strikes(world, view, event, place, forced, due)
            if one is not None:
                found.append(one)
    asking = [one for one in found if world.pack.events[one.event].choices]
    asking.sort(key=lambda one: (one.order, one.event, one.place))
    room = min(STOPS_A_YEAR, STOPS_A_PLAN - world.stops)
    refused = asking[room:]
    for one in refused:
        if one.due:
            world.queue.append(Due(one.event, one.place, world.year + 1))
    return [one for one in found if one not in refused]


def places_of(world: World, event: Event) -> list[int]:
    """Where an event can strike."""
    if event.scope == "nation":
        return [0]
    sectors = world.places("sector")
    return [i for i, sector in enumerate(sectors) if not event.sectors or sector in event.sectors]


def strikes(
    world: World, view: View, event: Event, place: int, forced: set[str], due: list[Due]
) -> Fired | None:
    """Whether an event fires in a place: forced, scheduled (if its condition holds), by chance."""
    if event.id in forced:
        return Fired(event.id, place)
    holds = view.holds(event.when, event.scope, place)
    if holds and any((one.event, one.place) == (event.id, place) for one in due):
        return Fired(event.id, place, due=True)
    chance = view.number(event.chance, event.scope, place) if holds and not event.beat else 0.0
    where = world.places(event.scope)[place]
    draw = world.uniform("event", world.lasting("event", event.id), where, world.year)
    if draw < chance and rested(world, event, place):
        return Fired(event.id, place, draw / chance)
    return None


def rested(world: World, event: Event, place: int) -> bool:
    """Whether its cooldown is over; without one it comes once."""
    last = world.last.get((event.id, place))
    if last is None:
        return True
    return event.cooldown is not None and world.year - last >= event.cooldown
