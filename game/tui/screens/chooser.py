"""The scenario chooser: titles at the left, and what the one under the cursor is like."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from game.tui.library import FailedPack, ScenarioInfo
from game.tui.screens.base import GameScreen
from game.tui.text import KEY, MUTED, Cell, fit, lines, paragraphs, plain, row, say
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import counted, later, said

FAILED = "!"
"""Before the name of a pack that cannot be played: no scenario's id begins so."""


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
        Binding("p", "practise", later("Practise"), tooltip=later("Play it to try things out")),
        Binding("escape", "back", later("Back"), key_display="esc"),
    ]
    CSS = """
    ChooserScreen #list { width: 32; height: 1fr; margin: 1 0 0 1; }
    ChooserScreen #about { height: 1fr; margin: 1 1 0 1; padding: 1 2; }
    """

    def __init__(self, first: tuple[str, ...] = ()) -> None:
        """The list, with the cursor on the first of some scenarios where they are in it."""
        super().__init__()
        self._first = first

    def compose_body(self) -> ComposeResult:
        """List and details."""
        with Horizontal():
            yield Rows(id="list", classes="panel")
            with VerticalScroll(id="about", classes="panel"):
                yield Sheet(plain(said("Reading the scenarios ..."), MUTED))

    def on_mount(self) -> None:
        """Read the packs in a thread."""
        self._found: dict[str, ScenarioInfo] = {}
        self._failed: dict[str, FailedPack] = {}
        self.query_one(Rows).border_title = plain(said("Scenarios"))
        self.query_one(Rows).focus()
        self.fetch()

    @work(thread=True, exclusive=True)
    def fetch(self) -> None:
        """Read the scenarios."""
        library = self.game.library
        found = list(library.scenarios())
        self.app.call_from_thread(self._show, found, list(library.failed()))

    def _show(self, found: list[ScenarioInfo], failed: list[FailedPack]) -> None:
        self._found = {info.id: info for info in found}
        self._failed = {f"{FAILED}{one.name}": one for one in failed}
        told = [_failed_row(name, one) for name, one in self._failed.items()]
        here = next((info for info in found if info.id in self._first), None)
        self.query_one(Rows).show([*map(_row, found), *told], here.id if here else None)
        if found:
            self._preview(here or found[0])
        elif failed:
            self.query_one(Sheet).show(_about_failed(failed[0]))
        else:
            self.query_one(Sheet).show(plain(said("No pack has a scenario."), MUTED))

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        here = event.option_id or ""
        if here in self._found:
            self._preview(self._found[here])
        elif here in self._failed:
            self.query_one(Sheet).show(_about_failed(self._failed[here]))

    def _preview(self, info: ScenarioInfo) -> None:
        self.query_one(Sheet).show(lambda width: _about(info, width))

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_choose()

    @work
    async def action_choose(self, practice: bool = False) -> None:
        """Ask for a seed and begin."""
        from game.tui.screens.seed import SeedModal

        here = self.query_one(Rows).here or ""
        info = self._found.get(here)
        if info is None:
            if here in self._failed:
                self.query_one("#about").focus()
            return
        title = said("{title}: practice", title=info.title) if practice else info.title
        found = await self.app.push_screen_wait(SeedModal(title))
        if found is not None:
            seed = found[0]
            self.game.open_session(
                lambda library: library.begin(info.id, seed, practice=practice),
                said("Opening the office"),
            )

    def action_practise(self) -> None:
        """Begin a practice campaign: true numbers are open, and things can be done by hand."""
        self.action_choose(True)


def _row(info: ScenarioInfo) -> Row:
    def build(width: int) -> Content:
        return say(
            (fit(info.title, width), "bold"),
            "\n",
            row(
                width,
                [
                    Cell(said(info.difficulty), MUTED),
                    Cell(said("{minutes} min", minutes=info.minutes), MUTED, 7, True),
                ],
            ),
        )

    return Row(info.id, build)


def _failed_row(name: str, failed: FailedPack) -> Row:
    def build(width: int) -> Content:
        cannot = say(("! ", "bold $text-error"), (said("cannot be played"), MUTED))
        return say((fit(failed.name, width), "bold"), "\n", cannot)

    return Row(name, build)


def _about_failed(failed: FailedPack) -> Content:
    return lines(
        [
            say((said("{pack} cannot be played", pack=failed.name), "bold $text-error")),
            plain(failed.place, MUTED),
            plain(""),
            plain(failed.first, "bold"),
            plain(""),
            plain(said("Everything else can be played. What there is to say of it:"), MUTED),
            plain(""),
            plain(failed.findings),
        ]
    )


def _about(info: ScenarioInfo, width: int) -> Content:
    plans = counted("one plan", "{count} plans", info.plans)
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
        "about {minutes} minutes · {difficulty}",
        minutes=info.minutes,
        difficulty=said(info.difficulty),
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
