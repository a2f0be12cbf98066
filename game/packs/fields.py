"""The kinds of value that entries are made of, each with a mark that says what it stands for.

The marks are read by everything that walks over entries: references and expressions are checked,
prose is kept out of the model's hash, editors get completion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

Kind = Literal[
    "source",
    "passage",
    "channel",
    "sector",
    "region",
    "indicator",
    "rule",
    "instrument",
    "event",
    "situation",
    "person",
    "proposal",
    "bequest",
    "aim",
    "ending",
    "scenario",
    "strategy",
    "experiment",
    "lesson",
    "playthrough",
]


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of an entry of one of these kinds, bare or as `pack/id`."""

    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """Text that people read; `fits` is how many columns the screen has for it.

    What is `kept` stands as it is in every language: words of documents, names of people, units.
    """

    fits: int | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Expr:
    """Text of the rule language.

    `scope` is that of the entry ("row"), the nation, or that of the indicator that the key beside
    it names ("target").
    """

    want: Literal["number", "condition", "either"]
    scope: Literal["row", "nation", "target"] = "row"
    ending: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """`name` or `name[place]` of one of these kinds."""

    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """The name of a flag or a counter that is set here."""

    kind: Literal["flag", "counter"]


def as_text(value: Any) -> Any:
    """A number where an expression is wanted is its own text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return repr(value)
    return value


_Written = Annotated[
    str,
    StringConstraints(min_length=1),
    BeforeValidator(as_text),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}]}),
]
Number = Annotated[_Written, Expr("number")]
Condition = Annotated[_Written, Expr("condition")]
NationNumber = Annotated[_Written, Expr("number", "nation")]
NationCondition = Annotated[_Written, Expr("condition", "nation")]
Measure = Annotated[_Written, Expr("either", "nation")]
TargetNumber = Annotated[_Written, Expr("number", "target")]
EndingCondition = Annotated[_Written, Expr("condition", "nation", ending=True)]

Snake = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=48)]
Kebab = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=80)]
PackId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=48)]
MemoryName = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", max_length=80)
]
Flag = Annotated[MemoryName, Memory("flag")]
Counter = Annotated[MemoryName, Memory("counter")]

_Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Title = Annotated[_Text, Prose(78)]
Line = Annotated[_Text, Prose(78)]
Short = Annotated[_Text, Prose(18)]
Text = Annotated[_Text, Prose()]
Kept = Annotated[_Text, Prose(kept=True)]

Passage = Annotated[str, Ref(("passage",))]
Because = tuple[Passage, ...]
Channel = Annotated[str, Ref(("channel",))]
Sector = Annotated[str, Ref(("sector",))]
Instrument = Annotated[str, Ref(("instrument",))]
EventId = Annotated[str, Ref(("event",))]
Person = Annotated[str, Ref(("person",))]
IndicatorTarget = Annotated[str, Target(("indicator",))]
LineTarget = Annotated[str, Target(("instrument",))]

Grade = Literal["documented", "calibrated", "judgement", "invented"]
Scope = Literal["nation", "sector", "region"]
Weight = Literal["light", "medium", "heavy"]
Architecture = Literal["mission", "mixed", "market"]
Word = Literal["sure", "likely", "open"]
Good = Literal["up", "down", "neither"]

Finite = Annotated[float, Field(allow_inf_nan=False)]
Years = Annotated[int, Field(ge=1, le=100)]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, 0 to 1; written `10%`."""

    fraction: float

    def __str__(self) -> str:
        return f"{self.fraction * 100:.12g}%"


@dataclass(frozen=True, slots=True)
class Money:
    """Money for one line of a plan: a share of the plan's budget, or billion yuan over the plan."""

    amount: float
    of_budget: bool

    def __str__(self) -> str:
        return f"{self.amount * 100:.12g}%" if self.of_budget else f"{self.amount:.12g}"

    def billion(self, budget: float) -> float:
        """Billion yuan over the plan, for a plan with this budget."""
        return self.amount * budget if self.of_budget else self.amount


def percentage(text: str) -> float | None:
    """The fraction that a text like `10%` stands for, or None."""
    digits = text.strip().removesuffix("%").strip()
    if not text.strip().endswith("%") or not digits.replace(".", "", 1).isdecimal():
        return None
    if not digits.isascii() or len(digits) > 20:
        return None
    return float(digits) / 100


def _bad_share(value: Any, hint: str, wanted: str = "a share of the budget") -> Exception:
    scalar = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    found = f"'{value}'" if scalar else "this"
    return PydanticCustomError("GH209", "{found}", {"found": found, "wanted": wanted, "hint": hint})


def _share(value: Any) -> Share:
    if isinstance(value, Share):
        return value
    fraction = percentage(value) if isinstance(value, str) else None
    if fraction is None:
        hint = f"Write {_suggested(value) or 'a percentage like 80%'}."
        raise _bad_share(value, hint, "a percentage")
    if fraction > 1:
        raise PydanticCustomError("GH214", "{total}", {"total": f"{fraction * 100:.12g}"})
    return Share(fraction)


def _money(value: Any) -> Money:
    if isinstance(value, Money):
        return value
    if isinstance(value, str):
        fraction = percentage(value)
        if fraction is None:
            raise _bad_share(value, "Write a percentage like 10% or whole billion yuan like 40.")
        if fraction > 1:
            raise PydanticCustomError("GH214", "{total}", {"total": f"{fraction * 100:.12g}"})
        return Money(fraction, of_budget=True)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _bad_share(value, "Write a percentage like 10% or whole billion yuan like 40.")
    if value < 0 or value > 1e9:
        raise _bad_share(value, "Money is not negative.")
    if value != int(value) or (isinstance(value, float) and value == 1):
        # `1.0` is the end of the row 0.5, 0.9, ...: all of the budget is meant, not one billion.
        suggestion = _suggested(value)
        hint = f"Write {suggestion}." if suggestion else "Write whole billion yuan or a percentage."
        raise _bad_share(value, hint)
    return Money(float(value), of_budget=False)


def _suggested(value: Any) -> str | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1:
        return f"{value * 100:.6g}%"
    return None


PercentOf = Annotated[
    Share,
    PlainValidator(_share),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9.]+ *%$"}),
]
Amount = Annotated[
    Money,
    PlainValidator(_money),
    PlainSerializer(lambda money: str(money) if money.of_budget else int(money.amount)),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^[0-9.]+ *%$"},
                {"type": "integer", "minimum": 0},
            ]
        }
    ),
]


class Model(BaseModel):
    """What all parts of a pack share: strict, closed, frozen."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        defer_build=True,
        validate_by_name=False,
        validate_by_alias=True,
        allow_inf_nan=False,
    )


def misfit(problem: str, hint: str | None = None) -> PydanticCustomError:
    """The error for an entry whose fields do not fit together."""
    return PydanticCustomError("GH219", "{problem}", {"problem": problem, "hint": hint})
