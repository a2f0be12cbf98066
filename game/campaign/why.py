"""Why a number moved: the ledger's rows, over years and through what numbers are computed from.

In play only the largest causes are named and the rest is folded with the statistics, so that the
rows do not give away by how much a report flatters. A visit or the end opens everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from game.campaign.records import Cause, Explanation
from game.campaign.sight import describe, plain_read
from game.campaign.wording import named
from game.engine.targets import split_target
from game.rules import leaves
from game.words import later, said

if TYPE_CHECKING:
    from game.campaign.position import PlayedYear, Position
    from game.campaign.table import Game
    from game.engine import Ledger, Model, Row, State
    from game.rules.expression import Expression

SHOWN = 5
DEPTH = 4
FAINT = 1e-3
"""An input that moved by less than this part of what moved it is not opened further."""
REST = later("The rest, and statistics.")


def explained(
    game: Game,
    position: Position,
    indicator: str,
    sector: str | None,
    first: int,
    last: int,
    opened: bool,
) -> Explanation:
    """Why an indicator moved over the years from `first` to `last`.

    Raises:
        KeyError: no such indicator, place or year.
    """
    entry = game.model.pack.indicators[indicator]
    if (sector is None) != (entry.scope == "nation"):
        need = (
            said("say which {scope}", scope=entry.scope)
            if sector is None
            else said("it is national")
        )
        raise KeyError(f"{indicator}: {need}")
    if sector is not None and sector not in game.model.layout.places[entry.scope]:
        raise KeyError(said("{indicator} has no {sector}", indicator=indicator, sector=sector))
    text = indicator if sector is None else f"{indicator}[{sector}]"
    years = played(position, first, last)
    rows = [row for year in years for row in _rows(year, indicator, sector)]
    seen = opened or (text, last) in position.opened
    causes = grouped(rows, game.names(position))
    if not seen:
        causes = _known(causes, position)
    return _explanation(game, text, years, causes, true=seen)


def played(position: Position, first: int, last: int) -> tuple[PlayedYear, ...]:
    """The completed years from one to another.

    Raises:
        KeyError: some of them have not been played.
    """
    years = tuple(one for one in position.years if first <= one.year <= last)
    if last < first or len(years) != last - first + 1:
        known = (
            said("{first} to {last}", first=position.years[0].year, last=position.years[-1].year)
            if position.years
            else said("no")
        )
        raise KeyError(
            said(
                "{first} to {last}: {known} years have been played",
                first=first,
                last=last,
                known=known,
            )
        )
    return years


def ledger_of(year: PlayedYear) -> Ledger:
    """The ledger of a played year."""
    if year.ledger is None:
        raise KeyError(said("{year} was played without its ledger", year=year.year))
    return year.ledger


def _rows(year: PlayedYear, indicator: str, place: str | None) -> list[tuple[int, Row]]:
    return [(year.year, row) for row in ledger_of(year).rows(indicator, place)]


def grouped(
    rows: Iterable[tuple[int, Row]], names: dict[str, str] | object = None
) -> tuple[Cause, ...]:
    """Rows with the same cause as one, the largest first."""
    return _grouped(((year, row, 1.0) for year, row in rows), names)


def _grouped(
    rows: Iterable[tuple[int, Row, float]], names: dict[str, str] | object = None
) -> tuple[Cause, ...]:
    """The same of rows that count in part."""
    amounts: dict[tuple[str, str, str], float] = {}
    firsts: dict[tuple[str, str, str], Row] = {}
    made: dict[tuple[str, str, str], int | None] = {}
    for year, row, part in rows:
        key = (row.kind, row.id, row.says)
        when = row.year if row.year is not None else year
        amounts[key] = amounts.get(key, 0.0) + row.amount * part
        firsts.setdefault(key, row)
        made[key] = when if made.setdefault(key, when) == when else None
    found = [
        Cause(
            row.kind, row.id, named(row.says, names) if isinstance(names, dict) else row.says,
            amounts[key], row.grade, tuple(row.because), made[key], row.opens, row.strength,
        )
        for key, row in firsts.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-abs(one.amount), one.kind, one.id)))


def _known(causes: Iterable[Cause], position: Position) -> tuple[Cause, ...]:
    """Causes as they look while the books are closed: strengths only where pilots showed them."""
    shown = {one.rule for one in position.revealed}
    return tuple(
        one if one.kind == "rule" and one.id in shown else replace(one, strength=1.0)
        for one in causes
    )


def _explanation(
    game: Game,
    text: str,
    years: Sequence[PlayedYear],
    causes: tuple[Cause, ...],
    *,
    true: bool,
) -> Explanation:
    title, unit, _ = describe(game.model, text)
    start = game.sight(years[0].start).of(text, true=true)
    end = game.sight(years[-1].end).of(text, true=true)
    shown = causes if true else causes[:SHOWN]
    return Explanation(
        expression=text,
        title=title,
        unit=unit,
        first_year=years[0].year,
        last_year=years[-1].year,
        start=start,
        end=end,
        causes=_closed(shown, end - start, true=true),
        true=true,
    )


def _closed(shown: tuple[Cause, ...], change: float, *, true: bool) -> tuple[Cause, ...]:
    """Causes with a last row that makes them add up to the change."""
    rest = change - sum(one.amount for one in shown)
    size = max(abs(change), *(abs(one.amount) for one in shown), 1e-12) if shown else abs(change)
    if true and abs(rest) <= 1e-9 * size:
        return shown
    words = said("The rest.") if true else said(REST)
    return (*shown, Cause("rest", "rest", words, rest, "", ()))


Weighted = list[tuple["Row", float]]
"""Rows, each with the part of it that counts."""
Known = dict[tuple[int, str, str | None, int], Weighted]
"""What numbers came down to: by year, name, place and depth."""


def opened_up(
    game: Game, text: str, years: Sequence[PlayedYear], known: Known | None = None
) -> tuple[Cause, ...]:
    """The causes of any national expression, through the numbers that it is computed from.

    Args:
        game: what is played.
        text: the expression.
        years: over which years.
        known: what other expressions of the same years have been followed through already.
    """
    expression = game.model.expressions.either(text, ending=True)
    rows: list[tuple[int, Row, float]] = []
    for year in years:
        ledger = _Opened(ledger_of(year), {} if known is None else known)
        read = plain_read(expression)
        if read is not None:
            place = None
            if read.index is not None:
                place = game.model.layout.places[read.series.axis][read.index]
            found = ledger.deep(read.series.name, place, DEPTH)
        else:
            found = _deep_inputs(game.model, ledger, expression)
        rows += [(year.year, row, part) for row, part in found]
    return _grouped(rows)


def deep_explanation(
    game: Game,
    position: Position,
    text: str,
    years: Sequence[PlayedYear],
    *,
    true: bool,
    shown: int = SHOWN,
) -> Explanation:
    """Why an expression moved, in its top causes and the rest; strengths where they are open."""
    names = dict(game.names(position))
    causes = opened_up(game, text, years)[:shown]
    if not true:
        causes = _known(causes, position)
    causes = tuple(replace(one, text=named(one.text, names)) for one in causes)
    return _explanation(game, text, years, causes, true=true)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A year's ledger, followed through what its numbers are computed from."""

    ledger: Ledger
    known: Known

    def deep(self, name: str, place: str | None, depth: int) -> Weighted:
        """The rows of a number with each input replaced by what moved it, in proportion."""
        key = (self.ledger.year, name, place, depth)
        if key not in self.known:
            found: Weighted = []
            for row in self.ledger.rows(name, place):
                found += self.through(row, depth)
            self.known[key] = found
        return self.known[key]

    def through(self, row: Row, depth: int) -> Weighted:
        """A row, or what is behind it where it is an input that can be opened."""
        if row.kind != "input" or not row.opens or depth <= 0:
            return [(row, 1.0)]
        name, place = split_target(row.opens)
        moved = self.ledger.end(name, place) - self.ledger.start(name, place)
        inner = self.deep(name, place, depth - 1)
        size = sum(abs(one.amount * part) for one, part in inner)
        if moved == 0.0 or abs(moved) < FAINT * size:
            return [(row, 1.0)]
        factor = row.amount / moved
        return [(one, part * factor) for one, part in inner]


def _deep_inputs(model: Model, opened: _Opened, expression: Expression) -> Weighted:
    """The same for an expression that is no indicator: its reads are switched one by one."""
    ledger = opened.ledger
    found: Weighted = []
    for name, place, amount in _switched(model, ledger.before, ledger.after, expression):
        text = name if place is None else f"{name}[{place}]"
        title = describe(model, text)[0]
        found += opened.through(_input_row(text, title, amount), DEPTH)
    return found


def _input_row(text: str, title: str, amount: float) -> Row:
    from game.engine import Row

    return Row("input", text, amount, title, opens=text)


def _switched(
    model: Model, before: State, after: State, expression: Expression
) -> Iterable[tuple[str, str | None, float]]:
    layout = model.layout
    places: list[tuple[int, str, str | None]] = []
    for read in sorted(leaves(expression), key=repr):
        series = read.series
        if series.kind != "indicator" or read.lagged:
            continue
        start = layout.starts[series]
        indices = [read.index] if read.index is not None else range(layout.sizes[series.axis])
        for index in indices:
            place = None if series.axis == "nation" else layout.places[series.axis][index or 0]
            places.append((start + (index or 0), series.name, place))
    old, new = before.matrix[:, 0], after.matrix[:, 0]
    mixed = np.repeat(old[:, None], len(places) + 2, axis=1)
    for j, (row, _, _) in enumerate(places):
        mixed[row, j + 1 :] = new[row]
    values = model.value(expression, mixed)
    for j, (_, name, place) in enumerate(places):
        amount = float(values[j + 1] - values[j])
        if amount != 0.0:
            yield name, place, amount


def grades_of(causes: Iterable[Cause]) -> tuple[tuple[str, float], ...]:
    """The share of the movement that rests on each grade, the largest first."""
    sums: dict[str, float] = {}
    for one in causes:
        if one.grade:
            sums[one.grade] = sums.get(one.grade, 0.0) + abs(one.amount)
    total = sum(sums.values())
    if total <= 0.0:
        return ()
    shares = [(grade, amount / total) for grade, amount in sums.items()]
    return tuple(sorted(shares, key=lambda one: (-one[1], one[0])))
