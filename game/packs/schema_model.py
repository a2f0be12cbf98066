"""Entries that make the model: manifest, sources, places, indicators, rules, instruments."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from game.packs.fields import (
    Because,
    Channel,
    Finite,
    Good,
    Grade,
    IndicatorTarget,
    Kebab,
    Kept,
    Line,
    Model,
    Number,
    PackId,
    PercentOf,
    Prose,
    Ref,
    Scope,
    Short,
    Slug,
    Snake,
    Text,
    Title,
    Years,
    misfit,
)


def _listed(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return (value,) if isinstance(value, str) else value


def _requirement(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


class Requirement(Model):
    """A pack that is needed, and which versions of it."""

    id: PackId
    version: str = ""


class Silence(Model):
    """A warning that is not to be shown again: at one entry (`kind/id`) or in one file, and why."""

    code: Annotated[str, Field(pattern=r"^GH[0-9]{3}$")]
    at: Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9_-]+$", max_length=120)] | None = None
    file: Annotated[Text, Field(max_length=200)] | None = None
    because: Annotated[Text, Field(min_length=20)]

    @model_validator(mode="after")
    def _somewhere(self) -> Silence:
        if (self.at is None) == (self.file is None):
            raise misfit(
                "a silence names an entry (`at`) or a file (`file`), one of the two",
                "Write `at: kind/id`, as in `at: indicator/sunlight`.",
            )
        return self


class Manifest(Model):
    """`pack.yaml`: what the pack is and what it needs."""

    id: PackId
    title: Title
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+){0,2}$", max_length=20)]
    format: int
    engine: str = ""
    requires: tuple[Annotated[Requirement, BeforeValidator(_requirement)], ...] = ()
    conflicts: tuple[PackId, ...] = ()
    authors: Annotated[tuple[Kept, ...], BeforeValidator(_listed)] = ()
    licence: Kept | None = None
    languages: tuple[str, ...] = ("en",)
    says: Text | None = None
    silences: Annotated[tuple[Silence, ...], Field(max_length=500)] = ()


class Entry(Model):
    """What every entry has: an id, and the ids that it had before."""

    id: Slug
    former_ids: tuple[str, ...] = ()


PassageKind = Literal[
    "instrument",
    "mechanism",
    "event",
    "indicator",
    "sector",
    "region",
    "actor",
    "tension",
    "fact",
    "principle",
    "scenario",
]


class Passage(Entry):
    """A short verbatim quote of a source, and what it claims."""

    id: Kebab
    section: Annotated[str, Prose(kept=True)] = ""
    quote: Kept | None = None
    claim: Text
    kind: PassageKind | None = None
    extra: bool = False
    also: tuple[Kept, ...] = ()
    number: Annotated[str, Prose(kept=True), BeforeValidator(lambda v: _number_text(v))] | None = (
        None
    )


def _number_text(value: Any) -> Any:
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value) if plain else value


class Source(Entry):
    """A document and its passages."""

    title: Text
    authors: Annotated[tuple[Kept, ...], BeforeValidator(_listed)] = ()
    year: int | None = None
    licence: Kept | None = None
    where: Kept | None = None
    invented: bool = False
    passages: tuple[Passage, ...] = ()


class ChannelEntry(Entry):
    """A channel: instruments that one dossier can hold together."""

    title: Title
    says: Line | None = None
    because: Because = ()


class Place(Entry):
    """A sector or a region and its starting numbers."""

    id: Snake
    title: Title
    short: Annotated[Text, Prose(14)] | None = None
    says: Line | None = None
    help: Text | None = None
    because: Because = ()
    grade: Grade | None = None
    start: dict[Annotated[str, Ref(("indicator",))], Finite] = Field(default_factory=dict)


class Reported(Model):
    """How the reported number differs from the true one; expressions in the row's scope."""

    bias: Number = "0"
    noise: Number = "0"


class Indicator(Entry):
    """A number that the model keeps: stored (`start`) or computed (`is`)."""

    id: Snake
    title: Title
    scope: Scope
    unit: Annotated[str, Prose(kept=True)] = "index"
    bounds: tuple[Finite, Finite]
    formula: Annotated[Number | None, Field(alias="is")] = None
    start: Finite | None = None
    constant: bool = False
    reported: Reported | None = None
    good: Good = "neither"
    short: Short | None = None
    help: Text | None = None
    says: Line | None = None
    because: Because = ()
    grade: Grade | None = None

    @property
    def computed(self) -> bool:
        """Whether the number follows from others instead of being kept."""
        return self.formula is not None

    @model_validator(mode="after")
    def _fits(self) -> Indicator:
        if self.bounds[0] >= self.bounds[1]:
            raise misfit("the lower bound is not below the upper one")
        if self.computed and (self.start is not None or self.constant):
            raise misfit("a computed indicator (`is:`) has no `start` and is not `constant`")
        return self


class Rule(Entry):
    """A row of the model: what it adds a year to a stored indicator, or the noise on it."""

    id: Kebab
    adds_to: Annotated[str, Ref(("indicator",))]
    rate: Number | None = None
    noise: Number | None = None
    because: Because = ()
    grade: Grade | None = None
    says: Line | None = None
    help: Text | None = None

    @model_validator(mode="after")
    def _fits(self) -> Rule:
        if (self.rate is None) == (self.noise is None):
            raise misfit("a rule has a `rate` or a `noise`, one of the two")
        return self


class InstrumentEntry(Entry):
    """What money can do.

    What it builds may stand longer than its plan: `upkeep` is the part of what a line last cost
    that it goes on asking of every later budget.
    """

    id: Snake
    title: Title
    short: Short | None = None
    channel: Channel
    scope: Literal["nation", "sector"]
    ramp: Annotated[Finite, Field(ge=1, le=100)]
    half: Annotated[Finite, Field(gt=0)]
    upkeep: PercentOf | None = None
    because: Because = ()
    grade: Grade | None = None
    says: Line | None = None
    help: Text | None = None


__all__ = [
    "ChannelEntry",
    "Entry",
    "Indicator",
    "IndicatorTarget",
    "InstrumentEntry",
    "Manifest",
    "Passage",
    "Place",
    "Reported",
    "Requirement",
    "Rule",
    "Silence",
    "Source",
    "Years",
]
