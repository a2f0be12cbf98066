"""Desks to start from: the last plan carried on, an advisor's table, a ready-made plan, nothing."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from game.campaign.records import DraftAsk
from game.tui.screens.base import GameModal
from game.tui.text import MUTED, Cell, plain, row, spaced
from game.tui.widgets.rows import Row, Rows
from game.words import later, said


class PresetsModal(GameModal[None]):
    """Replaces the desk by another; u on the desk takes that back."""

    HELP = later("A preset replaces the whole desk. Undo (u) brings the old one back.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", later("Back"), key_display="esc"),
        Binding("enter", "select_here", later("Use it")),
    ]
    CSS = "PresetsModal .card { width: 66; padding: 1 1; }"

    def __init__(self, ask: DraftAsk) -> None:
        super().__init__()
        self.ask = ask

    def compose_body(self) -> ComposeResult:
        """The desks there are."""
        session = self.game.session
        assert session is not None
        rows = [
            _entry("carried", said("Carried on"), said("the last plan, or the desk you were left"))
        ]
        people = {offer.by.office: offer.by for offer in self.ask.offers}
        for office, person in people.items():
            rows.append(
                _entry(f"person:{office}", said("{name}'s table", name=person.name), person.title)
            )
        desk = getattr(session.draft, "desk", None)
        rows += [
            _entry(f"strategy:{name}", spaced(name).capitalize(), said("a ready-made plan"))
            for name in getattr(desk, "presets", {})
        ]
        rows.append(_entry("bare", said("Bare"), said("only what is pledged")))
        with Vertical(classes="card") as card:
            card.border_title = plain(said("Start from another desk"))
            yield Rows(rows)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        session = self.game.session
        kind, _, name = (event.option_id or "").partition(":")
        if session is None:
            return
        match kind:
            case "carried":
                draft = session.campaign.draft()
            case "person":
                draft = session.draft.table_of(name)
            case "strategy":
                draft = session.draft.preset(name)
            case _:
                draft = session.draft.bare()
        session.redraft(draft)
        self.dismiss(None)

    def action_close(self) -> None:
        """Leave the desk as it is."""
        self.dismiss(None)


def _entry(name: str, title: str, about: str) -> Row:
    def build(width: int) -> Content:
        return row(width, [Cell(title, "bold", 24), Cell(about, MUTED)])

    return Row(name, build)
