"""What all measurements share: the long march under its historical strategy."""

from __future__ import annotations

import time
from collections.abc import Callable

from game.engine import Model, compile_model
from game.lab import Job, Planner
from game.packs import find_packs, load_pack

SCENARIO, STRATEGY, SEED = "long-march", "as-it-happened", 1
Times = list[tuple[float, float]]
"""Wall and processor seconds of each time that something was done."""


def compiled() -> Model:
    """The compiled long march."""
    return compile_model(load_pack(find_packs()["core"]), SCENARIO)


def planner_of(model: Model) -> tuple[Planner, Job]:
    """The strategy, ready for the scenario."""
    plans = model.pack.strategies[STRATEGY].plans
    return Planner(model, plans, STRATEGY), Job(plans, STRATEGY, SEED)


def timed(run: Callable[[], object], times: Times) -> None:
    """Do something once and note how long it took."""
    wall, own = time.perf_counter(), time.process_time()
    run()
    times.append((time.perf_counter() - wall, time.process_time() - own))


def spread(times: Times) -> dict[str, float]:
    """Quantiles in milliseconds, of processor time and of wall time."""
    found: dict[str, float] = {"count": float(len(times))}
    for name, position in (("", 1), ("_by_wall_clock", 0)):
        ordered = sorted(one[position] * 1000.0 for one in times)
        for part in (50, 95, 99):
            found[f"p{part}{name}"] = ordered[min(len(ordered) - 1, len(ordered) * part // 100)]
        found[f"least{name}"] = ordered[0]
    return found
