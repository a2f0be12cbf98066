"""What authors get wrong most often, and what they are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.packs import load_packs, render_text
from tests.packs.conftest import Load, codes, one
from tests.packs.factory import TINY, changed, write_addition, write_pack

RULE = "{id: r, adds_to: learning, because: [notes-mills], grade: judgement, rate: "


def test_the_tiny_pack_has_nothing_wrong_with_it(load: Load) -> None:
    loaded = load()
    assert loaded.ok
    assert [render_text(each) for each in loaded.diagnostics] == []


@pytest.mark.parametrize(
    ("inside", "old", "new", "code", "said"),
    [
        ("events/all.yaml", "title: Long rain", "title: Rain: the return", "GH130", ""),
        ("rules/all.yaml", "adds_to: demand, rate", "ads_to: demand, rate", "GH201", "adds_to"),
        ("instruments/all.yaml", "ramp: 2", "ramp: high", "GH204", "the text 'high'"),
        ("events/all.yaml", "cooldown: 2", "cooldown: 017", "GH204", "whole number"),
        ("events/all.yaml", "cooldown: 2", "cooldown: 2.5", "GH204", "whole number"),
        ("indicators/all.yaml", "constant: true", "constant: yes", "GH203", "true or false"),
        ("people.yaml", "trait: builder", "trait: no", "", ""),
        ("people.yaml", "name: Arn", "name: 12", "GH203", "in quotes"),
        ("rules/all.yaml", "adds_to: openness, ", "", "GH202", "adds_to"),
        ("rules/all.yaml", "grade: calibrated", "grade: calibrate", "GH205", "calibrated"),
        ("rules/all.yaml", "id: schools-teach", "id: schools_teach", "GH206", "kebab"),
        ("sectors.yaml", "id: wool", "id: Wool", "GH206", "snake_case"),
        ("instruments/all.yaml", "half: 10", "half: 0", "GH207", "more than 0"),
        ("rules/all.yaml", "id: buyers-waver", "id: buyers-come", "GH210", "buyers-come"),
        ("events/all.yaml", "event: the-list", "event: the-lisst", "GH211", "the-list"),
        ("rules/all.yaml", "because: [notes-rain]", "because: [notes-rian]", "GH211", "notes-rain"),
        ("rules/all.yaml", "rate: 0.02 * demand", "rate: 0.02 * demond", "GH307", "demand"),
        ("events/all.yaml", "when: year >= 2011", "when: year = 2011", "GH302", "=="),
        ("events/all.yaml", "when: year >= 2011", "when: year + 1", "GH304", ""),
        ("rules/all.yaml", "rate: 0.02 * demand", "rate: 2 ** 9", "GH303", "no powers"),
        ("rules/all.yaml", "rate: 0.02 * demand", "rate: '().__class__'", "GH302", ""),
        ("rules/all.yaml", "0.02 * demand", "demand / (demand - 5)", "GH312", "div("),
        ("rules/all.yaml", "support.schools -", "capacity -", "GH306", ""),
        ("aims.yaml", "mean(utilisation)", "sqrt()", "GH305", ""),
        ("events/all.yaml", "title: Long rain", "title: 'Poll #1'", "", ""),
        ("events/all.yaml", "title: Long rain", "title: Poll #1", "GH140", "quotes"),
        ("lessons/all.yaml", "Look at the mills.", "'[@click=app.quit] the mills'", "GH141", ""),
        ("lessons/all.yaml", "Look at the mills.", "'{nobody} looks'", "GH621", "nobody"),
        ("lessons/all.yaml", "id: first-look", "id: first-look, at: desk", "GH219", "scenario"),
        ("lessons/all.yaml", "id: first-look", "id: first-look, at: dest", "GH205", "desk"),
        ("events/all.yaml", "when: year >= 2011", "when: learning > 200", "GH320", ""),
        ("events/all.yaml", "when: year >= 2011", "when: learning >= 0", "GH321", ""),
        ("pack.yaml", "format: 1", "format: 9", "GH401", "reads up to 1"),
        ("pack.yaml", 'engine: ">=1"', 'engine: ">=2"', "GH402", ""),
        ("pack.yaml", 'engine: ">=1"', 'engine: "new"', "GH408", ""),
        ("strategies/schools.yaml", "60%", "0.6", "GH209", "60%"),
        ("strategies/schools.yaml", "60%", "40.5", "GH209", "whole"),
        ("strategies/schools.yaml", "60%", "-3", "GH209", ""),
        ("strategies/schools.yaml", "60%", "120%", "GH214", "120%"),
        ("strategies/mills.yaml", "paper: 20%", "paper: 90%", "GH214", "120%"),
        ("strategies/mills.yaml", "idle-mill: close", "idle-mill: clothes", "GH211", "close"),
        ("strategies/mills.yaml", "schools: 40", "schools: {wool: 40}", "GH212", "national"),
        ("strategies/schools.yaml", "60%", "1.0", "GH209", "100%"),
        ("experiments/all.yaml", "than: schools", "than: school", "GH211", "schools"),
        ("experiments/all.yaml", "in: 80%", "in: 0.8", "GH209", "not a percentage"),
        ("experiments/all.yaml", "by: 10%", "by: -1", "GH219", "0 or more"),
        ("experiments/all.yaml", "long-rain: 2013", "long-rain: 2031", "GH629", "2011 to 2020"),
        ("experiments/all.yaml", "{learning: 10}", "{gdp: 10}", "GH212", "computed"),
        ("events/all.yaml", '"capacity[wool]": -1', '"capacity[wool": -1', "GH212", "not closed"),
        ("experiments/all.yaml", "at: 2015, higher", "at: 2031, higher", "GH629", "2020"),
        ("experiments/all.yaml", "schools: schools", "schools: skools", "GH211", "schools"),
        ("rules/all.yaml", "adds_to: openness", "adds_to: utilisation", "GH610", "computed"),
        ("rules/all.yaml", "adds_to: openness", "adds_to: rainfall", "GH610", "constant"),
        ("events/all.yaml", "{demand: -0.1", "{gdp: -0.1", "GH610", "computed"),
        ("indicators/all.yaml", ",\n  constant: true", "", "GH611", "rainfall"),
        ("events/all.yaml", "warden.closed_a_mill\")", "warden.shut_a_mill\")", "GH612", ""),
        ("events/all.yaml", "  default: wait\n", "", "GH613", "idle-mill"),
        ("events/all.yaml", "default: wait", "default: waits", "GH211", "wait"),
        ("events/all.yaml", "default: wait", "default: pay", "GH615", "pay"),
        ("events/all.yaml", "default: refuse", "default: help", "GH614", "has effects"),
        ("events/all.yaml", "chance: 0.5", "chance: 1.5", "GH616", "1.5"),
        ("events/all.yaml", "0.2 * rainfall", "2 * rainfall", "GH617", "2.1"),
        ("events/all.yaml", "  chance: 0.5\n", "", "GH628", "idle-mill"),
        ("events/all.yaml", "over: 2", "set_flag: x", "GH219", "add and set_flag"),
        ("events/all.yaml", "lock: 'mill_loans[", "lock: 'schools[", "GH212", "national"),
        ("events/all.yaml", "lock: 'mill_loans[", "lock: 'mill_loans[x", "GH211", "sector"),
        ("sectors.yaml", "short: Wool,", "short: Wool and some more,", "GH620", ""),
        ("sectors.yaml", "capacity: 100", "capacity: 0", "GH622", "1 to 10000"),
        ("sectors.yaml", "capacity: 100", "utilisation: 0.5", "GH212", "computed"),
        ("sectors.yaml", "capacity: 100", "learning: 5", "GH212", "sector"),
        ("scenarios/valleys.yaml", ", so-it-goes]", "]", "GH624", "valleys"),
        ("scenarios/valleys.yaml", "capital: political_capital", "capital: gdp", "GH212", "stored"),
        ("scenarios/valleys.yaml", "'clamp(gdp / 20, 0, 100)'", "gdp", "GH625", ""),
        ("scenarios/valleys.yaml", "aims: [work]", "aims: [wrok]", "GH211", "work"),
        ("scenarios/valleys.yaml", "unit: 10%", "unit: 0.1", "GH209", "10%"),
        ("proposals/all.yaml", "channel: science", "channel: finance", "GH212", "science"),
        ("proposals/all.yaml", "sector: wool", "sector: wool, channel: finance", "GH219", ""),
        ("sources/notes.yaml", "quote: Rain stops work., ", "", "GH603", "notes-rain"),
        ("rules/all.yaml", ", says: Schools teach.", ", Schools teach.", "GH201", "comma"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(
    load: Load, inside: str, old: str, new: str, code: str, said: str
) -> None:
    loaded = load(changed(inside, old, new))
    if not code:
        assert loaded.ok
        return
    found = [each for each in loaded.diagnostics if each.code == code]
    assert found, [(each.code, each.message) for each in loaded.diagnostics]
    assert found[0].file.endswith(inside)
    assert said in f"{found[0].message} {found[0].hint}"
    assert loaded.ok == all(each.severity == "warning" for each in loaded.diagnostics)


def test_a_duplicate_id_names_both_places(load: Load) -> None:
    loaded = load(changed("rules/all.yaml", "id: buyers-waver", "id: buyers-come"))
    found = one(loaded, "GH210")
    assert found.line == 5
    assert found.related == (f"{found.file}:3",)


def test_a_duplicate_key_names_both_lines(load: Load) -> None:
    loaded = load({"aims.yaml": "- id: work\n  title: a\n  says: b\n  title: c\n"})
    found = one(loaded, "GH106")
    assert (found.line, found.related) == (4, (f"{found.file}:2",))


def test_a_circle_of_computed_indicators_is_printed(load: Load) -> None:
    loaded = load(
        changed("indicators/all.yaml", "is: capacity * utilisation", "is: 'clamp(gdp, 0, 10)'")
    )
    assert "gdp -> output -> gdp" in one(loaded, "GH330").message


def test_last_years_value_closes_a_circle_too(load: Load) -> None:
    loaded = load(
        changed(
            "indicators/all.yaml",
            "is: capacity * utilisation",
            "is: 'clamp(previous(output), 0, 10)'",
        )
    )
    assert "output -> output" in one(loaded, "GH330").message


def test_in_a_pack_called_core_grounds_are_not_optional(load: Load) -> None:
    without = TINY["rules/all.yaml"].replace("because: [notes-mills], grade: invented", "help: x")
    assert [each.severity for each in load({"rules/all.yaml": without}).diagnostics] == [
        "warning",
        "warning",
    ]
    core = {"rules/all.yaml": without, **changed("pack.yaml", "id: tiny", "id: core")}
    loaded = load(core)
    assert codes(loaded) == ["GH601", "GH602"]
    assert not loaded.ok


def test_a_passage_of_an_invented_source_needs_no_quote(load: Load) -> None:
    files = changed("sources/notes.yaml", "quote: Rain stops work., ", "")
    text = files["sources/notes.yaml"]
    assert text is not None
    assert load({"sources/notes.yaml": "invented: true\n" + text}).diagnostics == ()


def test_one_broken_file_does_not_blame_the_others(load: Load) -> None:
    assert codes(load({"indicators/all.yaml": "- {id: [\n"})) == ["GH132"]
    assert codes(load({"sources/notes.yaml": "id: notes\ntitle: x: y\n"})) == ["GH130"]


def test_one_broken_entry_does_not_blame_those_that_name_it(load: Load) -> None:
    loaded = load(
        changed("indicators/all.yaml", "id: demand, title: Demand", "id: demand, tittle: D")
    )
    assert set(codes(loaded)) == {"GH201", "GH202"}


def test_all_errors_come_in_one_run(load: Load) -> None:
    loaded = load(
        {
            **changed("aims.yaml", "mean(utilisation)", "mean(utilization)"),
            **changed("people.yaml", "advisor: true", "adviser: true"),
            **changed("rules/all.yaml", "rate: 0.02 * demand", "rate: 0.02 *"),
        }
    )
    assert sorted(codes(loaded)) == ["GH201", "GH302", "GH307"]


def test_a_list_where_one_entry_is_wanted_and_the_reverse(load: Load) -> None:
    assert codes(load({"aims.yaml": "id: work\n"})) == ["GH213"]
    assert codes(load({"strategies/schools.yaml": "- title: x\n"})) == ["GH213"]


def test_long_and_deep_expressions_are_refused_at_once(load: Load) -> None:
    for rate in ("1" + " + 1" * 300, "(" * 400 + "1" + ")" * 400, "1 + " * 4000 + "1"):
        loaded = load({"rules/all.yaml": f"- {RULE}'{rate}'}}\n"})
        assert "GH301" in codes(loaded)


@pytest.mark.parametrize(
    ("inside", "old", "new", "code", "marked"),
    [
        ("strategies/schools.yaml", "60%", "0.6", "GH209", "0.6"),
        ("strategies/schools.yaml", "60%", "true", "GH209", "true"),
        ("strategies/schools.yaml", "60%", "120%", "GH214", "120%"),
        ("strategies/schools.yaml", "{schools: 60%}", "schools", "GH203", "schools"),
        ("strategies/mills.yaml", "paper: 20%", "paper: 0.2", "GH209", "0.2"),
        ("strategies/mills.yaml", "wool: mission", "wool: misson", "GH205", "misson"),
        ("strategies/mills.yaml", "{schools: 10%}", "{scools: 10%}", "GH211", "scools"),
        ("experiments/all.yaml", "80%}, start", "0.8}, start", "GH209", "0.8"),
        ("experiments/all.yaml", "mill_loans: 80%", "mill_lons: 80%", "GH211", "mill_lons"),
        ("experiments/all.yaml", "mills: {allocate", "mills: {alocate", "GH201", "alocate"),
        ("experiments/all.yaml", "list: [{allocate", "list: [{alocate", "GH201", "alocate"),
        ("experiments/all.yaml", "schools: 20%", "scools: 20%", "GH211", "scools"),
        ("experiments/all.yaml", "arm: schools", "arm: school", "GH211", "school"),
        ("experiments/all.yaml", "between: [10, 1000]", "between: [10]", "GH207", "["),
        ("people.yaml", "pronoun: he", "pronoun: him", "GH205", "him"),
    ],
)
def test_one_mistake_is_said_once_and_where_it_stands(
    load: Load, inside: str, old: str, new: str, code: str, marked: str
) -> None:
    (found,) = load(changed(inside, old, new)).diagnostics
    assert found.code == code
    assert found.excerpt[found.col - 1 : found.end_col - 1] == marked


def test_a_field_of_an_arm_that_is_one_entry_is_suggested(load: Load) -> None:
    loaded = load(changed("experiments/all.yaml", "mills: {allocate", "mills: {alocate"))
    assert one(loaded, "GH201").hint == "Did you mean 'allocate'?"


def test_an_empty_list_is_called_one(load: Load) -> None:
    loaded = load({"strategies/schools.yaml": "title: Schools first\nplans: []\n"})
    assert "an empty list is out of range" in one(loaded, "GH207").message


STRIKE = """\
- id: strike
  title: A strike
  chance: 0.1
  bulletin: The mills stand still.
  because: [notes-mills]
  grade: invented
"""


def _strike(old: str, new: str) -> dict[str, str | None]:
    assert old in STRIKE
    return {"events/strike.yaml": STRIKE.replace(old, new, 1)}


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "said", "hint"),
    [
        (
            "A strike",
            "War: the return",
            "GH130",
            (2, 13),
            "War: the return",
            "title: 'War: the return'",
        ),
        ("A strike", "War: it's on", "GH130", (2, 13), "War: it's on", 'title: "War: it\'s on"'),
        ("  chance", "\tchance", "GH131", (3, 1), "tab", "blanks"),
        ("A strike", "'A strike", "GH134", (2, 10), "not closed", "apostrophe"),
        (
            "A strike\n  chance: 0.1\n  bulletin: The mills stand still.",
            "'A strike\n  chance: 0.1\n  bulletin: 'The mills stand still.'",
            "GH134",
            (2, 10),
            "not closed",
            "ends only in line 4",
        ),
        ("A strike", "'A' strike", "GH138", (2, 14), "closing quote", "all of it"),
        ("The mills", "{warden} says the mills", "GH133", (4, 13), "quotes", "whole text"),
        ("A strike", "[old] strike", "GH133", (2, 10), "quotes", "whole text"),
        ("title: A", "title A", "GH139", (2, 3), "no colon in `title A strike`", "`title: A"),
        ("- id: strike", "-id: strike", "GH137", (1, 1), "", "`- id: strike`"),
        ("  chance", "   chance", "GH137", (3, 4), "", "further than the line above"),
        ("  title", "title", "GH137", (2, 1), "", "indentation"),
        ("0.1", "0.1\n  when: !seen(x)", "GH111", (4, 9), "!seen(x)", "`not seen(x)`"),
        ("0.1", "0.1\n  when: !seen", "GH111", (4, 9), "!seen", "`not seen`"),
        ("0.1", "!!python/object:os.system x", "GH111", (3, 11), "python", "quotes"),
        ("0.1", "0.1\n  when: '!seen(x)'", "GH302", (4, 10), "!", "not x"),
        ("0.1", "0.1\n  when: year = 3", "GH302", (4, 14), "=", "use =="),
        ("0.1", "'9**9**9'", "GH303", (3, 13), "**", "no powers"),
        ("0.1", "learning / rainfall", "GH312", (3, 22), "may be 0", "div(a, b, default)"),
        ("0.1", "10", "GH616", (3, 11), "is 10, outside 0 to 1", "Write 10%"),
        ("[notes-mills]", "notes-mills", "GH203", (5, 12), "a list", "[notes-mills]"),
        ("0.1", "0.1\n  known: yes", "GH203", (4, 10), "true or false", "Write true"),
        (
            "0.1",
            "0.1\n  effects:\n    add: {learning: 1}",
            "GH203",
            (5, 5),
            "found a mapping",
            "dash",
        ),
        ("0.1", "0.1\n  effects: [{set_flag: Bad}]", "GH206", (4, 24), "small letters", ""),
        (
            "The mills stand still.",
            "'[@click=app.quit]Stop'",
            "GH141",
            (4, 14),
            "[@click=app.quit]",
            "Markup is not used here",
        ),
        ("A strike", "Poll #1", "GH140", (2, 15), "comment", "quotes"),
    ],
)
def test_a_newcomer_is_told_where_what_and_what_to_write(
    load: Load,
    old: str,
    new: str,
    code: str,
    place: tuple[int, int],
    said: str,
    hint: str,
) -> None:
    (found,) = load(_strike(old, new)).diagnostics
    assert (found.code, (found.line, found.col)) == (code, place)
    assert said in found.message
    assert hint in (found.hint or "")


def test_markup_is_kept_as_it_stands(load: Load) -> None:
    loaded = load(_strike("The mills stand still.", "'[@click=app.quit]Stop[/nope]'"))
    assert loaded.pack is not None
    assert loaded.pack.events["strike"].bulletin == "[@click=app.quit]Stop[/nope]"


@pytest.mark.parametrize(
    "when",
    [
        ">\n    learning > 3 and\n    lerning > 4",
        "|\n    learning > 3 and\n    lerning > 4",
        "'learning > 3 and lerning > 4'",
        '"learning > 3 and fired(\\"long-rain\\") and lerning > 4"',
        '"learning > 3 and \\u0028lerning > 4\\u0029"',
        "learning > 3 and\n    lerning > 4",
    ],
)
def test_a_name_is_marked_in_an_expression_however_it_is_written(load: Load, when: str) -> None:
    found = one(load(_strike("0.1", f"0.1\n  when: {when}")), "GH307")
    assert found.excerpt[found.col - 1 : found.end_col - 1] == "lerning"


def test_plain_words_stay_text(load: Load) -> None:
    people = TINY["people.yaml"]
    for word in ("no", "on", "off", "12:30", "017", "2024-01-01", "1_000"):
        loaded = load({"people.yaml": people.replace("trait: builder", f"trait: {word}")})
        assert loaded.pack is not None
        assert loaded.pack.people["warden"].holders[0].trait == word


def test_two_packs_that_define_one_entry_are_told_both_places(tmp_path: Path) -> None:
    tiny = write_pack(tmp_path / "tiny")
    lesson = "- {id: first-look, title: Mine, text: Look.}\n"
    more = write_addition(tmp_path, "more", {"lessons/all.yaml": lesson})
    found = one(load_packs([tiny, more], use_cache=False), "GH220")
    assert "'tiny' and 'more'" in found.message
    assert found.file.endswith("more/lessons/all.yaml")
    assert found.related == (f"{tiny}/lessons/all.yaml:1",)
    assert found.hint is not None
    assert "change: tiny/first-look" in found.hint


def test_of_very_many_mistakes_fifty_are_shown_and_the_rest_is_counted(load: Load) -> None:
    lines = "".join(f"- {{id: l{n}, titel: L, text: x}}\n" for n in range(2000))
    loaded = load({"lessons/all.yaml": lines})
    assert len(loaded.diagnostics) == 51
    assert "3950 more" in loaded.diagnostics[-1].message.replace(",", "")
