"""A country of other trades, other money and other years is played by the same game."""

from __future__ import annotations

import pytest

from game.campaign import Campaign
from game.campaign.records import EndedAsk
from game.engine import compile_model
from game.lab import run_experiment
from game.packs import Pack, find_packs, load_pack, load_packs
from tests.campaign.support import careful

FOLDER = find_packs()["another-country"]
SCENARIO = "the-mouths"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(FOLDER)


def test_it_checks_clean_and_stands_alone() -> None:
    loaded = load_packs([FOLDER])
    assert loaded.diagnostics == ()
    assert loaded.pack is not None
    assert list(loaded.pack.manifests) == ["another-country"]


def test_it_shares_no_trade_and_no_instrument_with_the_documented_country(pack: Pack) -> None:
    core = load_pack(find_packs()["core"])
    assert not pack.sectors.keys() & core.sectors.keys()
    assert not pack.instruments.keys() & core.instruments.keys()
    assert not pack.events.keys() & core.events.keys()


def test_every_document_and_every_size_says_that_it_is_invented(pack: Pack) -> None:
    assert all(source.invented for source in pack.sources.values())
    assert {rule.grade for rule in pack.rules.values()} == {"invented"}


def test_what_its_papers_claim_holds(pack: Pack) -> None:
    failed = [
        name for name, one in pack.experiments.items()
        if not run_experiment(pack, one, worlds=64).holds
    ]  # fmt: skip
    assert failed == []


def test_two_plans_of_four_years_are_played_to_an_ending(pack: Pack) -> None:
    campaign = Campaign.new(compile_model(pack, SCENARIO), 4)
    asked = []
    while not isinstance(campaign.ask, EndedAsk):
        asked.append(type(campaign.ask).__name__)
        campaign.decide(careful(campaign))
    assert campaign.year == 1929
    assert asked.count("DraftAsk") == 2
    assert campaign.ending().id in pack.endings


def test_its_money_is_counted_in_its_own_currency(pack: Pack) -> None:
    campaign = Campaign.new(compile_model(pack, SCENARIO), 4)
    campaign.decide(careful(campaign))
    draft = campaign.draft()
    instrument, sector = next(iter(draft.allocation))
    over = draft.set_amount(instrument, sector, 2 * draft.budget)
    assert any(" k " in problem for problem in over.problems)
    assert not any(" bn" in problem for problem in over.problems)
