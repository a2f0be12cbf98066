"""What every screen has: a top line, a footer, help, and a word for a terminal too small."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Footer

from game.tui.widgets.bar import TooSmall, TopBar
from game.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from game.tui.app import GuidingHandApp

Result = TypeVar("Result")

ACROSS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide"), (120, "-three"), (150, "-vast")]
DOWN = [(0, "-flat"), (16, "-short"), (30, "-tall")]


class GameScreen(Screen[None]):
    """A whole screen. Subclasses give `compose_body` and their own keys."""

    HORIZONTAL_BREAKPOINTS = ACROSS
    VERTICAL_BREAKPOINTS = DOWN
    TITLE_LINE: ClassVar[str] = ""
    HELP: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_here", "Choose", show=False),
        Binding("escape", "back", "Back", show=False),
        Binding("q", "back", "Back", show=False),
    ]

    @property
    def game(self) -> GuidingHandApp:
        """The application."""
        return cast("GuidingHandApp", self.app)

    @property
    def top(self) -> TopBar:
        """The line at the top."""
        return self.query_one(TopBar)

    def compose(self) -> ComposeResult:
        """Top line, body, footer."""
        take_size(self)
        yield TopBar(self.TITLE_LINE)
        yield from self.compose_body()
        yield Footer(compact=True)
        yield TooSmall()

    def compose_body(self) -> ComposeResult:
        """What the screen is about."""
        yield from ()

    def action_select_here(self) -> None:
        """Choose the row under the cursor."""
        choose(self.focused, self.game)

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.game.back()


class GameModal(ModalScreen[Result]):
    """A question over a screen; it is dismissed with the answer."""

    HORIZONTAL_BREAKPOINTS = ACROSS
    VERTICAL_BREAKPOINTS = DOWN
    HELP: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_here", "Choose", show=False),
        # A modal hides the application's keys; these are wanted over a card too.
        Binding("question_mark,f1", "app.show_help", "Help", key_display="?"),
        Binding("f2", "app.charts", "Chart room", show=False),
        Binding("f3", "app.almanac", "Almanac", show=False),
        Binding("f4", "app.people", "People and pledges", show=False),
        Binding("ctrl+p", "app.command_palette", "palette", show=False, key_display="^p"),
    ]

    @property
    def game(self) -> GuidingHandApp:
        """The application."""
        return cast("GuidingHandApp", self.app)

    def action_select_here(self) -> None:
        """Choose the row under the cursor."""
        choose(self.focused, self.game)

    def compose(self) -> ComposeResult:
        """The question, its footer, and the word for a terminal too small."""
        take_size(self)
        yield from self.compose_body()
        yield Footer(compact=True)
        yield TooSmall()

    def compose_body(self) -> ComposeResult:
        """What is asked."""
        yield from ()


def take_size(screen: Screen[Result]) -> None:
    """Give a screen the classes of the terminal's size, so that it is not styled twice."""
    for extent, classes in zip(screen.app.size, (ACROSS, DOWN), strict=True):
        screen.add_class(max(one for one in classes if one[0] <= extent)[1])


def choose(focused: Widget | None, game: GuidingHandApp) -> None:
    """Choose the row under the cursor of a list that has the focus."""
    if not isinstance(focused, Rows):
        return
    if focused.highlighted is None and focused.option_count:
        game.tell("Nothing is chosen yet: press its number, or move to it and press Enter.")
    else:
        focused.action_select()
