"""The schema of packs as JSON Schema (draft-07), in the form that gives good messages in editors.

The YAML language server answers a bare `oneOf` with whatever alternative it takes for the best
match, so alternatives are told apart by `if` and `then`: by the type of a value, or by a field that
only one of them has. Where an editor would show a bare list of names, `errorMessage` says what is
wanted; validators that do not know it pass over it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from game.authoring.forms import Forms, Schema
from game.authoring.known import Known
from game.authoring.meanings import snippets
from game.authoring.wanted import many
from game.packs.fields import Kind
from game.packs.schema import SHELVES, Event, Manifest, Shelf, Situation
from game.packs.schema_tests import Playthrough

DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = ".schema"
"""Where the files lie in a pack: folders that begin with a dot are no content."""
TESTS = "tests"
FILES: Mapping[str, Shelf] = MappingProxyType({**SHELVES, TESTS: Shelf("playthrough", Playthrough)})
"""All kinds of file but the manifest: those of a pack's content, and its playthroughs."""
_FULL_ID = "^[a-z][a-z0-9-]*/[a-z0-9]"


def schemas(known: Known | None = None) -> dict[str, Schema]:
    """A schema for each kind of file, by its file's name; with ids where they are known."""
    found = {file_of("pack"): manifest_schema(known)}
    for name, shelf in FILES.items():
        found[file_of(name)] = shelf_schema(name, shelf, known)
    return found


def file_of(shelf: str) -> str:
    """The name of the file that holds the schema of one kind of file."""
    return f"{shelf}.schema.json"


def written(schema: Schema) -> str:
    """A schema as the text of a file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def write_schemas(made: Mapping[str, Schema], folder: Path) -> tuple[str, ...]:
    """Write schemas to a folder; the names of those that were not there just so.

    Raises:
        OSError: they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changed: list[str] = []
    for name, body in made.items():
        path, text = folder / name, written(body)
        if not path.is_file() or path.read_bytes() != text.encode():
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(name)
    return tuple(changed)


def manifest_schema(known: Known | None = None) -> Schema:
    """The schema of `pack.yaml`."""
    forms = Forms(known)
    body = forms.fields(Manifest)
    return _file("pack.yaml", body, forms)


def shelf_schema(name: str, shelf: Shelf, known: Known | None = None) -> Schema:
    """The schema of the files that hold one kind of entry."""
    forms = Forms(known)
    entry = _entry(name, shelf, forms)
    entry = {**entry, "defaultSnippets": [dict(one) for one in snippets().get(name, ())]}
    if shelf.single:
        return _file(f"one of {name}/", entry, forms)
    body: Schema = {
        "type": "array",
        "errorMessage": f"Wanted: a list of {many(shelf.kind)}, each beginning with `- `.",
        "items": entry,
    }
    where = f"one of {name}/" if name == TESTS else f"{name}.yaml, or one of {name}/"
    return _file(where, body, forms)


def _file(title: str, body: Schema, forms: Forms) -> Schema:
    return {"$schema": DRAFT, "$comment": title, **body, "definitions": forms.definitions}


def _entry(name: str, shelf: Shelf, forms: Forms) -> Schema:
    """An entry: a new one, or a change or removal of one of a required pack."""
    kinds: tuple[Kind, ...] = (shelf.kind,)
    if shelf.kind == "event":
        kinds = ("event", "situation")
        models: tuple[Any, ...] = (Event, Situation)
        situation = {"anyOf": [{"required": ["starts"]}, {"required": ["ends"]}]}
        entry: Schema = {
            "if": {"type": "object", **situation},
            "then": forms.reference(Situation),
            "else": forms.reference(Event),
        }
    else:
        models = (shelf.model,)
        form = frozenset({"id"}) if shelf.single else frozenset[str]()
        entry = forms.reference(shelf.model, optional=form)
    if name == TESTS:
        return entry
    change, remove = _other(name, kinds, models, forms)
    return {
        "if": {"type": "object", "required": ["remove"]},
        "then": remove,
        "else": {
            "if": {"type": "object", "required": ["change"]},
            "then": change,
            "else": entry,
        },
    }


def _other(
    name: str, kinds: tuple[Kind, ...], models: tuple[Any, ...], forms: Forms
) -> tuple[Schema, Schema]:
    """The forms that change or remove an entry of a required pack."""
    noun = many(kinds[0])
    target: Schema = {
        "type": "string",
        "pattern": _FULL_ID,
        "errorMessage": f"Wanted: the id of one of the {noun} of a required pack, as pack/id.",
        "markdownDescription": "An entry of a pack that this one requires, as `pack/id`.",
    }
    known = forms.known
    if known is not None and not known.unread & set(kinds):
        ids = [full for kind in kinds for full in known.others[kind]]
        former = [f"{p}/{old}" for kind in kinds for old in known.former[kind] for p in known.packs]
        if ids:
            target["enum"] = [*ids, *former]
    fields: dict[str, Any] = {"change": target}
    for model in models:
        for field, schema in forms.properties(model).items():
            if field != "id":
                fields.setdefault(field, _or_nothing(schema))
    for field in sorted(set(fields) - {"change"}):
        fields[field] = forms.shared(f"{name} changed {field}", fields[field])
    change = {
        "type": "object",
        "markdownDescription": "Replaces the fields given; a field without a value is taken away.",
        "properties": fields,
        "required": ["change"],
        "additionalProperties": False,
    }
    remove = {
        "type": "object",
        "markdownDescription": "Takes an entry of a required pack out of play.",
        "properties": {"remove": {**target, "markdownDescription": "The entry, as `pack/id`."}},
        "required": ["remove"],
        "additionalProperties": False,
        "errorMessage": "`remove` stands alone.",
    }
    return change, remove


def _or_nothing(schema: Schema) -> Schema:
    """A field of a change: without a value it is taken away."""
    said: Mapping[str, Any] = {"markdownDescription": schema.get("markdownDescription", "")}
    if isinstance(schema.get("type"), list):
        return {**schema, "type": [*schema["type"], "null"]}
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    return {**said, "anyOf": [schema, {"type": "null"}]}
