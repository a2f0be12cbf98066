"""How many long campaigns a second: the engine in blocks, and each peer world by world."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from game.engine import Draws, Model
from game.lab import Job, Planner, years_of
from tests.benchmarks.scene import SEED, compiled, planner_of

BLOCKS = (256, 1024, 2048)


def engine(seconds: float) -> dict[str, Any]:
    """Campaigns a second in blocks of each size, after one block that is not counted."""
    model = compiled()
    planner, job = planner_of(model)
    rates = {}
    for size in BLOCKS:
        _one_block(model, planner, job, range(size))

        def block(turn: int, size: int = size) -> None:
            worlds = range(turn * size, (turn + 1) * size)
            _one_block(model, planner, job, worlds)

        one = _rate(block, seconds)
        one["campaigns"] *= size
        rates[str(size)] = _shown(one)
    return {"blocks": rates}


def plain(seconds: float) -> dict[str, Any]:
    """Campaigns a second in plain Python."""
    from tests.benchmarks.peers.plain import Dice, Plain

    model = compiled()
    planner, _ = planner_of(model)
    peer, dice = Plain(model, planner), Dice(model, SEED)
    peer.campaign(dice, 0)
    return _shown(_rate(lambda i: peer.campaign(dice, i), seconds))


def mesa(seconds: float) -> dict[str, Any]:
    """Campaigns a second on Mesa."""
    from tests.benchmarks.peers.agents import Agents

    model = compiled()
    planner, _ = planner_of(model)
    peer = Agents(model, planner)
    peer.campaign(0)
    return _shown(_rate(peer.campaign, seconds))


def _one_block(model: Model, planner: Planner, job: Job, worlds: range) -> None:
    """Twenty-five years as the lab runs them; at each year's end what the money needs is there."""
    draws = Draws(model.streams, job.seed, worlds)
    warnings: Counter[str] = Counter()
    for _ in years_of(planner, draws, job, frozenset(), warnings):
        pass


def _rate(run: Callable[[int], object], seconds: float) -> dict[str, float]:
    """How often something was done, in how much processor and wall time."""
    wall, own, turn = time.perf_counter(), time.process_time(), 0
    while time.process_time() - own < seconds or turn < 2:
        turn += 1
        run(turn)
    return {
        "campaigns": float(turn),
        "own": time.process_time() - own,
        "wall": time.perf_counter() - wall,
    }


def _shown(one: dict[str, float]) -> dict[str, float]:
    return {
        "rate": one["campaigns"] / one["own"],
        "rate_by_wall_clock": one["campaigns"] / one["wall"],
        "campaigns": one["campaigns"],
    }
