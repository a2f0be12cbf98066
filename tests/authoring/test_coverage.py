from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from game.authoring.coverage import Coverage, Entry, covered, scenarios_of
from game.authoring.covered_lines import lines, to_json, why
from game.engine import compile_model
from game.lab import Job
from game.lab.balance import measures
from game.lab.errors import NotFoundError
from game.lab.standings import standing
from game.packs import Pack, load_pack
from tests.packs.factory import write_pack

DEAD = """\
- {id: no-such-heat, title: Heat, when: 'year >= 2013 and rainfall > 0.9', chance: 0.5,
  bulletin: Hot., because: [notes-rain], grade: invented}
- {id: two-halves, title: Two halves, when: 'year < 2014 and year > 2015', chance: 0.5,
  bulletin: Hot., because: [notes-rain], grade: invented}
- {id: a-wonder, title: A wonder, chance: 0.000001, bulletin: Oh., because: [notes-rain],
  grade: invented, effects: [{schedule: {event: after-it, in: 1}}]}
- {id: after-it, title: After it, bulletin: Oh., because: [notes-rain], grade: invented}
- {id: idle-paper, title: Idle paper, scope: sector, sectors: [paper], when: utilisation < 0.3,
  chance: 0.4, bulletin: Idle., because: [notes-rain], grade: invented}
- id: a-dear-thing
  title: A dear thing
  when: year >= 2012
  chance: 1
  text: It is dear.
  choices:
    - {id: buy, label: Buy, costs: 100000, because: [notes-rain]}
    - {id: beg, label: Beg, costs: {capital: 10}, because: [notes-rain]}
    - {id: wish, label: Wish, when: learning > 99, because: [notes-rain]}
    - {id: call, label: Call, costs: {favour: warden}, because: [notes-rain]}
    - {id: go, label: Go}
  default: go
  because: [notes-rain]
  grade: invented
- {id: idle-everywhere, title: Idle, scope: sector, starts: utilisation < 0.21,
  ends: utilisation > 0.5, effects: [], says: Idle., because: [notes-rain], grade: invented}
"""
NEVER = [
    ("event", "a-wonder"),
    ("event", "after-it"),
    ("event", "idle-paper"),
    ("event", "no-such-heat"),
    ("event", "two-halves"),
    ("choice", "a-dear-thing:beg"),
    ("choice", "a-dear-thing:buy"),
    ("choice", "a-dear-thing:wish"),
    ("situation", "glut"),
    ("situation", "idle-everywhere"),
    ("ending", "busy"),
]


@cache
def dead_pack() -> Pack:
    with TemporaryDirectory() as folder:
        root = write_pack(Path(folder) / "tiny", {"events/dead.yaml": DEAD})
        return load_pack(root, use_cache=False)


@cache
def dead() -> Coverage:
    return covered(dead_pack(), "tiny", ("valleys",), worlds=32)


def entry(kind: str, name: str) -> Entry:
    return next(one for one in dead().entries if (one.kind, one.name) == (kind, name))


def reasons(kind: str, name: str) -> list[str]:
    return [" ".join(line.split()) for line in why(dead(), entry(kind, name))]


def test_what_never_occurs_stands_first_and_is_what_it_should_be() -> None:
    assert sorted((one.kind, one.name) for one in dead().never) == sorted(NEVER)
    told = list(lines(dead(), 0))
    assert told.index("Never:") < next(i for i, line in enumerate(told) if "worlds  times" in line)


def test_each_clause_of_a_dead_event_tells_how_often_it_holds_and_how_near_it_came() -> None:
    assert reasons("event", "no-such-heat") == [
        "0% of world-years: rainfall > 0.9 (nearest 0.3 against 0.9, mills in 2011)",
        "80% of world-years: year >= 2013",
    ]


def test_clauses_that_never_hold_together_are_told_so() -> None:
    assert reasons("event", "two-halves")[-1] == "each holds at times, never all of them together"


def test_a_small_chance_is_told_with_what_was_to_be_expected() -> None:
    (line,) = reasons("event", "a-wonder")
    assert line == "chance 1e-06 a year: 0.00064 expected in 64 worlds x 10 years"


def test_what_only_a_schedule_brings_names_what_schedules_it() -> None:
    assert reasons("event", "after-it") == [
        "it comes only when it is scheduled, by a-wonder (never)"
    ]


def test_a_sector_event_is_looked_at_in_its_own_sectors_alone() -> None:
    probe = entry("event", "idle-paper").probes["valleys"]
    (line,) = reasons("event", "idle-paper")
    assert line.startswith("0% of world-years: utilisation < 0.3 (nearest 0.")
    assert list(getattr(probe, "places", [])) == [list(dead_pack().sectors).index("paper")]


def test_an_answer_tells_whether_its_price_or_its_condition_stands_against_it() -> None:
    assert "too little: money" in reasons("choice", "a-dear-thing:buy")[-1]
    assert "too little: political capital" in reasons("choice", "a-dear-thing:beg")[-1]
    assert reasons("choice", "a-dear-thing:wish")[1].startswith("0% of them: learning > 99")


def test_what_takes_a_favour_needs_a_player_and_is_not_dead() -> None:
    assert [one.name for one in dead().only_played] == ["a-dear-thing:call"]
    assert any(line.startswith("Only a player") for line in lines(dead(), 80))


def test_a_dead_situation_tells_what_keeps_it_from_starting() -> None:
    assert reasons("situation", "idle-everywhere")[0].startswith(
        "0% of world-years: utilisation < 0.21 (nearest"
    )


def test_a_dead_ending_tells_its_clauses_in_the_words_of_the_pack() -> None:
    assert reasons("ending", "busy")[0].startswith("0% of ends: balance.growth > 50 (nearest")


def test_an_earlier_ending_that_takes_the_place_is_named() -> None:
    endings = """\
- {id: first, title: First, order: 1, text: First., because: [notes-mills]}
- {id: second, title: Second, order: 2, when: year > 2000, text: Second., because: [notes-mills],
  hints: [{id: a, when: year > 2000, says: A.}, {id: b, when: year > 2000, says: B.}]}
"""
    with TemporaryDirectory() as folder:
        files = {"endings/all.yaml": endings}
        root = write_pack(Path(folder) / "tiny", files)
        text = (root / "scenarios" / "valleys.yaml").read_text(encoding="utf-8")
        text = text.replace("[busy, so-it-goes]", "[first, second]")
        (root / "scenarios" / "valleys.yaml").write_text(text, encoding="utf-8")
        pack = load_pack(root, use_cache=False)
    found = covered(pack, "tiny", ("valleys",), worlds=4)
    second = next(one for one in found.never if one.name == "second")
    assert list(why(found, second))[-1] == "where it could have come, first comes first in 100%"


def test_what_occurs_tells_share_years_and_who_brings_it_about_most() -> None:
    one = entry("event", "a-dear-thing")
    assert one.share == 1.0
    assert one.when == (2012, 2012, 2012)
    assert one.most is not None
    assert one.most[1] == 1.0


def test_shares_are_those_that_the_balance_of_a_scenario_reckons_with() -> None:
    pack = dead_pack()
    model = compile_model(pack, "valleys", measures(pack))
    for name, strategy in pack.strategies.items():
        found = standing(model, Job(strategy.plans, name, 1), 32)
        for one in dead().entries:
            share = next((s for run, s in one.runs.items() if run.name == name), 0.0)
            if one.kind == "event":
                assert share == found.share(one.name), one.name
            if one.kind == "ending":
                assert share == found.endings.get(one.name, 0.0), one.name


def test_requests_and_visits_come_by_lot() -> None:
    runs = entry("event", "a-favour").runs
    assert [run.name for run in runs] == ["by lot"]


def test_lines_keep_to_eighty_columns() -> None:
    assert max(map(len, lines(dead(), 80))) <= 80


def test_the_worlds_of_a_run_do_not_depend_on_how_many_there_are() -> None:
    few = covered(dead_pack(), "tiny", ("valleys",), strategies=["mills"], worlds=1)
    many = covered(dead_pack(), "tiny", ("valleys",), strategies=["mills"], worlds=3)
    rain = [next(one for one in found.entries if one.name == "long-rain") for found in (few, many)]
    assert rain[0].with_it <= rain[1].with_it
    assert {run.worlds for run in few.runs} == {1, 4}


def test_entries_of_required_packs_are_told_only_when_asked_for(tmp_path: Path) -> None:
    write_pack(tmp_path / "tiny")
    more = tmp_path / "more"
    more.mkdir()
    (more / "events").mkdir()
    (more / "pack.yaml").write_text(
        "id: more\ntitle: More\nversion: 0.1.0\nformat: 1\nengine: '>=1'\nrequires: [tiny]\n"
        "authors: [Nobody]\nlicence: MIT\n",
        encoding="utf-8",
    )
    (more / "events" / "all.yaml").write_text(
        "- {id: snow, title: Snow, chance: 0.9, bulletin: Snow., because: [notes-rain],"
        " grade: invented}\n",
        encoding="utf-8",
    )
    pack = load_pack(more, use_cache=False)
    assert scenarios_of(pack, "more") == ("valleys",)
    own = covered(pack, "more", ("valleys",), worlds=2)
    assert [one.name for one in own.entries] == ["snow"]
    every = covered(pack, "more", ("valleys",), worlds=2, everything=True)
    assert {"snow", "long-rain"} <= {one.name for one in every.entries}


def test_a_strategy_that_a_scenario_cannot_carry_out_is_left_out_with_a_note(
    tmp_path: Path,
) -> None:
    text = (
        "title: One valley\nopening: A valley.\nstart: 2011\n"
        "plans: [{title: First plan, short: '1'}]\ndesk: {slots: 3, unit: 10%}\n"
        "budget: 0.1 * gdp\ninstruments: [schools]\nendings: [so-it-goes]\n"
        "because: [notes-mills]\ngrade: invented\n"
    )
    root = write_pack(tmp_path / "tiny", {"scenarios/one.yaml": text})
    found = covered(load_pack(root, use_cache=False), "tiny", ("one",), worlds=2)
    assert {run.name for run in found.runs} == {"by lot", "schools"}
    assert len(found.notes) == 1
    assert "mills is left out in one" in found.notes[0]


def test_json_tells_the_same_as_the_lines() -> None:
    told = to_json(dead())
    assert sorted((one["kind"], one["id"]) for one in told["never"]) == sorted(NEVER)
    heat = next(one for one in told["events"] if one["id"] == "no-such-heat")
    assert [one["held"] for one in heat["clauses"]["valleys"]["each"]] == [2 * 32 * 8, 0]


@pytest.mark.parametrize("names", [("nowhere",), ("vallys",)])
def test_a_scenario_that_is_not_there_is_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(NotFoundError, match="there is no scenario"):
        scenarios_of(dead_pack(), "tiny", names)


def test_a_strategy_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotFoundError, match="did you mean mills"):
        covered(dead_pack(), "tiny", ("valleys",), strategies=["mils"])
