"""What newcomers get wrong between packs and files, and what they are told."""

from __future__ import annotations

from pathlib import Path

from game.packs import load_packs
from tests.packs.conftest import one
from tests.packs.factory import write_addition, write_pack


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
