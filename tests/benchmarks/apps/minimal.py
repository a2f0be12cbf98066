"""The least that a Textual application can be: what any of them costs to start."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Footer, Static


class Minimal(App[None]):
    """One line of text and a footer."""

    def compose(self) -> ComposeResult:
        yield Static("Ready to be measured")
        yield Footer()


if __name__ == "__main__":
    Minimal().run()
