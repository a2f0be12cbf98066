"""The core pack's balance: no way of planning is free, and nothing that was written is dead."""

from __future__ import annotations

from functools import cache

import pytest

from game.engine import Model, compile_model
from game.lab import Job
from game.lab.balance import measures, report
from game.lab.standings import Standing, ranked, standing
from game.packs import find_packs, load_pack
from game.packs.schema import PlanEntry

LONGEST = "long-march"
OTHERS = (
    "first-plan",
    "twelfth-plan",
    "thirteenth-plan",
    "fourteenth-plan",
    "open-desk",
    "ministry-desk",
)
FOUND = "found-by-trying"
ANOTHER_SEED = 2
"""The strategy was found on the dice of seed 1."""
FEW = 16
"""Worlds of each strategy, for what is far from its bound."""
FEWER = 4
"""Worlds of each instrument by itself."""


@cache
def model_of(scenario: str) -> Model:
    pack = load_pack(find_packs()["core"])
    return compile_model(pack, scenario, measures(pack))


@cache
def played() -> tuple[Standing, ...]:
    """Every strategy of the pack on the longest scenario, best first."""
    model = model_of(LONGEST)
    jobs = [Job(one.plans, name, ANOTHER_SEED) for name, one in model.pack.strategies.items()]
    return tuple(ranked([standing(model, job, FEW, endings=False) for job in jobs]))


def first_by_balance() -> set[str]:
    """The strategies that are best on one balance at least."""
    number = len(model_of(LONGEST).scenario.balances)
    return {max(played(), key=lambda one: float(one.means[i])).name for i in range(number)}


def test_the_longest_scenario_is_the_one_that_is_judged() -> None:
    pack = model_of(LONGEST).pack
    years = {one.id: sum(plan.years for plan in one.plans) for one in pack.scenarios.values()}
    assert max(years, key=lambda name: years[name]) == LONGEST
    assert set(OTHERS) | {LONGEST} == set(years)


def test_no_strategy_is_best_at_everything() -> None:
    assert len(first_by_balance()) >= 3


def test_doing_nothing_is_not_in_the_better_half() -> None:
    model = model_of(LONGEST)
    order = [one.name for one in played()]
    idle = [
        name
        for name, one in model.pack.strategies.items()
        if not any(entry.allocate for entry in one.plans)
    ]
    assert idle
    assert all(order.index(name) >= len(order) / 2 for name in idle)


def test_the_strategy_that_was_found_beats_the_others_but_not_at_everything() -> None:
    best, second = played()[:2]
    assert best.name == FOUND
    assert best.score > second.score + 2.0
    assert first_by_balance() - {FOUND}


def test_no_one_instrument_wins_by_itself() -> None:
    model = model_of(LONGEST)
    best = played()[0].score
    for instrument in model.pack.instruments:
        entry = PlanEntry.model_validate({"allocate": {instrument: "100%"}}, strict=False)
        job = Job((entry,), instrument, ANOTHER_SEED)
        assert standing(model, job, FEWER, endings=False).score < best - 5.0, instrument


def test_every_situation_comes_under_some_strategy() -> None:
    for situation in model_of(LONGEST).pack.situations:
        assert any((one.begun[situation] > 0.0).any() for one in played()), situation


@pytest.mark.slow
def test_the_longest_scenario_is_in_balance() -> None:
    found = report(model_of(LONGEST), 1000)
    says = {one.says: one for one in found.statements}
    assert len(says) == 8
    assert not [f"{one.says}: {one.why}" for one in says.values() if not one.holds]


@pytest.mark.slow
@pytest.mark.parametrize("scenario", OTHERS)
def test_a_shorter_scenario_is_in_balance_and_comes_to_all_its_endings(scenario: str) -> None:
    found = report(model_of(scenario), 1000)
    assert "every ending is reached" in {one.says for one in found.statements}
    assert not [f"{one.says}: {one.why}" for one in found.statements if not one.holds]
