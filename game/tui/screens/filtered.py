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
        """Type part of a name, or list all again."""
        self.toggle_class("-filter")
        if self.has_class("-filter"):
            self.query_one("#filter").focus()
        else:
            self.query_one("#filter", Input).value = ""
            self.query_one(self.LIST).focus()

    def action_back(self) -> None:
        """Out of the filter first, then out of the screen."""
        if self.has_class("-filter"):
            self.action_filter()
        else:
            super().action_back()
