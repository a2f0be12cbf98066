"""Entries for runs without a player: strategies and experiments; and lessons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from game.packs.fields import (
    Amount,
    Architecture,
    Because,
    EventId,
    Finite,
    Grade,
    IndicatorTarget,
    Instrument,
    Kebab,
    Measure,
    Model,
    Money,
    NationCondition,
    PercentOf,
    Ref,
    Sector,
    Share,
    Slug,
    Text,
    Title,
    Word,
    misfit,
    percentage,
)
from game.packs.schema_model import Entry

Allocation = dict[Instrument, Amount | dict[Sector, Amount]]
"""Money by instrument, or by instrument and sector; what is left over is the reserve."""


def _within_budget(allocation: Mapping[str, Money | Mapping[str, Money]]) -> None:
    total = 0.0
    for line in allocation.values():
        for money in [line] if isinstance(line, Money) else line.values():
            total += money.amount if money.of_budget else 0.0
    if total > 1 + 1e-9:
        raise PydanticCustomError("GH214", "{total}", {"total": f"{total * 100:.6g}"})


class PlanTarget(Model):
    """A promise of a strategy, judged on the reported number in the plan's last year."""

    measure: Measure
    at_least: Finite | None = None
    at_most: Finite | None = None
    word: Word = "likely"
    title: Title | None = None

    @model_validator(mode="after")
    def _fits(self) -> PlanTarget:
        if (self.at_least is None) == (self.at_most is None):
            raise misfit("a target has `at_least` or `at_most`, one of the two")
        return self


class PlanEntry(Model):
    """One plan of a strategy.

    `sunset` names the sectors whose dossiers are stamped to end with the plan: they cost nothing to
    close after it. `shift` holds the lines that change from the plan's fourth year, with what they
    then get (the same form as `allocate`, as shares of the whole plan's budget).
    """

    title: Title | None = None
    when: NationCondition | None = None
    allocate: Allocation = Field(default_factory=dict)
    architecture: dict[Sector, Architecture] = Field(default_factory=dict)
    sunset: Annotated[tuple[Sector, ...], Strict(False)] = ()
    choices: dict[EventId, Slug] = Field(default_factory=dict)
    targets: Annotated[tuple[PlanTarget, ...], Strict(False)] = ()
    shift: Allocation = Field(default_factory=dict)
    says: Text | None = None

    @model_validator(mode="after")
    def _fits(self) -> PlanEntry:
        _within_budget(self.allocate)
        merged = {**self.allocate, **self.shift}
        _within_budget(merged)
        return self


class Strategy(Entry):
    """A ready-made planner. Without an `id` it has the name of its file."""

    id: Kebab
    title: Title
    says: Text | None = None
    plans: Annotated[tuple[PlanEntry, ...], Field(min_length=1, max_length=40)]
    because: Because = ()
    grade: Grade | None = None


_ARM_FIELDS = frozenset({"strategy", "plans", "start", "force"})


def _arm(value: Any) -> Any:
    """All the ways of writing an arm, in one form."""
    if isinstance(value, str):
        return {"strategy": value}
    if isinstance(value, list):
        return {"plans": value}
    if isinstance(value, dict) and not value.keys() & {"strategy", "plans"}:
        entry = {key: item for key, item in value.items() if key not in ("start", "force")}
        around = {key: item for key, item in value.items() if key in ("start", "force")}
        return {"plans": [entry], **around}
    return value


class Arm(Model):
    """One side of an experiment: a strategy of a pack, or plans of its own.

    In a pack an arm is a strategy's id, one entry, a list of entries, or `plans:` with `start:`
    (indicators at the start) and `force:` (events and the years in which they must happen).
    """

    strategy: Annotated[str, Ref(("strategy",))] | None = None
    plans: Annotated[tuple[PlanEntry, ...], Strict(False)] = ()
    start: dict[IndicatorTarget, Finite] = Field(default_factory=dict)
    force: dict[EventId, int] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits(self) -> Arm:
        if (self.strategy is None) == (not self.plans):
            raise misfit("an arm has a `strategy` or `plans`, one of the two")
        return self


def _margin(value: Any) -> Any:
    if isinstance(value, str):
        fraction = percentage(value)
        return value if fraction is None else Share(fraction)
    return value


def _margin_fits(value: Any) -> float | Share:
    read = _margin(value)
    if isinstance(read, Share):
        return read
    if isinstance(read, (int, float)) and not isinstance(read, bool) and read >= 0:
        return float(read)
    raise misfit(
        "`by` is a number, 0 or more, or a percentage of the other arm's", "Write `0.10` or `10%`."
    )


Margin = Annotated[
    Share | float,
    PlainValidator(_margin_fits),
    PlainSerializer(lambda margin: str(margin) if isinstance(margin, Share) else margin),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": r"^[0-9.]+ *%$"},
            ]
        }
    ),
]


class Expectation(Model):
    """What a claim comes to: an order between two arms, or a range for one."""

    measure: Measure
    at: Annotated[int, Field(ge=1900, le=2300)]
    statistic: Literal["mean", "sd", "max", "min", "p10", "p90"] = "mean"
    lower: str | None = None
    higher: str | None = None
    than: str | None = None
    by: Margin | None = None
    share: Annotated[PercentOf | None, Field(alias="in")] = None
    arm: str | None = None
    between: tuple[Finite, Finite] | None = None

    @model_validator(mode="after")
    def _fits(self) -> Expectation:
        if self.between is not None:
            if self.arm is None or self.lower or self.higher or self.than:
                raise misfit("`between` goes with `arm` alone")
            if self.between[0] > self.between[1]:
                raise misfit("the first number of `between` is the larger one")
            return self
        if (self.lower is None) == (self.higher is None) or self.than is None or self.arm:
            raise misfit(
                "write `lower: arm, than: arm`, `higher: arm, than: arm` or `arm: between:`"
            )
        return self


class Experiment(Entry):
    """A claim of the documents, as runs that share their dice."""

    id: Kebab
    title: Title | None = None
    claim: Text
    because: Because = ()
    scenario: Annotated[str, Ref(("scenario",))]
    worlds: Annotated[int, Field(ge=1, le=1_000_000)] = 256
    seed: Annotated[int, Field(ge=0)] | None = None
    arms: dict[Slug, Annotated[Arm, BeforeValidator(_arm)]]
    expect: Annotated[tuple[Expectation, ...], Field(min_length=1)]
    help: Text | None = None


StepScreen = Literal[
    "opening",
    "inbox",
    "desk",
    "dossier",
    "promise",
    "lock",
    "year",
    "request",
    "visit",
    "card",
    "midterm",
    "count",
    "review",
    "why",
    "ending",
]
"""The screens on which a guided scenario can show a step."""

STEP_LENGTH = 300


class Lesson(Entry):
    """A mechanism in plain words with questions to argue over, or a step of a guided scenario.

    A step has `at`, the screen that shows it, and `scenario`. Steps of one screen follow one
    another by `order`, each when the screen opens again; a scenario shows them if it is `guided`.
    """

    id: Kebab
    title: Title
    text: Text
    asks: Text | tuple[Text, ...] | None = None
    because: Because = ()
    scenario: Annotated[str, Ref(("scenario",))] | None = None
    at: StepScreen | None = None
    order: int = 0

    @model_validator(mode="after")
    def _fits(self) -> Lesson:
        if self.at is not None and self.scenario is None:
            raise misfit("a step (`at`) belongs to a scenario", "Add `scenario: ID`.")
        if self.at is not None and len(self.text) > STEP_LENGTH:
            raise misfit(
                f"a step has at most {STEP_LENGTH} characters, this one {len(self.text)}",
                "Make two steps of it: they come one after the other.",
            )
        return self


__all__ = [
    "Allocation",
    "Arm",
    "Expectation",
    "Experiment",
    "Lesson",
    "PlanEntry",
    "StepScreen",
    "Strategy",
]
