from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from game.engine import Draws
from game.lab import Result, experiments, run_experiment
from game.lab.experiments import Order, Range
from game.packs import Pack
from game.packs.schema import Experiment

ARMS = {
    "mills": {"allocate": {"mill_loans": "80%"}},
    "schools": {"allocate": {"schools": "80%"}},
}


def ran(tiny: Pack, *expect: dict[str, Any], **more: Any) -> Result:
    """An experiment on the two valleys."""
    worlds = more.pop("run_worlds", None)
    data = {
        "id": "a-test",
        "claim": "Something.",
        "scenario": "valleys",
        "worlds": 24,
        "arms": ARMS,
        "expect": list(expect),
        **more,
    }
    return run_experiment(tiny, Experiment.model_validate(data, strict=False), worlds=worlds)


def order(result: Result, position: int = 0) -> Order:
    found = result.findings[position]
    assert isinstance(found, Order)
    return found


HIGHER = {"measure": "capacity[wool]", "at": 2015, "higher": "mills", "than": "schools"}


def test_an_order_that_is_there_holds(tiny: Pack) -> None:
    result = ran(tiny, HIGHER)
    assert result.holds
    assert order(result).low == "schools"
    assert order(result).pairs == 1.0


def test_lower_mirrors_higher(tiny: Pack) -> None:
    lower = {"measure": "capacity[wool]", "at": 2015, "lower": "schools", "than": "mills"}
    one, other = order(ran(tiny, HIGHER)), order(ran(tiny, lower))
    assert (one.low_value, one.high_value) == (other.low_value, other.high_value)


def test_an_order_the_other_way_round_fails(tiny: Pack) -> None:
    result = ran(tiny, {**HIGHER, "higher": "schools", "than": "mills"})
    assert not result.holds
    assert order(result).difference < 0
    assert order(result).pairs == 0.0


def test_without_a_margin_the_order_is_strict(tiny: Pack) -> None:
    same: dict[str, Any] = {"same": {"allocate": {}}, "again": {"allocate": {}}}
    expect = {"measure": "gdp", "at": 2015, "higher": "same", "than": "again"}
    assert not ran(tiny, expect, arms=same).holds
    assert ran(tiny, {**expect, "by": 0}, arms=same).holds


def test_a_margin_must_be_reached(tiny: Pack) -> None:
    apart = order(ran(tiny, HIGHER)).difference
    assert ran(tiny, {**HIGHER, "by": apart}).holds
    assert not ran(tiny, {**HIGHER, "by": np.nextafter(apart, np.inf)}).holds


def test_a_percentage_is_of_the_other_arms_statistic(tiny: Pack) -> None:
    found = order(ran(tiny, {**HIGHER, "by": "10%"}))
    assert found.margin == pytest.approx(0.1 * found.low_value)
    mirrored = {"measure": "capacity[wool]", "at": 2015, "lower": "schools", "than": "mills"}
    found = order(ran(tiny, {**mirrored, "by": "10%"}))
    assert found.margin == pytest.approx(0.1 * found.high_value)


def test_a_share_of_pairs_may_be_asked(tiny: Pack) -> None:
    # Where the arms differ in luck alone, some pairs lie one way and some the other.
    arms = {"plain": {"allocate": {}}, "wet": {"allocate": {}, "force": {"long-rain": 2013}}}
    expect = {"measure": "demand[wool]", "at": 2013, "lower": "wet", "than": "plain"}
    found = order(ran(tiny, expect, arms=arms))
    assert 0 < found.pairs < 1
    assert ran(tiny, {**expect, "in": "10%"}, arms=arms).holds
    assert not ran(tiny, {**expect, "in": "100%"}, arms=arms).holds


def test_a_range_holds_one_arm_against_two_numbers(tiny: Pack) -> None:
    expect = {"measure": "gdp", "at": 2010, "arm": "mills"}
    value = ran(tiny, {**expect, "between": [0, 1e6]}).findings[0]
    assert isinstance(value, Range)
    assert ran(tiny, {**expect, "between": [value.value, value.value]}).holds
    assert not ran(tiny, {**expect, "between": [0, value.value - 1]}).holds


@pytest.mark.parametrize("statistic", ["mean", "sd", "max", "min", "p10", "p90"])
def test_statistics_are_over_worlds(tiny: Pack, statistic: str) -> None:
    expect = {"measure": "demand[wool]", "at": 2015, "statistic": statistic, "arm": "mills"}
    found = ran(tiny, {**expect, "between": [0, 1e9]}).findings[0]
    assert isinstance(found, Range)
    assert found.value > 0
    assert found.expectation.statistic in found.text or statistic == "mean"


def test_a_condition_counts_none_or_one(tiny: Pack) -> None:
    expect = {"measure": "learning > 0", "at": 2012, "arm": "mills", "between": [1, 1]}
    assert ran(tiny, expect).holds


def test_changes_and_last_years_numbers_can_be_measured(tiny: Pack) -> None:
    level = {"measure": "gdp", "arm": "mills", "between": [0, 1e9]}
    change = {"measure": "change(gdp)", "at": 2014, "arm": "mills", "between": [-1e9, 1e9]}
    last = {"measure": "previous(gdp)", "at": 2014, "arm": "mills", "between": [-1e9, 1e9]}
    found = [
        one.value
        for one in ran(tiny, {**level, "at": 2013}, {**level, "at": 2014}, change, last).findings
        if isinstance(one, Range)
    ]
    assert found[1] - found[0] == pytest.approx(found[2])
    assert found[3] == found[0]


def test_an_arm_may_start_elsewhere(tiny: Pack) -> None:
    arms = {"plain": {"allocate": {}}, "learned": {"allocate": {}, "start": {"learning": 60}}}
    expect = {"measure": "learning", "at": 2010, "higher": "learned", "than": "plain", "by": 39}
    assert ran(tiny, expect, arms=arms).holds


def test_all_arms_see_the_same_dice(tiny: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Draws] = []

    class Watched(Draws):
        def __post_init__(self) -> None:
            super().__post_init__()
            made.append(self)

    monkeypatch.setattr(experiments, "Draws", Watched)
    ran(tiny, HIGHER)
    (draws,) = made
    assert draws.keep
    assert draws.worlds == range(24)


def test_strengths_are_shared_by_arms_and_differ_among_worlds(tiny: Pack) -> None:
    # Two arms that do the same are the same to the last bit, though each rule is drawn.
    same: dict[str, Any] = {
        "one": {"allocate": {"schools": "50%"}},
        "two": {"allocate": {"schools": "50%"}},
    }
    expect = {"measure": "learning", "at": 2020, "higher": "one", "than": "two", "by": 0}
    found = order(ran(tiny, expect, arms=same))
    assert found.low_value == found.high_value
    spread = {"measure": "learning", "at": 2020, "arm": "one", "statistic": "sd"}
    assert ran(tiny, {**spread, "between": [1e-6, 100]}, arms=same).holds


def test_blocks_do_not_change_the_figures(tiny: Pack) -> None:
    experiment = tiny.experiments["mills-build"]
    whole = run_experiment(tiny, experiment, worlds=20)
    parts = run_experiment(tiny, experiment, worlds=20, block=7)
    assert whole.to_json() == parts.to_json()


def test_worlds_and_seed_may_be_others(tiny: Pack) -> None:
    experiment = tiny.experiments["mills-build"]
    assert run_experiment(tiny, experiment).worlds == 16
    assert run_experiment(tiny, experiment, worlds=3, seed=9).to_json()["seed"] == 9
    one = run_experiment(tiny, experiment, seed=1).to_json()["expect"]
    assert one != run_experiment(tiny, experiment, seed=2).to_json()["expect"]


def test_the_line_begins_with_the_verdict_and_gives_the_figures(tiny: Pack) -> None:
    held, failed = ran(tiny, HIGHER), ran(tiny, {**HIGHER, "by": 1000})
    assert held.text.startswith("holds  a-test  ")
    assert failed.text.startswith("fails  a-test  NOT ")
    assert "capacity[wool] in 2015" in held.text
    assert "asked by 1000" in failed.text
    assert "\n" not in held.text
