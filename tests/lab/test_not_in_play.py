"""Scenarios may hold instruments and sectors back."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.engine import Model, compile_model
from game.lab import Planner, PlanningError
from game.packs import load_pack
from tests.lab.conftest import entries
from tests.packs.factory import TINY, write_pack


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Model:
    text = TINY["scenarios/valleys.yaml"] + "sectors: [wool]\ninstruments: [mill_loans]\n"
    folder: Path = tmp_path_factory.mktemp("narrow")
    pack = load_pack(write_pack(folder, {"scenarios/valleys.yaml": text}), use_cache=False)
    return compile_model(pack, "valleys")


def test_a_single_value_goes_to_the_sectors_in_play_only(narrow: Model) -> None:
    planner = Planner(narrow, entries({"allocate": {"mill_loans": "10%"}}))
    assert [line.cell for line in planner.entries[0].lines] == [("mill_loans", "wool")]


@pytest.mark.parametrize(
    ("allocate", "message"),
    [
        (
            {"schools": "10%"},
            "instrument schools is not in play in valleys; in play are mill_loans",
        ),
        ({"mill_loans": {"paper": "10%"}}, "sector paper is not in play in valleys"),
    ],
)
def test_what_is_not_in_play_cannot_be_funded(
    narrow: Model, allocate: dict[str, object], message: str
) -> None:
    with pytest.raises(PlanningError, match=message):
        Planner(narrow, entries({"allocate": allocate}))
