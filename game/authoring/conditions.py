"""What must hold between the fields of an entry, as conditions of JSON Schema.

The classes of the schema check the same in Python; here they are said again in a form that editors
understand. A test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from pydantic import BaseModel

from game.packs.schema_events import EffectOp
from game.packs.schema_lab import STEP_LENGTH

Schema = dict[str, Any]


def _without(fields: Sequence[str]) -> dict[str, bool]:
    return dict.fromkeys(fields, False)


def exactly_one(fields: Sequence[str], words: str) -> list[Schema]:
    """One of some fields is there, and no other of them."""
    found: list[Schema] = [
        {
            "if": {"not": {"anyOf": [{"required": [field]} for field in fields]}},
            "then": {"required": [fields[0]], "errorMessage": words},
        }
    ]
    for place, field in enumerate(fields[:-1]):
        found.append(
            {
                "if": {"required": [field]},
                "then": {"properties": _without(fields[place + 1 :]), "errorMessage": words},
            }
        )
    return found


def needs(field: str, other: str, words: str) -> Schema:
    """Where one field is, another one is too."""
    return {"if": {"required": [field]}, "then": {"required": [other], "errorMessage": words}}


def excludes(field: str, others: Sequence[str], words: str) -> Schema:
    """Where one field is, some others are not."""
    return {
        "if": {"required": [field]},
        "then": {"properties": _without(others), "errorMessage": words},
    }


OPS: tuple[str, ...] = get_args(EffectOp)
_ONE_OP = f"An effect has exactly one of {', '.join(OPS)}."
_SCOPED = {
    "if": {"required": ["sectors"], "not": {"properties": {"sectors": {"maxItems": 0}}}},
    "then": {
        "required": ["scope"],
        "properties": {"scope": {"enum": ["sector"]}},
        "errorMessage": "`sectors` limits an event of `scope: sector`.",
    },
}
_PLACE = [
    *exactly_one(("sector", "channel"), "It is for a `sector` or a `channel`, one of the two."),
    needs("architecture", "sector", "Only a sector has an architecture."),
]
_TARGET = exactly_one(("at_least", "at_most"), "Give `at_least` or `at_most`, one of the two.")
_ORDER = "Write `lower: arm, than: arm`, `higher: arm, than: arm`, or `arm: …, between: [a, b]`."
_EXPECTATION = {
    "if": {"required": ["between"]},
    "then": {
        "required": ["arm"],
        "properties": _without(("lower", "higher", "than")),
        "errorMessage": "`between` goes with `arm` alone.",
    },
    "else": {
        "properties": {"arm": False},
        "required": ["than"],
        "errorMessage": _ORDER,
        "allOf": exactly_one(("lower", "higher"), _ORDER),
    },
}
_STEP = {
    "if": {"required": ["at"]},
    "then": {
        "properties": {
            "text": {
                "maxLength": STEP_LENGTH,
                "errorMessage": f"A step has at most {STEP_LENGTH} characters: make two of it.",
            }
        }
    },
}
_REPEATS = {
    "properties": {
        "effects": {
            "items": {
                "properties": _without([op for op in OPS if op not in ("add", "count")]),
                "errorMessage": "A situation acts every year: it can `add` and `count`.",
            }
        }
    }
}
_OUTCOMES = ("that", "happens", "never", "ending")
_OUTCOME = [
    *exactly_one(_OUTCOMES, "What is expected is one of that, happens, never, ending."),
    needs("that", "at", "`that` needs the year at whose end it holds: add `at`."),
    needs("at", "that", "`at` goes with `that`."),
    *(
        needs(field, "happens", f"`{field}` goes with `happens`.")
        for field in ("by", "in", "not_before", "choice")
    ),
    excludes("in", ("by", "not_before"), "`in` names the year: leave out `by` and `not_before`."),
    excludes("that", ("sector",), "`sector` goes with `happens` or `never`."),
    excludes("ending", ("sector",), "`sector` goes with `happens` or `never`."),
]
_ALL: dict[str, list[Schema]] = {
    "Effect": [
        *exactly_one(OPS, _ONE_OP),
        needs("over", "add", "Only `add` goes `over` years."),
        needs("fades", "add", "Only `add` `fades`."),
    ],
    "Event": [_SCOPED],
    "Situation": [_SCOPED, _REPEATS],
    "Indicator": [
        excludes("is", ("start",), "A computed indicator (`is`) has no `start`."),
        {
            "if": {"required": ["is", "constant"], "properties": {"constant": {"enum": [True]}}},
            "then": {
                "properties": {"constant": False},
                "errorMessage": "A computed indicator (`is`) is not `constant`.",
            },
        },
    ],
    "Rule": exactly_one(("rate", "noise"), "A rule has a `rate` or a `noise`, one of the two."),
    "Dossier": _PLACE,
    "Proposal": _PLACE,
    "Mandate": _TARGET,
    "PlanTarget": _TARGET,
    "Arm": exactly_one(("strategy", "plans"), "An arm has a `strategy` or `plans`."),
    "Expectation": [_EXPECTATION],
    "Lesson": [needs("at", "scenario", "A step (`at`) belongs to a `scenario`."), _STEP],
    "Outcome": _OUTCOME,
    "Playthrough": [excludes("plays", ("plans",), "Give `plays` or `plans`, one of the two.")],
    "Silence": exactly_one(("at", "file"), "A silence names an entry (`at`) or a `file`."),
}
_TURNING: dict[str, dict[str, Schema]] = {
    "Event": {
        "starts": {"markdownDescription": "Makes a situation of it: it begins where this holds."},
        "ends": {"markdownDescription": "Makes a situation of it: it is over where this holds."},
    }
}


def conditions_of(model: type[BaseModel]) -> list[Schema]:
    """What holds between the fields of a class."""
    return _ALL.get(model.__name__, [])


def turning(model: type[BaseModel]) -> dict[str, Schema]:
    """Fields that an editor offers and that turn the entry into one of another class."""
    return _TURNING.get(model.__name__, {})
