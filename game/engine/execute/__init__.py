"""The three ways to run a program: whole rows, a few worlds, or as a tape without allocation."""

from __future__ import annotations

from game.engine.execute.operations import Floats
from game.engine.execute.schedule import Schedule, Sink
from game.engine.execute.sparse import Pairs, Sparse
from game.engine.execute.tape import Buffers, Registers, Tape
from game.engine.execute.whole import Whole

__all__ = [
    "Buffers",
    "Floats",
    "Pairs",
    "Registers",
    "Schedule",
    "Sink",
    "Sparse",
    "Tape",
    "Whole",
]
