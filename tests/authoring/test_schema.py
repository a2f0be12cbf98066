"""The schema for editors agrees with the game: what it accepts, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from game.authoring.known import known_of
from game.authoring.meanings import meaning, meanings, snippets
from game.authoring.modelines import schema_files
from game.authoring.reference import classes
from game.authoring.schema import FILES, file_of, schemas, shelf_schema
from game.packs import cache as pack_cache
from game.packs import find_packs, handbook
from game.packs.reader import read
from tests.packs.conftest import Load, codes
from tests.packs.conftest import load as load
from tests.packs.factory import TINY, changed, write_addition, write_pack


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack_cache, "folder", lambda: tmp_path / "cache")


@cache
def bodies() -> Mapping[str, dict[str, Any]]:
    """Schemas without ids, by the name of their file."""
    return schemas()


@cache
def plain() -> Mapping[str, Draft7Validator]:
    """Validators without ids, by the name of the schema's file."""
    return {name: Draft7Validator(body) for name, body in bodies().items()}


def refusals(validator: Draft7Validator, text: str) -> list[str]:
    """What a schema says against a text."""
    data = read(text.encode())
    return [error.message for error in validator.iter_errors(data)]


def schema_of(inside: str) -> str:
    return file_of(inside.split("/")[0].removesuffix(".yaml"))


@pytest.mark.parametrize("name", [file_of("pack"), *map(file_of, FILES)])
def test_each_schema_is_one(name: str) -> None:
    Draft7Validator.check_schema(bodies()[name])


@pytest.mark.parametrize("pack", sorted(find_packs()))
def test_every_file_of_a_shipped_pack_fits_its_schema(pack: str) -> None:
    folder = find_packs()[pack]
    made = {name: Draft7Validator(body) for name, body in schemas(known_of(folder)).items()}
    seen = 0
    for path, name in schema_files(folder):
        data = read(path.read_bytes())
        entries = data if isinstance(data, list) else [data]
        for error in made[name].iter_errors(data):
            pytest.fail(f"{path}: {list(error.absolute_path)}: {error.message[:200]}")
        seen += len(entries)
    assert seen > 0


@pytest.fixture(scope="module")
def with_ids(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Draft7Validator]:
    """Validators with the ids of the tiny pack."""
    folder = write_pack(tmp_path_factory.mktemp("packs") / "tiny")
    return {name: Draft7Validator(body) for name, body in schemas(known_of(folder)).items()}


def test_the_tiny_pack_fits_with_ids_and_without(with_ids: Mapping[str, Draft7Validator]) -> None:
    for inside, text in TINY.items():
        name = schema_of(inside)
        assert refusals(plain()[name], text) == []
        assert refusals(with_ids[name], text) == []


@pytest.mark.parametrize(
    ("inside", "old", "new", "code"),
    [
        ("rules/all.yaml", "adds_to: demand, rate", "ads_to: demand, rate", "GH201"),
        ("instruments/all.yaml", "ramp: 2", "ramp: high", "GH204"),
        ("instruments/all.yaml", "ramp: 2", "ramp: 0.5", "GH207"),
        ("instruments/all.yaml", "half: 10", "half: 0", "GH207"),
        ("events/all.yaml", "cooldown: 2", "cooldown: 017", "GH204"),
        ("events/all.yaml", "cooldown: 2", "cooldown: 2.5", "GH204"),
        ("events/all.yaml", "cooldown: 2", "cooldown: 0", "GH207"),
        ("events/all.yaml", "chance: 0.5", "chance: [0.5]", "GH203"),
        ("events/all.yaml", "chance: 0.5", "chance: true", "GH203"),
        ("events/all.yaml", "when: year >= 2011", "when: ''", "GH207"),
        ("events/all.yaml", "title: Long rain", "titel: Long rain", "GH201"),
        ("events/all.yaml", "  title: Long rain\n", "", "GH202"),
        ("events/all.yaml", "scope: sector", "scope: region", "GH205"),
        ("events/all.yaml", "scope: sector\n  sectors", "scope: nation\n  sectors", "GH219"),
        ("events/all.yaml", "    - add: {demand", "    - addd: {demand", "GH201"),
        ("events/all.yaml", "over: 2", "set_flag: x", "GH219"),
        ("events/all.yaml", "{set_flag: warden.closed_a_mill}", "{says: x}", "GH219"),
        ("events/all.yaml", "{count: {lists: 1}}", "{count: {lists: 1}, over: 3}", "GH219"),
        ("events/all.yaml", "{count: {lists: 1}}", "{count: {Lists of: 1}}", "GH206"),
        ("events/all.yaml", "warden.closed_a_mill}", "Warden closed}", "GH206"),
        ("events/all.yaml", "in: 3}", "in: soon}", "GH204"),
        ("events/all.yaml", "{event: the-list, in: 3}", "the-list", "GH203"),
        ("events/all.yaml", "costs: 20", "costs: [20]", "GH203"),
        ("events/all.yaml", "costs: {capital: 1}", "costs: {capitol: 1}", "GH201"),
        ("events/all.yaml", "says: Mills close.}]", "lock: 'mill_loans'}]", "GH219"),
        ("events/all.yaml", "because: [notes-rain]", "because: notes-rain", "GH203"),
        ("events/all.yaml", "  ends: utilisation > 0.8\n", "", "GH202"),
        ("indicators/all.yaml", "constant: true", "constant: yes", "GH203"),
        ("indicators/all.yaml", "bounds: [0.2, 1]", "bounds: [0.2]", "GH207"),
        ("indicators/all.yaml", "bounds: [0.2, 1]", "bounds: [0.2, one]", "GH204"),
        ("indicators/all.yaml", "is: capacity", "start: 3, is: capacity", "GH219"),
        ("indicators/all.yaml", "is: capacity", "constant: true, is: capacity", "GH219"),
        ("people.yaml", "name: Arn", "name: 12", "GH203"),
        ("people.yaml", "pronoun: he", "pronoun: him", "GH205"),
        ("rules/all.yaml", "adds_to: openness, ", "", "GH202"),
        ("rules/all.yaml", "grade: calibrated", "grade: calibrate", "GH205"),
        ("rules/all.yaml", "id: schools-teach", "id: schools_teach", "GH206"),
        ("rules/all.yaml", "rate: 0.02 * demand", "rate: 1, noise: 2", "GH219"),
        ("rules/all.yaml", "rate: 0.02 * demand, ", "", "GH219"),
        ("sectors.yaml", "id: wool", "id: Wool", "GH206"),
        ("sectors.yaml", "capacity: 100", "capacity: many", "GH204"),
        ("pack.yaml", "version: 0.1.0", "version: first", "GH206"),
        ("pack.yaml", "format: 1", "format: one", "GH204"),
        ("pack.yaml", "title: A tiny pack\n", "", "GH202"),
        ("pack.yaml", "licence: MIT", "license: MIT", "GH201"),
        ("sources/notes.yaml", "kind: mechanism", "kind: machine", "GH205"),
        ("proposals/all.yaml", "sector: wool", "sector: wool, channel: finance", "GH219"),
        ("proposals/all.yaml", "lines: [schools]", "lines: []", "GH207"),
        ("strategies/schools.yaml", "60%", "0.6", "GH209"),
        ("strategies/schools.yaml", "60%", "-3", "GH209"),
        ("strategies/schools.yaml", "{schools: 60%}", "schools", "GH203"),
        ("strategies/mills.yaml", "paper: 20%", "paper: 0.2", "GH209"),
        ("strategies/mills.yaml", "wool: mission", "wool: misson", "GH205"),
        ("strategies/mills.yaml", "at_least: 0.8", "at_least: 0.8, at_most: 1", "GH219"),
        ("experiments/all.yaml", "in: 80%", "in: 0.8", "GH209"),
        ("experiments/all.yaml", "by: 10%", "by: -1", "GH219"),
        ("experiments/all.yaml", "mills: {allocate", "mills: {alocate", "GH201"),
        ("experiments/all.yaml", "list: [{allocate", "list: [{alocate", "GH201"),
        ("experiments/all.yaml", "arm: schools, between", "between", "GH219"),
        ("experiments/all.yaml", "than: schools, by", "by", "GH219"),
        ("scenarios/valleys.yaml", "unit: 10%", "unit: 0.1", "GH209"),
        ("lessons/all.yaml", "id: first-look", "id: first-look, at: desk", "GH219"),
        ("lessons/all.yaml", "id: first-look", "id: first-look, at: dest", "GH205"),
    ],
)  # fmt: skip
def test_what_the_game_refuses_by_its_shape_the_schema_refuses(
    load: Load, inside: str, old: str, new: str, code: str
) -> None:
    files = changed(inside, old, new)
    assert code in codes(load(files))
    text = files[inside]
    assert text is not None
    assert refusals(plain()[schema_of(inside)], text) != []


OF_SHAPE = (
    "GH201",
    "GH202",
    "GH203",
    "GH204",
    "GH205",
    "GH206",
    "GH207",
    "GH209",
    "GH213",
    "GH219",
)


def _examples(files: Mapping[str, str]) -> list[str]:
    """What the schemas say against the files of an example."""
    said = []
    for name, text in files.items():
        inside = name.split("/", 2)[-1] if name.startswith("../") else name
        if inside.endswith(".yaml"):
            said.extend(refusals(plain()[schema_of(inside)], text))
    return said


@pytest.mark.parametrize("code", handbook.codes())
def test_the_right_example_of_a_code_is_right_for_the_schema_too(code: str) -> None:
    assert _examples(handbook.page(code).right.files) == []


@pytest.mark.parametrize("code", OF_SHAPE)
def test_the_wrong_example_of_a_code_of_shape_is_wrong_for_the_schema_too(code: str) -> None:
    assert _examples(handbook.page(code).wrong.files) != []


@pytest.mark.parametrize(
    ("inside", "old", "new"),
    [
        ("rules/all.yaml", "because: [notes-rain]", "because: [notes-rian]"),
        ("rules/all.yaml", "adds_to: demand, rate", "adds_to: demond, rate"),
        ("events/all.yaml", "event: the-list", "event: the-lisst"),
        ("events/all.yaml", '"capacity[wool]": -1', '"capacity[wol]": -1'),
        ("events/all.yaml", "lock: 'mill_loans[wool]'", "lock: 'mill_lons'"),
        ("events/all.yaml", "{demand: -0.1", "{gdp: -0.1"),
        ("strategies/mills.yaml", "{schools: 10%}", "{scools: 10%}"),
        ("strategies/mills.yaml", "paper: 20%", "papper: 20%"),
        ("experiments/all.yaml", "schools: schools", "schools: skools"),
        ("scenarios/valleys.yaml", "aims: [work]", "aims: [wrok]"),
    ],
)  # fmt: skip
def test_with_ids_it_refuses_names_that_are_not_there(
    with_ids: Mapping[str, Draft7Validator], inside: str, old: str, new: str
) -> None:
    text = changed(inside, old, new)[inside]
    assert text is not None
    assert refusals(with_ids[schema_of(inside)], TINY[inside]) == []
    assert refusals(with_ids[schema_of(inside)], text) != []
    assert refusals(plain()[schema_of(inside)], text) == []


def test_names_may_carry_the_name_of_their_pack(tmp_path: Path) -> None:
    write_pack(tmp_path / "tiny")
    folder = write_addition(tmp_path, "more", {})
    validator = Draft7Validator(shelf_schema("events", FILES["events"], known_of(folder)))
    entry = (
        "- {id: a, title: A, because: [tiny/notes-rain], effects: [{add: {tiny/learning: 1}}]}\n"
    )
    assert refusals(validator, entry) == []
    assert refusals(validator, entry.replace("tiny/notes", "other/notes")) != []


def test_entries_of_required_packs_can_be_changed_and_removed(tmp_path: Path) -> None:
    write_pack(tmp_path / "tiny")
    folder = write_addition(tmp_path, "more", {})
    validator = Draft7Validator(shelf_schema("events", FILES["events"], known_of(folder)))
    assert refusals(validator, "- {change: tiny/long-rain, chance: 0.2, cooldown: }\n") == []
    assert refusals(validator, "- {change: tiny/glut, starts: year > 3}\n") == []
    assert refusals(validator, "- {remove: tiny/long-rain}\n") == []
    assert refusals(validator, "- {change: tiny/short-rain, chance: 0.2}\n") != []
    assert refusals(validator, "- {change: tiny/long-rain, id: x}\n") != []
    assert refusals(validator, "- {change: tiny/long-rain, chanse: 0.2}\n") != []
    assert refusals(validator, "- {remove: tiny/long-rain, title: x}\n") != []


def test_a_pack_with_errors_still_gives_its_ids(tmp_path: Path) -> None:
    files = {
        **changed("rules/all.yaml", "adds_to: demand, rate", "ads_to: demand, rate"),
        "aims.yaml": "- {id: [\n",
    }
    known = known_of(write_pack(tmp_path / "tiny", files))
    assert "buyers-come" in known.ids["rule"]
    assert "aim" in known.unread
    scenario = Draft7Validator(shelf_schema("scenarios", FILES["scenarios"], known))
    assert refusals(scenario, TINY["scenarios/valleys.yaml"]) == []


def test_a_file_in_the_middle_of_being_written_takes_no_ids_away(tmp_path: Path) -> None:
    files = {"events/more.yaml": "- {id: [\n"}
    known = known_of(write_pack(tmp_path / "tiny", files))
    body = shelf_schema("events", FILES["events"], known)
    assert "'long-rain'" in str(body)
    assert refusals(Draft7Validator(body), TINY["events/all.yaml"]) == []
    unknown = "- {id: a, title: A, effects: [{schedule: {event: written-elsewhere, in: 1}}]}\n"
    assert refusals(Draft7Validator(body), unknown) == []


def test_former_ids_are_no_mistake(tmp_path: Path) -> None:
    renamed = changed("channels.yaml", "{id: finance,", "{id: banking, former_ids: [finance],")
    known = known_of(write_pack(tmp_path / "tiny", renamed))
    body = shelf_schema("instruments", FILES["instruments"], known)
    assert refusals(Draft7Validator(body), TINY["instruments/all.yaml"]) == []


def test_every_field_of_the_schema_has_a_meaning() -> None:
    silent = [
        f"{model.__name__}.{info.alias or name}"
        for model in classes()
        for name, info in model.model_fields.items()
        if not meaning(model, info.alias or name)
    ]
    assert silent == [], "say in game/authoring/words/meanings.yaml what they mean"


def test_no_meaning_is_left_of_a_field_that_is_gone() -> None:
    known = {model.__name__: model for model in classes()}
    for name, fields in meanings().items():
        if name == "Entry":
            continue
        there = {info.alias or field for field, info in known[name].model_fields.items()}
        assert set(fields) - {"_"} <= there, name


def _needed(body: Mapping[str, Any]) -> Callable[[str], bool]:
    text = str(body)
    return lambda field: f"'{field}'" in text


@pytest.mark.parametrize("shelf", sorted(snippets()))
def test_a_snippet_has_only_fields_that_there_are(shelf: str) -> None:
    assert shelf in FILES
    has = _needed(bodies()[file_of(shelf)])
    for snippet in snippets()[shelf]:
        assert all(has(field) for field in snippet["body"])
