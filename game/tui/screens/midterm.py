"""The mid-term: one dossier closed, opened or weighed anew, at a price."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from game.campaign.decisions import UNITS, Dossier, MidTerm, Weight
from game.campaign.records import MidTermAsk
from game.campaign.wording import amount, held
from game.tui.names import Names
from game.tui.screens.base import GameModal
from game.tui.text import BAD, GOOD, KEY, MUTED, Cell, bar, lines, plain, row, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said

if TYPE_CHECKING:
    from game.tui.session import Session

WEIGHTS: tuple[Weight, ...] = ("light", "medium", "heavy")


class MidTermModal(GameModal[None]):
    """Changes one dossier in the third year, or none."""

    AT = "midterm"
    HELP = later(
        "Half of the plan is over. You may close, open or reweigh one dossier. It costs "
        "one of political capital and a fifth of that dossier's money. n leaves the plan "
        "as it is."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "leave_it", later("Leave as is")),
        Binding("left,h", "weigh(-1)", later("Lighter"), key_display="←"),
        Binding("right,l", "weigh(1)", later("Heavier"), key_display="→"),
        Binding("x,delete", "close_one", later("Close")),
        Binding("o,plus", "open_one", later("Open one")),
        Binding("q,escape", "leave", later("Menu"), show=False, key_display="q"),
    ]
    CSS = """
    MidTermModal .card { width: 78; padding: 0 2; }
    MidTermModal Rows { height: auto; max-height: 12; margin-top: 1; }
    MidTermModal.-guided.-short Rows { max-height: 8; }
    """

    def __init__(self, ask: MidTermAsk) -> None:
        super().__init__()
        self.ask = ask

    @property
    def session(self) -> Session:
        """The campaign at hand."""
        assert self.game.session is not None
        return self.game.session

    def compose_body(self) -> ComposeResult:
        """The promises so far, then the dossiers."""
        self.names = Names(self.session.campaign)
        with Vertical(classes="card") as card:
            card.border_title = plain(said("Mid-term, {year}", year=self.ask.year))
            card.border_subtitle = plain(
                said("you have {capital} capital", capital=held(self.session.campaign.capital))
            )
            yield Sheet(self._words())
            rows = [self._dossier(i, one) for i, one in enumerate(self.ask.dossiers, start=1)]
            rows.append(Row("+", lambda _: say(("o ", KEY), (said("open one more"), MUTED))))
            rows.append(
                Row("none", lambda _: say(("n ", KEY), (said("leave the plan as it is"), "")))
            )
            yield Rows(rows)

    def on_mount(self) -> None:
        """The cursor stands on leaving the plan as it is."""
        rows = self.query_one(Rows)
        rows.highlighted = len(rows.rows) - 1
        rows.focus()

    def _words(self) -> Content:
        parts = [
            plain(said("One dossier may change. It costs 1 capital and a fifth of its money.")),
            plain(""),
        ]
        for state in self.ask.promises:
            word = say((said("+ on course"), GOOD)) if state.kept else say((said("- behind"), BAD))
            bound = "≥" if state.promise.bound == "at_least" else "≤"
            level = f"{bound} {amount(state.promise.value, state.unit)}"
            now = amount(state.reported, state.unit)
            parts.append(
                say((f"{state.title} ", ""), (f"{level} ({said(state.promise.word)})", MUTED),
                    (said(", now {now}", now=now) + "  "), word)
            )  # fmt: skip
        return lines(parts)

    def _dossier(self, number: int, dossier: Dossier) -> Row:
        def build(width: int) -> Content:
            units = UNITS[dossier.weight]
            cells = [
                Cell(str(number), KEY, 2),
                Cell(self.names.dossier(dossier), "bold", 24),
                Cell(bar(1, units) + "·" * (4 - units), GOOD, 4),
                Cell(said(dossier.weight), MUTED, 6),
                Cell(self.names.lines(dossier)),
            ]
            return row(width, cells)

        return Row(dossier.key, build)

    def _here(self) -> Dossier | None:
        here = self.query_one(Rows).here
        return next((one for one in self.ask.dossiers if one.key == here), None)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == "+":
            self.action_open_one()
        elif event.option_id == "none":
            self.action_leave_it()
        else:
            self.game.tell(
                said("Left and right reweigh it, x closes it, n leaves the plan as it is.")
            )

    def action_leave_it(self) -> None:
        """Leave the plan as it is."""
        self.game.decide(MidTerm())

    def action_close_one(self) -> None:
        """Close the dossier under the cursor, once that is confirmed."""
        dossier = self._here()
        if dossier is not None:
            title = self.names.dossier(dossier)
            self._confirm(said("Close {title}?", title=title), MidTerm(close=dossier.key))

    def action_weigh(self, by: int) -> None:
        """Weigh the dossier under the cursor anew, once that is confirmed."""
        dossier = self._here()
        if dossier is None:
            return
        place = max(0, min(2, WEIGHTS.index(dossier.weight) + by))
        weight = WEIGHTS[place]
        if weight != dossier.weight:
            title = said(
                "{dossier}: {weight} to {weight2}?",
                dossier=self.names.dossier(dossier),
                weight=said(dossier.weight),
                weight2=weight,
            )
            self._confirm(title, MidTerm(reweigh=dossier.key, weight=weight))

    def _confirm(self, title: str, decision: MidTerm) -> None:
        from game.tui.screens.confirm import ConfirmModal

        def answered(yes: bool | None) -> None:
            if yes:
                self.game.decide(decision)

        words = said(
            "It costs 1 capital and a fifth of the dossier's money. There is one such change."
        )
        self.app.push_screen(
            ConfirmModal(title, words, yes=said("Do it"), no=said("Leave it")), answered
        )

    def action_open_one(self) -> None:
        """Open one more dossier."""
        from game.tui.screens.pick_dossier import PickDossierModal

        taken = frozenset(one.key for one in self.ask.dossiers)

        def chosen(dossier: Dossier | None) -> None:
            if dossier is not None:
                self._confirm(
                    said("Open {dossier}?", dossier=self.names.dossier(dossier)),
                    MidTerm(open=dossier),
                )

        self.app.push_screen(PickDossierModal(taken), chosen)

    def action_leave(self) -> None:
        """To the menu; the mid-term waits in the save."""
        self.game.leave_campaign()
