"""What a campaign shows: forecasts, causes, reviews, endings, wording."""

from __future__ import annotations

import pytest

from game.campaign import Campaign, DecisionError, Forecaster
from game.campaign.clocks import all_clocks
from game.campaign.decisions import Visit
from game.campaign.records import Card, DraftAsk, VisitAsk
from game.campaign.wording import amount, change, named
from tests.campaign.packs import core, tiny
from tests.campaign.support import asked, bold, careful, play, step


def new(seed: int = 3) -> Campaign:
    return Campaign.new(tiny(), seed)


MEASURES = ("utilisation[wool]", "learning", "sum(output)")


def test_the_forecast_of_an_unchanged_desk_is_what_happens_if_nothing_changes() -> None:
    campaign = asked(new(), DraftAsk)
    forecaster = Forecaster(campaign)
    for fan in forecaster.fans(campaign.draft(), MEASURES):
        assert fan.quantiles[2] == fan.baseline
        assert fan.years == (2011, 2012, 2013, 2014, 2015)
        for low, high in zip(fan.quantiles, fan.quantiles[1:], strict=False):
            assert all(a <= b for a, b in zip(low, high, strict=True))


def test_a_forecast_follows_the_desk_and_forgets_it_again() -> None:
    campaign = asked(new(), DraftAsk)
    forecaster = Forecaster(campaign)
    draft = campaign.draft()
    before = forecaster.fan(draft, "learning")
    schools = forecaster.fan(draft.take("a-school"), "learning")
    assert schools.quantiles[2][-1] > before.quantiles[2][-1]
    assert forecaster.fan(draft, "learning") == before


def test_a_forecast_is_the_same_whatever_world_0_will_draw() -> None:
    campaign = asked(new(), DraftAsk)
    assert 0 not in Forecaster(campaign)._draws.worlds
    twice = [Forecaster(campaign).fan(campaign.draft(), "sum(output)") for _ in range(2)]
    assert twice[0] == twice[1]


def test_the_ministry_knows_only_what_was_met() -> None:
    campaign = asked(new(), DraftAsk)
    start = Forecaster(campaign)
    assert start.met == 1
    asked(step_once(campaign), DraftAsk)
    later = Forecaster(campaign)
    assert start.met < later.met <= later.kinds


def step_once(campaign: Campaign) -> Campaign:
    step(campaign, careful)
    return campaign


def test_causes_add_up_to_the_change_in_play_and_with_open_books() -> None:
    campaign = play(new(), careful, 9)
    last = campaign.year
    for indicator, place in (("capacity", "wool"), ("utilisation", "paper"), ("learning", None)):
        for first in (2011, last):
            for opened in (False, True):
                found = campaign.why(indicator, place, first, last, open_books=opened)
                total = sum(one.amount for one in found.causes)
                assert total == pytest.approx(found.end - found.start, abs=1e-9)
                assert found.true is opened


def test_in_play_the_statistics_hide_in_the_rest() -> None:
    campaign = play(new(), careful, 9)
    text = "utilisation[wool]"
    folded = campaign.why("utilisation", "wool", 2011, campaign.year)
    assert folded.end == campaign.readings((text,))[0].reported
    assert folded.causes[-1].kind == "rest"
    assert all(one.strength == 1.0 for one in folded.causes)
    opened = campaign.why("utilisation", "wool", 2011, campaign.year, open_books=True)
    assert opened.end != folded.end


def test_a_visit_opens_the_causes_of_what_it_shows() -> None:
    campaign = asked(new(), VisitAsk)
    assert not campaign.why("utilisation", "wool", campaign.year).true
    ask = campaign.ask
    assert isinstance(ask, VisitAsk)
    campaign.decide(Visit(ask.places[0][0]))
    assert campaign.why("utilisation", "wool", campaign.year).true


def test_what_cannot_be_explained_is_refused_in_words() -> None:
    campaign = play(new(), careful, 6)
    for indicator, place, year in (
        ("nonsense", None, 2011),
        ("capacity", None, 2011),
        ("capacity", "north", 2011),
        ("learning", "wool", 2011),
        ("learning", None, 2030),
    ):
        with pytest.raises(KeyError):
            campaign.why(indicator, place, year)


@pytest.mark.parametrize("seed", [1, 5])
def test_a_review_puts_the_broken_promise_first_and_its_causes_add_up(seed: int) -> None:
    campaign = play(new(seed), bold(seed))
    for plan in range(2):
        review = campaign.review(plan)
        verdicts = [how for _, how in review.promises]
        assert verdicts == sorted(verdicts, key=lambda how: how != "BROKEN")
        assert review.why is not None
        total = sum(one.amount for one in review.why.causes)
        assert total == pytest.approx(review.why.end - review.why.start, abs=1e-9)
        assert sum(share for _, share in review.grades) == pytest.approx(1.0)
        low, high = review.forecast or (0.0, 0.0)
        assert low <= high
    with pytest.raises(IndexError):
        campaign.review(2)


def test_a_review_reruns_the_plan_without_the_dossier_that_mattered_most() -> None:
    campaign = asked(new(), DraftAsk)
    campaign.decide(campaign.draft().plan())
    asked(campaign, DraftAsk)
    review = campaign.review(0)
    assert review.same_dice is not None
    assert review.same_dice[0] == "without Wool"


def test_the_same_plan_again_gives_the_same_numbers() -> None:
    from game.campaign.tape import Variant, rerun

    campaign = play(new(), bold(4))
    years = campaign.position.years
    term = campaign.position.term
    variant = Variant(years, term.lines)
    end = rerun(campaign.game, years[0].start, campaign.game.draws, [variant])
    assert (end.matrix[:, 0] == years[-1].end.matrix[:, 0]).all()


def test_an_ending_is_the_first_that_holds_and_always_the_same() -> None:
    campaign = play(new(), bold(3))
    ending = campaign.ending()
    again = Campaign.new(tiny(), 3)
    for decision in campaign.decisions:
        again.decide(decision)
    assert again.ending() == ending
    assert ending.id in ("busy", "so-it-goes")
    assert ending.aim is not None
    assert all(one.true is not None for one in ending.books)
    assert {title for title, _ in ending.balances} == {"Growth", "Wits"}


def test_a_campaign_that_goes_on_has_no_ending() -> None:
    with pytest.raises(DecisionError, match="has not ended"):
        new().ending()


def test_one_thing_changed_counts_a_hundred_worlds() -> None:
    campaign = play(Campaign.new(core("twelfth-plan"), 2), bold(2))
    ending = campaign.ending()
    assert ending.one_thing is not None
    title, counts = ending.one_thing
    assert title
    assert 0 < sum(count for _, count in counts) <= 100


def test_clocks_are_the_three_nearest_and_count_in_sixths() -> None:
    campaign = play(Campaign.new(core(), 1), careful, 10)
    shown = campaign.clocks()
    assert len(shown) <= 3
    assert all(0 <= one.steps <= 6 for one in shown)
    every = all_clocks(campaign.game.now(campaign.position), None)
    assert [one.id for one in every[:3]] == [one.id for one in shown]


def test_a_card_says_why_it_came_and_what_each_answer_costs() -> None:
    campaign = asked(Campaign.new(core(), 1), Card)
    card = campaign.ask
    assert isinstance(card, Card)
    assert any(option.default for option in card.options)
    for option in card.options:
        assert option.can is (option.why_not == "")


def test_amounts_read_as_people_write_them() -> None:
    assert amount(0.712, "share") == "71%"
    assert amount(0.0741, "share") == "7.4%"
    assert amount(1284.4, "billion yuan") == "1,284 bn"
    assert amount(12.0, "thousand crowns") == "12 k"
    assert amount(12.0, "million shells a year") == "12 m a year"
    assert amount(0.384, "ratio") == "0.38"
    assert amount(46.0, "index") == "46"
    assert amount(-0.0, "share") == "0.0%"
    assert change(0.031, "share") == "+3.1 points"
    assert change(-12.0, "billion yuan") == "-12 bn"


def test_names_replace_offices_and_leave_other_braces_alone() -> None:
    names = {"governor": "Shen"}
    assert (
        named("{governor} waits. {nobody} {0} {a b} {}", names)
        == "Shen waits. {nobody} {0} {a b} {}"
    )
