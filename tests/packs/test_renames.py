"""An entry that was renamed is still found by its former ids, and who uses one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.engine import compile_model
from game.packs import Loaded, load_packs
from tests.packs.conftest import Load, codes, one
from tests.packs.factory import TINY, changed, write_addition, write_pack


@pytest.mark.parametrize(
    ("inside", "old", "new", "used"),
    [
        ("channels.yaml", "{id: finance,", "{id: money, former_ids: [finance],", 1),
        ("sectors.yaml", "{id: wool,", "{id: cloth, former_ids: [wool],", 9),
        ("indicators/all.yaml", "{id: learning,", "{id: wisdom, former_ids: [learning],", 7),
        ("indicators/all.yaml", "{id: capacity,", "{id: mills, former_ids: [capacity],", 9),
        ("instruments/all.yaml", "{id: schools,", "{id: lessons, former_ids: [schools],", 8),
        ("events/all.yaml", "- id: long-rain", "- id: rain\n  former_ids: [long-rain]", 2),
        ("endings/all.yaml", "- id: busy", "- id: hum\n  former_ids: [busy]", 1),
        ("aims.yaml", "{id: work,", "{id: jobs, former_ids: [work],", 1),
    ],
)
def test_references_by_a_former_id_hold_and_are_told(
    inside: str, old: str, new: str, used: int, load: Load
) -> None:
    loaded = load(changed(inside, old, new))
    assert loaded.pack is not None, [each.message for each in loaded.diagnostics]
    assert set(codes(loaded)) == {"GH224"}
    assert len(codes(loaded)) >= used
    assert compile_model(loaded.pack, "valleys")


def test_the_warning_stands_at_the_former_id(load: Load) -> None:
    loaded = load(changed("aims.yaml", "{id: work,", "{id: jobs, former_ids: [work],"))
    found = one(loaded, "GH224")
    assert found.file.endswith("valleys.yaml")
    assert found.message == "'work' is called 'jobs' now"
    assert "aims: [work]" in found.excerpt
    assert found.excerpt[found.col - 1 : found.end_col - 1] == "work"


def test_a_pack_that_was_written_for_the_former_ids_of_another_plays(tmp_path: Path) -> None:
    renamed = {
        **changed("events/all.yaml", "- id: long-rain", "- id: rain\n  former_ids: [long-rain]"),
        **changed("rules/all.yaml", "{id: doors-open,", "{id: doors, former_ids: [doors-open],"),
    }
    write_pack(tmp_path / "tiny", renamed)
    files = {
        "rules/own.yaml": "- {change: tiny/doors-open, says: Open.}\n",
        "events/own.yaml": (
            "- {id: flood, title: Flood, bulletin: Wet., because: [tiny/notes-rain],\n"
            "  grade: invented, chance: 0.1, when: fired('long-rain') and rainfall > 0,\n"
            "  effects: [{schedule: {event: tiny/long-rain, in: 2}, says: More.}]}\n"
        ),
    }
    loaded = load_packs([write_addition(tmp_path, "more", files)])
    assert loaded.pack is not None, [each.message for each in loaded.diagnostics]
    assert loaded.pack.rules["doors"].says == "Open."
    event = loaded.pack.events["flood"]
    assert event.when == "fired('rain') and rainfall > 0"
    own = [each for each in loaded.diagnostics if "more" in each.file]
    assert [each.code for each in own] == ["GH224"] * 3


def test_what_is_no_reference_keeps_its_words(load: Load) -> None:
    files = changed("indicators/all.yaml", "{id: learning,", "{id: wisdom, former_ids: [learning],")
    lesson = "- {id: a, title: On learning, text: learning, because: [notes-mills]}\n"
    rule = (
        "- {id: a, adds_to: wisdom, rate: 'counter(\"learning.old\") + learning', "
        "because: [notes-mills], grade: invented, says: More learning.}\n"
    )
    events = (
        "- {id: e, title: T, chance: 0.1, bulletin: B., because: [notes-rain], grade: invented,\n"
        "  effects: [{count: {learning.old: 1}}]}\n"
    )
    loaded = load(
        {**files, "lessons/x.yaml": lesson, "rules/x.yaml": rule, "events/x.yaml": events}
    )
    assert loaded.pack is not None, [each.message for each in loaded.diagnostics]
    assert loaded.pack.lessons["a"].text == "learning"
    assert loaded.pack.rules["a"].rate == 'counter("learning.old") + wisdom'
    assert loaded.pack.rules["a"].says == "More learning."


def _twice(load: Load, second: str) -> Loaded:
    text = TINY["aims.yaml"].replace("{id: work,", "{id: jobs, former_ids: [work],")
    more = second + "  title: T, says: S., when: learning > 50, because: [notes-mills]}\n"
    return load({"aims.yaml": text + more})


@pytest.mark.parametrize("second", ["- {id: toil, former_ids: [work],\n", "- {id: work,\n"])
def test_an_id_belongs_to_one_entry_for_ever(second: str, load: Load) -> None:
    found = one(_twice(load, second), "GH225")
    assert "'work'" in found.message
    assert len(found.related) == 1


def test_former_ids_that_nobody_uses_are_nothing_to_tell(load: Load) -> None:
    assert not load(
        changed("aims.yaml", "{id: work,", "{id: work, former_ids: [toil],")
    ).diagnostics
