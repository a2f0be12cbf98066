"""The three ways to run a program: whole rows, a few worlds, or as a tape without allocation."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from game.engine.layout import Layout
from game.engine.lowering import Instruction, Operand, Operation, Program, Shortened, Value
from game.rules.expression import Axis, Expression, Read, Series

Floats = NDArray[np.float64]
Array = NDArray[Any]
Primitive = Callable[..., Any]
"""Takes its operands and `out=`, and fills or returns that."""


def _where(test: Array, then: Array, other: Array, out: Array) -> Array:
    np.copyto(out, other)
    np.copyto(out, then, where=test)
    return out


def _masked(mask: Array, value: Array, out: Array) -> Array:
    # Zero is all bits off: this takes a fifth of the time that a copy under a mask does.
    bits = np.asarray(value, dtype=np.float64).view(np.int64)
    np.bitwise_and(bits, -mask.view(np.int8), out=out.view(np.int64))
    return out


def _safe_divide(a: Array, b: Array, default: Array, out: Array) -> Array:
    # NumPy leaves `out` alone where the mask is false, so the default goes in first; `a` may
    # share memory with `out` only after it has been read.
    mask = np.not_equal(b, 0.0)
    quotient = np.divide(a, b, where=mask, out=np.zeros_like(out))
    np.copyto(out, default)
    np.copyto(out, quotient, where=mask)
    return out


def _as_number(mask: Array, out: Array) -> Array:
    np.copyto(out, mask)
    return out


def _sum(run: Array, out: Array) -> Array:
    # Along the first of two axes NumPy adds row to row, from the first: the order is fixed. It is
    # not for a single column, which is why a batch of one has two.
    np.add.reduce(run, axis=0, out=out)
    return out


def _largest(run: Array, out: Array) -> Array:
    np.maximum.reduce(run, axis=0, out=out)
    return out


def _smallest(run: Array, out: Array) -> Array:
    np.minimum.reduce(run, axis=0, out=out)
    return out


def _spread(value: Array, out: Array) -> Array:
    np.copyto(out, value)
    return out


SPECIAL_FORMS: dict[Operation, Primitive] = {
    "spread": _spread,
    "spread_condition": _spread,
    "where": _where,
    "masked": _masked,
    "safe_divide": _safe_divide,
    "as_number": _as_number,
    "sum": _sum,
    "largest": _largest,
    "smallest": _smallest,
}


REDUCTIONS: dict[Primitive, Primitive] = {
    _sum: np.add.reduce,
    _largest: np.maximum.reduce,
    _smallest: np.minimum.reduce,
}


def primitive(operation: Operation) -> Primitive:
    """The function that carries out an operation."""
    found: Primitive = SPECIAL_FORMS.get(operation) or getattr(np, operation)
    return found


def guarded(wild: bool) -> AbstractContextManager[Any]:
    """What a program must run in; `wild` is whether it is one that may pass what a float holds.

    A quotient by next to nothing may be infinite, and what is made of it too. The checker has seen
    to it that it is then cut or compared, so NumPy need not warn of it.
    """
    return np.errstate(over="ignore") if wild else nullcontext()


def is_wild(instructions: Iterable[Instruction]) -> bool:
    """Whether a program divides by what may come as near to zero as it likes."""
    return any(one.operation == "safe_divide" for one in instructions)


def shape(layout: Layout, axis: Axis, width: int) -> tuple[int, ...]:
    """The shape of a value along an axis."""
    return (width,) if axis == "nation" else (layout.sizes[axis], width)


class Whole:
    """An expression run on whole rows, with room of its own for every result."""

    def __init__(self, expression: Expression, layout: Layout) -> None:
        program = Program(dict(layout.sizes))
        self._root = program.lower(expression)
        self._steps = [(primitive(i.operation), i) for i in program.instructions]
        self._wild = is_wild(program.instructions)
        self._layout = layout

    def __call__(self, state: Floats, *, first_year: bool = False) -> Array:
        """The value in every world: shape (worlds,) or (places, worlds); conditions give truth.

        Args:
            state: the state matrix.
            first_year: read this year's values for last year's.
        """
        width = state.shape[1]
        values: list[Array] = []

        def value(operand: Operand) -> Any:
            match operand:
                case Value(index):
                    return values[index]
                case Read():
                    return state[self._layout.read(operand, first_year=first_year)]
                case _:
                    return operand

        with guarded(self._wild):
            for function, instruction in self._steps:
                kind: type = bool if instruction.condition else np.float64
                out: Array = np.empty(shape(self._layout, instruction.axis, width), dtype=kind)
                function(*map(value, instruction.operands), out=out)
                values.append(out)
        result = value(self._root)
        return np.full(width, result) if isinstance(result, float) else np.array(result)


@dataclass(frozen=True)
class Pairs:
    """Some (place, world) pairs of one event; place is 0 for a national one."""

    places: NDArray[np.int64]
    worlds: NDArray[np.int64]

    def only(self, keep: NDArray[np.bool_]) -> Pairs:
        """The pairs where `keep` holds."""
        return Pairs(self.places[keep], self.worlds[keep])

    def __len__(self) -> int:
        """How many pairs."""
        return len(self.worlds)


class Sparse:
    """Expressions without aggregates, run together for a few (place, world) pairs.

    Aggregates have been made rows of their own before (see `Expressions.hoist`), so nothing here
    depends on how many pairs there are.
    """

    def __init__(self, expressions: Iterable[Expression], layout: Layout) -> None:
        program = Program(dict(layout.sizes))
        roots = [program.lower(expression) for expression in expressions]
        self._reads: list[tuple[int, bool]] = []
        """First row of each leaf, and whether it is a run."""
        self._numbers: dict[Read, int] = {}
        self._roots = [self._source(root, layout) for root in roots]
        self._steps = [
            (
                primitive(one.operation),
                [self._source(operand, layout) for operand in one.operands],
                bool if one.condition else np.float64,
            )
            for one in program.instructions
        ]
        self._wild = is_wild(program.instructions)

    def _source(self, operand: Operand, layout: Layout) -> tuple[str, Any]:
        """Where an operand is found: a value, a leaf, or a constant."""
        match operand:
            case Value(index):
                return "value", index
            case Read():
                if operand not in self._numbers:
                    rows = layout.read(operand)
                    run = isinstance(rows, slice)
                    self._numbers[operand] = len(self._reads)
                    self._reads.append((rows.start if isinstance(rows, slice) else rows, run))
                return "leaf", self._numbers[operand]
            case _:
                return "constant", operand

    def __call__(self, state: Floats, pairs: Pairs) -> list[Any]:
        """For each expression one value a pair, or one number for all."""
        width = state.shape[1]
        flat = state.reshape(-1)
        leaves = [
            flat.take((pairs.places + row) * width + pairs.worlds)
            if run
            else flat.take(pairs.worlds + row * width)
            for row, run in self._reads
        ]
        values: list[Array] = []

        def found(source: tuple[str, Any]) -> Any:
            kind, what = source
            if kind == "constant":
                return what
            return values[what] if kind == "value" else leaves[what]

        with guarded(self._wild):
            for function, sources, kind in self._steps:
                out: Array = np.empty(len(pairs), dtype=kind)
                function(*map(found, sources), out=out)
                values.append(out)
        return [found(root) for root in self._roots]


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
        if function is _spread:
            return [(np.copyto, (out, *operands))]
        if function in REDUCTIONS:
            return [(REDUCTIONS[function], (*operands, 0, None, out))]
        if function is _masked:
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
        last = _last_uses(schedule)
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
            self._step(_spread, (value,), out)
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


def _last_uses(schedule: Schedule) -> dict[int, tuple[int, int]]:
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
