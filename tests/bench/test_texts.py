"""`pack texts`: from a pack to a translator and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from game.checking import check_folder
from game.cli import main
from game.packs.po import Message, read_messages
from tests.packs.factory import write_files, write_pack

CLOSE = 'msgctxt "event/idle-mill:choices.close.label"\nmsgid "Close it"\nmsgstr "Schließen"\n'


def texts(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["pack", "texts", *map(str, arguments)])


def german(pack: Path) -> dict[str, Message]:
    return {one.address: one for one in read_messages((pack / "texts/de.po").read_bytes())}


def tell(pack: Path, address: str, told: str) -> None:
    """Do a translator's work on one text."""
    path = pack / "texts/de.po"
    before, _, after = path.read_text(encoding="utf-8").partition(f'msgctxt "{address}"')
    head, _, rest = after.partition('msgstr ""')
    path.write_text(f'{before}msgctxt "{address}"{head}msgstr "{told}"{rest}', encoding="utf-8")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "tiny")


def test_every_text_is_listed_with_its_address(pack: Path) -> None:
    done = texts(pack)
    assert done.exit_code == 0
    assert "event/idle-mill:choices.close.label  Close it" in done.output.splitlines()


def test_the_list_as_json_says_what_fits(pack: Path) -> None:
    rows = {row["address"]: row for row in json.loads(texts(pack, "--json").output)}
    assert rows["sector/wool:short"] == {"address": "sector/wool:short", "text": "Wool", "fits": 14}


def test_texts_are_counted_by_kind(pack: Path) -> None:
    counts = json.loads(texts(pack, "--count", "--json").output)
    assert counts["pack"] == 1
    assert sum(counts.values()) == len(json.loads(texts(pack, "--json").output))


def test_an_export_says_what_each_text_is_what_fits_and_where_it_stands(pack: Path) -> None:
    done = texts(pack, "--export", "de")
    assert done.exit_code == 0
    assert "0 of" in done.output
    raw = (pack / "texts/de.po").read_text(encoding="utf-8")
    message = raw[: raw.index('msgctxt "event/idle-mill:choices.close.label"')].rpartition("\n\n")[
        2
    ]
    assert "At most 78 columns" in message
    assert '"An idle mill"' in message
    assert "#: events/all.yaml:" in message


def test_an_export_keeps_translations_and_marks_what_changed(pack: Path) -> None:
    texts(pack, "--export", "de")
    tell(pack, "event/idle-mill:choices.close.label", "Schließen")
    tell(pack, "event/idle-mill:choices.wait.label", "Warten")
    events = (pack / "events/all.yaml").read_text(encoding="utf-8")
    changed = events.replace("label: Close it", "label: Close the mill")
    (pack / "events/all.yaml").write_text(changed, encoding="utf-8")
    done = texts(pack, "--export", "de")
    assert "1 of" in done.output
    assert "1 to look at again" in done.output
    close = german(pack)["event/idle-mill:choices.close.label"]
    assert (close.told, close.fuzzy, close.previous) == ("Schließen", True, "Close it")
    assert not german(pack)["event/idle-mill:choices.wait.label"].fuzzy
    (pack / "events/all.yaml").write_text(events, encoding="utf-8")


def test_what_is_gone_is_kept_for_its_words_and_comes_back_with_its_text(pack: Path) -> None:
    address = "rule/mills-follow-banks:says"
    po = f'msgctxt "{address}"\nmsgid "Money builds mills."\nmsgstr "Geld baut Fabriken."\n'
    write_files(pack, {"texts/de.po": po})
    texts(pack, "--export", "de")
    old = german(pack)[address]
    assert (old.told, old.obsolete) == ("Geld baut Fabriken.", True)
    rules = (pack / "rules/all.yaml").read_text(encoding="utf-8")
    write_files(pack, {"rules/all.yaml": rules.replace("mills-follow-money", "mills-follow-banks")})
    texts(pack, "--export", "de")
    back = german(pack)[address]
    assert (back.told, back.obsolete) == ("Geld baut Fabriken.", False)


def test_an_export_of_what_has_not_changed_changes_nothing(pack: Path) -> None:
    texts(pack, "--export", "de")
    tell(pack, "event/idle-mill:choices.close.label", "Schließen")
    texts(pack, "--export", "de")
    first = (pack / "texts/de.po").read_bytes()
    texts(pack, "--export", "de")
    assert (pack / "texts/de.po").read_bytes() == first


def test_a_translators_file_is_put_in_its_place(pack: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"from-anna.po": CLOSE})
    done = texts(pack, "--import", tmp_path / "from-anna.po", "de")
    assert done.exit_code == 0
    assert german(pack)["event/idle-mill:choices.close.label"].told == "Schließen"
    assert len(german(pack)) > 1


def test_a_file_with_errors_is_told_and_left_where_it_is(pack: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"bad.po": CLOSE.replace("Schließen", "{warden} schließt")})
    done = texts(pack, "--import", tmp_path / "bad.po", "de")
    assert done.exit_code == 1
    assert "GH645" in done.output
    assert "bad.po:3" in done.output
    assert not (pack / "texts").exists()


def test_the_status_counts_what_is_done_and_what_is_not(pack: Path) -> None:
    write_files(
        pack,
        {
            "texts/de.po": CLOSE
            + '\nmsgctxt "sector/wool:short"\nmsgid "Wool"\nmsgstr "Wollindustrie im Tal"\n'
            + '\nmsgctxt "sector/wool:title"\nmsgid "Sheep"\nmsgstr "Schafe"\n'
        },
    )
    told = json.loads(texts(pack, "--status", "--json").output)
    (row,) = told["translations"]
    assert told["language"] == "en"
    assert row["language"] == "de"
    assert (row["translated"], row["stale"], row["too_wide"]) == (2, 1, 1)
    assert row["translated"] + row["stale"] + row["missing"] == row["total"]
    table = texts(pack, "--status").output.splitlines()
    assert table[1].split()[:3] == ["language", "texts", "translated"]
    assert table[2].split()[0] == "de"


def test_a_chinese_character_takes_two_columns(pack: Path) -> None:
    fits, wide = "羊毛产业协会总", "羊毛产业协会总会"
    for told, count in ((fits, 0), (wide, 1)):
        po = f'msgctxt "sector/wool:short"\nmsgid "Wool"\nmsgstr "{told}"\n'
        write_files(pack, {"texts/zh_CN.po": po})
        status = json.loads(texts(pack, "--status", "--json").output)
        assert status["translations"][0]["too_wide"] == count


def test_check_tells_of_translations_and_of_what_is_missing_in_one_line(pack: Path) -> None:
    write_files(pack, {"texts/de.po": CLOSE.replace("Close it", "Shut it")})
    said = [one for one in check_folder(pack).diagnostics if one.code.startswith("GH64")]
    assert [(one.code, one.line) for one in said] == [("GH644", 1), ("GH642", 2)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--export", "german"], "german is no language"),
        (["--export", "en"], "is written in en"),
        (["--export", "../de"], "is no language"),
        (["--import", "nowhere.po", "de"], "there is no file nowhere.po"),
        (["--export", "de", "--status"], "take one of"),
    ],
)
def test_wrong_usage_is_one_clear_line(pack: Path, arguments: list[str], words: str) -> None:
    done = texts(pack, *arguments)
    assert done.exit_code == 2
    assert words in done.output
    assert len(done.output.strip().splitlines()) <= 3


def test_a_pack_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = texts(tmp_path / "nothing")
    assert done.exit_code == 2
    assert "there is no pack" in done.output


def test_a_broken_file_is_not_written_over(pack: Path) -> None:
    write_files(pack, {"texts/de.po": "what is this\n"})
    done = texts(pack, "--export", "de")
    assert done.exit_code == 2
    assert "de.po:1" in done.output
    assert (pack / "texts/de.po").read_text(encoding="utf-8") == "what is this\n"
