"""Something takes a moment: what it is, and a way out."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import LoadingIndicator

from game.tui.screens.base import GameModal
from game.tui.text import plain
from game.tui.widgets.sheet import Sheet
from game.words import later


class LoadingModal(GameModal[None]):
    """Says what is being done while a thread does it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "stop", later("Back"), key_display="esc")
    ]
    CSS = """
    LoadingModal .card { width: 46; }
    LoadingModal LoadingIndicator {
        height: 1; margin-top: 1; color: $accent; background: $surface;
    }
    """

    def __init__(self, doing: str) -> None:
        super().__init__()
        self._doing = doing

    def compose_body(self) -> ComposeResult:
        """The words and the dots."""
        with Vertical(classes="card"):
            yield Sheet(plain(f"{self._doing} ..."))
            yield LoadingIndicator()

    def action_stop(self) -> None:
        """Wait no longer."""
        self.game.stop_opening()
        self.app.pop_screen()
