"""Texts made to hurt: refused at once, and only ever with a rule error."""

from __future__ import annotations

import pytest

from game.rules import RuleError, bounds, check
from tests.rules.samples import VOCABULARY

HOSTILE = {
    "100,000 brackets": "(" * 100_000,
    "brackets up to the length": "(" * 1_000,
    "100,000 square brackets": "gdp" + "[" * 100_000,
    "20,000 terms": "1+" * 20_000 + "1",
    "terms up to the length": "1+" * 499 + "1",
    "many minus signs": "-" * 999 + "1",
    "many nots": "not " * 249 + "1",
    "tower of powers": "9**9**9",
    "shift": "1<<10**9 > 1",
    "list comprehension": "[x for x in range(10**8)]",
    "attribute": "().__class__",
    "dunder": "__import__('os').system('x')",
    "lambda": "(lambda: 1)()",
    "5,000 digits": "9" * 5_000,
    "900 digits": "9" * 900,
    "900 decimals": "gdp / 0." + "0" * 900,
    "huge exponent": "1e999",
    "very huge exponent": "1e" + "9" * 900,
    "tiny divisor": "1 / 1e-320",
    "arabic digits": "١٢٣",
    "superscript": "gdp²",
    "full-width": "ｇｄｐ",
    "nul": "gdp\x00",
    "escape": "\x1b]0;x\x07",
    "lone surrogate": "\ud800",
    "line separator": "gdp\u2028+ 1",
    "nested shares": "share(" * 23 + "capacity" + ")" * 23,
    "nested changes": "change(" * 23 + "gdp" + ")" * 23,
    "nested ifs": "1 if true else " * 60 + "1",
    "chained indices": "capacity" + "[steel]" * 120,
    "dots": "a." * 400 + "a",
    "commas": "min(" + "1," * 450 + "1)",
    "divisions": "capacity[steel]" + "/tension" * 120,
    "unknown names": "+".join(f"n{i}" for i in range(180)),
    "a long name": "g" * 999,
    "a long string": "fired('" + "x" * 980 + "')",
    "overflow": "*".join(["gdp"] * 100),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_refused_quickly(text: str) -> None:
    with pytest.raises(RuleError) as caught:
        check(text, VOCABULARY, want="either")
    error = caught.value
    assert 0 <= error.start <= error.end <= len(text)
    assert len(str(error)) < 300


def test_a_chain_of_proofs_does_not_take_long() -> None:
    part = "sum(capacity * tension * coordination)"
    text = "-".join([part] * 20)
    expression = check(text, VOCABULARY)
    bounds(expression, VOCABULARY)


def test_more_than_a_hundred_operations_on_one_another_are_refused() -> None:
    check("1" + "+1" * 98, VOCABULARY)
    with pytest.raises(RuleError) as caught:
        check("1" + "+1" * 100, VOCABULARY)
    assert caught.value.slug == "too-long"
