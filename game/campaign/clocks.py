"""Clocks: how near situations and warned events are to striking, and what only just did not."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from game.campaign.clauses import first_read
from game.campaign.marks import compared, in_words, unit_of
from game.campaign.records import REPORTED, Clock, Happening
from game.campaign.sight import Sight, describe, place_short
from game.campaign.wording import amount
from game.rules.expression import Series
from game.words import said

if TYPE_CHECKING:
    from game.packs.schema_events import Event, Situation

STEPS = 6
SHOWN = 3
NEAR = 0.10
"""A mark missed by less than this part of it is a near miss."""


def places_of(entry: Event | Situation, sight: Sight) -> tuple[str | None, ...]:
    """Where an event can strike: its sectors, or None for the nation."""
    if entry.scope == "nation":
        return (None,)
    return tuple(entry.sectors) or tuple(sight.model.pack.sectors)


def row(sight: Sight, kind: str, entry: Event | Situation, place: str | None) -> float:
    """What the engine remembers of an event or situation: `times` or `active`."""
    series = Series(kind, entry.id, entry.scope)  # type: ignore[arg-type]
    return float(sight.state.matrix[sight.model.layout.row(series, place), 0])


def all_clocks(sight: Sight, before: Sight | None) -> tuple[Clock, ...]:
    """Every clock, the nearest to striking first; those that have struck at the end."""
    found = list(_clocks(sight, before))
    found.sort(key=lambda one: (one[0], one[1].id))
    return tuple(clock for _, clock in found)


def clocks(sight: Sight, before: Sight | None) -> tuple[Clock, ...]:
    """The three nearest to striking."""
    return all_clocks(sight, before)[:SHOWN]


def _clocks(sight: Sight, before: Sight | None) -> Iterator[tuple[float, Clock]]:
    pack = sight.model.pack
    for situation in pack.situations.values():
        yield from _clocks_of(situation, "active", sight, before)
    for event in pack.events.values():
        if event.beat is None:
            yield from _clocks_of(event, "times", sight, before)


def _clocks_of(
    entry: Event | Situation, memory: str, sight: Sight, before: Sight | None
) -> Iterator[tuple[float, Clock]]:
    if entry.clock is None:
        return
    for place in places_of(entry, sight):
        struck = row(sight, memory, entry, place) > 0
        if struck and memory == "times":
            continue
        way = _way(entry, place, sight)
        was = _way(entry, place, before) if before is not None else way
        steps = STEPS if struck else _steps(way)
        nearness = 2.0 if struck else 1.0 - way
        if way > 0 or struck:
            yield nearness, _clock(entry, place, sight, steps, _steps(was))


def _way(entry: Event | Situation, place: str | None, sight: Sight) -> float:
    """How much of the way from the clock's start to its mark has been gone, 0 to 1."""
    clock = entry.clock
    assert clock is not None
    value = sight.value(sight.expression(clock.of, entry.scope, place))
    span = clock.strikes - clock.start
    return min(1.0, max(0.0, (value - clock.start) / span)) if span else 0.0


def _steps(way: float) -> int:
    return min(STEPS - 1, int(way * STEPS))


def _clock(
    entry: Event | Situation, place: str | None, sight: Sight, steps: int, was: int
) -> Clock:
    clock = entry.clock
    assert clock is not None
    expression = sight.expression(clock.of, entry.scope, place)
    title = clock.says or entry.title
    where = place_short(sight.model, place) if place is not None else ""
    read = first_read(expression)
    if where and len(places_of(entry, sight)) > 1:
        title = f"{title}, {where}"
        where = ""
    unit = describe(sight.model, clock.of)[1] if place is None else _unit(sight, entry, place)
    name = sight.model.pack.indicators[read.series.name].title if read is not None else title
    if where:
        name = f"{where}: {name}"
    past = _way(entry, place, sight) >= 1.0
    now, mark = amount(sight.value(expression), unit), amount(clock.strikes, unit)
    words = (
        said("{name} {now}, may strike past {mark}", name=name, now=now, mark=mark)
        if past
        else said("{name} {now}, strikes at {mark}", name=name, now=now, mark=mark)
    )
    return Clock(
        id=entry.id if place is None else f"{entry.id}[{place}]",
        title=title,
        steps=steps,
        was=was,
        says=f"{words} {said(REPORTED)}",
        name=name,
    )


def _unit(sight: Sight, entry: Event | Situation, place: str) -> str:
    assert entry.clock is not None
    return unit_of(sight, sight.expression(entry.clock.of, entry.scope, place))


def near_miss(sight: Sight, told: Container[str] = ()) -> Happening | None:
    """The event that came nearest without coming: every clause but one held, and that nearly.

    Those `told` of not long ago are passed over.
    """
    best: tuple[float, Happening] | None = None
    for event in sight.model.pack.events.values():
        if event.when is None or event.beat is not None or not event.has_chance:
            continue
        if event.id in told:
            continue
        for place in places_of(event, sight):
            if row(sight, "times", event, place) > 0:
                continue
            found = _missed(event, place, sight)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
    return best[1] if best is not None else None


def _missed(event: Event, place: str | None, sight: Sight) -> tuple[float, Happening] | None:
    assert event.when is not None
    failing = []
    for clause in sight.reader.clauses(event.when, event.scope, place):
        against = compared(sight, clause)
        if not (against.holds if against is not None else sight.value(clause) > 0.5):
            failing.append(clause)
            if len(failing) > 1:
                return None
    if len(failing) != 1:
        return None
    found = compared(sight, failing[0])
    if found is None or found.short > NEAR:
        return None
    worded = in_words(sight, found)
    if worded is None:
        return None
    name, now, mark = worded
    words = said("{name} {now} of the {mark} needed", name=name, now=now, mark=mark)
    if found.op in ("<", "<="):
        words = said("{name} {now}, not yet below {mark}", name=name, now=now, mark=mark)
    text = said('Not this year: "{title}". {words}.', title=event.title, words=words)
    return found.short, Happening("near", event.id, text, (place,) if place else ())


def warnings(sight: Sight) -> tuple[Happening, ...]:
    """Events that are warned of now and have not come."""
    known = sight.memo.get("warnings")
    if not isinstance(known, tuple):
        known = sight.memo["warnings"] = tuple(_warnings(sight))
    return known


def _warnings(sight: Sight) -> Iterator[Happening]:
    pack = sight.model.pack
    entries: list[tuple[Event | Situation, str]] = [
        *((one, "times") for one in pack.events.values() if one.beat is None),
        *((one, "active") for one in pack.situations.values()),
    ]
    for entry, memory in entries:
        if entry.warns is None:
            continue
        places = tuple(
            place
            for place in places_of(entry, sight)
            if row(sight, memory, entry, place) == 0
            and sight.holds(entry.warns, entry.scope, place)
        )
        if places:
            named = tuple(place for place in places if place is not None)
            text = entry.near or said("There is talk of it: {title}.", title=entry.title)
            yield Happening("warning", entry.id, text, named)
