"""The ways to run a program: on whole rows, for a few worlds, or as a tape, wide or packed."""

from __future__ import annotations

from game.engine.execute.operations import Floats
from game.engine.execute.packed import PackedTape
from game.engine.execute.schedule import Schedule, Sink
from game.engine.execute.sparse import Pairs, Sparse
from game.engine.execute.tape import Buffers, Registers, Tape
from game.engine.execute.whole import Whole

__all__ = [
    "Buffers",
    "Floats",
    "PackedTape",
    "Pairs",
    "Registers",
    "Schedule",
    "Sink",
    "Sparse",
    "Tape",
    "Whole",
]
