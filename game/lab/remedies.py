"""Whether something can end a crisis: a turn in the middle of a campaign, to any other planning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from game.lab.standings import Standing, standing

if TYPE_CHECKING:
    from game.engine import Model
    from game.lab.running import Job
    from game.packs.schema import PlanEntry

ENDS = 0.5
"""Of the worlds that a situation began in, at least this share must see it end."""
TURN = 0.4
"""The part of a scenario's plans after which the turn is made."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What ends a situation most often.

    Attributes:
        share: of the worlds in which it began, those that saw it end.
        by: the strategy, or the one that was turned to.
    """

    share: float
    by: str


def ended(one: Standing, situation: str) -> float:
    """Of the worlds in which a situation began, the share that saw it end."""
    begun = one.begun[situation]
    if not (begun > 0.0).any():
        return 0.0
    over = begun > one.acting[situation]
    return float(over[begun > 0.0].mean())


def remedy(
    model: Model,
    situation: str,
    jobs: Sequence[Job],
    others: Sequence[Job],
    run: Sequence[Standing],
    worlds: int,
) -> Remedy:
    """What ends a situation: a strategy as it is, or else a turn to another that does.

    Args:
        model: the compiled scenario.
        situation: its id.
        jobs: the strategies.
        others: what else can be turned to.
        run: how the strategies stand, and whatever else was run.
        worlds: in how many worlds a turn is tried.
    """
    best = max((Remedy(ended(one, situation), one.name) for one in run), key=_share)
    if best.share >= ENDS:
        return best
    worst = max(run[: len(jobs)], key=lambda one: float((one.begun[situation] > 0.0).mean()))
    first = next(job for job in jobs if job.name == worst.name)
    for turned in _turns(model, first, [*jobs, *others]):
        found = Remedy(
            ended(standing(model, turned, worlds, endings=False), situation), turned.name
        )
        best = max(best, found, key=_share)
        if best.share >= ENDS:
            break
    return best


def _share(one: Remedy) -> float:
    return one.share


def _turns(model: Model, first: Job, others: Sequence[Job]) -> Iterator[Job]:
    number = len(model.scenario.plans)
    turn = max(1, round(number * TURN))
    if turn >= number:
        return
    begun = [_entry(first, plan) for plan in range(turn)]
    for other in others:
        if other.name != first.name:
            plans = (*begun, *(_entry(other, plan) for plan in range(turn, number)))
            yield replace(first, plans=plans, name=f"{first.name}, then {other.name}")


def _entry(job: Job, plan: int) -> PlanEntry:
    """The entry of a plan's turn, without what it would wait for."""
    plain = [one for one in job.plans if one.when is None] or list(job.plans)
    return plain[min(plan, len(plain) - 1)].model_copy(update={"when": None})
