"""What rules may name: the indicators, places, instruments and events of a pack, and its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from game.rules.expression import Axis, Series, SeriesKind

Interval = tuple[float, float]

# Specials: axis and bounds. Money is in billion yuan of 2010.
SPECIALS: Mapping[str, tuple[Axis, float, float]] = {
    "budget": ("nation", 0.0, 1e7),
    "reserve": ("nation", 0.0, 1.0),
    "priorities": ("nation", 0.0, 1_000.0),
    "desk": ("nation", 0.0, 100.0),
    "kept_promises": ("nation", 0.0, 1.0),
    "year": ("nation", 1_900.0, 2_200.0),
    "plan_year": ("nation", 1.0, 10.0),
    "plan": ("nation", 1.0, 100.0),
    "architecture": ("sector", 0.0, 1.0),
    "sunset": ("sector", 0.0, 1.0),
}

# How many arguments each function takes.
FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "min": (2, 100),
    "max": (2, 100),
    "abs": (1, 1),
    "sqrt": (1, 1),
    "clamp": (3, 3),
    "ramp": (3, 3),
    "saturate": (2, 2),
    "lerp": (3, 3),
    "div": (3, 3),
    "sum": (1, 1),
    "mean": (1, 1),
    "largest": (1, 1),
    "smallest": (1, 1),
    "count": (1, 1),
    "share": (1, 1),
    "previous": (1, 1),
    "change": (1, 1),
    "fired": (1, 1),
    "times": (1, 1),
    "years_since": (1, 1),
    "active": (1, 1),
    "flag": (1, 1),
    "counter": (1, 1),
}
USAGE: Mapping[str, str] = {
    "min": "min(a, b)",
    "max": "max(a, b)",
    "abs": "abs(x)",
    "sqrt": "sqrt(x)",
    "clamp": "clamp(x, low, high)",
    "ramp": "ramp(x, low, high)",
    "saturate": "saturate(x, half)",
    "lerp": "lerp(a, b, t)",
    "div": "div(a, b, default)",
    "sum": "sum(x)",
    "mean": "mean(x)",
    "largest": "largest(x)",
    "smallest": "smallest(x)",
    "count": "count(condition)",
    "share": "share(x)",
    "previous": "previous(x)",
    "change": "change(x)",
    "fired": 'fired("event")',
    "times": 'times("event")',
    "years_since": 'years_since("event")',
    "active": 'active("situation")',
    "flag": 'flag("name")',
    "counter": 'counter("name")',
}
PREFIXES = ("nation", "support", "spend", "after", "balance")
RESERVED = frozenset(
    {*SPECIALS, *FUNCTIONS, *PREFIXES, "and", "or", "not", "if", "else", "true", "false"}
)
"""Words that mean something already: no indicator, sector, region or instrument takes one."""

_FIXED_BOUNDS: Mapping[SeriesKind, Interval] = {
    "support": (0.0, 1.0),
    "spend": (0.0, 1e7),
    "flag": (0.0, 1.0),
    "counter": (-1e6, 1e6),
    "fired": (0.0, 1.0),
    "times": (0.0, 1e6),
    "since": (0.0, 999.0),
    "active": (0.0, 1.0),
    "balance": (0.0, 100.0),
}


@dataclass(frozen=True, slots=True)
class IndicatorInfo:
    """An indicator as rules see it: along what it varies, and its declared bounds."""

    axis: Axis
    low: float
    high: float


@dataclass(frozen=True)
class Vocabulary:
    """Everything that a rule may name, in pack order."""

    indicators: Mapping[str, IndicatorInfo]
    sectors: tuple[str, ...]
    regions: tuple[str, ...]
    instruments: Mapping[str, Axis]
    events: Mapping[str, Axis]
    situations: Mapping[str, Axis]
    balances: tuple[str, ...] = ()

    def places(self, axis: Axis) -> tuple[str, ...]:
        """The ids along an axis; none for the nation."""
        if axis == "sector":
            return self.sectors
        return self.regions if axis == "region" else ()

    def series_bounds(self, series: Series) -> Interval:
        """The least and the greatest number that a series can hold."""
        if series.kind in ("indicator", "after"):
            info = self.indicators[series.name]
            return float(info.low), float(info.high)
        if series.kind == "special":
            _, low, high = SPECIALS[series.name]
            return low, high
        return _FIXED_BOUNDS[series.kind]
