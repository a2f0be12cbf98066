"""Promises: a level, and the word that says how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.worker import get_current_worker

from game.campaign.decisions import Bound, Promise, Word
from game.campaign.records import DraftAsk, Fan
from game.campaign.wording import amount
from game.tui.screens.base import GameScreen
from game.tui.text import BAD, GOOD, KEY, MUTED, Cell, lines, plain, row, say
from game.tui.widgets.chart import Chart, ticks
from game.tui.widgets.forecast import ForecastPanel
from game.tui.widgets.rows import Row, Rows
from game.tui.widgets.sheet import Sheet
from game.tui.widgets.slider import Slider
from game.words import later, meant, said

if TYPE_CHECKING:
    from game.tui.session import Session

WORDS: tuple[Word, ...] = ("sure", "likely", "open")
USUAL = {"sure": (3.0, -5.0), "likely": (2.0, -1.0), "open": (1.0, 0.0)}
LEAST, MOST = 2, 4
PROMISED = (
    later("Promised {count}: there is nothing to promise"),
    later("Promised {count}, of one"),
    later("Promised {count}, of two"),
    later("Promised {count}, of 2 or 3"),
    later("Promised {count}, of two to four"),
)
"""How far one is, by the number of measures that there are."""


def stakes(session: Session) -> dict[str, tuple[float, float]]:
    """What each word pays when kept and costs when broken, in this scenario."""
    prices = getattr(session.campaign.model.scenario, "prices", None)
    found: dict[str, tuple[float, float]] = {}
    for word in WORDS:
        pair = getattr(prices, word, None)
        try:
            found[word] = (float(pair[0]), float(pair[1]))  # type: ignore[index]
        except (TypeError, ValueError, IndexError):
            found[word] = USUAL[word]
    return found


class PromisesScreen(GameScreen):
    """Two to four promises, the mandate's among them, before the lock."""

    AT = "promise"
    HELP = later(
        "A promise is a level in the plan's last year and a word: sure, likely or open. "
        "It must beat what comes if nothing changes. Kept, it pays political capital; "
        "broken, it costs. The word is the claim: sure pays above four chances in five, "
        "open below one in two.\n\nThey are judged on reported numbers."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p,enter", "lock", later("Lock the plan"), key_display="p"),
        Binding("space", "promise", later("Promise/drop")),
        Binding("s", "word('sure')", later("Sure")),
        Binding("i", "word('likely')", later("Likely")),
        Binding("o", "word('open')", meant("the word of a promise", "Open")),
        Binding("left,h", "move(-1)", later("Lower"), show=False),
        Binding("right,l", "move(1)", later("Higher"), show=False),
        Binding("shift+left,H", "move(-5)", later("Much lower"), show=False),
        Binding("shift+right,L", "move(5)", later("Much higher"), show=False),
        Binding("escape,q", "back", later("Desk"), show=False, key_display="esc"),
    ]
    CSS = """
    PromisesScreen #measures { width: 40%; height: 1fr; }
    PromisesScreen #side { width: 1fr; }
    PromisesScreen #level { height: auto; padding: 0 1; }
    PromisesScreen ForecastPanel { height: 1fr; }
    PromisesScreen #stakes { height: auto; padding: 0 1; }
    """

    def __init__(self, ask: DraftAsk) -> None:
        super().__init__()
        self.ask = ask
        self._fans: dict[str, Fan] = {}
        self._draft_values: dict[str, float] = {}

    @property
    def session(self) -> Session:
        """The campaign at hand."""
        assert self.game.session is not None
        return self.game.session

    def compose_body(self) -> ComposeResult:
        """What can be promised; the level, the word and the forecast of it."""
        with Horizontal():
            yield Rows(id="measures", classes="panel")
            with Vertical(id="side"):
                with Vertical(id="level", classes="panel"):
                    yield Slider(id="slider")
                    yield Sheet(id="stakes")
                yield ForecastPanel(classes="panel")

    def on_mount(self) -> None:
        """Show what can be promised."""
        self._pays = stakes(self.session)
        self.top.show(said("Promises for {last_year}", last_year=self.ask.last_year), plain(""))
        self._measures = {m[0]: m for m in self.session.campaign.measures()}
        self._mandate = self.ask.mandate
        if self._mandate is not None and self._mandate.measure not in self._measures:
            title, unit = self.session.campaign.describe(self._mandate.measure)[:2]
            good = "up" if self._mandate.bound == "at_least" else "down"
            first = {self._mandate.measure: (self._mandate.measure, title, unit, good)}
            self._measures = {**first, **self._measures}
        self._show()
        self.query_one("#measures").focus()
        self._choose()

    @property
    def _here(self) -> str:
        return self.query_one("#measures", Rows).here or next(iter(self._measures), "")

    def _promise(self, measure: str) -> Promise | None:
        if self._mandate is not None and self._mandate.measure == measure:
            return self._mandate
        return self.session.promises.get(measure)

    def _bound(self, measure: str) -> Bound:
        return "at_most" if self._measures[measure][3] == "down" else "at_least"

    # Showing

    def _show(self) -> None:
        rows = self.query_one("#measures", Rows)
        rows.show([self._row(measure) for measure in self._measures])
        count = len(self.session.promises) + (self._mandate is not None)
        wanted = PROMISED[min(MOST, len(self._measures))]
        rows.border_title = plain(said(wanted, count=count))
        rows.border_subtitle = plain(self._missing(count) or said("space promises or drops"))
        self._show_stakes()

    def _missing(self, count: int) -> str:
        """How many promises the lock still waits for, in words; nothing where it waits for none."""
        more = min(LEAST, len(self._measures)) - count
        if more <= 0:
            return ""
        return (
            said("one more to lock: space")
            if more == 1
            else said("{more} more to lock: space", more=more)
        )

    def _row(self, measure: str) -> Row:
        promise, title, unit = self._promise(measure), *self._measures[measure][1:3]
        mandate = promise is not None and promise is self._mandate

        def build(width: int) -> Content:
            if promise is None:
                return row(width, [Cell("·", MUTED, 1), Cell(title)])
            mark = "#" if mandate else "✓"
            level = ("≥ " if promise.bound == "at_least" else "≤ ") + amount(promise.value, unit)
            return say(
                row(width, [Cell(mark, GOOD, 1), Cell(title, "bold")]),
                "\n",
                row(width, [Cell("", "", 1), Cell(f"{level}  {said(promise.word)}", GOOD),
                            Cell(said("mandate") if mandate else "", MUTED, 7, True)]),
            )  # fmt: skip

        return Row(measure, build)

    def _show_stakes(self) -> None:
        promise = self._promise(self._here)
        words: list[Content] = []
        for key, word in zip("sio", WORDS, strict=True):
            kept, broken = self._pays[word]
            on = promise is not None and promise.word == word
            cost = f"−{abs(broken):g}" if broken else "0"
            chosen = (f"● {said(word)} ", f"bold {GOOD}") if on else (f"○ {said(word)} ", "")
            words.append(say((f"{key} ", KEY), chosen, (f"+{kept:g}/{cost}", MUTED)))
        trouble = self._trouble(promise)
        note = say((trouble, BAD)) if trouble else plain(said("kept / broken, in capital"), MUTED)
        self.query_one("#stakes", Sheet).show(lambda width: _stakes(words, note, width))

    def _trouble(self, promise: Promise | None) -> str:
        base = self._baseline(promise.measure) if promise is not None else None
        if promise is None or base is None or promise.mandate:
            return ""
        beats = promise.value > base if promise.bound == "at_least" else promise.value < base
        return "" if beats else said("! It must beat what comes if nothing changes.")

    def _baseline(self, measure: str) -> float | None:
        fan = self._fans.get(measure)
        return fan.baseline[-1] if fan is not None and fan.baseline else None

    # The level

    @on(OptionList.OptionHighlighted)
    def _moved_list(self) -> None:
        if hasattr(self, "_measures"):
            self._choose()

    def _choose(self) -> None:
        self._show_stakes()
        if self._here in self._fans:
            self._show_fan(self._fans[self._here])
        else:
            self._count(self.session, self._here)

    @work(thread=True, exclusive=True, group="forecast")
    def _count(self, session: Session, measure: str) -> None:
        worker = get_current_worker()
        draft = session.draft
        forecaster = session.forecaster()
        if worker.is_cancelled or not measure:
            return
        fan = forecaster.fan(draft, measure)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._counted, measure, fan)

    def _counted(self, measure: str, fan: Fan) -> None:
        self._fans[measure] = fan
        if self.is_mounted and measure == self._here:
            self._show_fan(fan)
            self._show_stakes()

    def _show_fan(self, fan: Fan) -> None:
        measure = self._here
        bound, promise = self._bound(measure), self._promise(measure)
        if promise is not None:
            bound = promise.bound
        base = self._baseline(measure)
        low, high, step = reach(fan)
        if promise is not None:
            value = promise.value
        else:
            value = self._draft_values.get(measure, _start(base, fan, step, bound))
        low, high = min(low, value), max(high, value)
        slider = self.query_one(Slider)
        slider.aim(low, high, step, value, baseline=base, unit=fan.unit, at_most=bound == "at_most")
        slider.disabled = promise is not None and promise.mandate
        self.query_one("#level").border_title = plain(fan.title)
        self._draw(fan, value, bound)

    def _draw(self, fan: Fan, value: float, bound: Bound) -> None:
        word = said("at least") if bound == "at_least" else said("at most")
        self.query_one(ForecastPanel).show(Chart.of(fan, (self.ask.last_year, value), word))

    @on(Slider.Moved)
    def _slid(self, event: Slider.Moved) -> None:
        measure, promise = self._here, self._promise(self._here)
        self._draft_values[measure] = event.value
        if promise is not None and not promise.mandate:
            self._keep(measure, event.value, promise.word)
        if measure in self._fans:
            self._draw(self._fans[measure], event.value, self._bound(measure))

    def _keep(self, measure: str, value: float, word: Word) -> None:
        self.session.promises[measure] = Promise(measure, self._bound(measure), value, word)
        self._show()

    # Keys

    def action_move(self, by: int) -> None:
        """Move the level."""
        slider = self.query_one(Slider)
        if not slider.disabled:
            slider.action_move(by)

    def action_word(self, word: Word) -> None:
        """Say how sure it is; that promises it."""
        measure, promise = self._here, self._promise(self._here)
        if promise is not None and promise.mandate:
            self.game.tell(said("The mandate chose its own word."))
        elif promise is None and len(self.session.promises) + 1 > self._room():
            self.game.tell(said("Four promises are the most."), bad=True)
        elif measure in self._fans:
            self._keep(measure, self.query_one(Slider).value, word)

    def _room(self) -> int:
        return MOST - (self._mandate is not None)

    def action_promise(self) -> None:
        """Promise what is under the cursor, or drop it."""
        if self._here in self.session.promises:
            del self.session.promises[self._here]
            self._show()
        else:
            self.action_word("likely")

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_promise()

    def action_lock(self) -> None:
        """Show what the lock does."""
        from game.tui.screens.lock import LockModal

        own = tuple(self.session.promises.values())
        count = len(own) + (self._mandate is not None)
        trouble = next((self._trouble(one) for one in own if self._trouble(one)), "")
        if count < min(LEAST, len(self._measures)):
            self.game.tell(
                said(
                    "The plan cannot be locked yet: {count}. Move to a number; space promises it.",
                    count=self._missing(count),
                ),
                bad=True,
            )
        elif trouble:
            self.game.tell(trouble, bad=True)
        else:
            promises = (self._mandate, *own) if self._mandate is not None else own
            self.app.push_screen(LockModal(self.ask, promises))


def _stakes(words: list[Content], note: Content, width: int) -> Content:
    """The three words side by side where they fit, under one another else."""
    beside = Content("   ").join(words)
    return lines([beside, note]) if beside.cell_length <= width else lines([*words, note])


def reach(fan: Fan) -> tuple[float, float, float]:
    """The ends and the step of a slider over a forecast."""
    values = [run[-1] for run in fan.quantiles] + [fan.baseline[-1]]
    low, high = min(values), max(values)
    air = (high - low) or abs(high) * 0.2 or 0.1
    low, high = low - air, high + air
    found = ticks(low, high, 40)
    step = found[1] - found[0] if len(found) > 1 else air / 10
    return low, high, step


def _start(base: float | None, fan: Fan, step: float, bound: Bound) -> float:
    """A first level: the nearest step that beats what comes if nothing changes."""
    value = base if base is not None else fan.quantiles[2][-1]
    steps = value / step
    rounded = int(steps // 1) + 1 if bound == "at_least" else -(int(-steps // 1) + 1)
    return round(rounded * step, 10)
