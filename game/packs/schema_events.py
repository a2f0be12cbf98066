"""Entries that happen: events, situations, their effects and choices; people and proposals."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from game.packs.fields import (
    Architecture,
    Because,
    Channel,
    Condition,
    Counter,
    EventId,
    Expr,
    Finite,
    Flag,
    Grade,
    IndicatorTarget,
    Instrument,
    Kebab,
    Line,
    LineTarget,
    MemoryName,
    Model,
    NationCondition,
    NationNumber,
    Number,
    Passage,
    Person,
    Prose,
    Sector,
    Slug,
    Snake,
    TargetNumber,
    Text,
    Title,
    Weight,
    Years,
    as_text,
    misfit,
)
from game.packs.schema_model import Entry

EffectOp = Literal["add", "set_flag", "clear_flag", "count", "schedule", "lock", "unlock"]
_OPS: tuple[EffectOp, ...] = (
    "add",
    "set_flag",
    "clear_flag",
    "count",
    "schedule",
    "lock",
    "unlock",
)

_NOTHING = ("0", "0.0")
"""How a number that is left out, or written as none, is read."""


class Schedule(Model):
    """An event that comes in some years, whatever its chance."""

    event: EventId
    years: Annotated[int, Field(alias="in", ge=0, le=100)]


class Effect(Model):
    """One thing that an event or a choice does; `op` says which, the field of that name what."""

    add: dict[IndicatorTarget, TargetNumber] | None = None
    over: Years = 1
    fades: Annotated[int, Field(ge=0, le=100)] = 0
    set_flag: Flag | None = None
    clear_flag: MemoryName | None = None
    count: dict[Counter, Number] | None = None
    schedule: Schedule | None = None
    lock: LineTarget | None = None
    unlock: LineTarget | None = None
    says: Line | None = None

    @property
    def op(self) -> EffectOp:
        """Which of the seven this is."""
        return next(op for op in _OPS if getattr(self, op) is not None)

    @model_validator(mode="after")
    def _fits(self) -> Effect:
        given = [op for op in _OPS if getattr(self, op) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "none of them"
            raise misfit(f"an effect is one of {', '.join(_OPS)}; found {found}")
        if given != ["add"] and self.model_fields_set & {"over", "fades"}:
            raise misfit("only `add` goes `over` years or `fades`")
        return self


class Costs(Model):
    """What a choice costs: billion yuan, capital, a favour of a person, dossiers of the next desk.

    A bare number in a pack is money.
    """

    money: Number = "0"
    capital: Finite = 0.0
    favour: Person | None = None
    dossier: Annotated[int, Field(ge=0, le=10)] = 0

    @property
    def free(self) -> bool:
        """Whether nothing is to be paid (an expression counts as something)."""
        return not (self.takes_money or self.capital or self.favour or self.dossier)

    @property
    def takes_money(self) -> bool:
        """Whether money is to be paid (an expression counts as some)."""
        return self.money not in _NOTHING


def _costs(value: Any) -> Any:
    text = as_text(value)
    return {"money": text} if isinstance(text, str) else value


class Pledge(Model):
    """A line kept at a weight for a person until a year."""

    to: Person
    keep: LineTarget
    weight: Weight = "light"
    years: Years = 5


class Choice(Model):
    """One answer to an event."""

    id: Slug
    label: Title
    now: Text | None = None
    later: Text | None = None
    costs: Annotated[Costs, BeforeValidator(_costs)] = Costs()
    when: Condition | None = None
    effects: tuple[Effect, ...] = ()
    pledge: Pledge | None = None
    says: Line | None = None
    because: Because = ()
    grade: Grade | None = None


class Clock(Model):
    """How near something is: from a number to the one at which it strikes."""

    of: Number
    start: Annotated[Finite, Field(alias="from")]
    strikes: Finite
    says: Line | None = None


class Recall(Model):
    """Words put before the text where a condition holds."""

    when: Condition
    says: Text


class Foot(Model):
    """The passage quoted at the foot of a card."""

    passage: Passage


class Happening(Entry):
    """What events and situations share."""

    id: Kebab
    title: Title
    scope: Literal["nation", "sector"] = "nation"
    sectors: tuple[Sector, ...] = ()
    warns: Condition | None = None
    near: Text | None = None
    clock: Clock | None = None
    because: Because = ()
    grade: Grade | None = None
    asks: Text | None = None
    help: Text | None = None
    says: Line | None = None

    @model_validator(mode="after")
    def _scoped(self) -> Happening:
        if self.sectors and self.scope != "sector":
            raise misfit("`sectors` limits an event of `scope: sector`", "Add `scope: sector`.")
        return self


class Event(Happening):
    """Something that happens in a year, by chance, by schedule or at a beat."""

    when: Condition | None = None
    chance: Number = "0"
    cooldown: Years | None = None
    beat: Literal["request", "visit"] | None = None
    by: Person | None = None
    place: Text | None = None
    pressing: Number = "0"
    opens: tuple[Annotated[str, BeforeValidator(as_text), Expr("either")], ...] = ()
    bulletin: Line | None = None
    text: Text | None = None
    foot: Foot | None = None
    effects: tuple[Effect, ...] = ()
    choices: tuple[Choice, ...] = ()
    default: str | None = None
    recalls: tuple[Recall, ...] = ()
    known: bool = False

    @property
    def has_chance(self) -> bool:
        """Whether its own chance may bring it (an expression counts as one)."""
        return self.chance not in _NOTHING


class Situation(Happening):
    """Something that begins past one threshold and ends past another."""

    starts: Condition
    ends: Condition
    effects: tuple[Effect, ...] = ()
    over_says: Line | None = None
    bulletin: Line | None = None
    known: bool = False

    @model_validator(mode="after")
    def _repeats(self) -> Situation:
        for effect in self.effects:
            if effect.op not in ("add", "count"):
                raise misfit(f"a situation adds and counts every year; it cannot {effect.op}")
        return self


class Holder(Model):
    """A person who may hold an office."""

    name: Annotated[Text, Prose(18)]
    trait: Annotated[str, Prose()]
    pronoun: Literal["she", "he", "they"] = "they"
    says: Text | None = None


class PersonEntry(Entry):
    """An office and its possible holders."""

    id: Snake
    title: Title
    advisor: bool = False
    wants: Text | None = None
    promoted: Text | None = None
    holders: Annotated[tuple[Holder, ...], Field(min_length=1)]
    because: Because = ()


class Dossier(Model):
    """A sector or a channel with up to three lines and a weight."""

    sector: Sector | None = None
    channel: Channel | None = None
    weight: Weight
    lines: Annotated[tuple[Instrument, ...], Field(min_length=1, max_length=3)]
    architecture: Architecture | None = None

    @model_validator(mode="after")
    def _fits(self) -> Dossier:
        if (self.sector is None) == (self.channel is None):
            raise misfit("a dossier is for a `sector` or a `channel`, one of the two")
        if self.architecture and self.sector is None:
            raise misfit("only a sector has an architecture")
        return self


class Proposal(Entry):
    """What an advisor brings to a draft."""

    id: Kebab
    title: Title | None = None
    by: Person
    sector: Sector | None = None
    channel: Channel | None = None
    weight: Weight
    lines: Annotated[tuple[Instrument, ...], Field(min_length=1, max_length=3)]
    architecture: Architecture | None = None
    also: tuple[Dossier, ...] = ()
    sunset: bool = False
    when: NationCondition | None = None
    pressing: NationNumber = "0"
    says: Text
    gets: Text | None = None
    pledge: Pledge | None = None
    because: Because = ()
    grade: Grade | None = None

    @model_validator(mode="after")
    def _fits(self) -> Proposal:
        if (self.sector is None) == (self.channel is None):
            raise misfit("a proposal is for a `sector` or a `channel`, one of the two")
        if self.architecture and self.sector is None:
            raise misfit("only a sector has an architecture")
        return self

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        """All dossiers of the proposal, the main one first."""
        main = Dossier(
            sector=self.sector,
            channel=self.channel,
            weight=self.weight,
            lines=self.lines,
            architecture=self.architecture,
        )
        return (main, *self.also)
