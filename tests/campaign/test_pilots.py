"""Pilots: once they have run for some years they show how strong one rule a year really is."""

from __future__ import annotations

import pytest

from game.campaign import Campaign
from game.campaign.records import DraftAsk
from game.engine import Model
from tests.campaign.packs import build, core, files
from tests.campaign.support import asked, careful, play, step


def valleys(reveals: str) -> Model:
    """The tiny pack with places that try things on their own."""
    found = files()
    scenario = found["scenarios/valleys.yaml"]
    return build({**found, "scenarios/valleys.yaml": f"{scenario}reveals: {reveals}\n"})


@pytest.fixture(scope="module")
def always() -> Model:
    return valleys("{when: year >= 2011, years: 2}")


def played(model: Model, until: int, seed: int = 3) -> Campaign:
    campaign = Campaign.new(model, seed)
    while campaign.year < until:
        step(campaign, careful)
    return campaign


def shown(campaign: Campaign) -> list[int]:
    return [one.year for one in campaign.revealed]


def true_strength(campaign: Campaign, rule: str) -> float:
    rules = list(campaign.model.pack.rules)
    return float(campaign.game.draws.strengths[rules.index(rule), 0])


def test_nothing_is_shown_until_pilots_have_run_for_their_years(always: Model) -> None:
    assert shown(played(always, 2011)) == []
    assert shown(played(always, 2012)) == [2012]
    assert shown(played(always, 2013)) == [2012, 2013]


def test_what_is_shown_is_the_true_strength_of_a_rule_that_is_not_documented(
    always: Model,
) -> None:
    campaign = play(Campaign.new(always, 3), careful)
    rules = [one.rule for one in campaign.revealed]
    assert len(set(rules)) == len(rules) > 1
    for one in campaign.revealed:
        entry = always.pack.rules[one.rule]
        assert entry.noise is None
        assert entry.grade != "documented"
        assert one.strength == true_strength(campaign, one.rule)


def test_the_bulletin_says_it_in_a_line(always: Model) -> None:
    campaign = played(always, 2012)
    report = campaign.reports[-1]
    (found,) = campaign.revealed
    (line,) = [one.text for one in report.happenings if one.id == f"pilot:{found.rule}"]
    assert f"here at {found.strength:.1f} of the usual" in line
    assert found.says[1:] in line
    assert not report.quiet


def test_why_shows_the_strength_of_rules_that_have_come_out_and_of_no_others(
    always: Model,
) -> None:
    campaign = played(always, 2015)
    known = {one.rule: one.strength for one in campaign.revealed}
    causes = [
        cause
        for name, place in (("capacity", "wool"), ("demand", "wool"), ("learning", None))
        for cause in campaign.why(name, place, 2011, 2013).causes
        if cause.kind == "rule"
    ]
    assert any(one.id in known for one in causes)
    for one in causes:
        assert one.strength == known.get(one.id, 1.0)


def test_a_review_tells_what_its_years_have_shown(always: Model) -> None:
    campaign = asked(played(always, 2015), DraftAsk)
    assert campaign.review(0).revealed == campaign.revealed
    assert {one.year for one in campaign.review(0).revealed} <= set(range(2011, 2016))


def test_the_same_seed_shows_the_same_and_a_fork_keeps_it(always: Model) -> None:
    campaign = played(always, 2014)
    assert played(always, 2014).revealed == campaign.revealed
    assert campaign.fork(len(campaign.decisions)).revealed == campaign.revealed
    assert campaign.fork(2).revealed == ()


def test_what_spoils_pilots_starts_their_years_again() -> None:
    campaign = played(valleys("{when: year >= 2011, years: 2, spoils: year == 2013}"), 2016)
    assert shown(campaign) == [2012, 2015, 2016][: len(shown(campaign))]
    assert 2013 not in shown(campaign)
    assert 2014 not in shown(campaign)


def test_without_the_field_nothing_is_ever_shown() -> None:
    campaign = play(Campaign.new(build(files()), 3), careful)
    assert campaign.revealed == ()


def test_core_pilots_with_money_show_something_within_the_first_plan() -> None:
    campaign = asked(Campaign.new(core(), 2), DraftAsk)
    draft = campaign.draft()
    room = draft.set_amount("regional_pilots", None, min(draft.money_left, 0.06 * draft.budget))
    campaign.decide(room.plan())
    asked(campaign, DraftAsk)
    assert campaign.revealed
    assert all(core().pack.rules[one.rule].grade != "documented" for one in campaign.revealed)
