from __future__ import annotations

from pathlib import Path

from game.authoring.playthroughs import Played, figure, played
from game.engine import compile_model
from game.lab import Job, columns_of, ensemble, texts_of
from game.packs import Diagnostic, load_pack
from game.packs.playthroughs import Playthroughs, playthroughs_of
from tests.packs.factory import write_pack

HEAD = """\
- id: one
  scenario: valleys
  seed: 3
  plays: mills
  force: {long-rain: 2013, idle-mill: 2014}
  expect:
"""


def read(folder: Path, text: str) -> tuple[Playthroughs, list[Played]]:
    root = write_pack(folder / "tiny", {"tests/all.yaml": text})
    pack = load_pack(root, use_cache=False)
    found = playthroughs_of(pack, root, "tiny")
    return found, [] if found.failed else list(played(pack, found.written))


def outcome(folder: Path, line: str) -> Played:
    found, runs = read(folder, f"{HEAD}    - {line}\n")
    assert found.diagnostics == ()
    (only,) = runs
    return only


def said(folder: Path, text: str) -> list[tuple[str, int]]:
    found, _ = read(folder, text)
    return [(one.code, one.line) for one in found.diagnostics]


def test_a_condition_is_read_on_true_numbers_at_the_end_of_its_year(tmp_path: Path) -> None:
    assert outcome(tmp_path, "{that: 'year == 2015 and learning > 0', at: 2015}").holds


def test_a_condition_that_fails_tells_the_numbers_of_what_does_not_hold(tmp_path: Path) -> None:
    one = outcome(tmp_path, "{that: 'learning > 0 and gdp < 20', at: 2010}")
    assert not one.holds
    (verdict,) = one.verdicts
    assert verdict.wanted == "learning > 0 and gdp < 20 at the end of 2010"
    assert verdict.found.startswith("gdp = ")
    assert "learning" not in verdict.found
    assert verdict.where.endswith("all.yaml:7:7")


def test_a_condition_without_numbers_is_told_as_it_is_written(tmp_path: Path) -> None:
    one = outcome(tmp_path, "{that: 'flag(\"bequest.old_mills\")', at: 2012}")
    assert one.verdicts[0].found == 'not so: flag("bequest.old_mills")'


def test_a_forced_event_happens_in_its_year(tmp_path: Path) -> None:
    assert outcome(tmp_path, "{happens: long-rain, in: 2013}").holds


def test_what_happens_too_late_fails_and_says_when_it_came(tmp_path: Path) -> None:
    one = outcome(tmp_path, "{happens: idle-mill, by: 2012, sector: paper}")
    assert not one.holds
    assert one.verdicts[0].wanted == "idle-mill in paper by 2012"
    assert "2014 in paper" in one.verdicts[0].found


def test_an_answer_counts_only_if_it_was_carried_out(tmp_path: Path) -> None:
    assert outcome(tmp_path, "{happens: idle-mill, in: 2014, choice: close}").holds
    one = outcome(tmp_path / "b", "{happens: idle-mill, in: 2014, choice: pay}")
    assert not one.holds
    assert "answered close" in one.verdicts[0].found


def test_an_event_that_never_came_is_told_with_the_last_year(tmp_path: Path) -> None:
    one = outcome(tmp_path, "{happens: glut}")
    assert one.verdicts[0].found == "that it never came (to 2020)"
    assert outcome(tmp_path / "b", "{never: a-favour}").holds


def test_never_fails_with_the_years_in_which_it_came(tmp_path: Path) -> None:
    one = outcome(tmp_path, "{never: long-rain}")
    assert not one.holds
    assert "2013" in one.verdicts[0].found


def test_a_situation_happens_in_the_year_in_which_it_begins(tmp_path: Path) -> None:
    text = """\
- id: too-many-mills
  scenario: valleys
  start: {"capacity[wool]": 1000, "demand[wool]": 20}
  expect:
    - {happens: glut, in: 2011, sector: wool}
    - {never: glut, sector: paper}
"""
    _, (one,) = read(tmp_path, text)
    assert one.holds, list(one.lines)


def test_the_ending_is_the_one_of_its_own_ten_years_after(tmp_path: Path) -> None:
    assert outcome(tmp_path, "{ending: so-it-goes}").holds
    one = outcome(tmp_path / "b", "{ending: busy}")
    assert one.verdicts[0].found == "the ending so-it-goes"


def test_plans_may_stand_in_the_playthrough_itself_or_be_left_out(tmp_path: Path) -> None:
    text = """\
- id: schools
  scenario: valleys
  plans: [{allocate: {schools: 90%}}]
  expect: [{that: support.schools > 0.1, at: 2015}]
- id: nothing
  scenario: valleys
  expect: [{that: spend.schools < 0.001, at: 2015}]
"""
    _, runs = read(tmp_path, text)
    assert [one.holds for one in runs] == [True, True]


def test_it_is_the_world_that_run_shows_for_the_same_seed(tmp_path: Path) -> None:
    one = outcome(tmp_path, "{that: learning < 1, at: 2015}")
    pack = load_pack(tmp_path / "tiny", use_cache=False)
    plans = pack.strategies["mills"].plans
    model = compile_model(pack, "valleys", texts_of(plans))
    job = Job(plans, "mills", 3, force=one.playthrough.force)
    (block,) = ensemble(model, job, columns_of(model, ["learning"]), 1)
    number = block.values[block.years.index(2015), 0, 0]
    assert one.verdicts[0].found == f"learning = {figure(float(number))}"


def test_the_same_seed_gives_the_same_campaign_and_another_another(tmp_path: Path) -> None:
    text = "".join(
        f"- {{id: {name}, scenario: valleys, seed: {seed},"
        " expect: [{that: gdp < 0, at: 2020}]}\n"
        for name, seed in (("a", 5), ("b", 5), ("c", 6))
    )
    found, runs = read(tmp_path, text)
    assert {one.code for one in found.diagnostics} == {"GH320"}
    figures = [one.verdicts[0].found for one in runs]
    assert figures[0] == figures[1] != figures[2]


def test_ids_and_expressions_that_are_not_there_are_told_where_they_stand(tmp_path: Path) -> None:
    text = """\
- id: one
  scenario: vallleys
  plays: mils
  force: {long-ran: 2013}
  expect:
    - {that: lerning > 3, at: 2015}
    - {happens: idle-mil}
    - {ending: bussy}
"""
    assert sorted(said(tmp_path, text)) == [
        ("GH211", 2),
        ("GH211", 3),
        ("GH211", 4),
        ("GH211", 7),
        ("GH211", 8),
        ("GH307", 6),
    ]


def test_a_finding_names_its_playthrough(tmp_path: Path) -> None:
    found, _ = read(tmp_path, HEAD + "    - {happens: idle-mil}\n")
    (one,) = found.diagnostics
    assert one.within == "playthrough one, expectation 1, happens"


def test_years_outside_the_scenario_are_refused(tmp_path: Path) -> None:
    text = """\
- id: one
  scenario: valleys
  force: {long-rain: 2010}
  expect:
    - {that: learning > 3, at: 2021}
    - {happens: long-rain, by: 2030}
"""
    assert said(tmp_path, text) == [("GH629", 3), ("GH629", 5), ("GH629", 6)]


def test_fields_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    wrong = [
        "{that: learning > 3}",
        "{happens: long-rain, at: 2012}",
        "{never: long-rain, by: 2012}",
        "{happens: long-rain, never: glut}",
        "{happens: long-rain, in: 2012, by: 2014}",
        "{sector: wool}",
    ]
    lines = "".join(f"    - {one}\n" for one in wrong)
    assert said(tmp_path, HEAD + lines) == [("GH219", 7 + i) for i in range(len(wrong))]


def test_a_list_below_plays_is_pointed_to_plans(tmp_path: Path) -> None:
    text = "- {id: one, scenario: valleys, plays: [{}], expect: [{never: glut}]}\n"
    found, _ = read(tmp_path, text)
    (one,) = found.diagnostics
    assert one.code == "GH219"
    assert "plans:" in (one.hint or "")


def test_an_id_is_given_once_in_all_files_of_a_pack(tmp_path: Path) -> None:
    one = "- {id: one, scenario: valleys, expect: [{never: glut}]}\n"
    root = write_pack(tmp_path / "tiny", {"tests/a.yaml": one, "tests/b.yaml": one})
    found = playthroughs_of(load_pack(root, use_cache=False), root, "tiny")
    (said,) = found.diagnostics
    assert (said.code, Path(said.file).name) == ("GH210", "b.yaml")
    assert said.related == (f"{root / 'tests' / 'a.yaml'}:1",)


def test_a_pack_without_tests_has_no_playthroughs(tmp_path: Path) -> None:
    root = write_pack(tmp_path / "tiny")
    found = playthroughs_of(load_pack(root, use_cache=False), root, "tiny")
    assert found == Playthroughs((), ())


def codes(root: Path) -> list[Diagnostic]:
    pack = load_pack(root, use_cache=False)
    return list(playthroughs_of(pack, root, "tiny").diagnostics)


def test_broken_yaml_and_wrong_shapes_are_findings_and_no_crash(tmp_path: Path) -> None:
    files = {
        "tests/a.yaml": "[" * 100,
        "tests/b.yaml": "just: a mapping\n",
        "tests/c.yaml": "- 3\n- {id: x}\n",
        "tests/d.yaml": "- &a {id: x}\n",
        "tests/e.yaml": "",
        "tests/f.yml": "[]\n",
    }
    root = write_pack(tmp_path / "tiny", files)
    found = {Path(one.file).name: one.code for one in codes(root)}
    assert found.keys() == {"a.yaml", "b.yaml", "c.yaml", "d.yaml", "e.yaml", "f.yml"}


def test_a_link_out_of_the_pack_is_not_followed(tmp_path: Path) -> None:
    root = write_pack(tmp_path / "tiny")
    (tmp_path / "secret.yaml").write_text("- {id: x}\n", encoding="utf-8")
    (root / "tests").mkdir()
    (root / "tests" / "x.yaml").symlink_to(tmp_path / "secret.yaml")
    (one,) = codes(root)
    assert "symbolic" in one.message
