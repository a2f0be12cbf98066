"""A list of rows to choose from, each laid out for the width at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it is called and how it looks at a width."""

    id: str
    build: Callable[[int], Content]
    head: bool = False
    """A heading; the cursor passes over it."""


class Rows(OptionList, inherit_bindings=False):
    """An option list that takes content only, keeps its place and knows hjkl.

    Enter belongs to the screen, which says in its footer what it does.
    """

    DEFAULT_CSS = """
    Rows {
        background: transparent;
        border: none;
        padding: 0;
        width: 1fr;
        height: auto;
        max-height: 100%;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-background: $panel;
        scrollbar-background-hover: $panel;
        scrollbar-color: $border-blurred;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $foreground; }
        & > .option-list--option-hover { background: $boost; }
        & > .option-list--option-highlighted {
            background: $panel; color: $foreground; text-style: none;
        }
        &:focus { background-tint: transparent; border: none; }
        &:focus > .option-list--option-highlighted {
            background: $primary 24%; color: $foreground; text-style: bold;
        }
        &:nocolor:focus > .option-list--option-highlighted { text-style: reverse; }
        &.-textual-compact > .option-list--option { padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "Down", show=False),
        Binding("up,k", "cursor_up", "Up", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("space", "select", "Select", show=False),
    ]

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
        unset: bool = False,
    ) -> None:
        """Rows; `unset` ones open with the cursor nowhere, so that Enter alone takes none."""
        super().__init__(id=id, classes=classes, markup=False, compact=True)
        self._rows: tuple[Row, ...] = tuple(rows)
        self._built = 0
        self._unset = unset

    @property
    def here(self) -> str | None:
        """The id of the row under the cursor."""
        index = self.highlighted
        if index is None or index >= len(self._rows):
            return None
        return self._rows[index].id

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown."""
        return self._rows

    def show(self, rows: Sequence[Row], here: str | None = None) -> None:
        """Show other rows; the cursor stays with its row, or goes to `here`."""
        keep = here or self.here
        same = tuple(row.id for row in rows) == tuple(row.id for row in self._rows)
        self._rows = tuple(rows)
        if same and self._built and self.option_count == len(rows):
            self._repaint()
            if here is not None:
                self._go(here)
        else:
            self._rebuild(keep)

    def _width(self) -> int:
        return max(1, self.scrollable_content_region.width - 2)

    def _repaint(self) -> None:
        self._built = self._width()
        for index, row in enumerate(self._rows):
            self.replace_option_prompt_at_index(index, row.build(self._built))
        self.refresh(layout=True)

    def _rebuild(self, keep: str | None) -> None:
        self._built = self._width()
        self.clear_options()
        self.add_options(
            Option(row.build(self._built), id=row.id, disabled=row.head) for row in self._rows
        )
        if not self._go(keep) and not self._unset:
            first = next((i for i, row in enumerate(self._rows) if not row.head), None)
            self.highlighted = first

    def _go(self, row_id: str | None) -> bool:
        for index, row in enumerate(self._rows):
            if row.id == row_id and not row.head:
                self.highlighted = index
                return True
        return False

    def on_resize(self, event: events.Resize) -> None:
        """Lay the rows out anew for another width."""
        if self._width() == self._built:
            return
        if self.option_count == len(self._rows):
            self._repaint()
        else:
            self._rebuild(self.here)
