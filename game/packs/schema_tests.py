"""Scripted playthroughs: what an author expects of one campaign, played without a player."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, Strict, model_validator

from game.packs.fields import (
    EventId,
    Finite,
    IndicatorTarget,
    Kebab,
    Model,
    NationCondition,
    Ref,
    Sector,
    Slug,
    Text,
    misfit,
)
from game.packs.schema_lab import PlanEntry
from game.packs.schema_model import Entry

Year = Annotated[int, Field(ge=1900, le=2300)]
_Happening = Annotated[str, Ref(("event", "situation"))]
Op = Literal["that", "happens", "never", "ending"]
_OPS: tuple[Op, ...] = ("that", "happens", "never", "ending")
_FITS: dict[Op, frozenset[str]] = {
    "that": frozenset({"that", "at"}),
    "happens": frozenset({"happens", "by", "in", "not_before", "sector", "choice"}),
    "never": frozenset({"never", "sector"}),
    "ending": frozenset({"ending"}),
}
"""Which fields go with what is expected."""


class Outcome(Model):
    """One thing that must come of a playthrough: a condition, an event or situation, an ending.

    `that` is read on true numbers at the end of the year `at`. `happens` may say until when
    (`by`), in which year (`in`) or since when (`not_before`), in which sector, and which of its
    choices was carried out; `never` is the reverse.
    """

    that: NationCondition | None = None
    at: Year | None = None
    happens: _Happening | None = None
    by: Year | None = None
    year: Annotated[Year | None, Field(alias="in")] = None
    not_before: Year | None = None
    choice: Slug | None = None
    never: _Happening | None = None
    sector: Sector | None = None
    ending: Annotated[str, Ref(("ending",))] | None = None

    @property
    def op(self) -> Op:
        """Which of the four this is."""
        return next(op for op in _OPS if getattr(self, op) is not None)

    @model_validator(mode="after")
    def _fits(self) -> Outcome:
        given = [op for op in _OPS if getattr(self, op) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "none of them"
            raise misfit(f"what is expected is one of {', '.join(_OPS)}; found {found}")
        fields = {"in" if name == "year" else name for name in self.model_fields_set}
        strange = sorted(fields - _FITS[given[0]])
        if strange:
            known = ", ".join(f"`{one}`" for one in sorted(_FITS[given[0]] - {given[0]}))
            hint = f"With `{given[0]}` go {known}." if known else None
            raise misfit(f"`{strange[0]}` does not go with `{given[0]}`", hint)
        if given == ["that"] and self.at is None:
            raise misfit("`that` needs the year at whose end it holds", "Add `at: YEAR`.")
        if self.year is not None and (self.by is not None or self.not_before is not None):
            raise misfit("`in` names the year; leave out `by` and `not_before`")
        if self.by is not None and self.not_before is not None and self.by < self.not_before:
            raise misfit("`by` is before `not_before`")
        return self


def _one_id(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        raise misfit("`plays` is the id of a strategy", "Plans of its own stand below `plans:`.")
    return value


class Playthrough(Entry):
    """One campaign without a player, and what must come of it.

    It is world 0 of the seed, as in `run`: planned by a strategy of the pack (`plays`) or by plans
    of its own (`plans`), and with nothing funded where neither is given. `start` sets indicators
    at the start; `force` makes events happen in a year.
    """

    id: Kebab
    says: Text | None = None
    scenario: Annotated[str, Ref(("scenario",))]
    seed: Annotated[int, Field(ge=0)] = 1
    plays: Annotated[str, Ref(("strategy",)), BeforeValidator(_one_id)] | None = None
    plans: Annotated[tuple[PlanEntry, ...], Strict(False)] = ()
    start: dict[IndicatorTarget, Finite] = Field(default_factory=dict)
    force: dict[EventId, Year] = Field(default_factory=dict)
    expect: Annotated[tuple[Outcome, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits(self) -> Playthrough:
        if self.plays is not None and self.plans:
            raise misfit("a playthrough has `plays` (a strategy) or `plans`, one of the two")
        return self


__all__ = ["Outcome", "Playthrough"]
