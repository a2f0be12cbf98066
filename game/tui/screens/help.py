"""Help: what a screen is for, and its keys, each of which can be pressed from here."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList

from game.tui.commands import Command, commands_of
from game.tui.screens.base import GameModal
from game.tui.text import KEY, MUTED, Cell, paragraphs, plain, row, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said


class HelpModal(GameModal[str | None]):
    """Lists the keys of the screen underneath; choosing one does what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "close", later("Close"), key_display="esc"),
        Binding("enter", "select_here", later("Do it"), show=True),
    ]
    CSS = """
    HelpModal .card { height: auto; }
    HelpModal #keys { height: auto; max-height: 16; }
    HelpModal VerticalScroll { height: auto; max-height: 8; }
    """

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._about = said(cast("str", getattr(screen, "HELP", "")))
        self._of = screen
        self._commands: tuple[Command, ...] = ()

    def compose_body(self) -> ComposeResult:
        """Words above, keys below."""
        self._commands = tuple(commands_of(cast("App[object]", self.app), self._of))
        with Vertical(classes="card") as card:
            card.border_title = plain(said("Help"))
            card.border_subtitle = plain(
                said("arrows or hjkl move, Tab goes on, ctrl+p finds anything")
            )
            with VerticalScroll(can_focus=False):
                yield Sheet(plain(paragraphs(self._about) or said("Choose what to do.")))
            yield Rows(
                [self._row(i, command) for i, command in enumerate(self._commands)],
                id="keys",
                classes="gap",
            )

    def on_mount(self) -> None:
        """The keys have the cursor."""
        self.query_one(Rows).focus()

    def _row(self, index: int, command: Command) -> Row:
        def build(width: int) -> Content:
            key = Cell(command.key, KEY if command.enabled else MUTED, 9)
            name = Cell(command.title, "" if command.enabled else MUTED, 28)
            return row(width, [key, name, Cell(command.help, MUTED)])

        return Row(str(index), build)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        command = self._commands[event.option_index]
        if command.enabled:
            self.dismiss(command.action)
        else:
            self.game.tell(said("Not now."), bad=True)

    def action_close(self) -> None:
        """Close the help."""
        self.dismiss(None)


def line(key: str, words: str) -> Content:
    """A key and what it does, for a hint on a screen."""
    return say((key, KEY), " ", (words, MUTED))
