"""A save whose rules have changed: what is otherwise, and the two ways to go on."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList

from game.tui.library import Changed
from game.tui.screens.base import GameModal
from game.tui.text import KEY, MUTED, hung, lines, plain, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said

SHOWN = 6
WAYS = (
    ("recorded", "1", later("Go on from the recorded numbers"),
     later("What happened stays as it was; the new rules hold from here.")),
    ("replay", "2", later("Replay under the new rules"),
     later("Your decisions again from the start; the numbers may come out otherwise.")),
    ("leave", "n", later("Leave it"), later("Nothing is opened, and nothing changes.")),
)  # fmt: skip


class ChangedModal(GameModal["Changed | None"]):
    """Asks how to open a save that was played under other rules."""

    HELP = later(
        "The campaign was played under other rules than those at hand. Either way a new "
        "save is made beside the old one, which stays as it is."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_here", later("Choose")),
        Binding("1", "answer('recorded')", later("Go on")),
        Binding("2", "answer('replay')", later("Replay")),
        Binding("n,escape,q", "answer('leave')", later("Leave it"), key_display="n"),
    ]

    def __init__(self, changes: tuple[str, ...]) -> None:
        super().__init__()
        self._changes = changes

    def compose_body(self) -> ComposeResult:
        """What has changed, and the ways."""
        listed = [plain(f"- {one}") for one in self._changes[:SHOWN]]
        if len(self._changes) > SHOWN:
            listed.append(
                plain(said("- and {count} more", count=len(self._changes) - SHOWN), MUTED)
            )
        listed += [plain(""), plain(said("A new save is made; the old one stays as it is."), MUTED)]
        with Vertical(classes="card") as card:
            card.border_title = plain(said("The rules have changed since"))
            yield Sheet(lines(listed))
            yield Rows([_way(*way) for way in WAYS], classes="gap", unset=True)

    def on_mount(self) -> None:
        """The ways have the cursor."""
        self.query_one(Rows).focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.action_answer(event.option_id or "leave")

    def action_answer(self, how: str) -> None:
        """Go this way."""
        self.dismiss(None if how == "leave" else cast("Changed", how))


def _way(name: str, key: str, title: str, about: str) -> Row:
    return Row(
        name,
        lambda width: say(
            (f"{key} ", KEY), (said(title), "bold"), "\n", (hung(said(about), width), MUTED)
        ),
    )
