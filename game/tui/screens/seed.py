"""The seed: the dice of a campaign. The same seed and the same decisions give the same years."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from game.tui.screens.base import GameModal
from game.tui.text import MUTED, plain
from game.tui.widgets.sheet import Sheet
from game.words import later, said


class SeedModal(GameModal[tuple[int | None] | None]):
    """Asks for a seed; empty draws one."""

    HELP = later("A seed is a whole number. The same one gives the same dice; empty draws one.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", later("Begin")),
        Binding("escape", "close", later("Back"), key_display="esc"),
    ]
    CSS = "SeedModal .card { width: 56; }"

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose_body(self) -> ComposeResult:
        """One field."""
        with Vertical(classes="card") as card:
            card.border_title = plain(self._title)
            yield Sheet(plain(said("A seed, if you want to play particular dice (Enter begins):")))
            yield Input(placeholder=said("leave empty for new dice"), type="integer", max_length=15)
            yield Sheet(
                plain(said("The seed is kept with the campaign and shown at its end."), MUTED)
            )

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_begin()

    def action_begin(self) -> None:
        """Begin with what was given."""
        typed = self.query_one(Input).value.strip()
        try:
            self.dismiss((int(typed) if typed else None,))
        except ValueError:
            self.game.tell(said("A seed is a whole number."), bad=True)

    def action_close(self) -> None:
        """Do not begin."""
        self.dismiss(None)
