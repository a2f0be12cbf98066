"""A dossier of one's own: which sector or channel it is about."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from game.campaign.decisions import Dossier
from game.tui.names import Names
from game.tui.screens.base import GameModal
from game.tui.text import KEY, MUTED, Cell, plain, row
from game.tui.widgets.rows import Row, Rows
from game.words import counted, later, said


class PickDossierModal(GameModal[Dossier | None]):
    """Lists what has no dossier yet; choosing one opens it, light, with its first line."""

    HELP = later(
        "Choose a sector, or a national channel. The dossier opens light; change it from there."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", later("Back"), key_display="esc"),
        Binding("enter", "select_here", later("Open it")),
    ]
    CSS = """
    PickDossierModal .card { width: 56; padding: 0 1; }
    PickDossierModal Rows { height: auto; max-height: 18; }
    """

    def __init__(self, taken: frozenset[str]) -> None:
        super().__init__()
        self.taken = taken

    def compose_body(self) -> ComposeResult:
        """Sectors, then channels."""
        session = self.game.session
        assert session is not None
        names = Names(session.campaign)
        rows = [Row("head:s", lambda _: plain(said("Sectors"), KEY), head=True)]
        rows += [
            _entry(f"sector:{one}", names.sector(one), len(names.sector_lines()))
            for one in names.sectors()
            if f"sector:{one}" not in self.taken
        ]
        rows.append(Row("head:c", lambda _: plain(said("For the whole nation"), KEY), head=True))
        rows += [
            _entry(f"channel:{one}", names.channel(one), len(names.channel_lines(one)))
            for one in names.channels()
            if f"channel:{one}" not in self.taken
        ]
        with Vertical(classes="card") as card:
            card.border_title = plain(said("Open a dossier"))
            yield Rows(rows)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        session = self.game.session
        kind, _, name = (event.option_id or "").partition(":")
        if session is None:
            return
        names = Names(session.campaign)
        if kind == "sector":
            lines = names.sector_lines()[:1]
            dossier = Dossier(name, None, "light", lines, "mixed")
        else:
            dossier = Dossier(None, name, "light", names.channel_lines(name)[:1])
        self.dismiss(dossier)

    def action_close(self) -> None:
        """Back to the desk."""
        self.dismiss(None)


def _entry(key: str, title: str, count: int) -> Row:
    def build(width: int) -> Content:
        words = counted("{count} line", "{count} lines to choose from", count)
        return row(width, [Cell(title), Cell(words, MUTED, 26, True)])

    return Row(key, build)
