"""Foresight: while the scenario says so, the ministry reckons with events that it has not met."""

from __future__ import annotations

import pytest

from game.campaign import Campaign, Forecaster
from game.campaign.records import DraftAsk
from game.engine import Model
from tests.campaign.packs import build, core, files
from tests.campaign.support import asked, careful, step

FIRE: dict[str, str | None] = {
    "events/fire.yaml": """\
- id: a-fire
  title: A fire in the library
  chance: 0.5
  cooldown: 1
  bulletin: The library burns.
  effects: [{add: {learning: -2}}]
  because: [notes-rain]
  grade: judgement
"""
}
"""An event that nobody has met when a campaign opens."""
SCHOOLED = "support.schools > 0.2"


def valleys(foresees: str) -> Model:
    """The tiny pack with a condition under which its ministry looks ahead."""
    return build(foreseeing(foresees))


def foreseeing(condition: str) -> dict[str, str | None]:
    found = files()
    scenario = found["scenarios/valleys.yaml"]
    return {**found, "scenarios/valleys.yaml": f"{scenario}foresees: {condition}\n"}


@pytest.fixture(scope="module")
def schooled() -> Model:
    return valleys(SCHOOLED)


def after_a_plan(model: Model, share: float) -> Campaign:
    """The second draft, after a plan that gave the schools a share of its budget."""
    campaign = asked(Campaign.new(model, 3), DraftAsk)
    draft = campaign.draft()
    campaign.decide(draft.set_amount("schools", None, share * draft.budget).plan())
    return asked(campaign, DraftAsk)


def test_where_it_foresees_the_forecast_knows_every_kind_of_event(schooled: Model) -> None:
    ahead = Forecaster(after_a_plan(schooled, 0.6))
    fan = ahead.fan(None, "learning")
    assert fan.met == fan.kinds
    assert ahead._mask.all()
    blind = Forecaster(after_a_plan(schooled, 0.0))
    assert not blind._mask.all()


def test_what_was_not_met_moves_the_forecast_once_it_is_foreseen() -> None:
    fans = []
    for text in ("plan >= 0", "plan < 0"):
        campaign = asked(Campaign.new(build({**foreseeing(text), **FIRE}), 3), DraftAsk)
        fans.append(Forecaster(campaign).fan(campaign.draft(), "learning"))
    foreseen, known = fans
    assert foreseen.quantiles[2][-1] < known.quantiles[2][-1] - 1.0


def test_without_the_condition_only_what_was_met_is_known() -> None:
    campaign = asked(Campaign.new(build(files()), 3), DraftAsk)
    assert campaign.model.scenario.foresees is None
    assert Forecaster(campaign).met == 1


def test_a_review_names_nothing_as_unmet_that_was_foreseen() -> None:
    reviews = []
    for text in ("plan >= 0", "plan < 0"):
        campaign = asked(Campaign.new(valleys(text), 3), DraftAsk)
        step(campaign, careful)
        asked(campaign, DraftAsk)
        reviews.append(campaign.review(0).unmet)
    assert reviews[0] == ()
    assert reviews[1] != ()


def test_core_looks_ahead_while_foresight_has_more_than_half_its_support() -> None:
    for scenario in core().pack.scenarios.values():
        assert scenario.foresees == "support.foresight > 0.5"
