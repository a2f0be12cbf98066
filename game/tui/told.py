"""The decisions of a campaign in words, a line each, for whoever wants to go back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from game.campaign.wording import joined
from game.tui.names import Names
from game.tui.text import spaced
from game.words import said

if TYPE_CHECKING:
    from game.campaign import Campaign


def told(campaign: Campaign) -> tuple[str, ...]:
    """What was decided, in order."""
    names = Names(campaign)
    titles = campaign.model.scenario.plans
    lines = []
    for decision, after in zip(campaign.decisions, campaign.positions[1:], strict=False):
        plans = len(after.terms)
        here = titles[min(max(plans, 1), len(titles)) - 1].title
        lines.append(f"{_said(decision, names)}  ({here})")
    return tuple(lines)


def _said(decision: Decision, names: Names) -> str:
    match decision:
        case Begin(aim):
            return said("the aim: {spaced}", spaced=spaced(aim or "none"))
        case Plan():
            found = joined(names.dossier(one, short=True) for one in decision.dossiers)
            return said("the plan: {found}", found=found)
        case Answer(choice):
            return said("an answer: {choice}", choice=spaced(choice))
        case Visit(place):
            return said("a visit: {place}", place=spaced(place)) if place else said("stayed in")
        case MidTerm():
            changed = decision.close or decision.reweigh
            if decision.open is not None:
                changed = decision.open.key
            return (
                said("mid-term: {changed}", changed=names.key(changed))
                if changed
                else said("mid-term: left as it was")
            )
        case Trigger(entry, sector):
            return said("by hand, triggered: {entry}", entry=_entry(entry, sector))
        case Expire(entry, sector):
            return said("by hand, expired: {entry}", entry=_entry(entry, sector))
        case Step():
            return said("by hand, a step to the end of a year")
        case Count(push):
            return said("the count: pushed") if push else said("the count: fell short in public")


def _entry(entry: str, sector: str | None) -> str:
    return f"{entry} ({spaced(sector)})" if sector is not None else entry
