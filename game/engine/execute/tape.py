"""A schedule as a tape: bound to one set of buffers, so that running it allocates nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from game.engine.execute.operations import (
    REDUCTIONS,
    Array,
    Floats,
    Primitive,
    guarded,
    is_wild,
    masked,
    primitive,
    shape,
    spread,
)
from game.engine.execute.schedule import Schedule, Sink, last_uses
from game.engine.layout import Layout
from game.engine.lowering import Instruction, Operand, Program, Value
from game.rules.expression import Axis, Read, Series


@dataclass
class Registers:
    """Arrays for passing values, shared by all tapes of a workspace: they run one at a time."""

    free: dict[tuple[type, Axis], list[Array]] = field(default_factory=dict)
    scratch: dict[tuple[int, ...], Array] = field(default_factory=dict)
    constants: dict[float, Array] = field(default_factory=dict)
    masks: dict[tuple[int, ...], Array] = field(default_factory=dict)

    def bits(self, like: tuple[int, ...]) -> Array:
        """Room for a mask of all bits on and off, which is used at once."""
        return self.masks.setdefault(like, np.empty(like, dtype=np.int8))


@dataclass
class Buffers:
    """The arrays that a tape is bound to."""

    state: Floats
    next: Floats
    noise: Floats
    amounts: Floats | None


class Tape:
    """A schedule bound to one set of buffers: running it allocates nothing."""

    def __init__(
        self,
        schedule: Schedule,
        layout: Layout,
        buffers: Buffers,
        registers: Registers,
        *,
        first_year: bool = False,
        fixed: frozenset[Series] = frozenset(),
    ) -> None:
        self._fixed = fixed
        self._once: list[tuple[Primitive, tuple[Any, ...]]] = []
        self._still: set[int] = set()
        """Values made of fixed series alone."""
        self.prepared = -1
        """The loading for which the fixed values have been worked out; the workspace counts."""
        self._layout = layout
        self._buffers = buffers
        self._registers = registers
        self._first_year = first_year
        self._width = buffers.state.shape[1]
        self._steps: list[tuple[Primitive, tuple[Any, ...]]] = []
        self._held: dict[int, Array] = {}
        self._kept: set[int] = set()
        """Values that stand in state rows, which are not registers to be used again."""
        self._views: dict[int, Any] = {}
        self._bind(schedule)
        self._wild = is_wild(schedule.program.instructions)

    def prepare(self) -> None:
        """Work out what never changes while a state is carried on: strengths and constants."""
        with guarded(self._wild):
            for function, operands in self._once:
                function(*operands)

    def run(self) -> None:
        """Carry out every step."""
        with guarded(self._wild):
            for function, operands in self._steps:
                function(*operands)

    def _step(self, function: Primitive, operands: tuple[Any, ...], out: Array) -> None:
        self._steps += self._calls(function, operands, out)

    def _calls(
        self, function: Primitive, operands: tuple[Any, ...], out: Array
    ) -> list[tuple[Primitive, tuple[Any, ...]]]:
        """What to call: NumPy itself, with the output by position, wherever that can be."""
        if function in (np.maximum, np.minimum):
            return [(partial(function, out=out), operands)]
        if function is spread:
            return [(np.copyto, (out, *operands))]
        if function in REDUCTIONS:
            return [(REDUCTIONS[function], (*operands, 0, None, out))]
        if function is masked:
            mask, value = operands
            bits = self._registers.bits(mask.shape)
            wide, result = value.view(np.int64), out.view(np.int64)
            return [
                (np.negative, (mask.view(np.int8), bits)),
                (np.bitwise_and, (wide, bits, result)),
            ]
        return [(function, (*operands, out))]

    def _constant(self, value: float) -> Array:
        """A constant as an array of no dimensions: a Python number is converted at each call."""
        return self._registers.constants.setdefault(value, np.array(value))

    def _bind(self, schedule: Schedule) -> None:
        instructions = schedule.program.instructions
        last = last_uses(schedule)
        for position, (first, end, root, sink) in enumerate(schedule.items):
            for index in range(first, end):
                # An item may also begin what only later ones need: its root need not be its last.
                mine = isinstance(root, Value) and root.index == index
                direct = self._direct(root, sink, schedule.program) if mine else None
                self._bind_instruction(instructions[index], index, direct)
                self._release(instructions, index, instructions[index].operands, last, -1)
            self._bind_sink(root, sink)
            self._release(instructions, end, (root,), last, position)
        for index, register in self._held.items():
            if index not in self._kept:
                self._give_back(instructions[index], register)

    def _direct(self, root: Operand, sink: Sink, program: Program) -> Array | None:
        """The state's own rows, where the last instruction of an item can write them itself."""
        newest = len(program.instructions) and isinstance(root, Value)
        if not newest or sink.kind != "store" or sink.bounds is not None:
            return None
        dimensions = 1 if program.axis(root) == "nation" else 2
        out = _rows(self._buffers.state, sink.rows, dimensions)
        return None if program.is_condition(root) or out.ndim != dimensions else out

    def _release(
        self,
        instructions: list[Instruction],
        index: int,
        operands: Iterable[Operand],
        last: dict[int, tuple[int, int]],
        position: int,
    ) -> None:
        """Give back the registers whose value is not used again."""
        for operand in operands:
            if isinstance(operand, Value) and last[operand.index] == (index, position):
                if operand.index in self._still:
                    continue
                register = self._held.pop(operand.index, None)
                if register is not None and operand.index not in self._kept:
                    self._give_back(instructions[operand.index], register)

    def _give_back(self, instruction: Instruction, register: Array) -> None:
        kind: type = bool if instruction.condition else np.float64
        self._registers.free.setdefault((kind, instruction.axis), []).append(register)

    def _register(self, kind: type, axis: Axis) -> Array:
        free = self._registers.free.get((kind, axis))
        return free.pop() if free else np.empty(shape(self._layout, axis, self._width), dtype=kind)

    def _bind_instruction(self, instruction: Instruction, index: int, direct: Array | None) -> None:
        kind: type = bool if instruction.condition else np.float64
        operands = tuple(self._operand(o) for o in instruction.operands)
        if direct is None and all(map(self._is_fixed, instruction.operands)):
            self._still.add(index)
            self._kept.add(index)
            out: Array = np.empty(shape(self._layout, instruction.axis, self._width), dtype=kind)
            self._held[index] = out
            self._once += self._calls(primitive(instruction.operation), operands, out)
            return
        out = self._register(kind, instruction.axis) if direct is None else direct
        self._held[index] = out
        if direct is not None:
            self._kept.add(index)
        self._step(primitive(instruction.operation), operands, out)

    def _is_fixed(self, operand: Operand) -> bool:
        match operand:
            case Value(index):
                return index in self._still
            case Read(series, _, lagged):
                return series in self._fixed and not lagged
        return True

    def _operand(self, operand: Operand) -> Any:
        match operand:
            case Value(index):
                return self._held[index]
            case Read():
                view = self._views.get(id(operand))
                if view is None:
                    rows = self._layout.read(operand, first_year=self._first_year)
                    view = self._views[id(operand)] = self._buffers.state[rows]
                return view
            case _:
                return self._constant(operand)

    def _bind_sink(self, root: Operand, sink: Sink) -> None:
        value = self._operand(root)
        if sink.kind == "store":
            self._bind_store(value, sink)
            return
        out = _rows(self._buffers.next, sink.rows, value.ndim)
        amounts = self._buffers.amounts
        if sink.noise is None and amounts is None:
            self._step(np.add, (out, value), out)
            return
        amount = self._scratch(out.shape)
        if amounts is not None and sink.amount is not None:
            amount = _rows(amounts, sink.amount, value.ndim)
        factor = self._constant(1.0)
        if sink.noise is not None:
            factor = _rows(self._buffers.noise, sink.noise, value.ndim)
        self._step(np.multiply, (value, factor), amount)
        self._step(np.add, (out, amount), out)

    def _bind_store(self, value: Any, sink: Sink) -> None:
        out = _rows(self._buffers.state, sink.rows, value.ndim)
        if np.shares_memory(value, out):
            return
        if sink.bounds is None:
            self._step(spread, (value,), out)
            return
        low, high = sink.bounds
        self._step(np.maximum, (value, self._constant(low)), out)
        self._step(np.minimum, (out, self._constant(high)), out)

    def _scratch(self, like: tuple[int, ...]) -> Array:
        """Room for an amount that is added at once, and so can be shared by all sinks."""
        return self._registers.scratch.setdefault(like, np.empty(like))


def _rows(matrix: Floats, rows: slice, dimensions: int) -> Array:
    """A run of rows; a single one for a value of one dimension: NumPy is slow to match the two."""
    single = rows.stop - rows.start == 1 and dimensions < 2
    return matrix[rows.start] if single else matrix[rows]
