"""What a chart shows: a past, perhaps a fan, a dotted baseline and a promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from game.words import said

if TYPE_CHECKING:
    from game.campaign.records import Fan


@dataclass(frozen=True, slots=True)
class Chart:
    """The numbers of one chart, in their own unit, by year."""

    title: str
    unit: str
    past: tuple[tuple[int, float], ...] = ()
    years: tuple[int, ...] = ()
    quantiles: tuple[tuple[float, ...], ...] = ()
    """p10, p25, median, p75, p90 over `years`; empty for a plain line."""
    baseline: tuple[float, ...] = ()
    promise: tuple[int, float] | None = None
    promised: str = ""
    """`at least` or `at most`."""
    note: str = ""
    short_note: str = ""

    @classmethod
    def of(cls, fan: Fan, promise: tuple[int, float] | None = None, promised: str = "") -> Chart:
        """A forecast as a chart."""
        return cls(
            title=fan.title,
            unit=fan.unit,
            past=fan.past,
            years=fan.years,
            quantiles=fan.quantiles,
            baseline=fan.baseline,
            promise=promise,
            promised=promised,
            note=said(
                "Ministry's forecast. It has met {met} of {kinds} kinds of event.",
                met=fan.met,
                kinds=fan.kinds,
            ),
            short_note=said(
                "It has met {met} of {kinds} kinds of event.", met=fan.met, kinds=fan.kinds
            ),
        )

    @property
    def all_years(self) -> tuple[int, ...]:
        """Every year with a number, in order."""
        return tuple(sorted({year for year, _ in self.past} | set(self.years)))

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest number drawn, with a little air."""
        values = [value for _, value in self.past]
        for run in self.quantiles:
            values.extend(run)
        values.extend(self.baseline)
        if self.promise is not None:
            values.append(self.promise[1])
        if not values:
            return 0.0, 1.0
        low, high = min(values), max(values)
        air = (high - low) * 0.06 or abs(high) * 0.05 or 0.5
        return low - air if low < 0 or low - air > 0 else 0.0, high + air

    def runs(self) -> tuple[tuple[tuple[int, float], ...], ...]:
        """The five runs, each starting where the past ends."""
        joint = self.past[-1:] if self.past and self.years else ()
        if joint and self.years and joint[0][0] >= self.years[0]:
            joint = ()
        return tuple(joint + tuple(zip(self.years, run, strict=True)) for run in self.quantiles)

    def base_run(self) -> tuple[tuple[int, float], ...]:
        """The baseline, starting where the past ends."""
        if not self.baseline:
            return ()
        joint = self.past[-1:] if self.past and self.past[-1][0] < self.years[0] else ()
        return joint + tuple(zip(self.years, self.baseline, strict=True))

    def at(self, year: int) -> tuple[float, float, float, float | None] | None:
        """Middle, low, high and baseline in a year; the past has one number for all three."""
        if year in self.years and self.quantiles:
            i = self.years.index(year)
            base = self.baseline[i] if self.baseline else None
            return self.quantiles[2][i], self.quantiles[0][i], self.quantiles[4][i], base
        known = dict(self.past)
        if year in known:
            return known[year], known[year], known[year], None
        return None


def between(run: Sequence[tuple[int, float]], x: float) -> float | None:
    """The run's value at a point between years, or None outside it."""
    if not run or x < run[0][0] or x > run[-1][0]:
        return None
    for (left, a), (right, b) in pairwise(run):
        if x <= right:
            return a + (b - a) * (x - left) / (right - left)
    return run[-1][1]


def spark(values: Sequence[float]) -> str:
    """A line of eight-step blocks."""
    if not values:
        return ""
    low, high = min(values), max(values)
    steps = "▁▂▃▄▅▆▇█"
    if high == low:
        return steps[3] * len(values)
    return "".join(steps[round((value - low) / (high - low) * 7)] for value in values)


def ticks(low: float, high: float, wanted: int) -> list[float]:
    """Round numbers between two bounds, about as many as wanted."""
    span = high - low
    if span <= 0 or wanted < 1:
        return [low]
    raw = span / wanted
    power = 1.0
    while power > raw:
        power /= 10
    while power * 10 <= raw:
        power *= 10
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= raw)
    first = int(low // step)
    found = [round((first + i) * step, 10) for i in range(wanted + 3)]
    return [value for value in found if low <= value <= high]
