"""The inspector's account of a campaign: what could come, what waits, and for what."""

from __future__ import annotations

import pytest

from game.campaign import Campaign
from game.campaign.decisions import Expire, Step, Trigger
from game.campaign.inspecting import Inspector, chosen
from game.campaign.tried import Trier, number, told_apart
from tests.campaign.packs import tiny
from tests.campaign.test_practice import practising


def stepped(steps: int, seed: int = 3) -> Campaign:
    """A practice campaign some steps on."""
    campaign = Campaign.new(tiny(), seed, practice=True)
    for _ in range(steps):
        campaign.decide(Step())
    return campaign


@pytest.mark.parametrize("seed", [3, 5, 8])
def test_what_it_says_will_come_is_what_comes(seed: int) -> None:
    campaign = practising(seed)
    while not campaign.finished:
        inspector = Inspector(campaign)
        said = {
            (one.id, spot.place)
            for one in inspector.standings
            for spot in one.spots
            if spot.status == "comes"
        }
        year = inspector.year
        campaign.decide(Step())
        played = next((one for one in campaign.position.years if one.year == year), None)
        if played is None:
            continue
        # A plan that begins may change what its first year brings; later ones are settled.
        if year != played.year or played.before:
            continue
        came = {(h.id, h.sector) for h in played.happened if h.kind == "event"}
        assert said == came - {(e, s) for e, s, _ in played.extra}


def test_a_draw_below_the_chance_comes_and_one_above_does_not() -> None:
    for steps in range(1, 6):
        inspector = Inspector(stepped(steps))
        for one in inspector.standings:
            for spot in one.spots:
                if spot.chance and spot.draw is not None and spot.why != "no-room":
                    hit = spot.draw < spot.chance
                    assert spot.status != "could" or not hit
                    assert spot.status != "comes" or spot.why or hit


def test_every_clause_shows_both_sides_and_whether_it_holds() -> None:
    campaign = practising()
    inspector = Inspector(campaign)
    page = inspector.page("idle-mill", "paper")
    (when, warns) = page.trials

    value = campaign.model.value(
        campaign.game.reader.expression("utilisation", "sector", "paper"),
        inspector.sight.state.matrix,
    )[0]
    assert when.part == "when"
    assert when.clauses[0].says == f"utilisation ({number(value)}) < 0.9"
    assert when.clauses[0].holds == (value < 0.9) == when.holds
    assert warns.part == "warns"
    assert warns.reported is not None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("year >= 2011 and learning > 0.5", ["year (2011) >= 2011", "learning (#) > 0.5"]),
        (
            "learning < 1 or (gdp > 1 and year > 1)",
            ["one of these:", "learning (#) < 1", "all of these:", "gdp (", "year (2011) > 1"],
        ),
        ("not (learning < 1 or gdp < 1)", ["not:", "one of these:", "learning (#) < 1", "gdp ("]),
        ("1 < learning <= 30", ["1 < learning (#) <= 30"]),
        ('not flag("warden.split")', ['not flag("warden.split")']),
        ('fired("long-rain")', ['fired("long-rain")']),
        ("learning > -1", ["learning (#) > -1"]),
    ],
)
def test_conditions_are_taken_apart(text: str, says: list[str]) -> None:
    sight = Inspector(practising()).sight
    learning = number(sight.of("learning", true=True))

    trial = Trier(sight, "nation", None).trial("when", text)

    for clause, start in zip(trial.clauses, says, strict=True):
        assert clause.says.startswith(start.replace("#", learning))
    assert trial.holds == all(c.holds for c in trial.clauses if c.depth == 0)


def test_numbers_that_differ_are_shown_as_different() -> None:
    assert told_apart([0.90001, 0.9]) == ["0.90001", "0.9"]
    assert told_apart([2015.0, 41000.0]) == ["2015", "41,000"]


def test_effects_say_their_amounts_of_now() -> None:
    campaign = practising()
    page = Inspector(campaign).page("idle-mill", "paper")
    capacity = campaign.game.now(campaign.position).of("capacity[paper]", true=True)

    close = page.option_does[0]
    assert close[0] == f"capacity[paper] {number(-0.2 * capacity)}  = -0.2 * capacity"
    assert "counts warden.standing -1" in close
    assert f"schedules the-list for {page.spot.year or campaign.year + 1 + 3}" in close


def test_answers_say_what_they_cost_and_whether_they_are_open() -> None:
    campaign = stepped(1)
    page = Inspector(campaign).page("idle-mill", "wool")

    assert {one.id: one.money for one in page.options}["pay"] == 20
    assert all(one.can or one.why_not for one in page.options)


def test_a_rest_a_schedule_and_a_trigger_are_told() -> None:
    campaign = practising()
    campaign.decide(Trigger("long-rain"))
    assert Inspector(campaign).standing("long-rain").best.why == "forced"
    campaign.decide(Step())
    spot = Inspector(campaign).standing("long-rain").best

    assert spot.status == "waits"
    assert spot.why == "rests"
    assert spot.hold.resting is not None
    assert spot.year == spot.hold.resting + 2
    campaign.decide(Expire("long-rain"))


def test_what_only_others_call_says_so() -> None:
    assert Inspector(practising()).standing("the-list").best.why == "by-hand"
    assert Inspector(practising()).standing("a-favour").best.why == "request"


def test_a_situation_that_was_begun_by_hand_is_active() -> None:
    campaign = practising()
    campaign.decide(Trigger("glut", "wool"))

    assert Inspector(campaign).standing("glut").at("wool").status == "active"


def test_lists_are_filtered_by_status_and_by_words() -> None:
    standings = Inspector(practising()).standings

    assert {one.id for one in chosen(standings)} == {one.id for one in standings}
    assert all(one.status in ("could", "comes") for one in chosen(standings, "could"))
    assert [one.id for one in chosen(standings, "all", "LONG rain")] == ["long-rain"]
    assert chosen(standings, "all", "no such thing") == ()


def test_it_says_where_an_entry_is_written() -> None:
    assert "all.yaml:" in Inspector(practising()).page("long-rain").where


def test_looking_changes_nothing() -> None:
    campaign = stepped(3)
    before = campaign.state_digest()
    inspector = Inspector(campaign)
    for one in inspector.standings:
        for spot in one.spots:
            inspector.page(one.id, spot.place)

    assert campaign.state_digest() == before
    other = stepped(4)
    campaign.decide(Step())
    assert campaign.state_digest() == other.state_digest()


def test_every_moment_of_a_campaign_can_be_looked_at() -> None:
    campaign = Campaign.new(tiny(), 6, practice=True)
    while True:
        inspector = Inspector(campaign)
        for one in inspector.standings:
            assert inspector.page(one.id).standing == one
        if campaign.finished:
            break
        campaign.decide(Step())


def test_an_id_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        Inspector(practising()).page("no-such-thing")
