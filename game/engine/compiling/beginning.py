"""The matrix that every world begins from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.compiling import hidden
from game.engine.execute import Floats
from game.engine.layout import Layout, special
from game.engine.lowering import NEVER
from game.engine.orders import DEGREES
from game.engine.targets import split_target
from game.rules.expression import Series

if TYPE_CHECKING:
    from game.packs import Pack
    from game.packs.schema_campaign import Scenario


def start_matrix(pack: Pack, scenario: Scenario, layout: Layout) -> Floats:
    """One column: what the pack and the scenario say that a campaign begins with."""
    matrix = np.zeros((layout.height, 1))
    _set_indicators(matrix, pack, layout)
    for entry in (*pack.events.values(), *pack.situations.values()):
        matrix[layout.rows(Series("last", entry.id, entry.scope))] = NEVER
        for sector in entry.sectors:
            matrix[layout.row(hidden.sector_mask(entry), sector)] = 1.0
    for flag in scenario.flags:
        matrix[layout.row(Series("flag", flag, "nation"))] = 1.0
    for name in ("lines_scale", "kept_promises"):
        matrix[layout.row(special(name))] = 1.0
    for text, value in scenario.starts_from.items():
        name, place = split_target(text)
        series = Series("indicator", name, pack.indicators[name].scope)
        matrix[layout.rows(series, place)] = value
    organised = special("architecture")
    matrix[layout.rows(organised)] = DEGREES["mixed"]
    for sector, architecture in scenario.architecture.items():
        matrix[layout.row(organised, sector)] = DEGREES[architecture]
    return matrix


def _set_indicators(matrix: Floats, pack: Pack, layout: Layout) -> None:
    """Stored indicators: the entry's start, and over it that of each sector or region."""
    places = {"sector": pack.sectors, "region": pack.regions}
    for name, entry in pack.indicators.items():
        if entry.formula is None:
            series = Series("indicator", name, entry.scope)
            matrix[layout.rows(series)] = 0.0 if entry.start is None else entry.start
            for place, given in places.get(entry.scope, {}).items():
                if name in given.start:
                    matrix[layout.row(series, place)] = given.start[name]
