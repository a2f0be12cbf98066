"""The letter on the desk, what was left behind, and three aims to choose from."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from game.campaign.decisions import Begin
from game.campaign.records import OpeningAsk
from game.tui.screens.base import GameScreen
from game.tui.text import KEY, MUTED, hung, lines, paragraphs, plain, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet


class OpeningScreen(GameScreen):
    """A letter. Choosing an aim goes to the desk."""

    TITLE_LINE = "A letter"
    HELP = """
    Your predecessor left a letter and something besides. Choose one aim: it pays nothing until the
    ending, which says whether you held to it.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "To the desk"),
        Binding("1", "aim(0)", "First aim", show=False),
        Binding("2", "aim(1)", "Second aim", show=False),
        Binding("3", "aim(2)", "Third aim", show=False),
        Binding("escape", "back", "Menu", key_display="esc"),
    ]
    CSS = """
    OpeningScreen #page { width: 76; max-width: 100%; height: 1fr; padding: 1 2 0 2; }
    OpeningScreen #letter { height: auto; max-height: 1fr; }
    OpeningScreen #aims { margin-top: 1; height: auto; min-height: 5; }
    """

    def __init__(self, ask: OpeningAsk) -> None:
        super().__init__()
        self.ask = ask

    def compose_body(self) -> ComposeResult:
        """The letter above, the aims below."""
        with Center(), Vertical(id="page"):
            with VerticalScroll(id="letter", can_focus=False):
                yield Sheet(self._letter())
            rows = [
                _aim(i, name, title, says) for i, (name, title, says) in enumerate(self.ask.aims)
            ]
            yield Rows(
                rows or [Row("none", lambda _: plain("To the desk"))], id="aims", classes="panel"
            )

    def on_mount(self) -> None:
        """The aims have the cursor."""
        aims = self.query_one(Rows)
        aims.border_title = plain("Choose one aim. It pays nothing until the end.")
        aims.focus()

    def _letter(self) -> Content:
        parts = [plain(paragraphs(self.ask.letter))]
        if self.ask.bequest_title:
            parts += [
                plain(""),
                say((self.ask.bequest_title, KEY)),
                plain(paragraphs(self.ask.bequest), MUTED),
            ]
        return lines(parts)

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.action_begin()

    def action_begin(self) -> None:
        """To the desk, with the aim under the cursor."""
        here = self.query_one(Rows).here
        self.game.decide(Begin(here if self.ask.aims else None))

    def action_aim(self, index: int) -> None:
        """Take an aim by its number."""
        if index < len(self.ask.aims):
            self.game.decide(Begin(self.ask.aims[index][0]))


def _aim(index: int, name: str, title: str, says: str) -> Row:
    def build(width: int) -> Content:
        return say((f"{index + 1} ", KEY), (title, "bold"), "\n", (hung(says, width), MUTED))

    return Row(name, build)
