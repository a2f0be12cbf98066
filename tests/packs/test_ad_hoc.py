"""Strategies and experiments that lie outside any pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.packs import render_text
from game.packs.ad_hoc import load_experiment_file, load_strategy_file, pack_around
from tests.packs.factory import TINY, write_pack


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "tiny")


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


def test_a_strategy_file_needs_no_pack_of_its_own(tiny: Path, tmp_path: Path) -> None:
    path = written(
        tmp_path, "My plan (2).yaml", "title: Mine\nplans: [{allocate: {schools: 5%}}]\n"
    )
    found = load_strategy_file(path, [tiny])
    assert found.ids == ("my-plan-2",)
    assert found.pack is not None
    assert found.pack.strategies["my-plan-2"].title == "Mine"
    assert "mills" in found.pack.strategies


def test_a_copy_of_a_packs_entry_takes_its_place(tiny: Path, tmp_path: Path) -> None:
    text = TINY["strategies/mills.yaml"].replace("Mills first", "Mills, but mine")
    found = load_strategy_file(written(tmp_path, "mills.yaml", text), [tiny])
    assert found.pack is not None
    assert found.pack.strategies["mills"].title == "Mills, but mine"


def test_a_packs_own_file_can_be_named(tiny: Path) -> None:
    found = load_experiment_file(tiny / "experiments" / "all.yaml", [tiny])
    assert found.ids == ("mills-build",)
    assert found.pack is not None


def test_errors_have_a_place_and_a_caret(tiny: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "s.yaml", "title: Mine\nplans:\n  - allocate: {shcools: 5%}\n")
    found = load_strategy_file(path, [tiny])
    assert found.pack is None
    (said,) = found.diagnostics
    assert (said.line, said.col) == (3, 16)
    told = render_text(said)
    assert "s.yaml:3:16: error" in told
    assert "^^^^^^^" in told
    assert "Did you mean 'schools'?" in told


@pytest.mark.parametrize(
    "text",
    ["", "- a list", "title: 3", "plans: [", "title: A\nplans: []\n", "&a b: c", "\x00", "nothing"],
)
def test_what_is_no_strategy_is_said(tiny: Path, tmp_path: Path, text: str) -> None:
    found = load_strategy_file(written(tmp_path, "s.yaml", text), [tiny])
    assert found.pack is None
    assert all(said.severity == "error" for said in found.diagnostics)
    assert found.diagnostics


def test_a_year_outside_the_scenario_is_an_error(tiny: Path, tmp_path: Path) -> None:
    text = TINY["experiments/all.yaml"].replace("at: 2015", "at: 2050")
    found = load_experiment_file(written(tmp_path, "e.yaml", text), [tiny])
    assert found.pack is None
    assert any("2050" in said.message for said in found.diagnostics)


def test_the_pack_around_a_file_is_found(tiny: Path, tmp_path: Path) -> None:
    assert pack_around(tiny / "experiments" / "all.yaml") == tiny.resolve()
    assert pack_around(tmp_path / "elsewhere.yaml") is None
