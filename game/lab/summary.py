"""What a run without a file prints: where numbers began, and where they ended among worlds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from game.engine.execute import Floats
    from game.lab.running import Block, Column

HEADINGS = ("indicator", "start", "end mean", "p10", "p90")


@dataclass(frozen=True)
class Summary:
    """Start and end of each column over worlds.

    Attributes:
        columns: what was read.
        first: the year before the first.
        last: the last year.
        starts: the mean at the start, one a column.
        ends: the last year's numbers, shape (columns, worlds).
        means: the mean over worlds, shape (years, columns), from the year before the first.
    """

    columns: tuple[Column, ...]
    first: int
    last: int
    starts: Floats
    ends: Floats
    means: Floats

    @property
    def by_year(self) -> tuple[str, ...]:
        """An aligned table of means, a line a year and a column a number."""
        rows: list[tuple[str, ...]] = [("year", *(one.expression for one in self.columns))]
        for place, numbers in enumerate(self.means):
            rows.append((str(self.first + place), *(_number(float(one)) for one in numbers)))
        return _table(rows)

    @property
    def lines(self) -> tuple[str, ...]:
        """An aligned table, its headings first."""
        rows: list[tuple[str, ...]] = [HEADINGS]
        for i, column in enumerate(self.columns):
            low, high = np.percentile(self.ends[i], [10, 90])
            numbers = (self.starts[i], self.ends[i].mean(), low, high)
            rows.append((column.expression, *(_number(float(one)) for one in numbers)))
        return _table(rows)


def summary_of(columns: Sequence[Column], blocks: Iterable[Block]) -> Summary:
    """Take the blocks in and keep what the table needs.

    Raises:
        ValueError: there is no block.
    """
    starts: list[Floats] = []
    ends: list[Floats] = []
    sums: list[Floats] = []
    years: tuple[int, ...] = ()
    for block in blocks:
        sums.append(block.values.sum(axis=2))
        starts.append(block.values[0])
        ends.append(block.values[-1])
        years = block.years
    if not years:
        raise ValueError("no world was run")
    first = np.concatenate(starts, axis=1).mean(axis=1)
    last = np.concatenate(ends, axis=1)
    means = np.sum(sums, axis=0) / last.shape[1]
    return Summary(tuple(columns), years[0], years[-1], first, last, means)


def _table(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return tuple(_aligned(row, widths) for row in rows)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    rest = (text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True))
    return "  ".join((row[0].ljust(widths[0]), *rest)).rstrip()


def _number(value: float) -> str:
    if value != 0 and abs(value) < 1e-9:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
