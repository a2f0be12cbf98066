"""Expressions for a few (place, world) pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.execute.operations import Array, Floats, guarded, is_wild, primitive
from game.engine.layout import Layout
from game.engine.lowering import Operand, Program, Value
from game.rules.expression import Expression, Read


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
