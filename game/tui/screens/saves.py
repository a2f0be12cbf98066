"""Every campaign kept: open, rename, delete, or fork at a decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from game.tui.library import SaveInfo
from game.tui.screens.base import GameScreen
from game.tui.text import KEY, MUTED, WARN, Cell, fit, lines, plain, row, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said


class SavesScreen(GameScreen):
    """The saves, the newest first."""

    TITLE_LINE = later("Campaigns kept")
    HELP = later(
        "A save is written at every decision; there is nothing to save by hand. f forks "
        "a campaign at one of its decisions: the fork shares its dice, and the first "
        "campaign stays as it is."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", later("Open")),
        Binding("f", "fork", later("Fork")),
        Binding("r", "rename", later("Rename")),
        Binding("d,delete", "delete", later("Delete"), key_display="d"),
        Binding("escape,q", "back", later("Back"), key_display="esc"),
    ]
    CSS = """
    SavesScreen #list { width: 50%; height: 1fr; margin: 1 0 0 1; }
    SavesScreen #about { height: 1fr; margin: 1 1 0 1; padding: 1 2; }
    """

    def compose_body(self) -> ComposeResult:
        """List and details."""
        with Horizontal():
            yield Rows(id="list", classes="panel")
            with VerticalScroll(id="about", classes="panel", can_focus=False):
                yield Sheet(plain(said("Looking ..."), MUTED))

    def on_mount(self) -> None:
        """Look for saves in a thread."""
        self._found: dict[str, SaveInfo] = {}
        rows = self.query_one(Rows)
        rows.border_title = plain(said("Saves"))
        rows.focus()
        self.fetch()

    @work(thread=True, exclusive=True)
    def fetch(self) -> None:
        """Read the headers of the saves."""
        found = self.game.library.saves()
        self.app.call_from_thread(self._fetched, found)

    def _fetched(self, found: Sequence[SaveInfo]) -> None:
        if not self.is_mounted:
            return
        self._found = {str(info.path): info for info in found}
        self.query_one(Rows).show([_row(info) for info in found])
        self._preview()

    @property
    def here(self) -> SaveInfo | None:
        """The save under the cursor."""
        return self._found.get(self.query_one(Rows).here or "")

    @on(OptionList.OptionHighlighted)
    def _preview(self) -> None:
        info = self.here
        words = plain(said("No campaign is kept yet. Begin one from the menu."), MUTED)
        self.query_one(Sheet).show(words if info is None else _about(info))

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open the save and go on where it stands."""
        info, game = self.here, self.game
        if info is not None:
            game.open_save(info.path)

    def action_fork(self) -> None:
        """Choose a decision to fork at."""
        from game.tui.screens.fork import ForkModal

        if self.here is not None:
            self.app.push_screen(ForkModal(self.here.path))

    @work
    async def action_rename(self) -> None:
        """Give the save another name."""
        from game.tui.screens.rename import RenameModal

        info = self.here
        if info is None:
            return
        name = await self.app.push_screen_wait(RenameModal(info.name))
        if name:
            try:
                self.game.library.rename(info.path, name)
            except (OSError, ValueError) as error:
                self.game.tell(str(error), bad=True)
            self.fetch()

    @work
    async def action_delete(self) -> None:
        """Delete the save, once that is confirmed."""
        from game.tui.screens.confirm import ConfirmModal

        info = self.here
        if info is None:
            return
        words = said(
            "{name} will be gone, with every decision in it. This cannot be taken back.",
            name=info.name,
        )
        if await self.app.push_screen_wait(
            ConfirmModal(said("Delete it?"), words, yes=said("Delete"), no=said("Keep"))
        ):
            try:
                self.game.library.delete(info.path)
            except (OSError, ValueError) as error:
                self.game.tell(str(error), bad=True)
            self.fetch()


def _row(info: SaveInfo) -> Row:
    def build(width: int) -> Content:
        state = str(info.year or said("new"))
        style = WARN if info.trouble else "bold"
        cells = [
            Cell(info.name, style),
            Cell(state, "", 6, True),
            Cell(said("PRACTICE"), "bold", 12, True)
            if info.practice
            else Cell(info.changed, MUTED, 12, True),
        ]
        return row(width, cells)

    return Row(str(info.path), build)


def _about(info: SaveInfo) -> Content:
    parts = [
        say((info.name, "bold $text-accent")),
        plain(""),
        say((fit(said("scenario"), 11), MUTED), info.scenario),
        say((fit(said("year"), 11), MUTED), str(info.year or said("not begun"))),
        say((fit(said("seed"), 11), MUTED), str(info.seed)),
        say((fit(said("begun"), 11), MUTED), info.created),
        say((fit(said("played"), 11), MUTED), info.changed),
        say((fit(said("file"), 11), MUTED), info.path.name),
    ]
    if info.practice:
        parts.append(plain(said("a practice campaign, and so is every fork of it"), "bold"))
    if info.trouble:
        parts.append(plain(info.trouble, WARN))
    parts += [
        plain(""),
        say(
            ((said("Enter") + " "), KEY),
            ((said("goes on") + "   "), MUTED),
            ("f ", KEY),
            (said("forks it"), MUTED),
        ),
    ]
    return lines(parts)
