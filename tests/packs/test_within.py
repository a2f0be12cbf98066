from __future__ import annotations

import pytest

from tests.packs.conftest import Load, one
from tests.packs.factory import changed


@pytest.mark.parametrize(
    ("inside", "old", "new", "entry", "words"),
    [
        ("rules/all.yaml", "rate: 0.02 * demand", "rate: 2 *", "rule/buyers-come", "rate"),
        (
            "events/all.yaml",
            "{money: 0.01 * gdp}",
            "{money: 0.01 *}",
            "event/a-favour",
            "choice help, costs.money",
        ),
        ("events/all.yaml", "-0.1 * demand", "-0.1 *", "event/long-rain", "effect 1, add.demand"),
        ("events/all.yaml", "starts: util", "starts: utli", "situation/glut", "starts"),
        ("sources/notes.yaml", "claim: Weather", "clam: Weather", "source/notes", "passage"),
        ("scenarios/valleys.yaml", "budget: 0.1", "budget: x0.1", "scenario/valleys", "budget"),
        ("scenarios/valleys.yaml", "is: learning", "is: lerning", "scenario/valleys", "balance"),
        ("strategies/schools.yaml", "60%", "0.6", "strategy/schools", "plan 1, allocate.schools"),
        ("experiments/all.yaml", "80%}, st", "0.8}, st", "experiment/mills-build", "arm mills"),
        ("pack.yaml", "format: 1", "format: 9", "pack/tiny", "format"),
    ],
)
def test_a_finding_says_in_words_where_it_stands(
    load: Load, inside: str, old: str, new: str, entry: str, words: str
) -> None:
    found = load(changed(inside, old, new)).diagnostics[0]
    kind, _, name = entry.partition("/")
    assert found.entry == entry
    assert found.within.startswith(f"{kind} {name}, {words}")


def test_an_entry_without_an_id_goes_by_its_place(load: Load) -> None:
    found = load(changed("aims.yaml", "id: work, ", "")).diagnostics[0]
    assert (found.entry, found.within) == ("", "aim 1 of the file")


def test_a_file_that_cannot_be_read_has_no_way_in(load: Load) -> None:
    assert one(load({"aims.yaml": "- {id: [\n"}), "GH132").within == ""
