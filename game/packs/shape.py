"""Data -> entries: validation against the schema, and its errors as findings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from game.packs import catalogue as say
from game.packs.diagnostics import REGISTERED, DataPath, Finding, Findings, finding
from game.packs.fields import percentage
from game.packs.walk import fields_at
from game.rules import suggest

MOST_ERRORS = 200
_RANGE = re.compile(r"(-?[0-9.]{1,12}) *(?:-|\.\.|to) *(-?[0-9.]{1,12})", re.ASCII)
_COMMA = re.compile(r"-?[0-9]{1,12},[0-9]{1,12}", re.ASCII)
_OF_EVENTS = frozenset({"beat", "bulletin", "chance", "choices", "cooldown"})
_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "none_required": "nothing",
}
_OF_TYPE = frozenset({*_TYPES, "literal_error"})
_OF_THE_WHOLE = _OF_TYPE | {"too_short", say.BAD_SHARE.code}
_RANGES = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "too_short": "at least {min_length} of them",
    "too_long": "at most {max_length} of them",
    "string_too_short": "at least {min_length} characters",
}
_FORMS = {
    "^GH": "a code, like GH611",
    "/": "an entry, like `indicator/sunlight`",
    "^[0-9]+(\\.": "a version, like 1.0.0",
    "(\\.[": "a name of small letters, like `governor.was_cut`",
    "_[a-z": "an id in snake_case, like `market_quality`",
    "": "an id in kebab-case, like `solar-glut`",
}
"""What a pattern that holds a piece asks for; the first that fits."""


@cache
def adapter(model: Any) -> TypeAdapter[Any]:
    """The validator of a model, built once."""
    return TypeAdapter(model)


@cache
def list_adapter(model: Any) -> TypeAdapter[Any]:
    """The validator of a list of a model, built once."""
    return TypeAdapter(tuple[model, ...])


def validated(model: Any, data: Any) -> Any:
    """An entry of plain data.

    Raises:
        ValidationError: where it is not one.
    """
    return adapter(model).validate_json(json.dumps(data))


def problems(
    error: ValidationError, model: Any, data: Any, base: DataPath, findings: Findings
) -> list[Finding]:
    """The findings for the errors of one entry; `base` is the entry's path in its file."""
    told = _telling([(data_path(data, one["loc"]), one) for one in error.errors(include_url=False)])
    said: set[DataPath] = set()
    found: list[Finding] = []
    for path, one in told[:MOST_ERRORS]:
        if one["type"] in _OF_TYPE:
            if path in said:
                continue
            said.add(path)
            same = [other for where, other in told if where == path and other["type"] in _OF_TYPE]
            found.append(_wanted(same, base + path, data, path, findings))
        else:
            found.append(_one(one, base + path, path, model, data, findings))
    return found


def _telling(told: list[tuple[DataPath, ErrorDetails]]) -> list[tuple[DataPath, ErrorDetails]]:
    """The errors without those that only follow from others.

    A value that may have several forms fails in each: what is said inside it or in words of its
    own is meant. A list with a bad item is also called too short, as if the item were not there.
    """
    around = {path[:length] for path, _ in told for length in range(len(path))}
    in_words = {path for path, one in told if one["type"] in REGISTERED}
    return [
        (path, one)
        for path, one in told
        if not (path in around and one["type"] in _OF_THE_WHOLE)
        and not (path in in_words and one["type"] in _OF_TYPE)
    ]


def data_path(data: Any, loc: Iterable[str | int]) -> DataPath:
    """The part of an error's location that is a path in the data (it names union arms too)."""
    path: list[str | int] = []
    here = data
    for step in loc:
        if not _has(here, step):
            continue
        here = here[step]
        path.append(step)
    return tuple(path)


def _has(here: Any, step: str | int) -> bool:
    if isinstance(here, dict):
        return isinstance(step, str) and step in here
    return isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here)


def found_text(value: Any) -> str:
    """What was found, in a few words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text '{value if len(value) <= 40 else value[:39] + '…'}'"
    what = "list" if isinstance(value, list) else "mapping"
    return f"a {what}" if value else f"an empty {what}"


def _wanted(
    errors: list[ErrorDetails], at: DataPath, data: Any, path: DataPath, findings: Findings
) -> Finding:
    value = _value(data, path)
    literals = [one for one in errors if one["type"] == "literal_error"]
    if literals and (isinstance(value, str) or len(errors) == 1):
        choices = str(literals[0].get("ctx", {}).get("expected", ""))
        hint = None
        if isinstance(value, str) and findings.may_suggest():
            near = suggest(
                value, [one.strip(" '") for one in choices.replace(" or ", ",").split(",")]
            )
            hint = f"Did you mean '{near}'?" if near else None
        shown = value if isinstance(value, str) else found_text(value)
        return finding(say.NOT_ONE_OF, at, found=shown, choices=choices, hint=hint)
    wanted = " or ".join(dict.fromkeys(_TYPES.get(one["type"], "another value") for one in errors))
    numeric = wanted in ("a number", "a whole number")
    hint = None
    if wanted == "text" and value is None:
        hint = "The value is empty."
    elif wanted == "text" and isinstance(value, (bool, int, float)):
        hint = "Put it in quotes if text is meant."
    elif wanted == "a list" and isinstance(value, str) and (ends := _RANGE.fullmatch(value)):
        hint = f"Write [{ends.group(1)}, {ends.group(2)}]."
    elif numeric and isinstance(value, str):
        hint = _as_number(value)
    elif wanted == "a list" and isinstance(value, str) and len(value) <= 40:
        hint = f"Put brackets round it: [{value}]."
    elif wanted == "a list" and isinstance(value, dict):
        hint = "Put a dash before its first line: it is one item of a list."
    elif wanted == "true or false" and value in ("yes", "no", "on", "off"):
        hint = f"Write {'true' if value in ('yes', 'on') else 'false'}."
    descriptor = say.WRONG_NUMBER if numeric else say.WRONG_TYPE
    return finding(descriptor, at, wanted=wanted, found=found_text(value), hint=hint)


def _one(
    one: ErrorDetails, at: DataPath, path: DataPath, model: Any, data: Any, findings: Findings
) -> Finding:
    kind, context = one["type"], one.get("ctx", {})
    if kind == "extra_forbidden":
        known = fields_at(model, one["loc"][:-1], data) or fields_at(model, path[:-1], data)
        return _unknown(at, path, known, data, findings)
    if kind == "missing" and isinstance(one["loc"][-1], int):
        wanted = f"at least {one['loc'][-1] + 1} of them"
        return finding(say.OUT_OF_RANGE, at, found=found_text(_value(data, path)), wanted=wanted)
    if kind == "missing":
        return finding(say.MISSING_FIELD, at, at="key" if at else "value", field=one["loc"][-1])
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", ""))
        form = next(form for piece, form in _FORMS.items() if piece in pattern)
        told = _value(data, path)
        meant = re.sub(r"[\s_-]+", "_" if "snake_case" in form else "-", str(told).strip().lower())
        fits = len(meant) <= 80 and meant != told and re.search(pattern, meant)
        return finding(
            say.BAD_ID, at, found=told, form=form, hint=f"Write {meant}." if fits else None
        )
    if kind == "string_too_long":
        return finding(say.TOO_LONG, at, limit=context.get("max_length", "?"))
    if kind in _RANGES:
        wanted = _RANGES[kind].format(**context)
        return finding(say.OUT_OF_RANGE, at, found=found_text(_value(data, path)), wanted=wanted)
    if kind in REGISTERED:
        arguments = {name: value for name, value in context.items() if name != "hint"}
        return finding(REGISTERED[kind], at, hint=context.get("hint"), **arguments)
    return finding(say.SHAPE, at, problem=one["msg"])


def _unknown(
    at: DataPath, path: DataPath, known: frozenset[str], data: Any, findings: Findings
) -> Finding:
    field = str(path[-1]) if path else "?"
    hint = None
    if _value(data, path) is None and not field.replace("_", "").isalnum():
        hint = (
            "Inside {} a comma ends a value: put expressions and sentences with commas in quotes."
        )
    elif "adds_to" in known and field in _OF_EVENTS:
        hint = "This looks like an event: it belongs in events/."
    elif findings.may_suggest():
        near = suggest(field, sorted(known))
        hint = f"Did you mean '{near}'?" if near else None
    if hint is None and known:
        hint = f"Fields here: {', '.join(sorted(known))}."
    return finding(say.UNKNOWN_FIELD, at, at="key", field=field, hint=hint)


def _as_number(text: str) -> str | None:
    """What to write in place of a text that is nearly a number."""
    fraction = percentage(text)
    if fraction is not None:
        return f"Write {fraction:.6g}."
    return f"Write {text.replace(',', '.')}." if _COMMA.fullmatch(text) else None


def _value(data: Any, path: DataPath) -> Any:
    for step in path:
        data = data[step]
    return data
