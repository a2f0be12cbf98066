"""Series that no text can name: what the compiler keeps rows for besides a pack's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.rules.expression import Choose, Expression, Holds, Number, Read, Series

if TYPE_CHECKING:
    from game.packs.schema_events import Event, Happening, Situation
    from game.packs.schema_model import InstrumentEntry, Rule


def acts_now(situation: Situation) -> Series:
    """Whether a situation acts this year; `active` is last year's."""
    return Series("hidden", f"now {situation.id}", situation.scope)


def ended(series: Series) -> Series:
    """What a series was as the last year ended, before a new plan wrote over it."""
    return Series("hidden", f"ended {series.kind} {series.name}", series.axis)


def is_overwritten(series: Series) -> bool:
    """Whether a new plan writes over a series between two years."""
    return series.kind not in ("indicator", "support")


def hazard(event: Event) -> Series:
    """The chance of an event where it can fire, zero elsewhere."""
    return Series("hidden", f"hazard of {event.id}", event.scope)


def smoothed(instrument: InstrumentEntry) -> Series:
    """What of an instrument's money has become effective."""
    return Series("hidden", f"smoothed {instrument.id}", instrument.scope)


def strength(rule: Rule) -> Series:
    """The factor that is drawn for a rule."""
    return Series("hidden", f"strength of {rule.id}", "nation")


def sector_mask(entry: Happening) -> Series:
    """One in the sectors that an event or a situation is limited to, zero in the others."""
    return Series("hidden", f"sectors of {entry.id}", "sector")


def where(test: Expression, value: Expression) -> Expression:
    """A value where something holds, zero elsewhere."""
    return Choose(test, value, Number(0.0))


def in_sectors(value: Expression, entry: Happening) -> Expression:
    """A value, zero outside the sectors that an event or a situation is limited to."""
    if not entry.sectors:
        return value
    return where(Holds(Read(sector_mask(entry))), value)
