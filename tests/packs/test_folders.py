from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from game.packs import PackError, cache, find, find_packs, load_pack, load_packs, shipped_folder
from tests.packs.conftest import codes, one
from tests.packs.factory import changed, write_files, write_pack


def test_shipped_packs_are_found_from_any_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shipped_folder().name == "content"
    assert "core" in find_packs()


def test_a_pack_with_an_unreadable_manifest_is_still_listed(tmp_path: Path) -> None:
    write_pack(tmp_path / "good")
    write_files(tmp_path, {"bad/pack.yaml": "id: [", "none/readme.md": "x"})
    assert list(find_packs(tmp_path)) == ["bad", "tiny"]


def test_a_folder_without_a_manifest_is_no_pack(tmp_path: Path) -> None:
    assert codes(load_packs([tmp_path])) == ["GH505"]
    assert codes(load_packs([tmp_path / "nowhere"])) == ["GH505"]
    with pytest.raises(PackError, match="is missing"):
        load_pack(tmp_path)


def test_symbolic_links_are_refused(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny")
    outside = write_files(tmp_path / "outside", {"x.yaml": "- {id: a}\n"})
    (pack / "rules" / "link.yaml").symlink_to(outside / "x.yaml")
    assert "GH501" in codes(load_packs([pack]))
    (pack / "rules" / "link.yaml").unlink()
    (pack / "proposals" / "all.yaml").unlink()
    (pack / "proposals").rmdir()
    (pack / "proposals").symlink_to(outside, target_is_directory=True)
    assert "GH501" in codes(load_packs([pack]))


def test_a_pipe_does_not_make_the_game_wait(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny")
    os.mkfifo(pack / "rules" / "pipe.yaml")
    assert "GH506" in codes(load_packs([pack]))


def test_files_of_unknown_names_are_mentioned_and_not_read(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path / "tiny",
        {
            "rule/x.yaml": "- [broken",
            "agents.yaml": "{{",
            "rules/deep/x.yaml": "{{",
            "rules/x.yml": "{{",
            "tests/x.yaml": "{{",
            "notes.md": "{{",
            ".hidden.yaml": "{{",
        },
    )
    loaded = load_packs([pack])
    assert codes(loaded) == ["GH504"] * 4
    assert loaded.ok


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "MOST_FILES", 10)
    assert "GH503" in codes(load_packs([write_pack(tmp_path / "tiny")]))


def test_one_bad_pack_does_not_keep_another_from_loading(tmp_path: Path) -> None:
    good = write_pack(tmp_path / "tiny")
    bad = write_files(tmp_path / "bad", {"pack.yaml": "id: bad\nformat: 9\n"})
    assert not load_packs([bad]).ok
    assert load_packs([good]).ok


def test_a_second_load_comes_from_the_cache_and_is_the_same(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path / "tiny", changed("sectors.yaml", "short: Wool", "short: " + "Wool" * 5)
    )
    cold, warm = load_packs([pack]), load_packs([pack])
    plain = load_packs([pack], use_cache=False)
    assert cold == warm == plain
    assert [each.code for each in warm.diagnostics] == ["GH620"]
    assert len(list((tmp_path / "cache").iterdir())) > 10


def test_a_pack_can_be_a_key_and_be_sent_to_another_process(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path / "tiny"))
    assert {pack: 1}[load_pack(tmp_path / "tiny")] == 1
    assert pickle.loads(pickle.dumps(pack)) == pack


def test_an_edit_is_seen_at_once(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny")
    load_packs([pack])
    write_pack(pack, changed("rules/all.yaml", "rate: 0.02 * demand", "rate: 0.03 * demand"))
    loaded = load_packs([pack])
    assert loaded.pack is not None
    assert loaded.pack.rules["buyers-come"].rate == "0.03 * demand"


def test_a_spoilt_cache_is_no_cache(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny")
    good = load_packs([pack])
    for position, file in enumerate(sorted((tmp_path / "cache").iterdir())):
        raw = file.read_bytes()
        spoilt = [b"", raw[:-3], raw.replace(b"0", b"1"), b"\xff" * 99, raw + b"x"]
        file.write_bytes(spoilt[position % 5])
    assert load_packs([pack]) == good


def test_a_cache_that_cannot_be_written_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "file" / "cache")
    assert load_packs([write_pack(tmp_path / "tiny")]).ok


def test_a_full_cache_loses_its_oldest_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_FILES", 4)
    for number in range(6):
        cache.store(cache.key_of(bytes([number])), {}, b"")
    cache.prune()
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_an_entry_knows_where_it_stands(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path / "tiny"))
    assert pack.where("rule", "buyers-come") == f"{tmp_path / 'tiny' / 'rules' / 'all.yaml'}:3"
    with pytest.raises(KeyError):
        pack.where("rule", "nothing")


def test_a_pack_of_the_same_id_in_two_folders_is_an_error(tmp_path: Path) -> None:
    first, second = write_pack(tmp_path / "a"), write_pack(tmp_path / "b")
    assert one(load_packs([first, second]), "GH407").severity == "error"
    assert load_packs([first, first]).ok


def test_a_file_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "pack").write_text("id: x")
    assert "it is a file" in one(load_packs([tmp_path / "pack"]), "GH505").message


def test_what_only_looks_like_a_file_of_the_pack_is_told(tmp_path: Path) -> None:
    files = {"rules/More.YAML": "{{", "rules/a\x1b]0;x\x07.yaml": "{{", "events": "{{"}
    pack = write_pack(tmp_path / "tiny", {"events/all.yaml": None})
    write_files(pack, files)
    said = [each for each in load_packs([pack]).diagnostics if each.code == "GH504"]
    told = " ".join(each.message for each in said)
    assert len(said) == 3
    assert "not .yaml" in told
    assert "cannot be shown" in told
    assert "events/ is a folder" in told


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_not_text_is_told(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny")
    try:
        Path(os.fsdecode(bytes(pack / "rules") + b"/a\xff.yaml")).write_text("[]")
    except OSError:
        pytest.skip("this file system keeps no such names")
    assert codes(load_packs([pack])) == ["GH504"]
