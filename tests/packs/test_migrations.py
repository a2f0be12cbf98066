"""Packs of every form that there ever was load; newer ones are told so.

`frozen/format-1` is a pack as they were written in that form. It is never changed: whatever comes
later must go on reading it, and every new form adds a frozen pack of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from game.engine import compile_model
from game.packs import load_packs, migrations, schema
from tests.packs.conftest import codes, one
from tests.packs.factory import TINY, write_addition, write_pack

FROZEN = sorted((Path(__file__).parent / "frozen").iterdir())


def renamed(shelf: str, data: Any) -> Any:
    """A step that was made up: in form 2 `says` of rules is `words`, and a manifest has `kind`."""
    for entry in migrations.entries(data):
        if shelf == "rules" and "words" in entry:
            entry["says"] = entry.pop("words")
        if shelf == migrations.MANIFEST:
            entry.pop("kind", None)
    return data


@pytest.fixture
def _a_newer_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "FORMAT", 2)
    monkeypatch.setattr(migrations, "STEPS", {1: renamed})


OLD = {
    "pack.yaml": TINY["pack.yaml"] + "kind: model\n",
    "rules/all.yaml": TINY["rules/all.yaml"].replace("says:", "words:"),
}


def test_every_form_has_a_step_to_the_next_and_a_frozen_pack() -> None:
    assert sorted(migrations.STEPS) == list(range(1, schema.FORMAT))
    assert [path.name for path in FROZEN] == [f"format-{n + 1}" for n in range(schema.FORMAT)]


@pytest.mark.parametrize("folder", FROZEN, ids=lambda path: path.name)
def test_a_frozen_pack_loads_and_plays(folder: Path) -> None:
    loaded = load_packs([folder], use_cache=False)
    assert loaded.pack is not None
    assert not [each for each in loaded.diagnostics if each.severity == "error"]
    assert f"format-{loaded.pack.manifests['tiny'].format}" == folder.name
    assert set(loaded.pack.rules) == {
        "mills-follow-money", "buyers-come", "buyers-waver", "schools-teach", "doors-open",
    }  # fmt: skip
    assert compile_model(loaded.pack, "valleys").scenario.id == "valleys"


@pytest.mark.usefixtures("_a_newer_form")
def test_a_step_brings_an_older_pack_to_the_newest_form(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny", OLD)
    for _ in range(2):
        loaded = load_packs([pack])
        assert loaded.pack is not None
        assert loaded.pack.rules["buyers-come"].says == "More buyers every year."
    assert "words:" in (pack / "rules" / "all.yaml").read_text()


@pytest.mark.usefixtures("_a_newer_form")
def test_packs_of_several_forms_play_together(tmp_path: Path) -> None:
    write_pack(tmp_path / "tiny", OLD)
    rule = "- {id: rain, adds_to: demand, rate: -1, says: Wet., because: [tiny/notes-rain]}\n"
    added = write_addition(tmp_path, "more", {"rules/own.yaml": rule})
    newest = (added / "pack.yaml").read_text().replace("format: 1", "format: 2")
    (added / "pack.yaml").write_text(newest)
    loaded = load_packs([added])
    assert loaded.pack is not None
    assert loaded.pack.rules["rain"].says == "Wet."
    assert loaded.pack.rules["buyers-come"].says == "More buyers every year."


@pytest.mark.usefixtures("_a_newer_form")
def test_the_cache_keeps_forms_apart(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny", {"rules/all.yaml": OLD["rules/all.yaml"]})
    assert load_packs([pack]).ok
    newest = TINY["pack.yaml"].replace("format: 1", "format: 2")
    (pack / "pack.yaml").write_text(newest)
    assert "GH201" in codes(load_packs([pack]))


@pytest.mark.usefixtures("_a_newer_form")
def test_what_is_wrong_in_an_older_pack_is_told_where_it_stands(tmp_path: Path) -> None:
    wrong = OLD["rules/all.yaml"].replace("adds_to: learning", "adds_to: lerning")
    loaded = load_packs([write_pack(tmp_path / "tiny", {**OLD, "rules/all.yaml": wrong})])
    assert one(loaded, "GH211").line == wrong.split("lerning")[0].count("\n") + 1


@pytest.mark.usefixtures("_a_newer_form")
@pytest.mark.parametrize("text", ["- 1\n", "a: b\n", "x\n", "- [1]\n", "- words: [1]\n"])
def test_a_step_meets_any_data(text: str, tmp_path: Path) -> None:
    loaded = load_packs([write_pack(tmp_path / "tiny", {"rules/all.yaml": text})])
    assert not loaded.ok


@pytest.mark.parametrize("stated", ["2", "99", "1000000000000"])
def test_a_form_from_the_future_is_all_that_is_told(stated: str, tmp_path: Path) -> None:
    manifest = f"id: [x]\nformat: {stated}\nfuture: true\n"
    loaded = load_packs([write_pack(tmp_path / "tiny", {"pack.yaml": manifest})])
    assert codes(loaded) == ["GH401"]


@pytest.mark.parametrize("stated", ["0", "-1"])
def test_a_form_that_never_was_is_told(stated: str, tmp_path: Path) -> None:
    manifest = TINY["pack.yaml"].replace("format: 1", f"format: {stated}")
    assert codes(load_packs([write_pack(tmp_path / "tiny", {"pack.yaml": manifest})])) == ["GH401"]


@pytest.mark.parametrize("stated", ["true", "one", "1.0", "[1]", "null"])
def test_a_form_that_is_no_number_is_a_mistake_like_any_other(stated: str, tmp_path: Path) -> None:
    manifest = TINY["pack.yaml"].replace("format: 1", f"format: {stated}")
    loaded = load_packs([write_pack(tmp_path / "tiny", {"pack.yaml": manifest})])
    assert loaded.diagnostics[0].code in {"GH204", "GH203"}
