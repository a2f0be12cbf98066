"""What every screen has: a top line, a footer, help, and a word for a terminal too small."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Footer

from game.tui.widgets.bar import TooSmall, TopBar
from game.tui.widgets.hint import Hint
from game.tui.widgets.rows import Rows
from game.words import ENGLISH, language, later, said

if TYPE_CHECKING:
    from game.tui.app import GuidingHandApp

Result = TypeVar("Result")

ACROSS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide"), (120, "-three"), (150, "-vast")]
DOWN = [(0, "-flat"), (16, "-short"), (30, "-tall")]


STEP_KEY = Binding(
    "f6",
    "close_step",
    later("Put the step away"),
    show=False,
    tooltip=later("For good; Settings brings it back"),
)


class Guided:
    """A screen that can show a step of a guided scenario above its footer."""

    AT: ClassVar[str] = ""
    """The name that steps call the screen by; without one it shows none."""
    _opened = False

    def step_place(self) -> str:
        """The name that steps call the screen by just now."""
        return self.AT

    def compose_hint(self) -> ComposeResult:
        """Room for a step, where the screen can show one."""
        if self.AT:
            yield Hint()

    def on_screen_resume(self) -> None:
        """The screen has come to the top: show its step, or the one that follows."""
        self.show_step()

    def on_screen_suspend(self) -> None:
        """Another screen lies on top; two steps above one another would be read as one."""
        for hint in cast("GameScreen", self).query(Hint):
            hint.visible = False

    def show_step(self) -> None:
        """Show the step that belongs here now, if there is one."""
        screen = cast("GameScreen", self)
        session, kept = screen.game.session, screen.game.settings
        found = screen.query(Hint)
        if not found or session is None or screen.game.screen is not screen:
            return
        anew, self._opened = not self._opened, True
        step = session.guide.at(self.step_place(), kept.steps_closed, anew=anew)
        if step is not None and kept.steps:
            found.first().tell(step.id, step.title, step.text)
        else:
            found.first().hush()
        self._step_moved(screen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A step can be put away while there is one."""
        screen = cast("GameScreen", self)
        return action != "close_step" or any(hint.display for hint in screen.query(Hint))

    def on_hint_closed(self) -> None:
        """A click on the step puts it away."""
        self.action_close_step()

    def on_hint_resized(self) -> None:
        """The step takes more lines or fewer."""
        self.share_room()

    def action_close_step(self) -> None:
        """Put the step away for good."""
        screen = cast("GameScreen", self)
        for hint in screen.query(Hint):
            closed = screen.game.settings.steps_closed
            screen.game.keep_settings(steps_closed=(*closed, hint.step))
            hint.hush()
        self._step_moved(screen)

    def _step_moved(self, screen: GameScreen) -> None:
        shown = any(hint.display for hint in screen.query(Hint))
        screen.set_class(shown, "-guided")
        screen.refresh_bindings()
        screen.call_after_refresh(self.share_room)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys at hand, described in the language in force."""
        found = cast("Screen[object]", super()).active_bindings
        return (
            {key: _described(one) for key, one in found.items()} if language() != ENGLISH else found
        )

    @property
    def hint_height(self) -> int:
        """The lines that a step takes."""
        screen = cast("GameScreen", self)
        return sum(hint.outer_size.height for hint in screen.query(Hint) if hint.display)

    def share_room(self) -> None:
        """A step has come or gone: screens that count their lines count them anew."""


class GameScreen(Guided, Screen[None]):
    """A whole screen. Subclasses give `compose_body` and their own keys."""

    HORIZONTAL_BREAKPOINTS = ACROSS
    VERTICAL_BREAKPOINTS = DOWN
    TITLE_LINE: ClassVar[str] = ""
    practice_kept = False
    """Whether a practice campaign is shown that is still being opened."""
    HELP: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_here", later("Choose"), show=False),
        Binding("escape", "back", later("Back"), show=False),
        Binding("q", "back", later("Back"), show=False),
        STEP_KEY,
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
        yield TopBar(said(self.TITLE_LINE))
        yield from self.compose_body()
        yield from self.compose_hint()
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


class GameModal(Guided, ModalScreen[Result]):
    """A question over a screen; it is dismissed with the answer."""

    HORIZONTAL_BREAKPOINTS = ACROSS
    VERTICAL_BREAKPOINTS = DOWN
    HELP: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_here", later("Choose"), show=False),
        # A modal hides the application's keys; these are wanted over a card too.
        Binding("question_mark,f1", "app.show_help", later("Help"), key_display="?"),
        Binding("f2", "app.charts", later("Chart room"), show=False),
        Binding("f3", "app.almanac", later("Almanac"), show=False),
        Binding("f4", "app.people", later("People and pledges"), show=False),
        Binding("f7", "app.inspector", later("Event inspector"), show=False),
        Binding("ctrl+p", "app.command_palette", later("palette"), show=False, key_display="^p"),
        STEP_KEY,
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
        yield from self.compose_hint()
        yield Footer(compact=True)
        yield TooSmall()

    def compose_body(self) -> ComposeResult:
        """What is asked."""
        yield from ()


def _described(active: ActiveBinding) -> ActiveBinding:
    """A key with its words in the language in force."""
    binding = active.binding
    words, tip = said(binding.description), said(binding.tooltip)
    return active._replace(
        binding=replace(binding, description=words, tooltip=tip), tooltip=said(active.tooltip)
    )


def take_size(screen: Screen[Result]) -> None:
    """Give a screen the classes of the terminal's size, so that it is not styled twice."""
    for extent, classes in zip(screen.app.size, (ACROSS, DOWN), strict=True):
        screen.add_class(max(one for one in classes if one[0] <= extent)[1])


def choose(focused: Widget | None, game: GuidingHandApp) -> None:
    """Choose the row under the cursor of a list that has the focus."""
    if not isinstance(focused, Rows):
        return
    if focused.highlighted is None and focused.option_count:
        game.tell(said("Nothing is chosen yet: press its number, or move to it and press Enter."))
    else:
        focused.action_select()
