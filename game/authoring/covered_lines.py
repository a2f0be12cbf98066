"""Coverage as text for a terminal and as plain data: what never occurs first, and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from game.authoring.coverage import KINDS, Coverage, Entry, Run
from game.authoring.playthroughs import figure
from game.authoring.probes import Clause, Offer, Probe
from game.packs.diagnostics import escaped

if TYPE_CHECKING:
    from game.packs import Pack
    from game.packs.schema import Effect, Event

PLURALS = {"event": "events", "choice": "choices", "situation": "situations", "ending": "endings"}
NUMBERS = 6 + 2 + 5 + 2 + 14
"""Columns of the table that never change: worlds, times, years."""
NARROWEST = 60
INDENT = " " * 7
CROWDED = 3.0
"""An event that is expected more often than this and never came was not kept out by chance."""


def lines(found: Coverage, width: int) -> Iterator[str]:
    """The report: a heading, what never occurs and why, then the tables, then the counts.

    Args:
        found: what was run.
        width: columns of the terminal; 0 for as many as it takes.
    """
    yield from _heading(found)
    never = found.never
    if never:
        yield ""
        yield "Never:"
        for one in never:
            yield from _never(found, one, width)
    if found.only_played:
        yield ""
        yield "Only a player comes to these, by favours that kept pledges earn:"
        for one in found.only_played:
            yield _cut(f"  {one.kind:<10}{one.name}", width)
    for kind in KINDS:
        came = [one for one in found.of(kind) if one.times]
        if came:
            yield ""
            yield from _table(PLURALS[kind], came, width, several=len(found.scenarios) > 1)
    yield ""
    yield summary(found)


def summary(found: Coverage) -> str:
    """One line: how many of each kind never occur."""
    parts = []
    for kind in KINDS:
        every = found.of(kind)
        never = sum(one.kind == kind for one in found.never)
        if every:
            parts.append(f"{never:,} of {len(every):,} {PLURALS[kind]}")
    if not parts:
        return f"{found.owner} has no events, situations or endings of its own"
    return f"{found.owner}: never: {', '.join(parts)}"


def _heading(found: Coverage) -> Iterator[str]:
    for name in found.scenarios:
        first, last = found.years[name]
        runs = [run for run in found.runs if run.scenario == name]
        worlds = sorted({run.worlds for run in runs})
        planners = len(runs) - 1
        who = f"{planners} strategies" if planners != 1 else "one strategy"
        yield (
            f"{name}, {first} to {last}: {who}, {worlds[0]:,} worlds each; "
            f"by lot, {worlds[-1]:,} worlds"
        )
    for note in found.notes:
        yield f"note: {escaped(note)}"
    yield "worlds: the share of them in which it comes; times: how often it comes there"


# What never occurs.


def _never(found: Coverage, one: Entry, width: int) -> Iterator[str]:
    yield _cut(f"  {one.kind:<10}{one.name}", width)
    for line in why(found, one):
        yield from _wrapped(line, width)


def why(found: Coverage, one: Entry) -> Iterator[str]:
    """What keeps something from occurring, line by line; clauses stand together."""
    several = len(one.probes) > 1
    if not one.probes:
        yield _unplayed(found, one)
    for scenario, probe in one.probes.items():
        where = f"{scenario}: " if several else ""
        if isinstance(probe, Offer):
            told = _offer(probe)
        elif one.kind == "event":
            told = _event(found, one, probe, scenario)
        elif one.kind == "situation":
            told = _condition(probe, "world-years")
        else:
            told = _ending(probe)
        yield from (f"{where}{line}" for line in told)


def _unplayed(found: Coverage, one: Entry) -> str:
    if one.kind == "ending":
        return f"{_listed(found.scenarios)} does not list it among its endings"
    return "no scenario that was played has it"


def _clauses(probe: Probe, what: str) -> Iterator[str]:
    for clause in sorted(probe.clauses, key=lambda one: one.held):
        yield f"{_share(clause.held, probe.looked):>5} of {what}: {clause.text}{_near(clause)}"


def _near(clause: Clause) -> str:
    one = clause.nearest
    if clause.held or one is None:
        return ""
    return f"  (nearest {figure(one.value)} against {figure(one.mark)}, {one.run} in {one.year})"


def _condition(probe: Probe, what: str) -> Iterator[str]:
    yield from _clauses(probe, what)
    if len(probe.clauses) > 1 and all(one.held for one in probe.clauses):
        if not probe.together:
            yield "each holds at times, never all of them together"
        else:
            yield f"all of them together in {_share(probe.together, probe.looked)}"


def _event(found: Coverage, one: Entry, probe: Probe, scenario: str) -> Iterator[str]:
    event = found.pack.events[one.name]
    yield from _condition(probe, "world-years")
    if event.beat is not None:
        yield f"a {event.beat}: a player is offered it, and by lot others came"
    elif probe.chance is None:
        yield from _scheduled(found, one.name)
    elif probe.together or not probe.clauses:
        first, last = found.years[scenario]
        worlds = probe.looked // max(1, last - first + 1)
        yield (
            f"chance {_chances(probe)} a year: {figure(probe.expected)} expected in "
            f"{worlds:,} worlds x {last - first + 1} years"
        )
        if probe.expected > CROWDED and event.choices:
            yield "three events ask in a year, nine in a plan: others came first"


def _chances(probe: Probe) -> str:
    low, high = probe.chances or (0.0, 0.0)
    told = f"{low:.3g}", f"{high:.3g}"
    return told[0] if told[0] == told[1] else f"{told[0]} to {told[1]}"


def _scheduled(found: Coverage, name: str) -> Iterator[str]:
    by = list(schedulers(found.pack, name))
    if not by:
        yield "it has no chance and no beat, and nothing schedules it"
        return
    entries = {one.name: one for one in found.entries}
    told = []
    for one in by:
        known = entries.get(one)
        told.append(f"{one} (never)" if known is not None and not known.times else one)
    yield f"it comes only when it is scheduled, by {_listed(told)}"


def schedulers(pack: Pack, name: str) -> Iterator[str]:
    """What schedules an event: ids of events, and `event:choice`."""
    for event in pack.events.values():
        for where, effects in _effects(event):
            if any(one.schedule is not None and one.schedule.event == name for one in effects):
                yield where


def _effects(event: Event) -> Iterator[tuple[str, Iterable[Effect]]]:
    yield event.id, event.effects
    for choice in event.choices:
        yield f"{event.id}:{choice.id}", choice.effects


def _offer(offer: Offer) -> Iterator[str]:
    probe = offer.probe
    if not probe.looked:
        yield "it was never asked"
        return
    yield f"it could have been given in {offer.open:,} of the {probe.looked:,} times it was asked"
    yield from _clauses(probe, "them")
    for count, what in (
        (offer.money, "money"),
        (offer.capital, "political capital"),
        (offer.favour, "a favour that is owed"),
    ):
        if count:
            yield f"in {_share(count, probe.looked)} of them there was too little: {what}"
    if offer.open:
        yield "no strategy answers so, and by lot it did not come up"


def _ending(probe: Probe) -> Iterator[str]:
    yield from _condition(probe, "ends")
    earlier = sum(probe.instead.values())
    if earlier:
        name, count = probe.instead.most_common(1)[0]
        yield (
            f"where it could have come, {name or 'no ending'} comes first in "
            f"{_share(count, earlier)}"
        )


# The tables.


def _table(title: str, entries: Sequence[Entry], width: int, *, several: bool) -> Iterator[str]:
    rows = [(one.name, one, _most(one, several)) for one in entries]
    names = max(len(title), *(len(name) for name, _, _ in rows))
    mosts = max(len("most with"), *(len(most) for _, _, most in rows))
    if width:
        room = max(NARROWEST, width) - NUMBERS - 4
        # Answers have two ids to show, and who brings them about is mostly the lot.
        least = 12 if entries[0].kind == "choice" else 20
        mosts = min(mosts, max(least, room - names))
        names = min(names, room - mosts)
    yield _row(title.ljust(names), "worlds", "times", "first mid last", "most with").rstrip()
    for name, one, most in rows:
        yield _row(
            _cut_name(name, names).ljust(names),
            _percent(one.share),
            _often(one),
            _years(one),
            _cut(most, mosts),
        ).rstrip()


def _row(name: str, worlds: str, times: str, years: str, most: str) -> str:
    return f"{name}  {worlds:>6} {times:>6}  {years:<14}  {most}"


def _years(one: Entry) -> str:
    return " ".join(map(str, one.when or ()))


def _often(one: Entry) -> str:
    """How often it comes in a world in which it comes at all."""
    return f"{one.times / one.with_it:.1f}" if one.with_it else ""


def _most(one: Entry, several: bool) -> str:
    if one.most is None:
        return ""
    run, share = one.most
    where = f", {run.scenario}" if several else ""
    return f"{_percent(share).strip()} {run.name}{where}"


def _percent(share: float) -> str:
    if 0 < share < 0.0005:
        return "<0.1%"
    return f"{share * 100:.1f}%" if share < 0.9995 else "100%"


def _share(count: int, of: int) -> str:
    share = count / of if of else 0.0
    if count and share < 0.001:
        return "<0.1%"
    if count < of and share > 0.999:
        return ">99.9%"
    return f"{share * 100:.3g}%"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _cut(text: str, width: int) -> str:
    return text if not width or len(text) <= width else f"{text[: width - 1]}…"


def _cut_name(name: str, width: int) -> str:
    """An id that is too long; of an answer the event is cut."""
    event, colon, choice = name.rpartition(":")
    if not colon or len(name) <= width:
        return _cut(name, width)
    return _cut(f"{_cut(event, max(9, width - 1 - len(choice)))}:{choice}", width)


def _wrapped(line: str, width: int) -> Iterator[str]:
    """A line of reasons, indented; what does not fit goes on below, further in."""
    if not width:
        yield INDENT + line
        return
    yield from textwrap.wrap(
        line,
        max(NARROWEST, width),
        initial_indent=INDENT,
        subsequent_indent=INDENT + " " * 9,
        break_on_hyphens=False,
    )


# Plain data.


def to_json(found: Coverage) -> dict[str, Any]:
    """The coverage as plain data."""
    return {
        "pack": found.owner,
        "scenarios": list(found.scenarios),
        "runs": [{"scenario": r.scenario, "by": r.name, "worlds": r.worlds} for r in found.runs],
        "notes": list(found.notes),
        "never": [{"kind": one.kind, "id": one.name} for one in found.never],
        **{PLURALS[kind]: [_entry(found, one) for one in found.of(kind)] for kind in KINDS},
    }


def _entry(found: Coverage, one: Entry) -> dict[str, Any]:
    when = one.when
    told: dict[str, Any] = {
        "id": one.name,
        "title": one.title,
        "share": one.share,
        "times": one.times,
        "worlds": one.with_it,
        "years": dict(zip(("first", "median", "last"), when, strict=True)) if when else None,
        "runs": [_run(run, share) for run, share in one.runs.items()],
    }
    if not one.times:
        told["why"] = [" ".join(line.split()) for line in why(found, one)]
        told["clauses"] = {name: _probe(probe) for name, probe in one.probes.items()}
    return told


def _run(run: Run, share: float) -> dict[str, Any]:
    return {"scenario": run.scenario, "by": run.name, "share": share}


def _probe(probe: Probe | Offer) -> dict[str, Any]:
    if isinstance(probe, Offer):
        told = {"open": probe.open, "money": probe.money, "capital": probe.capital}
        return {**_probe(probe.probe), **told, "favour": probe.favour}
    instead: Mapping[str, int] = probe.instead
    return {
        "looked": probe.looked,
        "together": probe.together,
        "expected": probe.expected,
        "instead": dict(instead),
        "each": [
            {
                "text": one.text,
                "held": one.held,
                "closest": None
                if one.nearest is None or one.held
                else {
                    "value": one.nearest.value,
                    "mark": one.nearest.mark,
                    "year": one.nearest.year,
                    "by": one.nearest.run,
                },
            }
            for one in probe.clauses
        ],
    }
