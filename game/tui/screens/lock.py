"""The lock: what the key does, one sentence of one's own, and the last way back."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList

from game.campaign.decisions import Promise
from game.campaign.records import DraftAsk
from game.campaign.wording import amount, joined
from game.tui.names import Names
from game.tui.screens.base import GameModal
from game.tui.screens.desk_rows import capital_line, dilution_line, money_line
from game.tui.text import KEY, MUTED, WARN, fit, lines, plain, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import counted, later, said

SENTENCE = 240


class LockModal(GameModal[None]):
    """Locks the plan, or goes back."""

    AT = "lock"
    HELP = later(
        "Locking is final: the plan's money, lines and promises stand for its years. You "
        "will still be asked about a few things on the way, and may change one dossier "
        "after the third year."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_here", later("Begin")),
        Binding("tab", "app.focus_next", later("One sentence"), key_display="tab"),
        Binding("escape", "close", later("Back"), key_display="esc"),
    ]
    CSS = """
    LockModal .card { padding: 0 2; }
    LockModal VerticalScroll { height: auto; max-height: 11; }
    LockModal.-guided.-short VerticalScroll { max-height: 10; }
    """

    def __init__(self, ask: DraftAsk, promises: tuple[Promise, ...]) -> None:
        super().__init__()
        self.ask, self.promises = ask, promises

    def compose_body(self) -> ComposeResult:
        """What happens, and a line to write."""
        session = self.game.session
        assert session is not None
        with Vertical(classes="card") as card:
            card.border_title = plain(said("Lock the {title}", title=self.ask.title))
            card.border_subtitle = plain(said("You can still go back now."))
            with VerticalScroll(can_focus=False):
                yield Sheet(self._words)
            yield Input(
                value=session.sentence,
                placeholder=said("We think that ... because ...   (read again at the end)"),
                max_length=SENTENCE,
            )
            yield Rows(
                [
                    _row("begin", "enter", said("Begin")),
                    _row("back", "esc", said("Back to the desk")),
                ]
            )

    def on_mount(self) -> None:
        """Begin has the cursor; Tab goes to the sentence."""
        self.query_one(Rows).focus()

    def _words(self, width: int) -> Content:
        session = self.game.session
        assert session is not None
        draft, names = session.draft, Names(session.campaign)
        years = self.ask.last_year - self.ask.first_year + 1
        passes = (
            said("Five years pass")
            if years == 5
            else counted("One year passes", "{count} years pass", years)
        )
        parts = [
            plain(
                said(
                    "{passes}, one screen each. You are asked about a handful of things. You can "
                    "change one dossier after the third year. Nothing else can be taken back.",
                    passes=passes,
                )
            ),
            plain(""),
            money_line(draft, width),
            dilution_line(draft),
            capital_line(draft, session.campaign.capital),
        ]
        for promise in self.promises:
            title, unit = names.measure(promise.measure)[:2]
            bound = said("at least") if promise.bound == "at_least" else said("at most")
            whose = ("  " + said("# mandate")) if promise.mandate else ""
            parts.append(
                say((fit(said("promised"), 9), MUTED), f"{title} {bound} ",
                    (amount(promise.value, unit), "bold"), (f"  {said(promise.word)}", KEY),
                    (whose, WARN))
            )  # fmt: skip
        left = [d for d in draft.dossiers if d.sunset]
        if left:
            parts.append(
                say((fit(said("sunset"), 9), MUTED), joined(names.dossier(d) for d in left))
            )
        return lines(parts)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if self.game.session is not None:
            self.game.session.sentence = event.value

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == "begin":
            self.action_begin()
        else:
            self.action_close()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_begin()

    def action_begin(self) -> None:
        """Lock the plan in."""
        session = self.game.session
        if session is not None:
            self.game.decide(session.draft.plan(self.promises, session.sentence.strip()))

    def action_close(self) -> None:
        """Back to the promises."""
        self.dismiss(None)


def _row(name: str, key: str, words: str) -> Row:
    return Row(name, lambda _: say((f"{key} ", KEY), words))
