"""A cause opened: its rule or choice, how far it is grounded, and the passages it rests on."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from game.campaign.records import Cause
from game.campaign.wording import change
from game.tui.passages import passage_lines
from game.tui.screens.base import GameModal
from game.tui.text import KEY, MUTED, lines, plain, say
from game.tui.widgets.sheet import Sheet
from game.words import later, said

GRADES = {
    "documented": later("written in the document as it stands here"),
    "calibrated": later("written there; the size was fitted, within a tenth"),
    "judgement": later("follows from what is written; the size is a judgement, within a quarter"),
    "invented": later("the author's own, within two fifths"),
}


class CauseModal(GameModal[None]):
    """Shows one row of a ledger in full."""

    HELP = later("The rule behind a row, its grade of evidence and the passage that it rests on.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,w", "close", later("Back"), key_display="esc"),
    ]
    CSS = "CauseModal .card { height: auto; max-height: 100%; }"

    def __init__(self, cause: Cause, unit: str) -> None:
        super().__init__()
        self.cause, self.unit = cause, unit

    def compose_body(self) -> ComposeResult:
        """One page that scrolls."""
        with VerticalScroll(classes="card") as card:
            card.border_title = plain(
                f"{said(self.cause.kind.capitalize())} {self.cause.id}".strip()
            )
            yield Sheet(self._words())

    def _words(self) -> Content:
        cause, session = self.cause, self.game.session
        pack = session.campaign.model.pack if session is not None else None
        parts = [
            say((change(cause.amount, self.unit), "bold"), (f"  {cause.text}", "")),
        ]
        if cause.grade:
            known = said(GRADES.get(cause.grade, ""))
            parts.append(say((f"{said(cause.grade)}: ", KEY), (known, MUTED)))
        if cause.strength != 1.0:
            parts.append(
                plain(
                    said(
                        "Here at {strength} of the usual strength.",
                        strength=f"{cause.strength:.2f}",
                    ),
                    MUTED,
                )
            )
        rule = pack.rules.get(cause.id) if pack is not None else None
        text = getattr(rule, "rate", None) or getattr(rule, "noise", None)
        if rule is not None and text:
            parts += [plain(""), plain(f"{rule.adds_to} += {text}", MUTED)]
        for passage in cause.passages:
            parts.append(plain(""))
            if pack is not None:
                parts.append(passage_lines(pack, passage))
        if not cause.passages:
            parts += [plain(""), plain(said("No passage stands behind this row."), MUTED)]
        return lines(parts)

    def action_close(self) -> None:
        """Back to the rows."""
        self.dismiss(None)
