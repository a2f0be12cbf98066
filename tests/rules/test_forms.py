"""A rule means the same and is as wrong whatever was checked before it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules import Checker, RuleError, Vocabulary
from game.rules.expression import Axis
from game.rules.tokens import MAX_CHARACTERS
from tests.oracle.strategies import rules, scopes, vocabularies
from tests.rules.samples import VOCABULARY
from tests.rules.test_properties import PIECES, relaxed

DIGITS = re.compile(r"[0-9]+")
NUMBERS = st.sampled_from(["0", "1", "2", "05", "17", "40", "999999999999999", "3.5", "9e9", "6%"])


def told(checker: Checker, text: str, scope: Axis = "sector", want: str = "either") -> object:
    """All that comes of a check: the meaning with its bounds, or every fault with its place."""
    try:
        found = checker.check(text, scope=scope, want=want, ending=True)  # type: ignore[arg-type]
    except RuleError as error:
        return [(one.message, one.hint, one.start, one.end) for one in (error, *error.others)]
    return found, checker.analysis.interval(found)


def same_after(vocabulary: Vocabulary, before: str, text: str, scope: Axis = "sector") -> None:
    seasoned = Checker(vocabulary)
    told(seasoned, before, scope)
    for want in ("either", "number", "condition"):
        assert told(seasoned, text, scope, want) == told(Checker(vocabulary), text, scope, want)


@given(st.data())
@relaxed
def test_good_rules_that_differ_in_their_numbers_do_not_disturb_one_another(
    data: st.DataObject,
) -> None:
    vocabulary = data.draw(vocabularies())
    scope = data.draw(scopes(vocabulary))
    text, _ = data.draw(rules(vocabulary, scope, ending=True))
    other = DIGITS.sub(lambda _: data.draw(NUMBERS), text)
    same_after(vocabulary, text, other, scope)


@given(st.lists(PIECES, max_size=8).map("".join), st.data())
@relaxed
def test_nor_do_texts_of_any_kind(text: str, data: st.DataObject) -> None:
    same_after(VOCABULARY, text, DIGITS.sub(lambda _: data.draw(NUMBERS), text))


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("gdp * 2 > 3", "gdp * 4 > 5"),
        ("gdp / 2", "gdp / 0"),
        ("gdp * 2", "gdp * 999999999999999"),
        ("gdp + 0e+0", "gdp + 0e+5"),
        ("gdp + 1.5", "gdp + 1.5.5"),
        ("gdp + 1", "gdp + 1%"),
        ("(utilisation / 2)[steel]", "(utilisation / 0)[steel]"),
        ("clamp(gdp, 1, 2)", "clamp(gdp, 2, 1)"),
        ("change(gdp * (2))", "change(gdp * (3))"),
        ("share(capacity + 1)", "share(capacity + 2)"),
        ("2 if tension > 0.5 else 3", "4 if tension > 0.6 else 5"),
        ("flag('a1') and gdp > 1", "flag('a2') and gdp > 2"),
        ("5", "7"),
        ("gdp > 1" + " " * (MAX_CHARACTERS - 7), "gdp > 10" + " " * (MAX_CHARACTERS - 7)),
    ],
)
def test_what_numbers_decide_is_decided_for_each_rule(before: str, text: str) -> None:
    same_after(VOCABULARY, before, text)


def test_rules_share_the_parts_that_are_alike() -> None:
    checker = Checker(VOCABULARY)
    checker.check("tension > 0.5 and gdp > 2000", want="condition")
    first, second = (
        checker.check(f"tension > 0.6 and gdp > {least}", want="condition") for least in (1, 2)
    )
    assert first != second
    assert first.left is second.left  # type: ignore[union-attr]
