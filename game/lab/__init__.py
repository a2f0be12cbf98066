"""Runs without a player: strategies, ensembles, experiments and their summaries."""

from __future__ import annotations

from game.lab.experiments import Result, run_experiment
from game.lab.planning import Planner, PlanningError, texts_of
from game.lab.running import Block, Column, Job, columns_of, ensemble, years_of

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
