"""What an instruction calls: the operations, and what all executors share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.layout import Layout
from game.engine.lowering import Instruction, Operation
from game.rules.expression import Axis

Floats = NDArray[np.float64]
Array = NDArray[Any]
Primitive = Callable[..., Any]
"""Takes its operands and `out=`, and fills or returns that."""


def _where(test: Array, then: Array, other: Array, out: Array) -> Array:
    np.copyto(out, other)
    np.copyto(out, then, where=test)
    return out


def masked(mask: Array, value: Array, out: Array) -> Array:
    """The value where the mask holds, zero elsewhere."""
    # Zero is all bits off: this takes a fifth of the time that a copy under a mask does.
    bits = np.asarray(value, dtype=np.float64).view(np.int64)
    np.bitwise_and(bits, -mask.view(np.int8), out=out.view(np.int64))
    return out


def _safe_divide(a: Array, b: Array, default: Array, out: Array) -> Array:
    # NumPy leaves `out` alone where the mask is false, so the default goes in first; `a` may
    # share memory with `out` only after it has been read.
    mask = np.not_equal(b, 0.0)
    quotient = np.divide(a, b, where=mask, out=np.zeros(out.shape))
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


def spread(value: Array, out: Array) -> Array:
    """A national value written out along an axis."""
    np.copyto(out, value)
    return out


SPECIAL_FORMS: dict[Operation, Primitive] = {
    "spread": spread,
    "spread_condition": spread,
    "where": _where,
    "masked": masked,
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
