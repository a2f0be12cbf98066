"""What was built and stands asks later budgets for a part of what its lines last cost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.campaign import Campaign, Draft
from game.campaign.decisions import Dossier
from game.campaign.desk import Standing
from game.campaign.forms import decision_from_json, to_json
from game.campaign.money import Cell
from game.campaign.records import DraftAsk
from game.engine import Model
from game.engine.layout import special
from game.lab import Job, columns_of
from game.lab.running import block_of
from tests.campaign.packs import build, core, files
from tests.campaign.support import asked, careful, step
from tests.packs.factory import TINY

WOOL = ("mill_loans", "wool")


def standing_mills(**more: str) -> Model:
    """The tiny pack, where what loans have built must be kept up, over three plans."""
    found = {**files(), **more}
    instruments = TINY["instruments/all.yaml"].replace("half: 10,", "half: 10, upkeep: 20%,")
    scenario = found["scenarios/valleys.yaml"]
    assert scenario is not None
    three = scenario.replace(
        "{title: Second plan, short: '2'}]",
        "{title: Second plan, short: '2'}, {title: Third plan, short: '3'}]",
    )
    return build({**found, "instruments/all.yaml": instruments, "scenarios/valleys.yaml": three})


@pytest.fixture(scope="module")
def mills() -> Model:
    return standing_mills()


def drafted(model: Model, seed: int = 3) -> Campaign:
    return asked(Campaign.new(model, seed), DraftAsk)


def second(model: Model) -> Campaign:
    """The second draft, after a plan that carried the desk on."""
    campaign = drafted(model)
    step(campaign, careful)
    return asked(campaign, DraftAsk)


def cost_of_wool(campaign: Campaign) -> float:
    """What the last plan gave to wool, as the same part of the budget to come."""
    return dict(campaign.position.term.lines.shares)[WOOL] * campaign.draft().budget


def test_what_is_on_the_desk_asks_for_nothing_more(mills: Model) -> None:
    draft = second(mills).draft()
    assert WOOL in draft.given
    assert draft.upkeep == 0.0
    assert draft.allocation == draft.given


def test_a_closed_line_still_takes_a_fifth_of_what_it_cost(mills: Model) -> None:
    campaign = second(mills)
    opened = campaign.draft()
    closed = opened.close("sector:wool")
    assert closed.upkeep_lines == {WOOL: pytest.approx(0.2 * cost_of_wool(campaign))}
    assert closed.upkeep == sum(closed.upkeep_lines.values())
    assert closed.money_left == pytest.approx(closed.budget - closed.upkeep)
    assert closed.allocation[WOOL] == closed.upkeep
    assert [reason for reason, _ in closed.prices] == ["closes Wool"]


def test_upkeep_is_paid_year_by_year_and_is_no_priority(mills: Model) -> None:
    campaign = second(mills)
    draft = campaign.draft().close("sector:wool")
    assert draft.priorities == 0
    campaign.decide(draft.plan())
    matrix, layout = campaign.position.state.matrix, mills.layout
    lines = mills.instruments
    paid = matrix[lines.planned.start + lines.position[WOOL], 0]
    assert paid == pytest.approx(draft.upkeep / 5)
    assert matrix[layout.row(special("priorities")), 0] == 0.0
    left = matrix[layout.row(special("reserve_left")), 0]
    assert left == pytest.approx(draft.money_left)


def test_what_is_kept_up_asks_for_the_same_part_of_the_next_budget(mills: Model) -> None:
    campaign = second(mills)
    draft = campaign.draft().close("sector:wool")
    campaign.decide(draft.plan())
    asked(campaign, DraftAsk)
    third = campaign.draft()
    assert third.upkeep / third.budget == pytest.approx(draft.upkeep / draft.budget)
    assert list(third.upkeep_lines) == [WOOL]
    assert third.problems == ()


def test_a_line_that_gets_less_than_its_upkeep_is_topped_up(mills: Model) -> None:
    campaign = second(mills)
    due = campaign.draft().desk.standing[WOOL].due
    little = campaign.draft().set_amount("mill_loans", "wool", due / 4)
    assert little.upkeep == pytest.approx(due * 3 / 4)
    assert little.allocation[WOOL] == pytest.approx(due)


def test_letting_a_line_fall_costs_as_closing_does_and_ends_it(mills: Model) -> None:
    campaign = second(mills)
    for draft in (
        campaign.draft().close("sector:wool").let_fall(*WOOL),
        campaign.draft().let_fall(*WOOL).close("sector:wool"),
    ):
        assert draft.upkeep == 0.0
        assert draft.prices[-1] == ("lets Loans, Wool fall", 1.0)
        plan = draft.plan()
        assert decision_from_json(to_json(plan)) == plan
    campaign.decide(plan)
    asked(campaign, DraftAsk)
    assert campaign.draft().desk.standing == {}
    assert campaign.draft().prices == ()


def test_a_stamped_dossier_ends_free_and_what_it_built_still_asks(mills: Model) -> None:
    campaign = drafted(mills)
    campaign.decide(campaign.draft().stamp("sector:wool").plan())
    asked(campaign, DraftAsk)
    draft = campaign.draft()
    assert draft.dossiers == ()
    assert draft.prices == ()
    assert draft.upkeep == pytest.approx(0.2 * cost_of_wool(campaign))
    ask = campaign.ask
    assert isinstance(ask, DraftAsk)
    assert any("of upkeep" in line for line in ask.inbox)


def test_what_the_predecessor_built_off_the_desk_asks_from_the_first_plan() -> None:
    bare = str(files()["scenarios/valleys.yaml"]).replace("{wool: 1}", "{wool: 1, paper: 2}")
    model = standing_mills(**{"scenarios/valleys.yaml": bare})
    draft = drafted(model).draft()
    extra = draft.desk.standing["mill_loans", "paper"]
    assert extra.due >= 0.2 * 2 * 5
    assert draft.upkeep_lines["mill_loans", "paper"] == extra.due


def test_the_desk_can_be_locked_as_it_opens_however_much_stands(mills: Model) -> None:
    from game.campaign.drafting import set_out

    campaign = second(mills)
    campaign.decide(campaign.draft().close("sector:wool").plan())
    asked(campaign, DraftAsk)
    position = campaign.position
    term = position.term
    dear: dict[Cell, Standing] = {WOOL: Standing(due=10 * term.desk.budget, price=1.0)}
    terms = (*position.terms[:-1], replace(term, desk=replace(term.desk, standing=dear)))
    campaign.positions[-1] = set_out(campaign.game, position.but(terms=terms))
    draft = campaign.draft()
    assert draft.problems == ()
    assert draft.money_left == 0.0
    assert draft.open(Dossier("paper", None, "light", ("mill_loans",))).problems != ()


def test_the_forecast_counts_what_is_kept_up(mills: Model) -> None:
    campaign = second(mills)
    closed = campaign.draft().close("sector:wool")
    forecaster = campaign.forecaster()
    kept = forecaster.fan(closed, "capacity[wool]")
    fallen = forecaster.fan(closed.let_fall(*WOOL), "capacity[wool]")
    assert kept.quantiles[2][-1] > fallen.quantiles[2][-1]


def test_strategies_allocate_as_written(mills: Model) -> None:
    values = []
    for upkeep in ("", " upkeep: 90%,"):
        text = TINY["instruments/all.yaml"].replace("half: 10,", f"half: 10,{upkeep}")
        model = build({**files(), "instruments/all.yaml": text})
        job = Job(model.pack.strategies["mills"].plans, seed=1)
        values.append(block_of(model, job, columns_of(model), range(2)).values)
    assert (values[0] == values[1]).all()


def test_in_core_zones_clusters_funds_and_platforms_must_be_kept_up() -> None:
    asking = {name: one.upkeep for name, one in core().pack.instruments.items() if one.upkeep}
    assert set(asking) == {"hightech_zones", "clusters", "guidance_funds", "common_platforms"}
    assert {one.fraction for one in asking.values()} == {0.2}


def test_every_desk_of_core_that_ends_all_its_dossiers_can_be_locked_as_it_opens() -> None:
    campaign = drafted(core(), 4)
    spoken: list[float] = []
    while not campaign.finished:
        if isinstance(campaign.ask, DraftAsk):
            draft = campaign.draft()
            assert draft.problems == ()
            spoken.append(draft.upkeep / draft.budget)
            campaign.decide(stamped(draft).plan())
        else:
            step(campaign, careful)
    assert spoken[0] < 0.1
    assert max(spoken[1:]) > spoken[0]


def stamped(draft: Draft) -> Draft:
    """A desk on which everything ends with the plan, with new zones in place of the old."""
    for offer in draft.desk.offers:
        taken = draft.take(offer.id)
        draft = draft if taken.problems else taken
    for one in draft.dossiers:
        draft = draft if one.sunset else draft.stamp(one.key)
    return draft
