"""The samples that come with the project replay to the last bit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.campaign import Campaign
from game.engine import compile_model
from game.packs import find_packs, load_pack
from game.saves import create, replay
from tests.campaign.support import bold, step

SAMPLES = Path(__file__).resolve().parents[2] / "saves" / "samples"
NAME = "twelfth-plan"


@pytest.fixture(autouse=True)
def recorded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """With GUIDING_HAND_UPDATE=1 the sample is played again, by the same hand."""
    if not os.environ.get("GUIDING_HAND_UPDATE"):
        return
    monkeypatch.setenv("GUIDING_HAND_SAVES", str(SAMPLES))
    (SAMPLES / f"{NAME}.jsonl").unlink(missing_ok=True)
    campaign = Campaign.new(compile_model(load_pack(find_packs()["core"]), "twelfth-plan"), 2011)
    save, choose = create(campaign, NAME), bold(7)
    while not campaign.finished:
        step(campaign, choose)
        save.append(campaign.decisions[-1], campaign)
    save.close()


def test_a_sample_is_there_and_replays_to_its_end() -> None:
    report = replay(SAMPLES / f"{NAME}.jsonl")

    assert report.holds, report.message
    assert report.finished
