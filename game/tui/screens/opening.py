"""The letter on the desk, what was left behind, and three aims to choose from."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from game.campaign.decisions import Begin
from game.campaign.records import OpeningAsk
from game.tui.screens.base import GameScreen
from game.tui.text import KEY, MUTED, hung, lines, paragraphs, plain, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said


class OpeningScreen(GameScreen):
    """A letter. Choosing an aim goes to the desk."""

    AT = "opening"
    TITLE_LINE = later("A letter")
    HELP = later(
        "Your predecessor left a letter and something besides. Choose one aim: it pays "
        "nothing until the ending, which says whether you held to it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", later("To the desk")),
        Binding("1", "aim(0)", later("First aim"), show=False),
        Binding("2", "aim(1)", later("Second aim"), show=False),
        Binding("3", "aim(2)", later("Third aim"), show=False),
        Binding("pagedown,J", "page(1)", later("Read on"), key_display="pgdn"),
        Binding("pageup,K", "page(-1)", later("Read back"), show=False, key_display="pgup"),
        Binding("escape", "back", later("Menu"), key_display="esc"),
    ]
    CSS = """
    OpeningScreen #page { width: 76; max-width: 100%; height: 1fr; padding: 1 2 0 2; }
    OpeningScreen #letter { height: auto; }
    OpeningScreen #aims { margin-top: 1; height: auto; min-height: 5; }
    OpeningScreen.-short { & #page { width: 100%; padding: 0 1; } & #aims { margin-top: 0; } }
    """

    def __init__(self, ask: OpeningAsk) -> None:
        super().__init__()
        self.ask = ask
        self._taken = -1

    def compose_body(self) -> ComposeResult:
        """The letter above, the aims below."""
        with Center(), Vertical(id="page"):
            with VerticalScroll(id="letter", can_focus=False):
                yield Sheet(self._letter())
            rows = [
                _aim(i, name, title, says) for i, (name, title, says) in enumerate(self.ask.aims)
            ]
            rows = rows or [Row("none", lambda _: plain(said("To the desk")))]
            yield Rows(rows, id="aims", classes="panel", unset=bool(self.ask.aims))

    def on_mount(self) -> None:
        """The aims have the cursor."""
        aims = self.query_one(Rows)
        aims.border_title = plain(said("Choose one aim. It pays nothing until the end."))
        aims.focus()
        self.call_after_refresh(self._share_height)

    def on_resize(self) -> None:
        """Another height: share it anew."""
        self.share_room()

    def share_room(self) -> None:
        """Share the height anew."""
        self._taken = -1
        self.call_after_refresh(self._share_height)

    def _share_height(self) -> None:
        """The aims stand whole; the letter takes what is left and scrolls."""
        aims, page = self.query_one(Rows), self.query_one("#page")
        taken = max(aims.virtual_size.height + 2, aims.outer_size.height)
        taken += aims.styles.margin.height
        if taken != self._taken:
            # Other heights may wrap the lines otherwise: look again.
            self._taken = taken
            self.query_one("#letter").styles.max_height = max(5, page.content_size.height - taken)
            self.call_after_refresh(self._share_height)

    def action_page(self, by: int) -> None:
        """Scroll the letter."""
        letter = self.query_one("#letter", VerticalScroll)
        letter.scroll_relative(y=by * max(1, letter.size.height - 1), animate=False)

    def _letter(self) -> Content:
        parts = [plain(paragraphs(self.ask.letter))]
        if self.ask.bequest_title:
            parts += [
                plain(""),
                say((self.ask.bequest_title, KEY)),
                plain(paragraphs(self.ask.bequest), MUTED),
            ]
        return lines(parts)

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.action_begin()

    def action_begin(self) -> None:
        """To the desk, with the aim under the cursor."""
        here = self.query_one(Rows).here
        if self.ask.aims and here is None:
            self.game.tell(said("Choose an aim: 1, 2 or 3. It goes with you to the end."))
        else:
            self.game.decide(Begin(here if self.ask.aims else None))

    def action_aim(self, index: int) -> None:
        """Take an aim by its number."""
        if index < len(self.ask.aims):
            self.game.decide(Begin(self.ask.aims[index][0]))


def _aim(index: int, name: str, title: str, says: str) -> Row:
    def build(width: int) -> Content:
        return say((f"{index + 1} ", KEY), (title, "bold"), "\n", (hung(says, width), MUTED))

    return Row(name, build)
