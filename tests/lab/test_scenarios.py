"""The core pack's scenarios: how each begins, what is asked of it first, and where it may end."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from game.campaign.afterwards import in_order
from game.engine import Draws, Model, compile_model, reported_matrix, start
from game.lab import Job, Planner, years_of
from game.lab.balance import measures
from game.lab.standings import Standing, standing
from game.packs import Pack, find_packs, load_pack

SINGLE = ("first-plan", "twelfth-plan", "thirteenth-plan", "fourteenth-plan")
DESKS = ("open-desk", "ministry-desk")
SCENARIOS = (*SINGLE, *DESKS, "long-march")
WORLDS = 24
LIKE_HISTORY = (
    "gdp",
    "debt",
    "consumer_prices",
    "basic_science",
    "talent",
    "firm_rd",
    "digital_divide",
    "central_control",
    "market_quality",
    "mean(product)",
    "mean(engineering)",
    "mean(foreign_dependence)",
    "mean(capacity)",
    "mean(world_share)",
)
"""What a later start takes from the long march, and no passage corrects."""


@cache
def core() -> Pack:
    return load_pack(find_packs()["core"])


@cache
def model_of(scenario: str) -> Model:
    return compile_model(core(), scenario, measures(core()))


@cache
def played(scenario: str, strategy: str) -> Standing:
    """What a strategy of the pack comes to."""
    return standing(model_of(scenario), Job(core().strategies[strategy].plans, strategy), WORLDS)


def value(scenario: str, expression: str) -> float:
    """A number of the starting state."""
    model = model_of(scenario)
    state = start(model, Draws(model.streams, 1, range(1)))
    return float(model.value(model.expressions.either(expression), state.matrix)[0])


def test_core_has_the_scenarios_that_it_promises() -> None:
    assert set(core().scenarios) == set(SCENARIOS)
    spans = {one.id: (one.start, one.final_year) for one in core().scenarios.values()}
    assert spans == {
        "first-plan": (2011, 2015),
        "twelfth-plan": (2011, 2015),
        "thirteenth-plan": (2016, 2020),
        "fourteenth-plan": (2021, 2025),
        "open-desk": (2011, 2025),
        "ministry-desk": (2011, 2025),
        "long-march": (2011, 2035),
    }


def test_the_guided_plan_is_the_only_one_and_the_shortest() -> None:
    (guided,) = [one for one in core().scenarios.values() if one.guided]
    assert guided.id == "first-plan"
    assert guided.desk.slots == 3
    assert guided.minutes == min(one.minutes for one in core().scenarios.values())


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_scenario_opens_in_a_paragraph_and_has_one_budget_to_spend(scenario: str) -> None:
    entry = core().scenarios[scenario]
    assert 60 <= len(entry.opening.split()) <= 110
    heaviest = 4 * entry.desk.slots * entry.desk.unit.fraction
    assert heaviest > 1.0, "a desk full of heavy dossiers asks for more than there is"


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("strategy", ["as-it-happened", "hands-off"])
def test_a_scenario_plays_headless_to_an_ending_in_every_world(
    scenario: str, strategy: str
) -> None:
    found = played(scenario, strategy)
    assert sum(found.endings.values()) == pytest.approx(1.0)
    assert set(found.endings) <= {one.id for one in in_order(model_of(scenario))}
    assert np.isfinite(found.balances).all()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_last_ending_is_an_ordinary_one_and_every_ending_has_hints(scenario: str) -> None:
    *earlier, last = in_order(model_of(scenario))
    assert last.when == "1 == 1"
    assert all(one.when != "1 == 1" for one in earlier)
    assert all(len(one.hints) >= 2 for one in (*earlier, last))


def test_every_scenario_has_four_endings_that_no_other_has() -> None:
    told = [ending for one in core().scenarios.values() for ending in one.endings]
    for scenario in core().scenarios.values():
        own = [ending for ending in scenario.endings if told.count(ending) == 1]
        assert len(own) >= 4, scenario.id


@pytest.mark.parametrize(
    ("scenario", "strategy"),
    [
        ("first-plan", "zones-and-subsidies"),
        ("twelfth-plan", "zones-and-subsidies"),
        ("thirteenth-plan", "zones-and-subsidies"),
        ("fourteenth-plan", "security-first"),
        ("open-desk", "focused"),
        ("ministry-desk", "zones-and-subsidies"),
        ("long-march", "focused"),
    ],
)
def test_the_first_mandate_asks_for_more_than_there_is_and_can_be_met(
    scenario: str, strategy: str
) -> None:
    model = model_of(scenario)
    entry = model.scenario
    draws = Draws(model.streams, 1, range(WORLDS))
    state = start(model, draws)
    mandate = next(
        one
        for one in entry.mandate
        if one.when is None
        or model.value(model.expressions.condition(one.when), state.matrix)[0] > 0.5
    )
    bound = mandate.at_least if mandate.at_least is not None else mandate.at_most
    assert bound is not None
    sign = 1.0 if mandate.at_least is not None else -1.0
    begun = reported_matrix(model, state, draws)
    wanted = model.value(model.expressions.number(bound), begun)
    measure = model.expressions.either(mandate.measure)
    assert (sign * model.value(measure, begun) < sign * wanted).all()
    assert mandate.because
    planner = Planner(model, core().strategies[strategy].plans, strategy)
    for batch in years_of(planner, draws, Job((), strategy)):
        if batch.year == entry.start + entry.plans[0].years - 1:
            ended = batch.state()
    reached = model.value(measure, reported_matrix(model, ended, draws))
    assert (sign * reached >= sign * wanted).any()


def test_the_plan_of_2016_begins_where_the_seven_are_almost_eight_per_cent() -> None:
    assert 0.075 <= value("thirteenth-plan", "sei_share") <= 0.08


@pytest.mark.parametrize("scenario", ["thirteenth-plan", "fourteenth-plan"])
def test_a_later_start_is_about_what_as_it_happened_gives_by_then(scenario: str) -> None:
    model = model_of("long-march")
    planner = Planner(model, core().strategies["as-it-happened"].plans)
    draws = Draws(model.streams, 1, range(WORLDS))
    for batch in years_of(planner, draws, Job(())):
        if batch.year == core().scenarios[scenario].start - 1:
            before = batch.state()
            break
    for name in LIKE_HISTORY:
        middle = float(np.median(model.value(model.expressions.either(name), before.matrix)))
        assert value(scenario, name) == pytest.approx(middle, rel=0.15), name


def test_the_plan_of_2021_begins_under_embargo() -> None:
    for sector in ("semiconductors", "next_gen_it"):
        assert value("fourteenth-plan", f"foreign_access[{sector}]") < 0.55
    assert value("fourteenth-plan", "tension") > 0.5
    assert value("fourteenth-plan", "self_reliance") < value("thirteenth-plan", "self_reliance")
    assert 0.05 < value("fourteenth-plan", "toolkit") < 0.3
    assert played("fourteenth-plan", "hands-off").begun["embargo"].all()


def test_the_two_desks_begin_with_other_institutions() -> None:
    higher_at_the_open_desk = (
        "market_quality",
        "ip_protection",
        "sme_credit",
        "creativity",
        "regional_diversity",
        "vitality_mean",
        "mean(openness)",
    )
    higher_at_the_ministry = (
        "central_control",
        "coordination",
        "mean(copying)",
        "mean(command)",
        "mean(support_dependence)",
        "support.technology_absorption",
    )
    for name in higher_at_the_open_desk:
        assert value("open-desk", name) > value("ministry-desk", name), name
    for name in higher_at_the_ministry:
        assert value("open-desk", name) < value("ministry-desk", name), name
    opened, ministry = (core().scenarios[name] for name in DESKS)
    assert opened.desk.slots > ministry.desk.slots
    assert opened.budget != ministry.budget
    assert opened.prices != ministry.prices


def test_the_two_desks_play_differently() -> None:
    strategies = sorted(core().strategies)
    best = {desk: max((played(desk, name).score, name) for name in strategies)[1] for desk in DESKS}
    assert best["open-desk"] != best["ministry-desk"]
    for name in strategies:
        opened, ministry = (played(desk, name).endings for desk in DESKS)
        shared = sum(min(opened.get(one, 0.0), ministry.get(one, 0.0)) for one in opened)
        assert shared < 0.5, name


def test_the_two_desks_cite_the_models_that_they_stand_for() -> None:
    assert "du2024-us-decentralised-model" in core().scenarios["open-desk"].because
    assert "du2024-japan-centralised-model" in core().scenarios["ministry-desk"].because
