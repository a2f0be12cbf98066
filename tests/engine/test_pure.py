"""Values in, values out: nothing that is handed to the engine is changed by it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from game.engine import (
    Batch,
    Draws,
    Model,
    Orders,
    Pending,
    State,
    begin_plan,
    can_answer,
    close_year,
    flagged,
    open_year,
    post,
    prices,
    promised,
    reported_matrix,
    shift_plan,
    start,
)
from tests.oracle.packs import Player, core


@pytest.fixture(scope="module")
def model() -> Model:
    return core("twelfth-plan")


def begun(model: Model, seed: int = 5, worlds: range = range(1)) -> tuple[Draws, State]:
    """A state in the second year of a random plan."""
    draws = Draws(model.streams, seed, worlds)
    state = start(model, draws)
    allocation, architecture, _ = Player(seed).plan(model)
    state = begin_plan(model, state, Orders.of(model, state, allocation, architecture))
    return draws, close_year(open_year(model, state, draws)).state


def same(one: State, other: State) -> bool:
    """Whether two states are equal to the last bit."""
    return fingerprint(one) == fingerprint(other)


def fingerprint(state: State) -> tuple[object, ...]:
    behind = None if state.behind is None else state.behind.tobytes()
    queue = state.queue
    return (
        (state.year, state.plans, state.plan_years, state.plan_age, state.posted, behind),
        state.matrix.tobytes(),
        [column.tolist() for column in state.timed.columns()],
        [one.tolist() for one in (queue.events, queue.places, queue.worlds, queue.years)],
    )


def test_a_year_changes_neither_its_state_nor_its_draws(model: Model) -> None:
    draws, state = begun(model)
    before, dice = copy.deepcopy(state), draws.strengths.copy()
    pending = open_year(model, state, draws)
    opened = copy.deepcopy(pending.state)
    outcome = close_year(pending, ledger_of=0)
    assert outcome.state.year == state.year + 1
    assert same(state, before)
    assert same(pending.state, opened)
    assert np.array_equal(draws.strengths, dice)


def answers(pending: Pending, position: int) -> dict[tuple[str, str | None], str]:
    events = pending.model.pack.events
    return {
        (one.event, one.sector): events[one.event].choices[position].id for one in pending.asked
    }


def test_a_year_can_be_closed_again_and_gives_the_same(model: Model) -> None:
    draws, state = begun(model)
    pending = open_year(model, state, draws)
    first = close_year(pending, answers(pending, 0), ledger_of=0)
    other = close_year(pending, answers(pending, -1))
    again = close_year(pending, answers(pending, 0), ledger_of=0)
    assert same(first.state, again.state)
    assert first.happened == again.happened
    assert other.state.year == first.state.year
    opened = open_year(model, state, draws)
    assert same(close_year(opened, answers(opened, 0)).state, first.state)


def test_a_year_is_loaded_again_only_after_its_workspace_was_used(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws, state = begun(model)
    loads: list[Batch] = []
    load = Batch.load

    def counted(batch: Batch, *given: Any) -> None:
        loads.append(batch)
        load(batch, *given)

    monkeypatch.setattr(Batch, "load", counted)
    pending = open_year(model, state, draws)
    name = next(event.id for event in model.events if event.asks and event.national)
    can_answer(pending, name, None)
    first = close_year(pending, ledger_of=0)
    assert len(loads) == 1
    assert same(close_year(pending, ledger_of=0).state, first.state)
    assert len(loads) == 2
    begin_plan(model, state, Orders.of(model, state, {}))
    assert same(close_year(pending, ledger_of=0).state, first.state)
    assert len(loads) == 4


def test_a_ledger_costs_nothing_but_time(model: Model) -> None:
    draws, state = begun(model)
    pending = open_year(model, state, draws)
    assert same(close_year(pending).state, close_year(pending, ledger_of=0).state)


def test_asking_what_could_be_done_does_nothing(model: Model) -> None:
    draws, state = begun(model)
    pending = open_year(model, state, draws)
    expected = close_year(pending).state
    name = next(event.id for event in model.events if event.asks and event.national)
    can_answer(pending, name, None)
    prices(pending, name, None)
    reported_matrix(model, state, draws)
    assert same(close_year(pending).state, expected)


def test_plans_posts_and_flags_leave_the_state_before_them_alone(model: Model) -> None:
    _, state = begun(model)
    before = copy.deepcopy(state)
    allocation, architecture, sunset = Player(9).plan(model)
    orders = Orders.of(model, state, allocation, architecture, sunset=sunset)
    capital = model.scenario.capital
    assert capital is not None
    after = [
        begin_plan(model, state, orders),
        shift_plan(model, state, orders),
        post(model, state, "promise", "A promise kept.", {capital: 3.0}),
        promised(model, state, True),
        flagged(model, state, next(s.name for s in model.layout.starts if s.kind == "flag")),
    ]
    assert same(state, before)
    assert not any(same(one, before) for one in after)


Function = Callable[[Model, State, Orders], State]


@pytest.mark.parametrize("function", [begin_plan, shift_plan])
def test_a_plan_depends_on_nothing_that_was_run_before_it(model: Model, function: Function) -> None:
    _, state = begun(model, seed=5)
    orders = Orders.of(model, state, {})
    expected = function(model, state, orders)
    begun(model, seed=77)
    found = function(model, state, orders)
    assert same(found, expected)
    assert np.array_equal(found.matrix[model.strengths], state.matrix[model.strengths])


def test_a_posted_row_is_added_next_year_and_named_in_its_ledger(model: Model) -> None:
    draws, state = begun(model)
    capital = model.scenario.capital
    assert capital is not None
    plain = close_year(open_year(model, state, draws), ledger_of=0)
    paid = close_year(
        open_year(model, post(model, state, "promise", "Kept.", {capital: -0.5}), draws),
        ledger_of=0,
    )
    assert plain.ledger is not None
    assert paid.ledger is not None
    extra = [row for row in paid.ledger.rows(capital) if row.kind == "post"]
    assert [(row.id, row.amount, row.says) for row in extra] == [("promise", -0.5, "Kept.")]


def test_two_threads_at_once_give_what_one_gives(model: Model) -> None:
    def run(seed: int) -> State:
        draws, state = begun(model, seed, range(2 + seed % 2))
        for _ in range(3):
            pending = open_year(model, state, draws)
            state = close_year(pending, answers(pending, -1), ledger_of=0).state
        return state

    seeds = [1, 2, 3, 4] * 2
    alone = [run(seed) for seed in seeds[:4]]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(run, seeds))
    assert all(same(one, alone[seed - 1]) for seed, one in zip(seeds, together, strict=True))
