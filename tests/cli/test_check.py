from __future__ import annotations

import json
import shutil
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


def test_every_form_of_the_report_goes_with_the_same_status(run: Run, tiny: Path) -> None:
    (tiny / "aims.yaml").write_text("- {id: [")
    assert json.loads(run("check", tiny, "--format", "sarif").stdout)["version"] == "2.1.0"
    for form in ("text", "json", "sarif", "github"):
        assert run("check", tiny, "--format", form).exit_code == 1
    assert "::error file=" in run("check", tiny, "--format", "github").stdout
    assert run("check", tiny, "--format", "xml").exit_code == 2


def test_json_is_a_form_of_its_own_name(run: Run, tiny: Path) -> None:
    assert run("check", tiny, "--json").stdout == run("check", tiny, "--format", "json").stdout


def test_a_pack_that_is_given_twice_is_checked_once(run: Run, tiny: Path) -> None:
    result = run("check", tiny, f"{tiny}/../{tiny.name}")
    assert len(result.stdout.splitlines()) == 1
    assert "given twice" in result.stderr
    assert result.exit_code == 0


def test_what_is_silenced_is_counted(run: Run, tiny: Path) -> None:
    rules = tiny / "rules" / "all.yaml"
    rules.write_text(rules.read_text().replace("because: [notes-mills], grade: inv", "grade: inv"))
    manifest = tiny / "pack.yaml"
    silence = "{code: GH601, at: rule/schools-teach, because: It is there to try the desk.}"
    manifest.write_text(f"{manifest.read_text()}silences:\n  - {silence}\n")
    result = run("check", tiny)
    assert result.stdout.splitlines()[-1].endswith("0 errors, 0 warnings, 1 silenced")
    told = json.loads(run("check", tiny, "--json").stdout)
    assert [one["silenced"] for one in told["silenced"]] == ["It is there to try the desk."]


def test_packs_that_are_good_alone_and_clash_are_told_of(
    run: Run, tiny: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(tiny, tmp_path / "other")
    manifest = other / "pack.yaml"
    manifest.write_text(manifest.read_text().replace("id: tiny", "id: other"))
    alone = run("check", tiny, other)
    assert alone.exit_code == 0
    assert "cannot be played together" in alone.stderr
    together = run("check", "--together", tiny, other)
    assert together.exit_code == 1
    assert "error[GH220]" in together.stdout


def test_a_file_of_a_pack_is_refused_with_the_folder_to_give(run: Run, tiny: Path) -> None:
    refused(run("check", tiny / "pack.yaml"), f"the folder that it lies in: {tiny}")
    refused(run("check", tiny / "aims.yaml"), "a pack is a folder with a pack.yaml in it")


def test_a_warning_about_a_playthrough_is_silenced_by_its_entry(run: Run, tiny: Path) -> None:
    (tiny / "tests").mkdir()
    (tiny / "tests" / "favour.yaml").write_text(
        "- {id: nobody-comes, scenario: valleys, plays: mills,\n"
        "  expect: [{happens: a-favour, by: 2015}]}\n"
    )
    assert json.loads(run("check", tiny, "--json").stdout)["diagnostics"][0]["code"] == "GH664"
    manifest = tiny / "pack.yaml"
    silence = "{code: GH664, at: playthrough/nobody-comes, because: It shows what nobody sees.}"
    manifest.write_text(f"{manifest.read_text()}silences:\n  - {silence}\n")
    told = json.loads(run("check", tiny, "--json").stdout)
    assert (told["diagnostics"], len(told["silenced"])) == ([], 1)


def test_packs_that_say_so_themselves_need_no_note(run: Run, tiny: Path, tmp_path: Path) -> None:
    other = shutil.copytree(tiny, tmp_path / "other")
    manifest = other / "pack.yaml"
    text = manifest.read_text().replace("id: tiny", "id: other")
    manifest.write_text(f"{text}conflicts: [tiny]\n")
    assert run("check", tiny, other).stderr == ""


def test_findings_are_followed_by_where_to_read_more(run: Run, tiny: Path) -> None:
    (tiny / "aims.yaml").write_text("- {id: [")
    assert "guiding-hand pack explain GH132" in run("check", tiny).stdout
