from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from game.packs import Loaded, load_packs
from tests.packs.conftest import codes, one
from tests.packs.factory import changed, write_addition, write_files, write_pack


def loaded(tmp_path: Path, *packs: tuple[str, Mapping[str, str], str]) -> Loaded:
    write_pack(tmp_path / "tiny")
    folders = [write_addition(tmp_path, name, files, needs) for name, files, needs in packs]
    return load_packs(folders, use_cache=False)


def test_a_required_pack_beside_it_is_loaded_too(tmp_path: Path) -> None:
    rule = (
        "- {id: extra, adds_to: learning, rate: 1, because: [tiny/notes-mills], grade: invented}\n"
    )
    result = loaded(tmp_path, ("more", {"rules/all.yaml": rule}, "[tiny]"))
    assert result.diagnostics == ()
    assert result.pack is not None
    assert list(result.pack.manifests) == ["tiny", "more"]
    assert list(result.pack.rules)[-1] == "extra"
    assert result.pack.rules["extra"].because == ("notes-mills",)
    assert result.pack.owner("rule", "extra") == "more"
    assert result.pack.owner("rule", "schools-teach") == "tiny"


def test_order_is_that_of_packs_then_of_ids_but_places_keep_their_files_order(
    tmp_path: Path,
) -> None:
    files = {
        "sectors.yaml": "- {id: zinc, title: Zinc}\n- {id: amber, title: Amber}\n",
        "aims.yaml": "- {id: b, title: B, says: b, when: gdp > 50}\n"
        "- {id: a, title: A, says: a, when: gdp > 50}\n",
    }
    result = loaded(tmp_path, ("more", files, "[tiny]"))
    assert result.pack is not None
    assert list(result.pack.sectors) == ["wool", "paper", "zinc", "amber"]
    assert list(result.pack.aims) == ["work", "a", "b"]
    assert list(result.pack.rules) == sorted(result.pack.rules)


def test_two_packs_with_one_id_are_both_named(tmp_path: Path) -> None:
    files = {"aims.yaml": "- {id: work, title: W, says: w, when: gdp > 50}\n"}
    result = loaded(tmp_path, ("more", files, "[tiny]"))
    found = one(result, "GH220")
    assert "'tiny'" in found.message
    assert "'more'" in found.message
    assert found.related[0].endswith("aims.yaml:1")
    assert found.hint is not None
    assert "change: tiny/work" in found.hint


def test_a_change_replaces_the_fields_that_it_gives(tmp_path: Path) -> None:
    files = {
        "rules/all.yaml": "- {change: tiny/schools-teach, rate: 2 * support.schools}\n",
        "sectors.yaml": "- {change: tiny/wool, title: Fine wool}\n",
        "scenarios/valleys.yaml": "change: tiny/valleys\ntitle: Three valleys\n",
    }
    result = loaded(tmp_path, ("more", files, "[tiny]"))
    assert result.diagnostics == ()
    assert result.pack is not None
    rule = result.pack.rules["schools-teach"]
    assert (rule.rate, rule.says) == ("2 * support.schools", "Schools teach.")
    assert list(result.pack.sectors) == ["wool", "paper"]
    assert result.pack.sectors["wool"].title == "Fine wool"
    scenario = result.pack.scenarios["valleys"]
    assert (scenario.title, len(scenario.plans)) == ("Three valleys", 2)


def test_every_kind_of_entry_survives_a_change(tmp_path: Path) -> None:
    files = {
        "experiments/x.yaml": "- {change: tiny/mills-build, worlds: 32}\n",
        "strategies/x.yaml": "change: tiny/mills\ntitle: Mills again\n",
        "events/x.yaml": "- {change: tiny/idle-mill, cooldown: 4}\n- {change: tiny/glut, help: x}",
        "proposals/x.yaml": "- {change: tiny/more-wool, weight: heavy}\n",
        "people.yaml": "- {change: tiny/warden, wants: Rest.}\n",
        "endings/x.yaml": "- {change: tiny/busy, order: 2}\n",
        "indicators/x.yaml": "- {change: tiny/utilisation, help: x}\n",
    }
    result = loaded(tmp_path, ("more", files, "[tiny]"))
    assert result.diagnostics == ()
    plain = load_packs([tmp_path / "tiny"], use_cache=False).pack
    assert plain is not None
    assert result.pack is not None
    changed_arms = result.pack.experiments["mills-build"].arms
    assert changed_arms == plain.experiments["mills-build"].arms
    assert result.pack.strategies["mills"].plans == plain.strategies["mills"].plans
    assert result.pack.events["idle-mill"].choices == plain.events["idle-mill"].choices


def test_a_changed_field_is_blamed_where_it_is_written(tmp_path: Path) -> None:
    files = {"rules/all.yaml": "- {change: tiny/schools-teach, rate: 2 * suport.schools}\n"}
    result = loaded(tmp_path, ("more", files, "[tiny]"))
    found = next(each for each in result.diagnostics if each.code == "GH307")
    assert found.file == str(tmp_path / "more" / "rules" / "all.yaml")
    assert "suport" in found.excerpt[found.col - 1 :]


def test_null_takes_a_field_away(tmp_path: Path) -> None:
    files = {"events/all.yaml": "- {change: tiny/long-rain, cooldown: null}\n"}
    result = loaded(tmp_path, ("more", files, "[tiny]"))
    assert result.pack is not None
    assert result.pack.events["long-rain"].cooldown is None


def test_a_removed_entry_is_gone_and_named_where_it_is_missed(tmp_path: Path) -> None:
    gone = {"rules/all.yaml": "- remove: tiny/buyers-waver\n"}
    result = loaded(tmp_path, ("more", gone, "[tiny]"))
    assert result.pack is not None
    assert "buyers-waver" not in result.pack.rules
    missed = {"aims.yaml": "- remove: tiny/work\n"}
    result = loaded(tmp_path, ("less", missed, "[tiny]"))
    assert "needs it at scenario/" in one(result, "GH226").message


def test_only_entries_of_required_packs_are_changed(tmp_path: Path) -> None:
    files = {"rules/all.yaml": "- {change: tiny/schools-teach, rate: 1}\n"}
    write_pack(tmp_path / "tiny")
    other = write_addition(tmp_path, "more", files, "[]")
    result = load_packs([tmp_path / "tiny", other], use_cache=False)
    assert "GH222" in codes(result)
    wrong = {"rules/all.yaml": "- {change: tiny/schools-teech, rate: 1}\n"}
    result = loaded(tmp_path, ("other", wrong, "[tiny]"))
    assert one(result, "GH221").hint == "Did you mean 'tiny/schools-teach'?"


def test_of_a_chain_of_packs_the_last_change_wins(tmp_path: Path) -> None:
    result = loaded(
        tmp_path,
        ("one", {"rules/all.yaml": "- {change: tiny/schools-teach, rate: 1}\n"}, "[tiny]"),
        ("two", {"rules/all.yaml": "- {change: tiny/schools-teach, rate: 2}\n"}, "[tiny, one]"),
    )
    assert result.pack is not None
    assert result.pack.rules["schools-teach"].rate == "2"


def test_packs_that_do_not_know_one_another_conflict_over_a_field(tmp_path: Path) -> None:
    result = loaded(
        tmp_path,
        ("one", {"rules/all.yaml": "- {change: tiny/schools-teach, rate: 1}\n"}, "[tiny]"),
        ("two", {"rules/all.yaml": "- {change: tiny/schools-teach, rate: 2}\n"}, "[tiny]"),
    )
    found = one(result, "GH223")
    assert "'one'" in found.message
    assert "rate of 'tiny/schools-teach'" in found.message
    result = loaded(
        tmp_path,
        ("one", {"rules/all.yaml": "- {change: tiny/schools-teach, rate: 1}\n"}, "[tiny]"),
        ("two", {"rules/all.yaml": "- {change: tiny/schools-teach, help: x}\n"}, "[tiny]"),
    )
    assert result.ok


def test_former_ids_are_followed(tmp_path: Path) -> None:
    write_pack(
        tmp_path / "tiny",
        changed("rules/all.yaml", "id: schools-teach,", "id: schools-teach, former_ids: [taught],"),
    )
    files = {"rules/all.yaml": "- {change: tiny/taught, rate: 1}\n"}
    result = load_packs([write_addition(tmp_path, "more", files)], use_cache=False)
    assert result.pack is not None
    assert result.pack.rules["schools-teach"].rate == "1"
    assert result.pack.lasting_id("rule", "schools-teach") == "tiny/taught"


def test_expressions_may_name_events_of_required_packs_in_full(tmp_path: Path) -> None:
    files = {
        "events/all.yaml": "- {id: echo, title: Echo, chance: 0.1, because: [tiny/notes-rain],\n"
        "  grade: invented, when: 'fired(\"tiny/long-rain\")', bulletin: Again.}\n",
        "strategies/x.yaml": "title: X\nplans: [{choices: {tiny/idle-mill: close}}]\n",
    }
    result = loaded(tmp_path, ("more", files, "[tiny]"))
    assert result.diagnostics == ()
    assert result.pack is not None
    assert result.pack.events["echo"].when == 'fired("long-rain")'
    assert result.pack.strategies["x"].plans[0].choices == {"idle-mill": "close"}


def test_missing_old_conflicting_and_circular_packs_are_told_apart(tmp_path: Path) -> None:
    assert "GH403" in codes(loaded(tmp_path, ("a", {}, "[nowhere]")))
    newer = loaded(tmp_path, ("b", {}, "[{id: tiny, version: '>=2'}]"))
    assert one(newer, "GH404").severity == "error"
    assert "GH408" in codes(loaded(tmp_path, ("c", {}, "[{id: tiny, version: new}]")))
    manifest = "id: d\ntitle: D\nversion: 1\nformat: 1\nrequires: [tiny]\nconflicts: [tiny]\n"
    folder = write_files(
        tmp_path / "d", {"pack.yaml": manifest.replace("version: 1", 'version: "1"')}
    )
    assert "GH405" in codes(load_packs([folder], use_cache=False))
    write_addition(tmp_path, "e", {}, "[f]")
    circle = load_packs([write_addition(tmp_path, "f", {}, "[e]")], use_cache=False)
    assert "e -> f -> e" in one(circle, "GH406").message


def test_hashes_tell_numbers_from_words(tmp_path: Path) -> None:
    def hashes(files: Mapping[str, str | None]) -> tuple[str, str]:
        pack = load_packs([write_pack(tmp_path / "tiny", files)], use_cache=False).pack
        assert pack is not None
        return pack.hashes["tiny"].model, pack.hashes["tiny"].text

    model, text = hashes({})
    words = hashes(changed("rules/all.yaml", "says: Schools teach.", "says: Schools do teach."))
    numbers = hashes(changed("rules/all.yaml", "0.01 * learning", "0.02 * learning"))
    grade = hashes(changed("rules/all.yaml", "grade: calibrated", "grade: judgement"))
    layout = hashes(
        changed("rules/all.yaml", "- {id: schools-teach,", "# note\n- {id: schools-teach,")
    )
    assert words[0] == model
    assert words[1] != text
    assert numbers[0] != model
    assert numbers[1] == text
    assert grade[0] != model
    assert layout == (model, text)


def test_hashes_are_the_same_on_every_machine(tmp_path: Path) -> None:
    pack = load_packs([write_pack(tmp_path / "somewhere" / "else")], use_cache=False).pack
    assert pack is not None
    again = load_packs([write_pack(tmp_path / "tiny")], use_cache=False).pack
    assert again is not None
    assert pack.hashes == again.hashes
