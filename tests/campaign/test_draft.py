"""The desk: money, prices, proposals, pledges. Every edit is a new draft."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.campaign import Campaign, DecisionError, Draft
from game.campaign.decisions import Dossier
from game.campaign.money import Tool, priorities_of, shares_of_lines
from game.campaign.records import DraftAsk
from game.rules.expression import Series
from tests.campaign.packs import core, tiny
from tests.campaign.support import asked, careful, step

SCHOOLS = Dossier(None, "science", "medium", ("schools",))


def opened(seed: int = 3) -> Campaign:
    return asked(Campaign.new(tiny(), seed), DraftAsk)


def big() -> Campaign:
    return asked(Campaign.new(core(), 2), DraftAsk)


def test_the_desk_opens_with_what_the_predecessor_left() -> None:
    draft = opened().draft()
    assert [one.key for one in draft.dossiers] == ["sector:wool"]
    assert draft.problems == ()
    assert draft.prices == ()


def test_a_weight_is_worth_its_units_of_the_budget() -> None:
    draft = opened().draft().open(SCHOOLS)
    assert draft.allocation["schools", None] == pytest.approx(0.2 * draft.budget)
    heavy = draft.weigh("channel:science", "heavy")
    assert heavy.allocation["schools", None] == pytest.approx(0.4 * draft.budget)


def test_the_first_line_takes_half_and_the_others_share_the_rest() -> None:
    assert shares_of_lines(1) == (1.0,)
    assert shares_of_lines(2) == (0.5, 0.5)
    assert shares_of_lines(3) == (0.5, 0.25, 0.25)


def test_priorities_count_each_sectors_and_channels_lines_by_threes() -> None:
    tools = {f"s{i}": Tool(f"s{i}", "money", True) for i in range(5)}
    tools |= {f"n{i}": Tool(f"n{i}", "science", False) for i in range(4)}
    cells = [(f"s{i}", "nev") for i in range(4)] + [("s0", "steel")]
    assert priorities_of(cells, tools) == 3
    assert priorities_of([(f"n{i}", None) for i in range(4)], tools) == 2
    assert priorities_of([], tools) == 0


def test_too_many_dossiers_dilute_every_line() -> None:
    draft = opened().draft().open(SCHOOLS)
    assert draft.dilution == 1.0
    crowded = draft.open(Dossier("paper", None, "light", ("mill_loans",)))
    assert crowded.priorities == 3
    assert crowded.dilution == 1.0
    desk = big()
    draft = desk.draft()
    for offer in desk.draft().desk.offers:
        draft = draft.take(offer.id)
    assert draft.priorities > draft.slots
    assert draft.dilution == pytest.approx(max(0.4, draft.slots / draft.priorities), rel=0.3)


def test_a_proposal_put_back_leaves_the_desk_as_it_was() -> None:
    campaign = big()
    draft = campaign.draft()
    for offer in draft.desk.offers:
        taken = draft.take(offer.id)
        assert taken.taken == (offer.id,)
        assert taken.put_back(offer.id) == draft
    with pytest.raises(KeyError):
        draft.take("no-such-proposal")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_putting_a_proposal_back_undoes_it_whatever_else_was_done(data: st.DataObject) -> None:
    draft = big().draft()
    offers = [one.id for one in draft.desk.offers]
    target = data.draw(st.sampled_from(offers))
    plain = with_target = draft
    with_target = with_target.take(target)
    for _ in range(data.draw(st.integers(0, 5))):
        match data.draw(st.sampled_from(["take", "weigh", "close", "stamp"])):
            case "take":
                other = data.draw(st.sampled_from([one for one in offers if one != target]))
                plain, with_target = plain.take(other), with_target.take(other)
            case "weigh" if plain.dossiers:
                key = data.draw(st.sampled_from([one.key for one in plain.dossiers]))
                plain, with_target = plain.weigh(key, "light"), with_target.weigh(key, "light")
            case "close" if plain.dossiers:
                key = data.draw(st.sampled_from([one.key for one in plain.dossiers]))
                plain, with_target = plain.close(key), with_target.close(key)
            case "stamp" if plain.dossiers:
                key = data.draw(st.sampled_from([one.key for one in plain.dossiers]))
                plain, with_target = plain.stamp(key), with_target.stamp(key)
    assert with_target.put_back(target).dossiers == plain.dossiers


def test_closing_costs_by_weight_and_one_more_for_each_plan_that_it_ran() -> None:
    campaign = opened()
    closed = campaign.draft().close("sector:wool")
    assert closed.prices == (("closes Wool", 1.0),)
    step(campaign, careful)
    asked(campaign, DraftAsk)
    assert campaign.draft().close("sector:wool").prices == (("closes Wool", 2.0),)


def test_a_stamped_dossier_ends_free_with_its_plan() -> None:
    campaign = opened()
    campaign.decide(campaign.draft().stamp("sector:wool").plan())
    asked(campaign, DraftAsk)
    draft = campaign.draft()
    assert draft.dossiers == ()
    assert draft.prices == ()


def test_cutting_by_more_than_a_fifth_costs_as_closing_does() -> None:
    campaign = opened()
    campaign.decide(campaign.draft().weigh("sector:wool", "heavy").plan())
    asked(campaign, DraftAsk)
    draft = campaign.draft()
    assert draft.weigh("sector:wool", "medium").prices == (("cuts Wool", 4.0),)
    wool = draft.allocation["mill_loans", "wool"]
    assert draft.set_amount("mill_loans", "wool", wool * 0.85).prices == ()
    assert draft.set_amount("mill_loans", "wool", wool * 0.75).prices != ()


def test_what_cannot_be_locked_says_why_and_is_refused() -> None:
    campaign = opened()
    draft = campaign.draft()
    cases = {
        "more than the budget": draft.set_amount("schools", None, draft.budget),
        "one to 3 lines": draft.set_lines("sector:wool", ()),
        "twice": draft.set_lines("sector:wool", ("mill_loans", "mill_loans")),
        "is national": draft.open(Dossier("paper", None, "light", ("schools",))),
        "goes to a sector": draft.open(Dossier(None, "finance", "light", ("mill_loans",))),
        "not in play": draft.open(Dossier("iron", None, "light", ("mill_loans",))),
    }
    for words, bad in cases.items():
        assert any(words in problem for problem in bad.problems), (words, bad.problems)
        with pytest.raises(DecisionError):
            campaign.decide(bad.plan())
    campaign.decide(draft.plan())


def with_pledge(seed: int = 3) -> Campaign:
    campaign = opened(seed)
    campaign.decide(campaign.draft().take("more-wool").plan())
    return campaign


def test_taking_a_proposal_can_sign_a_pledge_that_pays_now() -> None:
    draft = opened().draft().take("more-wool")
    assert draft.signed[0].to == "warden"
    assert draft.prices[-1][1] == -2.0
    campaign = with_pledge()
    assert [(p.instrument, p.sector, p.until) for p in campaign.pledges] == [
        ("mill_loans", "wool", 2015)
    ]


def test_a_pledge_kept_to_its_end_becomes_a_favour() -> None:
    campaign = with_pledge()
    asked(campaign, DraftAsk)
    assert campaign.pledges == ()
    assert ("kept" in {how for _, how in campaign.position.terms[0].pledges}) is True
    while campaign.year < 2016:
        step(campaign, careful)
    assert campaign.persons[0].favours == 1


def test_a_pledge_broken_at_the_lock_costs_and_is_remembered() -> None:
    campaign = with_pledge()
    long = replace(campaign.position.pledges[0], until=2018)
    campaign.positions[-1] = campaign.position.but(pledges=(long,))
    asked(campaign, DraftAsk)
    draft = campaign.draft()
    assert draft.knots == {"sector:wool": "pledged to Bel until 2018"} or draft.knots
    assert draft.broken == ()
    breaking = draft.close("sector:wool")
    assert breaking.broken == (long,)
    assert breaking.prices[-1][1] == 3.0
    if breaking.problems:
        breaking = draft.weigh("sector:wool", "light")
    campaign.decide(breaking.plan())
    assert campaign.pledges == ()
    flag = campaign.model.layout.row(Series("flag", "warden.pledge_broken", "nation"))
    assert campaign.position.state.matrix[flag, 0] == 1.0


def test_the_table_remembers_who_was_served() -> None:
    campaign = opened()
    both = campaign.draft().take("more-wool").take("a-school")
    served = campaign.fork(len(campaign.decisions))
    served.decide(both.plan())
    ignored = campaign.fork(len(campaign.decisions))
    ignored.decide(campaign.draft().plan())
    for one, standing in ((served, 1), (ignored, -1)):
        posts = [p.amounts for before in one.position.before for p in before.posts]
        posts += [p.amounts for y in one.position.years for b in y.before for p in b.posts]
        assert (('counter("warden.standing")', float(standing)),) in posts


def test_each_advisor_brings_at_most_the_two_proposals_that_press_most() -> None:
    ask = big().ask
    assert isinstance(ask, DraftAsk)
    offices = [offer.by.office for offer in ask.offers]
    assert max(offices.count(office) for office in offices) == 2
    assert len(set(offices)) == 6


def test_at_no_capital_the_mandate_fills_a_dossier_that_stays() -> None:
    campaign = broke()
    draft = campaign.draft()
    mandate = draft.desk.mandate
    assert mandate is not None
    assert mandate in draft.dossiers
    assert draft.knots[mandate.key] == "written by the mandate"
    assert draft.problems == ()
    assert draft.close(mandate.key).problems


def broke() -> Campaign:
    """A campaign whose capital is spent when the second plan is drafted."""
    campaign = opened()
    model = campaign.model
    state = campaign.position.state
    matrix = state.matrix.copy()
    matrix[model.layout.row(Series("indicator", "political_capital", "nation"))] = 0.0
    from game.campaign.drafting import set_out

    position = campaign.position.but(state=state.but(matrix=matrix))
    campaign.positions[-1] = set_out(campaign.game, position)
    return campaign


def test_every_desk_as_it_opens_can_be_locked() -> None:
    for seed in range(3):
        campaign = Campaign.new(core(), seed)
        while not campaign.finished:
            if isinstance(campaign.ask, DraftAsk):
                assert campaign.draft().problems == ()
            step(campaign, careful)


def test_presets_are_the_packs_strategies_with_their_own_money() -> None:
    draft = opened().draft().preset("mills")
    assert draft.allocation["mill_loans", "wool"] == pytest.approx(0.3 * draft.budget)
    assert draft.allocation["schools", None] == 40.0
    assert draft.desk.offers
    assert Draft.opening(draft.desk).table_of("warden").taken == ("more-wool", "a-school")
    assert opened().draft().bare().dossiers == ()
