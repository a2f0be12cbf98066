"""Did you mean?"""

from __future__ import annotations

import pytest

from game.rules import suggest

KNOWN = ["utilisation", "capacity", "gdp", "gdp_growth", "hightech_zones"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("utilization", "utilisation"),
        ("capcity", "capacity"),
        ("gpd", "gdp"),
        ("GDP", "gdp"),
        ("gdp-growth", "gdp_growth"),
        ("high_tech_zones", "hightech_zones"),
        ("weather", None),
        ("x", None),
        ("", None),
    ],
)
def test_the_nearest_known_word_is_suggested(word: str, meant: str | None) -> None:
    assert suggest(word, KNOWN) == meant


def test_of_two_equally_near_words_the_first_wins() -> None:
    assert suggest("cat", ["bat", "cut"]) == "bat"


def test_long_words_and_long_lists_cost_little() -> None:
    known = [f"indicator_number_{i}" for i in range(20_000)]
    suggest("x" * 100_000, known)
    suggest("indicator_numbre_x", known)
