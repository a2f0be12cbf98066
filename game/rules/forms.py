"""Rules that differ only in numbers and flags have one form, and all but their bounds in common.

The first rule of a form is read and resolved. Those that follow are put together from its parts and
what they give themselves; only what that decides is worked out anew, which is the bounds. Nodes
that were made before are taken again, so bounds are worked out once for all that share a part.
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
    Holds,
    Logic,
    Number,
    Read,
    Series,
    children,
)
from game.rules.tokens import MAX_CHARACTERS

# Flags, and numbers that are a token of their own whatever else stands there: no end of a name, no
# exponent.
_GIVEN = re.compile(
    r"""(?<![A-Za-z_0-9.])(?<![eE][-+])(
    flag\("[A-Za-z0-9_./-]{1,80}"\)
    |[0-9]{1,15}(?:\.[0-9]{1,15})?(?![0-9A-Za-z_.%])
    )""",
    re.VERBOSE,
)
# In other quotes digits are no numbers. What is picked from a whole expression, as in
# (2 * x)[place], is not there any more in the end, and its bounds count too.
_FORMLESS = re.compile(r"""["']|\)\s*\[""")

Key = tuple[Any, ...]


class _Step(NamedTuple):
    """A node to make: `sort` is what it is besides its parts.

    A part is the same in all rules of the form, or else the place of one: among what the rule
    gives, and after that among the steps.
    """

    sort: tuple[Any, ...]
    make: Callable[..., Expression]
    parts: tuple[Expression | int, ...]


class Forms:
    """The forms of the rules of one vocabulary."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._steps: dict[Key, tuple[_Step, ...]] = {}
        self._given: dict[str, Expression] = {}
        self._same: dict[Expression, Expression] = {}
        # By the identity of their parts, which they keep.
        self._nodes: dict[Key, Expression] = {}

    def filled(self, text: str, place: Key) -> Expression | None:
        """The meaning of a rule whose form is known and whose bounds are harmless, or None.

        Args:
            text: the rule.
            place: all that its meaning depends on besides its text.
        """
        key, given = _apart(text)
        steps = self._steps.get((place, key))
        if steps is None:
            return None
        made: list[Expression] = [self._node(one) for one in given]
        try:
            for sort, make, parts in steps:
                inside = [made[part] if type(part) is int else part for part in parts]
                known: Key = (sort, *map(id, inside))
                node = self._nodes.get(known)
                if node is None:
                    node = make(*inside)
                    self._analysis.interval(node)
                    self._nodes[known] = node
                made.append(node)
        except UnprovableError:
            return None
        low, high = self._analysis.interval(made[-1])
        return None if math.isinf(low) or math.isinf(high) else made[-1]

    def learn(
        self, text: str, place: Key, whole: Expression, nodes: Sequence[tuple[int, Expression]]
    ) -> None:
        """Keep the form of a good rule.

        Args:
            text: the rule.
            place: all that its meaning depends on besides its text.
            whole: what it means.
            nodes: its numbers and flags, each with where it stands; one may be there twice.
        """
        key, given = _apart(text)
        found = dict(nodes)
        starts = sorted(found)
        if not given or [found[start] for start in starts] != list(map(_meaning, given)):
            return
        maker = _Maker({id(node): starts.index(start) for start, node in nodes}, self._same)
        maker.part(whole)
        if maker.complete:
            self._steps[place, key] = tuple(maker.steps)

    def _node(self, given: str) -> Expression:
        node = self._given.get(given)
        if node is None:
            node = self._given[given] = _meaning(given)
            self._analysis.interval(node)
        return node


class _Maker:
    """The steps that make an expression from what its rule gives.

    Args:
        slots: the place of each number and flag, by its identity.
        same: parts without any as other forms have them; theirs are taken, so that they are shared.
    """

    def __init__(self, slots: dict[int, int], same: dict[Expression, Expression]) -> None:
        self.steps: list[_Step] = []
        self._count = len(set(slots.values()))
        self._waiting = set(slots)
        self._places = slots
        self._same = same

    @property
    def complete(self) -> bool:
        """Whether every number and flag was found."""
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


def _apart(text: str) -> tuple[Key, list[str]]:
    """What a rule is without its numbers and flags, and these; all of it where that is open."""
    pieces = _GIVEN.split(text)
    key = tuple(pieces[::2])
    if len(text) > MAX_CHARACTERS or _FORMLESS.search(" ".join(key)):
        return (text,), []
    return key, pieces[1::2]


def _meaning(given: str) -> Expression:
    if given[0] == "f":
        return Holds(Read(Series("flag", given[len('flag("') : -len('")')], "nation")))
    return Number(float(given))


def _sort(node: Expression) -> tuple[tuple[Any, ...], Callable[..., Expression]]:
    """What a node is besides its parts, and what makes another one of other parts."""
    kind: Any = type(node)
    match node:
        case Arithmetic(op) | Compare(op) | Logic(op) | Aggregate(op):
            return (kind, op), partial(kind, op)
        case Call(function):
            return (kind, function), lambda *parts: Call(function, parts)
    return (kind,), kind
