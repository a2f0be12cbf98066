"""What the parser makes of a rule: the text as a tree, each part with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SyntaxOp = Literal["+", "-", "*", "/", "and", "or"]


@dataclass(frozen=True, slots=True)
class NumberSyntax:
    """`0.5`, `1e3` or `50%`."""

    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StringSyntax:
    """A name in quotes, as `fired("e")` takes it."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NameSyntax:
    """`gdp`, or with a prefix `support.zones`; `prefix` is empty where none is written."""

    prefix: str
    name: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The name as written, prefix and all."""
        return f"{self.prefix}.{self.name}" if self.prefix else self.name


@dataclass(frozen=True, slots=True)
class IndexSyntax:
    """`x[new_energy]`: one place of something that varies over sectors or regions."""

    target: Syntax
    place: NameSyntax
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CallSyntax:
    """`f(a, b)`; `name` is a bare name."""

    name: NameSyntax
    arguments: tuple[Syntax, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class UnarySyntax:
    """`-x` or `not x`."""

    op: Literal["-", "not"]
    operand: Syntax
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BinarySyntax:
    """Two parts joined by arithmetic, `and` or `or`."""

    op: SyntaxOp
    left: Syntax
    right: Syntax
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CompareSyntax:
    """`a < b`, or a chain `a <= b < c`: one more operand than there are signs."""

    ops: tuple[Literal["<", "<=", ">", ">=", "==", "!="], ...]
    operands: tuple[Syntax, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ChooseSyntax:
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
