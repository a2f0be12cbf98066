"""Runs without a player: strategies, ensembles, experiments and their summaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.lab.experiments import Result, run_experiment
    from game.lab.planning import Planner, PlanningError, texts_of
    from game.lab.running import Block, Column, Job, columns_of, ensemble, years_of
else:
    from game.exports import exports

    __getattr__ = exports(
        __name__,
        {
            "Block": "running",
            "Column": "running",
            "Job": "running",
            "Planner": "planning",
            "PlanningError": "planning",
            "Result": "experiments",
            "columns_of": "running",
            "ensemble": "running",
            "run_experiment": "experiments",
            "texts_of": "planning",
            "years_of": "running",
        },
    )

__all__ = [
    "Block",
    "Column",
    "Job",
    "Planner",
    "PlanningError",
    "Result",
    "columns_of",
    "ensemble",
    "run_experiment",
    "texts_of",
    "years_of",
]
