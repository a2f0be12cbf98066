"""Whole campaigns: what is asked in which order, what decisions do, and that dice are shared."""

from __future__ import annotations

import numpy as np
import pytest

from game.campaign import Campaign, DecisionError, decision_from_json, to_json
from game.campaign.decisions import (
    Answer,
    Begin,
    Count,
    Decision,
    MidTerm,
    Plan,
    Promise,
    Visit,
)
from game.campaign.records import (
    Card,
    CountAsk,
    DraftAsk,
    EndedAsk,
    MidTermAsk,
    OpeningAsk,
    VisitAsk,
)
from game.engine import Draws, Orders, begin_plan, close_year, open_year, start
from game.engine.layout import special
from game.rules.expression import Series
from tests.campaign.packs import core, tiny
from tests.campaign.support import asked, bold, careful, play, step

SEEDS = range(12)


def new(seed: int = 3) -> Campaign:
    return Campaign.new(tiny(), seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_chosen_a_campaign_comes_to_its_end(seed: int) -> None:
    campaign = play(new(seed), bold(seed))
    assert isinstance(campaign.ask, EndedAsk)
    assert [report.year for report in campaign.reports] == list(range(2011, 2021))
    assert 0.0 <= campaign.capital <= 10.0


@pytest.mark.parametrize(
    "scenario",
    [
        "first-plan",
        "twelfth-plan",
        "thirteenth-plan",
        "fourteenth-plan",
        "open-desk",
        "ministry-desk",
        "long-march",
    ],
)
def test_the_core_scenarios_play_to_their_end(scenario: str) -> None:
    campaign = play(Campaign.new(core(scenario), 5), bold(5))
    assert campaign.finished
    assert campaign.year == campaign.model.scenario.final_year


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_the_long_march_plays_to_its_end_for_many_seeds(seed: int) -> None:
    campaign = play(Campaign.new(core(), seed), bold(seed))
    assert campaign.finished
    assert campaign.ending().id in campaign.model.scenario.endings


@pytest.mark.parametrize("seed", [0, 4, 9])
def test_the_same_decisions_give_the_same_campaign(seed: int) -> None:
    played = play(new(seed), bold(seed))
    again = new(seed)
    for number, decision in enumerate(played.decisions):
        assert again.ask == played.fork(number).ask
        again.decide(decision_from_json(to_json(decision)))
        assert again.state_digest() == played.fork(number + 1).state_digest()
    assert again.reports == played.reports


def test_another_seed_is_another_campaign() -> None:
    digests = {play(new(seed), careful).state_digest() for seed in range(4)}
    assert len(digests) == 4


def test_a_fork_shares_its_past_and_its_dice() -> None:
    played = play(new(), bold(1))
    for at in (2, len(played.decisions) // 2, len(played.decisions) - 1):
        fork = played.fork(at)
        assert fork.decisions == played.decisions[:at]
        for decision in played.decisions[at:]:
            fork.decide(decision)
        assert fork.state_digest() == played.state_digest()
    with pytest.raises(IndexError):
        played.fork(len(played.decisions) + 1)


def test_a_decision_that_does_not_fit_changes_nothing() -> None:
    campaign = new()
    misfits: list[Decision] = [
        Plan((), amounts=(("nothing", None, 1.0),)),
        Answer("no-such-answer"),
        Visit("no-such-place"),
        MidTerm(close="no-such-dossier"),
        Begin("no-such-aim"),
        Begin(None),
    ]
    while not campaign.finished:
        before = (campaign.position, campaign.decisions)
        for decision in misfits:
            with pytest.raises(DecisionError, match=r"\w"):
                campaign.decide(decision)
            assert campaign.position is before[0]
            assert campaign.decisions == before[1]
        step(campaign, careful)


def test_the_questions_come_in_the_order_of_the_beat() -> None:
    campaign = play(new(), careful)
    kinds = [type(position.ask) for position in campaign.positions]
    assert kinds[:2] == [OpeningAsk, DraftAsk]
    assert kinds[-1] is EndedAsk
    assert kinds.count(DraftAsk) == 2
    assert kinds.count(MidTermAsk) == 2
    for position in campaign.positions:
        ask = position.ask
        if isinstance(ask, VisitAsk):
            assert (ask.year - 2011) % 5 in (1, 3)
        if isinstance(ask, MidTermAsk):
            assert (ask.year - 2011) % 5 == 2
        if isinstance(ask, CountAsk):
            assert (ask.year - 2011) % 5 == 4


def test_with_every_default_the_world_is_that_of_a_headless_run() -> None:
    model = tiny()
    campaign = Campaign.new(model, 6)
    draws = Draws(model.streams, 6, range(1))
    first = campaign.positions[0].state
    state = first
    plans = []
    while not campaign.finished:
        if isinstance(campaign.ask, DraftAsk):
            plans.append(campaign.draft().allocation)
        step(campaign, careful)
    for allocation in plans:
        architecture = {"wool": "mixed"}
        state = begin_plan(model, state, Orders.of(model, state, allocation, architecture))
        for _ in range(5):
            state = close_year(open_year(model, state, draws)).state
    here = campaign.position.years[-1].end
    for name, entry in model.pack.indicators.items():
        if name != "political_capital":
            rows = model.layout.rows(Series("indicator", name, entry.scope))
            assert np.array_equal(here.matrix[rows], state.matrix[rows]), name


def test_the_start_is_the_scenario_with_the_bequest() -> None:
    campaign = new()
    assert campaign.position.bequest == "old-mills"
    plain = start(tiny(), campaign.game.draws)
    model = tiny()
    wool = model.layout.row(Series("indicator", "capacity", "sector"), "wool")
    state = campaign.position.state
    assert state.matrix[wool, 0] == plain.matrix[wool, 0] + 20
    assert campaign.capital == 7.0


def test_a_visit_opens_true_numbers_of_its_place_only() -> None:
    campaign = asked(new(), VisitAsk)
    ask = campaign.ask
    assert isinstance(ask, VisitAsk)
    campaign.decide(Visit(ask.places[0][0]))
    card = campaign.ask
    assert isinstance(card, Card)
    assert {one.expression for one in card.opened} == {"utilisation[wool]", "utilisation[paper]"}
    assert all(one.true is not None for one in card.opened)
    assert any(one.true != one.reported for one in card.opened)
    seen, unseen = campaign.readings(("utilisation[wool]", "learning"))
    assert seen.true is not None
    assert unseen.true is None


def test_one_who_stays_in_before_the_last_year_hears_what_is_likely() -> None:
    campaign = asked(new(), VisitAsk)
    step(campaign, careful)
    asked(campaign, VisitAsk)
    while campaign.year < 2014:
        step(campaign, careful)
    report = next(one for one in campaign.reports if one.year == 2014)
    notes = [one.text for one in report.happenings if one.kind == "note"]
    assert notes
    assert "A quarrel over water" in notes[0]


def row(campaign: Campaign, name: str) -> float:
    layout = campaign.model.layout
    return float(campaign.position.state.matrix[layout.row(special(name)), 0])


def test_the_mid_term_closes_a_dossier_from_the_fourth_year() -> None:
    campaign = asked(new(), MidTermAsk)
    key = campaign.position.term.dossiers[0].key
    reserve, budget = row(campaign, "reserve_left"), row(campaign, "budget")
    capital = campaign.capital
    campaign.decide(MidTerm(close=key))
    term = campaign.position.term
    assert key not in {one.key for one in term.dossiers}
    while campaign.year < 2014:
        step(campaign, careful)
    played = next(year for year in campaign.position.years if year.year == 2014)
    state = played.end
    cells = campaign.model.instruments
    at = cells.position["mill_loans", "wool"]
    assert state.matrix[cells.planned.start + at, 0] == 0.0
    # Two fifths of the money were left, and a fifth of that is lost.
    left = float(state.matrix[campaign.model.layout.row(special("reserve_left")), 0])
    assert left == pytest.approx(reserve + 0.1 * budget * 0.4 * 0.8)
    posts = [p for before in played.before for p in before.posts if p.name == "midterm"]
    assert posts[0].amounts == (("political_capital", -1.0),)
    assert capital >= 1.0


def test_stakes_are_rows_of_the_next_year() -> None:
    campaign = asked(asked(new(), MidTermAsk), DraftAsk)
    verdicts = campaign.position.terms[0].verdicts
    assert [one.promise.mandate for one in verdicts] == [True]
    asked(campaign, VisitAsk)
    rows = campaign.why("political_capital", None, 2016, open_books=True).causes
    assert any(one.kind == "post" and "Learning" in one.text for one in rows)


def test_a_promise_must_ask_for_more_than_would_happen_anyway() -> None:
    campaign = asked(new(), DraftAsk)
    measure = "sum(output)"
    median = campaign.forecaster().baseline(measure)
    easy = Promise(measure, "at_least", median * 0.9, "sure")
    with pytest.raises(DecisionError, match="if nothing changes"):
        campaign.decide(campaign.draft().plan((easy,)))
    hard = Promise(measure, "at_least", median * 1.2, "open")
    campaign.decide(campaign.draft().plan((hard,)))
    assert hard in campaign.position.term.promises


def test_only_the_scenarios_measures_can_be_promised_and_each_once() -> None:
    campaign = asked(new(), DraftAsk)
    plan = campaign.draft()
    strange = Promise("capacity[wool]", "at_least", 1e5, "open")
    with pytest.raises(DecisionError, match="not something that can be promised"):
        campaign.decide(plan.plan((strange,)))
    twice = Promise("sum(output)", "at_least", 1e6, "open")
    with pytest.raises(DecisionError, match="twice"):
        campaign.decide(plan.plan((twice, twice)))
    forged = Promise("learning", "at_least", 0.0, "sure", mandate=True)
    with pytest.raises(DecisionError, match="stands as it was written"):
        campaign.decide(plan.plan((forged,)))


def counting(word: str = "sure") -> Campaign:
    """A campaign at the count, with a promise that is short by a little."""
    for seed in range(40):
        campaign = asked(new(seed), DraftAsk)
        fork = campaign.fork(len(campaign.decisions))
        play(fork, careful, len(fork.decisions) + 1)
        while fork.year < 2015:
            step(fork, careful)
        reached = fork.game.sight(fork.position.years[4].end).of("sum(output)")
        median = campaign.forecaster().baseline("sum(output)")
        if median < reached * 1.03:
            promise = Promise("sum(output)", "at_least", reached * 1.05, word)  # type: ignore[arg-type]
            campaign.decide(campaign.draft().plan((promise,)))
            while not isinstance(campaign.ask, CountAsk | DraftAsk):
                step(campaign, careful)
            while isinstance(campaign.ask, CountAsk):
                if campaign.ask.promise.promise == promise:
                    return campaign
                campaign.decide(Count(False))
    raise AssertionError("no seed comes near enough")


def test_a_promise_pushed_at_the_count_is_kept_on_paper_and_owed_later() -> None:
    campaign = counting()
    ask = campaign.ask
    assert isinstance(ask, CountAsk)
    assert ask.can_push
    assert 0 < ask.promise.promise.value - ask.promise.reported < 0.1 * ask.promise.promise.value
    pushed = campaign.fork(len(campaign.decisions))
    pushed.decide(Count(True))
    campaign.decide(Count(False))

    def verdict(one: Campaign) -> bool:
        promise = ask.promise.promise
        return next(v.kept for v in one.position.terms[0].verdicts if v.promise == promise)

    assert verdict(pushed)
    assert not verdict(campaign)
    assert pushed.capital > campaign.capital
    assert pushed.review(0).promises[-1][1] in ("kept (pushed)", "kept")


def test_people_hold_their_offices_by_the_seed() -> None:
    names = {new(seed).persons[0].name for seed in range(12)}
    assert names == {"Arn", "Bel", "Cor"}
    assert new(5).persons == new(5).persons


def test_after_two_plans_somebody_moves_up_and_somebody_retires() -> None:
    campaign = Campaign.new(core(), 8)
    while len(campaign.position.terms) < 2 or not isinstance(campaign.ask, DraftAsk):
        before = campaign.persons
        step(campaign, careful)
    term = campaign.position.terms[1]
    assert term.moved_up is not None
    assert term.retired is not None
    now = {one.office: one for one in campaign.persons}
    was = {one.office: one for one in before}
    assert now[term.moved_up].name == was[term.moved_up].name
    assert now[term.moved_up].title != was[term.moved_up].title
    assert now[term.retired].name != was[term.retired].name
    asked(campaign, Card)
    assert {one.office: one.standing for one in campaign.persons}[term.retired] in (-1, 0, 1)
