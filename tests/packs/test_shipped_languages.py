"""A pack that comes with the game and says that it speaks a language speaks it whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.packs import find_packs, load_pack
from game.packs.check_texts import check_texts, judged
from game.packs.contents import manifest_of
from game.packs.diagnostics import Findings
from game.packs.find import bytes_of
from game.packs.schema_model import Manifest


def manifest(root: Path) -> Manifest:
    found, _ = manifest_of(root / "pack.yaml", str(root), Findings())
    assert found is not None
    return found


CLAIMED = [
    (name, language)
    for name, root in find_packs().items()
    for language in manifest(root).languages[1:]
]


@pytest.mark.parametrize(("name", "language"), CLAIMED)
def test_every_text_is_translated_and_fits(name: str, language: str) -> None:
    root = find_packs()[name]
    standing = judged(load_pack(root), name, language, bytes_of(root / f"texts/{language}.po"))
    assert [one.message for one in standing.findings] == []
    assert standing.whole
    assert standing.translated == standing.total > 0


@pytest.mark.parametrize("name", find_packs())
def test_there_is_nothing_to_say_of_the_translations(name: str) -> None:
    assert [one.message for one in check_texts(load_pack(find_packs()[name]), name)] == []
