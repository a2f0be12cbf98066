"""A tape for few columns: equal operations on many rows at once, gathered from all over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.execute.operations import REDUCTIONS, Array, Floats, Primitive, primitive
from game.engine.execute.packing import Packing, Step, grouped, stages
from game.engine.execute.schedule import Schedule
from game.engine.execute.tape import Tape
from game.engine.lowering import COMPARISON, Operation
from game.packs.collector import without_collector

Call = tuple[Primitive, tuple[Any, ...]]
BITWISE: dict[Operation, Primitive] = {
    "logical_and": np.bitwise_and,
    "logical_or": np.bitwise_or,
    "logical_not": np.invert,
}
"""What holds has all bits on here, and lets a number through; what does not gives zero."""


class PackedTape(Tape):
    """The same schedule in a tenth of the calls, where columns are so few that calls cost most.

    Whatever is read or made has a place in one array. The results of a group stand in it one after
    the other; what a group needs is gathered first.
    """

    def _bind(self, schedule: Schedule) -> None:
        with without_collector():
            noise = len(self._buffers.noise)
            packing = Packing(self._layout, noise, self._fixed, self._first_year)
            packing.pack(schedule)
            still, moving = grouped(packing.still), grouped(packing.steps)
            self._place(packing, [*still, *moving])
            load = list(self._load(packing))
            self._once = [*load, *self._staged(still)]
            self._steps = [*load, *self._staged(moving), *self._store(packing), *self._add(packing)]

    def _place(self, packing: Packing, groups: Iterable[Sequence[Step]]) -> None:
        """Give each row a place: those of the state that are read, the noise, all others."""
        height = packing.layout.height
        order = [
            *sorted(packing.read),
            *range(height, height + packing.noise),
            *packing.constants.values(),
            *(row for group in groups for step in group for row in step.results),
        ]
        self._places = np.full(packing.size, -1, dtype=np.int64)
        self._places[order] = np.arange(len(order))
        self._arena: Floats = np.empty((len(order), self._width))
        for value, row in packing.constants.items():
            self._arena[self._places[row]] = value

    def _load(self, packing: Packing) -> Iterator[Call]:
        """The state's rows and the noise."""
        rows = np.array(sorted(packing.read), dtype=np.int64)
        end = len(rows)
        yield _taken(self._buffers.state, rows, self._arena[:end])
        yield np.copyto, (self._arena[end : end + packing.noise], self._buffers.noise)

    def _staged(self, groups: Sequence[list[Step]]) -> Iterator[Call]:
        """Gather for some groups together, then carry out each."""
        for stage in stages(groups):
            index = self._places[np.concatenate([_gathered(group) for group in stage])]
            gathered = np.empty((len(index), self._width))
            yield _taken(self._arena, index, gathered)
            start = 0
            for group in stage:
                end = start + sum(len(rows) for step in group for rows in step.operands)
                yield from self._group(group, gathered[start:end])
                start = end

    def _group(self, group: list[Step], gathered: Array) -> Iterator[Call]:
        operation, places = group[0].kind
        first = self._places[group[0].results.start]
        out: Array = self._arena[first : first + sum(len(step.results) for step in group)]
        function = primitive(operation)
        if places:
            yield REDUCTIONS[function], (gathered.reshape(places, -1), 0, None, out.reshape(-1))
            return
        operands = np.split(gathered, len(group[0].operands))
        if operation in COMPARISON.values():
            holds = np.empty(out.shape, dtype=bool)
            yield function, (*operands, holds)
            yield np.negative, (holds.view(np.int8), out.view(np.int64))
        elif operation in BITWISE:
            yield BITWISE[operation], tuple(one.view(np.int64) for one in (*operands, out))
        else:
            yield from self._calls(function, tuple(operands), out)

    def _store(self, packing: Packing) -> Iterator[Call]:
        """Write the state's rows."""
        if packing.stored:
            stored = np.empty((len(packing.stored), self._width))
            yield _taken(self._arena, self._places[list(packing.stored.values())], stored)
            yield _put(self._buffers.state, list(packing.stored), stored)

    def _add(self, packing: Packing) -> Iterator[Call]:
        """Add to the ledger's rows, one addend after the other, and keep the amounts."""
        if not packing.added:
            return
        made, rows, kept = map(list, zip(*packing.added, strict=True))
        amounts = np.empty((len(made), self._width))
        yield _taken(self._arena, self._places[made], amounts)
        if self._buffers.amounts is not None:
            yield _put(self._buffers.amounts, kept, amounts)
        cells = np.array(rows)[:, None] * self._width + np.arange(self._width)
        yield np.add.at, (self._buffers.next.reshape(-1), cells.reshape(-1), amounts.reshape(-1))


def _taken(source: Floats, rows: NDArray[np.int64], out: Array) -> Call:
    """Gather rows. All of them exist; only where NumPy need not say so does it write at once."""
    return source.take, (rows, 0, out, "clip")


def _put(target: Floats, rows: Sequence[int], values: Floats) -> Call:
    """Write rows, each in one piece: number by number takes NumPy five times as long."""
    piece = f"V{target.strides[0]}"
    return target.view(piece)[:, 0].__setitem__, (np.array(rows), values.view(piece)[:, 0])


def _gathered(group: Sequence[Step]) -> NDArray[np.int64]:
    """What a group reads: operand by operand; for a reduction, place by place."""
    if group[0].kind[1]:
        return np.array([step.operands[0] for step in group]).T.reshape(-1)
    number = len(group[0].operands)
    return np.array([row for i in range(number) for step in group for row in step.operands[i]])
