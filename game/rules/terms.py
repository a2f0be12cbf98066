"""What the resolver keeps of each part of a rule while it works upwards."""

from __future__ import annotations

from typing import Literal, NamedTuple

from game.rules.errors import RuleError
from game.rules.expression import Axis, Expression, Number

Kind = Literal["number", "condition"]


class Bare(NamedTuple):
    """A series that stands outside aggregates without a picked place, and where it is written."""

    axis: Axis
    text: str
    start: int
    end: int


class Where(NamedTuple):
    """What surrounds a part: `inside` an aggregate or index, `lagged` by previous()."""

    inside: bool = False
    lagged: bool = False


class Term(NamedTuple):
    """A resolved part: its meaning, its kind, its place, and the series it leaves to the row.

    A term that is not `sound` stands for a part with a fault that has been noted; it fits anywhere,
    so that one fault is told once.
    """

    expression: Expression
    kind: Kind
    start: int
    end: int
    bare: tuple[Bare, ...] = ()
    size: int = 1
    height: int = 1
    sound: bool = True

    def axes(self) -> tuple[Axis, ...]:
        """The axes left to the row, each once, in the order of the text."""
        return tuple(dict.fromkeys(bare.axis for bare in self.bare))

    def without(self, axis: Axis, expression: Expression) -> Term:
        """The same once nothing of an axis is left to the row."""
        bare = tuple(bare for bare in self.bare if bare.axis != axis)
        return self._replace(expression=expression, bare=bare)


def broken(kind: Kind, start: int, end: int) -> Term:
    """The stand-in for a part with a noted fault."""
    return Term(Number(0.0), kind, start, end, sound=False)


class Faults:
    """The faults of one rule, in the order in which they are found."""

    def __init__(self) -> None:
        self._found: list[RuleError] = []

    def note(self, error: RuleError) -> None:
        """Keeps a fault for later, once."""
        known = {(other.start, other.end, other.message) for other in self._found}
        if (error.start, error.end, error.message) not in known:
            self._found.append(error)

    def __bool__(self) -> bool:
        return bool(self._found)

    def raise_first(self) -> None:
        """Raises the first fault of the text, the others with it, if there is any."""
        if self._found:
            first, *others = sorted(self._found, key=lambda error: (error.start, error.end))
            first.others = tuple(others)
            raise first
