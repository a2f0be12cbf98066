"""Which events fire: luck first, then cooldowns, conditions and chances where a draw could hit."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.engine.draws import YearLuck
from game.engine.execute import Floats, Pairs
from game.engine.model import Model
from game.engine.state import Integers, Queue

Forced = Sequence[str | tuple[str, str | None]]
"""Events that fire whatever their condition: ids, or ids with a sector (None for all)."""
FIRST_OF_ALL = -1.0
"""Comes before any draw divided by a chance, and before what was scheduled."""


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


@dataclass(frozen=True)
class _Fires:
    """What fires, one element an event, place and world: see `Firing`."""

    events: Integers
    places: Integers
    worlds: Integers
    order: Floats
    due: NDArray[np.bool_]

    def only(self, keep: NDArray[np.bool_] | Integers) -> _Fires:
        """The elements at some positions, or where `keep` holds."""
        return _Fires(
            self.events[keep], self.places[keep], self.worlds[keep], self.order[keep],
            self.due[keep],
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.events)


def fires(
    model: Model,
    matrix: Floats,
    year: int,
    luck: YearLuck,
    due: Queue,
    room: Floats,
    force: Forced = (),
    mask: NDArray[np.bool_] | None = None,
) -> tuple[list[Firing], Queue]:
    """The events of a year, in canonical order.

    Args:
        model: the compiled model.
        matrix: the year's snapshot.
        year: the year.
        luck: its draws.
        due: what is scheduled for it.
        room: how many more events may ask, in each world.
        force: events that fire whatever their condition and chance: by id in all their places, or
            an id and a sector; these come before everything else that asks.
        mask: which events may fire at all, by position; all where it is None.

    Returns:
        What fires, and what was scheduled but found no room and waits.
    """
    forced = np.zeros(len(model.events), dtype=bool)
    named = [one for one in force if isinstance(one, str)]
    forced[[model.event_position[name] for name in named]] = True
    allowed = ~forced if mask is None else mask & ~forced
    # What was scheduled counts before what comes by chance, and what was asked for before both.
    parts = [
        *(_placed(model, *one, matrix.shape[1]) for one in force if not isinstance(one, str)),
        *_due(model, matrix, due, allowed),
        _by_chance(model, matrix, year, luck, allowed),
        *(_forced(model, int(position), matrix.shape[1]) for position in np.flatnonzero(forced)),
    ]
    places = max(model.layout.sizes.values())
    found, waiting = _limited(model, _in_order(parts, places, matrix.shape[1]), room)
    edges = np.flatnonzero(np.diff(found.events, prepend=-1, append=-1)).tolist()
    late = np.full(len(waiting), year + 1, dtype=np.int64)
    return [
        Firing(
            int(found.events[start]),
            Pairs(found.places[start:end], found.worlds[start:end]),
            found.order[start:end],
            found.due[start:end],
        )
        for start, end in itertools.pairwise(edges)
    ], Queue(waiting.events, waiting.places, waiting.worlds, late)


def _by_chance(
    model: Model, matrix: Floats, year: int, luck: YearLuck, allowed: NDArray[np.bool_]
) -> _Fires:
    """Where the draw is below the chance and the cooldown is over."""
    hazards = model.hazards
    chances = matrix[hazards.rows]
    hits = np.flatnonzero(luck.events < chances)
    streams, worlds = np.divmod(hits, matrix.shape[1])
    keep = year - matrix[hazards.last[streams], worlds] >= hazards.cooldown[streams]
    keep &= allowed[hazards.events[streams]]
    streams, worlds, hits = streams[keep], worlds[keep], hits[keep]
    order = luck.events.reshape(-1)[hits] / chances.reshape(-1)[hits]
    events, places = hazards.events[streams], hazards.places[streams]
    return _Fires(events, places, worlds, order, np.zeros(len(events), dtype=bool))


def _due(model: Model, matrix: Floats, due: Queue, allowed: NDArray[np.bool_]) -> list[_Fires]:
    """Scheduled events still ask their condition in their year; not their chance or cooldown."""
    due = due.only(allowed[due.events])
    if not len(due):
        return []
    order = np.argsort(due.events, kind="stable")
    events, places, worlds = due.events[order], due.places[order], due.worlds[order]
    keep = np.ones(len(events), dtype=bool)
    edges = np.flatnonzero(np.diff(events, prepend=-1, append=-1)).tolist()
    for start, end in itertools.pairwise(edges):
        when = model.events[int(events[start])].when
        if when is not None:
            (keep[start:end],) = when(matrix, Pairs(places[start:end], worlds[start:end]))
    scheduled = np.ones(len(events), dtype=bool)
    return [_Fires(events, places, worlds, np.zeros(len(events)), scheduled).only(keep)]


def _forced(model: Model, position: int, width: int) -> _Fires:
    sectors = np.array(model.events[position].sectors, dtype=np.int64)
    number = len(sectors) * width
    return _Fires(
        np.full(number, position, dtype=np.int64),
        np.repeat(sectors, width),
        np.tile(np.arange(width, dtype=np.int64), len(sectors)),
        np.zeros(number),
        np.zeros(number, dtype=bool),
    )


def _placed(model: Model, event: str, sector: str | None, width: int) -> _Fires:
    """An event asked for in one place, or in all of them."""
    fires = _forced(model, model.event_position[event], width)
    fires = replace(fires, order=np.full(len(fires), FIRST_OF_ALL))
    if sector is None:
        return fires
    return fires.only(fires.places == model.layout.places["sector"].index(sector))


def _in_order(parts: list[_Fires], places: int, width: int) -> _Fires:
    """By event, place and world, each once: of several the part that comes first."""
    every = _Fires(
        np.concatenate([part.events for part in parts]),
        np.concatenate([part.places for part in parts]),
        np.concatenate([part.worlds for part in parts]),
        np.concatenate([part.order for part in parts]),
        np.concatenate([part.due for part in parts]),
    )
    key = (every.events * places + every.places) * width + every.worlds
    order = np.argsort(key, kind="stable")
    return every.only(order[np.diff(key[order], prepend=-1) != 0])


def _limited(model: Model, found: _Fires, room: Floats) -> tuple[_Fires, _Fires]:
    """Keep as many events that ask as there is room for, world by world.

    Scheduled ones come first, then the lowest draw for its chance, then the id. A scheduled event
    that finds no room waits a year; any other does not fire at all and starts no cooldown.

    Returns:
        What fires, and what waits.
    """
    asking = np.flatnonzero(model.asking[found.events])
    worlds = found.worlds[asking]
    keep = np.ones(len(found), dtype=bool)
    # Only worlds that ask more than there is room for need to be put in order.
    crowded = (np.bincount(worlds, minlength=len(room)) > room)[worlds]
    asking, worlds = asking[crowded], worlds[crowded]
    if len(asking):
        ranks = model.ranks[found.events[asking]]
        by_turn = np.lexsort((found.places[asking], ranks, found.order[asking], worlds))
        turn = _position_in_group(worlds[by_turn])
        keep[asking[by_turn]] = turn < room[worlds[by_turn]]
    return found.only(keep), found.only(~keep & found.due)


def _position_in_group(groups: Integers) -> Integers:
    """0, 1, 2 ... within each run of equal numbers."""
    index = np.arange(len(groups))
    starts = np.ones(len(groups), dtype=bool)
    starts[1:] = groups[1:] != groups[:-1]
    first = np.maximum.accumulate(np.where(starts, index, 0))
    return np.asarray(index - first)
