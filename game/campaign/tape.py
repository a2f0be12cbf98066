"""What was done, done again: the same decisions in other worlds, or with one thing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from game.campaign.money import Tool, key_of
from game.campaign.position import Before, Firing, Lines, PlayedYear, Post
from game.campaign.practice import changed_by_hand
from game.engine import Batch, begin_plan, flagged, post, promised, shift_plan
from game.engine.execute import Floats, Pairs
from game.engine.firing import Firing as EngineFiring
from game.engine.layout import special
from game.engine.orders import Orders
from game.engine.orders import budget as budget_of
from game.engine.state import Queue, State, Timed
from game.engine.targets import split_target
from game.engine.year import choice_position, workspace
from game.rules.expression import Expression, Series

if TYPE_CHECKING:
    from game.campaign.table import Game
    from game.engine import Draws, Model


def orders_of(model: Model, state: State, lines: Lines) -> Orders:
    """A plan's lines as orders for every world of a state."""
    return _orders(model, state, lines, budget_of(model, state))


def _orders(model: Model, state: State, lines: Lines, budget: Floats) -> Orders:
    allocation = {cell: share * budget for cell, share in lines.shares}
    return Orders.of(
        model,
        state,
        allocation,
        dict(lines.architecture),
        years=lines.years,
        sunset=lines.sunset,
        upkeep={cell: share * budget for cell, share in lines.upkeep},
    )


def applied(model: Model, state: State, before: Before) -> State:
    """A state after something was done to it between two years."""
    if before.plan is not None:
        state = begin_plan(model, state, orders_of(model, state, before.plan))
    if before.shift is not None:
        state = _shifted(model, state, (before.shift,), None, before.reserve)
    for one in before.posts:
        state = posted(model, state, one)
    for flag in before.raised:
        if Series("flag", flag, "nation") in model.layout.starts:
            state = flagged(model, state, flag)
    for kept in before.promises:
        state = promised(model, state, kept)
    if before.by_hand:
        state = changed_by_hand(model, state, before.by_hand)
    return state


def _shifted(
    model: Model,
    state: State,
    lines: Sequence[Lines],
    which: NDArray[np.int64] | None,
    back: float,
) -> State:
    """Lines changed in mid-plan, on the budget with which the plan began."""
    row = {name: model.layout.row(special(name)) for name in ("budget", "reserve_left", "reserve")}
    scale = state.matrix[model.layout.row(special("lines_scale"))].copy()
    budget = state.matrix[row["budget"]].copy()
    parts = [_orders(model, state, one, budget) for one in lines]
    orders = parts[0] if which is None else Orders.picked(parts, which.astype(np.float64))
    # What answers have cost the lines stays lost: a shift alone would forget it.
    state = shift_plan(model, state, replace(orders, lines=orders.lines * scale))
    matrix = state.matrix.copy()
    left = np.maximum(matrix[row["reserve_left"]] + back * budget, 0.0)
    matrix[row["reserve_left"]] = left
    share = np.divide(left, budget, out=np.zeros_like(left), where=budget > 0.0)
    matrix[row["reserve"]] = np.minimum(share, 1.0)
    return state.but(matrix=matrix)


def posted(model: Model, state: State, entry: Post) -> State:
    """Rows due next year, of any stored indicator or counter."""
    national = {name: amount for name, amount in entry.amounts if "[" not in name}
    state = post(model, state, entry.name, entry.says, national)
    cause = len(model.causes) + len(state.posted) - 1
    worlds = np.arange(state.width, dtype=np.int64)
    parts = [state.timed]
    for target, amount in entry.amounts:
        if target not in national:
            name, place = split_target(target)
            series = Series("indicator", name, model.pack.indicators[name].scope)
            row = model.layout.row(series, place)
            parts += Timed.effect(row, worlds, amount, year=state.year + 1, cause=cause)
    return state.but(timed=Timed.joined(parts))


def spread(state: State, width: int) -> State:
    """The first world of a state, repeated in so many columns."""
    return state.but(
        matrix=np.repeat(state.matrix[:, :1], width, axis=1),
        behind=None if state.behind is None else np.repeat(state.behind[:, :1], width, axis=1),
        timed=_spread(state.timed.only(state.timed.worlds == 0), width),
        queue=_spread(state.queue.only(state.queue.worlds == 0), width),
    )


Elements = TypeVar("Elements", Timed, Queue)


def _spread(elements: Elements, width: int) -> Elements:
    """Each element once for every column, the elements in their order."""
    worlds = np.tile(np.arange(width, dtype=np.int64), len(elements))
    columns = {
        field.name: np.repeat(getattr(elements, field.name), width) for field in fields(elements)
    }
    return replace(elements, **{**columns, "worlds": worlds})


@dataclass(frozen=True)
class Variant:
    """Years as they might have been decided; variants of one run differ in lines and answers.

    Attributes:
        years: what is decided, year by year; all variants of a run have the same years.
        lines: what the last plan gives.
    """

    years: tuple[PlayedYear, ...]
    lines: Lines


def rerun(
    game: Game, start: State, draws: Draws, variants: Sequence[Variant], each: int = 1
) -> State:
    """Years played again from one world's state, each variant in so many columns side by side.

    Events that did not ask then take their defaults; answers that cannot be paid do too.
    """
    model = game.model
    which = np.repeat(np.arange(len(variants)), each)
    if len(which) == 1:
        which = np.repeat(which, 2)
    needed = frozenset(_always_needed(model))
    with workspace(model, draws.width, ledger=False) as batch:
        batch.load(spread(start, draws.width), draws)
        count = len(variants[0].years)
        for i in range(count):
            years = [variant.years[i] for variant in variants]
            if years[0].before:
                batch.load(_applied_each(model, batch.state(), years, which), draws)
            _play(batch, model, years, which, needed if i < count - 1 else None)
        return batch.state()


def _always_needed(model: Model) -> Iterator[Expression]:
    """What is read between two years besides measures."""
    money = model.money
    yield from (money.budget, money.scale, money.dilution)
    if money.bonus is not None:
        yield money.bonus


def _applied_each(
    model: Model, state: State, years: Sequence[PlayedYear], which: NDArray[np.int64]
) -> State:
    """What was done before a year, where the variants differ only in their lines."""
    for j, before in enumerate(years[0].before):
        if before.plan is not None:
            plans = [year.before[j].plan or before.plan for year in years]
            state = begin_plan(model, state, picked(model, state, plans, which))
        if before.shift is not None:
            shifts = [year.before[j].shift or before.shift for year in years]
            state = _shifted(model, state, shifts, which, before.reserve)
        state = applied(model, state, replace(before, plan=None, shift=None))
    return state


def picked(model: Model, state: State, lines: Sequence[Lines], which: NDArray[np.int64]) -> Orders:
    """One of several lines in each world, as orders."""
    distinct = list(dict.fromkeys(lines))
    if len(distinct) == 1:
        return orders_of(model, state, distinct[0])
    index = np.array([distinct.index(one) for one in lines], dtype=np.float64)
    parts = [orders_of(model, state, one) for one in distinct]
    return Orders.picked(parts, index[which])


def _play(
    batch: Batch,
    model: Model,
    years: Sequence[PlayedYear],
    which: NDArray[np.int64],
    wanted: frozenset[Expression] | None,
) -> None:
    """One year in every column, with each variant's answers."""
    fired = batch.fire(batch.open(), years[0].forced)
    everywhere = np.arange(len(which), dtype=np.int64)
    given: dict[Firing, list[str | None]] = {}
    for variant, year in enumerate(years):
        answers = {**year.choices, **{(e, s): choice for e, s, choice in year.extra}}
        for firing, choice in answers.items():
            given.setdefault(firing, [None] * len(years))[variant] = choice
    for event, sector, _ in years[0].extra:
        place = 0 if sector is None else model.layout.places["sector"].index(sector)
        pairs = Pairs(np.full(len(which), place, dtype=np.int64), everywhere)
        nothing = np.zeros(len(which))
        position = model.event_position[event]
        fired.append(EngineFiring(position, pairs, nothing, nothing.astype(bool), besides=True))
    fired.sort(key=lambda one: one.event)

    def answer(event: str, sector: str | None, worlds: NDArray[np.int64]) -> NDArray[np.int64]:
        default = model.events[model.event_position[event]].default
        chosen = given.get((event, sector), [None] * len(years))
        positions = [default if c is None else choice_position(model, event, c) for c in chosen]
        return np.array(positions, dtype=np.int64)[which[worlds]]

    batch.favours = favour_rows(model, years[0].favours)
    batch.close(fired, answer, wanted)
    batch.favours = {}


def favour_rows(model: Model, favours: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """The counters that pay for answers, by event and choice."""
    rows: dict[tuple[str, str], int] = {}
    for name, person in favours.items():
        row = model.layout.row(Series("counter", f"{person}.favours", "nation"))
        for choice in model.events[model.event_position[name]].choices:
            rows[name, choice.id] = row
    return rows


def with_lines(
    years: Sequence[PlayedYear], change: Callable[[Lines], Lines], plan: int
) -> tuple[PlayedYear, ...]:
    """The same years with other lines in one plan and its mid-term."""

    def changed(before: Before) -> Before:
        begun = change(before.plan) if before.plan is not None else None
        shift = change(before.shift) if before.shift is not None else None
        return replace(before, plan=begun, shift=shift)

    return tuple(
        replace(year, before=tuple(map(changed, year.before))) if year.plan == plan else year
        for year in years
    )


def leaving_out(key: str, tools: Mapping[str, Tool]) -> Callable[[Lines], Lines]:
    """Lines without those of one dossier; their money stays in the reserve."""

    def kept(lines: Lines) -> Lines:
        shares = tuple(one for one in lines.shares if key_of(one[0], tools) != key)
        return replace(lines, shares=shares)

    return kept
