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

from game.campaign.position import Before, Lines
from game.campaign.tape import Variant, applied, picked, rerun
from game.engine import Draws
from game.engine.year import workspace
from game.rules.expression import Expression, Series

if TYPE_CHECKING:
    from game.campaign.table import Game
    from game.engine import Model, State
    from game.engine.execute import Floats
    from game.packs.schema import Ending

YEARS = 10
WORLDS = 256


def dice(game: Game, worlds: int, times: int = 1) -> Draws:
    """Worlds 1 and up, so many times over, with the strengths of the campaign's own."""
    ids = [*range(1, worlds + 1)] * times
    draws = Draws(game.model.streams, game.seed, ids)
    draws.strengths[:] = game.draws.strengths[:, :1]
    return draws


def carried_on(
    model: Model, state: State, draws: Draws, lines: Sequence[Lines], which: NDArray[np.int64]
) -> State:
    """Ten more years of the last plan, again and again, every event by its default."""
    years = lines[0].years
    nothing: frozenset[Expression] = frozenset((model.money.budget, model.money.scale))
    with workspace(model, draws.width, ledger=False) as batch:
        batch.load(state, draws)
        for year in range(YEARS):
            if year % years == 0:
                batch.begin_plan(picked(model, batch.state(), lines, which))
            fired = batch.fire(batch.open())
            batch.close(fired, wanted=nothing if year < YEARS - 1 else None)
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
    return model.value(expression, matrix) > 0.5


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
    variants: Sequence[Variant],
    closing: Sequence[Before],
    draws: Draws,
    each: int,
) -> list[Counter[str]]:
    """How often each ending comes of each variant, played on from a state in many worlds.

    Args:
        game: what is played.
        start: the state, of one world, from which the worlds part.
        variants: what is decided from then on.
        closing: what was done to the state after the last year.
        draws: dice of as many columns as there are variants times `each`.
        each: worlds of each variant.
    """
    model = game.model
    state = rerun(game, start, draws, variants, each)
    for before in closing:
        state = applied(model, state, replace(before, plan=None, shift=None))
    which = np.repeat(np.arange(len(variants)), each)
    after = carried_on(model, state, draws, [one.lines for one in variants], which)
    found = endings_by_world(model, after_rows(model, state.matrix, after.matrix))
    return [Counter(found[i * each : (i + 1) * each]) for i in range(len(variants))]
