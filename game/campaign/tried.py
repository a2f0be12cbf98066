"""Conditions tried clause by clause, in the author's words and with the numbers of both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from game.rules import RuleError, parse
from game.rules.syntax import (
    BinarySyntax,
    CompareSyntax,
    NumberSyntax,
    StringSyntax,
    Syntax,
    UnarySyntax,
)

if TYPE_CHECKING:
    from game.campaign.sight import Sight
    from game.rules.expression import Expression

Part = Literal["when", "starts", "ends", "warns"]
DIGITS = (3, 4, 6, 9, 17)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a condition.

    Attributes:
        text: as it is written.
        says: the same with the numbers of its sides.
        holds: whether it holds.
        depth: how deep it stands: what stands in an `or` or a `not` is one deeper.
    """

    text: str
    says: str
    holds: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """A condition of an event or situation, tried.

    Attributes:
        part: which of its conditions this is.
        text: as it is written.
        holds: whether it holds, by true numbers.
        clauses: its parts; all that stand at depth 0 must hold.
        reported: whether it holds by reported numbers, where that is what counts.
    """

    part: Part
    text: str
    holds: bool
    clauses: tuple[Clause, ...]
    reported: bool | None = None


class Trier:
    """Tries conditions in a row of some scope, at one place.

    Args:
        sight: the numbers; the true ones are taken.
        scope: of the row.
        place: the sector, in a sector row.
    """

    def __init__(self, sight: Sight, scope: str, place: str | None) -> None:
        self._sight = sight
        self._scope = scope
        self._place = place

    def trial(self, part: Part, text: str, reported: bool | None = None) -> Trial:
        """A condition with each of its clauses."""
        clauses = tuple(self._clauses(parse(text), text, 0))
        return Trial(part, text, self.holds(text), clauses, reported)

    def holds(self, text: str) -> bool:
        """Whether a condition holds."""
        return self._value(text) > 0.5

    def number(self, text: str) -> float | None:
        """What a text comes to; None where it cannot stand alone."""
        try:
            return self._value(text)
        except RuleError:
            return None

    def _value(self, text: str) -> float:
        expression: Expression = self._sight.expression(text, self._scope, self._place)
        return self._sight.value(expression, true=True)

    def _clauses(self, node: Syntax, text: str, depth: int) -> Iterator[Clause]:
        match node:
            case BinarySyntax("and", left, right):
                yield from self._clauses(left, text, depth)
                yield from self._clauses(right, text, depth)
            case BinarySyntax("or"):
                yield self._head(node, text, "one of these:", depth)
                for one in _alternatives(node):
                    if isinstance(one, BinarySyntax) and one.op == "and":
                        yield self._head(one, text, "all of these:", depth + 1)
                        yield from self._clauses(one, text, depth + 2)
                    else:
                        yield from self._clauses(one, text, depth + 1)
            case UnarySyntax("not", BinarySyntax("and" | "or") as inner):
                yield self._head(node, text, "not:", depth)
                yield from self._clauses(inner, text, depth + 1)
            case _:
                yield self._leaf(node, text, depth)

    def _head(self, node: Syntax, text: str, says: str, depth: int) -> Clause:
        part = text[node.start : node.end]
        return Clause(part, says, self.holds(part), depth)

    def _leaf(self, node: Syntax, text: str, depth: int) -> Clause:
        part = text[node.start : node.end]
        return Clause(part, self._said(node, text), self.holds(part), depth)

    def _said(self, node: Syntax, text: str) -> str:
        match node:
            case CompareSyntax(ops, operands):
                values = [self._known(one, text) for one in operands]
                shown = told_apart([value for value in values if value is not None])
                numbers = iter(shown)
                sides = [
                    _words(one, text) + (f" ({next(numbers)})" if value is not None else "")
                    for one, value in zip(operands, values, strict=True)
                ]
                return sides[0] + "".join(
                    f" {op} {side}" for op, side in zip(ops, sides[1:], strict=True)
                )
            case UnarySyntax("not", operand):
                return f"not {self._said(operand, text)}"
            case _:
                return _words(node, text)

    def _known(self, node: Syntax, text: str) -> float | None:
        """The number of one side; none beside a number as it is written."""
        if isinstance(node, NumberSyntax | StringSyntax):
            return None
        if isinstance(node, UnarySyntax) and isinstance(node.operand, NumberSyntax):
            return None
        return self.number(text[node.start : node.end])


def _alternatives(node: Syntax) -> Iterator[Syntax]:
    if isinstance(node, BinarySyntax) and node.op == "or":
        yield from _alternatives(node.left)
        yield from _alternatives(node.right)
    else:
        yield node


def _words(node: Syntax, text: str) -> str:
    return " ".join(text[node.start : node.end].split())


def told_apart(values: list[float]) -> list[str]:
    """Numbers in as few digits as tell different ones apart."""
    shown: list[str] = []
    for digits in DIGITS:
        shown = [number(value, digits) for value in values]
        if len(set(shown)) == len(set(values)):
            break
    return shown


def number(value: float, digits: int = 3) -> str:
    """A number in so many digits, large ones whole: `0.412`, `41,000`."""
    if value == int(value) and abs(value) < 1e15:
        # A year reads ill with a comma.
        return f"{int(value):,}" if abs(value) >= 10_000 else f"{int(value)}"
    if abs(value) >= 1000:
        places = max(0, digits - 4)
        return f"{value:,.{places}f}"
    return f"{value:.{digits}g}"
