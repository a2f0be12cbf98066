from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from game.cli import main
from tests.packs.factory import write_pack


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["pack", "coverage", *map(str, arguments)])


def test_it_prints_what_never_occurs_and_tables_and_a_count(tiny: Path) -> None:
    found = run(tiny, "--worlds", 8)
    assert found.exit_code == 0, found.output
    lines = found.stdout.splitlines()
    assert lines[0] == "valleys, 2011 to 2020: 2 strategies, 8 worlds each; by lot, 32 worlds"
    assert "  ending    busy" in lines
    assert any(line.startswith("long-rain") for line in lines)
    assert lines[-1].startswith("tiny: never: ")


def test_an_automatic_run_can_fail_where_something_never_occurs(tiny: Path) -> None:
    assert run(tiny, "--worlds", 8, "--fail-if-never").exit_code == 1


def test_json_is_one_value(tiny: Path) -> None:
    told = json.loads(run(tiny, "--worlds", 4, "--strategies", "mills", "--json").stdout)
    assert told["pack"] == "tiny"
    assert [one["by"] for one in told["runs"]] == ["by lot", "mills"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--scenario", "vallys"], "there is no scenario vallys; did you mean valleys?"),
        (["--strategies", "mils"], "there is no strategy mils; did you mean mills?"),
        (["--worlds", "0"], "--worlds"),
    ],
)
def test_what_is_not_there_is_refused(tiny: Path, arguments: list[str], words: str) -> None:
    found = run(tiny, *arguments)
    assert found.exit_code == 2
    assert words in found.stderr
    assert found.stdout == ""


def test_a_broken_pack_is_refused_with_its_errors(tmp_path: Path) -> None:
    found = run(write_pack(tmp_path / "tiny", {"people.yaml": "- {id: 3}\n"}))
    assert found.exit_code == 2
    assert "error[GH" in found.stderr
