"""A dossier stamped to end with its plan: rules can read the stamp, sector by sector."""

from __future__ import annotations

import numpy as np
import pytest

from game.engine import Draws, Model, Orders, begin_plan, close_year, open_year, shift_plan, start
from game.engine.orders import Cell
from game.lab import Job
from game.lab.planning import Planner, PlanningError
from game.lab.running import years_of
from game.packs.schema import PlanEntry
from game.rules.expression import Series
from tests.campaign.packs import build, core
from tests.packs.factory import TINY

LOANS: dict[Cell, float] = {("mill_loans", "wool"): 60.0, ("mill_loans", "paper"): 60.0}


@pytest.fixture(scope="module")
def weakened() -> Model:
    """Stamped mills build half of what others build."""
    rate = "0.1 * capacity * support.mill_loans"
    rules = TINY["rules/all.yaml"].replace(rate, f"{rate} * (1 - 0.5 * sunset)")
    return build({"rules/all.yaml": rules})


def built(model: Model, sunset: tuple[str, ...] = ()) -> dict[str, float]:
    """What the loans add to each sector's plant in a plan's first year."""
    draws = Draws(model.streams, 1, range(1))
    state = start(model, draws)
    state = begin_plan(model, state, Orders.of(model, state, LOANS, sunset=sunset))
    outcome = close_year(open_year(model, state, draws), ledger_of=0)
    assert outcome.ledger is not None
    return {
        place: sum(
            row.amount
            for row in outcome.ledger.rows("capacity", place)
            if row.id == "mills-follow-money"
        )
        for place in ("wool", "paper")
    }


def test_a_rule_can_read_which_sectors_are_stamped(weakened: Model) -> None:
    plain, stamped = built(weakened), built(weakened, sunset=("wool",))
    assert stamped["wool"] == plain["wool"] * 0.5
    assert stamped["paper"] == plain["paper"]


def test_a_stamp_lasts_as_long_as_its_plan(weakened: Model) -> None:
    model = weakened
    rows = model.layout.rows(Series("special", "sunset", "sector"))
    draws = Draws(model.streams, 1, range(1))
    state = start(model, draws)
    assert state.matrix[rows, 0].tolist() == [0.0, 0.0]
    orders = Orders.of(model, state, LOANS, sunset=("paper",))
    state = begin_plan(model, state, orders)
    assert state.matrix[rows, 0].tolist() == [0.0, 1.0]
    state = shift_plan(model, state, Orders.of(model, state, LOANS, sunset=("wool",)))
    assert state.matrix[rows, 0].tolist() == [1.0, 0.0]
    state = begin_plan(model, state, Orders.of(model, state, LOANS))
    assert state.matrix[rows, 0].tolist() == [0.0, 0.0]


def test_worlds_of_one_batch_can_be_stamped_differently(weakened: Model) -> None:
    draws = Draws(weakened.streams, 1, range(2))
    state = start(weakened, draws)
    parts = [Orders.of(weakened, state, LOANS, sunset=one) for one in ((), ("wool",))]
    picked = Orders.picked(parts, np.array([0.0, 1.0]))
    assert picked.sunset.tolist() == [[0.0, 1.0], [0.0, 0.0]]


def capital(model: Model, entry: dict[str, object]) -> float:
    """Political capital at the end of a strategy that closes everything after its first plan."""
    plans = (PlanEntry.model_validate(entry), PlanEntry())
    planner = Planner(model, plans)
    draws = Draws(model.streams, 1, range(1))
    for batch in years_of(planner, draws, Job(plans)):
        last = float(
            batch.matrix[model.layout.row(Series("indicator", "political_capital", "nation")), 0]
        )
    return last


def test_a_strategy_can_stamp_sectors_which_then_close_free(weakened: Model) -> None:
    plan: dict[str, object] = {"allocate": {"mill_loans": {"wool": "40%"}}}
    assert capital(weakened, {**plan, "sunset": ["wool"]}) > capital(weakened, plan)
    entry = PlanEntry.model_validate({"sunset": ["silk"]})
    with pytest.raises(PlanningError, match="there is no sector silk"):
        Planner(weakened, (entry,))


def test_in_the_core_pack_stamped_support_breeds_half_the_forms_and_weaker_answers() -> None:
    model = core()
    money: dict[Cell, float] = {("special_funds", "nev"): 400.0, ("stage_tax_relief", "nev"): 200.0}
    draws = Draws(model.streams, 1, range(1))
    state = start(model, draws)
    rows: list[dict[str, float]] = []
    for sunset in ((), ("nev",)):
        begun = begin_plan(model, state, Orders.of(model, state, money, sunset=sunset))
        ledger = close_year(open_year(model, begun, draws), ledger_of=0).ledger
        assert ledger is not None
        rows.append(
            {
                row.id: row.amount
                for name in ("subsidy_chasing", "engineering", "product", "vitality")
                for row in ledger.rows(name, "nev")
            }
        )
    plain, stamped = rows
    assert stamped["forms-are-learned"] == pytest.approx(0.5 * plain["forms-are-learned"])
    for rule in ("early-funds-engineer", "relief-becomes-engineering", "grants-found-firms"):
        assert stamped[rule] == pytest.approx(0.8 * plain[rule])
    assert stamped["forms-are-forgotten"] == plain["forms-are-forgotten"]
