"""A scenario that names no endings, aims or bequests has all that are loaded."""

from __future__ import annotations

from game.engine import compile_model
from game.packs import find_packs, load_pack


def test_what_a_scenario_does_not_name_it_has_all_of() -> None:
    pack = load_pack(find_packs()["another-country"])
    assert not pack.scenarios["the-mouths"].endings
    scenario = compile_model(pack, "the-mouths").scenario
    assert scenario.endings == tuple(pack.endings)
    assert scenario.aims == tuple(pack.aims)
    assert scenario.bequests == tuple(pack.bequests)


def test_what_a_scenario_names_it_keeps() -> None:
    pack = load_pack(find_packs()["core"])
    named = pack.scenarios["twelfth-plan"]
    assert compile_model(pack, "twelfth-plan").scenario is named
