"""Exact amounts: every line of a sector or of the nation, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList

from game.tui.names import Names
from game.tui.screens.base import GameScreen
from game.tui.screens.desk_rows import dilution_line, money_line
from game.tui.text import MUTED, Cell, lines, plain, row
from game.tui.widgets.amount_table import AmountCell, AmountTable
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said

if TYPE_CHECKING:
    from game.tui.session import Session

NATION = "nation"


class AmountsScreen(GameScreen):
    """Sectors at the left, the lines of one at the right."""

    TITLE_LINE = later("Exact amounts over the plan")
    HELP = later(
        "A cell by weight follows its dossier. Type an amount, or add and take with the "
        "arrows, and it is exact. r leaves it to the weights again. Every three lines of "
        "a sector or channel count as one dossier, whether a dossier is open there or "
        "not."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,equals_sign", "back", later("Desk"), key_display="esc"),
        Binding("right", "noop", later("5 more"), key_display="←→"),
        Binding("r", "by_weight", later("By weight")),
        Binding("u", "undo", later("Undo")),
        Binding("tab", "app.focus_next", later("Other side"), key_display="tab"),
        Binding("left_square_bracket", "place(-1)", later("Sector before"), show=False),
        Binding("right_square_bracket", "place(1)", later("Next sector"), show=False),
    ]
    CSS = """
    AmountsScreen #places { width: 27; height: 1fr; }
    AmountsScreen #cells { width: 1fr; height: 1fr; }
    AmountsScreen AmountTable { height: 1fr; }
    AmountsScreen #sum { height: 2; padding: 0 2; }
    """

    @property
    def session(self) -> Session:
        """The campaign at hand."""
        assert self.game.session is not None
        return self.game.session

    def compose_body(self) -> ComposeResult:
        """Places and cells, with the money left under them."""
        with Horizontal():
            yield Rows(id="places", classes="panel")
            with Vertical(id="cells", classes="panel"):
                yield AmountTable(id="table")
        yield Sheet(id="sum")

    def on_mount(self) -> None:
        """Fill both sides."""
        self.names = Names(self.session.campaign)
        self.query_one("#places").border_title = plain(said("Where"))
        self._show()
        self.query_one("#places").focus()

    def _place(self) -> str | None:
        here = self.query_one("#places", Rows).here or NATION
        return None if here == NATION else here

    def _show(self) -> None:
        draft, names = self.session.draft, self.names
        rows = [self._place_row(None), *(self._place_row(one) for one in names.sectors())]
        places = self.query_one("#places", Rows)
        places.show(rows)
        self._show_cells()
        self.query_one("#sum", Sheet).show(
            lambda width: lines([money_line(draft, width), dilution_line(draft)])
        )

    def _show_cells(self) -> None:
        draft, names, sector = self.session.draft, self.names, self._place()
        if sector is None:
            found = [one for channel in names.channels() for one in names.channel_lines(channel)]
        else:
            found = list(names.sector_lines())
        exact = {cell[:2] for cell in draft.amounts}
        cells = [
            AmountCell(
                line,
                names.instrument(line),
                draft.allocation.get((line, sector), 0.0),
                (line, sector) in exact,
            )
            for line in found
        ]
        top = max((cell.money for cell in cells), default=1.0)
        self.query_one("#cells").border_title = plain(
            said("For the whole nation") if sector is None else names.sector(sector)
        )
        self.query_one(AmountTable).set_cells(
            cells, max(top, draft.budget / 10), draft.desk.currency
        )

    def _place_row(self, sector: str | None) -> Row:
        draft = self.session.draft
        money = sum(value for (_, where), value in draft.allocation.items() if where == sector)
        title = said("The nation") if sector is None else self.names.sector(sector)

        def build(width: int) -> Content:
            words = self.names.money(money) if money else ""
            return row(width, [Cell(title, "bold" if money else MUTED), Cell(words, "", 9, True)])

        return Row(sector or NATION, build)

    @on(OptionList.OptionHighlighted, "#places")
    def _moved(self) -> None:
        if hasattr(self, "names"):
            self._show_cells()

    @on(OptionList.OptionSelected, "#places")
    def _into(self) -> None:
        self.query_one(AmountTable).focus()

    @on(AmountTable.Changed)
    def _changed(self, event: AmountTable.Changed) -> None:
        draft = self.session.draft.set_amount(event.cell, self._place(), event.money)
        self.session.redraft(draft)
        self._show()

    def action_by_weight(self) -> None:
        """Leave the cell to the weights."""
        self.query_one(AmountTable).action_weights()

    def action_place(self, by: int) -> None:
        """Go to another sector without leaving the cells."""
        places = self.query_one("#places", Rows)
        places.highlighted = ((places.highlighted or 0) + by) % max(1, len(places.rows))

    def action_undo(self) -> None:
        """Take the last change back."""
        if not self.session.undo():
            self.game.tell(said("Nothing to take back."))
        self._show()

    def action_noop(self) -> None:
        """The table takes the arrows itself."""
