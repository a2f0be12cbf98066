from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from game.bench.explain import explain
from game.packs.diagnostics import REGISTERED


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(explain, arguments)


@pytest.mark.parametrize("name", ["GH211", "gh211", "211", " Gh211 "])
def test_a_code_is_known_however_it_is_written(name: str) -> None:
    result = _run(name)
    assert result.exit_code == 0
    assert result.stdout.startswith("GH211 (error): ")


def test_a_page_fits_in_80_columns_and_marks_the_line() -> None:
    for code in REGISTERED:
        lines = _run(code).stdout.splitlines()
        assert max(map(len, lines)) <= 80, code
    shown = _run("GH211").stdout
    assert "\n ->     - schedule: {event: the-lisst, in: 2}\n" in shown
    assert "```" not in shown
    assert "# <-" not in shown


def test_without_a_code_every_code_has_a_line() -> None:
    lines = _run().stdout.splitlines()
    for code in REGISTERED:
        assert sum(line.strip().startswith(f"{code} ") for line in lines) == 1
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(
    ("name", "told"),
    [("GH288", "did you mean GH2"), ("strike", "'strike' is not a code"), ("", "is not a code")],
)
def test_an_unknown_code_is_refused_with_the_nearest(name: str, told: str) -> None:
    result = _run(name)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


def test_json_holds_the_page_and_its_examples() -> None:
    told = json.loads(_run("211", "--json").stdout)
    assert (told["code"], told["severity"]) == ("GH211", "error")
    assert told["page"].startswith("# GH211: ")
    assert "the-lisst" in told["wrong"]["events/strike.yaml"]
    assert {one["code"] for one in json.loads(_run("--json").stdout)["codes"]} == set(REGISTERED)
