"""What newcomers get wrong between packs and files, and what they are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from game.cli import main
from game.packs import load_packs
from tests.packs.conftest import Load, one
from tests.packs.factory import changed, write_addition, write_pack


def test_where_a_required_pack_is_missing_nothing_else_is_said(tmp_path: Path) -> None:
    write_pack(tmp_path / "tiny")
    lesson = "- {id: mine, title: Mine, text: Look., when: learning > 3}\n"
    more = write_addition(tmp_path, "more", {"lessons/all.yaml": lesson}, "[{id: tinny}]")
    (found,) = load_packs([more], use_cache=False).diagnostics
    assert found.code == "GH403"
    assert found.file == str(more / "pack.yaml")


def test_a_name_of_a_shipped_pack_is_said_to_be_in_it_once(tmp_path: Path) -> None:
    rows = "".join(f"- {{id: {n}, title: T, when: gdp > 3, bulletin: Look.}}\n" for n in "ab")
    more = write_addition(tmp_path, "more", {"events/all.yaml": rows}, "[]")
    hints = [one.hint for one in load_packs([more]).diagnostics if one.code == "GH307"]
    assert len(hints) == 2
    assert hints.count("`gdp` is in core; add it to `requires:` in pack.yaml.") == 1


def test_a_removal_that_another_pack_cannot_bear_is_told_where_it_is_written(
    tmp_path: Path,
) -> None:
    write_pack(tmp_path / "tiny")
    removal = {"indicators/all.yaml": "- remove: tiny/learning\n"}
    more = write_addition(tmp_path, "more", removal)
    found = load_packs([more], use_cache=False).diagnostics
    assert [one.code for one in found if one.severity == "error"] == ["GH226"]
    assert found[0].file == str(more / "indicators" / "all.yaml")
    assert "the pack 'tiny' needs it at" in found[0].message


def test_two_packs_that_do_not_know_one_another_are_not_told_to_change_an_entry(
    tmp_path: Path,
) -> None:
    write_pack(tmp_path / "tiny")
    lesson = {"lessons/all.yaml": "- {id: mine, title: Mine, text: Look.}\n"}
    packs = [write_addition(tmp_path, name, lesson) for name in ("one", "two")]
    hint = one(load_packs(packs, use_cache=False), "GH220").hint
    assert hint == "Rename one of them, or let one pack require the other."


@pytest.mark.parametrize(
    ("inside", "old", "new", "code", "hint"),
    [
        ("indicators/all.yaml", "start: 20", "start: 60%", "GH204", "Write 0.6."),
        ("indicators/all.yaml", "start: 20", "start: '0,4'", "GH204", "Write 0.4."),
        ("indicators/all.yaml", "bounds: [0, 100]", "bounds: 0-100", "GH203", "Write [0, 100]."),
        ("rules/all.yaml", "id: schools-teach", "id: schools_teach", "GH206", "schools-teach."),
        ("rules/all.yaml", "id: schools-teach", "id: Schools Teach", "GH206", "schools-teach."),
        ("rules/all.yaml", "id: schools-teach,", "id: s, chance: 1,", "GH201", "events/"),
        ("events/all.yaml", "- id", "\ufeff- id", "GH110", "without a byte order mark"),
        ("events/all.yaml", "  title", "\u00a0 title", "GH137", "U+00A0"),
        ("events/all.yaml", "  cooldown: 2", "  cooldown:2", "", "Put a blank after the colon"),
    ],
)
def test_what_is_nearly_right_is_put_right(
    load: Load, inside: str, old: str, new: str, code: str, hint: str
) -> None:
    found = load(changed(inside, old, new)).diagnostics[0]
    assert hint in (found.hint or "")
    assert found.code == code or not code


def test_a_folder_above_or_inside_a_pack_is_told_where_the_pack_is(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "packs" / "tiny")
    assert str(pack) in (one(load_packs([pack.parent]), "GH505").hint or "")
    assert str(pack) in (one(load_packs([pack / "events"]), "GH505").hint or "")


def test_a_name_in_an_expression_is_suggested_as_any_other(load: Load) -> None:
    loaded = load(changed("rules/all.yaml", "rate: 0.02 * demand", "rate: 0.02 * demond"))
    assert one(loaded, "GH307").hint == "Did you mean 'demand'?"


def test_a_start_in_hundredths_is_told_as_a_part_of_one(load: Load) -> None:
    files = changed(
        "indicators/all.yaml", "bounds: [0, 100], start: 20", "bounds: [0, 1], start: 60"
    )
    assert "Write 0.6." in [each.hint for each in load(files).diagnostics if each.code == "GH622"]


def test_a_mistyped_command_is_told_what_is_near() -> None:
    result = CliRunner().invoke(main, ["pack", "bild"])
    assert result.exit_code == 2
    assert "Did you mean 'build'?" in result.output


def test_a_pack_in_place_of_a_scenario_is_told_how_to_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack(tmp_path / "tiny")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["run", "tiny"])
    assert result.exit_code == 2
    assert "write --pack tiny as well" in result.output
