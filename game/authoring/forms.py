"""From the classes of the schema to JSON Schema, piece by piece."""

from __future__ import annotations

import typing
from collections.abc import Iterable
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, WithJsonSchema
from pydantic.fields import FieldInfo

from game.authoring.conditions import conditions_of, turning
from game.authoring.known import Known
from game.authoring.meanings import meaning
from game.authoring.wanted import (
    Mark,
    a,
    arms_of,
    constraints,
    form_of,
    mark_of,
    marks_of,
    noun_of,
    reads_numbers,
    wanted,
    wanted_in,
)
from game.packs.fields import Memory, Ref, Target
from game.packs.schema import Arm, Costs
from game.packs.schema_lab import PlanEntry
from game.packs.schema_model import Requirement

Schema = dict[str, Any]

_STALE = "(`guiding-hand pack schema` makes this list anew)"
_LISTED = frozenset({("Manifest", "authors"), ("Source", "authors")})
_EMPTY: frozenset[str] = frozenset()


class Forms:
    """Makes the parts of one file's schema; what is used often goes to `definitions`."""

    def __init__(self, known: Known | None = None) -> None:
        self.known = known
        self.definitions: dict[str, Schema] = {}

    def shared(self, name: str, schema: Schema) -> Schema:
        """A reference to a part, which is kept once."""
        key = name.replace(" ", "-").replace("/", "-")
        self.definitions.setdefault(key, schema)
        return {"$ref": f"#/definitions/{key}"}

    def reference(self, model: type[BaseModel], *, optional: frozenset[str] = _EMPTY) -> Schema:
        """A reference to the form of a class; `optional` fields need not be given."""
        key = noun_of(model).replace(" ", "-")
        if key not in self.definitions:
            self.definitions[key] = {}  # a class may hold itself
            self.definitions[key] = self.fields(model, optional)
        return {"$ref": f"#/definitions/{key}"}

    def fields(self, model: type[BaseModel], optional: frozenset[str] = _EMPTY) -> Schema:
        """A mapping with the fields of a class and no others."""
        properties = self.properties(model)
        needed = [
            info.alias or name
            for name, info in model.model_fields.items()
            if info.is_required() and (info.alias or name) not in optional
        ]
        names = ", ".join(name for name in properties if name != "former_ids")
        body: Schema = {
            "markdownDescription": meaning(model),
            "properties": {**properties, **turning(model)},
            "additionalProperties": False,
            "errorMessage": f"There is no such field here. Fields: {names}.",
            "allOf": [
                {"type": "object", "errorMessage": f"Wanted: {a(noun_of(model))}, a mapping."}
            ],
        }
        if needed:
            body["allOf"].append({"required": needed})
        body["allOf"].extend(conditions_of(model))
        return body

    def properties(self, model: type[BaseModel]) -> dict[str, Schema]:
        """The schema of each field, by its name in YAML, with what it means."""
        hints = typing.get_type_hints(model, include_extras=True)
        found: dict[str, Schema] = {}
        for name, info in model.model_fields.items():
            field = info.alias or name
            schema = self._field(model, field, hints[name])
            found[field] = {**schema, "markdownDescription": told(model, field, hints[name], info)}
        return found

    def _field(self, model: type[BaseModel], field: str, hint: Any) -> Schema:
        where = (model.__name__, field)
        if where in _LISTED:
            text = self.of(get_args(marks_of(hint)[0])[0])
            return {"type": ["string", "array"], "items": text}
        if where == ("Choice", "costs"):
            return self._short(Costs, "a number or expression (billion yuan)", "string", "number")
        if where == ("Manifest", "requires"):
            short = self._short(Requirement, "the id of a pack", "string")
            return {"type": "array", "items": self.shared("requirement", short)}
        if where == ("Passage", "number"):
            return {"type": ["string", "number"]}
        if where == ("Experiment", "arms"):
            return {"type": "object", "additionalProperties": self.shared("arm of", self._arm())}
        return self.of(hint)

    def of(self, hint: Any, mark: Mark | None = None) -> Schema:
        """The schema of a type."""
        inner, said = marks_of(hint)
        mark = mark_of(said) or mark
        arms = arms_of(inner)
        if any(isinstance(one, WithJsonSchema) for one in said):
            return self._leaf(inner, said, mark)
        if len(arms) > 1:
            return self._union([self.of(arm, mark) for arm in arms], wanted(hint))
        if get_origin(arms[0]) is Annotated:
            return self.of(arms[0], mark)
        inner = arms[0]
        origin = get_origin(inner)
        if origin is tuple:
            return self._list(inner, said, mark)
        if origin is dict:
            found = self._mapping(inner, mark)
            return self._kept("by", found) if "properties" in found else found
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return self.reference(inner)
        return self._leaf(inner, said, mark)

    def _list(self, inner: Any, said: tuple[Any, ...], mark: Mark | None) -> Schema:
        items = get_args(inner)
        found: Schema = {
            "type": "array",
            "items": self.of(items[0], mark),
            "errorMessage": f"Wanted: {wanted(inner)}.",
        }
        if Ellipsis not in items:
            return {**found, "minItems": len(items), "maxItems": len(items)}
        for item in constraints(said):
            for name, key in (("min_length", "minItems"), ("max_length", "maxItems")):
                if getattr(item, name, None) is not None:
                    found[key] = getattr(item, name)
        return found

    def _leaf(self, inner: Any, said: tuple[Any, ...], mark: Mark | None) -> Schema:
        if isinstance(mark, (Ref, Target)):
            return self._named(mark)
        hint: Any = Annotated[inner, *constraints(said)] if said else inner
        found = TypeAdapter(hint).json_schema()
        for noise in ("title", "default", "description"):
            found.pop(noise, None)
        if "const" in found:
            found = {"enum": [found["const"]]}
        if "enum" in found:
            return {"enum": found["enum"]}
        if "anyOf" in found:
            found = _flat(found["anyOf"])
        if reads_numbers(said):
            found = {"type": ["string", "number"], "minLength": 1}
        words = wanted(Annotated[inner, *said] if said else inner)
        found["errorMessage"] = f"Wanted: {words}."
        if "pattern" in found and mark is None:
            found["errorMessage"] = f"Wanted: {form_of(found['pattern'])}."
        if isinstance(mark, Memory):
            found["defaultSnippets"] = [
                {"label": name, "body": name} for name in self._memory(mark.kind)
            ]
        return found

    def _memory(self, kind: str) -> Iterable[str]:
        return self.known.memory[kind] if self.known is not None else ()

    def _named(self, mark: Ref | Target) -> Schema:
        """An id of one of some kinds, or `name[place]`; bare, or as `pack/id`."""
        ids = self._ids(mark)
        noun = " or ".join(mark.kinds)
        if ids is None:
            return {"type": "string", "errorMessage": f"Wanted: the id of {a(noun)}."}
        wrong = f"There is no such {noun} {_STALE}."
        one_of: list[Schema] = [
            {
                "enum": list(ids),
                "markdownEnumDescriptions": list(ids.values()),
                "errorMessage": wrong,
            },
            {"type": "string", "pattern": self._other_names(mark), "errorMessage": wrong},
        ]
        name = f"{'id' if isinstance(mark, Ref) else 'target'} of {'-'.join(mark.kinds)}"
        return self.shared(name, {"anyOf": one_of})

    def _ids(self, mark: Ref | Target) -> dict[str, str] | None:
        """What may be named, with a few words each; None where nothing is known."""
        known = self.known
        if known is None:
            return None
        if isinstance(mark, Target):
            found = known.targets(mark.kinds[0])
        else:
            found = {i: words for kind in mark.kinds for i, words in known.ids[kind].items()}
        return found or None

    def _other_names(self, mark: Ref | Target) -> str:
        """What a name may look like that is no id of today: with its pack, or a former one.

        Any name may, where a file that could hold it cannot be read.
        """
        known = self.known
        if known is None or known.unread & set(mark.kinds):
            return "^"
        former = [f"^{old}$" for kind in mark.kinds for old in known.former[kind]]
        return "|".join([f"^({'|'.join(known.packs)})/", *former])

    def _mapping(self, inner: Any, mark: Mark | None) -> Schema:
        key, value = get_args(inner)
        item = self._item(value, mark)
        key_mark = mark_of(marks_of(key)[1])
        if isinstance(key_mark, Memory):
            names = {name: dict(item) for name in self._memory(key_mark.kind)}
            pattern = TypeAdapter(key).json_schema()["pattern"]
            return _closed(names, {pattern: item}, f"Wanted: {wanted(key)}, to {wanted(value)}.")
        ids = self._ids(key_mark) if isinstance(key_mark, (Ref, Target)) else None
        if ids is None or not isinstance(key_mark, (Ref, Target)):
            return {"type": "object", "additionalProperties": item}
        noun = " or ".join(key_mark.kinds)
        wrong = f"There is no such {noun} here {_STALE}."
        if isinstance(key_mark, Target) and noun == "indicator":
            wrong = f"There is no such stored indicator, or no such place of it {_STALE}."
        by_id = {name: {**item, "markdownDescription": words} for name, words in ids.items()}
        return _closed(by_id, {self._other_names(key_mark): item}, wrong)

    def _item(self, value: Any, mark: Mark | None) -> Schema:
        """The values of a mapping, kept once: they stand under every name."""
        found = self.of(value, mark)
        return found if set(found) == {"$ref"} else self._kept("value", found)

    def _kept(self, name: str, schema: Schema) -> Schema:
        """A reference to a part that has no name of its own."""
        kept = [key for key, known in self.definitions.items() if known == schema]
        return self.shared(kept[0] if kept else f"{name} {len(self.definitions)}", schema)

    def _union(self, arms: list[Schema], words: str) -> Schema:
        plain = [self._plain(arm) for arm in arms]
        if all("type" in arm for arm in plain):
            flat = _flat(plain)
            types = flat.pop("type")
            told = flat.get("errorMessage") or f"Wanted: {words}."
            wrong = {"type": types, "errorMessage": f"Wanted: {words}."}
            if "properties" not in flat:
                return {**flat, "type": types, "errorMessage": told}
            return {**flat, "errorMessage": told, "allOf": [wrong]}
        lists = [arm for arm in arms if arm.get("type") == "array"]
        (other,) = [arm for arm in arms if arm not in lists]
        return {
            "if": {"type": "array"},
            "then": lists[0],
            "else": {**other, "errorMessage": f"Wanted: {words}."},
        }

    def _plain(self, schema: Schema) -> Schema:
        """A mapping's schema with its type in front, as that of other values has it."""
        if set(schema) == {"$ref"}:
            schema = self.definitions[schema["$ref"].rpartition("/")[2]]
        if "type" in schema or "allOf" not in schema:
            return schema
        return {**{k: v for k, v in schema.items() if k != "allOf"}, "type": "object"}

    def _short(self, model: type[BaseModel], words: str, *types: str) -> Schema:
        """A class that may be written as one value."""
        body = self.fields(model)
        body["allOf"] = [
            {"type": [*types, "object"], "errorMessage": f"Wanted: {words}, or a mapping."},
            *body["allOf"][1:],
        ]
        return {**body, "minLength": 1}

    def _arm(self) -> Schema:
        """All the ways of writing an arm of an experiment."""
        entry = self.fields(PlanEntry)
        around = {name: self.properties(Arm)[name] for name in ("start", "force")}
        plan = {**entry, "properties": {**entry["properties"], **around}}
        return {
            "markdownDescription": meaning(Arm),
            "if": {"type": "string"},
            "then": self._named(Ref(("strategy",))),
            "else": {
                "if": {"type": "array"},
                "then": {"items": self.reference(PlanEntry), "minItems": 1},
                "else": {
                    "if": {
                        "type": "object",
                        "anyOf": [{"required": ["strategy"]}, {"required": ["plans"]}],
                    },
                    "then": self.reference(Arm),
                    "else": plan,
                },
            },
        }


def _closed(names: Schema, patterns: Schema, wrong: str) -> Schema:
    """A mapping with some keys and no others."""
    return {
        "properties": names,
        "patternProperties": patterns,
        "additionalProperties": False,
        "errorMessage": wrong,
        "allOf": [{"type": "object", "errorMessage": "Wanted: a mapping."}],
    }


def told(model: type[BaseModel], field: str, hint: Any, info: FieldInfo) -> str:
    """What a hover text says of a field: what it is, what it wants, what it is without it."""
    words = wanted_in(model, field, hint)
    return f"{meaning(model, field)}\n\n*{_sentence(words, info)}*"


def _sentence(words: str, info: FieldInfo) -> str:
    """What a field wants, and what it is where it is left out."""
    words = words[0].upper() + words[1:]
    if info.is_required():
        return f"{words}. Needed."
    default = plain_default(info)
    return f"{words}." if default is None else f"{words}. Without it: `{default}`."


def plain_default(info: FieldInfo) -> str | None:
    """The default of a field as YAML would have it; None where it is nothing."""
    default = info.default
    if default is None or info.default_factory is not None or default == ():
        return None
    if isinstance(default, BaseModel):
        return None
    if isinstance(default, bool):
        return "true" if default else "false"
    if isinstance(default, float):
        return f"{default:g}"
    if isinstance(default, tuple):
        return f"[{', '.join(str(one) for one in default)}]"
    return str(default) or None


def _flat(arms: list[Schema]) -> Schema:
    """Alternatives of different types as one: each keyword speaks of its own type only."""
    types: list[str] = []
    flat: Schema = {}
    for arm in arms:
        here = arm["type"]
        types.extend([here] if isinstance(here, str) else here)
        flat.update({key: value for key, value in arm.items() if key != "type"})
    return {**flat, "type": list(dict.fromkeys(types))}
