from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run, refused
from tests.packs.factory import TINY

TEXT = TINY["experiments/all.yaml"]


def test_a_packs_experiments_are_run_a_line_each(run: Run, tiny: Path) -> None:
    result = run("experiment", tiny)
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    assert line.startswith("holds  mills-build  capacity[wool] in 2015:")


def test_a_file_is_run_against_the_pack_around_it(run: Run, tiny: Path) -> None:
    result = run("experiment", tiny / "experiments" / "all.yaml", "--worlds", 4)
    assert result.exit_code == 0, result.output


def test_one_that_fails_gives_status_1(run: Run, tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT.replace("by: 10%", "by: 100000").replace("mills-build", "too-much"))
    result = run("experiment", path, tiny, "--pack", tiny)
    assert result.exit_code == 1
    verdicts = [line.split()[:2] for line in result.stdout.splitlines()]
    assert verdicts == [["fails", "too-much"], ["holds", "mills-build"]]


def test_json_has_every_figure(run: Run, tiny: Path) -> None:
    result = run("experiment", tiny, "--json", "--worlds", 5, "--seed", 3)
    told = json.loads(result.stdout)
    assert told["holds"] is True
    (one,) = told["experiments"]
    assert (one["id"], one["worlds"], one["seed"]) == ("mills-build", 5, 3)
    assert set(one["expect"][0]["values"]) == {"mills", "schools"}


def test_what_cannot_be_read_is_refused(run: Run, tiny: Path, tmp_path: Path) -> None:
    refused(run("experiment", "nowhere"), "no pack or file nowhere")
    refused(run("experiment", tmp_path / "gone.yaml"), "gone.yaml")
    bad = tmp_path / "bad.yaml"
    bad.write_text("- {id: x}\n")
    result = run("experiment", bad, "--pack", tiny)
    refused(result, "errors in what was to be read")
    assert "bad.yaml:1:" in result.stderr
    refused(run("experiment"), "FILE_OR_PACK")
