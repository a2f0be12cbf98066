"""Which packs the screens play together, and that one that fails is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.packs import Pack, cache, find
from game.tui.library import FailedPack
from game.tui.shelf import Shelf
from game.tui.widgets.rows import Rows
from tests.packs.factory import TINY, write_addition, write_files, write_pack
from tests.packs.zips import tiny_pieces, write_zip
from tests.tui.fake import FakeLibrary
from tests.tui.screens import playing
from tests.tui.snapshots import screen_text

EVENT = """\
- {id: lean-years, title: Lean years, chance: 0.1, bulletin: Little wool.,
  because: [tiny/notes-rain], grade: invented, effects: [{add: {demand: -1}, says: Few.}]}
"""


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shelf that holds the tiny pack alone, and an empty folder of the player's."""
    write_pack(tmp_path / "shipped" / "tiny")
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")
    for place in ("game.packs.find", "game.packs.resolve", "game.saves.loading"):
        monkeypatch.setattr(f"{place}.shipped_folder", lambda: tmp_path / "shipped")
    monkeypatch.setenv("GUIDING_HAND_PACKS", str(tmp_path / "players"))
    monkeypatch.setenv("GUIDING_HAND_SAVES", str(tmp_path / "saves"))


def ids(shelf: Shelf) -> list[str]:
    return [one.id for one in shelf.scenarios()]


def played(shelf: Shelf, scenario: str) -> Pack:
    """The packs of a campaign that is begun and left again."""
    session = shelf.begin(scenario, 7)
    session.close()
    return session.campaign.model.pack


def other(folder: Path, more: str = "", scenario: str = "hills") -> Path:
    """A pack that stands alone, with a scenario of its own."""
    files = dict(TINY)
    files["pack.yaml"] = files["pack.yaml"].replace("id: tiny", "id: other") + more
    files[f"scenarios/{scenario}.yaml"] = files.pop("scenarios/valleys.yaml").replace(
        "id: valleys", f"id: {scenario}"
    )
    files["experiments/all.yaml"] = files["experiments/all.yaml"].replace("valleys", scenario)
    return write_files(folder, files)


def test_a_pack_that_fails_is_told_and_the_rest_plays(tmp_path: Path) -> None:
    write_files(tmp_path / "players" / "bad", {"pack.yaml": "id: bad\nformat: 9\n"})
    write_zip(tmp_path / "players" / "worse.zip", [*tiny_pieces(), *tiny_pieces()])
    shelf = Shelf()
    assert ids(shelf) == ["valleys"]
    assert [one.name for one in shelf.failed()] == ["bad", "worse"]
    bad, worse = shelf.failed()
    assert bad.first.startswith("GH401")
    assert bad.place == str(tmp_path / "players" / "bad")
    assert "pack.yaml:2" in bad.findings
    assert worse.first.startswith("GH510")
    assert list(played(shelf, "valleys").manifests) == ["tiny"]


def test_a_pack_that_was_mended_plays_without_a_new_start(tmp_path: Path) -> None:
    root = write_files(tmp_path / "players" / "other", {"pack.yaml": "id: other\n"})
    shelf = Shelf()
    assert ids(shelf) == ["valleys"]
    other(root)
    assert sorted(ids(shelf)) == ["hills", "valleys"]
    assert shelf.failed() == []


def test_a_pack_in_the_players_folder_can_be_chosen_as_one_zip_file(tmp_path: Path) -> None:
    root = other(tmp_path / "built")
    pieces = [one for one in tiny_pieces() if not one.name.startswith(("pack", "scen", "exper"))]
    for inside in ("pack.yaml", "scenarios/hills.yaml"):
        pieces.append(type(pieces[0])(inside, (root / inside).read_bytes()))
    write_zip(tmp_path / "players" / "any-name.zip", pieces)
    assert sorted(ids(Shelf())) == ["hills", "valleys"]


def test_a_given_pack_does_not_change_packs_that_do_not_know_it(tmp_path: Path) -> None:
    given = other(tmp_path / "mine", "conflicts: [tiny]\n")
    shelf = Shelf([given])
    assert sorted(ids(shelf)) == ["hills", "valleys"]
    assert list(played(shelf, "valleys").manifests) == ["tiny"]
    assert list(played(shelf, "hills").manifests) == ["other"]


def test_a_given_pack_plays_in_the_scenarios_that_it_adds_to(tmp_path: Path) -> None:
    given = write_addition(tmp_path, "more", {"events/own.yaml": EVENT})
    assert "lean-years" in played(Shelf([given]), "valleys").events


def test_a_given_pack_stands_for_one_of_its_id(tmp_path: Path) -> None:
    write_addition(tmp_path / "players", "more", {"events/own.yaml": EVENT})
    mine = write_pack(tmp_path / "mine", {"pack.yaml": TINY["pack.yaml"].replace("0.1.0", "0.5.0")})
    shelf = Shelf([mine])
    for scenario in ("valleys", "more/valleys"):
        pack = played(shelf, scenario)
        assert pack.manifests["tiny"].version == "0.5.0"


def test_a_pack_without_a_scenario_is_offered_with_those_that_it_adds_to(tmp_path: Path) -> None:
    write_addition(tmp_path / "players", "more", {"events/own.yaml": EVENT})
    shelf = Shelf()
    assert [(one.id, one.title) for one in shelf.scenarios()] == [
        ("valleys", "Two valleys"),
        ("more/valleys", "Two valleys with An addition"),
    ]
    assert "lean-years" in played(shelf, "more/valleys").events
    assert "lean-years" not in played(shelf, "valleys").events


def test_a_save_is_resumed_with_its_own_packs_alone(tmp_path: Path) -> None:
    session = Shelf().begin("valleys", 3)
    session.close()
    given = write_addition(tmp_path, "more", {"events/own.yaml": EVENT})
    assert session.path is not None
    again, notices = Shelf([given]).resume(session.path)
    again.close()
    assert list(again.campaign.model.pack.manifests) == ["tiny"]
    assert notices == ()


def test_a_scenario_that_no_pack_has_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no pack has a scenario called 'nowhere'"):
        Shelf().begin("nowhere", 1)


def test_scenarios_that_cannot_be_read_do_not_stop_the_menu(tmp_path: Path) -> None:
    root = write_files(tmp_path / "players" / "odd", {"pack.yaml": "id: odd\n"})
    (root / "scenarios").mkdir()
    (root / "scenarios" / "x.yaml").write_bytes(b"\xff\xfe guided: true")
    (root / "scenarios" / "y.yaml").mkdir()
    assert Shelf().guided() is None
    assert find.find_packs().keys() == {"odd", "tiny"}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_chooser_shows_a_failed_pack_and_opens_what_there_is_to_say(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    library = FakeLibrary()
    finding = "x.yaml:3:1: error[GH201] no [b]field[/] 'tilte'\n  tilte: [red]\n  ^"
    library.broken = (FailedPack("solar[/]", "/packs/solar.zip", "GH201 no field", finding),)
    async with playing(tmp_path, "n", menu=True, library=library, size=size) as (app, pilot):
        await pilot.pause(0.2)
        assert "solar[/]" in screen_text(app)
        assert "cannot be played" in screen_text(app)
        await pilot.press("end")
        await pilot.pause()
        assert app.screen.query_one(Rows).here == "!solar[/]"
        for words in ("/packs/solar.zip", "GH201 no field", "error[GH201]", "[b]field[/]"):
            assert words in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert library.begun == []


def test_offices_in_an_opening_go_by_their_titles_before_anybody_holds_them(tmp_path: Path) -> None:
    name = "scenarios/valleys.yaml"
    opened = TINY[name].replace("Here are two valleys.", "'{warden} writes to {you}.'")
    write_files(tmp_path / "shipped" / "tiny", {name: opened})
    assert [one.opening for one in Shelf().scenarios()] == ["Warden writes to {you}."]
