"""A list of rows to choose from, each laid out for the width at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from game.words import later


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
        Binding("down,j", "cursor_down", later("Down"), show=False),
        Binding("up,k", "cursor_up", later("Up"), show=False),
        Binding("home", "first", later("First"), show=False),
        Binding("end", "last", later("Last"), show=False),
        Binding("pagedown", "page_down", later("Page down"), show=False),
        Binding("pageup", "page_up", later("Page up"), show=False),
        Binding("space", "select", later("Select"), show=False),
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
        # Before the first layout any width will do that does not break every word.
        return max(1, (self.scrollable_content_region.width or 80) - 2)

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

    def action_cursor_down(self) -> None:
        """Go to the next row; past the last one, scroll through what only can be read."""
        if not self._read_on(1):
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Go to the row before; before the first one, scroll back."""
        if not self._read_on(-1):
            super().action_cursor_up()

    def _read_on(self, by: int) -> bool:
        """Scroll a line where no row to choose lies that way; whether it did."""
        here = self.highlighted
        if here is None:
            return False
        ahead = self._rows[here + 1 :] if by > 0 else self._rows[:here]
        if not ahead or not self.max_scroll_y or not all(row.head for row in ahead):
            return False
        self.scroll_relative(y=by, animate=False, immediate=True)
        return True

    def action_first(self) -> None:
        """To the first row, and whatever stands above it."""
        super().action_first()
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        """To the last row, and whatever stands below it."""
        super().action_last()
        self.scroll_end(animate=False)

    def action_page_down(self) -> None:
        """A page on; the key is the screen's where everything is in view."""
        self._page(1)

    def action_page_up(self) -> None:
        """A page back."""
        self._page(-1)

    def _page(self, by: int) -> None:
        if self.max_scroll_y == 0:
            raise SkipAction
        height = self.scrollable_content_region.height
        before = self.scroll_offset.y
        self.scroll_relative(y=by * max(1, height - 1), animate=False, immediate=True)
        top = self.scroll_offset.y
        line = self._index_to_line
        seen = [
            index
            for index, row in enumerate(self._rows)
            if not row.head and top <= line.get(index, -1) < top + height
        ]
        if seen and (top == before or self.highlighted not in seen):
            # At the end of the list the cursor goes there too.
            self.highlighted = seen[0] if (by > 0) != (top == before) else seen[-1]

    def on_resize(self, event: events.Resize) -> None:
        """Lay the rows out anew for another width."""
        if self._width() == self._built:
            return
        if self.option_count == len(self._rows):
            self._repaint()
        else:
            self._rebuild(self.here)
