from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from game.cli import main
from tests.packs.factory import TINY, write_pack

GOOD = """\
- id: it-rains
  scenario: valleys
  force: {long-rain: 2013}
  expect: [{happens: long-rain, in: 2013}]
"""
BAD = """\
- id: it-never-rains
  scenario: valleys
  force: {long-rain: 2013}
  expect: [{never: long-rain}]
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["pack", "test", *map(str, arguments)])


def test_what_holds_gets_a_line_each_and_status_0(tmp_path: Path) -> None:
    found = run(write_pack(tmp_path / "tiny", {"tests/a.yaml": GOOD}))
    assert found.exit_code == 0, found.output
    lines = found.stdout.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [
        ["holds", "mills-build"],
        ["holds", "it-rains"],
    ]
    assert lines[2:] == ["tiny: one experiment, one playthrough, all hold"]


def test_what_fails_says_where_it_is_written_and_gives_status_1(tmp_path: Path) -> None:
    root = write_pack(tmp_path / "tiny", {"tests/a.yaml": BAD})
    found = run(root)
    assert found.exit_code == 1
    assert "fails  it-never-rains" in found.stdout
    assert f"{root / 'tests' / 'a.yaml'}:4:12: wanted never long-rain; found" in found.stdout


def test_an_experiment_that_fails_says_where_it_is_written(tmp_path: Path) -> None:
    text = TINY["experiments/all.yaml"].replace("[10, 1000]", "[1, 2]")
    root = write_pack(tmp_path / "tiny", {"experiments/all.yaml": text})
    found = run(root)
    assert found.exit_code == 1
    lines = found.stdout.splitlines()
    assert lines[0].startswith("fails  mills-build")
    assert lines[1].strip() == f"{root / 'experiments' / 'all.yaml'}:1"
    assert lines[-1] == "tiny: one experiment, 0 playthroughs, 1 fails"


def test_only_one_may_be_asked_for(tmp_path: Path) -> None:
    root = write_pack(tmp_path / "tiny", {"tests/a.yaml": GOOD + BAD})
    found = run(root, "--only", "it-rains")
    assert found.exit_code == 0
    assert "mills-build" not in found.stdout


def test_an_unknown_id_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    found = run(write_pack(tmp_path / "tiny", {"tests/a.yaml": GOOD}), "--only", "it-rain")
    assert found.exit_code == 2
    assert "did you mean it-rains?" in found.stderr


def test_json_has_experiments_and_playthroughs(tmp_path: Path) -> None:
    found = run(write_pack(tmp_path / "tiny", {"tests/a.yaml": GOOD + BAD}), "--json")
    told = json.loads(found.stdout)
    assert found.exit_code == 1
    assert told["holds"] is False
    assert [one["id"] for one in told["experiments"]] == ["mills-build"]
    assert [(one["id"], one["holds"]) for one in told["playthroughs"]] == [
        ("it-rains", True),
        ("it-never-rains", False),
    ]
    assert told["playthroughs"][1]["expect"][0]["wanted"] == "never long-rain"


def test_worlds_are_those_of_experiments(tmp_path: Path) -> None:
    found = run(write_pack(tmp_path / "tiny"), "--worlds", "4", "--json")
    assert json.loads(found.stdout)["experiments"][0]["worlds"] == 4


def test_a_pack_that_proves_nothing_says_so(tmp_path: Path) -> None:
    found = run(write_pack(tmp_path / "tiny", {"experiments/all.yaml": None}))
    assert found.exit_code == 0
    assert "no experiments" in found.stdout
    assert "no playthroughs" in found.stdout


def test_tests_that_cannot_be_read_are_status_2_with_their_places(tmp_path: Path) -> None:
    root = write_pack(tmp_path / "tiny", {"tests/a.yaml": GOOD.replace("valleys", "valeys")})
    found = run(root)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert "a.yaml:2:13: error[GH211]" in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize("name", ["nowhere", "corr"])
def test_a_pack_that_is_not_there_is_refused(name: str) -> None:
    found = run(name)
    assert found.exit_code == 2
    assert f"there is no pack {name}" in found.stderr


def test_check_says_what_is_wrong_with_the_tests_of_a_pack(tmp_path: Path) -> None:
    root = write_pack(tmp_path / "tiny", {"tests/a.yaml": GOOD.replace("long-rain", "long-ran")})
    found = CliRunner().invoke(main, ["check", str(root)])
    assert found.exit_code == 1
    assert "a.yaml:3:11: error[GH211]" in found.stdout
    assert "a.yaml:4:22: error[GH211]" in found.stdout
