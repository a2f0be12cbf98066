"""A slider over the level of a promise, with marks for what happens if nothing changes."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from game.campaign.wording import amount
from game.tui.text import GOOD, KEY, MUTED, WARN, Part, say
from game.words import later, said


class Slider(Widget, can_focus=True):
    """Left and right move the level by a round step."""

    DEFAULT_CSS = """
    Slider { height: 2; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", later("Lower"), show=False),
        Binding("right,l", "move(1)", later("Higher"), show=False),
        Binding("shift+left,H", "move(-5)", later("Much lower"), show=False),
        Binding("shift+right,L", "move(5)", later("Much higher"), show=False),
    ]

    class Moved(Message):
        """The level is another."""

        def __init__(self, value: float) -> None:
            super().__init__()
            self.value = value

    value: reactive[float] = reactive(0.0)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.low, self.high, self.step = 0.0, 1.0, 0.1
        self.baseline: float | None = None
        self.unit = ""
        self.at_most = False

    def aim(
        self,
        low: float,
        high: float,
        step: float,
        value: float,
        *,
        baseline: float | None,
        unit: str,
        at_most: bool,
    ) -> None:
        """Set the slider to another measure."""
        self.low, self.high, self.step = low, high, step
        self.baseline, self.unit, self.at_most = baseline, unit, at_most
        with self.prevent(Slider.Moved):
            self.value = value
        self.refresh()

    def action_move(self, by: int) -> None:
        """Move by steps."""
        wanted = round(self.value / self.step + by) * self.step
        self._put(wanted)

    def _put(self, wanted: float) -> None:
        value = round(max(self.low, min(self.high, wanted)), 10)
        if value != self.value:
            self.value = value
            self.post_message(self.Moved(value))

    def on_click(self, event: events.Click) -> None:
        """Put the level under the mouse."""
        width = max(1, self.content_size.width - 1)
        share = (event.x - 1) / width
        self._put(round((self.low + share * (self.high - self.low)) / self.step) * self.step)

    def render(self) -> Content:
        """The rail, the knob and the words."""
        width = max(10, self.content_size.width)
        span = (self.high - self.low) or 1.0

        def place(value: float) -> int:
            return max(0, min(width - 1, round((value - self.low) / span * (width - 1))))

        knob = place(self.value)
        base = place(self.baseline) if self.baseline is not None else -1
        rail: list[Part] = []
        for x in range(width):
            kept = x <= knob if self.at_most else x >= knob
            if x == knob:
                rail.append(("◆", KEY))
            elif x == base:
                rail.append(("┊", WARN))
            else:
                rail.append(("━" if kept else "─", GOOD if kept else MUTED))
        words: list[Part] = [
            "\n",
            (
                ((said("at most") + " ") if self.at_most else (said("at least") + " "))
                + amount(self.value, self.unit),
                "bold",
            ),
        ]
        if self.baseline is not None:
            words.append(
                (
                    (
                        "   "
                        + said(
                            "┊ if nothing changes {baseline}",
                            baseline=amount(self.baseline, self.unit),
                        )
                    ),
                    WARN,
                )
            )
        return say(*rail, *words)
