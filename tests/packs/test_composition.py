"""Packs together: what they need, what they change, and what happens where they fight."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from game.packs import Diagnostic, Loaded, find_packs, load_packs
from tests.packs.conftest import codes, one
from tests.packs.factory import write_addition, write_files, write_pack
from tests.packs.zips import tiny_pieces, write_zip

ADDED = """\
- id: {id}
  title: Lean years
  chance: 0.1
  bulletin: Little wool.
  effects:
    - add: {{demand: -1}}
      says: Few buyers.
  because: [tiny/notes-rain]
  grade: invented
"""
WEATHER = "- {{change: tiny/long-rain, {field}}}\n"


@pytest.fixture(autouse=True)
def _no_other_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDING_HAND_PACKS", str(tmp_path / "players"))


def together(folder: Path, **packs: tuple[Mapping[str, str], str]) -> Loaded:
    """The tiny pack and additions to it, loaded in the order given."""
    write_pack(folder / "tiny")
    roots = [write_addition(folder, name, *given) for name, given in packs.items()]
    return load_packs(roots, use_cache=False)


def manifest(name: str, more: str = "", version: str = "1.0.0") -> dict[str, str]:
    head = f"id: {name}\ntitle: A pack\nversion: {version}\nformat: 1\n"
    return {"pack.yaml": head + more}


def places(found: Diagnostic) -> set[str]:
    """The files that a diagnostic names, each with its line."""
    return {f"{found.file}:{found.line}", *found.related}


def test_packs_are_loaded_in_order_of_need_and_then_of_id(tmp_path: Path) -> None:
    loaded = together(
        tmp_path,
        zebra=({}, "[tiny]"),
        apple=({}, "[tiny, zebra]"),
        bee=({}, "[tiny]"),
    )
    assert loaded.pack is not None
    assert list(loaded.pack.manifests) == ["tiny", "bee", "zebra", "apple"]


def test_the_order_in_which_packs_are_given_changes_nothing(tmp_path: Path) -> None:
    write_pack(tmp_path / "tiny")
    roots = [
        write_addition(tmp_path, name, {"events/own.yaml": ADDED.format(id=f"lean-{name}")})
        for name in ("a", "b", "c")
    ]
    assert load_packs(roots) == load_packs(roots[::-1]) == load_packs([tmp_path / "tiny", *roots])


def test_a_later_pack_of_a_chain_has_the_last_word(tmp_path: Path) -> None:
    loaded = together(
        tmp_path,
        first=({"events/w.yaml": WEATHER.format(field="title: One")}, "[tiny]"),
        second=({"events/w.yaml": WEATHER.format(field="title: Two")}, "[tiny, first]"),
    )
    assert loaded.pack is not None
    assert loaded.pack.events["long-rain"].title == "Two"
    assert loaded.pack.events["long-rain"].bulletin == "It rains for three weeks."


def test_two_packs_may_change_different_fields_of_one_entry(tmp_path: Path) -> None:
    loaded = together(
        tmp_path,
        a=({"events/w.yaml": WEATHER.format(field="title: One")}, "[tiny]"),
        b=({"events/w.yaml": WEATHER.format(field="bulletin: Wet.")}, "[tiny]"),
    )
    assert loaded.pack is not None
    event = loaded.pack.events["long-rain"]
    assert (event.title, event.bulletin) == ("One", "Wet.")


def test_two_packs_that_change_one_field_are_both_named_with_their_places(
    tmp_path: Path,
) -> None:
    loaded = together(
        tmp_path,
        a=({"events/w.yaml": WEATHER.format(field="title: One")}, "[tiny]"),
        b=({"events/w.yaml": "# b\n" + WEATHER.format(field="title: Two")}, "[tiny]"),
    )
    found = one(loaded, "GH223")
    assert "'a'" in found.message
    assert "'b'" in found.message
    assert places(found) == {
        f"{tmp_path / 'a' / 'events' / 'w.yaml'}:1",
        f"{tmp_path / 'b' / 'events' / 'w.yaml'}:2",
    }


LEARNED = "- {change: tiny/schools-teach, says: They learn.}\n"
GONE = "- remove: tiny/schools-teach\n"


@pytest.mark.parametrize(("first", "second"), [(GONE, LEARNED), (LEARNED, GONE), (GONE, GONE)])
def test_what_one_pack_takes_away_another_cannot_change(
    first: str, second: str, tmp_path: Path
) -> None:
    loaded = together(
        tmp_path, a=({"rules/w.yaml": first}, "[tiny]"), b=({"rules/w.yaml": second}, "[tiny]")
    )
    found = one(loaded, "GH223")
    assert places(found) == {f"{tmp_path / name / 'rules' / 'w.yaml'}:1" for name in ("a", "b")}


def test_what_a_required_pack_has_taken_away_cannot_be_changed(tmp_path: Path) -> None:
    loaded = together(
        tmp_path,
        a=({"rules/w.yaml": GONE}, "[tiny]"),
        b=({"rules/w.yaml": LEARNED}, "[tiny, a]"),
    )
    assert one(loaded, "GH221").file == str(tmp_path / "b" / "rules" / "w.yaml")


def test_a_pack_that_changes_an_entry_twice_is_told_so(tmp_path: Path) -> None:
    loaded = together(tmp_path, a=({"rules/w.yaml": LEARNED, "rules/x.yaml": LEARNED}, "[tiny]"))
    found = next(each for each in loaded.diagnostics if each.severity == "error")
    assert "a second time" in found.message
    assert found.related == (f"{tmp_path / 'a' / 'rules' / 'w.yaml'}:1",)


def test_changed_fields_may_name_entries_by_pack(tmp_path: Path) -> None:
    change = "- {change: tiny/schools-teach, because: [tiny/notes-rain]}\n"
    loaded = together(tmp_path, a=({"rules/w.yaml": change}, "[tiny]"))
    assert loaded.pack is not None
    assert loaded.pack.rules["schools-teach"].because == ("notes-rain",)


def test_two_packs_with_one_id_are_both_named_with_their_places(tmp_path: Path) -> None:
    event = {"events/own.yaml": ADDED.format(id="lean-years")}
    found = one(together(tmp_path, a=(event, "[tiny]"), b=(event, "[tiny]")), "GH220")
    assert "'a'" in found.message
    assert "'b'" in found.message
    assert places(found) == {f"{tmp_path / name / 'events' / 'own.yaml'}:1" for name in ("a", "b")}


def test_an_entry_is_never_replaced_without_saying_so(tmp_path: Path) -> None:
    loaded = together(tmp_path, a=({"events/w.yaml": ADDED.format(id="long-rain")}, "[tiny]"))
    assert "change: tiny/long-rain" in (one(loaded, "GH220").hint or "")


def test_a_pack_of_another_version_than_is_wanted_is_named_with_both_places(
    tmp_path: Path,
) -> None:
    loaded = together(
        tmp_path,
        old=({}, '[{id: tiny, version: "<0.2"}]'),
        new=({}, '[{id: tiny, version: ">=0.2"}]'),
    )
    found = one(loaded, "GH404")
    assert found.file == str(tmp_path / "new" / "pack.yaml")
    assert f"{tmp_path / 'tiny' / 'pack.yaml'}:3" in found.related
    assert f"{tmp_path / 'old' / 'pack.yaml'}:5" in found.related


def test_of_several_versions_beside_one_another_a_right_one_is_taken(tmp_path: Path) -> None:
    for version in ("0.1.0", "0.2.0", "0.10.0"):
        text = tiny_pieces()[0].body.decode().replace("0.1.0", version)
        write_zip(tmp_path / f"tiny-{version}.zip", tiny_pieces({"pack.yaml": text}))
    for wanted, found in (("", "0.10.0"), ("<0.10", "0.2.0"), ("==0.1", "0.1.0")):
        added = write_addition(tmp_path, "more", {}, f'[{{id: tiny, version: "{wanted}"}}]')
        pack = load_packs([added]).pack
        assert pack is not None
        assert pack.manifests["tiny"].version == found


def test_packs_that_say_they_conflict_are_named_with_both_places(tmp_path: Path) -> None:
    write_pack(tmp_path / "tiny")
    rival = write_files(tmp_path / "rival", manifest("rival", "conflicts: [tiny]\n"))
    found = one(load_packs([rival, tmp_path / "tiny"]), "GH405")
    assert places(found) == {
        f"{rival / 'pack.yaml'}:5",
        f"{tmp_path / 'tiny' / 'pack.yaml'}:1",
    }


@pytest.mark.parametrize("count", [1, 2, 3])
def test_packs_that_require_each_other_are_all_named(count: int, tmp_path: Path) -> None:
    names = ["a", "b", "c"][:count]
    for at, name in enumerate(names):
        needs = f"requires: [{names[(at + 1) % count]}]\n"
        write_files(tmp_path / name, manifest(name, needs))
    found = one(load_packs([tmp_path / names[-1]]), "GH406")
    assert " -> ".join([*names, "a"]) in found.message
    assert places(found) == {f"{tmp_path / name / 'pack.yaml'}:5" for name in names}


def test_one_id_in_two_places_names_both(tmp_path: Path) -> None:
    first, second = write_pack(tmp_path / "a"), write_pack(tmp_path / "b")
    assert places(one(load_packs([first, second]), "GH407")) == {
        f"{first / 'pack.yaml'}:1",
        f"{second / 'pack.yaml'}:1",
    }


def test_a_pack_made_for_another_engine_is_told_so(tmp_path: Path) -> None:
    root = write_files(tmp_path / "new", manifest("new", 'engine: ">=7"\n'))
    assert "engine >=7" in one(load_packs([root]), "GH402").message


def test_what_is_missing_is_told_once_and_where(tmp_path: Path) -> None:
    root = write_files(tmp_path / "more", manifest("more", "requires:\n  - tiny\n  - nowhere\n"))
    write_pack(tmp_path / "tiny")
    found = one(load_packs([root]), "GH403")
    assert (found.line, "'nowhere'" in found.message) == (7, True)


def test_a_pack_that_is_needed_and_broken_is_told_at_its_own_place(tmp_path: Path) -> None:
    write_pack(tmp_path / "tiny", {"pack.yaml": "id: tiny\ntitle: [\n"})
    loaded = load_packs([write_addition(tmp_path, "more", {})])
    assert {each.file for each in loaded.diagnostics} == {str(tmp_path / "tiny" / "pack.yaml")}


def test_a_pack_may_be_required_from_the_players_folder(tmp_path: Path) -> None:
    write_zip(tmp_path / "players" / "given.zip", tiny_pieces())
    added = write_addition(tmp_path / "mine", "more", {})
    loaded = load_packs([added])
    assert loaded.pack is not None
    assert "tiny" in find_packs()


def test_no_pack_of_a_player_stands_for_one_that_comes_with_the_game(tmp_path: Path) -> None:
    before = find_packs()
    write_files(tmp_path / "players" / "mine", manifest("core", version="99.0.0"))
    assert find_packs() == before


def test_the_players_folder_need_not_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDING_HAND_PACKS", "/nowhere/at/all")
    assert "core" in find_packs()


def test_a_pack_from_the_future_is_told_so_and_nothing_else_of_it(tmp_path: Path) -> None:
    future = {
        "pack.yaml": "id: tiny\nname: New\nformat: 2\nversion: [1, 2]\n",
        "rules/all.yaml": "{{{",
        "channels.yaml": "new: way",
    }
    root = write_pack(tmp_path / "tiny", future)
    assert codes(load_packs([root])) == ["GH401"]
    found = one(load_packs([write_addition(tmp_path, "more", {})]), "GH401")
    assert (found.file, found.line) == (str(root / "pack.yaml"), 3)
