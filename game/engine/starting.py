"""The state before the first year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from game.engine.draws import Draws
from game.engine.execute import Floats
from game.engine.layout import special
from game.engine.model import Model
from game.engine.orders import Cell, priorities
from game.engine.state import State
from game.engine.targets import split_target
from game.engine.year import workspace
from game.rules.expression import Series


def start(
    model: Model,
    draws: Draws,
    *,
    changes: Mapping[str, float] | None = None,
    flags: Iterable[str] = (),
    inherited: Mapping[Cell, float] | None = None,
) -> State:
    """The worlds at the end of the year before the first.

    Args:
        model: the compiled scenario.
        draws: the worlds' dice.
        changes: starting numbers replaced, by `indicator` or `indicator[place]`, absolute.
        flags: flags that stand.
        inherited: billion yuan a year of the plan before; the scenario's where None.

    Raises:
        KeyError: a name that the pack does not have, or a computed indicator.
    """
    matrix: Floats = np.repeat(model.start, draws.width, axis=1)
    for text, value in (changes or {}).items():
        set_number(model, matrix, text, value)
    for flag in flags:
        matrix[model.layout.row(Series("flag", flag, "nation"))] = 1.0
    spending = scenario_spending(model) if inherited is None else inherited
    lines = model.instruments
    for cell, amount in spending.items():
        row = lines.position[cell]
        matrix[lines.planned.start + row] = amount
        matrix[lines.smoothed.start + row] = amount
    year = float(model.scenario.start - 1)
    matrix[model.layout.row(special("year"))] = year
    matrix[model.layout.row(special("priorities"))] = priorities(model, spending)
    matrix[model.layout.row(special("desk"))] = model.money.slots
    # What comes before the first plan reads as its beginning: rules may divide by these.
    matrix[model.layout.row(special("plan"))] = 1.0
    matrix[model.layout.row(special("plan_year"))] = 1.0
    before = State(matrix=matrix, year=int(year), plans=0, plan_years=5, behind=None)
    with workspace(model, draws.width) as batch:
        batch.load(before, draws)
        batch.settle()
        return batch.state()


def set_number(model: Model, matrix: np.ndarray, text: str, value: float) -> None:
    """Put a starting number in place, within its bounds.

    Raises:
        KeyError: a name that the pack does not have, or a computed indicator.
    """
    name, place = split_target(text)
    entry = model.pack.indicators[name]
    if entry.formula is not None:
        raise KeyError(f"{name} is computed; it cannot be set")
    series = Series("indicator", name, entry.scope)
    low, high = entry.bounds
    rows: int | slice = model.layout.rows(series)
    if place is not None:
        if place not in model.layout.places[entry.scope]:
            raise KeyError(f"{name} has no {place}")
        rows = model.layout.row(series, place)
    matrix[rows] = min(max(float(value), low), high)


def scenario_spending(model: Model) -> dict[Cell, float]:
    """What the plan before spent, in billion yuan a year."""
    return spending_cells(model, model.scenario.inherited)


def spending_cells(
    model: Model, spending: Mapping[str, float | Mapping[str, float]]
) -> dict[Cell, float]:
    """Cells of a nested mapping; one number for a sector instrument is split over its sectors."""
    cells: dict[Cell, float] = {}
    for instrument, given in spending.items():
        if model.pack.instruments[instrument].scope == "nation":
            assert not isinstance(given, Mapping)
            cells[instrument, None] = float(given)
        elif isinstance(given, Mapping):
            for sector, amount in given.items():
                cells[instrument, sector] = float(amount)
        else:
            sectors = sectors_in_play(model)
            for sector in sectors:
                cells[instrument, sector] = float(given) / len(sectors)
    return cells


def sectors_in_play(model: Model) -> tuple[str, ...]:
    """The sectors that the scenario lets a plan fund."""
    named = model.scenario.sectors
    return tuple(model.pack.sectors) if named == "all" else tuple(named)
