"""A number against the mark that a condition sets it, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.campaign.clauses import Margin, first_read, margin
from game.campaign.sight import Sight, title_of
from game.campaign.wording import apart
from game.rules.expression import Aggregate, Arithmetic, Call, Expression, Read
from game.words import later, said

if TYPE_CHECKING:
    from game.engine import Model

_OVER = {
    "mean": later("average"),
    "largest": later("largest"),
    "smallest": later("smallest"),
    "sum": later("in all"),
}


def subject(model: Model, expression: Expression) -> tuple[str, bool] | None:
    """What a compared number is called and whether it is a change; None where no word is known.

    Only what keeps an indicator's unit has one: the indicator, its change in a year, or one number
    of all its places. Anything else would be shown with a unit that it does not have.
    """
    match expression:
        case Read(series) if series.kind == "indicator":
            return title_of(model, expression), False
        case Arithmetic("-", Read() as now, Read() as then) if _year_apart(now, then):
            return said("{title}, change in a year", title=title_of(model, now)), True
        case Call("abs", (Arithmetic("-", Read() as now, Read() as then),)) if _year_apart(
            now, then
        ):
            return said("{title}, change in a year up or down", title=title_of(model, now)), False
        case Aggregate(reduction, Read(series) as read) if series.kind == "indicator":
            over = _OVER.get(reduction)
            return (f"{title_of(model, read)}, {said(over)}", False) if over else None
        case _:
            return None


def _year_apart(now: Read, then: Read) -> bool:
    same = (now.series, now.index) == (then.series, then.index)
    return same and now.series.kind == "indicator" and then.lagged and not now.lagged


def unit_of(sight: Sight, expression: Expression) -> str:
    """The unit of an expression: that of the indicator that it is about."""
    read = first_read(expression)
    return sight.model.pack.indicators[read.series.name].unit if read is not None else "ratio"


def compared(sight: Sight, clause: Expression) -> Margin | None:
    """A clause with the numbers that people can see.

    Changes are true ones: the year before is kept as it was, not as it was reported.
    """

    def value(expression: Expression) -> float:
        return sight.value(expression, true=_lags(expression))

    return margin(clause, value)


def _lags(expression: Expression) -> bool:
    match expression:
        case Call("abs", (inner,)):
            return _lags(inner)
        case Arithmetic("-", Read() as now, Read() as then):
            return _year_apart(now, then)
        case _:
            return False


def in_words(sight: Sight, against: Margin) -> tuple[str, str, str] | None:
    """The name of what is compared, its number and its mark; None where it has no name."""
    found = subject(sight.model, against.of)
    if found is None:
        return None
    title, moved = found
    now, mark = apart(against.value, against.threshold, unit_of(sight, against.of), moved=moved)
    return title, now, mark
