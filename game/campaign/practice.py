"""Practice campaigns: what is done by hand there, to events and situations.

An event is triggered for the year that opens next; a situation begins or ends between two years.
While a year is open, what cannot wait for the next opening is carried out when that year closes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from game.campaign.decisions import Expire, Trigger
from game.campaign.forms import DecisionError
from game.campaign.position import Before, Firing, Position
from game.engine.batch import STOPS_A_PLAN, STOPS_A_YEAR
from game.engine.layout import special
from game.engine.lowering import NEVER
from game.rules.expression import Series
from game.words import later, said

if TYPE_CHECKING:
    from game.campaign.table import Game
    from game.engine import Model, State
    from game.packs.schema_events import Event, Situation

PRACTICE_ALONE = later(
    "that is done in practice campaigns alone: `guiding-hand play SCENARIO --practice` begins one"
)


@dataclass(frozen=True, slots=True)
class Hold:
    """What keeps an event or situation as it is, at one place; what `expire` does away with.

    Attributes:
        active: a situation acts.
        due: the years for which an event is scheduled.
        resting: the year in which an event came last, where that keeps it from coming again.
        triggered: an event is to come by hand.
    """

    active: bool = False
    due: tuple[int, ...] = ()
    resting: int | None = None
    triggered: bool = False

    def __bool__(self) -> bool:
        return self.active or bool(self.due) or self.resting is not None or self.triggered


def entry_of(model: Model, name: str) -> Event | Situation:
    """The event or situation of an id.

    Raises:
        DecisionError: there is none.
    """
    found = model.pack.events.get(name) or model.pack.situations.get(name)
    if found is None:
        raise DecisionError(said("there is no event or situation {name}", name=f"{name!r}"))
    return found


def places(model: Model, entry: Event | Situation, sector: str | None) -> tuple[str | None, ...]:
    """Where something is done by hand: the sector given, or everywhere that the entry can be.

    Raises:
        DecisionError: it is never there.
    """
    if entry.scope == "nation":
        known: tuple[str | None, ...] = (None,)
    else:
        known = tuple(entry.sectors) or tuple(model.pack.sectors)
    if sector is None:
        return known
    if sector not in known:
        where = (
            said("is national")
            if known == (None,)
            else said("never comes to {sector}", sector=f"{sector!r}")
        )
        raise DecisionError(f"{entry.id} {where}")
    return (sector,)


def memory(model: Model, kind: str, entry: Event | Situation, place: str | None) -> int:
    """The row in which something of an entry is remembered at a place."""
    return model.layout.row(Series(kind, entry.id, entry.scope), place)  # type: ignore[arg-type]


def is_event(model: Model, entry: Event | Situation) -> bool:
    """Whether an entry is an event and no situation."""
    return entry.id in model.event_position


def hold(
    model: Model,
    state: State,
    entry: Event | Situation,
    place: str | None,
    forced: Sequence[Firing] = (),
) -> Hold:
    """What holds an entry at a place, as the year after a state's begins."""
    if not is_event(model, entry):
        return Hold(active=bool(state.matrix[memory(model, "active", entry, place), 0] > 0.5))
    last = float(state.matrix[memory(model, "last", entry, place), 0])
    resting = None
    cooldown: int | None = getattr(entry, "cooldown", None)
    if last > NEVER and (cooldown is None or state.year + 1 - last < cooldown):
        resting = int(last)
    return Hold(
        due=tuple(_due(model, state, entry, place)),
        resting=resting,
        triggered=(entry.id, place) in forced,
    )


def _due(model: Model, state: State, entry: Event | Situation, place: str | None) -> Iterator[int]:
    position = model.event_position[entry.id]
    at = 0 if place is None else model.layout.places["sector"].index(place)
    queue = state.queue
    here = (queue.events == position) & (queue.places == at) & (queue.worlds == 0)
    yield from sorted(int(year) for year in queue.years[here])


# --- what is decided ------------------------------------------------------------------------------


def intervened(game: Game, position: Position, hand: Trigger | Expire) -> Position:
    """The position after something was done by hand; what is asked stays the same.

    Raises:
        DecisionError: it cannot be done.
    """
    if position.stage == "ended":
        raise DecisionError(said("the campaign has ended; nothing more comes"))
    if isinstance(hand, Trigger):
        return _triggered(game, position, hand)
    return _expired(game, position, hand)


def _triggered(game: Game, position: Position, hand: Trigger) -> Position:
    model = game.model
    entry = entry_of(model, hand.entry)
    where = places(model, entry, hand.sector)
    if not is_event(model, entry):
        if all(hold(model, position.state, entry, place).active for place in where):
            raise DecisionError(said("{title} is active already", title=entry.title))
        return _between_years(game, position, hand)
    new = tuple((entry.id, place) for place in where if (entry.id, place) not in position.forced)
    if not new:
        raise DecisionError(said("{title} comes next year already", title=entry.title))
    forced = (*position.forced, *new)
    cards = sum(model.events[model.event_position[name]].asks for name, _ in forced)
    if cards > STOPS_A_YEAR:
        raise DecisionError(
            said(
                "no more than {most} cards come in a year; step on first",
                most=STOPS_A_YEAR,
            )
        )
    return position.but(forced=forced)


def _expired(game: Game, position: Position, hand: Expire) -> Position:
    model = game.model
    entry = entry_of(model, hand.entry)
    where = places(model, entry, hand.sector)
    found = [hold(model, position.state, entry, place, position.forced) for place in where]
    if not any(found):
        what = said("due, nor resting") if is_event(model, entry) else "active"
        raise DecisionError(
            said("{title} is not {what}: there is nothing to expire", title=entry.title, what=what)
        )
    firings = {(entry.id, place) for place in where}
    kept = tuple(one for one in position.forced if one not in firings)
    position = position.but(forced=kept)
    if any(one.active or one.due or one.resting is not None for one in found):
        return _between_years(game, position, hand)
    return position


def _between_years(game: Game, position: Position, hand: Trigger | Expire) -> Position:
    """Done now, or once the year that is open has closed."""
    if position.running is not None and position.running.pending is not None:
        return position.but(later=(*position.later, hand))
    return game.done(position, Before(by_hand=(hand,)))


def carried_out(game: Game, position: Position) -> Position:
    """A year has closed: what waited for that is done."""
    if not position.later:
        return position
    before = Before(by_hand=position.later)
    return game.done(position.but(later=()), before)


def opening(game: Game, position: Position) -> tuple[Position, tuple[Firing, ...]]:
    """A year opens: room is made for what comes by hand."""
    forced = position.forced
    if not forced:
        return position, ()
    hands = tuple(Trigger(name, place) for name, place in forced)
    return game.done(position.but(forced=()), Before(by_hand=hands)), forced


# --- what it does to a state ----------------------------------------------------------------------


def changed_by_hand(model: Model, state: State, hands: Sequence[Trigger | Expire]) -> State:
    """A state after something was done by hand, in every world of it.

    What the pack does not have (any more) is passed over.
    """
    cards = 0
    for hand in hands:
        try:
            entry = entry_of(model, hand.entry)
            where = places(model, entry, hand.sector)
        except DecisionError:
            continue
        event = is_event(model, entry)
        if isinstance(hand, Trigger) and event:
            asks = model.events[model.event_position[entry.id]].asks
            cards += len(where) if asks else 0
        elif isinstance(hand, Trigger):
            state = _begun(model, state, entry, where)
        elif event:
            state = _freed(model, state, entry, where)
        else:
            state = _set(state, {memory(model, "active", entry, one): 0.0 for one in where})
    return _with_room(model, state, cards) if cards else state


def _begun(
    model: Model, state: State, entry: Event | Situation, where: Sequence[str | None]
) -> State:
    """A situation begins, where it does not act yet."""
    matrix = state.matrix.copy()
    for place in where:
        active = matrix[memory(model, "active", entry, place)]
        new = active < 0.5
        matrix[memory(model, "times", entry, place)] += new
        since = model.situations.since.start + model.situations.names.index((entry.id, place))
        matrix[since] = np.where(new, float(state.year + 1), matrix[since])
        active[:] = 1.0
    return state.but(matrix=matrix)


def _freed(
    model: Model, state: State, entry: Event | Situation, where: Sequence[str | None]
) -> State:
    """An event is no longer due, and what keeps it from coming again is forgotten."""
    state = _set(state, {memory(model, "last", entry, one): NEVER for one in where})
    sectors = model.layout.places["sector"]
    at = [0 if place is None else sectors.index(place) for place in where]
    queue = state.queue
    dropped = (queue.events == model.event_position[entry.id]) & np.isin(queue.places, at)
    return state.but(queue=queue.only(~dropped))


def _with_room(model: Model, state: State, cards: int) -> State:
    """A plan has only so many stops; those that were asked for come all the same."""
    row = model.layout.row(special("stops"))
    matrix = state.matrix.copy()
    matrix[row] = np.minimum(matrix[row], float(STOPS_A_PLAN - min(cards, STOPS_A_YEAR)))
    return state.but(matrix=matrix)


def _set(state: State, values: dict[int, float]) -> State:
    matrix = state.matrix.copy()
    for row, value in values.items():
        matrix[row] = value
    return state.but(matrix=matrix)
