from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from game.packs import Diagnostic, render_text, to_json
from game.packs import catalogue as say
from game.packs.diagnostics import REGISTERED, finding, register
from game.packs.locate import locate, part_of
from game.packs.render import cells, excerpt, from_json
from tests.packs.conftest import Load, codes, one
from tests.packs.factory import changed

SAMPLE = Diagnostic("GH201", "error", "a.yaml", 3, 5, 9, (0, "wieght"), "unknown field", "Look.")


def test_a_diagnostic_needs_a_registered_code() -> None:
    with pytest.raises(ValueError, match="GH000"):
        dataclasses.replace(SAMPLE, code="GH000")


def test_a_message_uses_exactly_the_parameters_of_its_template() -> None:
    with pytest.raises(ValueError, match="GH202"):
        finding(say.MISSING_FIELD, name="x")


def test_a_code_is_registered_once() -> None:
    with pytest.raises(ValueError, match="GH101"):
        register("GH101", "error", "again", "again")


def test_every_code_can_be_explained() -> None:
    for code, descriptor in REGISTERED.items():
        assert code == descriptor.code
        assert descriptor.about.endswith((".", "?"))
        descriptor.message(dict.fromkeys(descriptor.parameters, "x"))


def test_text_shows_place_code_line_caret_and_hint() -> None:
    shown = render_text(dataclasses.replace(SAMPLE, excerpt="  - wieght: 2"))
    assert shown.splitlines() == [
        "a.yaml:3:5: error[GH201] unknown field",
        "  3 |   - wieght: 2",
        "    |     ^^^^",
        "  hint: Look.",
    ]


def test_carets_stand_under_wide_characters() -> None:
    shown, caret = excerpt("规则: 错误 here", 5, 7)
    assert cells(shown[: shown.index("错")]) == caret.index("^")
    assert caret.count("^") == 4


def test_control_characters_of_a_line_are_written_out() -> None:
    shown, caret = excerpt("a: \x1b]0;x\x07 b", 4, 5)
    assert "\x1b" not in shown
    assert shown.startswith(r"a: \x1b]0;x\x07")
    assert caret == "   ^^^^"


def test_long_lines_are_cut_around_the_caret() -> None:
    line = "x" * 400 + "HERE" + "y" * 400
    shown, caret = excerpt(line, 401, 405)
    assert cells(shown) <= 100
    assert shown[caret.index("^") :].startswith("HERE")
    assert caret.count("^") == 4


def test_json_goes_there_and_back() -> None:
    assert from_json(to_json(SAMPLE)) == SAMPLE


def test_an_error_in_an_expression_is_marked_inside_the_line(load: Load, tmp_path: Path) -> None:
    loaded = load(changed("rules/all.yaml", "support.mill_loans", "support.mill_lones"))
    found = one(loaded, "GH307")
    marked = found.excerpt[found.col - 1 : found.end_col - 1]
    assert "mill_lones" in marked
    assert len(marked) <= len("support.mill_lones")
    assert found.hint is not None
    assert "mill_loans" in found.hint
    assert found.file == str(tmp_path / "tiny" / "rules" / "all.yaml")
    assert found.path == (0, "rate")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: x + wrong", (1, 8)),
        ("a: 'x + wrong'", (1, 9)),
        ("a: 'it''s wrong'", (1, 11)),
        ('a: "x + wrong"', (1, 9)),
        ("a: x +\n  wrong", (2, 3)),
        ("a: >\n  x +\n  wrong\n", (3, 3)),
        ("a: |\n  x +\n   wrong\n", (3, 4)),
        ("a: >\n  x\n\n  wrong\n", (4, 3)),
    ],
)
def test_a_part_of_a_value_is_found_in_every_way_of_writing_it(
    text: str, expected: tuple[int, int]
) -> None:
    spot = locate(text)[("a",)]
    assert spot.value is not None
    at = spot.value.index("wrong")
    place = part_of(spot, text, (at, at + 5))
    assert place is not None
    assert (place.line, place.col, place.end_col) == (*expected, expected[1] + 5)


def test_a_file_tells_fifty_things_and_counts_the_rest(load: Load) -> None:
    rules = "".join(
        f"- {{id: r{n}, adds_to: nowhere{n}, rate: 1, because: [notes-mills], grade: judgement}}\n"
        for n in range(80)
    )
    loaded = load({"rules/all.yaml": rules})
    told = [each for each in loaded.diagnostics if each.file.endswith("rules/all.yaml")]
    assert len(told) == 51
    assert told[-1].code == "GH999"
    assert "30 more" in told[-1].message


def test_suggestions_are_rationed(load: Load) -> None:
    rules = "".join(
        f"- {{id: r{n}, adds_to: demond, rate: 1, because: [notes-mills], grade: judgement}}\n"
        for n in range(40)
    )
    loaded = load({"rules/all.yaml": rules})
    hints = [each.hint for each in loaded.diagnostics if each.code == "GH211"]
    assert "Did you mean 'demand'?" in hints
    assert sum(hint is not None for hint in hints) <= 20


def test_findings_come_in_the_order_of_the_text(load: Load) -> None:
    loaded = load(
        {"rules/all.yaml": "- {id: b, wrong: 1}\n- {id: a, adds_to: demand, rate: 1 +}\n"}
    )
    places = [(each.file, each.line, each.col) for each in loaded.diagnostics]
    assert places == sorted(places)
    assert {"GH201", "GH202", "GH302"} <= set(codes(loaded))
