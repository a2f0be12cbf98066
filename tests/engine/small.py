"""A small pack to try one thing with, and a game of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from game.engine import (
    Draws,
    Model,
    Orders,
    Outcome,
    Pending,
    State,
    begin_plan,
    close_year,
    open_year,
    start,
)
from tests.oracle.packs import Entry, Made

Cells = Mapping[tuple[str, str | None], float]


def indicator(name: str, scope: str = "nation", **more: Any) -> Entry:
    """A stored indicator from 0 to 100 that starts at 50, or a computed one (`is`)."""
    entry = {"id": name, "title": name, "scope": scope, "bounds": [0, 100], **more}
    return entry if "is" in entry else {"start": 50, **entry}


def rule(name: str, adds_to: str, rate: str, grade: str = "documented") -> Entry:
    """A rule; documented ones are as strong as they are written in every world."""
    return {"id": name, "adds_to": adds_to, "rate": rate, "grade": grade}


def event(name: str, **more: Any) -> Entry:
    """An event that comes every year, unless told otherwise."""
    return {"id": name, "title": name, "chance": "1", "cooldown": 1, **more}


def asking(name: str, *choices: Entry, **more: Any) -> Entry:
    """An event that asks; its first answer costs nothing, does nothing and is the default."""
    ways = [{"id": "no", "label": "No"}, *({"label": "Yes", **choice} for choice in choices)]
    return event(name, text="What now?", choices=ways, default="no", **more)


def model(*entries: Entry, **scenario: Any) -> Model:
    """A pack of indicators, rules, events and situations, told apart by their fields."""

    def of(*fields: str) -> list[Entry]:
        return [one for one in entries if any(name in one for name in fields)]

    instruments = of("ramp")
    return Made(
        {
            "pack": {"id": "small", "title": "Small", "version": "1.0.0", "format": 1},
            "channels": [{"id": "money", "title": "Money"}, {"id": "minds", "title": "Minds"}],
            "sectors": [{"id": name, "title": name} for name in ("steel", "wool", "paper")],
            "regions": [{"id": name, "title": name} for name in ("north", "south")],
            "people": [
                {"id": "warden", "title": "Warden", "holders": [{"name": "A", "trait": "b"}]}
            ],
            "indicators/all": [
                {"id": "gold", "title": "Gold", "scope": "nation", "bounds": [0, 10], "start": 5},
                *of("bounds"),
            ],
            "rules/all": of("adds_to"),
            "instruments/all": instruments or [line("loans", "sector"), line("schools", "nation")],
            "events/all": of("chance", "starts"),
            "endings/all": [{"id": "end", "title": "End", "order": 1, "text": "It ends."}],
            "scenarios/all": {
                "id": "game",
                "title": "Game",
                "opening": "Here it is.",
                "start": 2011,
                "plans": [{"title": name, "short": name} for name in "12"],
                "desk": {"slots": 2, "unit": "10%"},
                "budget": "500",
                "capital": "gold",
                "endings": ["end"],
                **scenario,
            },
        }
    ).model()


def line(name: str, scope: str, *, ramp: float = 2, half: float = 10) -> Entry:
    """An instrument."""
    channel = "money" if scope == "sector" else "minds"
    return {
        "id": name, "title": name, "channel": channel, "scope": scope, "ramp": ramp, "half": half,
    }  # fmt: skip


@dataclass
class Game:
    """A model played by hand, year by year, under one seed."""

    model: Model
    seed: int = 1
    worlds: range = range(1)
    state: State = field(init=False)
    pending: Pending = field(init=False)

    def __post_init__(self) -> None:
        self.draws = Draws(self.model.streams, self.seed, self.worlds)
        self.state = start(self.model, self.draws)

    def plan(self, cells: Cells | None = None, years: int = 5) -> Game:
        """A plan that gives these billions over its years."""
        orders = Orders.of(self.model, self.state, cells or {}, years=years)
        self.state = begin_plan(self.model, self.state, orders)
        return self

    def open(self, **options: Any) -> Pending:
        """The next year, with its events."""
        self.pending = open_year(self.model, self.state, self.draws, **options)
        return self.pending

    def year(self, choices: Mapping[Any, str] | None = None, **options: Any) -> Outcome:
        """One more year."""
        opening = {name: options.pop(name) for name in ("force", "mask") if name in options}
        outcome = close_year(self.open(**opening), choices, ledger_of=0, **options)
        self.state = outcome.state
        return outcome

    def read(self, text: str) -> float:
        """A national number as it stands in the first world."""
        expression = self.model.expressions.either(text)
        return float(self.model.value(expression, self.state.matrix)[0])

    def fired(self, outcome: Outcome) -> list[tuple[str, str | None]]:
        """The events of a year in the first world."""
        return [
            (one.id, one.sector)
            for one in outcome.happened
            if one.kind == "event" and one.column == 0
        ]
