"""A kept desk is the desk: what is read back from it shows and does the same."""

from __future__ import annotations

import pytest

from game.campaign import Campaign, Draft
from game.campaign.kept import KeptDesk, Titles
from game.campaign.records import DraftAsk
from tests.campaign.packs import core, tiny
from tests.campaign.support import asked


def at_desk(campaign: Campaign) -> tuple[Campaign, KeptDesk]:
    """A campaign that asks for a plan, and its desk as it is read back."""
    asked(campaign, DraftAsk)
    kept = KeptDesk.of(campaign)
    assert kept is not None
    return campaign, KeptDesk.from_text(kept.to_text())


def shown(draft: Draft) -> tuple[object, ...]:
    """Everything that a desk says of a draft."""
    return (
        draft.dossiers, draft.allocation, draft.money_left, draft.upkeep, draft.priorities,
        draft.dilution, draft.prices, draft.capital_left, draft.knots, draft.problems, draft.taken,
        draft.plan(),
    )  # fmt: skip


@pytest.mark.parametrize("model", [tiny, core])
def test_what_is_read_back_is_the_same_desk(model: object) -> None:
    assert callable(model)
    campaign, kept = at_desk(Campaign.new(model(), 5))

    assert kept.ask == campaign.ask
    assert kept.titles == Titles.of(campaign.model)
    assert shown(kept.draft) == shown(campaign.draft())


def test_every_offer_does_the_same_to_it() -> None:
    campaign, kept = at_desk(Campaign.new(core(), 5))
    true, copy = campaign.draft(), kept.draft

    for offer in kept.desk.offers:
        true, copy = true.take(offer.id), copy.take(offer.id)
        assert shown(copy) == shown(true)
        for dossier in true.dossiers[:1]:
            assert shown(copy.close(dossier.key)) == shown(true.close(dossier.key))


def test_the_same_desk_is_the_same_text() -> None:
    campaign, kept = at_desk(Campaign.new(tiny(), 5))
    again = KeptDesk.of(campaign)

    assert again is not None
    assert again.to_text() == kept.to_text()


def test_a_campaign_that_asks_for_no_plan_has_no_desk() -> None:
    assert KeptDesk.of(Campaign.new(tiny(), 5)) is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"is":"KeptDesk"}', '{"is":"Path"}', '{"is":["Tool"]}', "7"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"kept desk|Expecting"):
        KeptDesk.from_text(text)
