"""A visit: one week and one train. The place visited opens its true numbers."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from game.campaign.decisions import Visit
from game.campaign.records import VisitAsk
from game.tui.screens.base import GameModal
from game.tui.text import KEY, MUTED, hung, plain, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said

STAY = ":stay"


class VisitModal(GameModal[None]):
    """Chooses a place, or to stay in."""

    AT = "visit"
    HELP = later(
        "A visit opens the true numbers of one place beside the reported ones, and "
        "people there talk. Whoever stays in may hear what the next year is likely to "
        "bring."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_here", later("Go")),
        *[
            Binding(f"{n}", f"pick({n - 1})", later("Place"), show=n == 1, key_display="1-4")
            for n in range(1, 5)
        ],
        Binding("s,0", "stay", later("Stay in")),
        Binding("q,escape", "leave", later("Menu"), key_display="q"),
    ]

    def __init__(self, ask: VisitAsk) -> None:
        super().__init__()
        self.ask = ask

    def compose_body(self) -> ComposeResult:
        """The places, and the desk."""
        rows = [_place(i, *place) for i, place in enumerate(self.ask.places)]
        rows.append(_place(len(rows), STAY, said("Stay in"), self.ask.stay))
        with Vertical(classes="card") as card:
            card.border_title = plain(said("A visit, {year}", year=self.ask.year))
            yield Sheet(plain(said("You have one week and one train."), "italic"))
            yield Rows(rows, classes="gap", unset=True)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._go(event.option_id or STAY)

    def _go(self, place: str) -> None:
        self.game.decide(Visit(None if place == STAY else place))

    def action_pick(self, index: int) -> None:
        """Go to the place with this number."""
        rows = self.query_one(Rows).rows
        if index < len(rows):
            self._go(rows[index].id)

    def action_stay(self) -> None:
        """Stay in."""
        self._go(STAY)

    def action_leave(self) -> None:
        """To the menu; the week waits in the save."""
        self.game.leave_campaign()


def _place(index: int, name: str, title: str, why: str) -> Row:
    def build(width: int) -> Content:
        return say((f"{index + 1} ", KEY), (title, "bold"), "\n", (hung(why, width), MUTED))

    return Row(name, build)
