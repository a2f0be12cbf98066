"""A pack may come as one zip file, and a zip file may be anything at all."""

from __future__ import annotations

import stat
import unicodedata
import zipfile
import zlib
from pathlib import Path

import pytest

from game.packs import archive, find_packs, load_packs
from game.packs.find import bytes_of, listing
from game.packs.names import is_device, unfit
from tests.packs.conftest import codes, one
from tests.packs.factory import TINY, write_addition, write_files, write_pack
from tests.packs.zips import Piece, but, deflated, tiny_pieces, write_zip, zipped


def test_a_pack_in_a_zip_file_is_the_pack_in_the_folder(tmp_path: Path) -> None:
    folder = load_packs([write_pack(tmp_path / "tiny")])
    packed = load_packs([write_zip(tmp_path / "tiny.zip", tiny_pieces())])
    assert folder == packed
    assert packed.ok


def test_a_zip_file_of_any_common_program_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tiny.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.mkdir("tiny")
        for name, text in TINY.items():
            file.writestr(f"tiny/{name}", text)
    assert load_packs([path]).ok


def test_one_folder_round_everything_is_no_part_of_the_names(tmp_path: Path) -> None:
    junk = [Piece("__MACOSX/tiny-main/._pack.yaml"), Piece("tiny-main/.git/config")]
    path = write_zip(tmp_path / "a.zip", [*tiny_pieces(top="tiny-main/"), *junk])
    assert load_packs([path]).ok
    assert bytes_of(path / "channels.yaml").decode() == TINY["channels.yaml"]
    assert [each.name for each in listing(path, "events")] == ["all.yaml"]


def test_two_folders_side_by_side_are_no_pack(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", [*tiny_pieces(top="tiny/"), Piece("other/x.yaml")])
    assert "neither at the top" in one(load_packs([path]), "GH505").message


def test_a_finding_names_the_file_in_the_zip_file_and_its_line(tmp_path: Path) -> None:
    wrong = TINY["channels.yaml"].replace("title: Science", "tilte: Science")
    path = write_zip(tmp_path / "tiny.zip", tiny_pieces({"channels.yaml": wrong}))
    found = one(load_packs([path]), "GH201")
    assert (found.file, found.line) == (str(path / "channels.yaml"), 2)
    assert found.excerpt == "- {id: science, tilte: Science}"


def test_a_zip_file_inside_a_zip_file_is_not_read(tmp_path: Path) -> None:
    inner = zipped(tiny_pieces({"rules/all.yaml": "{{"}))
    path = write_zip(tmp_path / "tiny.zip", [*tiny_pieces(), Piece("rules/in.zip", inner)])
    loaded = load_packs([path])
    assert loaded.ok
    assert not loaded.diagnostics


def test_a_pack_that_is_required_may_lie_beside_in_a_zip_file(tmp_path: Path) -> None:
    write_zip(tmp_path / "anything.zip", tiny_pieces())
    added = write_addition(tmp_path, "more", {})
    loaded = load_packs([added])
    assert loaded.pack is not None
    assert list(loaded.pack.manifests) == ["tiny", "more"]


def test_packs_in_zip_files_are_found_and_the_newest_of_an_id_counts(tmp_path: Path) -> None:
    old = TINY["pack.yaml"]
    new = old.replace("0.1.0", "0.10.0")
    write_zip(tmp_path / "a.zip", tiny_pieces({"pack.yaml": new}))
    write_zip(tmp_path / "b.zip", tiny_pieces({"pack.yaml": old.replace("0.1.0", "0.9.0")}))
    (tmp_path / "broken.zip").write_bytes(b"PK")
    assert find_packs(tmp_path) == {
        "broken": tmp_path / "broken.zip",
        "tiny": tmp_path / "a.zip",
    }


def test_a_changed_zip_file_is_read_anew(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "tiny.zip", tiny_pieces())
    assert load_packs([path]).ok
    write_zip(path, tiny_pieces({"rules/all.yaml": "- 1"}))
    assert not load_packs([path]).ok


_LINK = (stat.S_IFLNK | 0o777) << 16
_PIPE = (stat.S_IFIFO | 0o666) << 16
_ACCENT = "docs/caf\u00e9.md"


@pytest.mark.parametrize(
    ("pieces", "code", "names"),
    [
        ([Piece("../evil.yaml")], "GH509", "../evil.yaml"),
        ([Piece("events/../../evil.yaml")], "GH509", "leads out"),
        ([Piece("/etc/passwd")], "GH509", "/etc/passwd"),
        ([Piece("events/./x.yaml")], "GH509", "events/./x.yaml"),
        ([Piece("events//x.yaml")], "GH509", "events//x.yaml"),
        ([Piece("", raw_name=b"")], "GH509", "''"),
        ([Piece("events\\evil.yaml")], "GH509", "backslash"),
        ([Piece("..\\evil.yaml")], "GH509", "backslash"),
        ([Piece("C:/evil.yaml")], "GH509", "C:/evil.yaml"),
        ([Piece("events/a.yaml:hidden")], "GH509", "colon"),
        ([Piece("events/CON.yaml")], "GH509", "CON.yaml"),
        ([Piece("aux/x.yaml")], "GH509", "aux"),
        ([Piece("events/com1.tar.gz")], "GH509", "com1.tar.gz"),
        ([Piece("events/LPT\u00b9.yaml")], "GH509", "device"),
        ([Piece("events/x.yaml.")], "GH509", "point"),
        ([Piece("events /x.yaml")], "GH509", "blank"),
        ([Piece("events/\x1b]0;x\x07.yaml")], "GH509", "cannot be shown"),
        ([Piece("events/a\x00.yaml")], "GH509", "cannot be shown"),
        ([Piece("events/\u202elmay.x")], "GH509", "cannot be shown"),
        ([Piece("docs/" + "a" * 300)], "GH509", "longer"),
        ([Piece("docs/" + "a/" * 20 + "b")], "GH509", "longer"),
        ([Piece("Events/all.yaml")], "GH510", "Events"),
        ([Piece("events/ALL.yaml")], "GH510", "events/ALL.yaml"),
        ([Piece(_ACCENT), Piece(unicodedata.normalize("NFD", _ACCENT))], "GH510", "docs/caf"),
        ([Piece("docs/stra\u00dfe.md"), Piece("docs/strasse.md")], "GH510", "strasse"),
        ([Piece("pack.yaml")], "GH510", "pack.yaml"),
        ([Piece("events/l.yaml", attributes=_LINK)], "GH511", "events/l.yaml"),
        ([Piece("events", attributes=_LINK)], "GH511", "events"),
        ([Piece("events/p.yaml", attributes=_PIPE)], "GH511", "events/p.yaml"),
        ([Piece("events/j/", attributes=0x410)], "GH511", "events/j/"),
        ([Piece("events/x.yaml", flags=0x0801)], "GH512", "events/x.yaml"),
        ([Piece("events/x.yaml", flags=0x0841)], "GH512", "events/x.yaml"),
        ([Piece("events/x.yaml", method=12)], "GH513", "events/x.yaml"),
        ([Piece("events/x.yaml", method=99)], "GH513", "number 99"),
        ([Piece("events/x.yaml", bytes(10_000_000))], "GH514", "events/x.yaml"),
        ([Piece("images/x.png", bytes(10_000_000))], "GH514", "images/x.png"),
        ([Piece("events/x.yaml", packed=False, says_size=3)], "GH515", "events/x.yaml"),
        ([Piece(f"docs/{n}.md", says_size=2**25, says_packed=2**20) for n in range(3)],
         "GH507", "cut short"),
        ([Piece(f"docs/{n}.md", bytes([n % 7]) * 60_000) for n in range(2_000)],
         "GH508", "64 MB"),
        ([Piece(f"docs/{n}.md") for n in range(5_000)], "GH508", "4,000 files"),
        ([Piece(f"docs/{n}.md", comment=b"c" * 60_000) for n in range(40)], "GH508", "2 MB"),
        ([Piece("docs/a.md", local_name=b"docs/b.md")], "GH507", "docs/a.md"),
        ([Piece("docs/a.md", at=2**31)], "GH507", "docs/a.md"),
        ([Piece("docs/a.md", at=0)], "GH507", "docs/a.md"),
        ([Piece("docs/\u00e9.md", raw_name=b"docs/\xff.md")], "GH507", "UTF-8"),
        ([Piece("docs/a.md", says_size=2**32 - 1)], "GH507", "zip64"),
    ],
)  # fmt: skip
def test_a_zip_file_with_what_no_pack_holds_is_refused_and_the_member_named(
    pieces: list[Piece], code: str, names: str, tmp_path: Path
) -> None:
    path = write_zip(tmp_path / "tiny.zip", [*tiny_pieces(), *pieces])
    loaded = load_packs([path], use_cache=False)
    assert codes(loaded) == [code]
    assert names in loaded.diagnostics[0].message
    assert loaded.diagnostics[0].file == str(path)
    assert not loaded.diagnostics[0].excerpt
    assert sorted(tmp_path.iterdir()) == [path]


def test_members_over_one_another_are_refused(tmp_path: Path) -> None:
    inner = zipped([Piece("docs/b.md", b"x" * 500, packed=False)])
    outer = Piece("docs/a.md", inner, packed=False)
    at = 30 + len("docs/a.md")
    inside = Piece("docs/b.md", b"x" * 500, packed=False, at=at)
    path = write_zip(tmp_path / "tiny.zip", [outer, inside, *tiny_pieces()])
    assert "over one another" in one(load_packs([path]), "GH507").message


@pytest.mark.parametrize(
    "piece",
    [
        Piece("", b"- {" + b"x" * 99 + b"}", says_check=1),
        Piece("", b"- {" + b"x" * 99 + b"}", says_size=50),
        Piece("", b"- {" + b"x" * 99 + b"}", says_size=500),
        Piece("", bytes(3_000_000), says_size=100),
        Piece("", b"\xff" * 50, packed=False, method=8),
        Piece("", deflated(b"x" * 99)[:-4], packed=False, method=8, says_size=99),
    ],
)
def test_a_member_that_is_not_what_the_index_says_is_told(piece: Piece, tmp_path: Path) -> None:
    changes = {
        name: getattr(piece, name)
        for name in ("body", "says_check", "says_size", "packed", "method")
    }
    path = write_zip(tmp_path / "tiny.zip", but(tiny_pieces(), "rules/all.yaml", **changes))
    found = one(load_packs([path], use_cache=False), "GH515")
    assert found.file == str(path / "rules" / "all.yaml")


def test_no_more_is_unpacked_than_the_index_says(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = zipped([Piece("pack.yaml", bytes(1_000_000), says_size=100)])
    most: list[int] = []
    real = zlib.decompressobj

    class Watched:
        def __init__(self, window: int) -> None:
            self.inner = real(window)

        def decompress(self, data: bytes, limit: int) -> bytes:
            most.append(limit)
            return self.inner.decompress(data, limit)

    monkeypatch.setattr(archive.zlib, "decompressobj", Watched)  # type: ignore[attr-defined]
    with pytest.raises(OSError, match="more than the zip file says"):
        archive.archive_of(raw).read("pack.yaml", 5_000_000)
    assert most == [101]


@pytest.mark.parametrize("left", [0, 1, 4, 21, 22, 100, -1, -21, -22, -23])
def test_a_zip_file_that_was_cut_off_is_told(left: int, tmp_path: Path) -> None:
    raw = zipped(tiny_pieces())
    path = tmp_path / "tiny.zip"
    path.write_bytes(raw[:left])
    assert codes(load_packs([path])) == ["GH507"]


@pytest.mark.parametrize(
    "raw",
    [
        b"not a zip file at all",
        zipped(tiny_pieces(), count=3),
        zipped(tiny_pieces(), count=300),
        zipped(tiny_pieces(), count=0xFFFF),
        b"#!/bin/sh\n" + zipped(tiny_pieces()),
        zipped(tiny_pieces()) + b"more",
        zipped(tiny_pieces()) + zipped(tiny_pieces()),
        zipped(tiny_pieces(), comment=zipped([])),
    ],
    ids=["text", "fewer", "more", "zip64", "before", "after", "two", "comment"],
)
def test_a_zip_file_that_contradicts_itself_is_told(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "tiny.zip"
    path.write_bytes(raw)
    assert codes(load_packs([path])) == ["GH507"]


def test_a_comment_is_no_harm(tmp_path: Path) -> None:
    assert load_packs([write_zip(tmp_path / "t.zip", tiny_pieces(), comment=b"x" * 65_535)]).ok


def test_a_zip_file_past_all_measure_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "LARGEST_ARCHIVE", 1_000)
    path = write_zip(tmp_path / "tiny.zip", tiny_pieces())
    assert "16 MB" in one(load_packs([path]), "GH508").message


def test_a_refused_zip_file_does_not_keep_another_from_loading(tmp_path: Path) -> None:
    write_zip(tmp_path / "bad.zip", [*tiny_pieces(), Piece("../x")])
    assert load_packs([write_zip(tmp_path / "good.zip", tiny_pieces())]).ok


def test_a_file_that_is_no_zip_by_its_name_is_no_pack(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "tiny.tar", tiny_pieces())
    assert "no .zip" in one(load_packs([path]), "GH505").message


def test_names_that_differ_in_capitals_are_refused_in_folders_too(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny")
    write_files(pack, {"rules/All.yaml": "[]"})
    if len(list((pack / "rules").iterdir())) == 1:
        pytest.skip("this file system takes them for one")
    assert one(load_packs([pack]), "GH510").severity == "error"


def test_names_that_are_devices_elsewhere_are_not_read(tmp_path: Path) -> None:
    pack = write_files(write_pack(tmp_path / "tiny"), {"rules/nul.yaml": "{{"})
    assert "device" in one(load_packs([pack]), "GH504").message


def test_a_folder_of_very_many_files_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.packs.find.MOST_LISTED", 50)
    pack = write_files(write_pack(tmp_path / "t"), {f"rules/{n}.txt": "" for n in range(60)})
    assert "more than 50 files" in one(load_packs([pack]), "GH506").message


@pytest.mark.parametrize("name", ["con", "CON.x", "Aux.tar.gz", "lpt9", "COM\u00b2", "nul .yaml"])
def test_devices(name: str) -> None:
    assert is_device(name)


@pytest.mark.parametrize("name", ["console", "com", "com10", "null.yaml", "auxiliary/x", "a con"])
def test_no_devices(name: str) -> None:
    assert unfit(name) is None
