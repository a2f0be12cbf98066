"""A year's bulletin: the numbers, the clocks, what happened. A quiet year is one key."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import OptionList

from game.campaign.records import Clock, Reading, YearReport
from game.campaign.wording import held
from game.tui.screens.base import GameScreen
from game.tui.screens.facts import clock_line, happening_line, reading_line
from game.tui.session import ShowYears
from game.tui.text import KEY, MUTED, plain, say
from game.tui.widgets.rows import Row, Rows
from game.words import later, said


class YearScreen(GameScreen):
    """Shows the years that have passed, or what stands while a card lies on top."""

    AT = "year"
    HELP = later(
        "One year. Numbers are reported ones: a little better than they are, until "
        "somebody looks. Clocks show what is nearest to striking, in six steps. Move to "
        "a number and press w to ask why it moved."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,n", "next", later("Go on"), priority=True, key_display="enter"),
        Binding("w", "why", later("Why"), tooltip=later("Why the number under the cursor moved")),
        Binding("c", "app.charts", later("Charts")),
        Binding("a", "app.almanac", later("Almanac")),
        Binding("escape,q", "back", later("Menu"), key_display="esc"),
    ]
    CSS = """
    YearScreen #page { width: 100; max-width: 100%; height: 1fr; padding: 1 1 0 1; }
    YearScreen Rows { height: 1fr; }
    """

    def __init__(self, stage: ShowYears | None) -> None:
        super().__init__()
        self.stage = stage
        self._reports: tuple[YearReport, ...] = ()
        self._readings: dict[str, tuple[Reading, YearReport]] = {}

    def compose_body(self) -> ComposeResult:
        """One list: headings, numbers, clocks, lines."""
        with Center(), Vertical(id="page"):
            yield Rows(id="bulletin")

    def on_mount(self) -> None:
        """Write the bulletin."""
        session = self.game.session
        assert session is not None
        campaign = session.campaign
        last = session.last_report
        self._reports = self.stage.reports if self.stage else (last,) if last else ()
        if self._reports:
            now = self._reports[-1]
            titles = campaign.model.scenario.plans
            plan = (
                titles[now.plan].title
                if now.plan < len(titles)
                else said("plan {plan}", plan=now.plan + 1)
            )
            self.top.show(
                said("The year {year}", year=now.year),
                say(
                    (plan, MUTED),
                    ((" " + said("· year {plan_year}", plan_year=now.plan_year)), MUTED),
                    ((" " + said("· capital {capital}", capital=held(campaign.capital))), "bold"),
                ),
            )
            rows = [row for report in self._reports for row in self._report(report)]
        else:
            have = said("capital {capital}", capital=held(campaign.capital))
            self.top.show(said("The plan is announced"), say((have, "bold")))
            rows = self._announcement()
        listing = self.query_one(Rows)
        listing.show(rows)
        listing.focus()

    def _announcement(self) -> list[Row]:
        session = self.game.session
        assert session is not None
        rows = [
            _head("say1", plain(said("The plan is announced."), "bold")),
            _head(
                "say2", plain(said("Nothing has been delivered; the provinces have all read it."))
            ),
            _gap("g0"),
        ]
        rows += [
            self._number(f"now:{reading.expression}", reading, None)
            for reading in session.campaign.headline()
        ]
        rows.append(_gap("g1"))
        rows += [_clock_row(f"c:{clock.id}", clock) for clock in session.campaign.clocks()]
        return rows

    def _report(self, report: YearReport) -> list[Row]:
        year = report.year
        if report.quiet and len(self._reports) > 1:
            words = say((f"{year}  ", KEY), (said("a quiet year: no clock moved."), MUTED))
            return [_head(f"{year}:quiet", words), _gap(f"{year}:q")]
        echoes = [h for h in report.happenings if h.kind == "echo"]
        others = [h for h in report.happenings if h.kind != "echo"]
        first = next((h for h in others if h.kind in {"event", "situation"}), None)
        rows = [_head(f"{year}:year", plain(f"{year}", KEY))]
        if first is not None:
            others.remove(first)
            rows.append(_head(f"{year}:lead", plain(first.text, "bold")))
        elif report.quiet:
            rows.append(_head(f"{year}:lead", plain(said("A quiet year. No clock moved."), MUTED)))
        rows.append(_gap(f"{year}:g0"))
        rows += [
            self._number(f"{year}:n:{reading.expression}", reading, report)
            for reading in report.headline
        ]
        if report.clocks:
            rows += [_gap(f"{year}:g1"), _head(f"{year}:clocks", plain(said("Clocks"), KEY))]
            rows += [_clock_row(f"{year}:c:{clock.id}", clock) for clock in report.clocks]
        rows.append(_gap(f"{year}:g2"))
        for index, one in enumerate(others + echoes):
            rows.append(_head(f"{year}:h{index}", happening_line(one)))
        rows.append(_gap(f"{year}:g3"))
        return rows

    def _number(self, name: str, reading: Reading, report: YearReport | None) -> Row:
        if report is not None:
            self._readings[name] = (reading, report)
        return Row(name, lambda width: reading_line(reading, width))

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_why()

    def action_why(self) -> None:
        """Open the causes of the number under the cursor."""
        found = self._readings.get(self.query_one(Rows).here or "")
        if found is None:
            self.game.tell(said("Move to a number of a year that has passed."))
            return
        reading, report = found
        self.game.why(reading.expression, report.year)

    def action_next(self) -> None:
        """Go on."""
        if self.stage is not None:
            self.game.proceed(self.stage)
        else:
            self.game.proceed()


def _head(name: str, words: Content) -> Row:
    return Row(name, lambda _: words, head=True)


def _gap(name: str) -> Row:
    return Row(name, lambda _: Content(""), head=True)


def _clock_row(name: str, clock: Clock) -> Row:
    return Row(name, lambda width: clock_line(clock, width), head=True)
