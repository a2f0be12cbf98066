from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from game.packs import PackError, load_pack, read_experiments, read_strategy
from game.packs.schema import SHELVES, Manifest, Money
from tests.packs.factory import TINY, write_files, write_pack


def test_a_strategy_file_goes_by_its_own_name(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path / "tiny"))
    write_files(tmp_path, {"bold.yaml": TINY["strategies/mills.yaml"]})
    strategy, said = read_strategy(tmp_path / "bold.yaml", pack)
    assert (strategy.id, said) == ("bold", ())
    assert strategy.plans[0].allocate["schools"] == Money(40, of_budget=False)
    lines = strategy.plans[0].allocate["mill_loans"]
    assert isinstance(lines, dict)
    assert lines["wool"].billion(200) == 60


def test_a_strategy_file_is_checked_against_the_pack(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path / "tiny"))
    text = "title: x\nplans: [{when: learnin > 1, allocate: {mill_lones: 5%}}]\n"
    write_files(tmp_path, {"bad.yaml": text})
    with pytest.raises(PackError) as refused:
        read_strategy(tmp_path / "bad.yaml", pack)
    assert [each.code for each in refused.value.diagnostics] == ["GH307", "GH211"]
    with pytest.raises(PackError, match="cannot be read"):
        read_strategy(tmp_path / "none.yaml", pack)


def test_experiments_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path / "tiny"))
    write_files(tmp_path, {"claims.yaml": TINY["experiments/all.yaml"]})
    (experiment,), said = read_experiments(tmp_path / "claims.yaml", pack)
    assert said == ()
    assert experiment.arms["schools"].strategy == "schools"
    assert len(experiment.arms["both"].plans) == 2
    assert experiment.arms["mills"].force == {"long-rain": 2013}
    assert len(experiment.arms["list"].plans) == 1


@pytest.mark.parametrize("shelf", [*SHELVES, "pack"])
def test_every_kind_of_file_has_a_json_schema(shelf: str) -> None:
    model = Manifest if shelf == "pack" else SHELVES[shelf].model
    assert TypeAdapter(model).json_schema(by_alias=True)["$defs" if shelf == "events" else "type"]
