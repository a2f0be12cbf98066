"""Another name for a save."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from game.tui.screens.base import GameModal
from game.tui.text import plain
from game.words import later, said


class RenameModal(GameModal[str | None]):
    """Asks for a name."""

    HELP = later("Letters, digits, dashes and spaces.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", later("Keep")),
        Binding("escape", "close", later("Back"), key_display="esc"),
    ]
    CSS = "RenameModal .card { width: 56; }"

    def __init__(self, name: str) -> None:
        super().__init__()
        self._old = name

    def compose_body(self) -> ComposeResult:
        """One field."""
        with Vertical(classes="card") as card:
            card.border_title = plain(said("Rename"))
            yield Input(value=self._old, max_length=60, restrict=r"[\w \-]*")

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_keep()

    def action_keep(self) -> None:
        """Take the name."""
        self.dismiss(self.query_one(Input).value.strip() or None)

    def action_close(self) -> None:
        """Keep the old one."""
        self.dismiss(None)
