"""Amounts, a cell a row: arrows add and take, digits type, 0 and Backspace clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from game.campaign.wording import amount
from game.tui.text import GOOD, KEY, MUTED, WARN, Cell, bar, row
from game.tui.widgets.rows import Row, Rows
from game.words import later, said

STEP = 5.0


@dataclass(frozen=True, slots=True)
class AmountCell:
    """One cell: what it is, what it gets, and whether by the weights or exactly."""

    id: str
    title: str
    money: float
    exact: bool
    locked: str = ""
    """Why it cannot be funded, where it cannot."""


class AmountTable(Rows):
    """A table of amounts of money over the plan."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h,minus", "nudge(-1)", later("5 less"), show=False),
        Binding("right,l,plus", "nudge(1)", later("5 more"), show=False),
        Binding("shift+left,H", "nudge(-10)", later("50 less"), show=False),
        Binding("shift+right,L", "nudge(10)", later("50 more"), show=False),
        Binding("delete,r", "weights", later("By the weights"), show=False),
    ]

    class Changed(Message):
        """A cell has another amount; None leaves it to the weights again."""

        def __init__(self, cell: str, money: float | None) -> None:
            super().__init__()
            self.cell, self.money = cell, money

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._cells: tuple[AmountCell, ...] = ()
        self._top = 1.0
        self._currency = ""
        self._typed = ""
        self._typed_at = ""

    def set_cells(self, cells: Sequence[AmountCell], top: float, currency: str) -> None:
        """Show cells; `top` is the amount of a full bar."""
        self._cells, self._top, self._currency = tuple(cells), max(top, 1.0), currency
        self.show([self._cell_row(cell) for cell in cells])

    def _cell_row(self, cell: AmountCell) -> Row:
        typed = self._typed if cell.id == self._typed_at else ""

        def build(width: int) -> Content:
            long = max(5, min(24, width - 46))
            number = f"{typed}_" if typed else amount(cell.money, self._currency)
            word = cell.locked or (
                said("exact") if cell.exact else said("by weight") if cell.money else ""
            )
            return row(
                width,
                [
                    Cell(cell.title, "bold" if cell.money else ""),
                    Cell(bar(cell.money / self._top, long), GOOD, long),
                    Cell(number, KEY if typed else "", 10, True),
                    Cell(word, WARN if cell.locked else MUTED, 10),
                ],
            )

        return Row(cell.id, build)

    def _here(self) -> AmountCell | None:
        return next((cell for cell in self._cells if cell.id == self.here), None)

    def action_nudge(self, steps: int) -> None:
        """Give a little more or less."""
        cell = self._here()
        if cell is not None:
            self._forget()
            self.post_message(self.Changed(cell.id, max(0.0, round(cell.money + steps * STEP))))

    def action_weights(self) -> None:
        """Leave the cell to the weights again."""
        cell = self._here()
        if cell is not None:
            self._forget()
            self.post_message(self.Changed(cell.id, None))

    def _forget(self) -> None:
        self._typed = self._typed_at = ""

    def on_key(self, event: events.Key) -> None:
        """Digits type an amount."""
        cell = self._here()
        if cell is None:
            return
        if event.key == "backspace" and self._typed and self._typed_at == cell.id:
            self._typed = self._typed[:-1]
        elif event.character is not None and event.character in "0123456789":
            kept = self._typed if self._typed_at == cell.id else ""
            self._typed = (kept + event.character)[:6].lstrip("0") or "0"
        else:
            return
        self._typed_at = cell.id
        event.stop()
        self.post_message(self.Changed(cell.id, float(self._typed or 0)))
