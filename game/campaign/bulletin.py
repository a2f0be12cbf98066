"""A year as its bulletin tells it: what happened, what nearly did, what came back, the clocks."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from game.campaign.clocks import SHOWN, all_clocks, near_miss, warnings
from game.campaign.records import Clock, Happening, Reading, YearReport
from game.campaign.sight import Sight, place_short, place_title, reading
from game.campaign.wording import listed, named
from game.words import said

if TYPE_CHECKING:
    from game.campaign.position import PlayedYear
    from game.engine import Happened
    from game.packs import Pack

HEADLINE = 4
"""How many numbers open a bulletin."""
WARNINGS = 2
AGAIN = 3
"""Years after which a warning or a near miss is told again, if nothing has moved."""
EVENTS = 5
ECHOES = 2
MOST_PLACES = 3
"""Where there are more sectors than this, the last are counted, not named."""


def headline(
    sight: Sight, before: Sight | None, promised: Sequence[str], opened: frozenset[str]
) -> tuple[Reading, ...]:
    """What was promised, then the scenario's measures that have moved most."""
    model = sight.model
    first = list(dict.fromkeys(promised))[:HEADLINE]
    others = [m.measure for m in model.scenario.measures if m.measure not in first]
    readings = [reading(text, sight, before, opened=text in opened) for text in (*first, *others)]
    fixed, rest = readings[: max(1, len(first))], readings[max(1, len(first)) :]
    rest.sort(key=lambda one: -_moved(one))
    return tuple([*fixed, *rest][:HEADLINE])


def _moved(one: Reading) -> float:
    if one.before is None:
        return 0.0
    return abs(one.reported - one.before) / max(abs(one.before), 1e-6)


def report(
    played: PlayedYear,
    past: Sequence[PlayedYear],
    sight: Sight,
    before: Sight,
    names: Mapping[str, str],
    plan_year: int,
    promised: Sequence[str],
    opened: frozenset[str],
    reports: Sequence[YearReport] = (),
) -> YearReport:
    """The bulletin of a year that has just been completed; `reports` are those before it."""
    told = _ranked(_told(played.happened, sight.model.pack, names), past)
    echoes = tuple(_echoes(played, past, sight.model.pack, names))[:ECHOES]
    every = all_clocks(sight, before)
    shown = every[:SHOWN]
    stirring = _stirring(every)
    lately = frozenset(
        (one.kind, one.id)
        for earlier in reports
        if earlier.year > played.year - AGAIN
        for one in earlier.happenings
    )
    notices = tuple(_notices(sight, played, names, stirring, lately))
    lines = (*echoes, *told, *notices)
    stirred = any(one.kind in ("event", "choice", "situation", "over", "echo") for one in lines)
    return YearReport(
        year=played.year,
        plan=played.plan,
        plan_year=plan_year,
        headline=headline(sight, before, promised, opened),
        happenings=lines,
        clocks=shown,
        quiet=not stirred and all(one.steps == one.was for one in shown),
    )


def _stirring(every: Iterable[Clock]) -> frozenset[str]:
    """What has come a step nearer to striking, where it was nearest."""
    now: dict[str, int] = {}
    was: dict[str, int] = {}
    for one in every:
        name = one.id.partition("[")[0]
        now[name] = max(now.get(name, 0), one.steps)
        was[name] = max(was.get(name, 0), one.was)
    return frozenset(name for name in now if now[name] > was[name])


def _ranked(told: Iterable[Happening], past: Sequence[PlayedYear]) -> tuple[Happening, ...]:
    """What was answered and what began first; of the rest what had never happened before."""
    known = {one.id for year in past for one in year.happened}
    lines = list(told)
    events = [one for one in lines if one.kind == "event"]
    events.sort(key=lambda one: one.id in known)
    shown = events[:EVENTS]
    return tuple(one for one in lines if one.kind != "event" or one in shown)


def _told(
    happened: Iterable[Happened], pack: Pack, names: Mapping[str, str]
) -> Iterator[Happening]:
    """One line for each thing that happened; the same thing in several sectors is one line."""
    places: dict[tuple[str, str, str | None], list[str]] = {}
    for one in happened:
        key = (one.kind, one.id, one.choice)
        places.setdefault(key, [])
        if one.sector is not None:
            places[key].append(one.sector)
    answered = {key[1] for key in places if key[0] == "choice"}
    for (kind, name, choice), sectors in places.items():
        line = _line(kind, name, choice, pack, answered)
        if line is not None:
            text = named(line[1], names) + _where(sectors, pack)
            yield Happening(line[0], name, text, tuple(sectors))  # type: ignore[arg-type]


def _line(
    kind: str, name: str, choice: str | None, pack: Pack, answered: set[str]
) -> tuple[str, str] | None:
    if name in pack.situations:
        situation = pack.situations[name]
        if kind in ("over", "ends", "situation-ends"):
            return "over", situation.over_says or said("Over: {title}.", title=situation.title)
        return "situation", situation.bulletin or situation.says or situation.title
    event = pack.events.get(name)
    if event is None:
        return None
    if kind == "choice" or choice is not None:
        entry = next((one for one in event.choices if one.id == choice), None)
        if entry is None:
            return None
        return "choice", entry.says or f"{event.title}: {entry.label}."
    if event.choices and name in answered:
        return None
    return "event", event.bulletin or event.says or f"{event.title}."


def _where(sectors: list[str], pack: Pack) -> str:
    if not sectors:
        return ""
    titles = tuple(dict.fromkeys(pack.sectors[o].short or pack.sectors[o].title for o in sectors))
    if len(titles) > MOST_PLACES:
        more = said("{count} more", count=len(titles) - MOST_PLACES + 1)
        return f" ({listed((*titles[: MOST_PLACES - 1], more))})"
    return f" ({listed(titles)})"


def _echoes(
    played: PlayedYear, past: Sequence[PlayedYear], pack: Pack, names: Mapping[str, str]
) -> Iterator[Happening]:
    """What an earlier answer has set going, one line before it is told."""
    now = {one.id for one in played.happened}
    for earlier in past:
        for (event, sector), choice in _answers(earlier):
            entry = next((c for c in pack.events[event].choices if c.id == choice), None)
            for effect in entry.effects if entry is not None else ():
                scheduled = effect.schedule
                if entry is None or scheduled is None:
                    continue
                target = scheduled.event.rpartition("/")[2]
                if target in now and earlier.year + scheduled.years <= played.year:
                    label = named(entry.label, names)
                    where = _where([sector] if sector else [], pack)
                    text = said(
                        "From {year}, {title}: {label}.{where}",
                        year=earlier.year,
                        title=pack.events[event].title,
                        label=label,
                        where=where,
                    )
                    yield Happening("echo", target, text, (sector,) if sector else ())


def _answers(year: PlayedYear) -> Iterator[tuple[tuple[str, str | None], str]]:
    yield from year.choices.items()
    for event, sector, choice in year.extra:
        yield (event, sector), choice


def _notices(
    sight: Sight,
    played: PlayedYear,
    names: Mapping[str, str],
    stirring: Container[str],
    lately: frozenset[tuple[str, str]],
) -> Iterator[Happening]:
    """Warnings and the nearest miss: new ones, those come nearer, or not told of for years."""
    happened = {one.id for one in played.happened}
    shown = 0
    for warning in warnings(sight):
        new = ("warning", warning.id) not in lately or warning.id in stirring
        if warning.id not in happened and new and shown < WARNINGS:
            shown += 1
            where = _where(list(warning.sectors), sight.model.pack)
            text = named(warning.text, names) + where
            yield Happening("warning", warning.id, text, warning.sectors)
    told = frozenset(name for kind, name in lately if kind == "near")
    miss = near_miss(sight, happened | told)
    if miss is not None:
        place = miss.sectors[0] if miss.sectors else None
        named_there = place is None or place_title(sight.model, place) in miss.text
        suffix = "" if named_there else f" ({place_short(sight.model, str(place))})"
        yield Happening("near", miss.id, miss.text + suffix, miss.sectors)
