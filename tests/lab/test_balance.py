"""The balance of a scenario, on a small pack; the core pack's own is run by `pytest -m slow`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.engine import Model, compile_model
from game.lab import Job
from game.lab.balance import lines, measures, report, to_json
from game.lab.search import draft_of, search
from game.lab.standings import standing
from game.lab.wandering import Wanderer
from game.packs import Pack


@pytest.fixture(scope="module")
def valleys(tiny: Pack) -> Model:
    return compile_model(tiny, "valleys", measures(tiny))


def job(model: Model, seed: int = 1) -> Job:
    name, strategy = next(iter(model.pack.strategies.items()))
    return Job(strategy.plans, name, seed)


def test_a_standing_counts_every_world_and_its_endings_are_shares(valleys: Model) -> None:
    found = standing(valleys, job(valleys), 40)
    assert found.balances.shape == (len(valleys.scenario.balances), 40)
    assert sum(found.endings.values()) == pytest.approx(1.0)
    assert set(found.happened) == {event.id for event in valleys.events}
    assert all(times.shape == (40,) for times in found.happened.values())


def test_worlds_stand_the_same_in_blocks_of_any_size(
    valleys: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = standing(valleys, job(valleys), 40)
    monkeypatch.setattr("game.lab.standings.BLOCK", 16)
    assert np.array_equal(standing(valleys, job(valleys), 40).balances, whole.balances)


def test_the_ten_years_after_change_no_balance(valleys: Model) -> None:
    with_endings = standing(valleys, job(valleys), 20)
    without = standing(valleys, job(valleys), 20, endings=False)
    assert np.array_equal(with_endings.balances, without.balances)
    assert without.endings == {}


def test_a_planner_who_answers_by_lot_keeps_appointments_that_nobody_else_has(
    valleys: Model,
) -> None:
    beats = [name for name, event in valleys.pack.events.items() if event.beat is not None]
    as_written = standing(valleys, job(valleys), 40)
    by_lot = standing(valleys, job(valleys), 40, office=Wanderer)
    assert beats
    assert all(as_written.share(name) == 0.0 for name in beats)
    assert any(by_lot.share(name) > 0.0 for name in beats)
    again = standing(valleys, job(valleys), 40, office=Wanderer)
    assert np.array_equal(by_lot.balances, again.balances)


def test_a_report_states_what_holds_and_why(valleys: Model) -> None:
    found = report(valleys, 32)
    says = [statement.says for statement in found.statements]
    assert "no event is dead" in says
    assert "no choice is worse than another on every balance" in says
    assert found.holds == all(statement.holds for statement in found.statements)
    text = list(lines(found))
    assert len(text) == 1 + len(found.strategies) + 1 + len(found.statements)
    assert not text[-1].startswith("left out")
    told = to_json(found)
    assert set(told["strategies"]) == set(valleys.pack.strategies)
    assert len(told["single"]) == len(valleys.pack.instruments)


def test_a_report_on_a_short_scenario_says_what_it_leaves_out(tiny: Pack) -> None:
    long = tiny.scenarios["valleys"]
    short = long.model_copy(update={"id": "short", "plans": long.plans[:1]})
    pack = replace(tiny, scenarios={**tiny.scenarios, "short": short})
    found = report(compile_model(pack, "short", measures(pack)), 4)
    assert "no event is dead" not in [statement.says for statement in found.statements]
    last = list(lines(found))[-1]
    assert last.startswith("left out: dead events")
    assert last.endswith("is judged in the longest: valleys")


def test_a_search_never_gets_worse_and_stays_within_the_budget(valleys: Model) -> None:
    first = draft_of(valleys, job(valleys).plans)
    steps = list(search(valleys, first, rounds=12, worlds=16))
    scores = [step.best_score for step in steps]
    assert scores == sorted(scores)
    assert [step.tried for step in steps] == list(range(13))
    for plan in steps[-1].best.lines:
        assert sum(plan.values()) <= 100
    again = list(search(valleys, first, rounds=12, worlds=16))
    assert again[-1].best == steps[-1].best
