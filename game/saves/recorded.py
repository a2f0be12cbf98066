"""What a save recorded of each year, so that a year can go as it did under other rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from game.campaign import DecisionError
from game.campaign.decisions import Plan
from game.campaign.record import numbers, well_formed
from game.campaign.table import Script
from game.saves.errors import SaveError

if TYPE_CHECKING:
    from game.campaign import Campaign
    from game.campaign.decisions import Decision
    from game.saves.journal import Journal, Line


def scripts_of(campaign: Campaign, until: int) -> dict[int, Script]:
    """What a campaign would record of its years, up to one of them."""
    return {
        year.year: Script(year.asked, numbers(campaign.model, year.end))
        for year in campaign.position.years
        if year.year <= until
    }


def scripts(journal: Journal, name: str) -> dict[int, Script]:
    """What a journal recorded of each year.

    Raises:
        SaveError: a line records something else.
    """
    found: dict[int, Script] = {}
    asked: list[tuple[str, str | None]] = []
    for line in journal.lines:
        match line.value.get("to"):
            case ["event", str(event), (str() | None) as sector]:
                asked.append((event, sector))
        year = line.value.get("year")
        if isinstance(year, int):
            kept = line.value.get("asked")
            if isinstance(kept, list):
                asked = [_firing(one, line, name) for one in kept]
            found[year] = Script(tuple(asked), recorded(line, name))
            asked = []
    return found


def _firing(value: object, line: Line, name: str) -> tuple[str, str | None]:
    match value:
        case [str(event), (str() | None) as sector]:
            return event, sector
    raise SaveError(f"line {line.number} of {name} does not say what asked", line.number)


def recorded(line: Line, name: str) -> Mapping[str, Any]:
    """The state that a year's line records.

    Raises:
        SaveError: it is none.
    """
    state = line.value.get("state")
    if not well_formed(state):
        raise SaveError(f"line {line.number} of {name} records no state", line.number)
    return state


def decide_leniently(campaign: Campaign, decision: Decision) -> None:
    """A decision under rules that have changed: what a plan can do without, it does without.

    Raises:
        DecisionError: it does not fit all the same.
    """
    try:
        campaign.decide(decision)
    except DecisionError:
        if not isinstance(decision, Plan):
            raise
        campaign.decide(replace(decision, promises=(), proposals=()))
