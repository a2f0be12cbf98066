"""`pack schema`: schema files for editors, and the line that ties a file to its schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from game.cli import main
from game.packs import load_packs
from tests.packs.factory import TINY

LINE = "# yaml-language-server: $schema="


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["pack", "schema", *map(str, arguments)])


def test_it_writes_one_schema_for_each_kind_of_file(tiny: Path) -> None:
    result = run(tiny)
    assert result.exit_code == 0
    names = {path.name for path in (tiny / ".schema").iterdir()}
    assert {"pack.schema.json", "events.schema.json", "tests.schema.json"} <= names
    events = (tiny / ".schema/events.schema.json").read_text(encoding="utf-8")
    assert "notes-rain" in events
    assert json.loads(events)["$schema"].startswith("http://json-schema.org/draft-07/")


def test_without_ids_it_knows_the_forms_alone(tiny: Path) -> None:
    run(tiny, "--no-ids")
    assert "notes-rain" not in (tiny / ".schema/events.schema.json").read_text(encoding="utf-8")


def test_it_writes_where_it_is_told(tiny: Path, tmp_path: Path) -> None:
    run(tiny, "--out", tmp_path / "elsewhere/deep", "--modelines")
    assert (tmp_path / "elsewhere/deep/rules.schema.json").is_file()
    assert not (tiny / ".schema").exists()
    first = (tiny / "rules/all.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"{LINE}../../elsewhere/deep/rules.schema.json"


def test_a_line_is_put_at_the_head_of_each_file_and_nothing_else_is_touched(tiny: Path) -> None:
    assert run(tiny, "--modelines").exit_code == 0
    for inside, text in TINY.items():
        up = "../" if "/" in inside else ""
        name = inside.split("/")[0].removesuffix(".yaml")
        head = f"{LINE}{up}.schema/{name}.schema.json\n"
        assert (tiny / inside).read_bytes() == (head + text).encode()
    assert load_packs([tiny], use_cache=False).diagnostics == ()


def test_a_second_time_changes_nothing(tiny: Path) -> None:
    run(tiny, "--modelines")
    before = {path: path.read_bytes() for path in tiny.rglob("*.yaml")}
    result = run(tiny, "--modelines")
    assert "0 files given a first line" in result.output
    assert {path: path.read_bytes() for path in tiny.rglob("*.yaml")} == before


def test_a_line_of_the_authors_own_stays(tiny: Path) -> None:
    own = f"# my notes\n{LINE}elsewhere.json\n{TINY['aims.yaml']}".encode()
    (tiny / "aims.yaml").write_bytes(own)
    run(tiny, "--modelines")
    assert (tiny / "aims.yaml").read_bytes() == own


def test_lines_end_as_the_file_has_them(tiny: Path) -> None:
    text = TINY["aims.yaml"].replace("\n", "\r\n").encode()
    (tiny / "aims.yaml").write_bytes(text)
    run(tiny, "--modelines")
    assert (
        tiny / "aims.yaml"
    ).read_bytes() == f"{LINE}.schema/aims.schema.json\r\n".encode() + text


def test_links_are_left_alone(tiny: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("- {id: x}\n", encoding="utf-8")
    (tiny / "lessons/link.yaml").symlink_to(outside)
    run(tiny, "--modelines")
    assert outside.read_text(encoding="utf-8") == "- {id: x}\n"
    assert (tiny / "lessons/link.yaml").is_symlink()


def test_the_files_are_no_content_of_the_pack(tiny: Path) -> None:
    run(tiny)
    assert load_packs([tiny], use_cache=False).diagnostics == ()


def test_it_prints_the_setting_of_editors(tiny: Path) -> None:
    result = run(tiny, "--settings")
    told = json.loads(result.output)["yaml.schemas"]
    globs = {name.rpartition("/")[2]: patterns for name, patterns in told.items()}
    assert globs["events.schema.json"] == ["**/tiny/events.yaml", "**/tiny/events/*.yaml"]
    assert globs["scenarios.schema.json"] == ["**/tiny/scenarios/*.yaml"]
    assert globs["pack.schema.json"] == ["**/tiny/pack.yaml"]
    assert not (tiny / ".schema").exists()


def test_a_pack_with_errors_is_no_hindrance(tiny: Path) -> None:
    (tiny / "aims.yaml").write_text("- {id: [\n", encoding="utf-8")
    result = run(tiny)
    assert result.exit_code == 0
    assert "notes-rain" in (tiny / ".schema/events.schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_what_is_no_pack_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    result = run(tmp_path / name)
    assert result.exit_code == 2
    assert name in result.stderr
    assert not (tmp_path / name / ".schema").exists()


def test_a_folder_that_cannot_be_written_is_refused_in_one_line(tiny: Path) -> None:
    (tiny / "taken").write_text("", encoding="utf-8")
    result = run(tiny, "--out", tiny / "taken")
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_watching_it_writes_them_anew_when_a_file_is_saved(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0

    def look(_: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            with (tiny / "aims.yaml").open("a", encoding="utf-8") as file:
                file.write("- {id: newly, title: New, says: New., when: learning > 30}\n")
        if looks > 10:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", look)
    result = run(tiny, "--watch")
    assert "aims.yaml saved" in result.output
    assert "newly" in (tiny / ".schema/scenarios.schema.json").read_text(encoding="utf-8")
