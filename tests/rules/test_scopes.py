"""What a name means in a row for the nation, for each sector or for each region."""

from __future__ import annotations

import pytest

from game.rules import check, leaves
from game.rules.expression import (
    Aggregate,
    Arithmetic,
    Axis,
    Call,
    Compare,
    Expression,
    Holds,
    Number,
    Read,
    Series,
)
from tests.rules.samples import VOCABULARY

CAPACITY = Series("indicator", "capacity", "sector")
GDP = Series("indicator", "gdp", "nation")
STRIKE = Series("fired", "strike", "sector")


def number(text: str, scope: Axis = "nation") -> Expression:
    return check(text, VOCABULARY, scope=scope)


def condition(text: str, scope: Axis = "nation") -> Expression:
    return check(text, VOCABULARY, scope=scope, want="condition")


def test_a_bare_sector_indicator_is_that_of_the_row() -> None:
    assert number("capacity", "sector") == Read(CAPACITY)


def test_national_numbers_broadcast_with_or_without_their_prefix() -> None:
    assert number("nation.gdp", "sector") == number("gdp", "sector") == Read(GDP)
    assert number("capacity / gdp", "sector").axis == "sector"


def test_a_picked_place_is_national() -> None:
    assert number("capacity[steel]") == Read(CAPACITY, index=1)
    assert number("(capacity * 2 + gdp)[steel]") == number("capacity[steel] * 2 + gdp")
    assert number("capacity[steel]", "sector").axis == "nation"


def test_aggregates_are_national_in_every_row() -> None:
    mean = Aggregate("mean", Read(CAPACITY))
    for scope in ("nation", "sector", "region"):
        assert number("mean(capacity)", scope) == mean
    assert number("mean(openness) * capacity", "sector").axis == "sector"
    assert number("sum(capacity) * openness", "region").axis == "region"


def test_an_aggregate_within_an_aggregate_is_a_number_in_it() -> None:
    assert number("sum(abs(capacity - mean(capacity)))").axis == "nation"


def test_share_is_the_part_over_the_sum() -> None:
    whole = Aggregate("sum", Read(CAPACITY))
    assert number("share(capacity)", "sector") == Call("div", (Read(CAPACITY), whole, Number(0.0)))
    assert number("share(capacity)[nev]") == Call(
        "div", (Read(CAPACITY, index=2), whole, Number(0.0))
    )


def test_previous_reaches_the_reads_and_leaves_constants_alone() -> None:
    before = Read(GDP, lagged=True)
    assert number("previous(gdp)") == before
    assert number("change(gdp)") == Arithmetic("-", Read(GDP), before)
    assert number("previous(sum(capacity) + 1)") == Arithmetic(
        "+", Aggregate("sum", Read(CAPACITY, lagged=True)), Number(1.0)
    )
    assert number("previous(capacity[steel])") == number("previous(capacity)[steel]")


def test_what_happened_in_a_sector_is_that_of_the_row() -> None:
    assert condition("fired('strike')", "sector") == Holds(Read(STRIKE))


def test_in_a_national_row_an_event_of_a_sector_means_any_sector() -> None:
    anywhere = Compare(">", Aggregate("count", Holds(Read(STRIKE))), Number(0.0))
    assert condition("fired('strike')") == anywhere
    assert condition("fired('strike')", "region") == anywhere
    assert number("times('strike')") == Aggregate("sum", Read(Series("times", "strike", "sector")))
    assert number("years_since('strike')") == Aggregate(
        "smallest", Read(Series("since", "strike", "sector"))
    )


def test_within_an_aggregate_or_a_picked_place_an_event_is_that_of_the_sector() -> None:
    assert number("count(fired('strike'))") == Aggregate("count", Holds(Read(STRIKE)))
    assert condition("fired('strike')[nev]") == Holds(Read(STRIKE, index=2))


def test_flags_and_counters_need_no_declaration() -> None:
    assert condition("flag('governor.closed_her_lines')") == Holds(
        Read(Series("flag", "governor.closed_her_lines", "nation"))
    )
    assert number("counter('governor.standing')") == Read(
        Series("counter", "governor.standing", "nation")
    )


def test_an_instrument_and_an_indicator_may_share_a_name() -> None:
    assert number("support.foresight + spend.foresight") == Arithmetic(
        "+",
        Read(Series("support", "foresight", "nation")),
        Read(Series("spend", "foresight", "nation")),
    )


@pytest.mark.parametrize(
    "text",
    [
        "0.15 * capacity * support.hightech_zones * (1 - nation.coordination)",
        "clamp(div(capacity, mean(capacity), 1), 0, 3)",
        "architecture * profit if active('glut') else -profit",
        "max(0.4, min(1, div(desk, priorities, 1)))",
        "saturate(spend.hightech_zones, 40)",
    ],
)
def test_rules_as_packs_write_them_are_accepted(text: str) -> None:
    assert number(text, "sector").axis in ("nation", "sector")


def test_leaves_are_all_reads() -> None:
    found = leaves(number("previous(gdp) + sum(capacity) + capacity[steel] + gdp"))
    assert found == {
        Read(GDP, lagged=True),
        Read(GDP),
        Read(CAPACITY),
        Read(CAPACITY, index=1),
    }
