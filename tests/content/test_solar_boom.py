"""The pack on solar power: boom and glut. It checks clean, its claims hold, its games play out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from game.cli import main
from game.packs import Loaded, load_packs

PACK = Path(__file__).parents[2] / "content" / "solar-boom"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_packs([PACK])


def run(*words: str) -> str:
    result = CliRunner().invoke(main, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_it_has_neither_errors_nor_warnings(loaded: Loaded) -> None:
    assert loaded.diagnostics == ()


def test_it_stands_alone_and_not_beside_core(loaded: Loaded) -> None:
    assert loaded.pack is not None
    manifest = loaded.pack.manifests["solar-boom"]
    assert manifest.requires == ()
    assert manifest.conflicts == ("core",)


def test_a_teacher_can_read_the_model_in_half_an_hour(loaded: Loaded) -> None:
    assert loaded.pack is not None
    assert len(loaded.pack.sectors) == 4
    assert len(loaded.pack.indicators) <= 26
    assert len(loaded.pack.rules) <= 40
    assert len(loaded.pack.instruments) <= 9


def test_every_card_has_answers_and_none_is_empty(loaded: Loaded) -> None:
    assert loaded.pack is not None
    cards = [event for event in loaded.pack.events.values() if event.choices and not event.beat]
    assert len(cards) >= 8
    for card in cards:
        for choice in card.choices:
            where = f"{card.id}: {choice.id}"
            assert choice.effects or not choice.costs.free, where
            assert choice.now, where
            assert choice.later, where


def test_only_passages_that_are_quoted_count_as_documented(loaded: Loaded) -> None:
    assert loaded.pack is not None
    made_up = {one.id for one in loaded.pack.sources["pv-classroom"].passages}
    assert loaded.pack.sources["pv-classroom"].invented
    for rule in loaded.pack.rules.values():
        if rule.grade in ("documented", "calibrated"):
            assert set(rule.because) - made_up, rule.id


def test_every_text_is_there_in_chinese() -> None:
    status = run("pack", "texts", str(PACK), "--status")
    line = next(row for row in status.splitlines() if row.startswith("zh_CN"))
    _, texts, translated, stale, missing, wide, wrong = line.split()
    assert texts == translated
    assert (stale, missing, wide, wrong) == ("0", "0", "0", "0")


def test_its_claims_hold_and_its_games_come_out_in_few_worlds() -> None:
    told = run("pack", "test", str(PACK), "--worlds", "32")
    assert "all hold" in told


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_its_claims_hold_at_other_seeds(seed: int) -> None:
    told = run("experiment", str(PACK), "--worlds", "256", "--seed", str(seed))
    assert "fails" not in told


@pytest.mark.slow
def test_no_strategy_wins_everything_and_nothing_is_dead() -> None:
    told = run("balance", "solar-boom", "--pack", str(PACK), "--worlds", "300")
    assert "fails" not in told
