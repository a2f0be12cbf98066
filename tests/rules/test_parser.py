"""How text becomes a tree."""

from __future__ import annotations

import pytest

from game.rules import RuleError, check, parse
from game.rules.printer import show
from game.rules.syntax import BinarySyntax, CallSyntax, CompareSyntax, IndexSyntax, NameSyntax
from tests.rules.samples import VOCABULARY


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("1 - 2 - 3", "(1 - 2) - 3"),
        ("8 / 4 / 2", "(8 / 4) / 2"),
        ("-gdp * 2", "(-gdp) * 2"),
        ("-utilisation[steel]", "-(utilisation[steel])"),
        ("1 if tension > 0.5 else 2 if tension > 0.2 else 3", None),
        ("50%", "0.5"),
        ("1e3 + 1E-2 + 2.5e+1", "1000 + 0.01 + 25"),
        ("1\n  + 2\t", "1 + 2"),
    ],
)
def test_operators_bind_as_in_arithmetic(text: str, same_as: str | None) -> None:
    if same_as is None:
        same_as = "1 if (tension > 0.5) else (2 if (tension > 0.2) else 3)"
    assert check(text, VOCABULARY) == check(same_as, VOCABULARY)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("not tension > 0.5 and gdp > 1", "(not (tension > 0.5)) and (gdp > 1)"),
        ("false or true and false", "false or (true and false)"),
        ("not not true", "not (not true)"),
        ("2011 <= year < 2016", "(2011 <= year) and (year < 2016)"),
        ("tension + 1 > 2 * tension", "(tension + 1) > (2 * tension)"),
        ("(1 if true else 0) > 0.5 or false", "((1 if true else 0) > 0.5) or false"),
    ],
)
def test_conditions_bind_looser_than_numbers(text: str, same_as: str) -> None:
    assert check(text, VOCABULARY, want="condition") == check(same_as, VOCABULARY, want="condition")


def test_every_part_knows_its_place_in_the_text() -> None:
    text = "min(gdp,  support.foresight) < (capacity[steel])"
    tree = parse(text)
    assert isinstance(tree, CompareSyntax)
    call, picked = tree.operands
    assert isinstance(call, CallSyntax)
    assert isinstance(picked, IndexSyntax)
    assert text[call.start : call.end] == "min(gdp,  support.foresight)"
    assert text[picked.start : picked.end] == "(capacity[steel])"
    second = call.arguments[1]
    assert isinstance(second, NameSyntax)
    assert (second.prefix, second.name) == ("support", "foresight")
    assert text[second.start : second.end] == "support.foresight"
    assert text[picked.place.start : picked.place.end] == "steel"


def test_long_sums_are_read_without_recursion_up_to_the_limit_of_parts() -> None:
    tree = parse("+".join(["1"] * 200))
    assert isinstance(tree, BinarySyntax)
    with pytest.raises(RuleError) as caught:
        parse("+".join(["1"] * 201))
    assert caught.value.slug == "too-long"


def test_nesting_is_allowed_24_deep_and_no_deeper() -> None:
    assert replace_places("(" * 24 + "1" + ")" * 24) == replace_places("1")
    with pytest.raises(RuleError) as caught:
        parse("(" * 25 + "1" + ")" * 25)
    assert caught.value.slug == "too-deep"
    assert (caught.value.start, caught.value.end) == (24, 25)


def replace_places(text: str) -> object:
    return parse(text)._replace(start=0, end=0)


def test_a_text_of_a_thousand_characters_is_read_and_a_longer_one_is_not() -> None:
    parse("1" + " " * 999)
    with pytest.raises(RuleError) as caught:
        parse("1" + " " * 1_000)
    assert caught.value.slug == "too-long"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("share(capacity)[steel]", "div(capacity[steel], sum(capacity), 0)"),
        ("change(gdp)", "gdp - previous(gdp)"),
        ("previous(mean(utilisation) + 1)", "mean(previous(utilisation)) + 1"),
        ("1 - (2 - 3)", "1 - (2 - 3)"),
        ("(1 - 2) - 3", "1 - 2 - 3"),
        ("times('cut-off') * 25%", 'times("cut-off") * 0.25'),
        ("(1 if true else 2) if false else 3", "(1 if 1 == 1 else 2) if 1 == 0 else 3"),
    ],
)
def test_a_rule_can_be_printed(text: str, printed: str) -> None:
    assert show(check(text, VOCABULARY), VOCABULARY) == printed
