"""What was done, done again: the same decisions in other worlds, or with one thing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from game.campaign.position import Before, Lines, PlayedYear, Post
from game.engine import begin_plan, close_year, flagged, open_year, post, promised, shift_plan
from game.engine.layout import special
from game.engine.orders import Orders
from game.engine.orders import budget as budget_of
from game.engine.state import Addend, Queue, State, Timed
from game.engine.targets import split_target
from game.rules.expression import Series

if TYPE_CHECKING:
    from game.engine import Draws, Model


def orders_of(model: Model, state: State, lines: Lines) -> Orders:
    """A plan's lines as orders for every world of a state."""
    budget = budget_of(model, state)
    allocation = {cell: share * budget for cell, share in lines.shares}
    return Orders.of(model, state, allocation, dict(lines.architecture), years=lines.years)


def applied(model: Model, state: State, before: Before) -> State:
    """A state after something was done to it between two years."""
    if before.plan is not None:
        state = begin_plan(model, state, orders_of(model, state, before.plan))
    if before.shift is not None:
        state = _shifted(model, state, before.shift, before.reserve)
    for one in before.posts:
        state = posted(model, state, one)
    for flag in before.raised:
        if Series("flag", flag, "nation") in model.layout.starts:
            state = flagged(model, state, flag)
    for kept in before.promises:
        state = promised(model, state, kept)
    return state


def _shifted(model: Model, state: State, lines: Lines, back: float) -> State:
    """Lines changed in mid-plan, on the budget with which the plan began."""
    row = {name: model.layout.row(special(name)) for name in ("budget", "reserve_left", "reserve")}
    scale = state.matrix[model.layout.row(special("lines_scale"))].copy()
    budget = state.matrix[row["budget"]].copy()
    allocation = {cell: share * budget for cell, share in lines.shares}
    orders = Orders.of(model, state, allocation, dict(lines.architecture), years=lines.years)
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
    parts: list[Addend] = []
    for target, amount in entry.amounts:
        if target not in national:
            name, place = split_target(target)
            series = Series("indicator", name, model.pack.indicators[name].scope)
            row = model.layout.row(series, place)
            parts += Addend.effect(row, worlds, amount, year=state.year + 1, cause=cause)
    return state.but(timed=state.timed.and_then(parts))


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


Change = Callable[[PlayedYear], PlayedYear]


def unchanged(year: PlayedYear) -> PlayedYear:
    """The year as it was played."""
    return year


def rerun(
    model: Model,
    state: State,
    draws: Draws,
    years: Iterable[PlayedYear],
    change: Change = unchanged,
) -> State:
    """Years played again from a state, with what was decided then, or as `change` has it.

    Events that did not ask then take their defaults; answers that cannot be paid do too.
    """
    for year in years:
        played = change(year)
        for before in played.before:
            state = applied(model, state, before)
        pending = open_year(model, state, draws)
        state = close_year(
            pending, played.choices, extra=played.extra, favours=played.favours
        ).state
    return state


def without(years: Sequence[PlayedYear], keep: Callable[[Lines], Lines]) -> tuple[PlayedYear, ...]:
    """The same years with other lines in every plan and shift."""

    def changed(before: Before) -> Before:
        plan = keep(before.plan) if before.plan is not None else None
        shift = keep(before.shift) if before.shift is not None else None
        return replace(before, plan=plan, shift=shift)

    return tuple(replace(year, before=tuple(map(changed, year.before))) for year in years)
