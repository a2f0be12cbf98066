"""Where everything stands in the state matrix `X[row, world]`.

Each series has a run of consecutive rows: one for a national series, one a sector or region
otherwise. The first rows are the ledger's: stored indicators and counters, which change only by
rows that add up.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from game.rules.expression import Axis, Read, Series

SPECIALS = (
    "budget",
    "reserve",
    "priorities",
    "desk",
    "kept_promises",
    "year",
    "plan_year",
    "plan",
    "reserve_left",
    "lines_scale",
    "promises_made",
    "promises_kept",
    "stops",
)
"""National numbers that the engine keeps; the last five cannot be named in a text."""
BY_SECTOR = ("architecture", "sunset")
"""Numbers of the plan in force by sector: how it is organised, whether it ends with the plan."""
DESK_OWED = Series("counter", "desk.owed", "nation")
"""Dossiers that choices have taken from the next desk."""


@dataclass(frozen=True)
class Layout:
    """The rows of the state matrix.

    Attributes:
        sizes: how many places each axis has.
        places: the ids along each axis, in order.
        starts: the first row of each series.
        lagged: the first row of last year's values, for the series that a `previous` reads.
        ledger: how many rows, from the top, change by ledger rows only.
        height: how many rows there are in all.
    """

    sizes: Mapping[Axis, int]
    places: Mapping[Axis, tuple[str, ...]]
    starts: Mapping[Series, int]
    lagged: Mapping[Series, int]
    ledger: int
    height: int

    def rows(self, series: Series, place: str | None = None) -> slice:
        """The rows of a series, or the one at a place of its axis."""
        if place is not None:
            row = self.row(series, place)
            return slice(row, row + 1)
        start = self.starts[series]
        return slice(start, start + self.sizes[series.axis])

    def run(self, series: Iterable[Series]) -> slice:
        """The rows of several series that stand one after the other."""
        found = [self.rows(one) for one in series]
        assert all(one.stop == after.start for one, after in itertools.pairwise(found))
        return slice(found[0].start, found[-1].stop) if found else slice(0, 0)

    def row(self, series: Series, place: str | None = None) -> int:
        """The row of a series at one place of its axis."""
        start = self.starts[series]
        return start if place is None else start + self.places[series.axis].index(place)

    def read(self, read: Read, *, first_year: bool = False) -> slice | int:
        """The rows of a leaf: a run, or a single row. In the first year last year is this one."""
        behind = read.lagged and not first_year
        start = (self.lagged if behind else self.starts)[read.series]
        if read.index is not None:
            return start + read.index
        size = self.sizes[read.series.axis]
        return start if read.series.axis == "nation" else slice(start, start + size)


def indicator(name: str, axis: Axis) -> Series:
    """The series of an indicator."""
    return Series("indicator", name, axis)


def special(name: str) -> Series:
    """The series of a number that the engine keeps."""
    return Series("special", name, "sector" if name in BY_SECTOR else "nation")


def lay_out(
    places: Mapping[Axis, tuple[str, ...]],
    stored: Iterable[Series],
    counters: Iterable[Series],
    others: Iterable[Series],
    lagged: Iterable[Series],
) -> Layout:
    """Give each series its rows, the ledger's first."""
    sizes: dict[Axis, int] = {
        "nation": 1,
        "sector": len(places["sector"]),
        "region": len(places["region"]),
    }
    starts: dict[Series, int] = {}
    height = 0

    def place(series: Iterable[Series]) -> None:
        nonlocal height
        for one in series:
            if one not in starts:
                starts[one] = height
                height += sizes[one.axis]

    place(stored)
    place(counters)
    ledger = height
    place(others)
    behind: dict[Series, int] = {}
    for one in lagged:
        behind[one] = height
        height += sizes[one.axis]
    return Layout(sizes, places, starts, behind, ledger, height)
