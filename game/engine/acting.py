"""What a year's events do: effects, answers and what they cost, schedules and memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from game.engine.effects import Effects, Event, carried_out
from game.engine.execute import Floats, Pairs
from game.engine.firing import Firing
from game.engine.model import Model, Situations
from game.engine.spending import Purse
from game.engine.state import Queue, Timed

Answers = Callable[[str, str | None, NDArray[np.int64]], NDArray[np.int64] | None]
"""Event, sector and columns -> the position of each column's choice, or None for the default."""


@dataclass
class Acts:
    """What the events of a year do, in order; nothing is written before all has been read.

    Attributes:
        model: the compiled model.
        matrix: the year's snapshot.
        year: the year.
        purse: what choices can still spend.
        answers: how events that ask are answered; defaults where it is None or says so.
        favours: choices that a favour pays for: the counter's row.
        answered: the position of each pair's choice, by firing.
    """

    model: Model
    matrix: Floats
    year: int
    purse: Purse
    answers: Answers | None
    favours: Mapping[tuple[str, str], int]
    answered: list[tuple[Firing, NDArray[np.int64]]] = field(default_factory=list)
    _parts: list[tuple[Effects, Pairs]] = field(default_factory=list)
    """Effects, each with the pairs that they strike."""
    _paid: list[tuple[int, Timed]] = field(default_factory=list)
    """Rows of prices, each with how many parts come before it."""

    def take(self, firing: Firing) -> None:
        """Put down what one event does, and how it is answered."""
        event = self.model.events[firing.event]
        self._parts.append((event.effects, firing.pairs))
        if event.asks:
            self._answer(event, firing)

    def rows(self) -> Timed:
        """The ledger's rows, of effects and of prices between the effects before them and after."""
        made: list[Timed] = []
        begin = 0
        for end, paid in self._paid:
            made.append(carried_out(self._parts[begin:end], self.matrix, self.year))
            made.append(paid)
            begin = end
        made.append(carried_out(self._parts[begin:], self.matrix, self.year))
        return Timed.joined(made)

    def set_rows(self) -> None:
        """Write the flags and locks that are set outright."""
        for effects, pairs in self._parts:
            for setting in effects.settings:
                self.matrix[setting.rows, pairs.worlds] = setting.value

    def scheduled(self) -> Queue:
        """What comes later: in the same sector; where an event has none there, nothing.

        What a national event puts down for sectors comes in every one that it can strike.
        """
        found = []
        for effects, pairs in self._parts:
            for schedule in effects.schedules:
                position = self.model.event_position[schedule.event]
                event = self.model.events[position]
                places, worlds = pairs.places, pairs.worlds
                if event.national:
                    places = np.zeros_like(places)
                elif schedule.everywhere:
                    places = np.repeat(np.array(event.sectors, dtype=np.int64), len(pairs))
                    worlds = np.tile(worlds, len(event.sectors))
                elif len(event.sectors) < self.model.layout.sizes["sector"]:
                    keep = np.isin(places, event.sectors)
                    places, worlds = places[keep], worlds[keep]
                found.append((position, places, worlds, self.year + max(1, schedule.years)))
        if not found:
            return Queue.none()
        events, places_of, worlds_of, years = zip(*found, strict=True)
        sizes = [len(worlds) for worlds in worlds_of]
        return Queue(
            np.repeat(np.array(events, dtype=np.int64), sizes),
            np.concatenate(places_of),
            np.concatenate(worlds_of),
            np.repeat(np.array(years, dtype=np.int64), sizes),
        )

    def _answer(self, event: Event, firing: Firing) -> None:
        """Each pair's answer, its price, its effects.

        An answer that cannot be given or paid becomes the default.
        """
        chosen = np.full(len(firing.pairs), event.default, dtype=np.int64)
        self.answered.append((firing, chosen))
        free = event.choices[event.default].price.free
        # Purses are emptied place by place; what the answers do then comes choice by choice.
        for place, here in _by_place(event, firing):
            pairs = firing.pairs if here is None else firing.pairs.only(here)
            sector = None if event.national else self.model.layout.places["sector"][place]
            given = None
            if self.answers is not None:
                given = self.answers(event.id, sector, pairs.worlds)
            if given is None and free:
                continue
            taken = chosen[...] if here is None else chosen[here]
            if given is not None:
                taken = self._possible(event, pairs, given)
                chosen[... if here is None else here] = taken
            self._pay(event, pairs, taken)
        for position, choice in enumerate(event.choices):
            mine = chosen == position
            if mine.any():
                taken_by = firing.pairs if mine.all() else firing.pairs.only(mine)
                self._parts.append((choice.effects, taken_by))

    def _pay(self, event: Event, pairs: Pairs, taken: NDArray[np.int64]) -> None:
        """Take the prices of the choices that some pairs have taken."""
        for position in np.unique(taken).tolist():
            choice = event.choices[position]
            favour = self.favours.get((event.id, choice.id))
            payers = pairs.only(taken == position)
            rows = self.purse.pay(choice, payers, self.year, favour=favour)
            self._paid += [(len(self._parts), row) for row in rows]

    def _possible(self, event: Event, pairs: Pairs, given: NDArray[np.int64]) -> NDArray[np.int64]:
        """The answers given, and the default where one cannot be paid."""
        chosen = np.full(len(pairs), event.default, dtype=np.int64)
        for position in np.unique(given).tolist():
            choice = event.choices[position]
            mine = given == position
            if (event.id, choice.id) not in self.favours:
                mine = mine & self.purse.can_pay(choice, pairs)
            chosen[mine] = position
        return chosen


def _by_place(event: Event, firing: Firing) -> Iterator[tuple[int, NDArray[np.bool_] | None]]:
    """The places of a firing, each with its pairs; None for all of them."""
    if event.national:
        yield 0, None
        return
    for place in np.unique(firing.pairs.places).tolist():
        yield place, firing.pairs.places == place


def remember_events(
    model: Model, matrix: Floats, year: int, fired: list[Firing]
) -> NDArray[np.int64]:
    """When and how often each event came; in every world how many of this year's stopped it."""
    width = matrix.shape[1]
    if not fired:
        return np.zeros(width, dtype=np.int64)
    events = [model.events[firing.event] for firing in fired]
    sizes = [len(firing.pairs) for firing in fired]
    places = np.concatenate([firing.pairs.places for firing in fired])
    worlds = np.concatenate([firing.pairs.worlds for firing in fired])
    matrix[np.repeat([one.last for one in events], sizes) + places, worlds] = year
    matrix[np.repeat([one.times for one in events], sizes) + places, worlds] += 1.0
    stop = [event.asks and not firing.besides for event, firing in zip(events, fired, strict=True)]
    return np.bincount(worlds[np.repeat(stop, sizes)], minlength=width)


def remember_situations(situations: Situations, matrix: Floats, year: int) -> None:
    """Which situations act, when each began and how often."""
    now, active = matrix[situations.now], matrix[situations.active]
    begins = now > active
    matrix[situations.times] += begins
    np.copyto(matrix[situations.since], float(year), where=begins)
    np.copyto(active, now)
