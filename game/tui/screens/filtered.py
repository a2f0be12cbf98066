"""Screens with a list that can be narrowed by typing part of a name."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.widgets import Input

from game.tui.screens.base import GameScreen


class FilteredScreen(GameScreen):
    """A list under an input that is hidden until it is asked for.

    Subclasses compose both, the input as `#filter`, list anew when it changes, and give the key.
    """

    LIST: ClassVar[str] = "Rows"
    """The list, as a selector."""
    DEFAULT_CSS = """
    FilteredScreen #filter { display: none; }
    FilteredScreen.-filter #filter { display: block; }
    """

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one(self.LIST).focus()

    def action_filter(self) -> None:
        """Type part of a name; go on typing where one stands already."""
        self.add_class("-filter")
        self.query_one("#filter").focus()

    def action_back(self) -> None:
        """Out of the filter first, which lists all again, then out of the screen."""
        if self.has_class("-filter"):
            self.remove_class("-filter")
            self.query_one("#filter", Input).value = ""
            self.query_one(self.LIST).focus()
        else:
            super().action_back()
