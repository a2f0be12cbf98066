"""Ten more years, carried on in many worlds, and which ending each of them comes to.

The strengths of the rules are those drawn for this campaign; only the dice of the years to come
differ. `after.x` is the number at their end: the median over the worlds for the ending that is
told, each world's own where forks are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.campaign.position import Before, Lines, PlayedYear
from game.campaign.tape import orders_of, rerun, spread
from game.engine import Batch, Draws
from game.engine.execute import evaluate
from game.rules.expression import Series

if TYPE_CHECKING:
    from game.campaign.table import Game
    from game.engine import Model, State
    from game.engine.execute import Floats
    from game.packs.schema import Ending

YEARS = 10
WORLDS = 256


def dice(game: Game, worlds: int) -> Draws:
    """Worlds 1 and up with the strengths of the campaign's own."""
    draws = Draws(game.model.streams, game.seed, range(1, worlds + 1), keep=True)
    draws.strengths[:] = game.draws.strengths[:, :1]
    return draws


def carried_on(model: Model, state: State, draws: Draws, lines: Lines) -> State:
    """Ten more years of the last plan, again and again, every event by its default."""
    batch = Batch(model, draws)
    batch.load(state, draws)
    for year in range(YEARS):
        if year % lines.years == 0:
            batch.begin_plan(orders_of(model, batch.state(), lines))
        fired = batch.fire(batch.open())
        last = year == YEARS - 1
        batch.close(fired, wanted=None if last else frozenset())
    return batch.state()


def after_rows(model: Model, matrix: Floats, after: Floats) -> Floats:
    """A matrix whose `after` rows hold the indicators of another."""
    result = matrix.copy()
    for name, entry in model.pack.indicators.items():
        source = model.layout.rows(Series("indicator", name, entry.scope))
        result[model.layout.rows(Series("after", name, entry.scope))] = after[source]
    return result


def medians(after: Floats) -> Floats:
    """The median of each row, as a column for two worlds."""
    middle = np.sort(after, axis=1)[:, after.shape[1] // 2]
    return np.repeat(middle[:, None], 2, axis=1)


def in_order(model: Model) -> tuple[Ending, ...]:
    """The scenario's endings in the order in which they are tried."""
    endings = [model.pack.endings[name] for name in model.scenario.endings]
    return tuple(sorted(endings, key=lambda one: (one.order, one.id)))


def holds(model: Model, text: str | None, matrix: Floats) -> NDArray[np.bool_]:
    """Whether a condition of an ending holds, world by world."""
    if text is None:
        return np.ones(matrix.shape[1], dtype=bool)
    expression = model.expressions.condition(text, ending=True)
    return np.asarray(evaluate(expression, matrix, model.layout)) > 0.5


def endings_by_world(model: Model, matrix: Floats) -> list[str]:
    """The ending of each world: the first whose condition holds."""
    found = [""] * matrix.shape[1]
    for ending in in_order(model):
        for world in np.flatnonzero(holds(model, ending.when, matrix)):
            if not found[world]:
                found[world] = ending.id
    return found


def outcomes(
    game: Game,
    start: State,
    years: Sequence[PlayedYear],
    lines: Lines,
    closing: Sequence[Before],
    draws: Draws,
) -> Counter[str]:
    """How often each ending comes of these years, played on from a state in many worlds.

    Args:
        game: what is played.
        start: the state, of one world, from which the worlds part.
        years: what was decided in them.
        lines: the last plan, which is carried on.
        closing: what was done to the state after the last year.
        draws: the worlds' dice.
    """
    model = game.model
    state = rerun(model, spread(start, draws.width), draws, years)
    for before in closing:
        state = _closed(model, state, before)
    after = carried_on(model, state, draws, lines)
    return Counter(endings_by_world(model, after_rows(model, state.matrix, after.matrix)))


def _closed(model: Model, state: State, before: Before) -> State:
    from game.campaign.tape import applied

    return applied(model, state, replace(before, plan=None))
