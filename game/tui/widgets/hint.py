"""A step of a guided scenario: a few quiet lines above the footer."""

from __future__ import annotations

from textual.content import Content
from textual.message import Message

from game.tui.text import KEY, MUTED, paragraphs, plain, say
from game.tui.widgets.sheet import Sheet
from game.words import said

ROOM = 20
"""A terminal of fewer rows has none to spare for it."""


class Hint(Sheet):
    """Shows a step, or takes no room; a click puts it away."""

    DEFAULT_CSS = """
    Hint {
        dock: bottom; display: none; margin-bottom: 1; padding: 0 2; width: 100%; height: auto;
        background: $panel; color: $foreground;
    }
    """

    class Closed(Message):
        """It was clicked."""

    class Resized(Message):
        """It takes another number of lines."""

    step = ""
    """The id of the step shown."""

    def tell(self, step: str, title: str, text: str) -> None:
        """Show a step."""
        self.step = step
        self.show(
            say((f"{title}  ", KEY), plain(paragraphs(text)), (("  " + said("F6 closes")), MUTED))
        )
        self.visible = True
        self.display = self.app.size.height >= ROOM

    def hush(self) -> None:
        """Show nothing."""
        self.display = False
        self.show(Content(""))

    def on_resize(self) -> None:
        """Say so: some screens count their lines."""
        self.post_message(self.Resized())

    def on_click(self) -> None:
        """Say that it was clicked."""
        self.post_message(self.Closed())
