"""From a typed expression back to text, as a reader of rules would write it."""

from __future__ import annotations

from game.rules.expression import (
    Aggregate,
    Arithmetic,
    Call,
    Choose,
    Compare,
    Expression,
    Holds,
    Logic,
    Negate,
    Not,
    Number,
    Read,
    Series,
)
from game.rules.vocabulary import Vocabulary

_CHOOSE, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _MINUS, _ATOM = range(9)
_PREFIXED = {"support": "support", "spend": "spend", "after": "after", "balance": "balance"}
_REMEMBERED = {
    "fired": "fired",
    "times": "times",
    "since": "years_since",
    "active": "active",
    "flag": "flag",
    "counter": "counter",
}


def show(expression: Expression, vocabulary: Vocabulary) -> str:
    """The text of an expression; sugar stays written out, so `share(x)` shows as its `div`.

    Checked again in the same row, the text gives the expression back, as long as it keeps to the
    limits on length and depth.
    """
    return _shown(expression, vocabulary)[0]


def _shown(node: Expression, vocabulary: Vocabulary) -> tuple[str, int]:
    """The text, and how tightly its outermost operation binds."""

    def within(part: Expression, binding: int) -> str:
        text, own = _shown(part, vocabulary)
        return text if own >= binding else f"({text})"

    match node:
        case Number(value):
            return _number(value), _ATOM
        case Read():
            return _read(node, vocabulary), _ATOM
        case Negate(operand):
            return f"-{within(operand, _MINUS)}", _MINUS
        case Holds(operand):
            return within(operand, _ATOM), _ATOM
        case Not(operand):
            return f"not {within(operand, _NOT)}", _NOT
        case Arithmetic(op, left, right):
            binding = _SUM if op in "+-" else _PRODUCT
            return f"{within(left, binding)} {op} {within(right, binding + 1)}", binding
        case Compare(sign, left, right):
            return f"{within(left, _SUM)} {sign} {within(right, _SUM)}", _COMPARE
        case Logic(joiner, left, right):
            binding = _OR if joiner == "or" else _AND
            return f"{within(left, binding)} {joiner} {within(right, binding + 1)}", binding
        case Choose(test, then, other):
            condition = within(test, _OR)
            return f"{within(then, _OR)} if {condition} else {within(other, _CHOOSE)}", _CHOOSE
        case Call(function, arguments):
            inner = ", ".join(within(argument, _CHOOSE) for argument in arguments)
            return f"{function}({inner})", _ATOM
        case Aggregate(reduction, operand):
            return f"{reduction}({within(operand, _CHOOSE)})", _ATOM


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _read(read: Read, vocabulary: Vocabulary) -> str:
    text = series_text(read.series)
    if read.index is not None:
        text += f"[{vocabulary.places(read.series.axis)[read.index]}]"
    return f"previous({text})" if read.lagged else text


def series_text(series: Series) -> str:
    """How a rule names a series."""
    if series.kind in _REMEMBERED:
        return f'{_REMEMBERED[series.kind]}("{series.name}")'
    if series.kind in _PREFIXED:
        return f"{_PREFIXED[series.kind]}.{series.name}"
    return series.name
