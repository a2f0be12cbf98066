"""Reference campaigns: the same pack, seed and decisions give the same bits, release after release.

When they differ although the pack is the same, `RESULTS` of the engine must be raised. After a
change of the pack write them anew: `GUIDING_HAND_UPDATE=1 pytest tests/engine/test_digests.py`.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from game.engine import RESULTS, compile_model
from game.lab import Job, columns_of
from game.lab.running import block_of
from game.packs import Pack, find_packs, load_pack
from tests.packs.factory import write_pack

KEPT = Path(__file__).with_name("digests.json")
UPDATE = "GUIDING_HAND_UPDATE"
CAMPAIGNS = (
    ("core", "long-march", "as-it-happened", 1),
    ("core", "long-march", "focused", 2),
    ("core", "twelfth-plan", "zones-and-subsidies", 3),
    ("tiny", "valleys", "mills", 4),
)
"""Pack, scenario, strategy and seed; always world 0."""


def digest(pack: Pack, scenario: str, strategy: str, seed: int) -> str:
    """One hash of every indicator in every year, little-endian, with no negative zeros."""
    model = compile_model(pack, scenario)
    columns = columns_of(model)
    job = Job(pack.strategies[strategy].plans, seed=seed)
    block = block_of(model, job, columns, range(1))
    hashed = hashlib.sha256("\n".join(column.expression for column in columns).encode())
    hashed.update((block.values + 0.0).astype("<f8").tobytes())
    return hashed.hexdigest()


def name_of(campaign: tuple[str, str, str, int]) -> str:
    return "/".join(map(str, campaign))


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pack]:
    tiny = write_pack(tmp_path_factory.mktemp("digests") / "tiny")
    return {"core": load_pack(find_packs()["core"]), "tiny": load_pack(tiny, use_cache=False)}


@pytest.fixture(scope="module")
def kept(packs: dict[str, Pack]) -> dict[str, Any]:
    if os.environ.get(UPDATE):
        told = {
            "results": RESULTS,
            "models": {name: pack.hashes[name].model for name, pack in packs.items()},
            "campaigns": {name_of(one): digest(packs[one[0]], *one[1:]) for one in CAMPAIGNS},
        }
        KEPT.write_text(json.dumps(told, indent=2) + "\n")
    found: dict[str, Any] = json.loads(KEPT.read_text())
    return found


@pytest.mark.parametrize("campaign", CAMPAIGNS, ids=name_of)
def test_a_reference_campaign_gives_what_it_gave(
    campaign: tuple[str, str, str, int], packs: dict[str, Pack], kept: dict[str, Any]
) -> None:
    name = campaign[0]
    if kept["models"][name] != packs[name].hashes[name].model:
        pytest.skip(f"the pack {name} has changed since; {UPDATE}=1 writes the digests anew")
    if kept["results"] != RESULTS:
        pytest.skip(f"the engine's results have changed; {UPDATE}=1 writes the digests anew")
    assert digest(packs[name], *campaign[1:]) == kept["campaigns"][name_of(campaign)]


@pytest.mark.slow
def test_the_digests_are_of_these_packs(packs: dict[str, Pack], kept: dict[str, Any]) -> None:
    assert kept["results"] == RESULTS
    assert kept["models"] == {name: pack.hashes[name].model for name, pack in packs.items()}
