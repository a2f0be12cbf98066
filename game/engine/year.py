"""A year as pure functions: a state goes in, a state and its ledger come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.engine.batch import Batch, Notes, Opened
from game.engine.draws import Draws
from game.engine.execute import Floats, Pairs
from game.engine.firing import Firing, Forced
from game.engine.layout import special
from game.engine.ledger import Ledger
from game.engine.model import Model
from game.engine.orders import Orders
from game.engine.spending import Purse
from game.engine.state import Cause, Happened, State, Timed
from game.rules.expression import Series

LEDGER_WIDTH = 16
"""Up to this many columns every row's amounts can be kept."""
Answered = Mapping[tuple[str, str | None], str]
"""Choices by event and sector; the same in every world, the default where nothing is said."""


@dataclass(frozen=True)
class Asked:
    """An event that waits for an answer.

    Attributes:
        event: its id.
        sector: the sector that it strikes, or None.
        worlds: the columns in which it fires.
    """

    event: str
    sector: str | None
    worlds: NDArray[np.int64]


@dataclass(frozen=True)
class Pending:
    """A year half done: its events are known, their answers are not."""

    model: Model
    draws: Draws
    state: State
    """The end of the year before."""
    fired: tuple[Firing, ...]
    opened: Opened
    """The year's snapshot, so that it need not be taken twice."""

    @property
    def year(self) -> int:
        """The year that is under way."""
        return self.state.year + 1

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The events that wait for an answer, in canonical order."""
        found = []
        for firing in self.fired:
            event = self.model.events[firing.event]
            for place in np.unique(firing.pairs.places) if event.asks else ():
                sector = None if event.national else self.model.layout.places["sector"][int(place)]
                worlds = firing.pairs.worlds[firing.pairs.places == place]
                found.append(Asked(event.id, sector, worlds))
        return tuple(found)


@dataclass(frozen=True)
class Outcome:
    """A year done.

    Attributes:
        state: where the worlds stand at its end.
        happened: events, choices and situations, in order, column by column.
        ledger: why every number moved, where it was asked for.
    """

    state: State
    happened: tuple[Happened, ...]
    ledger: Ledger | None


def begin_plan(model: Model, state: State, orders: Orders) -> State:
    """A new plan in force: its money, its organisation, an empty count of stops."""
    with workspace(model, state.width) as batch:
        _put_in(batch, state)
        batch.begin_plan(orders)
        return batch.state()


def shift_plan(model: Model, state: State, orders: Orders) -> State:
    """A plan changed on its way: lines and organisation, not the budget or the reserve."""
    with workspace(model, state.width) as batch:
        _put_in(batch, state)
        batch.shift(orders)
        return batch.state()


def _put_in(batch: Batch, state: State) -> None:
    """Load a state as it is; the dice of a pooled workspace are those of its last user."""
    batch.load(state)
    strengths = batch.model.strengths
    np.copyto(batch.matrix[strengths], state.matrix[strengths])


def open_year(
    model: Model,
    state: State,
    draws: Draws,
    *,
    force: Forced = (),
    mask: NDArray[np.bool_] | None = None,
) -> Pending:
    """Begin a year and see which events it brings.

    Args:
        model: the compiled model.
        state: the end of the year before.
        draws: the worlds' dice.
        force: events that fire whatever their condition and chance; see `firing.fires`.
        mask: which events may fire at all, by position in `model.events`.
    """
    with _kept(model, state.width, ledger=True) as kept:
        kept.opened, batch = None, kept.batch
        batch.load(state, draws)
        fired = batch.fire(batch.open(mask), force)
        kept.opened = batch.opened()
        return Pending(model, draws, state, tuple(fired), kept.opened)


def close_year(
    pending: Pending,
    choices: Answered | None = None,
    *,
    extra: Iterable[tuple[str, str | None, str]] = (),
    favours: Mapping[str, str] | None = None,
    ledger_of: int | None = None,
) -> Outcome:
    """Carry a year out with the answers given.

    Args:
        pending: the year under way; it can be closed more than once, to compare.
        choices: answers by event and sector; defaults elsewhere. One that cannot be paid becomes
            the default.
        extra: events carried out besides, with their answers: requests and visits.
        favours: for an event, the person whose favour pays for the answer instead of its price.
        ledger_of: the column whose ledger is wanted; small batches only.

    Raises:
        KeyError: a choice that the event does not have.
    """
    model, draws, state = pending.model, pending.draws, pending.state
    given = dict(choices or {})
    fired = list(pending.fired)
    for event, sector, choice in extra:
        fired.append(_besides(model, event, sector, state.width))
        given[event, sector] = choice
    fired.sort(key=lambda firing: firing.event)
    positions = {key: choice_position(model, key[0], name) for key, name in given.items()}

    def answers(event: str, sector: str | None, worlds: NDArray[np.int64]) -> NDArray[np.int64]:
        position = positions.get((event, sector))
        if position is None:
            position = model.events[model.event_position[event]].default
        return np.full(len(worlds), position, dtype=np.int64)

    with _reopened(pending, ledger=ledger_of is not None) as kept:
        kept.opened, batch = None, kept.batch
        batch.favours = _favour_rows(model, favours or {})
        notes = batch.close(fired, answers)
        batch.favours = {}
        after = batch.state()
    ledger = None
    if ledger_of is not None:
        ledger = Ledger.of(model, draws, state, after, notes, ledger_of)
    return Outcome(after, tuple(happenings(model, state, after, notes)), ledger)


def can_answer(pending: Pending, event: str, sector: str | None) -> dict[str, bool]:
    """Which answers to an event could be given and paid now, in the first world."""
    model, state = pending.model, pending.state
    found = model.events[model.event_position[event]]
    with _reopened(pending) as kept:
        batch = kept.batch
        left = max(0, batch.plan_years - batch.plan_age)
        purse = Purse(model, batch.matrix, left)
        pairs = _besides(model, event, sector, state.width).pairs
        return {choice.id: bool(purse.can_pay(choice, pairs)[0]) for choice in found.choices}


def prices(pending: Pending, event: str, sector: str | None) -> dict[str, tuple[float, float]]:
    """What each answer costs now in the first world: billion yuan, political capital."""
    model, state = pending.model, pending.state
    found = model.events[model.event_position[event]]
    with _reopened(pending) as kept:
        batch = kept.batch
        purse = Purse(model, batch.matrix, 1)
        pairs = _besides(model, event, sector, state.width).pairs
        return {
            choice.id: (float(purse.money(choice, pairs)[0]), choice.price.capital)
            for choice in found.choices
        }


def choice_position(model: Model, event: str, choice: str) -> int:
    """Where a choice stands among its event's.

    Raises:
        KeyError: the event or the choice does not exist.
    """
    found = model.events[model.event_position[event]]
    for position, one in enumerate(found.choices):
        if one.id == choice:
            return position
    raise KeyError(f"{event} has no choice {choice}")


def post(
    model: Model, state: State, name: str, says: str, amounts: Mapping[str, float | Floats]
) -> State:
    """Rows due next year: what promises pay, what closing a dossier costs, a standing that moves.

    `amounts` goes by national indicator or `counter("name")`; the same in every world or one each.
    """
    cause = len(model.causes) + len(state.posted)
    parts = [state.timed]
    worlds = np.arange(state.width, dtype=np.int64)
    for target, amount in amounts.items():
        row = _ledger_row(model, target)
        parts += Timed.effect(row, worlds, amount, year=state.year + 1, cause=cause)
    posted = (*state.posted, Cause("post", name, says, year=state.year))
    return state.but(timed=Timed.joined(parts), posted=posted)


def promised(model: Model, state: State, kept: NDArray[np.bool_] | bool) -> State:
    """A promise counted: `kept_promises` is the share of all that were kept."""
    matrix = state.matrix.copy()
    made = matrix[model.layout.row(special("promises_made"))]
    good = matrix[model.layout.row(special("promises_kept"))]
    made += 1.0
    good += kept
    matrix[model.layout.row(special("kept_promises"))] = good / made
    return state.but(matrix=matrix)


def flagged(model: Model, state: State, flag: str, value: bool = True) -> State:
    """A flag set or cleared between two years."""
    matrix = state.matrix.copy()
    matrix[model.layout.row(Series("flag", flag, "nation"))] = float(value)
    return state.but(matrix=matrix)


def _ledger_row(model: Model, target: str) -> int:
    if target.startswith("counter("):
        name = target[len("counter(") :].strip("\"')")
        return model.layout.row(Series("counter", name, "nation"))
    return model.layout.row(Series("indicator", target, "nation"))


def _favour_rows(model: Model, favours: Mapping[str, str]) -> dict[tuple[str, str], int]:
    rows: dict[tuple[str, str], int] = {}
    for name, person in favours.items():
        row = model.layout.row(Series("counter", f"{person}.favours", "nation"))
        for choice in model.events[model.event_position[name]].choices:
            rows[name, choice.id] = row
    return rows


def _besides(model: Model, name: str, sector: str | None, width: int) -> Firing:
    position = model.event_position[name]
    place = 0 if sector is None else model.layout.places["sector"].index(sector)
    pairs = Pairs(np.full(width, place, dtype=np.int64), np.arange(width, dtype=np.int64))
    nothing = np.zeros(width)
    return Firing(position, pairs, nothing, nothing.astype(bool), besides=True)


def happenings(model: Model, before: State, after: State, notes: Notes) -> Iterator[Happened]:
    """What a year brought, in order: events with their answers, then situations."""
    sectors = model.layout.places["sector"]
    answered = {id(firing): chosen for firing, chosen in notes.answered}
    for firing in notes.fired:
        event = model.events[firing.event]
        chosen = answered.get(id(firing))
        for i, (place, world) in enumerate(
            zip(firing.pairs.places.tolist(), firing.pairs.worlds.tolist(), strict=True)
        ):
            sector = None if event.national else sectors[place]
            choice = event.choices[int(chosen[i])].id if chosen is not None else None
            yield Happened(after.year, "event", event.id, sector, world, choice)
    rows = model.situations
    was, now = before.matrix[rows.active], after.matrix[rows.active]
    for row, world in zip(*np.nonzero(was != now), strict=True):
        name, place = rows.names[int(row)]
        kind = "situation" if now[row, world] > 0.5 else "over"
        yield Happened(after.year, kind, name, place, int(world))


@dataclass
class _Kept:
    """A workspace between two uses, and the opened year that stands in it untouched."""

    batch: Batch
    opened: Opened | None = None


@contextmanager
def workspace(model: Model, width: int, *, ledger: bool = True) -> Iterator[Batch]:
    """A workspace of this width, taken from the model's pool for as long as it is needed."""
    with _kept(model, width, ledger=ledger) as kept:
        kept.opened = None
        yield kept.batch


@contextmanager
def _kept(model: Model, width: int, *, ledger: bool) -> Iterator[_Kept]:
    # Wide batches are run for statistics; keeping their amounts would cost memory for nothing.
    keep = ledger and width <= LEDGER_WIDTH
    pool: list[_Kept] = model.workspaces.setdefault((width, keep), [])
    try:
        kept = pool.pop()
    except IndexError:
        kept = _Kept(Batch(model, Draws(model.streams, 0, range(width)), ledger=keep))
    try:
        yield kept
    finally:
        pool.append(kept)


@contextmanager
def _reopened(pending: Pending, *, ledger: bool = True) -> Iterator[_Kept]:
    """A workspace with a year as it was opened; most often the one that it was opened in."""
    with _kept(pending.model, pending.state.width, ledger=ledger) as kept:
        if kept.opened is not pending.opened:
            kept.opened = None
            kept.batch.reopen(pending.opened, pending.draws)
            kept.opened = pending.opened
        yield kept
