"""The almanac: instruments, sectors, indicators, events met, sources, each with its passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList

from game.tui.library import Entry
from game.tui.screens.filtered import FilteredScreen
from game.tui.text import KEY, MUTED, QUOTE, Cell, fit, lines, paragraphs, plain, row, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said

KINDS = ("all", "instrument", "sector", "indicator", "event", "source")


class AlmanacScreen(FilteredScreen):
    """A list with a filter at the left, a page at the right."""

    TITLE_LINE = later("Almanac")
    HELP = later(
        "What everything is, and the passage that it rests on. Events appear once a "
        "campaign has met them. Type / to filter; left and right change what kind is "
        "listed."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", later("Filter"), key_display="/"),
        Binding("right,l,right_square_bracket", "kind(1)", later("Kind"), key_display="←→"),
        Binding("left,h,left_square_bracket", "kind(-1)", later("Kind before"), show=False),
        Binding("pagedown,J", "page(1)", later("Read on"), key_display="pgdn"),
        Binding("pageup,K", "page(-1)", later("Read back"), show=False),
        Binding("escape,q", "back", later("Back"), key_display="esc"),
    ]
    CSS = """
    AlmanacScreen #list { width: 36; height: 1fr; }
    AlmanacScreen Rows { height: 1fr; }
    AlmanacScreen #entry { height: 1fr; padding: 0 2; }
    """

    def compose_body(self) -> ComposeResult:
        """Filter, list, page."""
        with Horizontal():
            with Vertical(id="list", classes="panel"):
                yield Input(placeholder=said("part of a name or a word of it"), id="filter")
                yield Rows()
            with VerticalScroll(id="entry", classes="panel", can_focus=False):
                yield Sheet(plain(said("Opening the packs ..."), MUTED))

    def on_mount(self) -> None:
        """Read the packs in a thread."""
        self._entries: Sequence[Entry] = ()
        self._kind = 0
        self._part = ""
        self.query_one(Rows).focus()
        session = self.game.session
        met = None
        if session is not None:
            met = frozenset(h.id for r in session.campaign.reports for h in r.happenings)
        self.fetch(met)

    @work(thread=True, exclusive=True)
    def fetch(self, met: frozenset[str] | None) -> None:
        """Read the entries."""
        found = self.game.library.entries(met)
        self.app.call_from_thread(self._fetched, found)

    def _fetched(self, found: Sequence[Entry]) -> None:
        if self.is_mounted:
            self._entries = found
            self._list()

    def _list(self) -> None:
        kind, part = KINDS[self._kind], self._part.casefold()
        chosen = [
            entry
            for entry in self._entries
            if kind in ("all", entry.kind)
            and (part in entry.title.casefold() or (part and part in entry.search.casefold()))
        ]
        self.query_one("#list").border_title = plain(f"‹ {said(kind)} ›  {len(chosen)}")
        rows = [_row(entry) for entry in chosen]
        listing = self.query_one(Rows)
        listing.show(rows)
        self._open(listing.here)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        self._open(event.option_id)

    def _open(self, name: str | None) -> None:
        entry = next((e for e in self._entries if f"{e.kind}:{e.id}" == name), None)
        page = self.query_one("#entry", VerticalScroll)
        page.scroll_home(animate=False)
        if entry is None:
            page.query_one(Sheet).show(plain(said("Nothing of that name."), MUTED))
        else:
            page.border_title = plain(said(entry.kind))
            page.query_one(Sheet).show(lambda width: _page(entry, width))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._part = event.value
        self._list()

    def action_kind(self, by: int) -> None:
        """List another kind of thing."""
        self._kind = (self._kind + by) % len(KINDS)
        self._list()

    def action_page(self, by: int) -> None:
        """Scroll the page."""
        page = self.query_one("#entry", VerticalScroll)
        page.scroll_relative(y=by * max(1, page.size.height - 1), animate=False)


def _row(entry: Entry) -> Row:
    def build(width: int) -> Content:
        return row(width, [Cell(entry.title), Cell(said(entry.kind), MUTED, 10, True)])

    return Row(f"{entry.kind}:{entry.id}", build)


def _page(entry: Entry, width: int) -> Content:
    parts: list[Content] = [
        say((entry.title, "bold $text-accent"), (f"   {entry.id}", MUTED)),
        plain(""),
    ]
    if entry.says:
        parts += [plain(paragraphs(entry.says)), plain("")]
    for name, value in entry.facts:
        parts.append(say((fit(name, 14), MUTED), value))
    for passage, where, words in entry.passages:
        parts += [plain(""), say((words, QUOTE)), say((where, KEY), (f"  {passage}", MUTED))]
    return lines(parts)
