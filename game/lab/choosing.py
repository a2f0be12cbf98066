"""The answers to an event held against each other on the same dice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from game.lab.standings import Standing, standing

if TYPE_CHECKING:
    from game.engine import Model
    from game.engine.execute import Floats
    from game.lab.running import Job

SURE = 2.0
"""A difference counts from this many standard errors."""
FEWEST = 8
"""Worlds in which an event must have happened before anything is said of its answers."""


@dataclass(frozen=True)
class Comparison:
    """What each answer to an event moves, against the answer that is taken if nobody chooses.

    Attributes:
        event: the event.
        worlds: in how many worlds it happened, under the strategy that meets it most.
        effects: by choice, the mean difference of each balance at the scenario's end.
        dominated: pairs of choices of which the first is worse than the second on every balance.
    """

    event: str
    worlds: int
    effects: Mapping[str, Floats]
    dominated: tuple[tuple[str, str], ...]


def compared(
    model: Model, jobs: Sequence[Job], run: Sequence[Standing], worlds: int
) -> Iterator[Comparison]:
    """Each event that asks and has happened, under the strategy that meets it most often."""
    for event in model.events:
        if not event.asks or model.pack.events[event.id].beat is not None:
            continue
        most = max(range(len(jobs)), key=lambda i: run[i].share(event.id))
        if run[most].share(event.id) > 0.0:
            choices = [choice.id for choice in event.choices]
            default = choices[event.default]
            yield _compared(model, jobs[most], event.id, choices, default, worlds)


def _compared(
    model: Model, job: Job, event: str, choices: Sequence[str], default: str, worlds: int
) -> Comparison:
    arms = {
        one: standing(model, _always(job, event, one), worlds, endings=False) for one in choices
    }
    met = np.all([arm.happened[event] > 0.0 for arm in arms.values()], axis=0)
    number = int(met.sum())
    ends = {one: arm.balances[:, met] for one, arm in arms.items()}
    enough = number >= FEWEST
    return Comparison(
        event=event,
        worlds=number,
        effects={one: (ends[one] - ends[default]).mean(axis=1) for one in choices if number},
        dominated=tuple(
            (a, b) for a in choices for b in choices if enough and _worse(ends[a], ends[b])
        ),
    )


def _worse(a: Floats, b: Floats) -> bool:
    """Whether one answer is surely worse than another on every balance."""
    apart = b - a
    error = apart.std(axis=1) / np.sqrt(apart.shape[1])
    return bool(np.all(apart.mean(axis=1) > SURE * error) and len(apart))


def _always(job: Job, event: str, choice: str) -> Job:
    """The same strategy, with one answer settled."""
    plans = tuple(
        plan.model_copy(update={"choices": {**plan.choices, event: choice}}) for plan in job.plans
    )
    return replace(job, plans=plans)
