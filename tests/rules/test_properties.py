"""What holds for any text and any rule."""

from __future__ import annotations

import math

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from game.rules import RuleError, Vocabulary, bounds, check, parse
from game.rules.printer import show
from game.rules.tokens import MAX_CHARACTERS
from tests.oracle.expressions import evaluate
from tests.oracle.strategies import reader, readings, rules, scopes, vocabularies
from tests.rules.samples import VOCABULARY

relaxed = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
PIECES = st.sampled_from(
    [
        *"()[],.+-*/<>=!%'\"& \n\t1",
        *("and", "or", "not", "if", "else", "min(", "sum(", "share(", "previous(", "fired("),
        *("gdp", "utilisation", "openness", "steel", "support.", "50%", "1e9", "0.5", '"cut-off"'),
        *("==", "<=", "²", "١", "\x00", "\u2028", "é", "count(", "div(", "change(", "[steel]"),
    ]
)


@given(
    st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join), st.lists(PIECES).map(" ".join))
)
@relaxed
def test_whatever_the_text_only_a_rule_error_comes_out_and_it_points_into_the_text(
    text: str,
) -> None:
    for read in (parse, lambda t: check(t, VOCABULARY, scope="sector", want="either")):
        try:
            read(text)
        except RuleError as error:
            for one in (error, *error.others):
                assert 0 <= one.start <= one.end <= len(text)
                assert one.message
                assert (one.message + (one.hint or "")).isprintable()


@given(st.data())
@relaxed
def test_the_bounds_hold_every_value_that_the_oracle_finds(data: st.DataObject) -> None:
    vocabulary = data.draw(vocabularies())
    scope = data.draw(scopes(vocabulary))
    want = data.draw(st.sampled_from(["number", "condition"]))
    ending = data.draw(st.booleans())
    _, expression = data.draw(rules(vocabulary, scope, want, ending=ending))  # type: ignore[arg-type]
    low, high = bounds(expression, vocabulary)
    assert -1e15 <= low <= high <= 1e15
    found = evaluate(expression, reader(data.draw(readings(expression, vocabulary))))
    for value in found if isinstance(found, list) else [found]:
        assert math.isfinite(value)
        assert low <= value <= high


@given(st.data())
@relaxed
def test_a_printed_rule_reads_back_as_itself(data: st.DataObject) -> None:
    vocabulary: Vocabulary = data.draw(vocabularies())
    scope = data.draw(scopes(vocabulary))
    want = data.draw(st.sampled_from(["number", "condition"]))
    _, expression = data.draw(rules(vocabulary, scope, want, ending=True))  # type: ignore[arg-type]
    printed = show(expression, vocabulary)
    # Written out, share() and brackets may pass the limits on what an author writes.
    assume(len(printed) <= MAX_CHARACTERS)
    try:
        again = check(printed, vocabulary, scope=scope, want=want, ending=True)  # type: ignore[arg-type]
    except RuleError as error:
        assume(error.slug not in ("too-long", "too-deep"))
        raise
    assert again == expression


@given(st.data())
@relaxed
def test_a_rule_by_sector_or_region_has_a_value_for_each_place_or_one_for_all(
    data: st.DataObject,
) -> None:
    vocabulary = data.draw(vocabularies())
    scope = data.draw(scopes(vocabulary))
    _, expression = data.draw(rules(vocabulary, scope))
    assert expression.axis in ("nation", scope)
    found = evaluate(expression, reader(data.draw(readings(expression, vocabulary))))
    if expression.axis == "nation":
        assert not isinstance(found, list)
    else:
        assert isinstance(found, list)
        assert len(found) == len(vocabulary.places(scope))
