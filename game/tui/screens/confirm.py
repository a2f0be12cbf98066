"""A question with yes and no, for what is hard to take back."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList

from game.tui.screens.base import GameModal
from game.tui.text import KEY, plain, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said


class ConfirmModal(GameModal[bool]):
    """Asks; `y` and `n` answer, and so do Enter and Esc."""

    HELP = later("Nothing happens until you answer. `Esc` is always no.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", later("Yes")),
        Binding("n,escape,q", "answer(False)", later("No"), key_display="n"),
    ]
    CSS = "ConfirmModal .card { width: 60; }"

    def __init__(self, title: str, text: str, *, yes: str = "", no: str = "") -> None:
        super().__init__()
        self._title, self._text, self._yes, self._no = (
            title,
            text,
            yes or said("Yes"),
            no or said("No"),
        )

    def compose_body(self) -> ComposeResult:
        """The question and its two answers."""
        with Vertical(classes="card") as card:
            card.border_title = plain(self._title)
            yield Sheet(plain(self._text))
            yield Rows(
                [
                    Row("no", lambda _: say(("n ", KEY), self._no)),
                    Row("yes", lambda _: say(("y ", KEY), self._yes)),
                ],
                classes="gap",
            )

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer the question."""
        self.dismiss(yes)


def leave_desk() -> ConfirmModal:
    """Asks whether to leave a desk that has been changed."""
    words = said(
        "Everything decided is kept. What you changed on this desk is not locked yet and will be "
        "lost."
    )
    return ConfirmModal(said("Leave the desk?"), words, yes=said("Leave"), no=said("Stay"))
