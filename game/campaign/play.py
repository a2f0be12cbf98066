"""The rules of play: which question follows which answer. Positions in, positions out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from game.campaign import drafting, judging, midterm, opening, yearly
from game.campaign.decisions import (
    Answer,
    Begin,
    Count,
    Decision,
    Expire,
    MidTerm,
    Plan,
    Step,
    Trigger,
    Visit,
)
from game.campaign.draft import Draft
from game.campaign.forms import DecisionError
from game.campaign.position import Position
from game.campaign.practice import PRACTICE_ALONE, intervened
from game.campaign.records import DraftAsk, EndedAsk, OpeningAsk
from game.words import later, said

if TYPE_CHECKING:
    from game.campaign.table import Game

MIDTERM_AFTER = 3
WANTED = {
    "opening": later("an aim"),
    "draft": later("a plan"),
    "request": later("an answer to the request"),
    "visit": later("where to go"),
    "place": later("an answer to the people there"),
    "event": later("an answer to the event"),
    "midterm": later("what to change at mid-term"),
    "count": later("whether to push the promise"),
    "ended": later("nothing: the campaign has ended"),
}


def decided(game: Game, position: Position, decision: Decision, number: int) -> Position:
    """The position that follows a decision.

    Args:
        game: what is played.
        position: where the campaign stands.
        decision: the answer to what it asks.
        number: which decision this is, counted from 0.

    Raises:
        DecisionError: the decision does not fit; the position stands as it was.
    """
    match position.stage, decision:
        case _, Trigger() | Expire() | Step() if not game.practice:
            raise DecisionError(said(PRACTICE_ALONE))
        case _, Trigger() | Expire():
            return intervened(game, position, decision)
        case _, Step():
            return stepped(game, position, number)
        case "opening", Begin():
            return drafting.set_out(game, opening.chosen(position, decision))
        case "draft", Plan():
            return yearly_from(game, drafting.locked(game, position, decision, number))
        case "request" | "place" | "event", Answer():
            return onward(game, yearly.answered(game, position, decision))
        case "visit", Visit():
            return onward(game, yearly.visited(game, position, decision))
        case "midterm", MidTerm():
            return yearly_from(game, midterm.revised(game, position, decision))
        case "count", Count(push):
            if push and not getattr(position.ask, "can_push", False):
                raise DecisionError(said("the reserve does not hold enough to push it"))
            return plan_over(game, judging.counted(game, position, push=push))
    wanted = WANTED[position.stage]
    raise DecisionError(
        said(
            "{decision} does not fit: what is asked is {wanted}",
            decision=type(decision).__name__.lower(),
            wanted=wanted,
        )
    )


def stepped(game: Game, position: Position, number: int) -> Position:
    """On to the end of a year, or to the next desk, with the default for whatever asks.

    Raises:
        DecisionError: the campaign has ended, or the desk cannot be locked as it opens.
    """
    if position.stage == "ended":
        raise DecisionError(said("the campaign has ended; there is no year to step to"))
    closed = len(position.years)
    position = _by_default(game, position, number)
    while len(position.years) == closed and not isinstance(position.ask, DraftAsk | EndedAsk):
        position = _by_default(game, position, number)
    return position


def _by_default(game: Game, position: Position, number: int) -> Position:
    """What an office does where nobody decides."""
    match position.stage:
        case "opening":
            assert isinstance(position.ask, OpeningAsk)
            aim = position.ask.aims[0][0] if position.ask.aims else None
            return decided(game, position, Begin(aim), number)
        case "draft":
            assert position.desk is not None
            return decided(game, position, Draft.opening(position.desk).plan(), number)
        case "event":
            assert position.running is not None
            # What is not answered takes its default as the year closes.
            running = replace(position.running, waiting=position.running.waiting[1:])
            return onward(game, yearly.next_event(game, position.but(running=running)))
        case "request" | "place":
            return onward(game, yearly.events(game, position))
        case "visit":
            return decided(game, position, Visit(None), number)
        case "midterm":
            return decided(game, position, MidTerm(), number)
        case _:
            return decided(game, position, Count(False), number)


def yearly_from(game: Game, position: Position) -> Position:
    """The next year, and what follows if it asks nothing."""
    return onward(game, yearly.begun(game, position))


def onward(game: Game, position: Position) -> Position:
    """On from a year that may have closed, to the next question."""
    while position.running is None and position.stage != "ended":
        term, year = position.term, position.state.year
        if year >= term.last_year:
            return plan_over(game, position)
        if year == term.first_year + MIDTERM_AFTER - 1:
            return position.but(stage="midterm", ask=midterm.asked(game, position))
        position = yearly.begun(game, position)
    return position


def plan_over(game: Game, position: Position) -> Position:
    """The count, then the verdicts, then the next draft or the end."""
    ask = judging.next_count(game, position)
    if ask is not None:
        return position.but(stage="count", ask=ask)
    position = judging.closed(game, position)
    if len(position.terms) >= len(game.model.scenario.plans):
        return position.but(stage="ended", ask=EndedAsk())
    return drafting.set_out(game, position)
