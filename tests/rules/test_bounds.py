"""What can be proved about the values of a rule."""

from __future__ import annotations

import pytest

from game.rules import bounds, check
from game.rules.expression import Axis
from tests.rules.samples import VOCABULARY


def found(text: str, scope: Axis = "sector") -> tuple[float, float]:
    return bounds(check(text, VOCABULARY, scope=scope, want="either"), VOCABULARY)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("gdp", (1_000, 1_000_000)),
        ("1 - tension", (0, 1)),
        ("-profit", (-1, 1)),
        ("profit * tension", (-1, 1)),
        ("1 / utilisation", (1, 5)),
        ("1 / (1 + tension)", (0.5, 1)),
        ("sum(utilisation)", (pytest.approx(0.6), 3)),
        ("mean(tension * utilisation)", (0, 1)),
        ("count(utilisation > 0.5)", (0, 3)),
        ("clamp(gdp, 0, 5)", (5, 5)),
        ("ramp(tension, 0.5, 1)", (0, 1)),
        ("sqrt(profit)", (0, 1)),
        ("abs(profit)", (0, 1)),
        ("lerp(0.5, 2, tension)", (0.5, 2)),
        ("saturate(capacity, 100)", (0, pytest.approx(0.999, abs=1e-3))),
        ("gdp if tension > 2 else 3", (3, 3)),
        ("years_since('cut-off')", (0, 999)),
        ("div(tension, 2, 7)", (0, 0.5)),
    ],
)
def test_intervals_follow_the_operations(text: str, interval: tuple[float, float]) -> None:
    assert found(text) == interval


@pytest.mark.parametrize(
    "text",
    [
        "share(capacity)",
        "div(capacity, sum(capacity), 0)",
        "div(capacity * utilisation, sum(capacity), 0)",
        "div(sum(capacity * utilisation), sum(capacity), 0)",
        "div(sum(capacity if profit > 0 else 0), sum(capacity), 0)",
        "div(capacity, capacity + spend.hightech_zones, 0)",
        "div(capacity, max(capacity, gdp), 0)",
        "div(capacity[steel] * 0.5, largest(capacity), 0)",
        "share(capacity * utilisation)[steel]",
        "capacity / (capacity + 1)",
    ],
)
def test_a_part_over_its_whole_is_known_to_be_at_most_1(text: str) -> None:
    assert found(text) == (0, 1)


def test_a_part_over_the_mean_is_bounded_by_the_number_of_places() -> None:
    assert found("div(capacity, mean(capacity), 1)") == (0, 6)


def test_a_weighted_mean_stays_near_its_values() -> None:
    assert found("div(sum(profit * capacity), sum(capacity), 0)") == (-1, 1)


def test_a_whole_less_its_part_is_not_negative() -> None:
    assert found("capacity - capacity * utilisation") == (0, 100_000)
    assert found("sum(capacity) - capacity")[0] == 0


def test_a_quotient_without_limit_may_go_where_it_is_cut_or_compared() -> None:
    assert found("clamp(div(gdp, tension, 0), 0, 2)") == (0, 2)
    assert found("min(1, 1 + div(gdp, tension, 0))") == (1, 1)
    assert found("div(profit, tension, 0) > 3") == (0, 1)
    assert found("ramp(-div(profit, tension, 0), 0, 1)") == (0, 1)
    assert found("1 if div(gdp, tension, 0) > 10 else 0") == (0, 1)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("tension > 2", (0, 0)),
        ("tension >= 0", (1, 1)),
        ("tension > 0.5", (0, 1)),
        ("not tension > 2", (1, 1)),
        ("tension >= 0 or flag('x')", (1, 1)),
        ("tension > 2 and flag('x')", (0, 0)),
        ("true", (1, 1)),
        ("false", (0, 0)),
        ("flag('x')", (0, 1)),
        ("gdp == 0", (0, 0)),
        ("gdp != 0", (1, 1)),
        ("0 <= tension <= 1", (1, 1)),
    ],
)
def test_conditions_are_always_never_or_either(text: str, truth: tuple[float, float]) -> None:
    assert found(text) == truth
