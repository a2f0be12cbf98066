from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run, refused


def test_a_good_pack_gives_a_line_of_counts(run: Run, tiny: Path) -> None:
    result = run("check", tiny)
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert line.startswith("tiny: 5 rules, 4 events, 1 situation, ")
    assert line.endswith("0 errors, 0 warnings")


def test_an_error_has_a_place_an_excerpt_and_a_hint(run: Run, tiny: Path) -> None:
    path = tiny / "rules" / "all.yaml"
    path.write_text(path.read_text().replace("support.mill_loans", "support.mil_loans"))
    result = run("check", tiny)
    assert result.exit_code == 1
    assert f"{path}:1:" in result.stdout
    assert "error[GH" in result.stdout
    assert "^^^" in result.stdout
    assert "mill_loans" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("tiny: 1 error")


def test_malformed_yaml_is_status_1(run: Run, tiny: Path) -> None:
    (tiny / "aims.yaml").write_text("- {id: [")
    assert run("check", tiny).exit_code == 1


def test_warnings_alone_are_status_0(run: Run, tiny: Path) -> None:
    path = tiny / "rules" / "all.yaml"
    path.write_text(path.read_text().replace("because: [notes-mills], grade: invented, ", ""))
    result = run("check", tiny)
    assert result.exit_code == 0
    assert "warning[GH" in result.stdout


def test_json_holds_diagnostics_and_counts(run: Run, tiny: Path) -> None:
    (tiny / "aims.yaml").write_text("- {id: [")
    told = json.loads(run("check", tiny, "--json").stdout)
    assert told["packs"][0]["errors"] == len(told["diagnostics"]) > 0
    assert {"code", "file", "line", "col", "message"} <= set(told["diagnostics"][0])


def test_a_folder_that_is_not_there_is_refused(run: Run, tmp_path: Path, tiny: Path) -> None:
    refused(run("check", tmp_path / "gone"), "gone is not there")
    refused(run("check", tiny / "pack.yaml"), "is a file")
    assert run("check", tmp_path).exit_code == 1
