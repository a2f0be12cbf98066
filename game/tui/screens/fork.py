"""A fork: the same campaign up to a decision, with the same dice, in a save of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from game.tui.screens.base import GameModal
from game.tui.text import KEY, MUTED, plain, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said

if TYPE_CHECKING:
    from game.tui.session import Session


class ForkModal(GameModal[None]):
    """Lists the decisions of a save; Enter goes back to before one of them."""

    HELP = later(
        "The campaign is played anew up to the decision you choose; then it is yours again."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_here", later("Fork here")),
        Binding("escape,q", "close", later("Back"), key_display="esc"),
    ]
    CSS = """
    ForkModal .card { padding: 0 2; }
    ForkModal Rows { max-height: 15; margin-top: 1; }
    """

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._path = path

    def compose_body(self) -> ComposeResult:
        """The decisions, the last first."""
        with Vertical(classes="card") as card:
            card.border_title = plain(said("What if: before which decision?"))
            yield Sheet(plain(said("The dice stay the same; this campaign stays as it is."), MUTED))
            yield Rows()

    def on_mount(self) -> None:
        """Read the decisions in a thread."""
        session = self.game.session
        if self._path is None and session is not None:
            self._path = session.path
        self.query_one(Rows).focus()
        if self._path is not None:
            self.fetch(self._path)

    @property
    def _playing(self) -> Session | None:
        """The campaign being played, where that is the one to fork: its save is in our hands."""
        session = self.game.session
        return session if session is not None and session.path == self._path else None

    @work(thread=True, exclusive=True)
    def fetch(self, path: Path) -> None:
        """Read the decisions."""
        from game.tui.faults import SPOKEN
        from game.tui.told import told

        session = self._playing
        try:
            found = told(session.campaign) if session else self.game.library.decisions(path)
        except SPOKEN as error:
            self.app.call_from_thread(self.game.tell, str(error), bad=True)
            return
        self.app.call_from_thread(self._show, found)

    def _show(self, found: Sequence[str]) -> None:
        if not self.is_mounted:
            return
        rows = [_row(index, words) for index, words in enumerate(found)]
        self.query_one(Rows).show(list(reversed(rows)))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        path, at = self._path, int(event.option_id or 0)
        session = self._playing
        if session is not None:
            campaign = session.campaign
            self.game.open_session(lambda library: library.branch(campaign, at), said("Going back"))
        elif path is not None:
            self.game.open_session(lambda library: library.fork(path, at), said("Going back"))

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _row(index: int, words: str) -> Row:
    def build(width: int) -> Content:
        return say((f"{index + 1:>3}  ", KEY), words)

    return Row(str(index), build)
