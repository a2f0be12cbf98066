"""A pack that was loaded before is read back only as far as it is asked for, and is the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from game.packs import Loaded, Pack, cache, find_packs, load_packs
from game.packs.reader import read_text
from game.packs.shape import adapter
from tests.packs.factory import changed, write_addition, write_pack


def loaded(*folders: Path) -> Pack:
    pack = load_packs(folders).pack
    assert pack is not None
    return pack


def whole_load(folder: Path) -> Path:
    """The file of the cache that holds a whole load."""
    return next(one for one in folder.iterdir() if b'"vocabulary"' in one.read_bytes())


def rewrite(folder: Path, notes: dict[str, Any], body: bytes | None = None) -> None:
    """Put other notes and another body in the place of what was kept, with the right checksum."""
    key = whole_load(folder).stem
    known = cache.load(key)
    assert known is not None
    cache.store(key, {**known[0], **notes}, known[1] if body is None else body)


def assert_same(warm: Pack, cold: Pack) -> None:
    for kind, entries in cold.placed.items():
        assert list(warm.placed[kind]) == list(entries)
        for name, placed in entries.items():
            again = warm.placed[kind][name]
            assert repr(again) == repr(placed)
            assert again.entry.model_fields_set == placed.entry.model_fields_set
    assert dict(warm.expressions) == dict(cold.expressions)
    assert dict(warm.hashes) == dict(cold.hashes)
    assert warm == cold


def test_the_core_pack_read_back_is_the_same_to_the_last_field() -> None:
    folder = find_packs()["core"]
    load_packs([folder])
    cold = load_packs([folder], use_cache=False).pack
    assert cold is not None
    assert_same(loaded(folder), cold)


def test_packs_that_change_one_another_are_read_back_the_same(tmp_path: Path) -> None:
    base = write_pack(tmp_path / "tiny")
    text = "- {change: tiny/buyers-come, rate: 0.05 * demand}\n"
    other = write_addition(tmp_path, "more", {"rules.yaml": text})
    load_packs([base, other])
    warm, cold = loaded(base, other), load_packs([base, other], use_cache=False).pack
    assert cold is not None
    assert_same(warm, cold)
    assert warm.rules["buyers-come"].rate == "0.05 * demand"
    assert warm.placed["rule"]["buyers-come"].changed["rate"][1] == "more"


def test_no_entry_is_built_before_it_is_asked_for(tmp_path: Path) -> None:
    load_packs([write_pack(tmp_path / "tiny")])
    with patch("game.packs.kept.adapter", wraps=adapter) as builds:
        pack = loaded(tmp_path / "tiny")
        assert "buyers-come" in pack.rules
        assert pack.events.keys()
        assert not builds.called
        assert pack.rules["buyers-come"] is pack.rules["buyers-come"]
        assert builds.call_count == 1


def test_after_an_edit_that_file_alone_is_read(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny")
    load_packs([pack])
    write_pack(pack, changed("rules/all.yaml", "rate: 0.02 * demand", "rate: 0.03 * demand"))
    with patch("game.packs.contents.read_text", wraps=read_text) as reads:
        assert loaded(pack).rules["buyers-come"].rate == "0.03 * demand"
    texts = [one.args[0] for one in reads.call_args_list]
    assert [text[:4] for text in texts if not text.startswith("id: tiny")] == [
        (pack / "rules" / "all.yaml").read_text(encoding="utf-8")[:4]
    ]


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"\xff" * 9_000, b'{"id":"other"}' * 900], ids=["none", "few", "junk", "x"]
)
def test_what_is_not_what_was_kept_is_taken_from_the_files(tmp_path: Path, body: bytes) -> None:
    good = load_packs([write_pack(tmp_path / "tiny")])
    rewrite(tmp_path / "cache", {}, body)
    poisoned = load_packs([tmp_path / "tiny"])
    assert poisoned == good
    assert poisoned.pack is not None
    assert not dict(poisoned.pack.expressions)


@pytest.mark.parametrize(
    "notes",
    [
        {"entries": []},
        {"entries": {"rule": 3}},
        {"hashes": {"tiny": 3}},
        {"said": [{"code": "GH999"}]},
        {"vocabulary": {"indicators": {"gdp": ["moon", 0, 1]}}},
        {"vocabulary": None},
        {"passages": 4},
        {"rules": "no"},
        {"files": 1},
    ],
    ids=lambda notes: json.dumps(notes)[:30],
)
def test_notes_that_are_none_are_a_miss(tmp_path: Path, notes: dict[str, Any]) -> None:
    good: Loaded = load_packs([write_pack(tmp_path / "tiny")])
    rewrite(tmp_path / "cache", notes)
    assert load_packs([tmp_path / "tiny"]) == good
