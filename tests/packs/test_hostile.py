from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.packs import load_packs, render_text, to_json
from tests.packs.conftest import Load
from tests.packs.factory import TINY, write_pack

_fields = [
    "id", "title", "adds_to", "rate", "because", "when", "change", "remove", "effects", "choices",
    "default", "add", "scope", "start", "bounds", "is", "arms", "expect", "plans", "allocate",
    "holders", "passages", "former_ids", "starts", "ends", "costs", "requires", "version", "format",
]  # fmt: skip
_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-2, 2)
    | st.sampled_from(["tiny/schools-teach", "wool", "demand", "10%", "a and", "x[y]", "/", ""])
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(_fields), inner, max_size=4),
    max_leaves=25,
)  # fmt: skip


def _told(files: dict[str, str]) -> None:
    """Loading says what is wrong in words that can be shown, and raises nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for each in load_packs([write_pack(Path(folder), files)], use_cache=False).diagnostics:
            shown = render_text(each)
            assert all(line.isprintable() for line in shown.split("\n"))
            assert all(len(line) < 700 for line in shown.split("\n")[1:])
            json.dumps(to_json(each))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(TINY)), _values)
def test_no_data_in_any_file_does_more_than_be_refused(inside: str, data: Any) -> None:
    _told({inside: json.dumps(data)})


@pytest.mark.parametrize(
    "rules",
    [
        "".join(f"- {{id: r{n}, adds_to: demond{n}, rate: no{n} + 1}}\n" for n in range(5_000)),
        "".join(f"- {{wieght{n}: 1}}\n" for n in range(5_000)),
        "- {" + ", ".join(f"k{n}: 1" for n in range(20_000)) + "}",
        "- {id: same, adds_to: demand, rate: 1}\n" * 5_000,
    ],
)
def test_thousands_of_mistakes_are_told_in_a_few_dozen(load: Load, rules: str) -> None:
    loaded = load({"rules/all.yaml": rules})
    assert not loaded.ok
    assert len(loaded.diagnostics) <= 60
