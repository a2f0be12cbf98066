"""Practice campaigns: what is done by hand is a decision, and replays like any other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from game.campaign import Campaign, DecisionError, decision_from_json, to_json
from game.campaign.decisions import Decision, Expire, Step, Trigger
from game.campaign.practice import entry_of, hold
from game.campaign.records import Card, DraftAsk
from game.engine import Model
from game.saves import SaveError, create, list_saves, open_save, replay
from game.saves.journal import chained
from tests.campaign.packs import tiny
from tests.campaign.support import careful, step


def practising(seed: int = 3) -> Campaign:
    """A practice campaign at its first desk."""
    campaign = Campaign.new(tiny(), seed, practice=True)
    while not isinstance(campaign.ask, DraftAsk):
        step(campaign, careful)
    return campaign


def load(_: Mapping[str, Any]) -> Model:
    """The tiny pack."""
    return tiny()


def came(campaign: Campaign, event: str) -> list[tuple[int, str | None]]:
    """When an event came, and where."""
    return [
        (year.year, one.sector)
        for year in campaign.position.years
        for one in year.happened
        if one.id == event and one.kind == "event"
    ]


def holds(campaign: Campaign, name: str, place: str | None = None) -> object:
    """What `expire` would do away with."""
    position = campaign.position
    entry = entry_of(campaign.model, name)
    return hold(campaign.model, position.state, entry, place, position.forced)


@pytest.mark.parametrize("decision", [Trigger("long-rain"), Expire("glut", "wool"), Step()])
def test_nothing_is_done_by_hand_in_a_real_campaign(decision: Decision) -> None:
    campaign = Campaign.new(tiny(), 3)

    with pytest.raises(DecisionError, match="--practice"):
        campaign.decide(decision)

    assert campaign.decisions == ()


def test_what_is_triggered_comes_in_the_coming_year_whatever_its_condition() -> None:
    campaign = practising()

    campaign.decide(Trigger("the-list"))
    campaign.decide(Step())

    assert came(campaign, "the-list") == [(campaign.position.years[0].year, None)]


def test_a_sector_event_is_triggered_in_one_sector_alone() -> None:
    campaign = practising()

    campaign.decide(Trigger("idle-mill", "paper"))
    campaign.decide(Step())
    first = campaign.position.years[0].year

    assert (first, "paper") in came(campaign, "idle-mill")


def test_a_triggered_card_is_dealt_and_answered_like_any_other() -> None:
    campaign = practising()
    campaign.decide(Trigger("idle-mill", "paper"))
    dealt = set()
    while not campaign.position.years:
        if isinstance(campaign.ask, Card):
            dealt.add((campaign.ask.event, campaign.ask.sector))
        step(campaign, careful)

    assert ("idle-mill", "paper") in dealt
    assert campaign.position.years[0].choices["idle-mill", "paper"] == "wait"


def test_a_trigger_is_taken_back() -> None:
    campaign = practising()

    campaign.decide(Trigger("the-list"))
    campaign.decide(Expire("the-list"))
    campaign.decide(Step())

    assert not came(campaign, "the-list")


def test_no_more_cards_are_triggered_than_a_year_has_room_for() -> None:
    campaign = practising()
    campaign.decide(Trigger("idle-mill"))
    campaign.decide(Trigger("a-quarrel"))

    with pytest.raises(DecisionError, match="3 cards"):
        campaign.decide(Trigger("a-favour"))


def test_a_triggered_card_comes_though_the_plan_has_no_stop_left() -> None:
    campaign = practising()
    wanted = set()
    while not campaign.finished:
        if not campaign.position.forced:
            running = campaign.position.running
            opened = running is not None and running.pending is not None
            wanted.add(campaign.year + 1 + opened)
            campaign.decide(Trigger("idle-mill"))
        campaign.decide(Step())
    years = {year for year, _ in came(campaign, "idle-mill")}
    last = campaign.position.years[-1].year

    assert len(wanted) > 3
    assert {year for year in wanted if year <= last} <= years


def test_a_cooldown_is_cleared() -> None:
    campaign = practising()
    campaign.decide(Trigger("long-rain"))
    campaign.decide(Step())
    while campaign.position.running is not None:
        campaign.decide(Step())
    campaign.decide(Trigger("long-rain"))
    campaign.decide(Step())
    if holds(campaign, "long-rain"):
        campaign.decide(Expire("long-rain"))

    if campaign.position.running is None or campaign.position.running.pending is None:
        assert not holds(campaign, "long-rain")
    else:
        assert campaign.position.later == (Expire("long-rain"),)


def test_a_situation_begins_and_ends_by_hand() -> None:
    campaign = practising()

    campaign.decide(Trigger("glut", "wool"))
    begun = campaign.model.value(
        campaign.game.reader.expression('active("glut")', "sector", "wool"),
        campaign.position.state.matrix,
    )[0]
    campaign.decide(Expire("glut", "wool"))

    assert begun == 1.0
    assert not holds(campaign, "glut", "wool")


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (Trigger("no-such"), "no event or situation"),
        (Trigger("idle-mill", "gold"), "never comes to"),
        (Trigger("long-rain", "wool"), "is national"),
        (Expire("the-list"), "nothing to expire"),
        (Expire("glut"), "not active"),
    ],
)
def test_what_cannot_be_done_by_hand_is_said_and_changes_nothing(
    decision: Decision, says: str
) -> None:
    campaign = practising()
    before = campaign.state_digest()

    with pytest.raises(DecisionError, match=says):
        campaign.decide(decision)

    assert campaign.state_digest() == before


def test_steps_lead_to_the_end() -> None:
    campaign = Campaign.new(tiny(), 5, practice=True)
    steps = 0
    while not campaign.finished:
        closed = len(campaign.position.years)
        campaign.decide(Step())
        steps += 1

        closes = len(campaign.position.years) > closed
        assert closes or campaign.finished or isinstance(campaign.ask, DraftAsk)

    assert campaign.practice
    assert steps <= len(campaign.position.years) + len(campaign.position.terms) + 1
    for plan in range(len(campaign.position.terms)):
        assert campaign.review(plan).title
    assert campaign.ending().title
    with pytest.raises(DecisionError, match="ended"):
        campaign.decide(Step())


@pytest.mark.parametrize("decision", [Trigger("a", "b"), Trigger("a"), Expire("a", "b"), Step()])
def test_what_is_done_by_hand_is_written_and_read_back(decision: Decision) -> None:
    assert decision_from_json(json.loads(json.dumps(to_json(decision)))) == decision


def kept(folder: Path, name: str = "tried") -> Campaign:
    """A practice campaign with every kind of intervention, played to its end into a save."""
    campaign = Campaign.new(tiny(), 3, practice=True)
    hands: list[Decision] = [
        Step(), Trigger("glut"), Trigger("idle-mill", "wool"), Step(), Expire("glut"),
        Trigger("the-list"), Step(), Expire("idle-mill"),
    ]  # fmt: skip
    with create(campaign, name, folder=folder) as save:
        while not campaign.finished:
            try:
                campaign.decide(hands.pop(0) if hands else Step())
            except DecisionError:
                continue
            save.append(campaign.decisions[-1], campaign)
    return campaign


def test_a_practice_save_replays_bit_for_bit_with_all_that_was_done_by_hand(tmp_path: Path) -> None:
    campaign = kept(tmp_path)

    report = replay(tmp_path / "tried.jsonl", load)

    assert report.holds, report.message
    assert report.practice
    assert report.digest == campaign.state_digest()


def test_a_practice_save_opens_as_one_and_its_forks_are_too(tmp_path: Path) -> None:
    kept(tmp_path)

    campaign, save, _ = open_save(tmp_path / "tried.jsonl", load)
    save.close()

    assert campaign.practice
    assert campaign.fork(2).practice
    with create(campaign.fork(2), "fork", folder=tmp_path) as fork:
        assert json.loads(fork.path.read_text().splitlines()[0])["practice"] is True


def test_the_list_of_saves_marks_it(tmp_path: Path) -> None:
    kept(tmp_path)
    create(Campaign.new(tiny(), 3), "real", folder=tmp_path).close()

    assert {one.name: one.practice for one in list_saves(tmp_path)} == {
        "tried": True,
        "real": False,
    }


def edited(path: Path, old: str, new: str) -> None:
    """Change the header's text and nothing else."""
    head, rest = path.read_text().split("\n", 1)
    assert old in head
    path.write_text(head.replace(old, new) + "\n" + rest)


def test_neither_becomes_the_other_by_an_edited_header(tmp_path: Path) -> None:
    kept(tmp_path)
    create(Campaign.new(tiny(), 3), "real", folder=tmp_path).close()

    edited(tmp_path / "tried.jsonl", ',"practice":true', "")
    edited(tmp_path / "real.jsonl", ',"created"', ',"practice":true,"created"')

    for name in ("tried", "real"):
        with pytest.raises(SaveError):
            open_save(tmp_path / f"{name}.jsonl", load)


def test_a_header_with_a_digest_of_its_own_does_not_fit_the_lines_after_it(tmp_path: Path) -> None:
    kept(tmp_path)
    path = tmp_path / "tried.jsonl"
    head, rest = path.read_text().split("\n", 1)
    value = json.loads(head)
    del value["practice"], value["digest"]
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f'{body[:-1]},"digest":"{chained("", body)}"}}\n{rest}')

    with pytest.raises(SaveError, match="line 2"):
        open_save(path, load)


@pytest.mark.parametrize("value", ["false", "1", '"yes"', "null"])
def test_a_header_says_practice_or_nothing(value: str, tmp_path: Path) -> None:
    create(Campaign.new(tiny(), 3, practice=True), "odd", folder=tmp_path).close()
    path = tmp_path / "odd.jsonl"
    head = path.read_text().split("\n", 1)[0]
    body = head[: head.index(',"digest":"')].replace('"practice":true', f'"practice":{value}') + "}"
    path.write_text(f'{body[:-1]},"digest":"{chained("", body)}"}}\n')

    with pytest.raises(SaveError, match="practice"):
        open_save(path, load)
