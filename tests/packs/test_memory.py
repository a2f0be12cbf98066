"""Who loads the same packs again and again is told the same as who loads them once."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from game.packs import load_packs
from game.packs.memory import Memory
from game.packs.reader import read_text
from tests.packs.factory import TINY, write_addition, write_pack

EDITS = {
    "a number": ("rules/all.yaml", "rate: 0.02 * demand", "rate: 0.03 * demand"),
    "a name that is not there": ("rules/all.yaml", "rate: 0.02 * demand", "rate: 0.02 * demnd"),
    "bounds": ("indicators/all.yaml", "bounds: [1, 10000]", "bounds: [0, 10000]"),
    "an indicator's id": ("indicators/all.yaml", "id: learning", "id: learned"),
    "an indicator made computed": (
        "indicators/all.yaml",
        "bounds: [0, 100], start: 20",
        "bounds: [0, 100], is: '20'",
    ),
    "an event's id": ("events/all.yaml", "- id: ", "- id: un"),
    "a sector's id": ("sectors.yaml", "id: wool", "id: wooll"),
    "a broken file": ("sectors.yaml", "- {id: wool", "- {id: [wool"),
    "a person's id": ("people.yaml", "id: ", "id: un"),
    "an instrument's scope": ("instruments/all.yaml", "scope: sector", "scope: nation"),
    "no scenario": ("scenarios/valleys.yaml", "id: valleys", "ids: valleys"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_and_its_undoing_are_told_as_by_a_first_load(
    tmp_path: Path, edit: tuple[str, str, str]
) -> None:
    pack = write_pack(tmp_path / "tiny")
    more = write_addition(
        tmp_path, "more", {"rules.yaml": "- {change: tiny/buyers-come, rate: 0.02 * demand}\n"}
    )
    inside, old, new = edit
    assert old in TINY[inside]
    memory = Memory()
    for text in (TINY[inside], TINY[inside].replace(old, new), TINY[inside]):
        (pack / inside).write_text(text, encoding="utf-8")
        for folders in ([pack], [pack, more]):
            assert load_packs(folders, memory=memory) == load_packs(folders, use_cache=False)


def test_a_file_that_comes_and_goes_is_seen(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny")
    memory = Memory()
    before = load_packs([pack], memory=memory)
    extra = pack / "events" / "more.yaml"
    extra.write_text("- {id: rain, title: Rain, when: output > 1}\n", encoding="utf-8")
    assert load_packs([pack], memory=memory) == load_packs([pack], use_cache=False) != before
    extra.unlink()
    assert load_packs([pack], memory=memory) == before


def test_files_that_did_not_change_are_not_read_again(tmp_path: Path) -> None:
    pack, memory = write_pack(tmp_path / "tiny"), Memory()
    load_packs([pack], memory=memory)
    with patch("game.packs.contents.read_text", wraps=read_text) as reads:
        load_packs([pack], memory=memory)
    assert [one.args[0] for one in reads.call_args_list] == [TINY["pack.yaml"]]
