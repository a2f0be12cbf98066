"""The chart room: any number, year by year, as a picture or as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.worker import get_current_worker

from game.campaign.records import DraftAsk
from game.campaign.wording import amount, change
from game.tui.screens.filtered import FilteredScreen
from game.tui.text import KEY, MUTED, Cell, plain, row
from game.tui.widgets.chart import Chart
from game.tui.widgets.forecast import ForecastPanel
from game.tui.widgets.rows import Row, Rows
from game.words import later, said

if TYPE_CHECKING:
    from game.campaign import Campaign


class ChartRoom(FilteredScreen):
    """Measures at the left, the chart of one at the right."""

    TITLE_LINE = later("Chart room")
    LIST = "#measures"
    HELP = later(
        "Every number of the campaign, as reported (or true, where it has been opened). "
        "Arrows in the chart move over the years; t shows the same as a table; w asks "
        "why the number moved that year. While a plan is being drafted the ministry's "
        "forecast goes on from the last year."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "year(-1)", later("Year"), key_display="←→"),
        Binding("right", "year(1)", later("Next year"), show=False),
        Binding("t", "table", later("Table")),
        Binding("w", "why", later("Why")),
        Binding("slash", "filter", later("Filter"), key_display="/"),
        Binding("escape,q", "back", later("Back"), key_display="esc"),
    ]
    CSS = """
    ChartRoom #list { width: 30; height: 1fr; }
    ChartRoom Rows { height: 1fr; }
    ChartRoom #table { display: none; height: 1fr; }
    ChartRoom.-table #table { display: block; }
    ChartRoom.-table ForecastPanel { display: none; }
    ChartRoom #side { width: 1fr; }
    ChartRoom ForecastPanel { height: 1fr; }
    """

    def compose_body(self) -> ComposeResult:
        """List, chart and table."""
        with Horizontal():
            with Vertical(id="list", classes="panel"):
                yield Input(placeholder=said("part of a name"), id="filter")
                yield Rows(id="measures")
            with Vertical(id="side"):
                yield ForecastPanel(classes="panel")
                yield Rows(id="table", classes="panel")

    def on_mount(self) -> None:
        """List the numbers."""
        session = self.game.session
        assert session is not None
        self._known = known_series(session.campaign)
        self._charts: dict[str, Chart] = {}
        self._wanted: str | None = None
        self.query_one("#list").border_title = plain(said("Numbers"))
        self._list("")
        self.query_one("#measures").focus()

    def _list(self, part: str) -> None:
        part = part.casefold()
        rows = [
            Row(expression, _named(title))
            for expression, title in self._known
            if part in title.casefold()
        ]
        listing = self.query_one("#measures", Rows)
        listing.show(rows)
        if rows:
            self._draw(listing.here or rows[0].id)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(OptionList.OptionHighlighted, "#measures")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id and hasattr(self, "_charts"):
            self._draw(event.option_id)

    @on(OptionList.OptionSelected, "#measures")
    def _into(self) -> None:
        self.query_one("#fan").focus()

    def _draw(self, expression: str) -> None:
        self._wanted = expression
        if expression in self._charts:
            self._show(expression, self._charts[expression])
        else:
            self._read(expression)

    @work(thread=True, exclusive=True, group="chart")
    def _read(self, expression: str) -> None:
        worker = get_current_worker()
        session = self.game.session
        if session is None:
            return
        campaign = session.campaign
        title, unit = campaign.describe(expression)[:2]
        chart = Chart(
            title, unit, past=tuple(campaign.series(expression)), note=said("as reported")
        )
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, expression, chart)
        if isinstance(campaign.ask, DraftAsk) and not worker.is_cancelled:
            fan = session.forecaster().fan(session.draft, expression)
            if not worker.is_cancelled:
                self.app.call_from_thread(self._keep, expression, Chart.of(fan))

    def _keep(self, expression: str, chart: Chart) -> None:
        self._charts[expression] = chart
        self._show(expression, chart)

    def _show(self, expression: str, chart: Chart) -> None:
        if self.is_mounted and expression == self._wanted:
            self.query_one(ForecastPanel).show(chart)
            self._fill_table(chart)

    def _fill_table(self, chart: Chart) -> None:
        table = self.query_one("#table", Rows)
        table.border_title = plain(f"{chart.title} ({chart.unit})")
        rows = [Row("head", _table_head, head=True)]
        before: float | None = None
        for year in chart.all_years:
            found = chart.at(year)
            if found is None:
                continue
            rows.append(_table_row(year, found, before, chart.unit))
            before = found[0]
        table.show(rows)

    def action_year(self, by: int) -> None:
        """Move the cursor over the years."""
        from game.tui.widgets.fan_chart import FanChart

        self.query_one(FanChart).action_step(by)

    def action_table(self) -> None:
        """Show the table, or the picture."""
        self.toggle_class("-table")
        self.query_one("#table" if self.has_class("-table") else "#measures").focus()

    def action_why(self) -> None:
        """Why the number moved in the year under the cursor."""
        from game.tui.widgets.fan_chart import FanChart

        session, fan = self.game.session, self.query_one(FanChart)
        if session is None or self._wanted is None or not session.campaign.reports:
            self.game.tell(said("No year has passed yet: nothing has moved."))
            return
        first, last = session.campaign.reports[0].year, session.campaign.reports[-1].year
        self.game.why(self._wanted, max(first, min(last, fan.year or last)))


def _named(title: str) -> Callable[[int], Content]:
    return lambda width: row(width, [Cell(title)])


def known_series(campaign: Campaign) -> list[tuple[str, str]]:
    """Everything that can be charted: what can be promised first, then every indicator."""
    found = {expression: title for expression, title, *_ in campaign.measures()}
    pack = campaign.model.pack
    for name, entry in pack.indicators.items():
        if entry.scope == "nation":
            found.setdefault(name, entry.title)
    for name, entry in pack.indicators.items():
        places = {"sector": pack.sectors, "region": pack.regions}.get(entry.scope, {})
        for place, where in places.items():
            title = f"{getattr(where, 'short', None) or where.title}: {entry.title}"
            found.setdefault(f"{name}[{place}]", title)
    return list(found.items())


def _bare(value: float, unit: str) -> str:
    """A number without the words of its unit, which stand in the title."""
    words = amount(value, unit)
    return words.partition(" ")[0]


def _table_head(width: int) -> Content:
    names = [(later("year"), 4), (later("number"), 13), (later("likely"), 15), (later("change"), 0)]
    return row(width, [Cell(said(name), KEY, wide, name != "year") for name, wide in names])


def _table_row(
    year: int, found: tuple[float, float, float, float | None], before: float | None, unit: str
) -> Row:
    middle, low, high, _ = found
    likely = "" if low == high else f"{_bare(low, unit)}–{_bare(high, unit)}"
    moved = "" if before is None else change(middle - before, unit)

    def build(width: int) -> Content:
        cells = [
            Cell(str(year), MUTED, 4),
            Cell(_bare(middle, unit), "bold" if low == high else "", 13, True),
            Cell(likely, MUTED, 15, True),
            Cell(moved, MUTED, right=True),
        ]
        return row(width, cells)

    return Row(str(year), build)
