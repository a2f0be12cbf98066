"""The one order of products and sums: it means what was written, and stays what it is."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.engine.expressions import Expressions
from game.rules import IndicatorInfo, Vocabulary, bounds, canonical, check
from game.rules.expression import (
    Aggregate,
    Arithmetic,
    Axis,
    BinaryOp,
    Expression,
    Negate,
    Number,
    Read,
    Series,
    children,
)
from tests.oracle.expressions import evaluate
from tests.oracle.strategies import rules, scopes, vocabularies

PLENTY = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
PLACES = 3
NAMES = {"gold": "nation", "size": "nation", "plant": "sector", "use": "sector"}
NUMBERS = st.one_of(st.sampled_from([0.5, 1.0, 3.0, 0.1]), st.floats(1e-3, 1e3))


def leaf(name: str) -> Read:
    return Read(Series("indicator", name, cast("Axis", NAMES[name])))


def trees() -> st.SearchStrategy[Expression]:
    """Sums, products and quotients of what is never zero, with signs and aggregates among them."""
    leaves = st.one_of(NUMBERS.map(Number), st.sampled_from([leaf(name) for name in NAMES]))

    def grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        ops = st.sampled_from(cast("list[BinaryOp]", ["+", "-", "*", "*"]))
        summed = inner.filter(lambda one: one.axis == "sector").map(lambda x: Aggregate("sum", x))
        return st.one_of(
            st.builds(Arithmetic, ops, inner, inner),
            st.builds(Arithmetic, st.just("/"), inner, leaves),
            inner.map(Negate),
            summed,
        )

    return st.recursive(leaves, grown, max_leaves=14)


Values = dict[str, list[float]]
VALUES = st.fixed_dictionaries(
    {name: st.lists(NUMBERS, min_size=PLACES, max_size=PLACES) for name in NAMES}
)


def exactly(tree: Expression, values: Values, place: int) -> tuple[Fraction, Fraction]:
    """A tree's value in one place without any rounding, and the same with every sign positive."""
    match tree:
        case Number(value):
            return Fraction(value), Fraction(abs(value))
        case Read(series):
            found = Fraction(values[series.name][0 if series.axis == "nation" else place])
            return found, abs(found)
        case Negate(operand):
            whole, size = exactly(operand, values, place)
            return -whole, size
        case Aggregate(_, operand):
            parts = [exactly(operand, values, i) for i in range(PLACES)]
            total, large = parts[0]
            for more, other in parts[1:]:
                total, large = total + more, large + other
            return total, large
        case Arithmetic(op, left, right):
            (a, large), (b, other) = exactly(left, values, place), exactly(right, values, place)
            match op:
                case "+":
                    return a + b, large + other
                case "-":
                    return a - b, large + other
                case "*":
                    return a * b, large * other
            return a / b, large / other
    raise AssertionError(tree)


@given(trees(), VALUES)
@PLENTY
def test_the_canonical_tree_is_worth_what_the_written_one_is(
    tree: Expression, values: Values
) -> None:
    def read(wanted: Read) -> float | list[float]:
        found = values[wanted.series.name]
        return found[0] if wanted.series.axis == "nation" else found

    ordered = canonical(tree)
    found, written = evaluate(ordered, read), evaluate(tree, read)
    for place in range(PLACES):
        value, size = exactly(tree, values, place)
        assert exactly(ordered, values, place)[0] == value
        for one in (found, written):
            number = one[place] if isinstance(one, list) else one
            assert abs(Fraction(number) - value) <= Fraction(1, 10**9) * size


@given(trees())
@PLENTY
def test_the_canonical_tree_is_its_own(tree: Expression) -> None:
    assert canonical(canonical(tree)) == canonical(tree)


@given(trees())
@PLENTY
def test_nothing_is_lost_or_counted_twice(tree: Expression) -> None:
    assert counted(canonical(tree)) == counted(tree)


def counted(tree: Expression) -> Counter[Expression]:
    """The leaves of a tree, each as often as it stands in it."""
    found: Counter[Expression] = Counter()
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Number | Read):
            found[node] += 1
        stack.extend(children(node))
    return found


@given(st.data())
@PLENTY
def test_the_engines_tree_of_any_rule_is_proved_finite_as_the_written_one_is(
    data: st.DataObject,
) -> None:
    vocabulary = data.draw(vocabularies())
    axis = data.draw(scopes(vocabulary))
    text, written = data.draw(rules(vocabulary, axis))
    found = Expressions(vocabulary, {}).number(text, axis)
    assert found in (canonical(written), written)
    assert counted(found) == counted(written)
    low, high = bounds(found, vocabulary)
    assert -1e15 <= low <= high <= 1e15


@pytest.mark.parametrize(
    ("written", "ordered"),
    [
        ("0.15 * plant * (1 - gold)", "(0.15 * (1 - gold)) * plant"),
        ("plant * use * gold", "(gold * plant) * use"),
        ("plant / gold", "plant / gold"),
        ("plant / gold * 2", "(2 / gold) * plant"),
        ("use - gold", "use - gold"),
        ("plant - gold + 2", "(2 - gold) + plant"),
        ("plant - (use - gold)", "(gold + plant) - use"),
        ("1e12 * plant * 1e12", "1e12 * plant * 1e12"),
    ],
)
def test_a_rule_is_worked_out_in_the_order_that_is_promised(written: str, ordered: str) -> None:
    names = {name: IndicatorInfo(cast("Axis", axis), 0.5, 1.0) for name, axis in NAMES.items()}
    names["plant"] = IndicatorInfo("sector", 0.0, 1e-10)
    vocabulary = Vocabulary(names, ("wool",), (), {}, {}, {})
    assert Expressions(vocabulary, {}).number(written, "sector") == check(
        ordered, vocabulary, scope="sector"
    )
