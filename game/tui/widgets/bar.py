"""The line at the top of a screen and the words for a terminal that is too small."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from game.tui.text import MUTED, fit, plain, say
from game.words import said

if TYPE_CHECKING:
    from game.tui.app import GuidingHandApp
    from game.tui.screens.base import GameScreen

NOTE = 26
"""Columns that a note beside the word of practice may take."""


class TopBar(Widget):
    """Where we are, at the left; what counts, at the right."""

    DEFAULT_CSS = """
    TopBar {
        dock: top; height: 1; padding: 0 1;
        background: $panel; color: $foreground;
    }
    """

    def __init__(self, title: str = "", status: Content | None = None) -> None:
        super().__init__()
        self._title = title
        self._status = Content("") if status is None else status

    def show(self, title: str, status: Content) -> None:
        """Show another place and other figures."""
        self._title, self._status = title, status
        self.refresh()

    def render(self) -> Content:
        """Title and status on one line; the title gives way, the word of practice never."""
        mark = self._mark()
        line = self._line(self.content_size.width - mark.cell_length)
        return say(mark, line)

    def _mark(self) -> Content:
        """The word that a campaign is for practice, and how it stands with its pack."""
        app, screen = cast("GuidingHandApp", self.app), cast("GameScreen", self.screen)
        session = app.session
        if not (screen.practice_kept if session is None else session.practice):
            return Content("")
        note = session.note if session is not None else ""
        note = f" {fit(note, NOTE).rstrip()}" if note else ""
        return say((f" {said('PRACTICE')}{note} ", "bold reverse"), " ")

    def _line(self, width: int) -> Content:
        room = max(0, width - self._status.cell_length - 1)
        name = said("Guiding Hand")
        if cell_len(name) + 3 + cell_len(self._title) > room:
            return say((fit(self._title, room), "bold"), " ", self._status)
        title = say((name, "bold $text-accent"), (" │ ", MUTED), (self._title, "bold"))
        return say(
            title, " " * max(1, width - title.cell_length - self._status.cell_length), self._status
        )


class TooSmall(Widget):
    """Stands in for everything while the terminal is below 60 columns or 16 rows."""

    DEFAULT_CSS = """
    TooSmall { display: none; width: 100%; height: 100%; content-align: center middle; }
    """

    def render(self) -> Content:
        """How large the terminal is and how large it should be."""
        size = self.app.size
        return plain(
            said(
                "Guiding Hand needs 60 columns and 16 rows.\nHere are {width} and {height}.",
                width=size.width,
                height=size.height,
            )
        )
