"""Which events fire: luck first, then cooldowns, conditions and chances where a draw could hit."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine.draws import YearLuck
from game.engine.execute import Floats, Pairs
from game.engine.model import Model
from game.engine.state import Queue

if TYPE_CHECKING:
    from game.engine.effects import Event


@dataclass(frozen=True)
class Firing:
    """An event that fires in some worlds (and places).

    Attributes:
        event: its position in the model's events.
        pairs: where.
        order: draw divided by chance for each pair; 0 for those that were scheduled or forced.
        due: whether each was scheduled.
        besides: carried out besides the year's events (a request, a visit): no stop is counted.
    """

    event: int
    pairs: Pairs
    order: Floats
    due: NDArray[np.bool_]
    besides: bool = False

    def only(self, keep: NDArray[np.bool_]) -> Firing:
        """The part where `keep` holds."""
        return replace(
            self, pairs=self.pairs.only(keep), order=self.order[keep], due=self.due[keep]
        )


def candidates(
    model: Model,
    matrix: Floats,
    year: int,
    luck: YearLuck,
    due: Queue,
    force: Sequence[str] = (),
    mask: NDArray[np.bool_] | None = None,
) -> list[Firing]:
    """Every event that fires before the limit on stops, in canonical order.

    Args:
        model: the compiled model.
        matrix: the year's snapshot.
        year: the year.
        luck: its draws.
        due: what is scheduled for it.
        force: events that fire whatever their condition and chance, in all their places.
        mask: which events may fire at all, by position; all where it is None.
    """
    parts = _by_chance(model, matrix, year, luck, mask)
    forced = {model.event_position[name] for name in force}
    parts = [part for part in parts if part.event not in forced]
    parts += [_forced(position, model.events[position], matrix.shape[1]) for position in forced]
    for position, queued in _by_event(due):
        if position not in forced and (mask is None or mask[position]):
            parts.append(_due(model, position, matrix, queued))
    by_event: dict[int, list[Firing]] = {}
    for part in parts:
        by_event.setdefault(part.event, []).append(part)
    found = [_merged(position, by_event[position]) for position in sorted(by_event)]
    return [firing for firing in found if firing is not None]


def _by_chance(
    model: Model, matrix: Floats, year: int, luck: YearLuck, mask: NDArray[np.bool_] | None
) -> list[Firing]:
    """Where the draw is below the chance and the cooldown is over."""
    hazards = model.hazards
    chances = matrix[hazards.rows]
    hits = np.flatnonzero(luck.events < chances)
    streams, worlds = np.divmod(hits, matrix.shape[1])
    keep = year - matrix[hazards.last[streams], worlds] >= hazards.cooldown[streams]
    if mask is not None:
        keep &= mask[hazards.events[streams]]
    streams, worlds, hits = streams[keep], worlds[keep], hits[keep]
    order = luck.events.reshape(-1)[hits] / chances.reshape(-1)[hits]
    events, places = hazards.events[streams], hazards.places[streams]
    edges = np.flatnonzero(np.diff(events, prepend=-1, append=-1))
    return [
        Firing(
            int(events[start]),
            Pairs(places[start:end], worlds[start:end]),
            order[start:end],
            np.zeros(end - start, dtype=bool),
        )
        for start, end in itertools.pairwise(edges.tolist())
    ]


def _due(model: Model, position: int, matrix: Floats, pairs: Pairs) -> Firing:
    """Scheduled events still ask their condition in their year; not their chance or cooldown."""
    event = model.events[position]
    if event.when is not None:
        (holds,) = event.when(matrix, pairs)
        pairs = pairs.only(np.broadcast_to(holds, (len(pairs),)))
    return Firing(position, pairs, np.zeros(len(pairs)), np.ones(len(pairs), dtype=bool))


def _forced(position: int, event: Event, width: int) -> Firing:
    places = np.repeat(np.array(event.sectors, dtype=np.int64), width)
    pairs = Pairs(places, np.tile(np.arange(width, dtype=np.int64), len(event.sectors)))
    return Firing(position, pairs, np.zeros(len(pairs)), np.zeros(len(pairs), dtype=bool))


def _by_event(due: Queue) -> Iterator[tuple[int, Pairs]]:
    """What is scheduled, event by event, sorted by place and world, each pair once."""
    if not len(due):
        return
    order = np.lexsort((due.worlds, due.places, due.events))
    events, places, worlds = due.events[order], due.places[order], due.worlds[order]
    first = np.ones(len(events), dtype=bool)
    first[1:] = np.diff(events) | np.diff(places) | np.diff(worlds)
    events, places, worlds = events[first], places[first], worlds[first]
    edges = np.flatnonzero(np.diff(events, prepend=-1, append=-1))
    for start, end in itertools.pairwise(edges.tolist()):
        yield int(events[start]), Pairs(places[start:end], worlds[start:end])


def _merged(position: int, parts: list[Firing]) -> Firing | None:
    """One firing, sorted by place and world, each pair once; what was scheduled counts."""
    parts = [part for part in parts if len(part.pairs)]
    if len(parts) < 2:
        return parts[0] if parts else None
    places = np.concatenate([part.pairs.places for part in parts])
    worlds = np.concatenate([part.pairs.worlds for part in parts])
    order = np.concatenate([part.order for part in parts])
    due = np.concatenate([part.due for part in parts])
    by_pair = np.lexsort((order, ~due, worlds, places))
    places, worlds, order, due = places[by_pair], worlds[by_pair], order[by_pair], due[by_pair]
    first = np.ones(len(places), dtype=bool)
    first[1:] = (places[1:] != places[:-1]) | (worlds[1:] != worlds[:-1])
    return Firing(position, Pairs(places, worlds), order, due).only(first)


def limited(
    model: Model, fired: list[Firing], room: Floats, year: int
) -> tuple[list[Firing], Queue]:
    """Keep as many events that ask as there is room for, world by world.

    Scheduled ones come first, then the lowest draw for its chance, then the id. A scheduled event
    that finds no room waits a year; any other does not fire at all and starts no cooldown.

    Returns:
        What fires, and what waits.
    """
    asking = [i for i, firing in enumerate(fired) if model.events[firing.event].asks]
    if not asking:
        return fired, Queue.none()
    worlds = np.concatenate([fired[i].pairs.worlds for i in asking])
    if len(worlds) == 0 or np.all(np.bincount(worlds, minlength=len(room)) <= room):
        return fired, Queue.none()
    sizes = [len(fired[i].pairs) for i in asking]
    owner = np.repeat(asking, sizes)
    order = np.concatenate([fired[i].order for i in asking])
    rank = np.repeat([model.events[fired[i].event].rank for i in asking], sizes)
    places = np.concatenate([fired[i].pairs.places for i in asking])
    by_turn = np.lexsort((places, rank, order, worlds))
    turn = np.empty(len(worlds), dtype=np.int64)
    turn[by_turn] = _position_in_group(worlds[by_turn])
    keep = turn < room[worlds]
    kept = list(fired)
    waiting = []
    for i in asking:
        mine = keep[owner == i]
        firing = fired[i]
        late = firing.only(~mine & firing.due)
        if len(late.pairs):
            waiting.append(Queue.of(firing.event, late.pairs.places, late.pairs.worlds, year + 1))
        kept[i] = firing.only(mine)
    return [firing for firing in kept if len(firing.pairs)], Queue.joined(waiting)


def _position_in_group(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2 ... within each run of equal numbers."""
    index = np.arange(len(groups))
    starts = np.ones(len(groups), dtype=bool)
    starts[1:] = groups[1:] != groups[:-1]
    first = np.maximum.accumulate(np.where(starts, index, 0))
    return np.asarray(index - first)
