from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from game.packs import Diagnostic, Loaded, cache, load_packs
from tests.packs.factory import write_pack

Load = Callable[..., Loaded]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads the tiny pack with some of its files replaced."""

    def run(files: Mapping[str, str | None] | None = None) -> Loaded:
        return load_packs([write_pack(tmp_path / "tiny", files)], use_cache=False)

    return run


def one(loaded: Loaded, code: str) -> Diagnostic:
    """The only diagnostic of a code, which must be there."""
    found = [diagnostic for diagnostic in loaded.diagnostics if diagnostic.code == code]
    assert len(found) == 1, [(each.code, each.message) for each in loaded.diagnostics]
    return found[0]


def codes(loaded: Loaded) -> list[str]:
    """The codes of all diagnostics, in order."""
    return [diagnostic.code for diagnostic in loaded.diagnostics]
