"""Every passage of the core pack acts somewhere, or says why it need not."""

from __future__ import annotations

from game.packs import Pack
from tests.core.coverage import ACTING_KINDS, EXEMPT, FITTING, by_passage, gaps, table


def test_every_passage_acts_where_its_kind_belongs(core: Pack) -> None:
    assert {name: why for name, why in gaps(core).items() if name not in EXEMPT} == {}


def test_few_passages_are_exempt_and_each_says_why(core: Pack) -> None:
    assert len(EXEMPT) <= 10
    assert all(len(reason) > 20 for reason in EXEMPT.values())
    assert set(EXEMPT) <= set(core.passages)


def test_nothing_is_exempt_that_acts(core: Pack) -> None:
    assert set(EXEMPT) <= set(gaps(core))


def test_every_kind_of_passage_has_its_rule(core: Pack) -> None:
    kinds = {passage.kind for passage in core.passages.values()}
    assert kinds == ACTING_KINDS | set(FITTING)


def test_the_table_has_a_line_for_each_passage(core: Pack) -> None:
    assert [line.split()[0] for line in table(core)] == list(core.passages)


def test_nothing_cites_a_passage_that_is_not_there(core: Pack) -> None:
    assert set(by_passage(core)) == set(core.passages)
