"""The scenario chooser: titles at the left, and what the one under the cursor is like."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from game.tui.library import ScenarioInfo
from game.tui.screens.base import GameScreen
from game.tui.text import KEY, MUTED, Cell, fit, lines, paragraphs, plain, row, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said


class ChooserScreen(GameScreen):
    """Chooses a scenario; Enter goes on to the seed."""

    TITLE_LINE = later("New campaign")
    HELP = later(
        "Move through the scenarios; the right side says how long one takes and where "
        "the country stands at its start. Enter takes it and asks for a seed, which you "
        "may leave empty."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", later("Take it")),
        Binding("escape", "back", later("Back"), key_display="esc"),
    ]
    CSS = """
    ChooserScreen #list { width: 32; height: 1fr; margin: 1 0 0 1; }
    ChooserScreen #about { height: 1fr; margin: 1 1 0 1; padding: 1 2; }
    """

    def compose_body(self) -> ComposeResult:
        """List and details."""
        with Horizontal():
            yield Rows(id="list", classes="panel")
            with VerticalScroll(id="about", classes="panel"):
                yield Sheet(plain(said("Reading the scenarios ..."), MUTED))

    def on_mount(self) -> None:
        """Read the packs in a thread."""
        self._found: dict[str, ScenarioInfo] = {}
        self.query_one(Rows).border_title = plain(said("Scenarios"))
        self.query_one(Rows).focus()
        self.fetch()

    @work(thread=True, exclusive=True)
    def fetch(self) -> None:
        """Read the scenarios."""
        found = self.game.library.scenarios()
        self.app.call_from_thread(self._show, list(found))

    def _show(self, found: list[ScenarioInfo]) -> None:
        self._found = {info.id: info for info in found}
        self.query_one(Rows).show([_row(info) for info in found])
        if found:
            self._preview(found[0])
        else:
            self.query_one(Sheet).show(plain(said("No pack has a scenario."), MUTED))

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        info = self._found.get(event.option_id or "")
        if info is not None:
            self._preview(info)

    def _preview(self, info: ScenarioInfo) -> None:
        self.query_one(Sheet).show(lambda width: _about(info, width))

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_choose()

    @work
    async def action_choose(self) -> None:
        """Ask for a seed and begin."""
        from game.tui.screens.seed import SeedModal

        info = self._found.get(self.query_one(Rows).here or "")
        if info is None:
            return
        found = await self.app.push_screen_wait(SeedModal(info.title))
        if found is not None:
            seed = found[0]
            self.game.open_session(
                lambda library: library.begin(info.id, seed), said("Opening the office")
            )


def _row(info: ScenarioInfo) -> Row:
    def build(width: int) -> Content:
        return say(
            (fit(info.title, width), "bold"),
            "\n",
            row(
                width,
                [
                    Cell(info.difficulty, MUTED),
                    Cell(said("{minutes} min", minutes=info.minutes), MUTED, 7, True),
                ],
            ),
        )

    return Row(info.id, build)


def _about(info: ScenarioInfo, width: int) -> Content:
    plans = said("one plan") if info.plans == 1 else said("{plans} plans", plans=info.plans)
    facts = (
        said(
            "{first_year}–{last_year} · {plans} · a desk for {desk} dossiers ·",
            first_year=info.first_year,
            last_year=info.last_year,
            plans=plans,
            desk=info.desk,
        )
        + " "
    )
    facts += said(
        "about {minutes} minutes · {difficulty}", minutes=info.minutes, difficulty=info.difficulty
    )
    parts = [
        say((info.title, "bold $text-accent")),
        plain(info.subtitle, "italic"),
        plain(""),
        plain(facts, MUTED),
        plain(""),
        plain(paragraphs(info.opening)),
    ]
    if info.start:
        parts += [plain(""), plain(said("Where the country stands"), "bold")]
        parts += [
            row(min(width, 54), [Cell(title), Cell(value, "bold", 16, True)])
            for title, value in info.start
        ]
    parts += [plain(""), say(((said("Enter") + " "), KEY), (said("takes this scenario"), MUTED))]
    return lines(parts)
