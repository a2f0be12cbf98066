"""The forecast: a fan chart, the read-out under it and where it comes from."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from game.campaign.wording import amount
from game.tui.text import MUTED, WARN, Part, plain, say
from game.tui.widgets.chart import Chart
from game.tui.widgets.fan_chart import FanChart
from game.tui.widgets.sheet import Sheet
from game.words import said


class ForecastPanel(Vertical):
    """A fan chart with its words."""

    DEFAULT_CSS = """
    ForecastPanel #readout { padding: 0 1; height: auto; max-height: 3; }
    """

    def compose(self) -> ComposeResult:
        """The chart and a line of text."""
        yield FanChart(id="fan")
        yield Sheet(plain(said("The ministry is counting ..."), MUTED), id="readout")

    _chart: Chart | None = None

    @property
    def chart(self) -> Chart | None:
        """What is shown."""
        return self.query_one(FanChart).chart

    def show(self, chart: Chart) -> None:
        """Show another chart; the cursor stays on its year where it can."""
        fan = self.query_one(FanChart)
        fan.chart = chart
        if fan.year not in chart.all_years:
            fan.year = chart.all_years[-1] if chart.all_years else None
        self.border_title = plain(chart.title)
        self._chart = chart
        self._note()
        self._read()

    def on_resize(self) -> None:
        """Another width: the note may stand whole, or shortened."""
        self._note()

    def _note(self) -> None:
        if self._chart is not None:
            whole = self.size.width == 0 or self.size.width >= len(self._chart.note) + 4
            short = self._chart.short_note or self._chart.note
            self.border_subtitle = plain(self._chart.note if whole else short)

    @on(FanChart.Cursor)
    def _moved(self) -> None:
        self._read()

    def _read(self) -> None:
        fan = self.query_one(FanChart)
        if fan.chart is not None and fan.year is not None:
            self.query_one("#readout", Sheet).show(say(*readout(fan.chart, fan.year)))


def readout(chart: Chart, year: int) -> list[Part]:
    """A year of a chart in words."""
    found = chart.at(year)
    if found is None:
        return [(said("{year}: no number", year=year), MUTED)]
    middle, low, high, base = found
    parts: list[Part] = [(f"{year}: ", MUTED), (amount(middle, chart.unit), "bold")]
    if low != high:
        parts.append(
            said(
                ", likely {low} to {high}",
                low=amount(low, chart.unit),
                high=amount(high, chart.unit),
            )
        )
    if base is not None:
        parts += [((" " + said("· if nothing changes") + " "), MUTED), amount(base, chart.unit)]
    if chart.promise is not None and chart.promise[0] == year:
        words = (" " + said("· ◆ promised {promised}", promised=chart.promised) + " ").replace(
            "  ", " "
        )
        parts.append((f"{words}{amount(chart.promise[1], chart.unit)}", WARN))
    return parts
