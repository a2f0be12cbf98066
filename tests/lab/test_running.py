from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from game.engine import Draws, Model
from game.engine.layout import special
from game.lab import Column, Job, Planner, columns_of, ensemble, running, years_of
from game.lab.office import TOO_LITTLE, UNPAID
from tests.lab.conftest import Plan, entries

START = 2010


def final(planner: Planner, name: str, worlds: int = 4, **job: Any) -> list[float]:
    """A number at the end, world by world."""
    (column,) = columns_of(planner.model, [name])
    draws = Draws(planner.model.streams, 1, range(worlds))
    *_, batch = years_of(planner, draws, Job((), **job))
    return [float(one) for one in batch.matrix[column.row, :worlds]]


def test_the_years_begin_with_the_starting_state(valleys: Model) -> None:
    job = Job(entries({"allocate": {}}))
    (block,) = ensemble(valleys, job, columns_of(valleys, ["learning"]), 3)
    assert block.years == tuple(range(START, 2021))
    assert block.values.shape == (11, 1, 3)
    assert block.values[0, 0].tolist() == [21.0, 21.0, 21.0]


def test_one_world_is_one_column(valleys: Model) -> None:
    (block,) = ensemble(valleys, Job(entries({})), columns_of(valleys), 1)
    assert block.values.shape[2] == 1


def test_columns_are_every_place_of_every_indicator(valleys: Model) -> None:
    columns = columns_of(valleys)
    names = {(column.indicator, column.place) for column in columns}
    assert {("gdp", None), ("output", "wool"), ("openness", "north")} <= names
    assert len(names) == len(columns)


def test_a_column_may_name_one_place(valleys: Model) -> None:
    (column,) = columns_of(valleys, ["output[paper]"])
    assert column == Column("output", "paper", column.row)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ouput", "did you mean output"),
        ("output[wol]", "no sector of output wol; did you mean wool"),
        ("gdp[wool]", "gdp is national"),
    ],
)
def test_unknown_columns_are_named(valleys: Model, name: str, message: str) -> None:
    with pytest.raises(KeyError, match=message):
        columns_of(valleys, [name])


def run(valleys: Model, names: Sequence[str], worlds: int, block: int | None) -> np.ndarray:
    job = Job(valleys.pack.strategies["mills"].plans)
    parts = ensemble(valleys, job, columns_of(valleys, names), worlds, block=block)
    return np.concatenate([part.values for part in parts], axis=2)


def test_blocks_do_not_change_a_number(valleys: Model) -> None:
    whole = run(valleys, ["gdp", "output", "learning"], 40, None)
    for block in (1, 7, 16, 39):
        assert np.array_equal(whole, run(valleys, ["gdp", "output", "learning"], 40, block))


def test_reading_less_does_not_change_a_number(valleys: Model) -> None:
    every = columns_of(valleys)
    (block,) = ensemble(valleys, Job(valleys.pack.strategies["mills"].plans), every, 5)
    at = next(i for i, column in enumerate(every) if column.expression == "output[wool]")
    few = run(valleys, ["output[wool]"], 5, None)
    assert np.array_equal(block.values[:, at], few[:, 0])


def test_ten_thousand_worlds_are_run_in_blocks_of_bounded_size(
    valleys: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    widths: list[int] = []
    kept: list[int] = []
    real = running.block_of

    def watched(*arguments: Any) -> running.Block:
        found = real(*arguments)
        widths.append(len(found.worlds))
        kept.append(found.values.size)
        return found

    monkeypatch.setattr(running, "block_of", watched)
    seen = 0
    for block in ensemble(valleys, Job(entries({})), columns_of(valleys, ["gdp"]), 10_000):
        assert block.worlds.start == seen
        seen = block.worlds.stop
    assert seen == 10_000
    assert max(widths) <= running.BLOCK
    assert max(kept) <= running.MOST_NUMBERS


def test_many_columns_make_smaller_blocks() -> None:
    parts = list(running.blocks_of(10_000, 638, 26))
    assert sum(map(len, parts)) == 10_000
    assert all(len(part) * 638 * 26 <= running.MOST_NUMBERS for part in parts)


def test_choices_are_answered_as_the_entry_says(plan: Plan) -> None:
    closes = plan({"allocate": {}, "choices": {"idle-mill": "close"}})
    waits = plan({"allocate": {}})
    assert np.mean(final(closes, "capacity[wool]", 32)) < np.mean(
        final(waits, "capacity[wool]", 32)
    )


def test_a_kept_target_pays_and_a_broken_one_costs(plan: Plan) -> None:
    def capital(bound: str, value: float) -> float:
        target = {"measure": "learning", bound: value, "word": "sure"}
        wool = {"mill_loans": {"wool": "10%"}}
        planner = plan({"allocate": wool, "targets": [target]}, {"allocate": wool})
        return final(planner, "political_capital", 1, start={"political_capital": 5})[0]

    assert capital("at_least", 1) == 5 + 3
    assert capital("at_least", 99) == 5 - 5
    assert capital("at_most", 99) == 5 + 3


def test_promises_are_counted(plan: Plan) -> None:
    keep = {"measure": "learning", "at_least": 1, "word": "open"}
    broken = {"measure": "gdp", "at_least": 10_000_000, "word": "open"}
    planner = plan({"allocate": {}, "targets": [keep, broken]})
    *_, batch = years_of(planner, Draws(planner.model.streams, 1, range(2)), Job(()))
    row = planner.model.layout.row(special("kept_promises"))
    assert batch.matrix[row].tolist() == [0.5, 0.5]


def test_closing_a_dossier_costs_capital(plan: Plan) -> None:
    # The desk opens with a light dossier of wool: closing it costs 1.
    closes = plan({"allocate": {"schools": "10%"}}, {"allocate": {"schools": "10%"}})
    keeps = plan({"allocate": {"mill_loans": {"wool": "10%"}}})
    assert final(closes, "political_capital", 1, start={"political_capital": 5}) == [4.0]
    assert final(keeps, "political_capital", 1, start={"political_capital": 5}) == [5.0]


def test_an_old_dossier_costs_more_to_close(plan: Plan) -> None:
    planner = plan({"allocate": {"mill_loans": {"wool": "10%"}}}, {"allocate": {}})
    assert final(planner, "political_capital", 1, start={"political_capital": 5}) == [3.0]


def test_a_plan_beyond_its_capital_is_carried_out_with_a_warning(plan: Plan) -> None:
    planner = plan({"allocate": {}})
    warnings: Counter[str] = Counter()
    job = Job((), start={"political_capital": 0})
    draws = Draws(planner.model.streams, 1, range(5))
    *_, batch = years_of(planner, draws, job, warnings=warnings)
    assert warnings[UNPAID] == 5
    assert (
        batch.matrix[columns_of(planner.model, ["political_capital"])[0].row].tolist() == [0.0] * 5
    )


def test_money_that_is_not_there_is_a_warning(plan: Plan) -> None:
    planner = plan({"allocate": {"schools": 100_000}})
    warnings: Counter[str] = Counter()
    draws = Draws(planner.model.streams, 1, range(3))
    for _ in years_of(planner, draws, Job(()), warnings=warnings):
        pass
    assert warnings[TOO_LITTLE] == 6


def test_a_shift_works_from_the_plans_fourth_year(plan: Plan) -> None:
    steady = plan({"allocate": {"schools": "50%"}})
    shifted = plan({"allocate": {"schools": "50%"}, "shift": {"schools": "0%"}})
    model = steady.model
    column = columns_of(model, ["learning"])[0]

    def path(planner: Planner) -> list[float]:
        draws = Draws(planner.model.streams, 1, range(1))
        return [float(b.matrix[column.row, 0]) for b in years_of(planner, draws, Job(()))]

    before, after = path(steady), path(shifted)
    assert before[:4] == after[:4]
    assert before[4] > after[4]


def test_an_event_can_be_forced_in_a_year(plan: Plan) -> None:
    planner = plan({"allocate": {}})
    rule = planner.model.expressions.number('times("the-list")')

    def fired(force: dict[str, int]) -> list[float]:
        draws = Draws(planner.model.streams, 1, range(2))
        job = Job((), force=force)
        return [float(b.value(rule)[0]) for b in years_of(planner, draws, job)]

    assert fired({"the-list": 2013})[3] - fired({"the-list": 2013})[2] == 1


def test_worlds_that_are_served_by_different_entries_do_not_touch_one_another(
    plan: Plan,
) -> None:
    entry = {"when": "demand[wool] > 102", "allocate": {"mill_loans": {"wool": "60%"}}}
    planner = plan(entry, {"allocate": {"schools": "30%"}, "architecture": {"wool": "mission"}})
    together = final(planner, "learning", 24)
    assert len({round(one) for one in together}) > 1
    model = planner.model
    (column,) = columns_of(model, ["learning"])
    for world in (0, 9, 23):
        draws = Draws(model.streams, 1, range(world, world + 1))
        *_, batch = years_of(planner, draws, Job(()))
        assert batch.matrix[column.row, 0] == together[world]


def test_conditions_and_targets_read_what_is_reported(plan: Plan) -> None:
    # Plant in use is reported 5 points fuller than it is, give or take 2.
    planner = plan(
        {
            "allocate": {},
            "targets": [{"measure": "utilisation[wool]", "at_least": 0.999, "word": "open"}],
        }
    )
    model = planner.model
    draws = Draws(model.streams, 1, range(64))
    (column,) = columns_of(model, ["utilisation[wool]"])
    for batch in years_of(planner, draws, Job(())):
        if batch.year == 2015:
            true = batch.matrix[column.row] >= 0.999
            kept = batch.matrix[model.layout.row(special("kept_promises"))] == 1.0
    assert kept.sum() > true.sum()
