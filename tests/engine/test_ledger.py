"""The ledger adds up: from a year's start, row by row, to its end, bit for bit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.engine import (
    Draws,
    Ledger,
    Model,
    Orders,
    Row,
    State,
    begin_plan,
    close_year,
    open_year,
    post,
    start,
)
from game.engine.ledger import _closing
from tests.engine.small import Game, asking, event, indicator, model, rule
from tests.oracle.packs import Made, Player, core, made_up

CAMPAIGNS = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)
KINDS = {"rule", "noise", "event", "choice", "situation", "post", "bound", "input", "rounding"}
GRADES = {"documented", "calibrated", "judgement", "invented"}


def numbers(compiled: Model) -> Iterator[tuple[str, str | None]]:
    """Every indicator in every place."""
    for name, entry in compiled.pack.indicators.items():
        places = compiled.layout.places[entry.scope]
        for place in places:
            yield name, place or None


def added_up(ledger: Ledger, name: str, place: str | None) -> float:
    total = ledger.start(name, place)
    for row in ledger.rows(name, place):
        total += row.amount
    return total


def campaign(
    compiled: Model, seed: int, player: Player, years: int, *, paid: bool = True
) -> Iterator[Ledger]:
    """The ledgers of random years: of the first world and of the last by turns."""
    draws = Draws(compiled.streams, seed, (0, 4, 99))
    state = start(compiled, draws)
    for span in compiled.scenario.plans:
        allocation, architecture, sunset = player.plan(compiled)
        orders = Orders.of(
            compiled, state, allocation, architecture, years=span.years, sunset=sunset
        )
        state = begin_plan(compiled, state, orders)
        for _ in range(span.years):
            if paid and state.year % 2:
                state = paying(compiled, state)
            pending = open_year(compiled, state, draws)
            answers = {
                (one.event, one.sector): player.answer(
                    compiled, pending.year, one.event, one.sector
                )
                for one in pending.asked
            }
            outcome = close_year(pending, answers, ledger_of=(state.year % 2) * 2)
            assert outcome.ledger is not None
            yield outcome.ledger
            state = outcome.state
            years -= 1
            if not years:
                return


def paying(compiled: Model, state: State) -> State:
    capital = compiled.scenario.capital
    assert capital is not None
    return post(compiled, state, "promise", "A promise kept.", {capital: 0.3})


def check(ledger: Ledger) -> None:
    for name, place in numbers(ledger.model):
        end = ledger.end(name, place)
        assert added_up(ledger, name, place) == end, (name, place, ledger.year)
        for row in ledger.rows(name, place):
            check_row(ledger.model, row, name)


def check_row(compiled: Model, row: Row, name: str) -> None:
    assert row.kind in KINDS
    assert row.amount != 0.0
    assert math.isfinite(row.amount)
    assert row.says
    entry = compiled.pack.rules.get(row.id)
    if row.kind in ("rule", "noise"):
        assert entry is not None
        assert entry.adds_to == name
        assert row.because == entry.because
        assert row.grade == (entry.grade or "")


@given(st.integers(-(10**9), 10**20), st.integers(0, 10**6))
@settings(CAMPAIGNS, max_examples=4)
def test_every_number_of_the_core_pack_adds_up_every_year(seed: int, player: int) -> None:
    for ledger in campaign(core(), seed, Player(player), years=6):
        check(ledger)


@pytest.mark.slow
@given(st.integers(), st.integers(0, 10**6), st.sampled_from(["long-march", "twelfth-plan"]))
@settings(CAMPAIGNS, max_examples=40)
def test_whole_campaigns_add_up(seed: int, player: int, scenario: str) -> None:
    for ledger in campaign(core(scenario), seed, Player(player), years=15):
        check(ledger)


@given(made_up(), st.integers(0, 10**6))
@settings(CAMPAIGNS, max_examples=20)
def test_every_number_of_any_pack_adds_up_every_year(made: Made, player: int) -> None:
    for ledger in campaign(made.model(), 3, Player(player), years=8):
        check(ledger)


@pytest.mark.slow
@given(made_up(), st.integers(0, 10**6))
@settings(CAMPAIGNS, max_examples=300)
def test_every_number_of_many_packs_adds_up(made: Made, player: int) -> None:
    for ledger in campaign(made.model(), 3, Player(player), years=8):
        check(ledger)


def test_in_the_core_pack_every_cause_has_its_grade_and_its_passages() -> None:
    compiled = core()
    kinds = set()
    for ledger in campaign(compiled, 21, Player(4), years=10):
        for name, place in numbers(compiled):
            for row in ledger.rows(name, place):
                kinds.add(row.kind)
                if row.kind in ("rule", "noise", "event", "choice", "situation"):
                    assert row.grade in GRADES, row
                    assert row.because, row
                    assert all(passage in compiled.pack.passages for passage in row.because)
    assert kinds >= {"rule", "noise", "event", "choice", "situation", "post", "input", "rounding"}


def test_rounding_explains_next_to_nothing_of_a_computed_number() -> None:
    """What is left over is rounding, and not a cause that nobody names."""
    compiled = core()
    for ledger in campaign(compiled, 22, Player(6), years=11):
        for name, place in numbers(compiled):
            left = sum(row.amount for row in ledger.rows(name, place) if row.kind == "rounding")
            size = max(abs(ledger.start(name, place)), abs(ledger.end(name, place)), 1.0)
            assert abs(left) <= 1e-9 * size, (name, place, ledger.year)


def causes(ledger: Ledger, name: str, place: str | None = None) -> list[tuple[str, str, float]]:
    return [(row.kind, row.id, row.amount) for row in ledger.rows(name, place)]


def year_of(game: Game, **options: Any) -> Ledger:
    outcome = game.year(**options)
    assert outcome.ledger is not None
    return outcome.ledger


def test_rows_come_in_pack_order_then_situations_then_what_is_older() -> None:
    glut = {
        "id": "a-glut", "title": "Glut", "starts": "gold > 0", "ends": "gold < 0",
        "effects": [{"add": {"size": "3"}}],
    }  # fmt: skip
    first = event("z-first", when="year == 2011", effects=[{"add": {"size": 8}, "over": 2}])
    then = event("b-then", when="year == 2012", effects=[{"add": {"size": 5}}])
    rules = [rule("m-rule", "size", "1"), rule("a-rule", "size", "2")]
    game = Game(model(indicator("size", start=10), *rules, glut, first, then)).plan()
    year_of(game)
    ledger = year_of(game)
    assert causes(ledger, "size") == [
        ("rule", "a-rule", 2.0),
        ("rule", "m-rule", 1.0),
        ("situation", "a-glut", 3.0),
        ("event", "z-first", 4.0),
        ("event", "b-then", 5.0),
    ]
    years = [row.year for row in ledger.rows("size") if row.kind == "event"]
    assert years == [2011, None]


def test_a_price_and_what_a_choice_does_are_rows_of_the_choice() -> None:
    ask = asking("toll", {"id": "yes", "costs": {"capital": 2}, "effects": [{"add": {"size": 4}}]})
    game = Game(model(indicator("size"), ask)).plan()
    ledger = year_of(game, choices={("toll", None): "yes"})
    assert causes(ledger, "gold") == [("choice", "toll:yes", -2.0)]
    assert causes(ledger, "size") == [("choice", "toll:yes", 4.0)]


def test_where_a_bound_cuts_the_cut_is_a_row() -> None:
    game = Game(model(indicator("size", start=98), rule("grow", "size", "5"))).plan()
    ledger = year_of(game)
    assert causes(ledger, "size") == [("rule", "grow", 5.0), ("bound", "bound", -3.0)]
    assert "highest" in ledger.rows("size")[-1].says
    fall = Game(model(indicator("size", start=1), rule("fall", "size", "-5"))).plan()
    assert causes(year_of(fall), "size") == [("rule", "fall", -5.0), ("bound", "bound", 4.0)]


def test_a_bound_takes_two_rows_where_one_cannot_hit_it() -> None:
    size = indicator("size", bounds=[0, 0.1], start=0.05)
    game = Game(model(size, rule("grow", "size", "1e15 / 3"))).plan()
    ledger = year_of(game)
    cuts = [row for row in ledger.rows("size") if row.kind == "bound"]
    assert len(cuts) == 2
    assert added_up(ledger, "size", None) == ledger.end("size") == 0.1


@given(st.floats(-1e15, 1e15), st.floats(-1e15, 1e15), st.floats(0, 1))
@settings(max_examples=500)
def test_two_rows_are_always_enough_for_a_bound(total: float, low: float, share: float) -> None:
    for end in (low, low * share, share):
        rows = list(_closing(total, end, "bound", "bound", "Cut."))
        assert len(rows) <= 2
        found = total
        for row in rows:
            found += row.amount
        assert found == end


def test_a_strength_that_was_drawn_is_told_with_its_row() -> None:
    game = Game(model(indicator("size"), rule("grow", "size", "2", "judgement"))).plan()
    (row,) = year_of(game).rows("size")
    assert row.amount == 2 * row.strength
    assert row.strength != 1.0
    assert 0.75 <= row.strength <= 1.25


def test_a_computed_number_is_told_input_by_input_and_each_opens() -> None:
    output = indicator("output", **{"is": "0.01 * size * other"})
    entries = [indicator("size", start=20), indicator("other", start=40), output]
    rules = [rule("grow", "size", "10"), rule("rise", "other", "10")]
    ledger = year_of(Game(model(*entries, *rules)).plan())
    assert (ledger.start("output"), ledger.end("output")) == (8.0, 15.0)
    rows = [row for row in ledger.rows("output") if row.kind == "input"]
    assert [row.opens for row in rows] == ["other", "size"]
    assert sum(row.amount for row in rows) == pytest.approx(7.0)


def test_what_a_new_plan_changes_in_a_computed_number_has_its_cause() -> None:
    busy = indicator("busy", **{"is": "10 * priorities + 0.01 * budget"})
    game = Game(model(busy)).plan({("loans", "wool"): 50.0})
    ledger = year_of(game)
    assert ledger.end("busy") - ledger.start("busy") == 15.0
    assert causes(ledger, "busy") == [("input", "between", 15.0)]


def test_a_year_that_kept_no_amounts_has_no_ledger() -> None:
    compiled = model(indicator("size"))
    draws = Draws(compiled.streams, 1, range(30))
    state = start(compiled, draws)
    with pytest.raises(ValueError, match="ledger"):
        close_year(open_year(compiled, state, draws), ledger_of=0)
    assert close_year(open_year(compiled, state, draws)).ledger is None
