"""Why a number moved: rows that add up from its start to its end, bit for bit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from game.engine.batch import Notes
from game.engine.draws import Draws
from game.engine.execute import Floats
from game.engine.layout import indicator
from game.engine.model import Model
from game.engine.state import Cause, State, Timed
from game.rules import leaves
from game.rules.expression import Expression, Read, Series
from game.rules.rewrite import placed


@dataclass(frozen=True, slots=True)
class Row:
    """One cause of one number in one year.

    Attributes:
        kind: rule, noise, event, choice, situation, post, bound, input or rounding.
        id: the rule, event, `event:choice`, situation, or what was posted.
        amount: what it added, in the number's unit.
        says: in words.
        because: passages.
        grade: how well it is grounded.
        year: the year in which it was made, where that was earlier.
        strength: how strong the rule is in this world.
        opens: for an input, the number whose own causes can be asked for.
    """

    kind: str
    id: str
    amount: float
    says: str
    because: tuple[str, ...] = ()
    grade: str = ""
    year: int | None = None
    strength: float = 1.0
    opens: str = ""


@dataclass(frozen=True)
class Ledger:
    """Every row of every number of one world in one year.

    Attributes:
        model: the compiled model.
        year: the year.
        before: the state at the end of the year before.
        after: the state at its end.
        column: which world.
    """

    model: Model
    year: int
    before: State
    after: State
    column: int
    _amounts: Floats
    _raw: Floats
    _timed: Timed
    _strengths: Floats

    @classmethod
    def of(
        cls, model: Model, draws: Draws, before: State, after: State, notes: Notes, column: int
    ) -> Ledger:
        """The ledger of one column of a year that was run with its amounts kept.

        Raises:
            ValueError: the amounts were not kept.
        """
        if notes.amounts is None or notes.raw is None:
            raise ValueError("this year was run without its ledger")
        return cls(
            model=model,
            year=after.year,
            before=before,
            after=after,
            column=column,
            _amounts=notes.amounts[:, column],
            _raw=notes.raw[:, column],
            _timed=notes.timed.only(notes.timed.worlds == column),
            _strengths=draws.strengths[:, column],
        )

    def start(self, name: str, place: str | None = None) -> float:
        """The number at the end of the year before."""
        return self._value(self.before, name, place)

    def end(self, name: str, place: str | None = None) -> float:
        """The number at the year's end."""
        return self._value(self.after, name, place)

    def rows(self, name: str, place: str | None = None) -> tuple[Row, ...]:
        """The causes of an indicator's change, in the order in which they were added.

        `start`, row by row, gives `end` exactly.

        Raises:
            KeyError: there is no such indicator or place.
        """
        series = self._series(name)
        if series in self.model.computed:
            return tuple(self._inputs(series, place))
        row = self.model.layout.row(series, place)
        return (*self._additions(row), *self._cut(row))

    def _series(self, name: str) -> Series:
        return indicator(name, self.model.pack.indicators[name].scope)

    def _value(self, state: State, name: str, place: str | None) -> float:
        row = self.model.layout.row(self._series(name), place)
        return float(state.matrix[row, self.column])

    def _additions(self, row: int) -> Iterator[Row]:
        """Rules and situations, then effects and postings that act this year, older first."""
        for rule in self.model.rules_by_row.get(row, ()):
            amount = float(self._amounts[rule.amount.start + row - rule.target.start])
            if amount != 0.0:
                strength = 1.0
                if rule.strength is not None:
                    strength = float(self._strengths[rule.strength])
                yield _row(self.model.causes[rule.cause], amount, None, strength)
        timed = self._timed
        for i in np.flatnonzero(timed.rows == row):
            cause = self._cause(int(timed.causes[i]))
            born = int(timed.born[i])
            amount = float(timed.amounts[i])
            if amount != 0.0:
                yield _row(cause, amount, born if born != self.year else None, 1.0)

    def _cause(self, position: int) -> Cause:
        causes = self.model.causes
        if position < len(causes):
            return causes[position]
        return self.after.posted[position - len(causes)]

    def _cut(self, row: int) -> Iterator[Row]:
        raw, end = float(self._raw[row]), float(self.after.matrix[row, self.column])
        if raw != end:
            bound = "the highest" if raw > end else "the lowest"
            says = f"It cannot pass {bound} it can be."
            yield from _closing(raw, end, "bound", "bound", says)

    def _inputs(self, series: Series, place: str | None) -> Iterator[Row]:
        """Each input switched from old to new, in the order of the state's rows."""
        formula = self.model.computed[series]
        if place is not None and series.axis != "nation":
            index = self.model.layout.places[series.axis].index(place)
            formula = placed(formula, series.axis, index)
        reads = list(self._read_rows(formula))
        old = self.before.matrix[:, self.column]
        new = self.after.matrix[:, self.column]
        # Column j has the first j inputs as they are now and the rest as they were.
        mixed = np.repeat(old[:, None], len(reads) + 2, axis=1)
        for j, (row, _, _) in enumerate(reads):
            mixed[row, j + 1 :] = new[row]
        low, high = self.model.pack.indicators[series.name].bounds
        values = np.clip(self.model.value(formula, mixed), low, high)
        start = self._value(self.before, series.name, place)
        total = start
        between = float(values[0]) - start
        if between != 0.0:
            # A new plan, a promise or a flag is written into the state between two years.
            total += between
            yield Row("input", "between", between, "What was settled before the year began")
        for j, (_, name, opens) in enumerate(reads):
            amount = float(values[j + 1] - values[j])
            if amount != 0.0:
                total += amount
                yield Row("input", opens or name, amount, name, opens=opens)
        yield from _closing(
            total, self._value(self.after, series.name, place), "rounding", "rounding", "Rounding."
        )

    def _read_rows(self, formula: Expression) -> Iterator[tuple[int, str, str]]:
        """Row, name and what it opens, for each number that a formula reads."""
        layout = self.model.layout
        found: dict[int, tuple[str, str]] = {}
        for read in leaves(formula):
            for inner in _stored_reads(read):
                rows = layout.read(inner)
                run = (
                    range(rows, rows + 1) if isinstance(rows, int) else range(*rows.indices(10**9))
                )
                places = layout.places[inner.series.axis]
                for offset, row in enumerate(run):
                    index = inner.index if inner.index is not None else offset
                    place = None if inner.series.axis == "nation" else places[index]
                    found[row] = self._named(inner, place)
        for row in sorted(found):
            yield row, *found[row]

    def _named(self, read: Read, place: str | None) -> tuple[str, str]:
        """How an input is called, and which number it opens."""
        series = read.series
        where = f"[{place}]" if place else ""
        late = " a year before" if read.lagged else ""
        pack = self.model.pack
        at = f", {pack.sectors[place].title}" if place and place in pack.sectors else ""
        match series.kind:
            case "indicator":
                opens = "" if read.lagged else f"{series.name}{where}"
                return f"{pack.indicators[series.name].title}{at}{late}", opens
            case "support" | "planned" | "locked":
                return f"{pack.instruments[series.name].title}{at}{late}", ""
        return f"{series.name.replace('_', ' ')}{late}", ""


def _stored_reads(read: Read) -> Sequence[Read]:
    """The rows that a read stands for: spending and event memory are kept as other series."""
    series = read.series
    match series.kind:
        case "fired" | "since":
            last = Read(Series("last", series.name, series.axis), read.index)
            return (
                (last, Read(Series("special", "year", "nation")))
                if series.kind == "since"
                else (last,)
            )
        case "spend":
            return (
                Read(Series("special", "lines_scale", "nation"), None, read.lagged),
                Read(Series("planned", series.name, series.axis), read.index, read.lagged),
                Read(Series("locked", series.name, series.axis), read.index, read.lagged),
            )
    return (read,)


def _row(cause: Cause, amount: float, year: int | None, strength: float) -> Row:
    return Row(cause.kind, cause.id, amount, cause.says, cause.because, cause.grade, year, strength)


def _closing(total: float, end: float, kind: str, name: str, says: str) -> Iterator[Row]:
    """One row, or two where one cannot hit the end exactly."""
    for _ in range(4):
        if total == end:
            return
        amount = end - total
        total += amount
        yield Row(kind, name, amount, says)
