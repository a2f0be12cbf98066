"""The fan chart: two bands with eighth-block edges and a median in braille.

A terminal cell holds two colours, so each cell decides which two of its levels matter: an edge is
an eighth block, and where the median passes it stands in braille on the deepest band there.
"""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from game.campaign.wording import amount
from game.tui.text import clean, fit
from game.tui.widgets.chart import Chart, between, spark, ticks
from game.words import later, said

EIGHTHS = " ▁▂▃▄▅▆▇█"
TEXTURE = " ░▒"
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
LEVELS = ("", "fan-outer", "fan-inner")
SMALLEST = 8
"""Rows below which a fan is blocky; a line of blocks and three numbers serve better."""

Cells = list[list[tuple[str, str, str]]]
"""Rows of (character, foreground name, background name)."""


class FanChart(Widget, can_focus=True):
    """Draws a chart; arrows move a cursor over the years."""

    DEFAULT_CSS = """
    FanChart { height: 1fr; min-height: 3; width: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", later("Year before"), show=False),
        Binding("right,l", "step(1)", later("Year after"), show=False),
    ]

    class Cursor(Message):
        """The cursor stands on another year."""

        def __init__(self, year: int) -> None:
            super().__init__()
            self.year = year

    chart: reactive[Chart | None] = reactive(None)
    year: reactive[int | None] = reactive(None)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._cells: Cells = []
        self._key: object = None
        self._left = 0
        self._wide = 1

    def action_step(self, by: int) -> None:
        """Move the cursor by years."""
        years = self.chart.all_years if self.chart else ()
        if years:
            here = years.index(self.year) if self.year in years else len(years) - 1
            self.year = years[max(0, min(len(years) - 1, here + by))]

    def watch_year(self, year: int | None) -> None:
        """Tell the screen where the cursor stands."""
        if year is not None and self.is_mounted:
            self.post_message(self.Cursor(year))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the year under the mouse."""
        years = self.chart.all_years if self.chart else ()
        if len(years) < 2:
            return
        share = (event.x - self.styles.padding.left - self._left) / max(1, self._wide - 1)
        nearest = years[0] + share * (years[-1] - years[0])
        self.year = min(years, key=lambda year: abs(year - nearest))

    def render_line(self, y: int) -> Strip:
        """One line of the chart."""
        size = self.content_size
        key = (self.chart, self.year, size, self.app.theme, self.app.no_color)
        if key != self._key:
            self._key = key
            self._cells = self._draw(size.width, size.height)
        if y >= len(self._cells):
            return Strip.blank(size.width, self.rich_style)
        # The shortest chart is a few words long; what stood behind it is painted over.
        strip = Strip(self._segments(self._cells[y]))
        return strip.adjust_cell_length(size.width, self.rich_style)

    def _segments(self, cells: list[tuple[str, str, str]]) -> list[Segment]:
        base = self.rich_style
        found: list[Segment] = []
        for char, ink, ground in cells:
            style = base
            if ink:
                style += RichStyle(color=self._colour(ink))
            if ground and not self.app.no_color:
                style += RichStyle(bgcolor=self._colour(ground))
            if ink == "fan-baseline" and self.app.no_color:
                style += RichStyle(bold=True)
            found.append(Segment(char, style))
        return list(Segment.simplify(found))

    def _colour(self, name: str) -> RichColor:
        """A theme's colour, laid on the background where it is see-through."""
        background = self.background_colors[1]
        if name == "background":
            return background.rich_color
        value = self.app.theme_variables[name]
        if value.startswith("ansi_"):
            # The terminal's own colour: it cannot be mixed with another.
            return Color.parse(value.split()[0]).rich_color
        return (background + Color.parse(value)).rich_color

    def _draw(self, width: int, height: int) -> Cells:
        chart = self.chart
        if chart is None or width < 12 or height < 1:
            return []
        if height < SMALLEST or not chart.all_years:
            return _small(chart, width, height)
        low, high = chart.span
        marks = ticks(low, high, max(2, (height - 1) // 3))
        names = [clean(amount(mark, chart.unit)) for mark in marks]
        left = min(12, max(cell_len(name) for name in names)) + 2
        plot = _Plot(chart, width - left, height - 1, self.year, self.app.no_color)
        self._left, self._wide = left, width - left
        grid = plot.cells()
        gutter = [" " * (left - 1) + "│"] * (height - 1)
        for mark, name in zip(marks, names, strict=True):
            at = plot.row_of(mark)
            gutter[at] = fit(name, left - 2, right=True) + " ┤"
        rows: Cells = []
        for side, cells in zip(gutter, grid, strict=True):
            rows.append([(char, "foreground-muted", "") for char in side] + cells)
        rows.append([(char, "foreground-muted", "") for char in " " * left + plot.axis()])
        return rows


class _Plot:
    """The area inside the axes."""

    def __init__(
        self, chart: Chart, width: int, height: int, cursor: int | None, textured: bool
    ) -> None:
        self.chart, self.width, self.height = chart, width, height
        self.cursor, self.textured = cursor, textured
        self.low, self.high = chart.span
        years = chart.all_years
        self.first, self.last = years[0], max(years[-1], years[0] + 1)

    def x_of(self, year: float) -> float:
        return (year - self.first) / (self.last - self.first) * (self.width - 1)

    def year_at(self, x: float) -> float:
        return self.first + x / max(1, self.width - 1) * (self.last - self.first)

    def height_of(self, value: float) -> float:
        """Rows above the floor, as a fraction."""
        return (value - self.low) / (self.high - self.low) * self.height

    def row_of(self, value: float) -> int:
        return max(0, min(self.height - 1, self.height - 1 - int(self.height_of(value))))

    def cells(self) -> Cells:
        grid: Cells = [[(" ", "", "")] * self.width for _ in range(self.height)]
        self.deep = [[""] * self.width for _ in range(self.height)]
        self._bands(grid)
        if self.cursor is not None and self.first <= self.cursor <= self.last:
            x = round(self.x_of(self.cursor))
            for line in grid:
                char, ink, ground = line[x]
                line[x] = ("┆", "foreground-muted", ground) if char == " " else (char, ink, ground)
        self._line(grid, self.chart.base_run(), "fan-baseline", dotted=True)
        runs = self.chart.runs()
        if runs:
            self._line(grid, runs[2], "fan-median")
        self._line(grid, self.chart.past, "fan-past")
        self._promise(grid)
        return grid

    def _bands(self, grid: Cells) -> None:
        runs = self.chart.runs()
        if not runs:
            return
        for x in range(self.width):
            year = self.year_at(x)
            edges = [between(run, year) for run in runs]
            if edges[0] is None:
                continue
            tops = [self.height_of(edge) for edge in edges if edge is not None]
            for y in range(self.height):
                floor = self.height - 1 - y
                levels = [
                    (tops[0] <= floor + (e + 0.5) / 8 <= tops[4])
                    + (tops[1] <= floor + (e + 0.5) / 8 <= tops[3])
                    for e in range(8)
                ]
                grid[y][x] = self._band_cell(levels)
                if not self.textured:
                    self.deep[y][x] = LEVELS[sorted(levels)[4]]

    def _band_cell(self, levels: list[int]) -> tuple[str, str, str]:
        names = LEVELS
        most = max(set(levels), key=levels.count)
        if self.textured:
            return (TEXTURE[most], "foreground-muted", "")
        bottom, top = levels[0], levels[-1]
        if bottom == top or levels.count(most) >= 7:
            return (" ", "", names[most])
        under = sum(1 for level in levels if level == bottom)
        if not names[bottom]:
            # Nothing below: an eighth block can only rise from the floor, so ink and ground swap.
            return (EIGHTHS[under], "background", names[top])
        return (EIGHTHS[under], names[bottom], names[top])

    def _line(
        self, grid: Cells, run: tuple[tuple[int, float], ...], ink: str, *, dotted: bool = False
    ) -> None:
        dots: dict[tuple[int, int], int] = {}
        before: int | None = None
        for half in range(self.width * 2):
            value = between(run, self.year_at((half - 0.5) / 2))
            if value is None:
                value = (
                    between(run, self.year_at(half / 2))
                    if half in (0, self.width * 2 - 1)
                    else None
                )
            if value is None:
                continue
            step = min(self.height * 4 - 1, max(0, int(self.height_of(value) * 4)))
            steps = [step]
            if before is not None and not dotted:
                steps = list(range(min(before, step) + (before < step), max(before, step))) or [
                    step
                ]
                steps.append(step)
            before = step
            if dotted and half % 3:
                continue
            for each in steps:
                y, within = self.height - 1 - each // 4, 3 - each % 4
                dots[(y, half // 2)] = dots.get((y, half // 2), 0) | DOTS[half % 2][within]
        for (y, x), mask in dots.items():
            char = grid[y][x][0]
            if char != " " and 0x2800 <= ord(char) <= 0x28FF:
                mask |= ord(char) - 0x2800
            grid[y][x] = (chr(0x2800 + mask), ink, self.deep[y][x])

    def _promise(self, grid: Cells) -> None:
        if self.chart.promise is None:
            return
        year, value = self.chart.promise
        x = max(0, min(self.width - 1, round(self.x_of(year))))
        y = self.row_of(value)
        grid[y][x] = ("◆", "accent", self.deep[y][x])
        if x > 3:
            for back in range(max(0, x - 6), x):
                if grid[y][back][0] == " ":
                    grid[y][back] = ("╌", "accent", grid[y][back][2])

    def axis(self) -> str:
        """The years along the floor, as many as fit."""
        line = [" "] * self.width
        free = 0
        span = self.last - self.first
        step = next((s for s in (1, 2, 5, 10, 20) if (self.width - 1) / span * s >= 6), 20)
        for year in range(self.first, self.last + 1):
            if (year - self.first) % step:
                continue
            at = max(free, min(self.width - 4, round(self.x_of(year)) - 1))
            if at + 4 <= self.width and at >= free:
                line[at : at + 4] = str(year)
                free = at + 5
        return "".join(line)


def _small(chart: Chart, width: int, height: int) -> Cells:
    """A line of blocks and three numbers, where a fan would not fit."""
    past = [value for _, value in chart.past]
    middle = list(chart.quantiles[2]) if chart.quantiles else []
    blocks = spark(past + middle)[-max(1, width - 2) :]
    split = max(0, len(blocks) - len(middle))
    rows: Cells = [
        [(char, "fan-past" if i < split else "fan-baseline", "") for i, char in enumerate(blocks)]
    ]
    if chart.quantiles:
        low, mid, high = (clean(amount(chart.quantiles[i][-1], chart.unit)) for i in (0, 2, 4))
        words = said(
            "{years}: {mid}, likely {low} to {high}",
            years=chart.years[-1],
            mid=mid,
            low=low,
            high=high,
        )
    elif past:
        words = f"{chart.past[-1][0]}: {clean(amount(past[-1], chart.unit))}"
    else:
        words = said("no numbers yet")
    rows.append([(char, "foreground", "") for char in fit(words, width)])
    return rows[:height]
