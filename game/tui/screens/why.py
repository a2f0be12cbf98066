"""Why a number moved: rows that add up, each of which opens."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from game.campaign.records import Cause, Explanation
from game.campaign.wording import amount, summed
from game.tui.passages import passage_lines
from game.tui.screens.base import GameScreen
from game.tui.screens.cause import CauseModal
from game.tui.screens.facts import cause_builder
from game.tui.text import KEY, MUTED, Cell, lines, plain, row, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said


def split(expression: str) -> tuple[str, str | None]:
    """An indicator's expression as its name and its place."""
    name, bracket, place = expression.partition("[")
    return (name, place.rstrip("]")) if bracket else (name, None)


class WhyScreen(GameScreen):
    """The ledger of one number."""

    TITLE_LINE = later("Why")
    AT = "why"
    HELP = later(
        "Every change is a sum of named causes, exactly. Enter opens a row: an input "
        "shows its own causes, a rule shows the passage that it rests on. Esc goes back "
        "one step."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", later("Open")),
        Binding("left_square_bracket", "years(-1)", later("Year before"), key_display="["),
        Binding("right_square_bracket", "years(1)", later("Year after"), key_display="]"),
        Binding("c", "app.charts", later("Charts")),
        Binding("escape,q,backspace", "back", later("Back"), key_display="esc"),
    ]
    CSS = """
    WhyScreen #page { height: 1fr; padding: 0 1; }
    WhyScreen #sum { margin: 1 1 0 1; }
    WhyScreen #ledger { height: 1fr; margin-top: 1; }
    WhyScreen #behind { height: 8; padding: 0 1; }
    WhyScreen.-tall #behind { height: 12; }
    """

    def __init__(self, expression: str, first: int, last: int | None, *, true: bool) -> None:
        super().__init__()
        self.expression, self.first, self.last, self.true = expression, first, last, true
        self._found: Explanation | None = None

    def compose_body(self) -> ComposeResult:
        """The sum, its rows, and what stands behind the row under the cursor."""
        with Vertical(id="page"):
            yield Sheet(plain(said("Adding up ..."), MUTED), id="sum")
            yield Rows(id="ledger", classes="panel")
            with VerticalScroll(id="behind", classes="panel", can_focus=False):
                yield Sheet(id="words")

    def on_mount(self) -> None:
        """Ask in a thread."""
        self.query_one("#ledger").focus()
        self.query_one("#ledger").border_title = plain(said("Rows that add up"))
        self.query_one("#behind").border_title = plain(said("Behind it"))
        self.explain()

    @work(thread=True, exclusive=True)
    def explain(self) -> None:
        """Ask the campaign for the causes."""
        session = self.game.session
        if session is None:
            return
        name, place = split(self.expression)
        try:
            found = session.campaign.why(name, place, self.first, self.last, open_books=self.true)
        except (KeyError, ValueError) as error:
            self.app.call_from_thread(self._nothing, str(error).strip("'\""))
            return
        self.app.call_from_thread(self._show, found)

    def _nothing(self, trouble: str) -> None:
        if self.is_mounted:
            words = trouble or said("nobody kept a ledger of it")
            self.query_one("#sum", Sheet).show(
                plain(said("There is no ledger of this: {words}", words=words), MUTED)
            )

    def _show(self, found: Explanation) -> None:
        if not self.is_mounted:
            return
        self._found = found
        years = str(found.first_year)
        if found.last_year != found.first_year:
            years = f"{found.first_year}–{found.last_year}"
        kind = said("true numbers") if found.true else said("reported numbers")
        self.top.show(said("Why {title}", title=found.title), say((f"{years} · {kind}", MUTED)))
        parts = [cause.amount for cause in found.causes]
        words, total = summed(parts, found.end - found.start, found.unit)
        self.query_one("#sum", Sheet).show(
            say(
                (found.title, "bold"),
                f"  {amount(found.start, found.unit)} → ",
                (amount(found.end, found.unit), "bold"),
                (f"   {total}", KEY),
            )
        )
        rows = [
            Row(str(i), cause_builder(cause, moved))
            for i, (cause, moved) in enumerate(zip(found.causes, words, strict=True))
        ]
        rows.append(
            Row("sum", lambda width: row(width, [Cell(f"= {total}", "bold", 13, True), Cell("")]),
                head=True)
        )  # fmt: skip
        self.query_one("#ledger", Rows).show(rows)
        self._behind()

    def _cause(self) -> Cause | None:
        here = self.query_one("#ledger", Rows).here
        if self._found is None or here is None or not here.isdigit():
            return None
        return self._found.causes[int(here)]

    @on(OptionList.OptionHighlighted)
    def _behind(self) -> None:
        cause, session = self._cause(), self.game.session
        if cause is None or session is None:
            return
        parts: list[Content] = [plain(cause.text, "bold")]
        if cause.opens:
            parts.append(
                say(
                    ((said("Enter") + " "), KEY),
                    (said("opens the causes of {opens}", opens=cause.opens), MUTED),
                )
            )
        pack = session.campaign.model.pack
        parts += [passage_lines(pack, passage) for passage in cause.passages[:2]]
        if not cause.passages and not cause.opens:
            parts.append(plain(said("No passage stands behind this row."), MUTED))
        self.query_one("#words", Sheet).show(lines(parts))

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open the row under the cursor."""
        cause = self._cause()
        if cause is None or self._found is None:
            return
        if cause.opens:
            self.app.push_screen(WhyScreen(cause.opens, self.first, self.last, true=self.true))
        else:
            self.app.push_screen(CauseModal(cause, self._found.unit))

    def action_years(self, by: int) -> None:
        """The same number in another year."""
        session = self.game.session
        if session is None or not session.campaign.reports:
            return
        low, high = session.campaign.reports[0].year, session.campaign.reports[-1].year
        year = max(low, min(high, (self.last or self.first) + by))
        self.first, self.last = year, None
        self.explain()
