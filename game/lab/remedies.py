"""Whether something can end a crisis: a turn in the middle of a campaign, to any other planning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from game.engine import Draws
from game.lab.planning import Planner
from game.lab.running import years_of
from game.rules.expression import Series, SeriesKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from game.engine import Model
    from game.engine.execute import Floats
    from game.lab.running import Job
    from game.lab.standings import Standing
    from game.packs.schema import PlanEntry

ENDS = 0.5
"""Of the worlds that a situation acted in, at least this share must see it end."""
TURN = 0.6
"""The part of a scenario's plans after which the turn is made."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What ends a situation most often.

    Attributes:
        share: of the worlds in which it acted, those that saw it end.
        by: the strategy, or the one that was turned to.
    """

    share: float
    by: str


@dataclass(frozen=True)
class Remedies:
    """Looks for what ends situations.

    Attributes:
        model: the compiled scenario.
        jobs: the strategies.
        others: what else can be turned to.
        run: how the strategies stand, and whatever else was run.
        worlds: in how many worlds a turn is tried.
    """

    model: Model
    jobs: Sequence[Job]
    others: Sequence[Job]
    run: Sequence[Standing]
    worlds: int

    def of(self, situation: str) -> Remedy:
        """A strategy that ends it as it is, or else a turn to another that does."""
        best = max((Remedy(_ended(one, situation), one.name) for one in self.run), key=_share)
        if best.share >= ENDS or self._turn >= len(self.model.scenario.plans):
            return best
        worst = max(self.jobs, key=lambda job: float(self._at_turn[job.name][situation].mean()))
        for turned in self._turns(worst):
            share = self._turned(turned, situation, self._at_turn[worst.name][situation] > 0.0)
            best = max(best, Remedy(share, turned.name), key=_share)
            if best.share >= ENDS:
                break
        return best

    @property
    def _turn(self) -> int:
        return max(1, round(len(self.model.scenario.plans) * TURN))

    @property
    def _turning_year(self) -> int:
        scenario = self.model.scenario
        return scenario.start - 1 + sum(span.years for span in scenario.plans[: self._turn])

    @cached_property
    def _at_turn(self) -> Mapping[str, Mapping[str, Floats]]:
        """By strategy and situation, in how many places it acts at the turn."""
        found: dict[str, Mapping[str, Floats]] = {}
        for job in self.jobs:
            for year, matrix in self._years(job):
                if year == self._turning_year:
                    found[job.name] = {
                        name: self._count("active", name, matrix)
                        for name in self.model.pack.situations
                    }
                    break
        return found

    def _turned(self, job: Job, situation: str, there: NDArray[np.bool_]) -> float:
        """Of the worlds in which it acted at the turn, the share that saw it end somewhere."""
        if not there.any():
            return 0.0
        acting = begun = np.zeros(self.worlds)
        over = np.zeros(self.worlds, dtype=bool)
        for year, matrix in self._years(job):
            now = self._count("active", situation, matrix)
            times = self._count("times", situation, matrix)
            if year > self._turning_year:
                over |= acting + (times - begun) > now
            acting, begun = now, times
        return float(over[there].mean())

    def _years(self, job: Job) -> Iterator[tuple[int, Floats]]:
        draws = Draws(self.model.streams, job.seed, range(self.worlds))
        planner = Planner(self.model, job.plans, job.name)
        for batch in years_of(planner, draws, job, frozenset()):
            yield batch.year, batch.matrix

    def _count(self, kind: SeriesKind, situation: str, matrix: Floats) -> Floats:
        axis = self.model.pack.situations[situation].scope
        rows = self.model.layout.rows(Series(kind, situation, axis))
        return np.asarray(matrix[rows, : self.worlds].sum(axis=0))

    def _turns(self, first: Job) -> Iterator[Job]:
        number = len(self.model.scenario.plans)
        begun = [_entry(first, plan) for plan in range(self._turn)]
        for other in [*self.jobs, *self.others]:
            if other.name != first.name:
                plans = (*begun, *(_entry(other, plan) for plan in range(self._turn, number)))
                yield replace(first, plans=plans, name=f"{first.name}, then {other.name}")


def _ended(one: Standing, situation: str) -> float:
    """Of the worlds in which a situation began, the share that saw it end."""
    begun = one.begun[situation]
    if not (begun > 0.0).any():
        return 0.0
    over = begun > one.acting[situation]
    return float(over[begun > 0.0].mean())


def _share(one: Remedy) -> float:
    return one.share


def _entry(job: Job, plan: int) -> PlanEntry:
    """The entry of a plan's turn, without what it would wait for."""
    plain = [one for one in job.plans if one.when is None] or list(job.plans)
    return plain[min(plan, len(plain) - 1)].model_copy(update={"when": None})
