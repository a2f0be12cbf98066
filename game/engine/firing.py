"""Which events fire: luck first, then cooldowns, conditions and chances where a draw could hit."""

from __future__ import annotations

from collections.abc import Sequence
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
    starts = [event.stream for event in model.events]
    edges = np.searchsorted(luck.streams, [*starts, len(model.stream_events)])
    waiting = np.searchsorted(np.array(starts, dtype=np.int64), due.streams, side="right") - 1
    found = []
    for position, event in enumerate(model.events):
        if mask is not None and not mask[position]:
            continue
        here = slice(edges[position], edges[position + 1])
        parts = []
        if event.id in force:
            parts.append(_forced(position, event, matrix.shape[1]))
        else:
            if here.stop > here.start and event.chance is not None:
                parts.append(_by_chance(position, event, matrix, year, luck, here))
            if len(due):
                parts.append(_due(position, event, matrix, due, waiting == position))
        firing = _merged(position, parts)
        if firing is not None:
            found.append(firing)
    return found


def _by_chance(
    position: int, event: Event, matrix: Floats, year: int, luck: YearLuck, here: slice
) -> Firing:
    sectors = np.array(event.sectors, dtype=np.int64)
    pairs = Pairs(sectors[luck.streams[here] - event.stream], luck.worlds[here])
    draws = luck.draws[here]
    keep = event.allowed(matrix, pairs, year)
    pairs, draws = pairs.only(keep), draws[keep]
    if event.when is not None and len(pairs):
        keep = np.asarray(event.when(matrix, pairs))
        pairs, draws = pairs.only(keep), draws[keep]
    assert event.chance is not None
    chances = np.asarray(event.chance(matrix, pairs), dtype=np.float64)
    keep = draws < chances
    order = np.divide(draws, chances, out=np.zeros_like(draws), where=chances > 0.0)
    return Firing(position, pairs.only(keep), order[keep], np.zeros(int(keep.sum()), dtype=bool))


def _due(
    position: int, event: Event, matrix: Floats, due: Queue, mine: NDArray[np.bool_]
) -> Firing:
    """Scheduled events still ask their condition in their year; not their chance or cooldown."""
    sectors = np.array(event.sectors, dtype=np.int64)
    queued = due.only(mine)
    pairs = Pairs(sectors[queued.streams - event.stream], queued.worlds)
    if event.when is not None and len(pairs):
        pairs = pairs.only(np.asarray(event.when(matrix, pairs)))
    return Firing(position, pairs, np.zeros(len(pairs)), np.ones(len(pairs), dtype=bool))


def _forced(position: int, event: Event, width: int) -> Firing:
    places = np.repeat(np.array(event.sectors, dtype=np.int64), width)
    pairs = Pairs(places, np.tile(np.arange(width, dtype=np.int64), len(event.sectors)))
    return Firing(position, pairs, np.zeros(len(pairs)), np.zeros(len(pairs), dtype=bool))


def _merged(position: int, parts: list[Firing]) -> Firing | None:
    """One firing, sorted by place and world, each pair once."""
    parts = [part for part in parts if len(part.pairs)]
    if not parts:
        return None
    if len(parts) == 1 and not parts[0].due.any():
        return parts[0]
    places = np.concatenate([part.pairs.places for part in parts])
    worlds = np.concatenate([part.pairs.worlds for part in parts])
    order = np.concatenate([part.order for part in parts])
    due = np.concatenate([part.due for part in parts])
    by_pair = np.lexsort((order, worlds, places))
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
    owner = np.concatenate([np.full(len(fired[i].pairs), i) for i in asking])
    order = np.concatenate([fired[i].order for i in asking])
    rank = np.concatenate(
        [np.full(len(fired[i].pairs), model.events[fired[i].event].rank) for i in asking]
    )
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
        event = model.events[firing.event]
        late = firing.only(~mine & firing.due)
        if len(late.pairs):
            offset = np.searchsorted(np.array(event.sectors), late.pairs.places)
            years = np.full(len(late.pairs), year + 1, dtype=np.int64)
            waiting.append(Queue(event.stream + offset, late.pairs.worlds, years))
        kept[i] = firing.only(mine)
    return [firing for firing in kept if len(firing.pairs)], Queue.joined(waiting)


def _position_in_group(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2 ... within each run of equal numbers."""
    index = np.arange(len(groups))
    starts = np.ones(len(groups), dtype=bool)
    starts[1:] = groups[1:] != groups[:-1]
    first = np.maximum.accumulate(np.where(starts, index, 0))
    return np.asarray(index - first)
