"""What a review says mattered: mechanisms found in the ledger, with their passages and shares."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.campaign import Campaign
from game.campaign.mechanisms import NAMED, mattered
from game.engine import compile_model
from tests.campaign.packs import core, tiny
from tests.campaign.support import bold, play


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return play(Campaign.new(core("twelfth-plan"), 3), bold(3))


def test_a_review_names_two_or_three_mechanisms_with_passages_and_a_question(
    campaign: Campaign,
) -> None:
    review = campaign.review(0)
    pack = campaign.model.pack
    assert 2 <= len(review.mechanisms) <= NAMED
    for one in review.mechanisms:
        assert one.quote.passage in pack.passages
        assert 0.0 < one.share < 1.0
        if one.id in pack.lessons:
            assert one.quote.passage in pack.lessons[one.id].because
            assert one.asks
    assert review.question


def test_the_weightiest_mechanism_comes_first(campaign: Campaign) -> None:
    named = [one for one in campaign.review(0).mechanisms if one.title]
    assert [one.share for one in named] == sorted((one.share for one in named), reverse=True)


def test_the_shares_of_the_grades_add_up_to_one(campaign: Campaign) -> None:
    found = mattered(campaign, campaign.position.years)
    assert sum(share for _, share in found.grades) == pytest.approx(1.0)
    assert {grade for grade, _ in found.grades} <= {
        "documented", "calibrated", "judgement", "invented",
    }  # fmt: skip


def test_without_a_lesson_a_mechanism_is_a_passage_by_itself() -> None:
    model = tiny()
    bare = compile_model(replace(model.pack, lessons={}), model.scenario.id)
    campaign = play(Campaign.new(bare, 3), bold(3))
    found = mattered(campaign, campaign.position.years).mechanisms
    assert found
    for one in found:
        assert (one.title, one.asks) == ("", ())
        assert one.quote.passage == one.id
        assert one.text == one.quote.claim
