"""What is reported, and how it differs from what is true."""

from __future__ import annotations

import numpy as np
import pytest

from game.engine import Draws, Model, reported, reported_matrix, start
from game.engine.execute import Floats
from game.rules.expression import Series
from tests.engine.small import Game, indicator, model, rule
from tests.oracle.packs import core

FLATTERED = indicator(
    "output", reported={"bias": "10 * (1 - honesty / 100)", "noise": "4 - honesty / 25"}
)
PLAIN = indicator("mood")
HONESTY = indicator("honesty", start=20)


@pytest.fixture(scope="module")
def statistics() -> Model:
    mill = indicator("mill", "sector", reported={"bias": 0, "noise": 2})
    return model(FLATTERED, PLAIN, HONESTY, mill, rule("learn", "honesty", "20"))


def errors(compiled: Model, name: str, **changes: float) -> Floats:
    """Reported less true, in many worlds."""
    draws = Draws(compiled.streams, 3, range(4000))
    state = start(compiled, draws, changes=changes)
    expression = compiled.expressions.number(name)
    true = compiled.value(expression, state.matrix)
    found: Floats = reported(compiled, state, draws, expression) - true
    return found


def test_a_reported_number_is_the_true_one_with_its_bias_and_its_noise(statistics: Model) -> None:
    found = errors(statistics, "output")
    assert found.mean() == pytest.approx(8.0, abs=0.2)
    assert found.std() == pytest.approx(3.2, abs=0.15)


def test_honest_statistics_shrink_both(statistics: Model) -> None:
    found = errors(statistics, "output", honesty=100)
    assert np.abs(found).max() == 0.0
    half = errors(statistics, "output", honesty=60)
    whole = errors(statistics, "output")
    assert half.mean() == pytest.approx(whole.mean() / 2, abs=0.2)
    assert half.std() == pytest.approx(whole.std() / 2, rel=1e-9)


def test_what_has_no_error_is_reported_as_it_is(statistics: Model) -> None:
    assert np.abs(errors(statistics, "mood")).max() == 0.0


def test_a_report_stays_within_the_bounds_of_its_indicator(statistics: Model) -> None:
    found = errors(statistics, "output", output=99)
    assert found.max() <= 1.0
    assert found.mean() > 0.5


def test_errors_are_keyed_by_indicator_place_year_seed_and_world(statistics: Model) -> None:
    places = [errors(statistics, f"mill[{at}]") for at in ("steel", "wool", "paper")]
    for one in (0, 1):
        assert abs(np.corrcoef(places[one], places[one + 1])[0, 1]) < 0.06
    assert np.array_equal(errors(statistics, "mill[wool]"), errors(statistics, "mill[wool]"))
    games = [Game(statistics, seed).plan() for seed in (1, 1, 2)]
    seen = []
    for game in games:
        game.year()
        first = reported_matrix(game.model, game.state, game.draws)
        game.year()
        seen.append((first, reported_matrix(game.model, game.state, game.draws)))
    row = statistics.layout.row(Series("indicator", "mill", "sector"), "wool")
    assert np.array_equal(seen[0][0], seen[1][0])
    assert seen[0][0][row, 0] != seen[0][1][row, 0]
    assert seen[0][0][row, 0] != seen[2][0][row, 0]


def test_reports_change_no_true_number(statistics: Model) -> None:
    game = Game(statistics).plan()
    game.year()
    before = game.state.matrix.copy()
    reported_matrix(game.model, game.state, game.draws)
    assert np.array_equal(game.state.matrix, before)


def test_rules_read_true_numbers() -> None:
    wrong = indicator("output", reported={"bias": 30, "noise": 5})
    game = Game(
        model(wrong, indicator("follower", start=0), rule("follow", "follower", "output"))
    ).plan()
    game.year()
    assert game.read("follower") == 50.0


def test_an_error_can_read_flags_and_the_year_before() -> None:
    odd = {"bias": 'change(gold) + (5 if flag("nowhere.else") else 0)', "noise": "0"}
    game = Game(model(indicator("output", reported=odd), rule("grow", "gold", "1"))).plan()
    game.year()
    row = game.model.layout.row(Series("indicator", "output", "nation"))
    assert reported_matrix(game.model, game.state, game.draws)[row, 0] == 51.0


def test_a_measure_of_reported_numbers_is_worked_out_from_the_reports() -> None:
    whole = model(indicator("mill", "sector", reported={"bias": 2, "noise": 0}))
    assert errors(whole, "sum(mill)").tolist() == [6.0] * 4000


def test_in_the_core_pack_good_statistics_shrink_the_error_of_every_report() -> None:
    poor, good = (core_errors(quality) for quality in (0.1, 0.95))
    assert set(poor) == {name for name, one in core().pack.indicators.items() if one.reported}
    for name, error in poor.items():
        assert error > 0.0, name
        assert good[name] < error, name


def core_errors(quality: float) -> dict[str, float]:
    """How far the reports of a start are off, by indicator."""
    compiled = core()
    draws = Draws(compiled.streams, 3, range(200))
    state = start(compiled, draws, changes={"statistics_quality": quality})
    off = np.abs(reported_matrix(compiled, state, draws) - state.matrix)
    found = {}
    for name, entry in compiled.pack.indicators.items():
        if entry.reported is not None:
            rows = compiled.layout.rows(Series("indicator", name, entry.scope))
            found[name] = float(off[rows].mean())
    return found
