from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from game.cli import main
from game.packs import cache
from tests.packs.factory import write_pack

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")
    monkeypatch.setenv("GUIDING_HAND_SAVES", str(tmp_path / "saves"))


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "tiny")


@pytest.fixture
def run() -> Run:
    """Runs a command line."""

    def call(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(one) for one in arguments])

    return call


def refused(result: Result, *parts: str) -> None:
    """The command was refused with status 2 and a last line that holds some words."""
    assert result.exit_code == 2, (result.output, result.exception)
    line = result.stderr.strip().splitlines()[-1]
    for part in parts:
        assert part in line
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
