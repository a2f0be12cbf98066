"""Thousands of inputs that mean harm: each is taken or refused in words, and none does more."""

from __future__ import annotations

import pytest

from tests.packs import fuzz


def test_no_input_does_more_than_be_refused() -> None:
    tally = fuzz.run(1_000, seed=2)
    assert sum(tally.tried.values()) == 1_000
    assert set(tally.tried) == set(fuzz.SHARES)
    assert all(0 < tally.taken[kind] < tally.tried[kind] for kind in ("bytes", "yaml", "zip", "po"))


@pytest.mark.slow
def test_no_input_of_a_hundred_thousand_does_more_than_be_refused() -> None:
    """`python -m tests.packs.fuzz 100000` runs the same and tells times."""
    assert sum(fuzz.run(100_000).tried.values()) == 100_000
