"""A packed tape is another way to run the same schedule: the same bits in far fewer calls."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.engine import Draws, Model, Orders, State, begin_plan, close_year, open_year, start
from game.engine.execute import Buffers, PackedTape, Registers, Schedule, Tape
from tests.engine.small import Game, indicator, model, rule
from tests.oracle.packs import Made, Player, core, made_up

PACKS = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)


def lived(compiled: Model, seed: int, worlds: range, years: int = 3) -> tuple[State, Draws]:
    """Some worlds after some years of a plan."""
    draws = Draws(compiled.streams, seed, worlds)
    state = start(compiled, draws)
    allocation, architecture, sunset = Player(seed).plan(compiled)
    orders = Orders.of(compiled, state, allocation, architecture, years=5, sunset=sunset)
    state = begin_plan(compiled, state, orders)
    for _ in range(years):
        state = close_year(open_year(compiled, state, draws)).state
    return state, draws


def schedules(compiled: Model) -> tuple[Schedule, ...]:
    return compiled.snapshot, compiled.rules, compiled.recording(None)


def buffers(compiled: Model, state: State, draws: Draws, *, ledger: bool) -> Buffers:
    return Buffers(
        state.matrix.copy(),
        state.matrix[: compiled.layout.ledger].copy(),
        draws.year(state.year + 1).noise.copy(),
        np.zeros((compiled.amounts, state.width)) if ledger else None,
    )


def tape(
    kind: type[Tape], compiled: Model, schedule: Schedule, into: Buffers, *, first_year: bool
) -> Tape:
    made = kind(
        schedule,
        compiled.layout,
        into,
        Registers(),
        first_year=first_year,
        fixed=compiled.fixed,
    )
    made.prepare()
    return made


def compare(compiled: Model, seed: int, worlds: int, *, ledger: bool, first_year: bool) -> None:
    state, draws = lived(compiled, seed, range(worlds))
    for schedule in schedules(compiled):
        plain = buffers(compiled, state, draws, ledger=ledger)
        packed = buffers(compiled, state, draws, ledger=ledger)
        for kind, into in ((Tape, plain), (PackedTape, packed)):
            made = tape(kind, compiled, schedule, into, first_year=first_year)
            made.run()
            made.run()  # what the first run left behind is read by the second
        assert np.array_equal(plain.state, packed.state)
        assert np.array_equal(plain.next, packed.next)
        if plain.amounts is not None and packed.amounts is not None:
            assert np.array_equal(plain.amounts, packed.amounts)


@given(made_up(), st.integers(0, 10**6), st.integers(1, 5), st.booleans(), st.booleans())
@settings(PACKS, max_examples=20)
def test_it_gives_the_bits_of_the_other_tape(
    made: Made, seed: int, worlds: int, ledger: bool, first_year: bool
) -> None:
    compare(made.model(), seed, worlds, ledger=ledger, first_year=first_year)


@pytest.mark.parametrize("worlds", [1, 2, 7, 16])
def test_it_does_for_the_core_pack(worlds: int) -> None:
    compare(core(), 5, worlds, ledger=True, first_year=False)


def test_it_takes_far_fewer_calls() -> None:
    compiled = core()
    state, draws = lived(compiled, 1, range(1), years=1)

    def calls(kind: type[Tape]) -> int:
        into = buffers(compiled, state, draws, ledger=True)
        made = [tape(kind, compiled, one, into, first_year=False) for one in schedules(compiled)]
        return sum(len(one._steps) for one in made)

    assert calls(PackedTape) < calls(Tape) / 8


def test_addends_of_one_row_come_in_the_order_of_the_rules() -> None:
    amounts = (0.1, 1e14, -1e14, 3.0)
    texts = ("0.1", "1e7 * 1e7", "-1e7 * 1e7", "3")
    rules = [rule(f"r{i}", "size", text) for i, text in enumerate(texts)]
    ledger = Game(model(indicator("size"), *rules)).plan().year().ledger
    assert ledger is not None
    assert tuple(row.amount for row in ledger.rows("size")) == amounts
    assert ledger.end("size") == 50.0 + 0.1 + 1e14 - 1e14 + 3.0
    assert ledger.end("size") != 50.0 + 1e14 - 1e14 + 3.0 + 0.1
