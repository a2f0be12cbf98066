"""What a tape is made from: a program, and where the value of each root goes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from game.engine.lowering import Instruction, Operand, Program, Shortened, Value
from game.rules.expression import Axis, Expression, Series

SinkKind = Literal["store", "add"]


@dataclass(frozen=True)
class Sink:
    """Where the value of a root goes.

    Attributes:
        kind: `store` writes state rows, cut at the bounds; `add` adds to the ledger's rows.
        rows: the rows written.
        bounds: for `store`, where the value is cut; None where it is proved to stay within.
        noise: for `add`, the rows of the noise that multiplies it.
        amount: for `add`, the rows of the amounts, where a ledger is kept.
    """

    kind: SinkKind
    rows: slice
    bounds: tuple[float, float] | None = None
    noise: slice | None = None
    amount: slice | None = None


@dataclass
class Schedule:
    """A program with its roots in order: instructions and sinks interleaved."""

    program: Program
    items: list[tuple[int, int, Operand, Sink]] = field(default_factory=list)
    """First and last new instruction, the root, and where it goes."""

    def specialised(self, zeros: frozenset[Series]) -> Schedule:
        """The same roots, where some series are zero everywhere; what then adds nothing goes."""
        short = Shortened.of(self.program, zeros)
        kept = []
        for _, end, root, sink in self.items:
            new = short.operand(root, zeros)
            if sink.kind == "store" or new != 0.0:
                kept.append((short.ends[end], new, sink))
        return _without_waste(short.instructions, kept, self.program.sizes)

    def only(self, positions: Sequence[int]) -> Schedule:
        """The roots at some positions, with what they need."""
        kept = [self.items[position][1:] for position in positions]
        return _without_waste(self.program.instructions, kept, self.program.sizes)

    def add(self, expression: Expression, sink: Sink) -> None:
        """Append a root."""
        before = len(self.program.instructions)
        root = self.program.number(expression)
        self.items.append((before, len(self.program.instructions), root, sink))


def _without_waste(
    instructions: list[Instruction],
    roots: list[tuple[int, Operand, Sink]],
    sizes: dict[Axis, int],
) -> Schedule:
    """The roots with only those instructions that one of them needs."""
    needed = bytearray(len(instructions))
    for _, root, _ in roots:
        if isinstance(root, Value):
            needed[root.index] = 1
    for index in range(len(instructions) - 1, -1, -1):
        if needed[index]:
            for operand in instructions[index].operands:
                if isinstance(operand, Value):
                    needed[operand.index] = 1
    before = [0, *itertools.accumulate(needed)]

    def new(operand: Operand) -> Operand:
        return Value(before[operand.index]) if isinstance(operand, Value) else operand

    shorter = Schedule(Program(sizes))
    for one, wanted in zip(instructions, needed, strict=True):
        if wanted:
            operands = tuple(map(new, one.operands))
            kept = Instruction(one.operation, operands, one.axis, one.source)
            shorter.program.instructions.append(kept)
    first = 0
    for end, root, sink in roots:
        shorter.items.append((first, before[end], new(root), sink))
        first = before[end]
    return shorter


def last_uses(schedule: Schedule) -> dict[int, tuple[int, int]]:
    """Where each value is used for the last time: by an instruction, or by the sink of an item."""
    last: dict[int, tuple[int, int]] = {}
    instructions = schedule.program.instructions
    for position, (first, end, root, _) in enumerate(schedule.items):
        for index in range(first, end):
            for operand in instructions[index].operands:
                if isinstance(operand, Value):
                    last[operand.index] = (index, -1)
        if isinstance(root, Value):
            last[root.index] = (end, position)
    return last
