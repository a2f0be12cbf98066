from __future__ import annotations

import numpy as np
import pytest

from game.engine import Draws, start
from game.engine.layout import indicator
from game.engine.orders import budget as budget_of
from game.lab import Planner, PlanningError
from tests.lab.conftest import Plan


def lines_of(planner: Planner, position: int = 0) -> dict[tuple[str, str | None], float]:
    """Billion yuan over the plan for each line that gets any, in the first world."""
    model = planner.model
    state = start(model, Draws(model.streams, 1, range(3)))
    serving = np.full(3, position, dtype=np.int64)
    orders, _ = planner.orders(state, serving, budget_of(model, state), 5)
    money = orders.lines[:, 0] * 5
    cells = model.instruments.cells
    return {cell: float(amount) for cell, amount in zip(cells, money, strict=True) if amount > 0}


def budget(planner: Planner) -> float:
    model = planner.model
    return float(budget_of(model, start(model, Draws(model.streams, 1, range(3))))[0])


def test_a_percentage_is_a_share_of_the_plans_budget(plan: Plan) -> None:
    planner = plan({"allocate": {"schools": "20%"}})
    assert lines_of(planner) == {("schools", None): pytest.approx(0.2 * budget(planner))}


def test_a_whole_number_is_billion_yuan_over_the_plan(plan: Plan) -> None:
    assert lines_of(plan({"allocate": {"schools": 12}})) == {("schools", None): pytest.approx(12)}


def test_a_single_value_is_divided_evenly_over_the_sectors_in_play(plan: Plan) -> None:
    assert lines_of(plan({"allocate": {"mill_loans": 8}})) == {
        ("mill_loans", "wool"): pytest.approx(4),
        ("mill_loans", "paper"): pytest.approx(4),
    }


def test_what_is_left_over_is_the_reserve(plan: Plan) -> None:
    planner = plan({"allocate": {"schools": "60%"}})
    assert sum(lines_of(planner).values()) < budget(planner)


def test_billions_beyond_the_budget_cut_every_line_alike(plan: Plan) -> None:
    planner = plan({"allocate": {"schools": 300, "mill_loans": {"wool": 100}}})
    lines = lines_of(planner)
    assert sum(lines.values()) == pytest.approx(budget(planner))
    assert lines["schools", None] == pytest.approx(3 * lines["mill_loans", "wool"])


def serving(planner: Planner, turn: int, learning: list[float]) -> list[int]:
    """Which entry serves each of some worlds that differ in what they have learnt."""
    model = planner.model
    state = start(model, Draws(model.streams, 1, range(len(learning))))
    matrix = state.matrix.copy()
    matrix[model.layout.row(indicator("learning", "nation"))] = learning
    found: list[int] = planner.serving(turn, matrix).tolist()
    return found


def test_the_first_entry_whose_condition_holds_serves_world_by_world(plan: Plan) -> None:
    planner = plan(
        {"allocate": {}},
        {"when": "learning > 50", "allocate": {}},
        {"when": "learning > 30", "allocate": {}},
    )
    assert serving(planner, 0, [10, 40, 60]) == [0, 2, 1]


def test_without_one_the_entry_of_the_plans_turn_serves_then_the_last(plan: Plan) -> None:
    planner = plan(
        {"allocate": {}}, {"when": "learning > 50", "allocate": {}}, {"allocate": {"schools": 1}}
    )
    assert [serving(planner, turn, [10, 10])[0] for turn in range(4)] == [0, 2, 2, 2]


def test_where_every_entry_has_a_condition_that_fails_the_turn_still_decides(plan: Plan) -> None:
    planner = plan(
        {"when": "learning > 90", "allocate": {}}, {"when": "learning > 95", "allocate": {}}
    )
    assert [serving(planner, turn, [10, 10])[0] for turn in range(3)] == [0, 1, 1]


def test_a_shift_replaces_the_lines_that_it_names(plan: Plan) -> None:
    planner = plan(
        {"allocate": {"schools": 10, "mill_loans": {"wool": 4}}, "shift": {"schools": 2}}
    )
    shifted = planner.entries[0].shifted
    assert shifted is not None
    assert {line.cell: line.money.amount for line in shifted} == {
        ("schools", None): 2,
        ("mill_loans", "wool"): 4,
    }


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"allocate": {"shcools": "10%"}}, "no instrument shcools; did you mean schools"),
        ({"allocate": {"mill_loans": {"wol": "1%"}}}, "no sector wol; did you mean wool"),
        ({"allocate": {"schools": {"wool": "1%"}}}, "schools is national"),
        ({"architecture": {"silk": "market"}}, "there is no sector silk"),
        ({"choices": {"idle-mil": "close"}}, "no event idle-mil; did you mean idle-mill"),
        ({"choices": {"idle-mill": "closed"}}, "no choice of idle-mill closed; did you mean close"),
        ({"when": "lerning > 3"}, "lerning"),
    ],
)
def test_what_the_scenario_does_not_have_is_refused(
    plan: Plan, entry: dict[str, object], message: str
) -> None:
    with pytest.raises((PlanningError, ValueError), match=message):
        plan(entry, name="strategy s")


def test_a_message_names_the_strategy_and_the_plan(plan: Plan) -> None:
    with pytest.raises(PlanningError, match="strategy s, plan 2: there is no instrument x"):
        plan({"allocate": {}}, {"allocate": {"x": 1}}, name="strategy s")
