"""Practice on the command line: what begins it, and what says that a save is one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.campaign import Campaign
from game.campaign.decisions import Step
from game.engine import compile_model
from game.packs import load_packs
from game.saves import create
from tests.campaign.packs import files
from tests.cli.conftest import Run
from tests.packs.factory import write_pack


@pytest.fixture
def tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack's folder; a practice campaign of it is kept as `tried`."""
    monkeypatch.setenv("GUIDING_HAND_SAVES", str(tmp_path / "saves"))
    folder = write_pack(tmp_path / "tiny", files())
    pack = load_packs([folder]).pack
    assert pack is not None
    campaign = Campaign.new(compile_model(pack, "valleys"), 3, practice=True)
    for _ in range(3):
        campaign.decide(Step())
    create(campaign, "tried").close()
    return folder


def test_to_watch_nothing_is_refused(run: Run) -> None:
    result = run("play", "--watch")

    assert result.exit_code == 2
    assert "--watch needs something to watch" in result.stderr


def test_a_replay_says_that_it_was_practice(run: Run, tried: Path) -> None:
    result = run("replay", "tried", "--pack", tried)

    assert result.exit_code == 0, result.output
    assert "practice campaign" in result.stdout
    assert json.loads(run("replay", "tried", "--pack", tried, "--json").stdout)["practice"] is True


def test_why_says_it_too_and_needs_no_open_books(run: Run, tried: Path) -> None:
    result = run("why", "tried", "learning", 2011, "--pack", tried)

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("a practice campaign")
    found = json.loads(run("why", "tried", "learning", 2011, "--pack", tried, "--json").stdout)
    assert found["practice"] is True
