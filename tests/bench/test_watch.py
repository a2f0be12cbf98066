"""`pack watch` tells what a save changed, whatever editors and people do to the files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from game.cli import main
from tests.packs.factory import TINY, write_pack

RULES = TINY["rules/all.yaml"]
WRONG = RULES.replace("rate: 0.02 * demand", "rate: 0.02 * demnd")


class Watching:
    """A running `pack watch --json`."""

    def __init__(self, pack: Path, home: Path) -> None:
        command = [sys.executable, "-m", "game", "pack", "watch", str(pack), "--json"]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "XDG_CACHE_HOME": str(home)},
        )

    def told(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "tiny")


@pytest.fixture
def watching(pack: Path, tmp_path: Path) -> Iterator[Watching]:
    watching = Watching(pack, tmp_path / "home")
    yield watching
    watching.process.kill()
    watching.process.communicate()


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [one["code"] for one in found]


def test_an_error_is_new_when_it_is_saved_and_gone_when_it_is_mended(
    watching: Watching, pack: Path
) -> None:
    first = watching.told()
    assert first["first"] is True
    assert not first["new"]
    file = pack / "rules" / "all.yaml"
    file.write_text(WRONG, encoding="utf-8")
    broken = watching.told()
    assert broken["saved"] == [str(file)]
    assert codes(broken["new"]) == ["GH307"]
    assert broken["packs"][0]["errors"] == 1
    draft = file.with_suffix(".tmp")
    draft.write_text(RULES, encoding="utf-8")
    draft.replace(file)
    mended = watching.told()
    assert not mended["new"]
    assert codes(mended["gone"]) == ["GH307"]


def test_it_outlives_its_folder_and_ends_on_ctrl_c(watching: Watching, pack: Path) -> None:
    watching.told()
    away = pack.rename(pack.with_name("away"))
    assert codes(watching.told()["new"]) == ["GH505"]
    away.rename(pack)
    back = watching.told()
    assert codes(back["gone"]) == ["GH505"]
    assert not back["new"]
    watching.process.send_signal(signal.SIGINT)
    _, said = watching.process.communicate(timeout=20)
    assert watching.process.returncode == 130
    assert "Traceback" not in said


def test_bytes_that_are_no_text_are_told_and_the_next_save_is_seen(
    watching: Watching, pack: Path
) -> None:
    watching.told()
    file = pack / "sectors.yaml"
    good = file.read_bytes()
    file.write_bytes(b"- {id: wool\xff\x00")
    assert watching.told()["packs"][0]["errors"] == 1
    file.write_bytes(good)
    assert watching.told()["packs"][0]["errors"] == 0


def test_a_folder_that_is_not_there_is_one_line_and_status_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["pack", "watch", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "is not there" in result.output
