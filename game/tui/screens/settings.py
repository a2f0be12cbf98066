"""Settings: theme, animations, folding of quiet years, guided steps."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import OptionList

from game.tui.screens.base import GameScreen
from game.tui.text import GOOD, MUTED, Cell, plain, row, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import languages, later, said


class SettingsScreen(GameScreen):
    """A row a setting; Enter changes it, and it is kept at once."""

    TITLE_LINE = later("Settings")
    HELP = later(
        "Settings are kept at once. NO_COLOR in the environment takes all colour away; "
        "TEXTUAL_ANIMATIONS=none all movement."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_here", later("Change")),
        Binding("left,h", "step(-1)", later("Theme before"), key_display="←"),
        Binding("right,l", "step(1)", later("Next theme"), key_display="→"),
        Binding("escape,q", "back", later("Back"), key_display="esc"),
    ]
    CSS = """
    SettingsScreen #page { width: 72; max-width: 100%; height: auto; margin-top: 2; padding: 1 2; }
    """

    def __init__(self, *, here: str | None = None) -> None:
        super().__init__()
        self._here = here

    def compose_body(self) -> ComposeResult:
        """The settings, and where they are kept."""
        with Center(), Vertical(id="page", classes="panel") as page:
            page.border_title = plain(said("Settings"))
            yield Rows()
            yield Sheet(plain(said("Changes are kept at once."), MUTED), classes="gap")

    def on_mount(self) -> None:
        """Show what is set."""
        self._show(self._here)
        self.query_one(Rows).focus()

    def _show(self, here: str | None = None) -> None:
        kept = self.game.settings
        rows = [
            _row("theme", said("Theme"), kept.theme, said("left and right try them")),
            _row(
                "animations",
                said("Animations"),
                _yes(kept.animations),
                said("movement on the screen"),
            ),
            _row(
                "fold_quiet_years",
                said("Fold quiet years"),
                _yes(kept.fold_quiet_years),
                said("years in which no clock moved"),
            ),
            _row("steps", said("Guided steps"), _yes(kept.steps), said("hints in the first plan")),
            _row(
                "language",
                said("Language"),
                kept.language or said("the system's"),
                said("of words and packs"),
            ),
        ]
        self.query_one(Rows).show(rows, here)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        kept = self.game.settings
        match event.option_id:
            case "theme":
                self.action_step(1)
            case "animations":
                self.game.keep_settings(animations=not kept.animations)
            case "fold_quiet_years":
                self.game.keep_settings(fold_quiet_years=not kept.fold_quiet_years)
            case "steps":
                self.game.keep_settings(steps=not kept.steps, steps_closed=())
            case "language":
                self.game.keep_settings(language=_next_language(kept.language))
                return
        self._show()

    def action_step(self, by: int) -> None:
        """Try the next theme."""
        names = sorted(self.app.available_themes, key=lambda n: (not n.startswith("guiding"), n))
        here = names.index(self.app.theme) if self.app.theme in names else 0
        self.app.theme = names[(here + by) % len(names)]
        self.game.keep_settings(theme=self.app.theme)
        self._show()


def _next_language(now: str) -> str:
    """The language after one; empty, for the system's, comes after the last."""
    known = ("", *languages())
    return known[(known.index(now) + 1) % len(known)] if now in known else ""


def _yes(value: bool) -> str:
    return said("on") if value else said("off")


def _row(name: str, title: str, value: str, about: str) -> Row:
    def build(width: int) -> Content:
        cells = [Cell(title, "bold", 18), Cell(value, GOOD, 22), Cell(about, MUTED)]
        return say(row(width, cells))

    return Row(name, build)
