"""What every shipped experiment must say of itself; whether it holds, a run must tell."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from game.packs import Pack, find_packs, load_pack
from game.packs.schema import Experiment


@pytest.fixture(scope="module")
def core() -> Pack:
    return load_pack(find_packs()["core"])


@pytest.fixture(scope="module")
def shipped(core: Pack) -> list[Experiment]:
    return list(core.experiments.values())


def written_ids() -> list[str]:
    """The ids as the files have them, before anything is merged."""
    files = sorted((find_packs()["core"] / "experiments").glob("*.yaml"))
    return [one["id"] for file in files for one in yaml.safe_load(file.read_text("utf-8"))]


def test_no_two_experiments_share_an_id(shipped: list[Experiment]) -> None:
    written = written_ids()
    assert [name for name, times in Counter(written).items() if times > 1] == []
    assert sorted(written) == sorted(one.id for one in shipped)


def test_there_are_at_least_sixty(shipped: list[Experiment]) -> None:
    assert len(shipped) >= 60


def test_each_cites_passages_that_the_pack_has(core: Pack, shipped: list[Experiment]) -> None:
    assert [one.id for one in shipped if not one.because] == []
    cited = {(one.id, passage) for one in shipped for passage in one.because}
    assert {pair for pair in cited if pair[1] not in core.passages} == set()


def test_each_states_a_claim_in_one_or_two_plain_sentences(shipped: list[Experiment]) -> None:
    for one in shipped:
        assert one.claim.endswith("."), one.id
        assert one.claim.count(". ") <= 1, one.id
        assert len(one.claim) <= 200, one.id


def test_each_compares_enough_worlds_to_mean_something(shipped: list[Experiment]) -> None:
    assert [one.id for one in shipped if one.worlds < 256] == []


def test_each_arm_is_held_against_something(shipped: list[Experiment]) -> None:
    for one in shipped:
        named = {
            arm for e in one.expect for arm in (e.lower, e.higher, e.than, e.arm) if arm is not None
        }
        assert named == set(one.arms), one.id
