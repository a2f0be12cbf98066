"""Claims of the documents as paired runs: arms that share their dice, and what is expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from game.engine import Draws, compile_model
from game.lab.planning import Planner, texts_of
from game.lab.running import BLOCK, Job, blocks_of, years_of
from game.packs.schema import Share

if TYPE_CHECKING:
    from game.engine import Model
    from game.engine.execute import Floats
    from game.packs import Pack
    from game.packs.schema import Arm, Expectation, Experiment, PlanEntry

SEED = 1
STATISTICS: Mapping[str, Callable[[Floats], float]] = {
    "mean": lambda values: float(np.mean(values)),
    "sd": lambda values: float(np.std(values)),
    "max": lambda values: float(np.max(values)),
    "min": lambda values: float(np.min(values)),
    "p10": lambda values: float(np.percentile(values, 10)),
    "p90": lambda values: float(np.percentile(values, 90)),
}
"""Over worlds; `sd` is that of the worlds themselves, not of a sample."""
Key = tuple[str, str, int]
"""An arm, a measure and a year."""


@dataclass(frozen=True)
class Order:
    """Two arms compared: the statistic of `low` should be the lower one."""

    expectation: Expectation
    low: str
    high: str
    low_value: float
    high_value: float
    margin: float | None
    """How far apart they must be; None where any difference will do."""
    pairs: float
    """The share of paired worlds in which the order strictly holds."""

    @property
    def difference(self) -> float:
        """How far apart they are, negative where the order is the other way round."""
        return self.high_value - self.low_value

    @property
    def holds(self) -> bool:
        """Whether margin and share of pairs are reached."""
        apart = self.difference > 0 if self.margin is None else self.difference >= self.margin
        asked = self.expectation.share
        return apart and (asked is None or self.pairs >= asked.fraction)

    @property
    def text(self) -> str:
        """The comparison in one line."""
        one, asked = self.expectation, []
        if self.margin is not None:
            percent = f" ({one.by})" if isinstance(one.by, Share) else ""
            asked.append(f"by {_number(self.margin)}{percent}")
        if one.share is not None:
            asked.append(f"in {one.share}")
        sign = "<" if self.difference > 0 else ">" if self.difference < 0 else "="
        return (
            f"{_what(one)}: {self.low} {_number(self.low_value)} {sign} "
            f"{self.high} {_number(self.high_value)}, apart {_number(self.difference)}, "
            f"in {self.pairs * 100:.4g}% of worlds"
            + (f" (asked {' '.join(asked)})" if asked else "")
        )

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        one = self.expectation
        return {
            "measure": one.measure,
            "at": one.at,
            "statistic": one.statistic,
            "lower": self.low,
            "higher": self.high,
            "values": {self.low: self.low_value, self.high: self.high_value},
            "difference": self.difference,
            "margin": self.margin,
            "pairs": self.pairs,
            "asked_pairs": one.share.fraction if one.share is not None else None,
            "holds": self.holds,
        }


@dataclass(frozen=True)
class Range:
    """One arm held against two numbers."""

    expectation: Expectation
    arm: str
    value: float

    @property
    def holds(self) -> bool:
        """Whether the statistic lies between them."""
        assert self.expectation.between is not None
        low, high = self.expectation.between
        return low <= self.value <= high

    @property
    def text(self) -> str:
        """The comparison in one line."""
        assert self.expectation.between is not None
        low, high = self.expectation.between
        return (
            f"{_what(self.expectation)}: {self.arm} {_number(self.value)} "
            f"(asked {_number(low)} to {_number(high)})"
        )

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        one = self.expectation
        return {
            "measure": one.measure,
            "at": one.at,
            "statistic": one.statistic,
            "arm": self.arm,
            "value": self.value,
            "between": list(one.between or ()),
            "holds": self.holds,
        }


@dataclass(frozen=True)
class Result:
    """An experiment that was run."""

    experiment: Experiment
    worlds: int
    seed: int
    findings: tuple[Order | Range, ...]
    warnings: Counter[str]

    @property
    def holds(self) -> bool:
        """Whether all that is expected was found."""
        return all(finding.holds for finding in self.findings)

    @property
    def text(self) -> str:
        """One line: `holds` or `fails`, the id, and the figures."""
        parts = [one.text if one.holds else f"NOT {one.text}" for one in self.findings]
        verdict = "holds" if self.holds else "fails"
        return f"{verdict}  {self.experiment.id}  {'; '.join(parts)}"

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "id": self.experiment.id,
            "claim": self.experiment.claim,
            "because": list(self.experiment.because),
            "scenario": self.experiment.scenario,
            "worlds": self.worlds,
            "seed": self.seed,
            "holds": self.holds,
            "expect": [finding.to_json() for finding in self.findings],
            "warnings": dict(self.warnings),
        }


def run_experiment(
    pack: Pack,
    experiment: Experiment,
    *,
    worlds: int | None = None,
    seed: int | None = None,
    block: int = BLOCK,
) -> Result:
    """Run an experiment's arms on the same dice and judge what it expects.

    Args:
        pack: the pack that it names things of.
        experiment: the experiment.
        worlds: how many; the experiment's own number where None.
        seed: the seed; the experiment's own where None, else 1.
        block: worlds carried on together.

    Raises:
        PlanningError: the scenario cannot carry an arm out.
    """
    worlds = worlds if worlds is not None else experiment.worlds
    seed = seed if seed is not None else experiment.seed if experiment.seed is not None else SEED
    plans = {name: _plans(pack, arm) for name, arm in experiment.arms.items()}
    texts = dict.fromkeys(one.measure for one in experiment.expect)
    for entries in plans.values():
        texts |= dict.fromkeys(texts_of(entries))
    model = compile_model(pack, experiment.scenario, tuple(texts))
    jobs = {
        name: Job(plans[name], f"{experiment.id}, arm {name}", seed, arm.start, arm.force)
        for name, arm in experiment.arms.items()
    }
    warnings: Counter[str] = Counter()
    values = _values(model, experiment, jobs, worlds, block, warnings)
    findings = tuple(_found(one, values) for one in experiment.expect)
    return Result(experiment, worlds, seed, findings, warnings)


def _plans(pack: Pack, arm: Arm) -> tuple[PlanEntry, ...]:
    if arm.strategy is None:
        return arm.plans
    return pack.strategies[arm.strategy.rpartition("/")[2]].plans


def _values(
    model: Model,
    experiment: Experiment,
    jobs: Mapping[str, Job],
    worlds: int,
    block: int,
    warnings: Counter[str],
) -> dict[Key, Floats]:
    """Every measure that is asked for, in every world."""
    planners = {name: Planner(model, job.plans, job.name) for name, job in jobs.items()}
    measures = {one.measure: model.expressions.either(one.measure) for one in experiment.expect}
    asked: dict[str, set[tuple[str, int]]] = {name: set() for name in jobs}
    for one in experiment.expect:
        for name in _arms(one):
            asked[name].add((one.measure, one.at))
    parts: dict[Key, list[Floats]] = {}
    for some in blocks_of(worlds, 1, 1, min(block, worlds)):
        some_seed = next(iter(jobs.values())).seed
        draws = Draws(model.streams, some_seed, some, keep=True)
        for name, job in jobs.items():
            if not asked[name]:
                continue
            last = max(year for _, year in asked[name])
            wanted = frozenset(measures[measure] for measure, _ in asked[name])
            for batch in years_of(planners[name], draws, job, wanted, warnings):
                for measure, year in asked[name]:
                    if year == batch.year:
                        numbers = batch.value(measures[measure])[: len(some)]
                        parts.setdefault((name, measure, year), []).append(numbers)
                if batch.year == last:
                    break
    return {key: np.concatenate(found) for key, found in parts.items()}


def _arms(one: Expectation) -> tuple[str, ...]:
    return tuple(name for name in (one.lower, one.higher, one.than, one.arm) if name is not None)


def _found(one: Expectation, values: Mapping[Key, Floats]) -> Order | Range:
    statistic = STATISTICS[one.statistic]
    if one.arm is not None:
        return Range(one, one.arm, statistic(values[one.arm, one.measure, one.at]))
    named, other = one.lower or one.higher, one.than
    assert named is not None
    assert other is not None
    low, high = (named, other) if one.lower is not None else (other, named)
    lows, highs = values[low, one.measure, one.at], values[high, one.measure, one.at]
    margin: float | None = None
    if isinstance(one.by, Share):
        margin = one.by.fraction * abs(statistic(values[other, one.measure, one.at]))
    elif one.by is not None:
        margin = one.by
    pairs = float(np.mean(lows < highs))
    return Order(one, low, high, statistic(lows), statistic(highs), margin, pairs)


def _what(one: Expectation) -> str:
    statistic = "" if one.statistic == "mean" else f"{one.statistic} of "
    return f"{statistic}{one.measure} in {one.at}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"
