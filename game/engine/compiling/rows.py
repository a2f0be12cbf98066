"""Which rows a model has, and the runs of them that are read together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.compiling import hidden
from game.engine.compiling.texts import Texts
from game.engine.execute import Floats
from game.engine.layout import BY_SECTOR, SPECIALS, Layout, lay_out, special
from game.engine.model import Instruments, Lagged, Situations
from game.rules.expression import Series, SeriesKind

if TYPE_CHECKING:
    from game.packs import Pack

COUNTER_LIMIT = 1e6
SITUATION_KINDS: tuple[SeriesKind, ...] = ("active", "times", "last")
LINE_KINDS: tuple[SeriesKind, ...] = ("planned", "locked", "support")


def layout_of(pack: Pack, texts: Texts) -> Layout:
    """Give everything that is kept its rows."""
    lagged = texts.expressions.lagged
    return lay_out(
        {"nation": ("",), "sector": tuple(pack.sectors), "region": tuple(pack.regions)},
        [
            Series("indicator", name, entry.scope)
            for name, entry in pack.indicators.items()
            if entry.formula is None
        ],
        [Series("counter", name, "nation") for name in texts.counters],
        [
            *map(special, (*SPECIALS, *BY_SECTOR)),
            *_memory(pack, texts.flags),
            *(Series("after", name, entry.scope) for name, entry in pack.indicators.items()),
            *texts.expressions.hoisted.values(),
            *texts.hazards,
            *map(hidden.strength, pack.rules.values()),
            *texts.computed,
            *lagged,
            *map(hidden.ended, filter(hidden.is_overwritten, lagged)),
        ],
        lagged,
    )


def _memory(pack: Pack, flags: Iterable[str]) -> Iterator[Series]:
    """What lines, flags, events and situations keep, each kind in one run."""
    for kind in LINE_KINDS:
        for line in pack.instruments.values():
            yield Series(kind, line.id, line.scope)
    yield from map(hidden.smoothed, pack.instruments.values())
    for flag in flags:
        yield Series("flag", flag, "nation")
    for event in pack.events.values():
        yield Series("last", event.id, event.scope)
        yield Series("times", event.id, event.scope)
        if event.sectors:
            yield hidden.sector_mask(event)
    for kind in SITUATION_KINDS:
        for situation in pack.situations.values():
            yield Series(kind, situation.id, situation.scope)
    yield from map(hidden.acts_now, pack.situations.values())
    for situation in pack.situations.values():
        if situation.sectors:
            yield hidden.sector_mask(situation)


def bounds(pack: Pack, layout: Layout) -> tuple[Floats, Floats]:
    """The lowest and highest value of each row of the ledger."""
    low = np.full((layout.ledger, 1), -COUNTER_LIMIT)
    high = np.full((layout.ledger, 1), COUNTER_LIMIT)
    for name, entry in pack.indicators.items():
        if entry.formula is None:
            rows = layout.rows(Series("indicator", name, entry.scope))
            low[rows], high[rows] = entry.bounds
    return low, high


def instruments(pack: Pack, layout: Layout) -> Instruments:
    """The lines that money can go to."""
    lines = pack.instruments.values()
    cells: list[tuple[str, str | None]] = []
    runs: list[tuple[Series, int, int]] = []
    ramps: list[float] = []
    halves: list[float] = []
    for entry in lines:
        places = tuple(pack.sectors) if entry.scope == "sector" else (None,)
        series = Series("support", entry.id, entry.scope)
        runs.append((series, len(cells), len(cells) + len(places)))
        cells += [(entry.id, place) for place in places]
        ramps += [float(entry.ramp)] * len(places)
        halves += [float(entry.half)] * len(places)
    planned, locked, support = (
        layout.run(Series(kind, entry.id, entry.scope) for entry in lines) for kind in LINE_KINDS
    )
    return Instruments(
        cells=tuple(cells),
        ramps=np.array(ramps)[:, None],
        halves=np.array(halves)[:, None],
        planned=planned,
        smoothed=layout.run(map(hidden.smoothed, lines)),
        support=support,
        locked=locked,
        runs=tuple(runs),
    )


def situations(pack: Pack, layout: Layout) -> Situations:
    """Where situations keep whether they act."""
    entries = pack.situations.values()
    names: list[tuple[str, str | None]] = []
    for entry in entries:
        national = entry.scope == "nation"
        places: tuple[str | None, ...] = (None,) if national else layout.places[entry.scope]
        names += [(entry.id, place) for place in places]
    active, times, since = (
        layout.run(Series(kind, entry.id, entry.scope) for entry in entries)
        for kind in SITUATION_KINDS
    )
    return Situations(
        names=tuple(names),
        active=active,
        now=layout.run(map(hidden.acts_now, entries)),
        times=times,
        since=since,
    )


def lagged(series: Iterable[Series], layout: Layout) -> Lagged:
    """Where the series stand that are kept for a year."""
    rows: list[int] = []
    money: list[int] = []
    ended: list[int] = []
    for one in series:
        run = layout.rows(one)
        if hidden.is_overwritten(one):
            money += range(len(rows), len(rows) + run.stop - run.start)
            kept = layout.rows(hidden.ended(one))
            ended += range(kept.start, kept.stop)
        rows += range(run.start, run.stop)
    return Lagged(
        current=np.array(rows, dtype=np.int64),
        behind=slice(layout.height - len(rows), layout.height),
        money=np.array(money, dtype=np.int64),
        ended=np.array(ended, dtype=np.int64),
    )


def fixed(pack: Pack, texts: Texts) -> frozenset[Series]:
    """What nothing moves while a state is carried on."""
    found = {hidden.strength(rule) for rule in pack.rules.values()}
    for name, entry in pack.indicators.items():
        if entry.constant and name not in texts.moved:
            found.add(Series("indicator", name, entry.scope))
    for one in (*pack.events.values(), *pack.situations.values()):
        if one.sectors:
            found.add(hidden.sector_mask(one))
    return frozenset(found)


def rows_of(series: Iterable[Series], layout: Layout) -> NDArray[np.int64]:
    """The rows of some series, sorted."""
    runs = map(layout.rows, series)
    rows = sorted(row for run in runs for row in range(run.start, run.stop))
    return np.array(rows, dtype=np.int64)
