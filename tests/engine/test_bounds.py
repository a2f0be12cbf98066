"""What the checker accepts has a number in every world: no NaN, no infinity, no warning.

Warnings are errors in this suite, NumPy's among them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from game.engine import Model, reported_matrix
from game.rules.expression import Series
from tests.engine.small import Game, event, indicator, line, model, rule
from tests.oracle.packs import Entry, Made

TINY = indicator("tiny", "sector", bounds=[0, 1e-15], start=1e-15)
HUGE = indicator("huge", bounds=[0, 1e15], start=1e15)


def decades(number: int) -> list[Entry]:
    """Plans of ten years."""
    return [{"title": "1", "short": "1", "years": 10} for _ in range(number)]


def played(compiled: Model, years: int = 5) -> Game:
    """A game of some worlds in which everything stays finite and within its bounds."""
    game = Game(compiled, worlds=range(3))
    game.plan({("loans", "wool"): 100.0})
    for _ in range(years):
        check(game)
        game.year()
    check(game)
    return game


def check(game: Game) -> None:
    assert np.isfinite(game.state.matrix).all()
    for name, entry in game.model.pack.indicators.items():
        rows = game.state.matrix[game.model.layout.rows(Series("indicator", name, entry.scope))]
        assert rows.min() >= entry.bounds[0]
        assert rows.max() <= entry.bounds[1]


@pytest.mark.parametrize(
    "formula",
    [
        "clamp(div(huge, tiny, 0), 0, 1)",
        "clamp(div(huge, tiny, 0) * 1e-200 * 1e-200, 0, 1)",
        "clamp(-div(huge, tiny, 0), 0, 1)",
        "clamp(div(huge, tiny * tiny, 0) + huge, 0, 1)",
        "1 if div(huge, tiny, 0) > 5 else 0",
        "min(div(huge, previous(tiny), 1), 2)",
        "clamp(div(1, change(tiny), 0), 0, 1)",
        "1e15 * tiny * " * 20 + "1e15 * tiny",
        "1e-15 * huge * " * 21 + "1e-15 * huge",
        "huge - huge + tiny",
        "share(tiny)",
        "div(tiny, sum(tiny), 0)",
        "sqrt(tiny - 1)",
        "saturate(huge, 1e-12)",
        "ramp(tiny, 0, 1e-15)",
        "1 / (tiny + 1e-12)",
        "1 / plan + 1 / plan_year + 1 / (year - 1899)",
        "1 / (2200.5 - year) + 1 / (10.5 - plan_year)",
        "1 / (1.5 - reserve) + 1 / (1.5 - kept_promises)",
        "clamp(div(budget, desk - 2, 0), 0, 1)",
        "clamp(div(spend.loans, support.loans, 0), 0, 1)",
    ],
)
def test_an_accepted_formula_is_finite_in_every_year(formula: str) -> None:
    computed = indicator("found", "sector", bounds=[0, 1e15], **{"is": formula})
    shrink = rule("shrink", "tiny", "-0.9 * tiny")
    played(model(TINY, HUGE, computed, shrink, rule("fall", "huge", "-0.3 * huge")))


def test_a_rate_that_would_overflow_in_another_order_is_worked_out_as_written() -> None:
    big = rule("big", "size", "1e15 * tiny[wool] * " * 21 + "1", "documented")
    small = rule("small", "other", "1e15 * tiny * " * 21 + "1", "invented")
    compiled = model(TINY, indicator("size"), indicator("other", "sector"), big, small)
    game = played(compiled, years=1)
    assert game.read("size") == 51.0
    strength = game.draws.strengths[list(compiled.pack.rules).index("small"), 0]
    assert game.read("other[wool]") == pytest.approx(50 + strength)


@pytest.mark.parametrize(
    "scenario",
    [
        {"scale": "0"},
        {"scale": "gold - 5"},
        {"scale": "-1"},
        {"scale": "clamp(div(1, gold - 5, 0), 0, 1e15)"},
        {"dilution": "-5"},
        {"dilution": "1e15"},
        {"budget": "-100"},
        {"budget": "1e15"},
        {"budget": "0"},
        {"inherited": {"loans": 1e7, "schools": 0}},
        {"plans": decades(19)},
    ],
)
def test_an_accepted_scenario_keeps_support_between_nought_and_one(
    scenario: dict[str, Any],
) -> None:
    follows = rule("follow", "gold", "support.loans[wool] - support.schools + reserve - 1")
    game = played(model(follows, **scenario))
    for name in ("support.loans[wool]", "support.schools", "reserve"):
        assert 0.0 <= game.read(name) <= 1.0
    assert game.read("budget") <= 1e7


@pytest.mark.parametrize(
    "effect",
    [
        {"add": {"gold": "1e15"}, "over": 100, "fades": 100},
        {"add": {"gold": "-1e15"}},
        {"count": {"many": "1e15"}},
        {"count": {"many": "-1e15"}},
        {"add": {"tiny": "1e-300"}, "over": 3},
    ],
)
def test_an_effect_of_any_size_ends_at_a_bound(effect: Entry) -> None:
    more = event("more", effects=[{"count": {"many": 1}}])
    game = played(model(TINY, more, event("blow", effects=[effect])))
    assert abs(game.read('counter("many")')) <= 1e6


def test_a_report_of_any_error_ends_at_a_bound() -> None:
    error = {"bias": "huge", "noise": "clamp(div(1, gold - 5, 0), 0, 1e15)"}
    game = played(model(HUGE, indicator("size", reported=error)))
    seen = reported_matrix(game.model, game.state, game.draws)
    row = game.model.layout.row(Series("indicator", "size", "nation"))
    assert np.isfinite(seen).all()
    assert (seen[row] >= 0).all()
    assert (seen[row] <= 100).all()


@pytest.mark.parametrize(
    ("changes", "asks"),
    [
        ({"inherited": {"loans": -1}}, "loans"),
        ({"inherited": {"loans": {"wool": -1}}}, "wool"),
        ({"inherited": {"loans": 1e8}}, "loans"),
        ({"start": 1900}, "start"),
        ({"plans": [{"title": "1", "short": "1", "years": 11}]}, "years"),
        ({"start": 2150, "plans": decades(6)}, "2209"),
    ],
)
def test_what_no_rule_is_checked_for_is_refused(changes: dict[str, Any], asks: str) -> None:
    with pytest.raises(AssertionError, match=asks):
        model(**changes)


def test_a_pack_without_instruments_sectors_or_regions_can_be_played() -> None:
    game = Game(Made(bare_files()).model()).plan()
    game.year()
    assert game.read("gold") == 6.0


def test_whatever_a_strategy_of_the_pack_asks_is_kept() -> None:
    asks = ["change(gold) > 0", 'flag("nowhere.set")', 'previous(gold) + counter("none") > 0']
    files = bare_files()
    files["strategies/one"] = {"title": "One", "plans": [{"when": one} for one in asks]}
    game = Game(Made(files).model()).plan()
    game.year()
    assert [game.read(one) for one in asks] == [1.0, 0.0, 1.0]


def bare_files() -> dict[str, Any]:
    return {
        "pack": {"id": "bare", "title": "Bare", "version": "1.0.0", "format": 1},
        "indicators/all": [
            {"id": "gold", "title": "Gold", "scope": "nation", "bounds": [0, 10], "start": 5}
        ],
        "rules/all": [rule("grow", "gold", "1")],
        "endings/all": [{"id": "end", "title": "End", "order": 1, "text": "It ends."}],
        "scenarios/all": {
            "id": "game", "title": "Game", "opening": "Here.", "start": 2011, "budget": "5",
            "plans": [{"title": "1", "short": "1"}], "desk": {"slots": 1, "unit": "10%"},
            "endings": ["end"],
        },
    }  # fmt: skip


def test_one_sector_and_one_region_are_enough() -> None:
    files = bare_files()
    files |= {
        "channels": [{"id": "money", "title": "Money"}, {"id": "minds", "title": "Minds"}],
        "sectors": [{"id": "wool", "title": "Wool"}],
        "regions": [{"id": "north", "title": "North"}],
        "instruments/all": [line("loans", "sector")],
    }
    files["indicators/all"] += [
        indicator("plant", "sector"),
        indicator("use", "sector", **{"is": "plant * support.loans"}),
        indicator("mood", "region"),
        indicator("calm", "region", **{"is": "100 - mood if mean(use) > 1 else mood"}),
    ]
    files["rules/all"] += [
        rule("please", "mood", "0.01 * mood", "judgement"),
        rule("build", "plant", "0.1 * plant * support.loans", "invented"),
        {"id": "blur", "adds_to": "plant", "noise": "0.1 * plant", "grade": "documented"},
    ]
    game = Game(Made(files).model()).plan({("loans", "wool"): 5.0})
    for _ in range(3):
        game.year()
    assert game.read("use[wool]") == game.read("plant[wool]") * game.read("support.loans[wool]")
