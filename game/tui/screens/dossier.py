"""One dossier opened: its lines, weight, organisation and stamp, changed on the desk at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from game.campaign.decisions import Architecture, Dossier, Weight
from game.campaign.wording import amount
from game.tui.names import Names
from game.tui.screens.base import GameModal
from game.tui.screens.desk_rows import money_of
from game.tui.text import GOOD, KEY, MUTED, WARN, Cell, bar, fit, lines, plain, row, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said

if TYPE_CHECKING:
    from game.campaign import Draft
    from game.tui.session import Session

KINDS: tuple[Architecture, ...] = ("market", "mixed", "mission")
MEANS = {
    "market": later("market: firms compete, the plan buys and watches"),
    "mixed": later("mixed: some of both"),
    "mission": later("mission: one team, one target, one deadline"),
}
MOST_LINES = 3


class DossierModal(GameModal[None]):
    """Changes a dossier; every key acts on the desk at once and u takes it back."""

    AT = "dossier"
    HELP = later(
        "A dossier holds up to three lines. The first takes half of the money, the "
        "others share the rest. Its weight is 1, 2 or 4 units of the budget. A sunset "
        "stamp ends it free with the plan; closing an open-ended one costs capital."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close_card", later("Back"), key_display="esc"),
        Binding("enter", "select_here", later("Line on/off")),
        Binding("1", "weigh('light')", later("Light"), tooltip=later("Weight 1")),
        Binding("2", "weigh('medium')", later("Medium"), tooltip=later("Weight 2")),
        Binding(
            "4,3", "weigh('heavy')", later("Heavy"), tooltip=later("Weight 4"), key_display="4"
        ),
        Binding("f", "first", later("Put the line first"), show=False),
        Binding(
            "m,right,l", "organise(1)", later("Next organisation"), show=False, key_display="m"
        ),
        Binding("left,h", "organise(-1)", later("Organisation before"), show=False),
        Binding("s", "stamp", later("Sunset stamp"), show=False),
        Binding("x,delete", "close_dossier", later("Close dossier"), show=False),
        Binding("u", "undo", later("Undo"), show=False),
    ]
    CSS = """
    DossierModal .card { width: 78; padding: 0 2; }
    DossierModal Rows { height: auto; max-height: 12; margin-top: 1; }
    DossierModal.-guided.-short Rows { max-height: 7; }
    DossierModal #says { height: auto; max-height: 4; margin-top: 1; }
    """

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    @property
    def session(self) -> Session:
        """The campaign at hand."""
        assert self.game.session is not None
        return self.game.session

    @property
    def dossier(self) -> Dossier | None:
        """The dossier as it stands on the desk."""
        return next((d for d in self.session.draft.dossiers if d.key == self.key), None)

    def compose_body(self) -> ComposeResult:
        """Its state, its lines, what the line under the cursor does."""
        with Vertical(classes="card"):
            yield Sheet(id="state")
            yield Rows(id="lines")
            yield Sheet(id="says")

    def on_mount(self) -> None:
        """Show the dossier."""
        self.names = Names(self.session.campaign)
        self._show()
        self.query_one(Rows).focus()

    def _possible(self, dossier: Dossier) -> tuple[str, ...]:
        if dossier.sector is not None:
            found = self.names.sector_lines()
        else:
            found = self.names.channel_lines(dossier.channel or "")
        return dossier.lines + tuple(line for line in found if line not in dossier.lines)

    def _show(self) -> None:
        dossier, draft = self.dossier, self.session.draft
        if dossier is None:
            self.dismiss(None)
            return
        card = self.query_one(".card")
        card.border_title = plain(self.names.dossier(dossier))
        card.border_subtitle = plain(said("f first · m organised · s sunset · x close · u undo"))
        self.query_one("#state", Sheet).show(_state(dossier, draft))
        rows = [self._line(dossier, draft, line) for line in self._possible(dossier)]
        self.query_one(Rows).show(rows)
        self._tell_line()

    def _line(self, dossier: Dossier, draft: Draft, line: str) -> Row:
        place = dossier.lines.index(line) + 1 if line in dossier.lines else 0
        money = draft.allocation.get((line, dossier.sector), 0.0)
        exact = any(cell[:2] == (line, dossier.sector) for cell in draft.amounts)

        def build(width: int) -> Content:
            share = money / draft.budget if draft.budget else 0.0
            cells = [
                Cell(str(place) if place else "·", KEY if place else MUTED, 2),
                Cell(self.names.instrument(line), "bold" if place else "", share=2),
                Cell(bar(share * 4, 16) if place else "", GOOD, 16),
                Cell(self.names.money(money) if money else "", "", 9, True),
                Cell(said("exact") if exact else "", MUTED, 6),
            ]
            return row(width, cells)

        return Row(line, build)

    @on(OptionList.OptionHighlighted)
    def _tell_line(self) -> None:
        here = self.query_one(Rows).here
        if here is not None:
            self.query_one("#says", Sheet).show(plain(self.names.says(here), MUTED))

    @on(OptionList.OptionSelected)
    def _toggle(self, event: OptionList.OptionSelected) -> None:
        dossier, line = self.dossier, event.option_id or ""
        if dossier is None:
            return
        if line in dossier.lines:
            if len(dossier.lines) == 1:
                self.game.tell(said("A dossier keeps one line. x closes it."), bad=True)
                return
            kept = tuple(one for one in dossier.lines if one != line)
        elif len(dossier.lines) >= MOST_LINES:
            self.game.tell(said("Three lines are the most. Take one out first."), bad=True)
            return
        else:
            kept = (*dossier.lines, line)
        self._change(lambda d: d.set_lines(self.key, kept))

    def _change(self, make: Callable[[Draft], Draft]) -> None:
        self.session.redraft(make(self.session.draft))
        self._show()

    def action_weigh(self, weight: Weight) -> None:
        """Give the dossier a weight."""
        self._change(lambda d: d.weigh(self.key, weight))

    def action_first(self) -> None:
        """Put the line under the cursor first: it takes half."""
        dossier, here = self.dossier, self.query_one(Rows).here
        if dossier is not None and here in dossier.lines:
            others = tuple(line for line in dossier.lines if line != here)
            self._change(lambda d: d.set_lines(self.key, (here, *others)))

    def action_organise(self, by: int) -> None:
        """Choose how the sector is organised."""
        dossier = self.dossier
        if dossier is None or dossier.sector is None:
            self.game.tell(said("Only a sector is organised."))
            return
        at = KINDS.index(dossier.architecture or "mixed")
        kind = KINDS[(at + by) % len(KINDS)]
        self._change(lambda d: d.organise(self.key, kind))

    def action_stamp(self) -> None:
        """Stamp it to end with the plan."""
        self._change(lambda d: d.stamp(self.key))

    def action_close_dossier(self) -> None:
        """Take the dossier off the desk."""
        self.session.redraft(self.session.draft.close(self.key))
        self.dismiss(None)

    def action_undo(self) -> None:
        """Take the last change back."""
        self.session.undo()
        self._show()

    def action_close_card(self) -> None:
        """Back to the desk."""
        self.dismiss(None)


def _state(dossier: Dossier, draft: Draft) -> Content:
    weights = say(
        (fit(said("weight"), 11), MUTED),
        *_choice(["light", "medium", "heavy"], dossier.weight, ["1 ", "2 ", "4 "]),
        (
            (
                "   "
                + said(
                    "{money} over the plan",
                    money=amount(money_of(draft, dossier), draft.desk.currency),
                )
            ),
            "bold",
        ),
    )
    parts = [weights]
    if dossier.sector is not None:
        kind = dossier.architecture or "mixed"
        parts.append(
            say((fit(said("organised"), 11), MUTED), *_choice(list(KINDS), kind, ["", "", ""]))
        )
        parts.append(say(("           ", MUTED), (said(MEANS[kind]), "italic")))
    stamp = (
        said("ends free with the plan")
        if dossier.sunset
        else said("open-ended: closing it costs capital")
    )
    parts.append(say((fit(said("sunset"), 11), MUTED), stamp))
    knot = draft.knots.get(dossier.key)
    if knot:
        parts.append(say((f"# {knot}", WARN)))
    return lines(parts)


def _choice(words: list[str], chosen: str, keys: list[str]) -> list[Content]:
    found = []
    for word, key in zip(words, keys, strict=True):
        mark = "● " if word == chosen else "○ "
        style = f"bold {GOOD}" if word == chosen else MUTED
        found.append(say((key, KEY), (f"{mark}{said(word)}  ", style)))
    return found
