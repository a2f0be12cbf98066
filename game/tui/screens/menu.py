"""The menu: a name, a sentence, and where to go."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from game.tui.screens.base import GameScreen
from game.tui.text import MUTED, Cell, plain, row, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet

WORDMARK = (
    "╭─╴ ╷ ╷ ╷ ┌─╮ ╷ ╭╮╷ ╭─╴   ╷ ╷ ╭─╮ ╭╮╷ ┌─╮",
    "│╶╮ │ │ │ │ │ │ │││ │╶╮   ├─┤ ├─┤ │││ │ │",
    "╰─╯ ╰─╯ ╵ └─╯ ╵ ╵╰╯ ╰─╯   ╵ ╵ ╵ ╵ ╵╰╯ └─╯",
)
SENTENCE = "You write the plan. Others carry it out."
GUIDED = "first-plan"


class MenuScreen(GameScreen):
    """The first screen. It reads no pack, so that it is there at once."""

    HELP = """
    You are the planner of a country's high technology. Each turn is a Five-Year Plan: you spread
    money over a few dossiers, promise something, lock the plan, and live through its five years.

    Begin with the first plan: it takes ten minutes.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "nothing", show=False),
        Binding("q", "leave", "Quit"),
        Binding("n", "go('new')", "New campaign"),
        Binding("g", "go('first')", "Guided first plan", show=False),
        Binding("c", "go('continue')", "Continue", show=False),
        Binding("a", "go('almanac')", "Almanac", show=False),
        Binding("l", "go('load')", "Load", show=False),
        Binding("s", "go('settings')", "Settings", show=False),
    ]
    # The first screen is not pushed, so only its default style is read.
    DEFAULT_CSS = """
    MenuScreen { align: center middle; }
    MenuScreen TopBar { display: none; }
    MenuScreen #middle { width: 58; height: auto; }
    MenuScreen #mark { width: 41; color: $accent; text-style: bold; margin: 0 8; }
    MenuScreen #sentence { width: 58; text-align: center; margin: 1 0 2 0; }
    """

    def compose_body(self) -> ComposeResult:
        """Wordmark, sentence, list."""
        with Vertical(id="middle"):
            yield Sheet(plain("\n".join(WORDMARK)), id="mark")
            yield Sheet(plain(SENTENCE, "italic"), id="sentence")
            yield Rows(self._rows())

    def on_screen_resume(self) -> None:
        """A campaign may have been kept meanwhile."""
        if self.is_mounted:
            self.query_one(Rows).show(self._rows())
            self.query_one(Rows).focus()

    def _rows(self) -> list[Row]:
        kept = self.game.last_save
        rows = []
        if kept is not None:
            rows.append(_entry("continue", "c", "Continue", kept.stem))
        rows += [
            _entry("first", "g", "First plan", "ten minutes, three dossiers"),
            _entry("new", "n", "New campaign", "choose a scenario"),
            _entry("almanac", "a", "Almanac", "what everything is and rests on"),
            _entry("load", "l", "Load", "every campaign kept, and forks"),
            _entry("settings", "s", "Settings", "theme, animations"),
            _entry("quit", "q", "Quit", ""),
        ]
        return rows

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.action_go(event.option_id or "")

    def action_go(self, where: str) -> None:
        """Go where the row says."""
        game = self.game
        match where:
            case "continue":
                kept = game.last_save
                if kept is None:
                    game.tell("No campaign is kept yet. Begin with the first plan.")
                else:
                    game.open_save(kept)
            case "first":
                game.open_session(lambda library: library.begin(GUIDED, None), "Opening the office")
            case "new":
                from game.tui.screens.chooser import ChooserScreen

                game.push_screen(ChooserScreen())
            case "load":
                from game.tui.screens.saves import SavesScreen

                game.push_screen(SavesScreen())
            case "almanac":
                game.action_almanac()
            case "settings":
                game.action_settings()
            case "quit":
                game.leave()

    def action_leave(self) -> None:
        """Quit."""
        self.game.leave()

    def action_nothing(self) -> None:
        """There is nowhere further back."""


def _entry(name: str, key: str, title: str, about: str) -> Row:
    def build(width: int) -> Content:
        return say(
            row(width, [Cell(key, "bold $text-accent", 2), Cell(title, "", 16), Cell(about, MUTED)])
        )

    return Row(name, build)
