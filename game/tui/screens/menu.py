"""The menu: a name, a sentence, and where to go."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.compose import compose
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from game.tui.screens.base import GameScreen
from game.tui.text import MUTED, Cell, plain, row, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said

WORDMARK = (
    "╭─╴ ╷ ╷ ╷ ┌─╮ ╷ ╭╮╷ ╭─╴   ╷ ╷ ╭─╮ ╭╮╷ ┌─╮",
    "│╶╮ │ │ │ │ │ │ │││ │╶╮   ├─┤ ├─┤ │││ │ │",
    "╰─╯ ╰─╯ ╵ └─╯ ╵ ╵╰╯ ╰─╯   ╵ ╵ ╵ ╵ ╵╰╯ └─╯",
)
SENTENCE = later("You write the plan. Others carry it out.")
BEGIN = later("begin here: press Enter")


class MenuScreen(GameScreen):
    """The first screen. It reads no pack, so that it is there at once."""

    HELP = later(
        "You are the planner of a country's high technology. Each turn is a Five-Year "
        "Plan: you spread money over a few dossiers, promise something, lock the plan, "
        "and live through its five years.\n\nBegin with a new campaign; the first of its "
        "scenarios is the gentlest. Everything you decide is kept at once, and Continue "
        "goes on where you stopped."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "nothing", show=False),
        Binding("enter", "select_here", later("Choose")),
        Binding("q", "leave", later("Quit")),
        Binding("n", "go('new')", later("New campaign")),
        Binding("g", "go('first')", later("First plan"), show=False),
        Binding("c", "go('continue')", later("Continue"), show=False),
        Binding("a", "go('almanac')", later("Almanac"), show=False),
        Binding("l", "go('load')", later("Load"), show=False),
        Binding("s", "go('settings')", later("Settings"), show=False),
    ]
    # The first screen is not pushed, so only its default style is read.
    DEFAULT_CSS = """
    MenuScreen { align: center middle; }
    MenuScreen TopBar { display: none; }
    MenuScreen #middle { width: 58; height: auto; }
    MenuScreen #mark { width: 41; color: $accent; text-style: bold; margin: 0 8; }
    MenuScreen #sentence { width: 58; text-align: center; margin: 1 0 2 0; }
    """

    def __init__(self, *, under: bool = False) -> None:
        super().__init__()
        self._guided: str | None = None
        self._under = under
        self._looked = False

    def compose(self) -> ComposeResult:
        """Nothing yet where the game opens at a desk: what lies under it is not seen."""
        if not self._under:
            yield from super().compose()

    async def say_anew(self) -> None:
        """The language has changed: everything is said again when the menu is next seen."""
        self._under, self._looked = True, False
        await self.remove_children()

    def compose_body(self) -> ComposeResult:
        """Wordmark, sentence, list."""
        with Vertical(id="middle"):
            yield Sheet(plain("\n".join(WORDMARK)), id="mark")
            yield Sheet(plain(said(SENTENCE), "italic"), id="sentence")
            yield Rows(self._rows())

    def on_mount(self) -> None:
        """Look for a guided scenario once the menu stands: that reads the packs' folders."""
        self.call_after_refresh(self._look_once)

    def _look_once(self) -> None:
        """Look only where the menu is seen: a campaign that is being opened comes first."""
        if self.app.screen is self and not self._looked:
            self._looked = True
            self.look()

    @work(thread=True, exclusive=True)
    def look(self) -> None:
        """Ask the library for a scenario that leads a newcomer."""
        found = self.game.library.guided()
        if found is not None:
            self.app.call_from_thread(self._found, found)

    def _found(self, guided: str) -> None:
        self._guided = guided
        if self.is_mounted:
            first = self.game.last_save is None and self.query_one(Rows).here == "new"
            self.query_one(Rows).show(self._rows(), "first" if first else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A first plan only where a pack has one, and Continue where a campaign is kept."""
        if action == "go" and parameters == ("first",):
            return self._guided is not None
        return True

    def on_screen_resume(self) -> None:
        """A campaign may have been kept meanwhile."""
        if self._under and self.app.screen is self:
            self._under = False
            self.mount_all(compose(self))
        elif not self._under and self.is_mounted:
            self.query_one(Rows).show(self._rows())
            self.query_one(Rows).focus()
        self.call_after_refresh(self._look_once)

    def _rows(self) -> list[Row]:
        kept = self.game.last_save
        rows = []
        if kept is not None:
            rows.append(_entry("continue", "c", said("Continue"), kept.stem))
        if self._guided is not None:
            words = said("ten minutes, three dossiers") if kept is not None else said(BEGIN)
            rows.append(_entry("first", "g", said("First plan"), words))
        newcomer = kept is None and self._guided is None
        rows += [
            _entry(
                "new",
                "n",
                said("New campaign"),
                said(BEGIN) if newcomer else said("choose a scenario"),
            ),
            _entry("almanac", "a", said("Almanac"), said("what everything is and rests on")),
            _entry("load", "l", said("Load"), said("every campaign kept, and forks")),
            _entry("settings", "s", said("Settings"), said("theme, animations")),
            _entry("quit", "q", said("Quit"), ""),
        ]
        return rows

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.action_go(event.option_id or "")

    def action_go(self, where: str) -> None:
        """Go where the row says."""
        game = self.game
        match where:
            case "continue":
                kept = game.last_save
                if kept is None:
                    game.tell(said("No campaign is kept yet. n begins one."))
                else:
                    game.open_save(kept)
            case "first":
                guided = self._guided
                if guided is not None:
                    game.open_session(
                        lambda lib: lib.begin(guided, None), said("Opening the office")
                    )
            case "new":
                from game.tui.screens.chooser import ChooserScreen

                game.push_screen(ChooserScreen())
            case "load":
                from game.tui.screens.saves import SavesScreen

                game.push_screen(SavesScreen())
            case "almanac":
                game.action_almanac()
            case "settings":
                game.action_settings()
            case "quit":
                game.leave()

    def action_leave(self) -> None:
        """Quit."""
        self.game.leave()

    def action_nothing(self) -> None:
        """There is nowhere further back."""


def _entry(name: str, key: str, title: str, about: str) -> Row:
    def build(width: int) -> Content:
        return say(
            row(width, [Cell(key, "bold $text-accent", 2), Cell(title, "", 16), Cell(about, MUTED)])
        )

    return Row(name, build)
