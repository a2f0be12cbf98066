"""Whatever happens to a pack's files, its author is told sensibly, and never with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.packs import Diagnostic, Loaded, load_packs, render_text, to_json
from game.packs.diagnostics import REGISTERED
from game.packs.find import shipped_folder
from game.packs.memory import Memory
from game.packs.render import from_json
from game.packs.sarif import to_github, to_sarif
from tests.packs.damage import damaged
from tests.packs.factory import TINY, write_pack

MOST = 40
"""Findings that one damaged file may lead to."""


def _load(folder: Path, files: dict[str, str], seed: int, memory: Memory | None = None) -> Loaded:
    """Load a pack with one file damaged, and put the file right again."""
    changes = damaged(files, seed)
    for inside, text in changes.items():
        path = folder / inside
        if text is None:
            path.unlink()
        else:
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        return load_packs([folder], memory=memory)
    finally:
        for inside in changes:
            (folder / inside).write_bytes(files[inside].encode())


def _sensible(one: Diagnostic) -> None:
    assert one.code in REGISTERED
    assert one.line >= 1
    assert 1 <= one.col < one.end_col
    assert one.message.isprintable()
    shown = render_text(one)
    assert all(line.isprintable() for line in shown.splitlines())
    assert from_json(to_json(one)).code == one.code
    assert "\n" not in to_github(one)


def _told(loaded: Loaded) -> None:
    for one in loaded.diagnostics:
        _sensible(one)
    to_sarif(loaded.diagnostics)
    assert len(loaded.diagnostics) <= MOST
    errors = [one for one in loaded.diagnostics if one.severity == "error"]
    assert (loaded.pack is None) == bool(errors)


@pytest.mark.parametrize("block", range(4))
def test_a_damaged_small_pack_is_told_what_is_wrong(tmp_path: Path, block: int) -> None:
    folder = write_pack(tmp_path / "tiny")
    files, memory = dict(TINY), Memory()
    for seed in range(block * 40, block * 40 + 40):
        loaded = _load(folder, files, seed, memory)
        _told(loaded)
        if seed % 10 == 0:
            assert _load(folder, files, seed).diagnostics == loaded.diagnostics


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_a_small_pack_damaged_in_thousands_of_ways(tmp_path: Path, block: int) -> None:
    folder = write_pack(tmp_path / "tiny")
    files = dict(TINY)
    for seed in range(10_000 + block * 250, 10_250 + block * 250):
        _told(_load(folder, files, seed))


@pytest.mark.slow
@pytest.mark.parametrize("block", range(10))
def test_the_shipped_model_damaged_in_hundreds_of_ways(tmp_path: Path, block: int) -> None:
    core = shipped_folder() / "core"
    files = {
        path.relative_to(core).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(core.rglob("*.yaml"))
    }
    folder = tmp_path / "core"
    for inside, text in files.items():
        (folder / inside).parent.mkdir(parents=True, exist_ok=True)
        (folder / inside).write_bytes(text.encode())
    for seed in range(block * 20, block * 20 + 20):
        _told(_load(folder, files, seed))
