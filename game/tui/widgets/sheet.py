"""Text on the page: content, or a function that lays content out for the width at hand."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Layout = Content | Callable[[int], Content]


class Sheet(Widget):
    """Shows content; a callable is asked again whenever the width changes."""

    DEFAULT_CSS = """
    Sheet { height: auto; width: 1fr; }
    """

    def __init__(
        self,
        layout: Layout | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._layout_of: Layout = Content("") if layout is None else layout

    @property
    def shown(self) -> Content:
        """What stands on the sheet at its present width."""
        return self._at(self.content_size.width or 80)

    def show(self, layout: Layout) -> None:
        """Put other content on the sheet."""
        self._layout_of = layout
        self.refresh(layout=True)

    def render(self) -> Content:
        """Lay the content out."""
        return self._at(self.content_size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the content takes at `width`."""
        return self._at(width).get_height({}, width) if width else 1

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The widest line, for sheets as wide as their words."""
        content = self._at(container.width)
        return max((line.cell_length for line in content.split("\n")), default=0)

    def _at(self, width: int) -> Content:
        return self._layout_of(width) if callable(self._layout_of) else self._layout_of
