from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.campaign.decisions import (
    Answer,
    Begin,
    Count,
    Decision,
    Dossier,
    MidTerm,
    Plan,
    Promise,
    Visit,
)
from game.campaign.forms import DecisionError, decision_from_json, to_json

IDS = st.text(alphabet="abcdefghij_-", min_size=1, max_size=20)
WEIGHTS = st.sampled_from(["light", "medium", "heavy"])
LINES = st.lists(IDS, max_size=3).map(tuple)
DOSSIERS = st.one_of(
    st.builds(
        Dossier,
        sector=IDS,
        channel=st.none(),
        weight=WEIGHTS,
        lines=LINES,
        architecture=st.sampled_from([None, "mission", "mixed", "market"]),
        sunset=st.booleans(),
    ),
    st.builds(
        Dossier,
        sector=st.none(),
        channel=IDS,
        weight=WEIGHTS,
        lines=LINES,
        architecture=st.none(),
        sunset=st.booleans(),
    ),
)
NUMBERS = st.floats(min_value=-1e12, max_value=1e12)
PROMISES = st.builds(
    Promise,
    measure=IDS,
    bound=st.sampled_from(["at_least", "at_most"]),
    value=NUMBERS,
    word=st.sampled_from(["sure", "likely", "open"]),
    mandate=st.booleans(),
)
DECISIONS: st.SearchStrategy[Any] = st.one_of(
    st.builds(Begin, st.none() | IDS),
    st.builds(
        Plan,
        dossiers=st.lists(DOSSIERS, max_size=4).map(tuple),
        amounts=st.lists(
            st.tuples(IDS, st.none() | IDS, st.floats(min_value=0, max_value=1e9)), max_size=3
        ).map(tuple),
        promises=st.lists(PROMISES, max_size=3).map(tuple),
        proposals=LINES,
        sentence=st.sampled_from(["", "We think that speed now buys freedom later."]),
    ),
    st.builds(Answer, IDS, st.booleans()),
    st.builds(Visit, st.none() | IDS),
    st.builds(Count, st.booleans()),
    st.just(MidTerm()),
    st.builds(MidTerm, close=IDS),
    st.builds(MidTerm, open=DOSSIERS),
    st.builds(MidTerm, reweigh=IDS, weight=WEIGHTS),
)


@given(DECISIONS)
def test_a_decision_survives_the_way_through_text(decision: Decision) -> None:
    assert decision_from_json(json.loads(json.dumps(to_json(decision)))) == decision


JUNK: list[tuple[object, str]] = [
    (None, "should be an object"),
    ([], "should be an object"),
    ({}, "has no 'kind'"),
    ({"kind": 3}, "should be a text"),
    ({"kind": "dance"}, "not a kind of decision"),
    ({"kind": "answer"}, "has no 'choice'"),
    ({"kind": "answer", "choice": "a", "extra": 1}, "does not have 'extra'"),
    ({"kind": "answer", "choice": "a\x1b[2J"}, "cannot be shown"),
    ({"kind": "answer", "choice": "a" * 1000}, "longer than"),
    ({"kind": "count"}, "has no 'push'"),
    ({"kind": "count", "push": 1}, "true or false"),
    ({"kind": "midterm", "close": "a", "reweigh": "b", "weight": "light"}, "one dossier"),
    ({"kind": "midterm", "reweigh": "b"}, "names the dossier and its weight"),
    ({"kind": "plan", "dossiers": {}}, "should be a list"),
    ({"kind": "plan", "dossiers": [{"weight": "light", "lines": []}]}, "a sector or a channel"),
    (
        {"kind": "plan", "dossiers": [{"sector": "a", "weight": "huge", "lines": []}]},
        "one of light, medium, heavy",
    ),
    ({"kind": "plan", "amounts": [["a", None, float("nan")]]}, "not a number that"),
    ({"kind": "plan", "amounts": [["a", None, -1]]}, "below zero"),
    ({"kind": "plan", "amounts": [["a", None, True]]}, "should be a number"),
    ({"kind": "plan", "promises": [{"measure": "x", "word": "sure"}]}, "at_least or at_most"),
]


@pytest.mark.parametrize(("value", "message"), JUNK)
def test_what_is_not_exactly_a_decision_is_refused_in_words(value: object, message: str) -> None:
    with pytest.raises(DecisionError, match=message):
        decision_from_json(value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["kind", "choice", "dossiers", "open", "push"])
                | st.text(max_size=5),
                inner | st.sampled_from(["plan", "answer", "midterm", "begin"]),
                max_size=5,
            )
        ),
        max_leaves=20,
    )
)
def test_any_other_value_is_refused_and_nothing_else_happens(value: object) -> None:
    try:
        decision = decision_from_json(value)
    except DecisionError:
        return
    assert decision_from_json(to_json(decision)) == decision
