"""What strategies come to: balances, endings, and what happened on the way, over many worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from game.campaign.afterwards import YEARS, after_rows, endings_by_world
from game.engine import Draws
from game.engine.layout import Layout
from game.lab.office import Office
from game.lab.planning import Planner
from game.lab.running import Job, blocks_of, years_of
from game.rules.expression import Axis, Series, SeriesKind

if TYPE_CHECKING:
    from game.engine import Batch, Model
    from game.engine.execute import Floats

BLOCK = 1024
LASTING = 5
"""Years of a plan when the scenario is over and its last plan is carried on."""


@dataclass(frozen=True)
class Standing:
    """What one strategy came to.

    Attributes:
        name: the strategy.
        balances: each balance at the scenario's end, 0 to 100: shape (balances, worlds).
        endings: the share of the worlds that came to each ending; `""` where none held.
        happened: how often each event happened in each world, by id: shape (worlds,).
        begun: how often each situation began, by id.
        acting: whether each situation still acted at the end, by id.
    """

    name: str
    balances: Floats
    endings: Mapping[str, float]
    happened: Mapping[str, Floats]
    begun: Mapping[str, Floats]
    acting: Mapping[str, Floats]

    @property
    def means(self) -> Floats:
        """Each balance, as the mean over worlds."""
        return np.asarray(self.balances.mean(axis=1))

    @property
    def score(self) -> float:
        """The mean of the balances: one that is bought with the others counts for less."""
        return float(self.means.mean())

    def share(self, event: str) -> float:
        """In which share of the worlds an event happened at least once."""
        return float((self.happened[event] > 0.0).mean())


def standing(
    model: Model,
    job: Job,
    worlds: int,
    *,
    office: Callable[[Planner, Batch], Office] = Office,
    endings: bool = True,
) -> Standing:
    """Run a strategy and read off where it stands.

    The ten years after, which endings ask for, are each world's own: the last plan goes on, and
    the dice fall on. (In a campaign they are the median of 256 worlds.)

    Args:
        model: the compiled scenario.
        job: the strategy.
        worlds: how many.
        office: who carries it out.
        endings: run the ten years after; without, no ending is told.
    """
    planner = Planner(model, job.plans, job.name)
    parts = []
    for block in blocks_of(worlds, 1, 1, BLOCK):
        draws = Draws(model.streams, job.seed, block)
        longer = [LASTING] * (YEARS // LASTING) if endings else []
        final = model.scenario.final_year
        end = after = np.empty(0)
        for batch in years_of(planner, draws, job, frozenset(), office=office, longer=longer):
            if batch.year == final:
                end = batch.matrix[:, : len(block)].copy()
            after = batch.matrix[:, : len(block)]
            if endings and batch.year == final + YEARS:
                end = after_rows(model, end, after)
        parts.append(end)
    return _read(model, job.name, np.concatenate(parts, axis=1), endings=endings)


def _read(model: Model, name: str, end: Floats, *, endings: bool) -> Standing:
    layout, worlds = model.layout, end.shape[1]
    formulas = [model.expressions.number(one.formula) for one in model.scenario.balances]
    found = endings_by_world(model, end) if endings else []
    events, situations = model.pack.events.values(), model.pack.situations.values()
    return Standing(
        name=name,
        balances=np.array([model.value(one, end) for one in formulas]).reshape(-1, worlds),
        endings={one: found.count(one) / worlds for one in sorted(set(found))},
        happened={e.id: _sum(layout, end, "times", e.id, e.scope) for e in events},
        begun={s.id: _sum(layout, end, "times", s.id, s.scope) for s in situations},
        acting={s.id: _sum(layout, end, "active", s.id, s.scope) for s in situations},
    )


def _sum(layout: Layout, end: Floats, kind: SeriesKind, name: str, axis: Axis) -> Floats:
    return np.asarray(end[layout.rows(Series(kind, name, axis))].sum(axis=0))


def ranked(standings: Sequence[Standing]) -> list[Standing]:
    """By score, the best first."""
    return sorted(standings, key=lambda one: (-one.score, one.name))
