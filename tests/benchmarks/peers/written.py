"""A model as a Python module, with its starting numbers and the lines of its plans."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any

from game.engine import Draws, Model, start
from game.engine.layout import special
from game.lab.planning import Planner
from game.rules.expression import Axis, Series
from tests.benchmarks.peers.wording import AXES, Dialect
from tests.benchmarks.peers.writing import Writer


@dataclass(frozen=True)
class Line:
    """One line of a plan: whose attributes keep its money and what that does."""

    axis: Axis
    place: int
    planned: str
    locked: str
    smoothed: str
    support: str
    ramp: float
    half: float
    key: tuple[str, str]
    """The dossier that it belongs to."""


class Written:
    """A model as a module of plain Python, with what the frame needs to know of it."""

    def __init__(self, model: Model, planner: Planner, dialect: Dialect = "plain") -> None:
        self.model = model
        self.planner = planner
        self.writer = Writer(model, dialect)
        self.lines = [self._line(i) for i in range(len(model.instruments.cells))]
        assert model.scenario.capital is not None
        self.capital = self.writer.keep_moved(Series("indicator", model.scenario.capital, "nation"))
        self.architecture = self.writer.names.of(special("architecture"))
        self.source = self.writer.source()
        self.attributes = {axis: list(self.writer.names.attributes[axis].items()) for axis in AXES}
        # The state before the first year is the same in every world but for the strengths.
        self.first = start(model, Draws(model.streams, 0, range(1))).matrix[:, 0].tolist()

    def compiled(self, **given: Any) -> dict[str, Any]:
        """The module's names, once it has run."""
        module = ModuleType(f"written_in_{self.writer.dialect}")
        sys.modules[module.__name__] = module  # dataclasses look their module up
        module.__dict__.update(given)
        exec(compile(self.source, f"<{module.__name__}>", "exec"), module.__dict__)
        return module.__dict__

    def put(self, target: Any, axis: Axis, place: int) -> None:
        """The starting numbers of the nation or of one place."""
        for name, (series, lagged) in self.attributes[axis]:
            starts = self.model.layout.lagged if lagged else self.model.layout.starts
            setattr(target, name, self.first[starts[series] + place])
        for series in self.writer.moved:
            if series.axis == axis:
                name = self.writer.names.of(series)
                setattr(target, f"next_{name}", getattr(target, name))

    def _line(self, position: int) -> Line:
        lines, layout, names = self.model.instruments, self.model.layout, self.writer.names
        instrument, sector = lines.cells[position]
        axis: Axis = "nation" if sector is None else "sector"
        return Line(
            axis,
            0 if sector is None else layout.places["sector"].index(sector),
            names.of(Series("planned", instrument, axis)),
            names.of(Series("locked", instrument, axis)),
            names.of(Series("hidden", f"smoothed {instrument}", axis)),
            names.of(Series("support", instrument, axis)),
            float(lines.ramps[position, 0]),
            float(lines.halves[position, 0]),
            dossier_of(sector, self.model.pack.instruments[instrument].channel),
        )

    @cached_property
    def prices(self) -> Mapping[str, float]:
        """What closing costs, by weight; what a plan adds to it; and a change at mid-term."""
        prices = self.model.scenario.prices
        return {
            "light": float(prices.close.light),
            "medium": float(prices.close.medium),
            "heavy": float(prices.close.heavy),
            "per_plan": float(prices.per_plan),
            "midterm": float(prices.midterm),
        }


def dossier_of(sector: str | None, channel: str | None) -> tuple[str, str]:
    return ("sector", sector) if sector is not None else ("channel", channel or "")
