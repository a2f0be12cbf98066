"""The count: a promise is short by a little. Push the number, or fall short in public."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from game.campaign.decisions import Count
from game.campaign.records import CountAsk
from game.campaign.wording import amount
from game.tui.screens.base import GameModal
from game.tui.text import BAD, KEY, MUTED, fit, lines, plain, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said


class CountModal(GameModal[None]):
    """Asks whether to push."""

    AT = "count"
    HELP = later(
        "The plan's last year is counted. A push moves the reported number now; the "
        "truth lags, the statistics are worse for it, and the next plan starts lower "
        "than it says."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_here", later("Answer")),
        Binding("1,p", "push", later("Push"), key_display="1"),
        Binding("2,s", "fall", later("Fall short"), key_display="2"),
        Binding("q,escape", "leave", later("Menu"), key_display="q"),
    ]

    def __init__(self, ask: CountAsk) -> None:
        super().__init__()
        self.ask = ask

    def compose_body(self) -> ComposeResult:
        """What is short, and the two answers."""
        with Vertical(classes="card") as card:
            card.border_title = plain(said("The count, {year}", year=self.ask.year))
            yield Sheet(self._words())
            yield Rows([self._push(), self._fall()], classes="gap", unset=True)

    def _words(self) -> Content:
        state = self.ask.promise
        bound = said("at least") if state.promise.bound == "at_least" else said("at most")
        return lines(
            [
                say((state.title, "bold")),
                say(
                    (fit(said("promised"), 10), MUTED),
                    f"{bound} {amount(state.promise.value, state.unit)} ",
                    f"({said(state.promise.word)})",
                ),
                say(
                    (fit(said("reported"), 10), MUTED),
                    (amount(state.reported, state.unit), f"bold {BAD}"),
                    (
                        (
                            "   "
                            + said(
                                "short by a little; as it stands {pays} capital",
                                pays=f"{state.pays:+g}",
                            )
                        ),
                        MUTED,
                    ),
                ),
                plain(""),
                plain(
                    said(
                        "The statistics office could count this differently. It asks what you see."
                    )
                ),
            ]
        )

    def _push(self) -> Row:
        assert self.game.session is not None
        currency = self.game.session.campaign.model.scenario.currency
        cost = amount(self.ask.cost, currency)
        words = said("{cost} of the reserve; the number is met, the truth is not", cost=cost)
        if not self.ask.can_push:
            words = said("not now: the reserve does not hold {cost}", cost=cost)
        can = self.ask.can_push
        return Row(
            "push",
            lambda _: say(
                ("1 ", KEY if can else MUTED),
                (said("Push"), "bold" if can else MUTED),
                "\n",
                (f"  {words}", MUTED if can else BAD),
            ),
        )

    def _fall(self) -> Row:
        words = "  " + said("the promise counts as broken; the books stay honest")
        return Row(
            "fall",
            lambda _: say(
                ("2 ", KEY), (said("Fall short in public"), "bold"), "\n", (words, MUTED)
            ),
        )

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == "push":
            self.action_push()
        else:
            self.action_fall()

    def action_push(self) -> None:
        """Push the reported number."""
        if self.ask.can_push:
            self.game.decide(Count(True))
        else:
            self.game.tell(said("The reserve does not hold so much."), bad=True)

    def action_fall(self) -> None:
        """Fall short."""
        self.game.decide(Count(False))

    def action_leave(self) -> None:
        """To the menu; the count waits in the save."""
        self.game.leave_campaign()
