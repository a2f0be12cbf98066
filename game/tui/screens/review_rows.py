"""The rows of a plan review, and what stands behind each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from game.campaign.records import Cause, Mechanism, PromiseState, Quote, Review
from game.campaign.wording import amount, apart, joined, summed
from game.tui.names import Names
from game.tui.passages import passage_lines
from game.tui.screens.facts import (
    cause_builder,
    grades_line,
    mechanism_line,
    quote_lines,
    reading_builder,
)
from game.tui.text import BAD, GOOD, KEY, MUTED, QUOTE, Cell, plain, row, say
from game.tui.widgets.rows import Row
from game.words import later, said

if TYPE_CHECKING:
    from game.packs import Pack

NOTICED = 0.05
"""A change of less than this part of a number is written with a decimal more."""
TOP = 5
"""Causes shown by name; the others are one row, so that the rows still add up."""


_VERDICTS = {"kept (pushed)": later("pushed")}


class ReviewPage:
    """Lays a review out as rows."""

    def __init__(self, review: Review, names: Names) -> None:
        self.review, self.names = review, names
        self._behind: dict[str, Cause | str] = {}
        self._rows: list[Row] = []

    def behind(self, name: str) -> Cause | str | None:
        """The cause, or the expression, that a row stands for."""
        return self._behind.get(name)

    def rows(self, *, results: bool, passages: Pack | None) -> list[Row]:
        """The page; all results and the passages where they were asked for."""
        self._rows, self._behind = [], {}
        self._promises()
        self._why()
        self._rests()
        self._forecast()
        self._people()
        self._balances()
        if results:
            self._results()
        else:
            self._text(
                "more",
                plain(
                    said("r shows {count} numbers that changed", count=len(self.review.changed)),
                    MUTED,
                ),
            )
        if passages is not None:
            self._passages(passages)
        return self._rows

    def _put(
        self, name: str, build: Callable[[int], Content], behind: Cause | str | None = None
    ) -> None:
        if behind is not None:
            self._behind[name] = behind
        self._rows.append(Row(name, build, head=behind is None))

    def _text(self, name: str, words: Content) -> None:
        self._put(name, lambda _: words)

    def _gap(self) -> None:
        self._text(f"gap:{len(self._rows)}", Content(""))

    def _promises(self) -> None:
        def head(width: int) -> Content:
            cells = [
                Cell(said("YOU SAID, AND SIGNED"), KEY),
                Cell(said("promised"), MUTED, 10, True),
                Cell(said("word"), MUTED, 6),
                Cell(said("reported"), MUTED, 10, True),
                Cell(said("capital"), MUTED, 11, True),
            ]
            return row(width, cells)

        self._put("head:promises", head)
        for index, (state, verdict) in enumerate(self.review.promises):
            self._promise(index, state, verdict)
        for index, (pledge, verdict) in enumerate(self.review.pledges):
            who, words = self.names.person(pledge.to), self.names.pledge(pledge)
            kept = "BROKEN" not in verdict.upper()
            self._put(
                f"pledge:{index}",
                _line(
                    said("Pledge to {who}: {words}", who=who, words=words),
                    "",
                    said("pledge"),
                    "",
                    said(verdict),
                    kept,
                ),
            )
        self._gap()

    def _promise(self, index: int, state: PromiseState, verdict: str) -> None:
        promise = state.promise
        mark = "# " if promise.mandate else ""
        sign = "≥ " if promise.bound == "at_least" else "≤ "
        self._put(
            f"promise:{index}",
            _line(
                mark + state.title,
                sign + amount(promise.value, state.unit),
                said(promise.word),
                amount(state.reported, state.unit),
                f"{said(_VERDICTS.get(verdict, verdict))} {state.pays:+g}".replace(" +0", " 0"),
                state.kept,
            ),
            promise.measure,
        )

    def _why(self) -> None:
        why = self.review.why
        if why is None:
            return

        def head(width: int) -> Content:
            move = " → ".join(apart(why.start, why.end, why.unit, by=NOTICED))
            return row(
                width,
                [Cell(said("WHY {title}", title=why.title), KEY), Cell(move, "bold", 22, True)],
            )

        self._put("head:why", head)
        ordered = sorted(why.causes, key=lambda cause: -abs(cause.amount))
        top = [c for c in ordered if c.kind != "rest"][:TOP]
        left = (why.end - why.start) - sum(cause.amount for cause in top)
        rest = Cause("rest", "", said("the rest, and statistics"), left, "", ())
        parts = [cause.amount for cause in (*top, rest)]
        written, total = summed(parts, why.end - why.start, why.unit)
        for index, (cause, moved) in enumerate(zip(top, written, strict=False)):
            self._put(f"cause:{index}", cause_builder(cause, moved), cause)
        self._put("cause:rest", cause_builder(rest, written[-1]), why.expression)
        self._put(
            "cause:sum", lambda width: row(width, [Cell("= " + total, "bold", 13, True), Cell("")])
        )
        for one in self.review.revealed:
            words = "  " + said(
                "{says} Here at {strength} of the usual (a pilot, {year}).",
                says=one.says,
                strength=f"{one.strength:.1f}",
                year=one.year,
            )
            self._text(f"pilot:{one.rule}", plain(words, MUTED))
        self._gap()

    def _rests(self) -> None:
        """On which grades the movement rests, and the mechanisms that mattered most."""
        if self.review.grades:
            self._text(
                "grades", say(((said("RESTS ON") + " "), KEY), grades_line(self.review.grades))
            )
        if self.review.mechanisms:
            self._text("head:mechanisms", plain(said("WHAT MOVED THE BALANCES MOST"), KEY))
        for index, one in enumerate(self.review.mechanisms):
            self._put(f"mechanism:{index}", _mechanism(one))
            self._put(f"passage-of:{index}", _passage(one.quote))
        if self.review.grades or self.review.mechanisms:
            self._gap()

    def _forecast(self) -> None:
        review = self.review
        unit = review.why.unit if review.why is not None else "ratio"
        if review.forecast is not None:
            low, high = (amount(value, unit) for value in review.forecast)
            self._text(
                "forecast",
                say(
                    ((said("THE MINISTRY FORECAST") + " "), KEY),
                    (said("{low} to {high}", low=low, high=high), "bold"),
                ),
            )
        if review.unmet:
            names = joined(f"“{name}”" for name in review.unmet[:3])
            self._text("unmet", say((said("It had not met") + " "), (names, "italic"), "."))
        if review.same_dice is not None:
            what, value = review.same_dice
            self._text(
                "dice",
                say(((said("SAME DICE") + " "), KEY), f"{what}: ", (amount(value, unit), "bold")),
            )
        if review.forecast or review.unmet or review.same_dice:
            self._gap()

    def _people(self) -> None:
        for index, (person, words) in enumerate(self.review.people):
            self._text(
                f"person:{index}", say((f"{person.name.upper()} ", "bold"), (words, "italic"))
            )
        for index, hint in enumerate(self.review.hints):
            self._text(f"hint:{index}", say(("“ ", KEY), (hint, "italic")))
        if self.review.question:
            self._text("question", say(((said("TO ARGUE OVER:") + " "), KEY), self.review.question))
        self._gap()

    def _balances(self) -> None:
        if not self.review.balances:
            return
        self._text("head:balances", plain(said("BALANCES, at the start and now (0 to 100)"), KEY))
        for index, (title, before, now) in enumerate(self.review.balances):
            self._put(f"balance:{index}", _balance(title, before, now))
        self._gap()

    def _results(self) -> None:
        self._text("head:results", plain(said("WHAT CHANGED"), KEY))
        for index, reading in enumerate(self.review.changed):
            self._put(
                f"result:{index}",
                reading_builder(reading),
                reading.expression,
            )
        self._gap()

    def _passages(self, pack: Pack) -> None:
        self._text("head:passages", plain(said("PASSAGES WHOSE RULES MATTERED MOST"), KEY))
        for index, one in enumerate(self.review.mechanisms):
            if one.title:
                self._text(f"title:{index}", say((one.title, "bold"), "\n", one.text))
            self._text(f"quote:{index}", quote_lines(one.quote))
            for number, question in enumerate(one.asks):
                self._text(
                    f"ask:{index}:{number}", say(((said("To argue over:") + " "), KEY), question)
                )
            self._gap()
        shown = {one.quote.passage for one in self.review.mechanisms}
        causes = self.review.why.causes if self.review.why is not None else ()
        for passage in dict.fromkeys(p for cause in causes for p in cause.passages):
            if passage not in shown:
                self._text(f"passage:{passage}", passage_lines(pack, passage))
                self._gap()


def _line(
    title: str, promised: str, word: str, reported: str, verdict: str, kept: bool
) -> Callable[[int], Content]:
    def build(width: int) -> Content:
        style = f"bold {GOOD}" if kept else f"bold {BAD}"
        cells = [
            Cell("  " + title, "" if kept else "bold"),
            Cell(promised, "", 10, True),
            Cell(word, MUTED, 6),
            Cell(reported, "bold", 10, True),
            Cell(verdict, style, 11, True),
        ]
        return row(width, cells)

    return build


def _mechanism(one: Mechanism) -> Callable[[int], Content]:
    line = mechanism_line(one)
    return lambda _: line


def _passage(passage: Quote) -> Callable[[int], Content]:
    """Where a passage stands and as much of it as a line holds; p shows all of it."""
    words = f"“{passage.text}”" if passage.text else passage.claim

    def build(width: int) -> Content:
        room = 26 if width >= 84 else 16
        short = cell_len(passage.source) + 2 <= room
        where = passage.source if short else passage.source.split()[0]
        return row(width, [Cell("      " + where, MUTED, room + 4), Cell(words, QUOTE)])

    return build


def _balance(title: str, before: float, now: float) -> Callable[[int], Content]:
    def build(width: int) -> Content:
        long = max(8, min(30, width - 50))
        filled = max(0, min(long, round(now / 100 * long)))
        rail = "━" * filled + "·" * (long - filled)
        moved = f"{now - before:+.0f}"
        cells = [
            Cell("  " + title, "", 28),
            Cell(rail, GOOD, long),
            Cell(f"{before:.0f} → {now:.0f}", "bold", 10, True),
            Cell(moved, MUTED, 5, True),
            Cell(""),
        ]
        return row(width, cells)

    return build
