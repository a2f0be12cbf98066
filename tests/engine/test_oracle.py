"""The engine against a plain interpreter of a year: every number of every year, exactly."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from game.engine import (
    Draws,
    Model,
    Orders,
    Outcome,
    State,
    batch,
    begin_plan,
    close_year,
    compile_model,
    open_year,
    start,
)
from game.engine.year import shift_plan
from game.rules.expression import Series
from tests.engine.small import Game, indicator, line, model, rule
from tests.oracle.packs import Made, Plan, Player, core_pack, made_up
from tests.oracle.starting import begin, new_plan, put_in_force
from tests.oracle.world import World
from tests.oracle.years import live

SLOW_DATA = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)
WORLDS = (0, 3, -7)


def differences(model: Model, state: State, world: World, column: int) -> Iterable[str]:
    """Every number of a state that is not the oracle's."""

    def compared(series: Series, expected: Iterable[float]) -> Iterable[str]:
        for row, number in enumerate(expected, model.layout.starts[series]):
            found = float(state.matrix[row, column])
            if found != number:
                yield f"{world.year} {series.kind} {series.name} {row}: {found!r} not {number!r}"

    pack = model.pack
    for name, entry in pack.indicators.items():
        values = world.stored if entry.formula is None else world.computed
        yield from compared(Series("indicator", name, entry.scope), values[name])
    for name, funded in pack.instruments.items():
        yield from compared(Series("support", name, funded.scope), world.support[name])
        yield from compared(Series("locked", name, funded.scope), map(float, world.locked[name]))
    for series in model.layout.starts:
        if series.kind == "counter":
            yield from compared(series, [world.counters.get(series.name, 0.0)])
        elif series.kind == "flag":
            yield from compared(series, [float(series.name in world.flags)])
    for name, situation in pack.situations.items():
        yield from compared(Series("active", name, situation.scope), map(float, world.active[name]))
    for name, event in pack.events.items():
        times = [float(world.times.get((name, i), 0)) for i in range(world.size(event.scope))]
        yield from compared(Series("times", name, event.scope), times)
    for name in ("reserve", "reserve_left", "lines_scale", "budget", "desk", "priorities", "stops"):
        yield from compared(Series("special", name, "nation"), [float(getattr(world, name))])


def told(outcome: Outcome, column: int) -> list[tuple[str, str | None, str | None]]:
    return [
        (one.id, one.sector, one.choice)
        for one in outcome.happened
        if one.kind == "event" and one.column == column
    ]


def play_both(model: Model, seed: int, player: Player, years: int, *, wild: bool = True) -> None:
    """Play the same orders and answers in the engine and in the oracle; compare every year."""
    draws = Draws(model.streams, seed, WORLDS)
    state = start(model, draws)
    worlds = [begin(model, seed, name) for name in WORLDS]
    check(model, state, worlds)
    for span in model.scenario.plans:
        plan = player.plan(model)
        state = begin_plan(model, state, ordered(model, state, plan, span.years))
        for world in worlds:
            new_plan(world, plan[0], plan[1], span.years, plan[2])
        for plan_year in range(1, span.years + 1):
            if plan_year == 3:
                plan = player.plan(model)
                state = shift_plan(model, state, ordered(model, state, plan, span.years))
                for world in worlds:
                    put_in_force(world, plan[0], plan[1], span.years, plan[2])
            state = year_of_both(model, draws, state, worlds, player, wild)
            years -= 1
            if not years:
                return


def ordered(model: Model, state: State, plan: Plan, years: int) -> Orders:
    allocation, architecture, sunset = plan
    return Orders.of(model, state, allocation, architecture, years=years, sunset=sunset)


def year_of_both(
    model: Model, draws: Draws, state: State, worlds: list[World], player: Player, wild: bool
) -> State:
    force, extra = [], []
    if wild and (state.year + player.seed) % 4 == 0:
        force = ["raid", "offer"]
    if wild and (state.year + player.seed) % 3 == 0:
        extra = [("wish", None, "way-1")]
    pending = open_year(model, state, draws, force=force)
    answers = {
        (one.event, one.sector): player.answer(model, pending.year, one.event, one.sector)
        for one in pending.asked
    }
    outcome = close_year(pending, answers, extra=extra)
    for column, world in enumerate(worlds):
        expected = live(
            world, lambda event, sector: answers.get((event, sector)), force=force, extra=extra
        )
        assert sorted(told(outcome, column), key=str) == sorted(expected, key=str)
    check(model, outcome.state, worlds)
    return outcome.state


def check(model: Model, state: State, worlds: list[World]) -> None:
    assert np.isfinite(state.matrix).all()
    for column, world in enumerate(worlds):
        assert list(differences(model, state, world, column)) == []


@pytest.fixture(params=["whole tapes", "own tapes"])
def tapes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide batches leave out what unfunded lines would do; here narrow ones do it at once."""
    if request.param == "own tapes":
        monkeypatch.setattr(batch, "NARROW", 0)
        monkeypatch.setattr(batch, "WORLD_YEARS_BEFORE_OWN_TAPES", -1)


@pytest.mark.usefixtures("tapes")
@given(made_up(), st.integers(-5, 10**20), st.integers(0, 10**6))
@settings(SLOW_DATA, max_examples=30)
def test_a_year_is_what_the_plain_interpreter_says(made: Made, seed: int, player: int) -> None:
    play_both(made.model(), seed, Player(player), years=8)


@pytest.mark.slow
@pytest.mark.usefixtures("tapes")
@given(made_up(), st.integers(-5, 10**20), st.integers(0, 10**6))
@settings(SLOW_DATA, max_examples=300)
def test_many_years_are_what_the_plain_interpreter_says(made: Made, seed: int, player: int) -> None:
    play_both(made.model(), seed, Player(player), years=8)


@pytest.mark.usefixtures("tapes")
def test_what_one_number_begins_and_only_a_later_one_ends_is_not_written_over() -> None:
    """Without loans the first needs no quotient; the second still does, and finds it there."""
    share = "plant / (1 + mood[north])"
    compiled = model(
        indicator("plant", "sector", start=20),
        indicator("mood", "region", start=3),
        indicator("a", "sector", **{"is": f"0.1 * plant + support.loans * clamp({share}, 0, 10)"}),
        indicator("b", "sector", **{"is": f"min(50, {share})"}),
    )
    play_both(compiled, 1, Player(0, idle=True), years=3, wild=False)


@pytest.mark.usefixtures("tapes")
def test_the_support_of_a_line_that_has_just_stopped_is_remembered_for_a_year() -> None:
    quick = [line("loans", "sector", ramp=1), line("schools", "nation", ramp=1)]
    echo = rule("echo", "size", "previous(support.schools) - 2 * change(support.loans[wool])")
    game = Game(model(*quick, indicator("size", start=0), echo))
    game.plan({("loans", "wool"): 10.0, ("schools", None): 10.0}, years=1).year()
    assert game.read("size") == 0.5
    game.plan()
    for _ in range(2):
        game.year()
        assert game.read("size") == 0.5 + 0.5 + 2 * 0.5


@pytest.mark.usefixtures("tapes")
def test_the_core_pack_is_what_the_plain_interpreter_says() -> None:
    compiled = compile_model(core_pack(), "long-march")
    play_both(compiled, 11, Player(1), years=6, wild=False)


@pytest.mark.slow
@pytest.mark.usefixtures("tapes")
@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("scenario", ["long-march", "twelfth-plan"])
def test_whole_campaigns_are_what_the_plain_interpreter_says(scenario: str, seed: int) -> None:
    play_both(compile_model(core_pack(), scenario), seed, Player(seed), years=15, wild=False)
