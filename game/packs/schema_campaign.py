"""Entries that make a campaign: bequests, aims, endings and scenarios."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from game.packs.fields import (
    Architecture,
    Because,
    EndingCondition,
    Finite,
    Flag,
    Good,
    Grade,
    IndicatorTarget,
    Instrument,
    Kebab,
    Line,
    Measure,
    Model,
    NationCondition,
    NationNumber,
    PercentOf,
    Person,
    Ref,
    Sector,
    Short,
    Snake,
    Text,
    Title,
    Weight,
    Word,
    Years,
    misfit,
)
from game.packs.schema_events import Dossier
from game.packs.schema_model import Entry

LAST_YEAR = 2200
_Billions = Annotated[Finite, Field(ge=0, le=1e7)]
Spending = dict[Instrument, _Billions | dict[Sector, _Billions]]
"""Billion yuan a year: of a national instrument, or of each sector."""


class Bequest(Entry):
    """What a predecessor leaves: changes of the start, flags and spending."""

    id: Kebab
    title: Title
    says: Text
    changes: dict[IndicatorTarget, Finite] = Field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    inherited: Spending = Field(default_factory=dict)
    because: Because = ()
    grade: Grade | None = None


class Aim(Entry):
    """What a player sets out to do; judged at the end."""

    id: Kebab
    title: Title
    says: Text
    when: EndingCondition
    because: Because = ()
    grade: Grade | None = None


class Hint(Model):
    """A line of an earlier review that tells of an ending to come."""

    id: Kebab
    when: EndingCondition
    says: Text


class Coda(Model):
    """What became of a person; the first that holds is told."""

    when: EndingCondition | None = None
    says: Text


class Ending(Entry):
    """One way in which a campaign ends."""

    id: Kebab
    title: Title
    when: EndingCondition | None = None
    order: int
    text: Text
    hints: tuple[Hint, ...] = ()
    codas: dict[Person, tuple[Coda, ...]] = Field(default_factory=dict)
    asks: Text | None = None
    because: Because = ()
    grade: Grade | None = None


class PlanSpan(Model):
    """One Five-Year Plan of a scenario."""

    title: Title
    short: Short
    years: Annotated[int, Field(ge=1, le=10)] = 5


class DeskBonus(Model):
    """More room on the desk while a condition holds."""

    when: NationCondition
    slots: Annotated[int, Field(ge=0, le=20)] = 1


class Desk(Model):
    """How many dossiers the desk holds, and what a unit of weight is of the budget."""

    slots: Annotated[int, Field(ge=1, le=40)]
    unit: PercentOf
    bonus: DeskBonus | None = None
    pledges: Annotated[int, Field(ge=0, le=20)] = 3


class ClosePrices(Model):
    """Capital for closing a dossier, by its weight."""

    light: NationNumber = "1"
    medium: NationNumber = "2"
    heavy: NationNumber = "3"


class Prices(Model):
    """What political capital costs and earns; `sure likely open` are (kept, broken)."""

    close: ClosePrices = ClosePrices()
    per_plan: NationNumber = "1"
    midterm: NationNumber = "1"
    pledge: NationNumber = "2"
    broken: NationNumber = "3"
    sure: tuple[NationNumber, NationNumber] = ("3", "-5")
    likely: tuple[NationNumber, NationNumber] = ("2", "-1")
    open: tuple[NationNumber, NationNumber] = ("1", "0")


class Mandate(Model):
    """A target that the leadership writes; the first whose condition holds."""

    when: NationCondition | None = None
    measure: Measure
    at_least: NationNumber | None = None
    at_most: NationNumber | None = None
    word: Word = "likely"
    title: Title
    says: Text | None = None
    because: Because = ()

    @model_validator(mode="after")
    def _fits(self) -> Mandate:
        if (self.at_least is None) == (self.at_most is None):
            raise misfit("a target has `at_least` or `at_most`, one of the two")
        return self


class Balance(Model):
    """One of the five things that an ending weighs, 0 to 100."""

    id: Snake
    title: Title
    short: Short | None = None
    formula: Annotated[NationNumber, Field(alias="is")]
    help: Text | None = None


class MeasureEntry(Model):
    """Something that can be promised."""

    measure: Measure
    title: Title
    good: Good = "up"
    unit: str | None = None
    because: Because = ()


class Reveals(Model):
    """When pilots show how strong rules really are: one rule a year.

    They do once `when` has held at the end of so many `years` running; a year in which `spoils`
    holds starts the count again.
    """

    when: NationCondition
    years: Years = 2
    spoils: NationCondition | None = None


class Scenario(Entry):
    """Where a campaign starts, how long it is, and what is in play.

    A scenario that names no bequests, aims or endings has all that are loaded. While `foresees`
    holds at a draft, the ministry's forecast reckons also with events that it has not met;
    `reveals` says when a campaign learns how strong its rules are. `currency` is what money is
    counted in, magnitude first: of `billion yuan` the screens write `12 bn`.
    """

    id: Kebab
    title: Title
    subtitle: Line | None = None
    difficulty: Literal["gentle", "fair", "hard"] = "fair"
    minutes: Annotated[int, Field(ge=1, le=600)] = 50
    guided: bool = False
    opening: Text
    start: Annotated[int, Field(ge=1901, le=2150)]
    plans: Annotated[tuple[PlanSpan, ...], Field(min_length=1, max_length=20)]
    desk: Desk
    starts_from: dict[IndicatorTarget, Finite] = Field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    budget: NationNumber
    currency: Annotated[Text, Field(max_length=24)] = "billion yuan"
    inherited: Spending = Field(default_factory=dict)
    carried: tuple[Dossier, ...] = ()
    architecture: dict[Sector, Architecture] = Field(default_factory=dict)
    capital: Annotated[str, Ref(("indicator",))] | None = None
    prices: Prices = Prices()
    dilution: NationNumber = "1"
    scale: NationNumber = "1"
    mandate: tuple[Mandate, ...] = ()
    balances: tuple[Balance, ...] = ()
    measures: tuple[MeasureEntry, ...] = ()
    known: tuple[Annotated[str, Ref(("event", "situation"))], ...] = ()
    foresees: NationCondition | None = None
    reveals: Reveals | None = None
    sectors: Literal["all"] | tuple[Sector, ...] = "all"
    instruments: Literal["all"] | tuple[Instrument, ...] = "all"
    packs: tuple[str, ...] = ()
    bequests: tuple[Annotated[str, Ref(("bequest",))], ...] = ()
    aims: tuple[Annotated[str, Ref(("aim",))], ...] = ()
    endings: tuple[Annotated[str, Ref(("ending",))], ...] = ()
    lesson: Annotated[str, Ref(("lesson",))] | None = None
    because: Because = ()
    grade: Grade | None = None

    @model_validator(mode="after")
    def _ends(self) -> Scenario:
        if self.final_year > LAST_YEAR:
            raise misfit(f"its last year would be {self.final_year}; {LAST_YEAR} is the latest")
        return self

    @property
    def final_year(self) -> int:
        """The last year of the last plan."""
        return self.start + sum(plan.years for plan in self.plans) - 1


__all__ = ["Aim", "Balance", "Bequest", "Ending", "Scenario", "Spending", "Weight"]
