"""A pack in another language: its prose, and nothing else, is what the PO files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.packs import Pack, load_pack
from game.packs.texts import all_texts, texts_of
from game.packs.translate import translated
from tests.packs.factory import write_files, write_pack

CLOSE = 'msgctxt "event/idle-mill:choices.close.label"\nmsgid "Close it"\nmsgstr "Schließen"\n'
RECALL = 'msgctxt "event/idle-mill:recalls.0.says"\nmsgid "{warden} remembers the last one."\n'


def spoken(folder: Path, po: str, language: str = "de", **files: str | None) -> Pack:
    """The tiny pack with a German file, in a language."""
    return translated(written(folder, po, **files), language)


def written(folder: Path, po: str, **files: str | None) -> Pack:
    return load_pack(write_pack(folder / "tiny", {"texts/de.po": po, **files}), use_cache=False)


def label(pack: Pack, choice: int = 0) -> str:
    return pack.events["idle-mill"].choices[choice].label


def test_each_text_has_an_address_of_its_own(tmp_path: Path) -> None:
    told = texts_of(load_pack(write_pack(tmp_path / "tiny")), "tiny")
    addresses = [one.address for one in told]
    assert len(set(addresses)) == len(addresses)
    assert {
        "pack/tiny:title",
        "event/idle-mill:choices.close.label",
        "event/idle-mill:recalls.0.says",
        "source/notes:passages.notes-mills.claim",
    } <= set(addresses)


def test_words_of_documents_and_units_have_no_address(tmp_path: Path) -> None:
    told = texts_of(load_pack(write_pack(tmp_path / "tiny")), "tiny")
    assert {one.field for one in told} & {"quote", "unit", "authors", "licence", "section"} == set()


def test_a_text_of_an_entry_with_an_id_keeps_its_address_when_the_order_changes(
    tmp_path: Path,
) -> None:
    pack = load_pack(write_pack(tmp_path / "tiny"))
    event = pack.events["idle-mill"]
    turned = event.model_copy(update={"choices": event.choices[::-1]})
    assert [one.id for one in turned.choices] == ["wait", "pay", "close"]
    placed = dict(pack.placed["event"])
    before = {one.address: one.text for one in all_texts(pack) if "choices" in one.address}
    from dataclasses import replace

    placed["idle-mill"] = replace(placed["idle-mill"], entry=turned)
    after = all_texts(replace(pack, placed={**pack.placed, "event": placed}))
    assert {one.address: one.text for one in after if "choices" in one.address} == before


def test_what_is_translated_reads_in_the_language_and_the_rest_as_it_was(tmp_path: Path) -> None:
    pack = spoken(tmp_path, CLOSE)
    assert label(pack) == "Schließen"
    assert label(pack, 1) == "Pay on"
    assert pack.placed["event"]["idle-mill"].entry is pack.events["idle-mill"]


def test_nothing_but_prose_differs(tmp_path: Path) -> None:
    plain = written(tmp_path, CLOSE)
    pack = translated(plain, "de")
    assert pack.hashes == plain.hashes
    assert pack.expressions is plain.expressions
    assert pack.vocabulary is plain.vocabulary
    assert list(pack.events) == list(plain.events)
    before, after = plain.events["idle-mill"], pack.events["idle-mill"]
    assert after.choices[0].effects == before.choices[0].effects
    assert after.model_fields_set == before.model_fields_set


def test_a_pack_without_the_language_is_given_back_as_it_is(tmp_path: Path) -> None:
    plain = written(tmp_path, CLOSE)
    assert translated(plain, "fr") is plain
    assert translated(plain, "en") is plain
    assert translated(plain, "../de") is plain


def test_a_language_of_a_country_falls_back_on_the_language(tmp_path: Path) -> None:
    assert label(spoken(tmp_path, CLOSE, "de_AT")) == "Schließen"


@pytest.mark.parametrize(
    "po",
    [
        CLOSE.replace("Close it", "Close the mill"),  # another text stands there now
        "#, fuzzy\n" + CLOSE,
        CLOSE.replace("Schließen", ""),
        CLOSE.replace("Schließen", "   "),
        CLOSE.replace("Schließen", "Schließen {warden}"),
        CLOSE.replace("Schließen", "Schlie\\rßen"),
        CLOSE.replace("idle-mill", "idle-mil"),
        "#~ " + CLOSE.replace("\n", "\n#~ ").removesuffix("#~ "),
        CLOSE + "what is this\n",
        CLOSE.removesuffix('"\n'),
    ],
    ids=["stale", "fuzzy", "empty", "blank", "names", "control", "unknown", "old", "junk", "cut"],
)  # fmt: skip
def test_what_cannot_be_used_leaves_the_original(tmp_path: Path, po: str) -> None:
    assert label(spoken(tmp_path, po)) == "Close it"


def test_one_broken_message_leaves_the_others(tmp_path: Path) -> None:
    pack = spoken(tmp_path, CLOSE + "\n" + RECALL + 'msgstr "Er erinnert sich."\n')
    assert label(pack) == "Schließen"
    assert pack.events["idle-mill"].recalls[0].says == "{warden} remembers the last one."


def test_names_may_change_their_place(tmp_path: Path) -> None:
    pack = spoken(tmp_path, RECALL + 'msgstr "Daran erinnert sich {warden}."\n')
    assert pack.events["idle-mill"].recalls[0].says == "Daran erinnert sich {warden}."


def test_a_text_without_an_id_is_found_by_its_words_where_its_place_changed(
    tmp_path: Path,
) -> None:
    po = RECALL.replace("recalls.0", "recalls.7") + 'msgstr "{warden} weiß es noch."\n'
    assert spoken(tmp_path, po).events["idle-mill"].recalls[0].says == "{warden} weiß es noch."


def test_a_passage_reads_alike_wherever_it_is_found(tmp_path: Path) -> None:
    po = (
        'msgctxt "source/notes:passages.notes-mills.claim"\nmsgid "Money builds mills."\n'
        'msgstr "Geld baut Fabriken."\n'
    )
    pack = spoken(tmp_path, po)
    assert pack.passages["notes-mills"].claim == "Geld baut Fabriken."
    assert pack.passages["notes-mills"].quote == "Mills follow money."
    assert pack.passages["notes-mills"].source is pack.sources["notes"]
    assert pack.placed["passage"]["notes-mills"].entry is pack.sources["notes"].passages[0]


def test_a_pack_may_translate_what_it_requires(tmp_path: Path) -> None:
    write_pack(tmp_path / "tiny")
    more = write_files(
        tmp_path / "german",
        {
            "pack.yaml": "id: german\ntitle: German\nversion: 1.0.0\nformat: 1\nrequires: [tiny]\n",
            "texts/de.po": CLOSE,
        },
    )
    from game.packs import load_packs

    loaded = load_packs([tmp_path / "tiny", more], use_cache=False)
    assert loaded.pack is not None, loaded.diagnostics
    assert label(translated(loaded.pack, "de")) == "Schließen"


def test_markup_in_a_translation_is_text_like_any_other(tmp_path: Path) -> None:
    pack = spoken(tmp_path, CLOSE.replace("Schließen", "[@click=app.quit]Schließen[/]"))
    assert label(pack) == "[@click=app.quit]Schließen[/]"
