"""Why a number moved: the ledger's rows, over years and through what numbers are computed from.

In play only the largest causes are named and the rest is folded with the statistics, so that the
rows do not give away by how much a report flatters. A visit or the end opens everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from game.campaign.records import Cause, Explanation
from game.campaign.sight import describe, plain_read
from game.campaign.wording import named
from game.engine.targets import split_target
from game.rules import leaves

if TYPE_CHECKING:
    from game.campaign.position import PlayedYear, Position
    from game.campaign.table import Game
    from game.engine import Ledger, Model, Row, State
    from game.rules.expression import Expression

SHOWN = 5
DEPTH = 4
FAINT = 1e-3
"""An input that moved by less than this part of what moved it is not opened further."""
REST = "The rest, and statistics."


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
        need = f"say which {entry.scope}" if sector is None else "it is national"
        raise KeyError(f"{indicator}: {need}")
    if sector is not None and sector not in game.model.layout.places[entry.scope]:
        raise KeyError(f"{indicator} has no {sector}")
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
        known = f"{position.years[0].year} to {position.years[-1].year}" if position.years else "no"
        raise KeyError(f"{first} to {last}: {known} years have been played")
    return years


def ledger_of(year: PlayedYear) -> Ledger:
    """The ledger of a played year."""
    if year.ledger is None:
        raise KeyError(f"{year.year} was played without its ledger")
    return year.ledger


def _rows(year: PlayedYear, indicator: str, place: str | None) -> list[tuple[int, Row]]:
    return [(year.year, row) for row in ledger_of(year).rows(indicator, place)]


def grouped(
    rows: Iterable[tuple[int, Row]], names: dict[str, str] | object = None
) -> tuple[Cause, ...]:
    """Rows with the same cause as one, the largest first."""
    found: dict[tuple[str, str, str], Cause] = {}
    for year, row in rows:
        key = (row.kind, row.id, row.says)
        made = row.year if row.year is not None else year
        text = named(row.says, names) if isinstance(names, dict) else row.says
        old = found.get(key)
        if old is None:
            found[key] = Cause(
                row.kind, row.id, text, row.amount, row.grade, tuple(row.because), made,
                row.opens, row.strength,
            )  # fmt: skip
        else:
            when = made if old.year == made else None
            found[key] = replace(old, amount=old.amount + row.amount, year=when)
    return tuple(sorted(found.values(), key=lambda one: (-abs(one.amount), one.kind, one.id)))


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
    words = "The rest." if true else REST
    return (*shown, Cause("rest", "rest", words, rest, "", ()))


def opened_up(game: Game, text: str, years: Sequence[PlayedYear]) -> tuple[Cause, ...]:
    """The causes of any national expression, through the numbers that it is computed from."""
    expression = game.model.expressions.either(text, ending=True)
    rows: list[tuple[int, Row]] = []
    for year in years:
        read = plain_read(expression)
        if read is not None:
            place = None
            if read.index is not None:
                place = game.model.layout.places[read.series.axis][read.index]
            found = _deep(ledger_of(year), read.series.name, place, DEPTH)
        else:
            found = _deep_inputs(game.model, year, expression)
        rows += [(year.year, row) for row in found]
    return grouped(rows)


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


def _deep(ledger: Ledger, name: str, place: str | None, depth: int) -> list[Row]:
    """The rows of a number with each input replaced by what moved it, in proportion."""
    found: list[Row] = []
    for row in ledger.rows(name, place):
        found += _through(ledger, row, depth)
    return found


def _through(ledger: Ledger, row: Row, depth: int) -> list[Row]:
    if row.kind != "input" or not row.opens or depth <= 0:
        return [row]
    name, place = split_target(row.opens)
    moved = ledger.end(name, place) - ledger.start(name, place)
    inner = _deep(ledger, name, place, depth - 1)
    size = sum(abs(one.amount) for one in inner)
    if moved == 0.0 or abs(moved) < FAINT * size:
        return [row]
    factor = row.amount / moved
    return [replace(one, amount=one.amount * factor) for one in inner]


def _deep_inputs(model: Model, year: PlayedYear, expression: Expression) -> list[Row]:
    """The same for an expression that is no indicator: its reads are switched one by one."""
    ledger = ledger_of(year)
    found: list[Row] = []
    for name, place, amount in _switched(model, ledger.before, ledger.after, expression):
        text = name if place is None else f"{name}[{place}]"
        title = describe(model, text)[0]
        row = _input_row(text, title, amount)
        found += _through(ledger, row, DEPTH)
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
