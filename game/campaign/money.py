"""From dossiers to billions: what weights buy, how lines share it, what counts as a priority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from game.campaign.decisions import UNITS, Dossier

Cell = tuple[str, str | None]
"""An instrument and its sector, or None for a national instrument."""
LINES_A_DOSSIER = 3


@dataclass(frozen=True, slots=True)
class Tool:
    """What a desk must know of an instrument: its short name, its channel, whether by sector."""

    short: str
    channel: str
    by_sector: bool


def shares_of_lines(count: int) -> tuple[float, ...]:
    """How a dossier's money is shared: half to the first line, the rest evenly to the others."""
    if count <= 1:
        return (1.0,) * count
    return (0.5, *([0.5 / (count - 1)] * (count - 1)))


def cells_of(dossier: Dossier, money: float) -> dict[Cell, float]:
    """A dossier's money by cell."""
    shares = shares_of_lines(len(dossier.lines))
    return {
        (line, dossier.sector): money * share
        for line, share in zip(dossier.lines, shares, strict=True)
    }


def allocation_of(
    dossiers: Iterable[Dossier],
    amounts: Mapping[Cell, float],
    budget: float,
    unit: float,
) -> dict[Cell, float]:
    """Billion yuan over the plan by cell: weights, then the exact amounts in their place."""
    result: dict[Cell, float] = {}
    for dossier in dossiers:
        for cell, money in cells_of(dossier, UNITS[dossier.weight] * unit * budget).items():
            result[cell] = result.get(cell, 0.0) + money
    result.update(amounts)
    return {cell: money for cell, money in result.items() if money > 0.0}


def key_of(cell: Cell, tools: Mapping[str, Tool]) -> str:
    """The dossier that a cell belongs to: its sector's, or its channel's."""
    instrument, sector = cell
    if sector is not None:
        return f"sector:{sector}"
    return f"channel:{tools[instrument].channel}"


def priorities_of(allocation: Iterable[Cell], tools: Mapping[str, Tool]) -> int:
    """How many dossiers an allocation amounts to: each sector's and channel's lines, by threes."""
    lines = Counter(key_of(cell, tools) for cell in allocation)
    return sum(-(-count // LINES_A_DOSSIER) for count in lines.values())


def money_by_key(allocation: Mapping[Cell, float], tools: Mapping[str, Tool]) -> dict[str, float]:
    """Billion yuan by dossier key."""
    result: dict[str, float] = {}
    for cell, money in allocation.items():
        key = key_of(cell, tools)
        result[key] = result.get(key, 0.0) + money
    return result
