"""The figures of the papers, in the model: at few worlds every day, the whole page when asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from game.packs import Pack, find_packs
from tests.core.history import SEED, TABLE, WORLDS, Fact, Found, read, run, table, without

FEW = 128
MUST_HOLD = (
    "Strategic industries, share of gdp, 2015",
    "Their growth over that of gdp, 2015",
    "Investment in all, 2019 to 2023",
    "Investment in electric equipment, 2019 to 2023",
    "Solar modules, share of the world, 2023",
    "Firms' research over revenue, 2023",
    "A strategic industry under 70 % for two years, 2012-2020",
    "A cut-off of key parts, 2018-2023",
    "Guidance funds at their height, year",
)
"""What the model was fitted to, and what it must not lose."""


@pytest.fixture(scope="module")
def few(core: Pack) -> Sequence[Found]:
    return run(core, read(), FEW)


def test_what_the_model_is_fitted_to_holds(few: Sequence[Found]) -> None:
    found = {one.fact.fact: one for one in few}
    missed = {name: found[name].result for name in MUST_HOLD if not found[name].holds}
    assert missed == {}


def test_most_other_figures_hold_too(few: Sequence[Found]) -> None:
    missed = [one.fact.fact for one in few if not one.holds]
    assert len(missed) <= len(few) // 5, missed


def test_there_are_facts_enough_and_each_has_a_passage(core: Pack) -> None:
    facts = read()
    assert len(facts) >= 25
    assert {one.passage for one in facts} <= set(core.passages)
    assert len({one.fact for one in facts}) == len(facts)


def test_every_figure_of_the_passages_is_in_the_table_or_says_why_not(core: Pack) -> None:
    figures = {name for name, passage in core.passages.items() if passage.number}
    measured = {one.passage for one in read()}
    assert figures - measured == set(without())
    assert not measured & set(without())


def test_what_misses_is_listed_with_its_result(few: Sequence[Found]) -> None:
    page = table(few, FEW, SEED, few)
    missed = sum(not one.holds for one in few)
    assert page.count("| misses |") == missed
    assert f"Of {len(few)} figures {len(few) - missed} lie" in page


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ({"at": 2012}, 3.0),
        ({"at": 2012, "since": 2011}, 0.6875),
        ({"at": 2012, "statistic": "holds"}, 1.0),
        ({"ever": (2011, 2013), "years": 2}, 1.0),
        ({"ever": (2012, 2013), "years": 2}, 0.5),
        ({"first": (2011, 2013)}, 2011.0),
        ({"peak": (2011, 2013)}, 2012.0),
    ],
)
def test_a_fact_is_read_as_it_says(fact: dict[str, object], expected: float) -> None:
    series = {
        2011: np.array([1.0, 4.0]),
        2012: np.array([2.5, 3.5]),
        2013: np.array([0.0, 1.0]),
    }
    whole = Fact.model_validate(
        {"fact": "", "passage": "", "figure": "", "measure": "", "between": (0, 1), **fact}
    )
    assert whole.result(series) == expected


@pytest.mark.slow
def test_the_page_says_what_a_thousand_worlds_give(core: Pack) -> None:
    found, others = (run(core, read(), WORLDS, seed) for seed in (SEED, SEED + 1))
    page = (find_packs()["core"] / TABLE).read_text("utf-8")
    assert page == table(found, WORLDS, SEED, others)
