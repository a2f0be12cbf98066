"""The ending: what became of it, the books, the people, and the one thing changed."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, VerticalScroll

from game.campaign.records import Ending
from game.tui.names import Names
from game.tui.screens.base import GameScreen
from game.tui.screens.ending_page import page
from game.tui.text import MUTED, lines, plain
from game.tui.widgets.sheet import Sheet
from game.words import later, said


class EndingScreen(GameScreen):
    """Scrolls through the ending."""

    AT = "ending"
    TITLE_LINE = later("The ending")
    HELP = later(
        "The ending follows from the five balances, from ten more years carried on in "
        "256 worlds, and from what was promised to whom. The books stand open now: "
        "reported against true. b forks the campaign at any decision, with the same dice."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", later("Read on"), key_display="↓"),
        Binding("up,k", "scroll(-1)", later("Up"), show=False),
        Binding("space,pagedown", "scroll(12)", later("Page"), show=False),
        Binding("pageup", "scroll(-12)", later("Page up"), show=False),
        Binding(
            "b",
            "fork",
            later("One thing changed"),
            tooltip=later("Fork at any decision, same dice"),
        ),
        Binding("c", "app.charts", later("Charts")),
        Binding("a", "app.almanac", later("Almanac"), show=False),
        Binding("enter,escape,q", "back", later("Menu"), key_display="enter"),
    ]
    CSS = """
    EndingScreen #page { height: 1fr; padding: 1 1; align-horizontal: center; }
    EndingScreen #words { width: 74; max-width: 100%; }
    """

    def compose_body(self) -> ComposeResult:
        """One page that scrolls."""
        with VerticalScroll(id="page"), Center():
            yield Sheet(plain(said("Ten more years pass, in 256 worlds ..."), MUTED), id="words")

    def on_mount(self) -> None:
        """Ten years in 256 worlds take a moment; they run in a thread."""
        self.query_one("#page").focus()
        self.look()

    @work(thread=True, exclusive=True)
    def look(self) -> None:
        """Ask the campaign how it ended."""
        session = self.game.session
        if session is not None:
            ending = session.ending()
            self.app.call_from_thread(self._show, ending)

    def _show(self, ending: Ending) -> None:
        session = self.game.session
        if session is None or not self.is_mounted:
            return
        self.top.show(
            said("{title}, {year}", title=ending.title, year=ending.year),
            plain(said("seed {seed}", seed=session.campaign.seed), MUTED),
        )
        names = Names(session.campaign)
        practised = (
            [plain(said("This was a practice campaign: no result to compare with others."), "bold")]
            if session.practice
            else []
        )
        self.query_one("#words", Sheet).show(
            lambda width: lines([*practised, page(ending, names, width)])
        )

    def action_scroll(self, by: int) -> None:
        """Scroll the page."""
        self.query_one("#page", VerticalScroll).scroll_relative(y=by, animate=False)

    def action_fork(self) -> None:
        """Choose a decision to go back to."""
        from game.tui.screens.fork import ForkModal

        self.app.push_screen(ForkModal())
