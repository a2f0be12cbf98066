"""Rules that differ only in their numbers have one form, and all but their bounds in common.

The first rule of a form is read and resolved. Those that follow are put together from its parts and
their own numbers; only what the numbers decide is worked out anew, which is the bounds. Nodes that
were made before are taken again, so bounds are worked out once for all rules that share a part.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from game.rules.bounds import Analysis, UnprovableError
from game.rules.expression import (
    Aggregate,
    Arithmetic,
    Call,
    Compare,
    Expression,
    Logic,
    Number,
    children,
)
from game.rules.tokens import MAX_CHARACTERS

# Numbers that are a token of their own, whatever else stands there: no end of a name, no exponent.
_NUMBER = re.compile(
    r"(?<![A-Za-z_0-9.])(?<![eE][-+])([0-9]{1,15}(?:\.[0-9]{1,15})?)(?![0-9A-Za-z_.%])"
)
# In quotes digits are no numbers. What is picked from a whole expression, as in (2 * x)[place], is
# not there any more in the end, and its bounds count too.
_FORMLESS = re.compile(r"""["']|\)\s*\[""")

Key = tuple[Any, ...]


class _Step(NamedTuple):
    """A node to make: `sort` is what it is besides its parts.

    A part is the same in all rules of the form, or else the place of one: among the rule's numbers,
    and after those among the steps.
    """

    sort: tuple[Any, ...]
    make: Callable[..., Expression]
    parts: tuple[Expression | int, ...]


class Forms:
    """The forms of the rules of one vocabulary."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._steps: dict[Key, tuple[_Step, ...]] = {}
        self._numbers: dict[float, Number] = {}
        self._same: dict[Expression, Expression] = {}
        # By the identity of their parts, which they keep.
        self._nodes: dict[Key, Expression] = {}

    def filled(self, text: str, place: Key) -> Expression | None:
        """The meaning of a rule whose form is known and whose numbers are harmless, or None.

        Args:
            text: the rule.
            place: all that its meaning depends on besides its text.
        """
        key, values = _apart(text)
        steps = self._steps.get((place, key))
        if steps is None:
            return None
        made: list[Expression] = [self._number(value) for value in values]
        try:
            for sort, make, parts in steps:
                given = [made[part] if type(part) is int else part for part in parts]
                known: Key = (sort, *map(id, given))
                node = self._nodes.get(known)
                if node is None:
                    node = make(*given)
                    self._analysis.interval(node)
                    self._nodes[known] = node
                made.append(node)
        except UnprovableError:
            return None
        low, high = self._analysis.interval(made[-1])
        return None if math.isinf(low) or math.isinf(high) else made[-1]

    def learn(
        self, text: str, place: Key, whole: Expression, constants: Sequence[tuple[int, Number]]
    ) -> None:
        """Keep the form of a good rule.

        Args:
            text: the rule.
            place: all that its meaning depends on besides its text.
            whole: what it means.
            constants: its numbers, each with where it stands; one may be there twice.
        """
        key, values = _apart(text)
        found = dict(constants)
        starts = sorted(found)
        if not values or [found[start].value for start in starts] != values:
            return
        maker = _Maker({id(number): starts.index(start) for start, number in constants}, self._same)
        maker.part(whole)
        if maker.complete:
            self._steps[place, key] = tuple(maker.steps)

    def _number(self, value: float) -> Number:
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = Number(value)
            self._analysis.note(number, (value, value))
        return number


class _Maker:
    """The steps that make an expression from its numbers.

    Args:
        slots: the place of each number, by its identity.
        same: parts without numbers as other forms have them; theirs are taken, so that they are
            shared.
    """

    def __init__(self, slots: dict[int, int], same: dict[Expression, Expression]) -> None:
        self.steps: list[_Step] = []
        self._count = len(set(slots.values()))
        self._waiting = set(slots)
        self._places = slots
        self._same = same

    @property
    def complete(self) -> bool:
        """Whether every number was found."""
        return not self._waiting

    def part(self, node: Expression) -> Expression | int:
        """A part as steps name it."""
        self._waiting.discard(id(node))
        place = self._places.get(id(node))
        if place is not None:
            return place
        parts = tuple(map(self.part, children(node)))
        if not any(isinstance(part, int) for part in parts):
            return self._same.setdefault(node, node)
        sort, make = _sort(node)
        self.steps.append(_Step(sort, make, parts))
        self._places[id(node)] = place = self._count + len(self.steps) - 1
        return place


def _apart(text: str) -> tuple[Key, list[float]]:
    """What a rule is without its numbers, and these; as a whole where they are not told apart."""
    if len(text) > MAX_CHARACTERS or _FORMLESS.search(text):
        return (text,), []
    pieces = _NUMBER.split(text)
    return tuple(pieces[::2]), [float(digits) for digits in pieces[1::2]]


def _sort(node: Expression) -> tuple[tuple[Any, ...], Callable[..., Expression]]:
    """What a node is besides its parts, and what makes another one of other parts."""
    kind: Any = type(node)
    match node:
        case Arithmetic(op) | Compare(op) | Logic(op) | Aggregate(op):
            return (kind, op), partial(kind, op)
        case Call(function):
            return (kind, function), lambda *parts: Call(function, parts)
    return (kind,), kind
