"""Promises: what can be promised, whether it was kept, and what the word pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.campaign.decisions import Promise
from game.campaign.forms import DecisionError
from game.campaign.records import PromiseState
from game.campaign.sight import Sight, describe
from game.rules import RuleError
from game.words import said

if TYPE_CHECKING:
    from game.engine import Model
    from game.packs.schema_campaign import Mandate

NEAR = 0.10
"""A promise is short by a little where less than this part of what was promised is missing."""
MOST_PROMISES = 4


def measures(model: Model) -> tuple[tuple[str, str, str, str], ...]:
    """What can be promised: expression, title, unit, and which way is good."""
    result = []
    for entry in model.scenario.measures:
        title, unit, good = describe(model, entry.measure)
        result.append((entry.measure, title, unit, good))
    return tuple(result)


def keeps(promise: Promise, number: float) -> bool:
    """Whether a number keeps a promise."""
    if promise.bound == "at_least":
        return number >= promise.value
    return number <= promise.value


def stakes(sight: Sight, promise: Promise) -> tuple[float, float]:
    """Political capital for a promise kept and for one broken."""
    kept, broken = getattr(sight.model.scenario.prices, promise.word)
    return sight.of(kept, true=True), sight.of(broken, true=True)


def judged(promise: Promise, sight: Sight, *, pushed: bool = False) -> PromiseState:
    """A promise against the number reported; one that was pushed is reported as kept."""
    title, unit, _ = describe(sight.model, promise.measure)
    number = sight.of(promise.measure)
    kept = keeps(promise, number)
    size = max(abs(promise.value), 1e-9)
    near = not kept and abs(number - promise.value) < NEAR * size
    if pushed and not kept:
        number, kept, near = promise.value, True, False
    win, lose = stakes(sight, promise)
    return PromiseState(promise, title, unit, number, kept, win if kept else lose, near)


def mandate_of(sight: Sight) -> tuple[Promise | None, str]:
    """The target that the leadership writes: the first whose condition holds, and its words."""
    entry = mandate_entry(sight)
    if entry is None:
        return None, ""
    lower = entry.at_least is not None
    value = sight.of((entry.at_least if lower else entry.at_most) or "0")
    promise = Promise(
        entry.measure, "at_least" if lower else "at_most", value, entry.word, mandate=True
    )
    return promise, entry.says or entry.title


def mandate_entry(sight: Sight) -> Mandate | None:
    """The scenario's mandate whose condition holds first."""
    return next((one for one in sight.model.scenario.mandate if sight.holds(one.when)), None)


def completed(
    promises: tuple[Promise, ...], mandate: Promise | None, model: Model
) -> tuple[Promise, ...]:
    """The promises of a plan with the mandate's, once each.

    Raises:
        DecisionError: one of them cannot be promised.
    """
    own = [one for one in promises if not one.mandate]
    for one in promises:
        if one.mandate and one != mandate:
            raise DecisionError(said("the mandate's promise stands as it was written"))
    known = {entry.measure for entry in model.scenario.measures}
    for one in own:
        if one.measure not in known:
            raise DecisionError(
                said(
                    "{measure} is not something that can be promised here",
                    measure=f"{one.measure!r}",
                )
            )
        try:
            model.expressions.either(one.measure, "nation", ending=True)
        except RuleError as error:
            raise DecisionError(
                said("{measure} cannot be read: {error}", measure=f"{one.measure!r}", error=error)
            ) from error
    sides = [(one.measure, one.bound) for one in own]
    if len(set(sides)) != len(sides):
        raise DecisionError(said("the same thing is promised twice"))
    total = (mandate, *own) if mandate is not None else tuple(own)
    if len(total) > MOST_PROMISES:
        raise DecisionError(said("at most {most} promises go with a plan", most=MOST_PROMISES))
    return tuple(total)
