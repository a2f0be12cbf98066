"""Which events fire, how many ask, and what their effects add up to."""

from __future__ import annotations

import numpy as np
import pytest

from game.engine import Draws, begin_plan, close_year, open_year, start
from game.engine.orders import Orders
from game.engine.state import Happened
from tests.engine.small import Game, asking, event, indicator, model
from tests.oracle.packs import Entry


def asked(game: Game) -> list[tuple[str, str | None]]:
    return [(one.event, one.sector) for one in game.pending.asked]


def lowest_draws(game: Game, names: list[str], year: int) -> list[str]:
    """Events in the order of draw divided by chance."""
    luck = game.draws.year(year).events[:, 0]
    streams = [entry for entry, _ in game.model.streams.events]
    return sorted(names, key=lambda name: float(luck[streams.index(f"small/{name}")]))


def test_three_events_a_year_ask_and_those_with_the_lowest_draw_for_their_chance() -> None:
    names = ["ant", "bee", "cow", "dog", "elk"]
    game = Game(model(*map(asking, names)))
    for year in range(2011, 2014):
        game.plan()
        outcome = game.year()
        expected = lowest_draws(game, names, year)[:3]
        assert sorted(name for name, _ in asked(game)) == sorted(expected)
        assert len(game.fired(outcome)) == 3


def test_a_higher_chance_goes_first_at_the_same_luck() -> None:
    sure = {f"sure-{i}": asking(f"sure-{i}") for i in range(3)}
    rare = {f"rare-{i}": asking(f"rare-{i}", chance="0.999 if gold > 0 else 1") for i in range(3)}
    game = Game(model(*sure.values(), *rare.values()))
    luck = game.draws.year(2011).events[:, 0]
    entries = [name.removeprefix("small/") for name, _ in game.model.streams.events]
    chances = [1.0 if name in sure else 0.999 for name in entries]
    order = sorted(zip(luck / chances, entries, strict=True))
    hit = [name for draw, name in order if draw < 1]
    game.plan().open()
    assert sorted(name for name, _ in asked(game)) == sorted(hit[:3])


def test_events_that_only_tell_are_not_limited() -> None:
    game = Game(model(*(event(f"news-{i}") for i in range(7))))
    assert len(game.plan().fired(game.year())) == 7


def test_nine_events_a_plan_ask_and_a_new_plan_begins_to_count_again() -> None:
    game = Game(model(*(asking(f"ask-{i}") for i in range(4)))).plan()
    counts = []
    for _ in range(5):
        game.year()
        counts.append(len(asked(game)))
    assert counts == [3, 3, 3, 0, 0]
    game.plan().year()
    assert len(asked(game)) == 3


def test_each_sector_that_is_struck_is_a_stop_of_its_own() -> None:
    game = Game(model(asking("raid", scope="sector"), asking("talk"))).plan()
    game.open()
    assert len(asked(game)) == 3


def test_what_finds_no_room_does_not_fire_and_starts_no_cooldown() -> None:
    names = ["ant", "bee", "cow", "dog"]
    game = Game(model(*(asking(name, cooldown=3) for name in names))).plan()
    first = [name for name, _ in game.fired(game.year())]
    (left,) = set(names) - set(first)
    assert [name for name, _ in game.fired(game.year())] == [left]


def scheduled(*names: str, years: int = 1) -> list[Entry]:
    """A first-year event that schedules others, which come in no other way."""
    effects = [{"schedule": {"event": name, "in": years}} for name in names]
    return [
        event("herald", when="year == 2011", effects=effects),
        *(asking(name, chance="0") for name in names),
    ]


def test_scheduled_events_come_first_and_wait_a_year_where_there_is_no_room() -> None:
    due = [f"due-{i}" for i in range(4)]
    game = Game(model(*scheduled(*due), *(asking(f"any-{i}") for i in range(4)))).plan()
    game.year()
    assert [name for name, _ in game.fired(game.year())] == due[:3]
    fired = [name for name, _ in game.fired(game.year())]
    assert due[3] in fired
    assert len(fired) == 3


def test_what_waits_for_the_next_plan_comes_in_its_first_year() -> None:
    game = Game(model(*scheduled("due", years=4), *(asking(f"a-{i}") for i in range(3)))).plan()
    for _ in range(5):
        assert ("due", None) not in game.fired(game.year())
    assert ("due", None) in game.plan().fired(game.year())


def test_a_scheduled_event_asks_its_condition_in_its_year_and_never_again() -> None:
    later = asking("later", chance="0", when="gold > 5")
    herald = event(
        "herald", when="year == 2011", effects=[{"schedule": {"event": "later", "in": 1}}]
    )
    rise = event("rise", when="year == 2012", effects=[{"add": {"gold": 2}}])
    game = Game(model(herald, later, rise)).plan()
    for _ in range(4):
        assert "later" not in dict(game.fired(game.year()))
    assert len(game.state.queue) == 0


def test_scheduled_in_no_years_comes_next_year() -> None:
    game = Game(model(*scheduled("due", years=0))).plan()
    assert game.fired(game.year()) == [("herald", None)]
    assert game.fired(game.year()) == [("due", None)]


def test_an_event_scheduled_twice_for_a_year_comes_once() -> None:
    again = event("again", when="year == 2011", effects=[{"schedule": {"event": "due", "in": 1}}])
    game = Game(model(*scheduled("due"), again)).plan()
    game.year()
    assert game.fired(game.year()) == [("due", None)]


def test_a_sector_event_schedules_in_its_own_sector() -> None:
    blow = event(
        "blow", scope="sector", sectors=["paper"], when="year == 2011",
        effects=[{"schedule": {"event": "echo", "in": 2}}, {"schedule": {"event": "far", "in": 2}}],
    )  # fmt: skip
    echo = event("echo", scope="sector", chance="0")
    far = event("far", scope="sector", sectors=["wool"], chance="0")
    game = Game(model(blow, echo, far)).plan()
    fired = [game.fired(game.year()) for _ in range(3)]
    assert fired == [[("blow", "paper")], [], [("echo", "paper")]]


def test_what_the_nation_schedules_for_sectors_comes_to_all_that_it_can_strike() -> None:
    herald = event(
        "herald", when="year == 2011", effects=[{"schedule": {"event": "raid", "in": 1}}]
    )
    raid = event("raid", scope="sector", sectors=["wool", "paper"], chance="0")
    game = Game(model(herald, raid)).plan()
    game.year()
    assert game.fired(game.year()) == [("raid", "wool"), ("raid", "paper")]


@pytest.mark.parametrize(("cooldown", "years"), [(1, [1, 1, 1, 1, 1]), (3, [1, 0, 0, 1, 0])])
def test_a_cooldown_keeps_an_event_away(cooldown: int, years: list[int]) -> None:
    game = Game(model(event("storm", cooldown=cooldown))).plan()
    assert [len(game.fired(game.year())) for _ in range(5)] == years


def test_without_a_cooldown_an_event_comes_once_a_campaign_and_once_for_each_sector() -> None:
    once = {"id": "once", "title": "Once", "chance": "1"}
    each = {**once, "id": "each", "scope": "sector", "chance": "0.5"}
    game = Game(model(once, each)).plan()
    fired = [one for _ in range(5) for one in game.fired(game.year())]
    game.plan()
    fired += [one for _ in range(5) for one in game.fired(game.year())]
    assert len(fired) == len(set(fired))
    assert {sector for name, sector in fired if name == "each"} == {"steel", "wool", "paper"}


def test_a_forced_event_fires_everywhere_whatever_its_condition_chance_and_cooldown() -> None:
    raid = event("raid", scope="sector", sectors=["wool", "paper"], when="gold > 9", chance="0.1")
    game = Game(model(raid, event("calm"))).plan()
    for _ in range(2):
        fired = game.fired(game.year(force=["raid"]))
        assert [one for one in fired if one[0] == "raid"] == [("raid", "wool"), ("raid", "paper")]


def test_a_mask_keeps_events_from_firing_by_chance_and_by_schedule() -> None:
    game = Game(model(*scheduled("due"), event("storm"))).plan()
    mask = np.array([name == "herald" for name in game.model.pack.events])
    assert game.fired(game.year(mask=mask)) == [("herald", None)]
    assert game.fired(game.year(mask=mask)) == []


def test_an_event_at_a_beat_never_comes_by_chance_and_counts_as_no_stop() -> None:
    wish = {
        "id": "wish", "title": "Wish", "beat": "request", "by": "warden", "text": "Please.",
        "chance": "0", "default": "no",
        "choices": [
            {"id": "no", "label": "No"},
            {"id": "yes", "label": "Yes", "effects": [{"add": {"gold": 1}}]},
        ],
    }  # fmt: skip
    game = Game(model(wish, *(asking(f"ask-{i}") for i in range(3)))).plan()
    outcome = game.year(extra=[("wish", None, "yes")])
    assert game.read("gold") == 6.0
    assert len(game.fired(outcome)) == 4
    assert game.fired(game.year()) == [(f"ask-{i}", None) for i in range(3)]


def amounts(game: Game, years: int, text: str = "size") -> list[float]:
    """How much a number moves in each of some years."""
    before, moved = game.read(text), []
    for _ in range(years):
        game.year()
        moved.append(game.read(text) - before)
        before = game.read(text)
    return moved


def once(effect: Entry, **more: object) -> Entry:
    return {"id": "blow", "title": "Blow", "chance": "1", "effects": [effect], **more}


def test_an_effect_goes_over_years_from_its_own_and_then_fades() -> None:
    blow = once({"add": {"size": "0.24 * size"}, "over": 3, "fades": 2})
    game = Game(model(indicator("size"), blow)).plan(years=7)
    assert amounts(game, 7) == [4.0, 4.0, 4.0, -6.0, -6.0, 0.0, 0.0]


def test_the_amount_is_fixed_when_it_fires() -> None:
    grow = {"id": "grow", "adds_to": "other", "rate": "10", "grade": "documented"}
    blow = once({"add": {"size": "0.1 * other"}, "over": 2})
    game = Game(model(indicator("size"), indicator("other", start=0), grow, blow)).plan()
    assert amounts(game, 3) == [0.0, 0.0, 0.0]


def test_in_a_sector_event_a_bare_sector_indicator_is_that_sector() -> None:
    blow = once({"add": {"plant": "1", "plant[steel]": "2"}}, scope="sector", sectors=["wool"])
    game = Game(model(indicator("plant", "sector"), blow)).plan()
    game.year()
    assert [game.read(f"plant[{at}]") for at in ("steel", "wool", "paper")] == [52, 51, 50]


def test_in_a_national_event_a_bare_sector_indicator_is_every_sector() -> None:
    starts = {"id": "rise", "adds_to": "plant", "rate": "0", "grade": "documented"}
    blow = once({"add": {"plant": "0.1 * plant"}})
    game = Game(model(indicator("plant", "sector"), starts, blow)).plan()
    game.year()
    assert [game.read(f"plant[{at}]") for at in ("steel", "wool", "paper")] == [55, 55, 55]


def test_what_strikes_sectors_moves_every_region_once_for_each() -> None:
    blow = once({"add": {"mood": "0.1 * mood"}}, scope="sector", sectors=["wool", "paper"])
    glut = {
        "id": "glut", "title": "Glut", "scope": "sector", "sectors": ["steel", "paper"],
        "starts": "gold > 0", "ends": "gold < 0", "effects": [{"add": {"mood": "1"}}],
    }  # fmt: skip
    game = Game(model(indicator("mood", "region"), blow, glut)).plan()
    game.year()
    assert [game.read(f"mood[{at}]") for at in ("north", "south")] == [62.0, 62.0]


def test_a_situation_acts_from_the_year_in_which_it_starts_until_it_ends() -> None:
    rise = {"id": "rise", "adds_to": "heat", "rate": "10", "grade": "documented"}
    glut = {
        "id": "glut", "title": "Glut", "starts": "65 < heat < 85", "ends": "heat > 85",
        "effects": [{"add": {"size": "1"}}, {"count": {"gluts": 1}}],
    }  # fmt: skip
    game = Game(model(indicator("heat"), indicator("size"), rise, glut)).plan(years=7)
    moved, told = [], []
    for _ in range(6):
        before = game.read("size")
        outcome = game.year()
        moved.append(game.read("size") - before)
        told += [(one.year, one.kind) for one in outcome.happened if one.column == 0]
    assert moved == [0, 0, 1, 1, 0, 0]
    assert told == [(2013, "situation"), (2015, "over")]
    assert game.read('counter("gluts")') == 2.0


def test_everything_that_acts_in_a_year_reads_one_snapshot() -> None:
    first = event("a-first", effects=[{"add": {"size": 10}}, {"set_flag": "seen"}], cooldown=9)
    second = event("b-second", when='flag("seen")', effects=[{"add": {"size": "size"}}], cooldown=9)
    game = Game(model(indicator("size", start=20), first, second)).plan()
    assert game.fired(game.year()) == [("a-first", None)]
    assert game.read("size") == 30.0
    assert game.fired(game.year()) == [("b-second", None)]
    assert game.read("size") == 60.0


def test_worlds_do_not_share_their_stops() -> None:
    names = [f"ask-{i}" for i in range(6)]
    compiled = model(*(asking(name, chance="0.5") for name in names))
    draws = Draws(compiled.streams, 5, range(40))
    state = start(compiled, draws)
    state = begin_plan(compiled, state, Orders.of(compiled, state, {}))
    luck = draws.year(2011).events
    outcome = close_year(open_year(compiled, state, draws))
    for column in range(40):
        hit = sorted(
            (luck[i, column], name) for i, name in enumerate(names) if luck[i, column] < 0.5
        )
        assert fired_in(outcome.happened, column) == sorted(name for _, name in hit[:3])


def fired_in(happened: tuple[Happened, ...], column: int) -> list[str]:
    return [one.id for one in happened if one.column == column]
