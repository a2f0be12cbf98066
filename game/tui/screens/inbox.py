"""The inbox of a plan: at most three things, before the desk."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList

from game.campaign.offered import DraftAsk
from game.campaign.wording import amount
from game.tui.names import Names
from game.tui.screens.base import GameModal
from game.tui.text import KEY, MUTED, WARN, lines, plain, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said


class InboxModal(GameModal[None]):
    """What came in: warnings, requests, the mandate."""

    AT = "inbox"
    HELP = later(
        "These are the things that came in since the last plan. They stay behind the key i."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,q,i", "close", later("To the desk"), key_display="enter"),
    ]

    def __init__(self, ask: DraftAsk, names: Names) -> None:
        super().__init__()
        self.ask, self.names = ask, names

    def compose_body(self) -> ComposeResult:
        """Line by line."""
        parts = [say(("· ", KEY), line) for line in self.ask.inbox]
        if not parts:
            parts.append(plain(said("Nothing came in."), MUTED))
        mandate = self.ask.mandate
        if mandate is not None:
            title, unit = self.names.measure(mandate.measure)[:2]
            bound = said("at least") if mandate.bound == "at_least" else said("at most")
            parts += [
                plain(""),
                say(
                    ((said("The mandate") + "  "), WARN),
                    (
                        said(
                            "{title}: {bound} {amount} by",
                            title=title,
                            bound=bound,
                            amount=amount(mandate.value, unit),
                        )
                        + " "
                    ),
                    f"{self.ask.last_year} ({said(mandate.word)})",
                ),
                plain(self.ask.mandate_says, "italic"),
            ]
        with Vertical(classes="card") as card:
            card.border_title = plain(said("{title}: the inbox", title=self.ask.title))
            yield Sheet(lines(parts))
            yield Rows([Row("go", lambda _: plain(said("To the desk")))], classes="gap")

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.action_close()

    def action_close(self) -> None:
        """Go to the desk."""
        self.dismiss(None)
