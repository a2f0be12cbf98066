"""A program as a list of calls, each of which makes room for its result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from game.engine.execute.operations import Array, guarded, is_wild, primitive
from game.engine.lowering import Operand, Program, Value
from game.rules.expression import Axis, Read

Room = Callable[[Axis, type], Array]
"""An empty array for a result along an axis, of numbers or conditions."""


class Straight:
    """A program whose operands stand in one list: what it reads, its constants, its results.

    Args:
        program: the instructions.
        roots: what is wanted of them.
    """

    def __init__(self, program: Program, roots: Sequence[Operand]) -> None:
        steps = program.instructions
        reads: dict[Read, int] = {}
        constants: dict[float, int] = {}
        for operand in (*(operand for one in steps for operand in one.operands), *roots):
            if isinstance(operand, Read):
                reads.setdefault(operand, len(reads))
            elif not isinstance(operand, Value):
                constants.setdefault(operand, len(constants))
        self.reads = list(reads)
        """What the caller gives, in this order."""
        self._constants = [np.array(value) for value in constants]

        def place(operand: Operand) -> int:
            match operand:
                case Value(index):
                    return len(reads) + len(constants) + index
                case Read():
                    return reads[operand]
                case _:
                    return len(reads) + constants[operand]

        self._steps = [
            (
                primitive(one.operation),
                [place(operand) for operand in one.operands],
                one.axis,
                bool if one.condition else np.float64,
            )
            for one in steps
        ]
        self._roots = [place(root) for root in roots]
        self._wild = is_wild(steps)

    def run(self, read: Iterable[Array], room: Room) -> list[Array]:
        """The roots; one that is a constant has no dimensions."""
        values = [*read, *self._constants]
        with guarded(self._wild):
            for function, operands, axis, kind in self._steps:
                out = room(axis, kind)
                function(*[values[place] for place in operands], out=out)
                values.append(out)
        return [values[place] for place in self._roots]
