"""What is reported: true numbers seen through a statistics system that flatters and blurs."""

from __future__ import annotations

import numpy as np

from game.engine.draws import Draws
from game.engine.execute import Floats
from game.engine.layout import indicator
from game.engine.model import Model
from game.engine.state import State
from game.rules.expression import Expression


def reported_matrix(model: Model, state: State, draws: Draws) -> Floats:
    """The state's matrix with every distorted indicator as it is reported.

    A reported number is the true one plus its bias plus a keyed bell times its noise, within the
    indicator's bounds. Bias and noise are expressions of the pack, read on true numbers.
    """
    matrix = state.matrix.copy()
    for name, entry in model.pack.indicators.items():
        if entry.reported is None:
            continue
        series = indicator(name, entry.scope)
        rows = model.layout.rows(series)
        places = model.layout.places[entry.scope]
        bias = model.expressions.number(entry.reported.bias, entry.scope)
        noise = model.expressions.number(entry.reported.noise, entry.scope)
        key = model.pack.lasting_id("indicator", name)
        bell = draws.bell("reported", key, places, state.year)
        shift = model.value(bias, state.matrix)
        blur = model.value(noise, state.matrix)
        matrix[rows] = np.clip(state.matrix[rows] + shift + blur * bell, *entry.bounds)
    return matrix


def reported(model: Model, state: State, draws: Draws, expression: Expression) -> Floats:
    """An expression over reported numbers, in every world."""
    return model.value(expression, reported_matrix(model, state, draws))
