"""A save names its packs; what is missing or otherwise is told to the player plainly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from game.packs import cache
from game.saves import SaveError, load_model
from game.saves.save import changes
from tests.packs.factory import TINY, write_addition, write_files, write_pack
from tests.packs.zips import tiny_pieces, write_zip


@pytest.fixture(autouse=True)
def _players(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")
    monkeypatch.setenv("GUIDING_HAND_PACKS", str(tmp_path / "players"))


def header(**packs: Any) -> dict[str, Any]:
    return {"scenario": "valleys", "packs": packs, "results": None}


def version(number: str) -> str:
    return TINY["pack.yaml"].replace("0.1.0", number)


def test_what_is_missing_is_named_with_its_version_and_where_it_would_go(tmp_path: Path) -> None:
    with pytest.raises(SaveError) as error:
        load_model(header(tiny={"version": "0.3.0"}))
    assert str(error.value) == (
        f"the save needs the pack 'tiny' 0.3.0, which is not here; put it into "
        f"{tmp_path / 'players'}, or give it with --pack"
    )


def test_all_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    wanted = header(tiny={"version": "0.3.0"}, more={"version": "1.0.0"})
    for given in ([], [write_pack(tmp_path / "tiny")]):
        with pytest.raises(SaveError, match=r"'more' 1\.0\.0") as error:
            load_model(wanted, given)
        assert ("'tiny' 0.3.0" in str(error.value)) is not bool(given)


@pytest.mark.parametrize("was", [None, 7, [], {}, {"version": 7}, {"version": "x" * 99}])
def test_a_header_that_was_written_by_hand_is_no_harm(was: Any) -> None:
    with pytest.raises(SaveError, match="the save needs the pack 'tiny'"):
        load_model(header(tiny=was))


def test_packs_in_the_players_folder_are_found_as_zip_files_too(tmp_path: Path) -> None:
    write_zip(tmp_path / "players" / "x.zip", tiny_pieces())
    assert load_model(header(tiny={"version": "0.1.0"})).scenario.id == "valleys"


@pytest.mark.parametrize(("was", "found"), [("0.2.0", "0.2.0"), ("0.1.0", "0.10.0")])
def test_of_several_versions_the_one_of_the_save_is_taken_else_the_newest(
    was: str, found: str, tmp_path: Path
) -> None:
    for number in ("0.2.0", "0.3.0", "0.10.0"):
        pieces = tiny_pieces({"pack.yaml": version(number)})
        write_zip(tmp_path / "players" / f"{number}.zip", pieces)
    model = load_model(header(tiny={"version": was}))
    assert model.pack.manifests["tiny"].version == found


def test_packs_that_the_save_does_not_name_stay_out_of_it(tmp_path: Path) -> None:
    tiny = write_pack(tmp_path / "tiny")
    rule = "- {id: rain, adds_to: demand, rate: -1, says: Wet., because: [tiny/notes-rain]}\n"
    more = write_addition(tmp_path, "more", {"rules/own.yaml": rule})
    model = load_model(header(tiny={}), [tiny, more])
    assert list(model.pack.manifests) == ["tiny"]


def test_another_version_is_told_as_such(tmp_path: Path) -> None:
    rules = TINY["rules/all.yaml"].replace("rate: 0.1 *", "rate: 0.2 *")
    tiny = write_pack(tmp_path / "tiny", {"pack.yaml": version("0.2.0"), "rules/all.yaml": rules})
    wanted = header(tiny={"version": "0.1.0", "model": "x"})
    told = changes(wanted, load_model(wanted, [tiny]))
    assert "the save was made with 0.1.0, and 0.2.0 is here" in told[-1]
    same = header(tiny={"version": "0.2.0", "model": "x"})
    assert "it is version 0.2.0 still" in changes(same, load_model(same, [tiny]))[-1]


def test_a_pack_with_errors_is_told_with_its_place(tmp_path: Path) -> None:
    write_files(tmp_path / "players" / "tiny", {**TINY, "channels.yaml": "- ["})
    with pytest.raises(SaveError, match=r"channels\.yaml:\d+:\d+: error\[GH1"):
        load_model(header(tiny={}))


def test_a_zip_file_that_is_refused_is_told(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "tiny.zip", [*tiny_pieces(), *tiny_pieces()])
    with pytest.raises(SaveError, match="the save needs the pack 'tiny'"):
        load_model(header(tiny={}), [path])


def test_a_scenario_that_is_gone_is_told_with_the_versions_that_are_here(tmp_path: Path) -> None:
    tiny = write_pack(tmp_path / "tiny")
    with pytest.raises(SaveError, match=r"no scenario 'hills' in the packs \(tiny 0\.1\.0\)"):
        load_model({**header(tiny={}), "scenario": "hills"}, [tiny])
