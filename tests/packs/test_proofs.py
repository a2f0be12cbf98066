"""What the declared bounds prove before anything is played, and what they do not."""

from __future__ import annotations

import pytest

from game.packs import load_packs
from game.packs.find import shipped_folder
from tests.packs.conftest import Load, codes, one
from tests.packs.factory import TINY, changed

EVENT = """\
- id: strike
  title: A strike
  chance: 0.1
  bulletin: The mills stand still.
  because: [notes-mills]
  grade: invented
"""
RULE = "- {id: r, adds_to: learning, because: [notes-mills], grade: calibrated, says: x, rate: "


def _event(more: str) -> dict[str, str]:
    return {"events/strike.yaml": EVENT + more}


@pytest.mark.parametrize(
    ("when", "code", "marked", "said"),
    [
        ("learning > 200", "GH320", "learning > 200", "learning is 0 to 100"),
        ("learning >= 0", "GH321", "learning >= 0", "learning is 0 to 100"),
        ("year > 2012 and learning > 200", "GH320", "learning > 200", "decides it"),
        ("year > 2012 or learning >= 0", "GH321", "learning >= 0", "decides it"),
        ("not (learning <= 100 or year > 2012)", "GH320", "learning <= 100", "decides it"),
        ("year > 2012 and learning >= 0", "GH323", "learning >= 0", "learning is 0 to 100"),
        ("year > 2012 or learning > 200", "GH322", "learning > 200", "learning is 0 to 100"),
        ("year > 2012 and not (learning < 0)", "GH323", "not (learning < 0)", "learning"),
        ("0 <= learning <= 40 and year > 2012", "GH323", "0 <= learning <= 40", "learning"),
        ("year > 2080", "GH320", "year > 2080", "year is 2010 to 2030"),
        ("year > 2080 and learning > 5", "GH320", "year > 2080", "decides it"),
        ("count(utilisation > 2) > 0", "GH320", "count(utilisation > 2) > 0", "is 0"),
    ],
)
def test_the_clause_that_decides_a_condition_is_named_and_marked(
    load: Load, when: str, code: str, marked: str, said: str
) -> None:
    found = one(load(_event(f"  when: {when}\n")), code)
    assert said in found.message
    text = found.excerpt[found.col - 1 : found.end_col - 1]
    assert text.strip("()") in (marked, marked.removeprefix("not (").strip("()"))


@pytest.mark.parametrize(
    "when",
    [
        "learning > 99 and year > 2012",
        "year >= 2011 and year <= 2020",
        'flag("warden.closed_a_mill") or fired("long-rain")',
        "learning > 30 or not learning > 20",
        "year >= 2011",
        "true and false or 1 > 2",
    ],
)
def test_a_condition_that_may_go_either_way_is_left_alone(load: Load, when: str) -> None:
    assert set(codes(load(_event(f"  when: {when}\n")))) <= {"GH307"}


def test_without_a_scenario_nothing_is_said_about_years(load: Load) -> None:
    none = {
        "scenarios/valleys.yaml": None,
        "experiments/all.yaml": None,
        "strategies/mills.yaml": None,
    }
    assert "GH320" not in codes(load({**_event("  when: year > 2080\n"), **none}))


def test_a_test_inside_a_number_is_looked_at_too(load: Load) -> None:
    chance = "chance: 0.5 if learning > 200 else 0.4"
    loaded = load(changed("events/all.yaml", "chance: 0.5", chance))
    assert "learning > 200" in one(loaded, "GH322").message


def test_a_rate_beyond_the_whole_range_is_told_with_both_numbers(load: Load) -> None:
    found = one(load({"rules/more.yaml": f"{RULE}200 + learning}}\n"}), "GH324")
    assert "at least 180 a year" in found.message
    assert "from 0 to 100" in found.message
    found = one(load({"rules/more.yaml": f"{RULE}-200 - learning}}\n"}), "GH324")
    assert "at least -180 a year" in found.message


def test_a_rate_that_may_be_small_is_left_alone(load: Load) -> None:
    assert codes(load({"rules/more.yaml": f"{RULE}200 * support.schools}}\n"})) == []
    drawn_weaker = load({"rules/more.yaml": f"{RULE}105}}\n"})  # 94.5
    assert "GH324" not in codes(drawn_weaker)


CLIMB = {
    "indicators/more.yaml": "- {id: height, title: H, scope: nation, bounds: [0, 100], start: 20}",
    "rules/more.yaml": (
        "- {id: up, adds_to: height, rate: 10 + learning, says: Up.,\n"
        "  because: [notes-mills], grade: calibrated}\n"
    ),
}


def test_an_indicator_that_only_rises_is_told_where_it_ends(load: Load) -> None:
    found = one(load(CLIMB), "GH325")
    assert "'height' only ever rises" in found.message
    assert "at least 9 a year" in found.message
    assert "from 20 to its bound 100 within 9 years" in found.message


@pytest.mark.parametrize(
    "counter",
    ["rate: -0.3 * height", "noise: 0.1"],
)
def test_one_rule_that_may_counter_it_is_enough(load: Load, counter: str) -> None:
    rest = "says: x, because: [notes-mills], grade: invented}\n"
    other = f"- {{id: down, adds_to: height, {counter}, {rest}"
    assert codes(load({**CLIMB, "rules/other.yaml": other})) == []


def test_one_effect_that_may_counter_it_is_enough(load: Load) -> None:
    assert codes(load({**CLIMB, **_event("  effects: [{add: {height: -50}}]\n")})) == []


def test_a_rise_that_takes_longer_than_any_campaign_is_left_alone(load: Load) -> None:
    slow = CLIMB["rules/more.yaml"].replace("10 + learning", "5 + learning")
    assert codes(load({**CLIMB, "rules/more.yaml": slow})) == []


def test_a_broken_rule_file_may_hold_the_counter(load: Load) -> None:
    assert "GH325" not in codes(load({**CLIMB, "rules/other.yaml": "- {id: [\n"}))


def test_an_effect_beyond_the_whole_range_is_told(load: Load) -> None:
    found = one(load(_event("  effects: [{add: {rainfall: 20}}]\n")), "GH326")
    assert "at least 20" in found.message
    assert "'rainfall' runs from 0 to 1" in found.message


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        ("200000", "at least 200000, and no budget here is above 100000"),
        ("{capital: 11}", "11 capital, and 'political_capital' ends at 10"),
        ("{dossier: 5}", "5 dossiers of the next desk, and no desk here holds more than 4"),
    ],
)
def test_a_price_that_nobody_can_pay_is_told(load: Load, costs: str, said: str) -> None:
    loaded = load(changed("events/all.yaml", "costs: {capital: 1}", f"costs: {costs}"))
    found = one(loaded, "GH327")
    assert "'close' can never be chosen" in found.message
    assert said in found.message
    assert found.within.startswith("event idle-mill, choice close, costs")


def test_a_favour_that_nobody_can_owe_is_told(load: Load) -> None:
    people = TINY["people.yaml"] + "- {id: smith, title: Smith, holders: [{name: A, trait: b}]}\n"
    costs = changed("events/all.yaml", "costs: {capital: 1}", "costs: {favour: smith}")
    assert "smith" in one(load({"people.yaml": people, **costs}), "GH327").message
    owed = changed("events/all.yaml", "costs: {capital: 1}", "costs: {favour: warden}")
    assert codes(load(owed)) == []


@pytest.mark.parametrize("costs", ["90000", "{capital: 10}", "{dossier: 4}"])
def test_a_price_that_somebody_may_pay_is_left_alone(load: Load, costs: str) -> None:
    assert codes(load(changed("events/all.yaml", "costs: {capital: 1}", f"costs: {costs}"))) == []


def test_what_a_favour_may_pay_is_not_too_dear(load: Load) -> None:
    assert codes(load(changed("events/all.yaml", "{money: 0.01 * gdp}", "{capital: 99}"))) == []


def test_an_event_of_which_no_choice_is_left_is_told_so(load: Load) -> None:
    choices = (
        "  text: Well?\n  default: b\n  choices:\n"
        "    - {id: a, label: A, costs: {capital: 50}}\n"
        "    - {id: b, label: B, when: learning > 200}\n"
    )
    loaded = load(_event(choices))
    assert "'strike'" in one(loaded, "GH328").message
    assert set(codes(loaded)) == {"GH320", "GH327", "GH328", "GH627"}


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [
        ("utilisation < 0.6", "utilisation < 0.7", True),
        ("utilisation < 0.6", "utilisation <= 0.6", True),
        ("utilisation > 0.6", "0.5 <= utilisation", True),
        ("utilisation < 0.6 and learning > 5", "utilisation < 0.7 or learning > 50", True),
        ("utilisation <= 0.6", "utilisation < 0.6", False),
        ("utilisation < 0.6", "utilisation > 0.5", False),
        ("utilisation < 0.6", "output < 0.7", False),
        ("utilisation < 0.6 or learning > 5", "utilisation < 0.7", False),
    ],
)
def test_a_situation_that_ends_wherever_it_starts_is_told_so(
    load: Load, starts: str, ends: str, told: bool
) -> None:
    glut = TINY["events/all.yaml"].replace("starts: utilisation < 0.7", f"starts: {starts}")
    loaded = load({"events/all.yaml": glut.replace("ends: utilisation > 0.8", f"ends: {ends}")})
    assert codes(loaded) == (["GH329"] if told else [])


def test_a_situation_that_cannot_end_says_so(load: Load) -> None:
    loaded = load(changed("events/all.yaml", "ends: utilisation > 0.8", "ends: utilisation > 8"))
    assert one(loaded, "GH320").hint == "The situation would never end."


def test_a_chance_that_is_always_none_is_told(load: Load) -> None:
    loaded = load(changed("events/all.yaml", "chance: 0.5", "chance: min(0, utilisation)"))
    assert "min(0, utilisation)" in one(loaded, "GH633").message


def test_a_clock_that_cannot_strike_is_told_what_its_number_is(load: Load) -> None:
    loaded = load(changed("events/all.yaml", "strikes: 0.9", "strikes: 90"))
    assert "its number is 0.2 to 1, and it strikes at 90" in one(loaded, "GH634").message


def test_an_ending_behind_one_that_always_holds_is_told(load: Load) -> None:
    found = one(load(changed("endings/all.yaml", "order: 1", "order: 10")), "GH635")
    assert "'busy' never comes: 'so-it-goes'" in found.message
    assert found.related == (f"{found.file}:12",)


def test_plans_that_never_get_their_turn_are_told(load: Load) -> None:
    plans = "title: x\nplans:\n" + "  - allocate: {schools: 10%}\n" * 3
    found = one(load({"strategies/long.yaml": plans}), "GH636")
    assert found.line == 5
    assert "number 3 of those without `when`, and a campaign has 2 plans" in found.message
    sure = "title: x\nplans:\n  - {when: learning >= 0}\n  - {}\n  - {when: learning > 5}\n"
    loaded = load({"strategies/long.yaml": sure})
    assert codes(loaded) == ["GH321", "GH636", "GH636"]


def test_plans_with_conditions_do_not_use_up_turns(load: Load) -> None:
    plans = "title: x\nplans:\n" + "  - {when: learning > 5}\n" * 3 + "  - {}\n  - {}\n"
    assert codes(load({"strategies/long.yaml": plans})) == []


def test_of_the_shipped_model_nothing_is_proved_wrong() -> None:
    loaded = load_packs([shipped_folder() / "core"], use_cache=False)
    assert [(each.code, each.file, each.line) for each in loaded.diagnostics] == []
