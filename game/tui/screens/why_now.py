"""Why a card came now: the clauses that held, and the passages behind it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from game.campaign.records import Card
from game.tui.passages import passage_lines
from game.tui.screens.base import GameModal
from game.tui.text import KEY, MUTED, lines, plain, say
from game.tui.widgets.sheet import Sheet
from game.words import later, said


class WhyNowModal(GameModal[None]):
    """Shows the conditions with their reported numbers, then each passage."""

    HELP = later(
        "What let this happen, with the numbers reported, and the passages that it rests on."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,w,enter", "close", later("Back"), key_display="esc"),
    ]
    CSS = "WhyNowModal .card { height: auto; max-height: 100%; }"

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.asked = card

    def compose_body(self) -> ComposeResult:
        """One page that scrolls."""
        with VerticalScroll(classes="card") as card:
            card.border_title = plain(said("Why now: {title}", title=self.asked.title))
            yield Sheet(self._words())

    def _words(self) -> Content:
        parts = [say(("· ", KEY), clause) for clause in self.asked.why_now]
        if not parts:
            parts.append(plain(said("It comes with the calendar, not with a number."), MUTED))
        session = self.game.session
        for passage in self.asked.passages:
            parts.append(plain(""))
            if session is not None:
                parts.append(passage_lines(session.campaign.model.pack, passage))
        if self.asked.asks:
            parts += [plain(""), say(((said("To argue over:") + " "), KEY), self.asked.asks)]
        return lines(parts)

    def action_close(self) -> None:
        """Back to the card."""
        self.dismiss(None)
