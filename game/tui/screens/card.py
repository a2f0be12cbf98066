"""A card: somebody, a place, a thing; then the answers, each with its price today."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from game.campaign.decisions import Answer
from game.campaign.records import Card, Option
from game.campaign.wording import amount, held
from game.tui.names import Names
from game.tui.screens.base import GameModal
from game.tui.screens.facts import FREE, price, quote_lines
from game.tui.text import (
    BAD,
    GOOD,
    KEY,
    MUTED,
    WARN,
    Cell,
    fit,
    lines,
    paragraphs,
    plain,
    row,
    say,
    wrapped,
)
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said

USUAL = (later("(what an office does)"), later("(as usual)"))
ANSWERS = (later("Answer 1"), later("Answer 2"), later("Answer 3"), later("Answer 4"))
"""How the answer is marked that comes when nobody decides, as far as there is room."""


class CardModal(GameModal[None]):
    """Asks for an answer: 1 to 4, arrows and Enter, or a click."""

    AT = "card"
    HELP = later(
        "Somebody wants an answer. Each option says what it costs and does today; what "
        "it does in ten years is for you to guess. The line at the foot is the passage "
        "that the card rests on. A price can be paid with a favour that somebody owes "
        "you: f instead of Enter."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_here", later("Answer")),
        *[
            Binding(f"{n}", f"pick({n - 1})", words, show=False)
            for n, words in enumerate(ANSWERS, 1)
        ],
        Binding("f", "favour", later("By favour"), tooltip=later("Somebody who owes you one pays")),
        Binding(
            "w",
            "why",
            later("Why now"),
            tooltip=later("What let this happen, and what it rests on"),
        ),
        Binding("pagedown,J", "page(1)", later("Read on"), key_display="pgdn"),
        Binding("pageup,K", "page(-1)", later("Read back"), show=False, key_display="pgup"),
        Binding("q,escape", "leave", later("Menu"), key_display="q"),
    ]
    CSS = """
    CardModal .card { width: 76; padding: 0 2; }
    CardModal #prose { height: auto; }
    CardModal #prose Sheet { max-width: 68; }
    CardModal Rows { height: auto; margin-top: 1; }
    CardModal .card { margin-bottom: 0; }
    """

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.asked = card

    def compose_body(self) -> ComposeResult:
        """Prose above, answers below."""
        session = self.game.session
        assert session is not None
        self.names = Names(session.campaign)
        asked = self.asked
        with Vertical(classes="card") as card:
            where = f", {self.names.sector(asked.sector, short=True)}" if asked.sector else ""
            card.border_title = plain(f"{asked.title}{where}")
            card.border_subtitle = plain(
                said(
                    "{year} · capital {capital}",
                    year=asked.year,
                    capital=held(session.campaign.capital),
                )
                + (f" · {asked.place}" if asked.place else "")
            )
            with VerticalScroll(id="prose", can_focus=False):
                yield Sheet(self._prose())
            rows = [self._option(i, option) for i, option in enumerate(asked.options)]
            yield Rows(rows, id="options", unset=True)

    def on_mount(self) -> None:
        """The answers have the cursor."""
        self.query_one(Rows).focus()
        self.call_after_refresh(self.share_room)

    def step_place(self) -> str:
        """Requests have steps of their own."""
        session = self.game.session
        assert session is not None
        event = session.campaign.model.pack.events.get(self.asked.event)
        return "request" if event is not None and event.beat == "request" else self.AT

    def on_resize(self) -> None:
        """Another height: share it anew."""
        self.call_after_refresh(self.share_room)

    def share_room(self) -> None:
        """The answers stand whole; the prose takes what is left and scrolls."""
        answers, height = self.query_one(Rows), self.size.height - self.hint_height
        lines_of_answers = min(answers.virtual_size.height, max(6, height // 2))
        answers.styles.max_height = lines_of_answers
        self.query_one("#prose").styles.max_height = max(3, height - 4 - lines_of_answers)

    def _prose(self) -> Content:
        asked = self.asked
        parts: list[Content] = []
        if asked.by is not None:
            parts.append(say((f"{asked.by.name}, {asked.by.title}", KEY)))
        if asked.recall:
            parts.append(plain(asked.recall, "italic $text-warning"))
        if parts:
            parts.append(plain(""))
        parts.append(plain(paragraphs(asked.text)))
        for reading in asked.opened:
            found = reading.true if reading.true is not None else reading.reported
            true, told = amount(found, reading.unit), amount(reading.reported, reading.unit)
            words = said("{title}: reported {told},", title=reading.title, told=told) + " "
            parts.append(
                say(
                    (fit(said("opened"), 8), KEY),
                    words,
                    (said("true {true}", true=true), f"bold {WARN}"),
                )
            )
        if asked.quote is not None:
            parts += [plain(""), quote_lines(asked.quote)]
        return lines(parts)

    def _option(self, index: int, option: Option) -> Row:
        cost = price(option, self.names)
        free = cost == said(FREE)

        def build(width: int) -> Content:
            key, words = (KEY, "bold") if option.can else (MUTED, MUTED)
            label, style = option.label, GOOD if free else WARN
            if option.default:
                room = width - cell_len(label + cost) - 3
                marks = [f" {said(one)}" for one in USUAL]
                usual = next((one for one in marks if cell_len(one) <= room), "")
                label += usual
            beside = cell_len(label) + cell_len(cost) + 4 <= width
            cells = [Cell(str(index + 1), key, 1), Cell(label, words)]
            if beside:
                cells.append(Cell(cost, style, cell_len(cost), True))
            first = row(width, cells)
            below = [] if beside else [row(width, [Cell("", "", 1), Cell(cost, style)])]
            below += [plain(f"  {line}", MUTED) for line in _wrapped(option.now, width - 2)]
            if not option.can:
                below.append(
                    plain(("  " + said("not now: {why_not}", why_not=option.why_not)), BAD)
                )
            return lines([first, *below])

        return Row(option.id, build)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._answer(self.asked.options[event.option_index], favour=False)

    def _answer(self, option: Option, *, favour: bool) -> None:
        if not option.can:
            self.game.tell(said("Not now: {why_not}.", why_not=option.why_not), bad=True)
            return
        only = option.favour is not None and not option.money and not option.capital
        self.game.decide(Answer(option.id, favour or only))

    def action_pick(self, index: int) -> None:
        """Give the answer with this number."""
        if index < len(self.asked.options):
            self._answer(self.asked.options[index], favour=False)

    def action_favour(self) -> None:
        """Give the answer under the cursor and let a favour pay."""
        here = self.query_one(Rows).here
        option = next((one for one in self.asked.options if one.id == here), None)
        if option is None:
            self.game.tell(said("Move to an answer first; then f lets a favour pay for it."))
        elif option.favour is None:
            self.game.tell(said("Nobody owes you a favour for this."), bad=True)
        else:
            self._answer(option, favour=True)

    def action_why(self) -> None:
        """What let this happen, and the passages."""
        from game.tui.screens.why_now import WhyNowModal

        self.app.push_screen(WhyNowModal(self.asked))

    def action_page(self, by: int) -> None:
        """Scroll the prose."""
        prose = self.query_one("#prose", VerticalScroll)
        prose.scroll_relative(y=by * max(1, prose.size.height - 1), animate=False)

    def action_leave(self) -> None:
        """To the menu; the card waits in the save."""
        self.game.leave_campaign()


def _wrapped(words: str, width: int) -> list[str]:
    """The words on two lines at most."""
    found = wrapped(words, max(10, width))
    return found if len(found) <= 2 else [found[0], fit(" ".join(found[1:]), width).rstrip()]
