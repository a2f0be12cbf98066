"""What the parser makes of a rule: the text as a tree, each part with its place in the text."""

from __future__ import annotations

from typing import Literal, NamedTuple

SyntaxOp = Literal["+", "-", "*", "/", "and", "or"]


class NumberSyntax(NamedTuple):
    """`0.5`, `1e3` or `50%`."""

    value: float
    start: int
    end: int


class StringSyntax(NamedTuple):
    """A name in quotes, as `fired("e")` takes it."""

    value: str
    start: int
    end: int


class NameSyntax(NamedTuple):
    """`gdp`, or with a prefix `support.zones`; `prefix` is empty where none is written."""

    prefix: str
    name: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The name as written, prefix and all."""
        return f"{self.prefix}.{self.name}" if self.prefix else self.name


class IndexSyntax(NamedTuple):
    """`x[new_energy]`: one place of something that varies over sectors or regions."""

    target: Syntax
    place: NameSyntax
    start: int
    end: int


class CallSyntax(NamedTuple):
    """`f(a, b)`; `name` is a bare name."""

    name: NameSyntax
    arguments: tuple[Syntax, ...]
    start: int
    end: int


class UnarySyntax(NamedTuple):
    """`-x` or `not x`."""

    op: Literal["-", "not"]
    operand: Syntax
    start: int
    end: int


class BinarySyntax(NamedTuple):
    """Two parts joined by arithmetic, `and` or `or`."""

    op: SyntaxOp
    left: Syntax
    right: Syntax
    start: int
    end: int


class CompareSyntax(NamedTuple):
    """`a < b`, or a chain `a <= b < c`: one more operand than there are signs."""

    ops: tuple[Literal["<", "<=", ">", ">=", "==", "!="], ...]
    operands: tuple[Syntax, ...]
    start: int
    end: int


class ChooseSyntax(NamedTuple):
    """`then if test else other`."""

    test: Syntax
    then: Syntax
    other: Syntax
    start: int
    end: int


Syntax = (
    NumberSyntax
    | StringSyntax
    | NameSyntax
    | IndexSyntax
    | CallSyntax
    | UnarySyntax
    | BinarySyntax
    | CompareSyntax
    | ChooseSyntax
)
