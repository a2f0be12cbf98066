"""`pack build` makes one file that plays, and never leaves one that does not."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from game.authoring import building
from game.cli import main
from game.packs import cache, load_packs
from tests.packs.factory import TINY, changed, write_addition, write_files, write_pack

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")
    monkeypatch.setenv("GUIDING_HAND_PACKS", str(tmp_path / "none"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_the_file_is_called_by_id_and_version_and_holds_what_the_folder_does(
    tmp_path: Path,
) -> None:
    pack = write_pack(tmp_path / "tiny")
    result = run("pack", "build", pack)
    assert result.exit_code == 0, result.output
    path = Path("tiny-0.1.0.zip")
    packed, folder = load_packs([path.resolve()]), load_packs([pack])
    assert packed.pack is not None
    assert packed == folder
    assert f"{path.stat().st_size:,} bytes" in result.stdout
    assert hashlib.sha256(path.read_bytes()).hexdigest() in result.stdout
    assert "needs: no other pack" in result.stdout
    assert os.listdir() == ["tiny-0.1.0.zip"]


def test_the_same_content_gives_the_same_file_wherever_and_whenever(tmp_path: Path) -> None:
    first = write_pack(tmp_path / "a" / "tiny")
    second = write_files(tmp_path / "b" / "other", dict(reversed(list(TINY.items()))))
    for path in second.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o700)
    one, two = building.build(first).built, building.build(second).built
    assert one is not None
    assert two is not None
    assert one.raw == two.raw


def test_only_what_belongs_to_a_pack_is_in_it_and_the_rest_is_told(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path / "tiny",
        {
            "README.md": "A pack.",
            "LICENSE": "MIT",
            "docs/how.md": "So.",
            "docs/how.html": "<b>",
            "texts/de.po": "",
            "images/x.png": "x",
            ".git/config": "secret",
            ".env": "secret",
            "private.txt": "x",
            "rules/old.yaml~": "x",
        },
    )
    result = run("pack", "build", pack)
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile("tiny-0.1.0.zip") as file:
        names = file.namelist()
        assert {one.external_attr >> 16 for one in file.infolist()} == {0o100644}
    papers = {"README.md", "LICENSE", "docs/how.md", "texts/de.po"}
    assert set(names) == {*TINY, *papers}
    assert names == sorted(names)
    assert "left out: docs/how.html, images/, private.txt, rules/old.yaml~" in result.stdout


def test_with_an_error_nothing_is_written(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny", changed("sectors.yaml", "title: Wool", "tilte: Wool"))
    result = run("pack", "build", pack)
    assert result.exit_code == 1
    assert "GH201" in result.stderr
    assert "nothing was written" in result.stderr
    assert os.listdir() == []


def test_warnings_are_listed_and_the_file_is_written(tmp_path: Path) -> None:
    long = changed("sectors.yaml", "short: Wool", "short: " + "Wool" * 5)
    result = run("pack", "build", write_pack(tmp_path / "tiny", long))
    assert result.exit_code == 0
    assert "GH620" in result.stderr
    assert "warnings: 1" in result.stdout


def test_a_file_that_is_there_stays_unless_it_is_forced(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny")
    Path("tiny-0.1.0.zip").write_text("mine")
    result = run("pack", "build", pack)
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert Path("tiny-0.1.0.zip").read_text() == "mine"
    assert run("pack", "build", pack, "--force").exit_code == 0
    assert load_packs([Path("tiny-0.1.0.zip").resolve()]).ok


def test_out_names_a_file_or_a_folder(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny")
    assert run("pack", "build", pack, "--out", tmp_path / "x.zip").exit_code == 0
    assert run("pack", "build", pack, "--out", tmp_path / "work").exit_code == 0
    assert (tmp_path / "x.zip").read_bytes() == Path("tiny-0.1.0.zip").read_bytes()
    for out in (tmp_path / "x.tar", tmp_path / "no" / "x.zip"):
        result = run("pack", "build", pack, "--out", out)
        assert result.exit_code == 2
        assert "--out" in result.stderr


def test_what_it_needs_is_told_and_not_packed(tmp_path: Path) -> None:
    write_pack(tmp_path / "tiny")
    added = write_addition(tmp_path, "more", {}, '[{id: tiny, version: ">=0.1"}]')
    result = run("pack", "build", added)
    assert result.exit_code == 0, result.output
    assert "needs: tiny >=0.1 (checked with 0.1.0)" in result.stdout
    with zipfile.ZipFile("more-1.0.0.zip") as file:
        assert file.namelist() == ["pack.yaml"]


def test_what_does_not_read_back_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = write_pack(tmp_path / "tiny")
    real = building._zipped
    monkeypatch.setattr(building, "_zipped", lambda *given: real(*given)[:-40])
    result = run("pack", "build", pack)
    assert result.exit_code == 2
    assert "does not load" in result.stderr
    assert os.listdir() == []


@pytest.mark.parametrize("given", ["nowhere", "file.txt"])
def test_what_is_no_pack_is_refused(given: str) -> None:
    Path("file.txt").write_text("x")
    result = run("pack", "build", given)
    assert result.exit_code == 2
    assert given in result.stderr


def test_a_folder_without_a_manifest_is_told_so(tmp_path: Path) -> None:
    result = run("pack", "build", tmp_path / "work")
    assert result.exit_code == 1
    assert "GH505" in result.stderr


def test_the_file_plays_checks_and_runs(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny")
    assert run("pack", "build", pack).exit_code == 0
    assert run("check", "tiny-0.1.0.zip").exit_code == 0
    packed = run("run", "valleys", "--strategy", "mills", "--pack", "tiny-0.1.0.zip", "--out", "-")
    folder = run("run", "valleys", "--strategy", "mills", "--pack", pack, "--out", "-")
    assert packed.exit_code == 0, packed.output
    assert packed.stdout == folder.stdout
    assert run("experiment", "tiny-0.1.0.zip").exit_code == run("experiment", pack).exit_code


def test_a_pack_in_the_players_folder_is_known_by_its_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDING_HAND_PACKS", str(tmp_path / "players"))
    (tmp_path / "players").mkdir()
    pack = write_pack(tmp_path / "tiny")
    assert run("pack", "build", pack, "--out", tmp_path / "players").exit_code == 0
    result = run("run", "valleys", "--pack", "tiny", "--indicators", "gdp")
    assert result.exit_code == 0, result.output
    assert run("run", "valleys", "--indicators", "gdp").stdout == result.stdout


def test_a_broken_pack_in_the_players_folder_is_named_and_harms_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDING_HAND_PACKS", str(tmp_path / "players"))
    write_pack(tmp_path / "players" / "tiny")
    write_files(tmp_path / "players" / "bad", {"pack.yaml": "id: bad\nformat: 9\n"})
    assert run("run", "valleys", "--indicators", "gdp").exit_code == 0
    result = run("run", "nowhere")
    assert result.exit_code == 2
    assert "bad cannot be played" in result.stderr
    assert "GH401" in result.stderr
    assert run("run", "valleys", "--pack", "bad").exit_code == 2


def test_a_scenario_is_played_with_a_pack_that_adds_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDING_HAND_PACKS", str(tmp_path / "players"))
    tiny = write_pack(tmp_path / "players" / "tiny")
    rule = "- {id: rain, adds_to: demand, rate: -9, says: Wet., because: [tiny/notes-rain]}\n"
    write_addition(tmp_path / "players", "more", {"rules/own.yaml": rule})
    plain = run("run", "valleys", "--indicators", "gdp")
    added = run("run", "more/valleys", "--indicators", "gdp")
    assert added.exit_code == 0, added.output
    assert added.stdout != plain.stdout
    assert run("run", "valleys", "--pack", "more", "--indicators", "gdp").stdout == added.stdout
    assert run("run", "tiny/valleys", "--indicators", "gdp").stdout == plain.stdout
    assert run("run", "no/valleys").exit_code == 2
    assert run("run", "more/valleys", "--pack", tiny).exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_no_name_of_a_file_acts_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDING_HAND_PACKS", str(tmp_path / "players"))
    pack = write_pack(tmp_path / "tiny", {"a\x1b]0;x\x07.txt": "x"})
    write_files(tmp_path / "players", {"z\x1b[2J/pack.yaml": "- 1"})
    for told in (run("pack", "build", pack), run("run", "nowhere"), run("check", pack)):
        assert "\x1b" not in told.stdout + told.stderr
    assert "a\\x1b]0;x\\x07.txt" in run("pack", "build", pack, "--force").stdout
