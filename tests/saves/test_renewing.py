"""A practice campaign goes on under rules that were changed while it was being played."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from game.campaign import Campaign, DecisionError
from game.campaign.decisions import Decision, Expire, Step, Trigger
from game.campaign.records import Card, DraftAsk
from game.campaign.retelling import retold
from game.engine import Model
from game.packs import load_packs
from game.saves import create, replay
from game.saves.renewing import by_default, renewed, rewritten, same_rules, settled, unfit
from tests.campaign.packs import build, files, tiny
from tests.packs.factory import TINY, write_pack

PACK: dict[str, str] = {**TINY, **{name: text for name, text in files().items() if text}}
Swap = tuple[str, str]
AS_IT_WAS: tuple[Swap, ...] = ()
HEAVIER: tuple[Swap, ...] = (("-0.1 * demand", "-0.3 * demand"), ("chance: 0.5", "chance: 0.9"))
NO_RAIN: tuple[Swap, ...] = (("long-rain", "short-rain"),)
NO_MILL: tuple[Swap, ...] = (("idle-mill", "quiet-mill"),)
REWORDED: tuple[Swap, ...] = (("Nobody goes in.", "Everybody goes in."),)


def pack_with(*swaps: Swap) -> dict[str, str | None]:
    """The files of the tiny pack with some words replaced everywhere."""
    found: dict[str, str | None] = {}
    for name, text in PACK.items():
        for old, new in swaps:
            text = text.replace(old, new)
        found[name] = text
    return found


@cache
def changed(swaps: tuple[Swap, ...]) -> Model:
    """The tiny pack with some words replaced, compiled."""
    return build(pack_with(*swaps))


def played(steps: int, *hands: Decision, seed: int = 3) -> Campaign:
    """A practice campaign some answers into it, by default, with interventions first."""
    campaign = Campaign.new(tiny(), seed, practice=True)
    waiting = list(hands)
    for _ in range(steps):
        while waiting and isinstance(campaign.ask, DraftAsk):
            campaign.decide(waiting.pop(0))
        campaign.decide(by_default(campaign))
    return campaign


def numbers(campaign: Campaign, until: int) -> list[tuple[float, ...]]:
    """Some numbers of each year, by name and so comparable between models."""
    names = ["capacity[wool]", "demand[paper]", "learning", "gdp"]
    return [
        tuple(campaign.game.sight(year.end).of(name, true=True) for name in names)
        for year in campaign.position.years
        if year.year <= until
    ]


@pytest.mark.parametrize("swaps", [HEAVIER, NO_RAIN, NO_MILL], ids=["rule", "rain", "mill"])
@pytest.mark.parametrize("steps", range(2, 22, 6))
def test_closed_years_keep_their_numbers_and_the_next_follow_the_new_rules(
    steps: int, swaps: tuple[Swap, ...]
) -> None:
    old = played(steps, Trigger("long-rain"), Trigger("idle-mill", "paper"))

    found = renewed(old, changed(swaps))

    last = found.until
    assert last is None or numbers(found.campaign, last) == numbers(old, last)
    assert found.campaign.model is changed(swaps)
    assert found.campaign.year >= old.year
    while not found.campaign.finished:
        found.campaign.decide(Step())


def test_what_vanished_is_named() -> None:
    old = played(8, Trigger("the-list"), Trigger("long-rain"))

    found = renewed(old, changed(NO_RAIN))

    assert "long-rain" in " ".join(found.left_out)


def test_steps_and_triggers_are_followed() -> None:
    old = Campaign.new(tiny(), 5, practice=True)
    for hand in (Step(), Trigger("idle-mill", "wool"), Step(), Step(), Trigger("glut"), Step()):
        old.decide(hand)
    if old.position.later or not settled(old.position):
        old.decide(Step())

    found = renewed(old, changed(HEAVIER))

    assert found.until is not None
    assert numbers(found.campaign, found.until) == numbers(old, found.until)


def test_the_save_is_written_anew_in_its_place_and_replays_under_the_new_rules(
    tmp_path: Path,
) -> None:
    old = played(9, Trigger("long-rain"), Expire("long-rain"), Trigger("idle-mill"))
    save = create(old, "loop", folder=tmp_path)
    for swaps in (HEAVIER, NO_MILL, AS_IT_WAS):
        after = renewed(old, changed(swaps))
        save = rewritten(save, after)
        old = after.campaign
        for _ in range(2):
            old.decide(by_default(old))
            save.append(old.decisions[-1], old)

        def load(_: Mapping[str, Any], swaps: tuple[Swap, ...] = swaps) -> Model:
            return changed(swaps)

        report = replay(tmp_path / "loop.jsonl", load)
        assert report.holds, report.message
        assert report.practice
        assert report.recorded_until == after.until
        assert report.digest == old.state_digest()
    save.close()

    assert [path.name for path in tmp_path.iterdir()] == ["loop.jsonl"]


def test_a_card_on_the_table_is_told_in_the_new_words() -> None:
    old = played(2, Trigger("idle-mill"))
    while not (isinstance(old.ask, Card) and old.ask.event == "idle-mill"):
        old.decide(by_default(old))
    now = changed(REWORDED)
    assert same_rules(old, now.pack)

    anew = retold(old, now)

    assert isinstance(anew.ask, Card)
    assert "Everybody goes in." in anew.ask.text
    assert anew.state_digest() == old.state_digest()
    anew.decide(by_default(anew))
    old.decide(by_default(old))
    assert anew.state_digest() == old.state_digest()


@pytest.mark.parametrize("steps", range(0, 16, 2))
def test_every_question_is_asked_again_in_the_new_words(steps: int) -> None:
    old = played(steps)

    anew = retold(old, tiny())

    assert anew.ask == old.ask
    assert anew.position.stage == old.position.stage


def test_other_rules_are_seen_as_such() -> None:
    assert not same_rules(played(0), changed(HEAVIER).pack)


@pytest.mark.parametrize(
    ("swap", "says"),
    [
        (("valleys", "hills"), "is gone"),
        (("{title: Second plan, short: '2'}", "{title: Second plan, short: '2', years: 4}"),
         "other years"),
    ],
)  # fmt: skip
def test_a_scenario_that_is_gone_or_has_other_years_is_refused(
    swap: Swap, says: str, tmp_path: Path
) -> None:
    loaded = load_packs([write_pack(tmp_path / "tiny", pack_with(swap))], use_cache=False)
    assert loaded.pack is not None, loaded.diagnostics

    assert says in unfit(played(0), loaded.pack)


def test_a_campaign_that_cannot_be_followed_to_its_year_is_refused() -> None:
    old = played(12)
    old.decisions = old.decisions[:3]

    with pytest.raises(DecisionError, match="no further"):
        renewed(old, changed(HEAVIER))


@pytest.mark.parametrize("steps", range(1, 20, 4))
def test_what_goes_on_under_new_rules_replays_wherever_it_was_taken_up(
    steps: int, tmp_path: Path
) -> None:
    old = played(steps, Trigger("idle-mill"))
    save = create(old, "loop", folder=tmp_path)
    if not settled(old.position):
        closed = len(old.position.years)
        while len(old.position.years) == closed:
            old.decide(by_default(old))
            save.append(old.decisions[-1], old)
        after = renewed(old, changed(HEAVIER), old.position.years[closed].year)
    else:
        after = renewed(old, changed(HEAVIER))
    save = rewritten(save, after)
    anew = after.campaign
    for _ in range(3):
        if not anew.finished:
            anew.decide(Step())
            save.append(anew.decisions[-1], anew)
    save.close()

    report = replay(tmp_path / "loop.jsonl", lambda _: changed(HEAVIER))

    assert report.holds, report.message


def test_a_save_replays_after_a_title_was_changed_in_the_middle_of_it(tmp_path: Path) -> None:
    old = played(1)
    draft = old.draft()
    old.decide(draft.close(draft.dossiers[0].key).plan())
    save = create(old, "words", folder=tmp_path)
    now = changed((("title: Wool,", "title: Fleece,"), ("title: Paper,", "title: Pulp,")))
    assert same_rules(old, now.pack)

    anew = retold(old, now)
    for _ in range(5):
        anew.decide(by_default(anew))
        save.append(anew.decisions[-1], anew)
    save.close()

    report = replay(tmp_path / "words.jsonl", lambda _: now)
    assert report.holds, report.message
