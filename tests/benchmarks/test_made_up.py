"""The packs that loading is measured with are good packs, and the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.packs import cache, load_packs
from game.packs.guards import LARGEST_FILE
from tests.benchmarks.made_up import PER_FILE, event, write_pack


@pytest.mark.parametrize("requires", ["", "core"])
def test_there_is_nothing_to_say_about_a_made_up_pack(
    tmp_path: Path, requires: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")
    found = load_packs([write_pack(tmp_path / "made-up", 60, requires)], use_cache=False)
    assert found.pack is not None
    assert not found.diagnostics
    assert sum(found.pack.owner("event", name) == "made-up" for name in found.pack.events) == 60


def test_a_full_file_is_within_the_limit_and_of_the_usual_size() -> None:
    size = sum(len(event(number)) for number in range(PER_FILE))
    assert 800 * PER_FILE < size < LARGEST_FILE


def test_an_event_is_the_same_each_time() -> None:
    assert event(7) == event(7) != event(8)


@pytest.mark.slow
def test_ten_thousand_events_load(tmp_path: Path) -> None:
    found = load_packs([write_pack(tmp_path / "made-up", 10_000)], use_cache=False)
    assert found.pack is not None
    assert len(found.pack.events) == 10_000
