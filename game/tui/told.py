"""The decisions of a campaign in words, a line each, for whoever wants to go back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.campaign.decisions import Answer, Begin, Count, Decision, MidTerm, Plan, Visit
from game.tui.names import Names
from game.tui.text import spaced

if TYPE_CHECKING:
    from game.campaign import Campaign


def told(campaign: Campaign) -> tuple[str, ...]:
    """What was decided, in order."""
    names = Names(campaign)
    plans = 0
    lines = []
    for decision in campaign.decisions:
        titles = campaign.model.scenario.plans
        if isinstance(decision, Plan):
            plans += 1
        here = titles[min(max(plans, 1), len(titles)) - 1].title
        lines.append(f"{_said(decision, names)}  ({here})")
    return tuple(lines)


def _said(decision: Decision, names: Names) -> str:
    match decision:
        case Begin(aim):
            return f"the aim: {spaced(aim or 'none')}"
        case Plan():
            found = ", ".join(names.dossier(one, short=True) for one in decision.dossiers)
            return f"the plan: {found}"
        case Answer(choice):
            return f"an answer: {spaced(choice)}"
        case Visit(place):
            return f"a visit: {spaced(place)}" if place else "stayed in"
        case MidTerm():
            changed = decision.close or decision.reweigh
            if decision.open is not None:
                changed = decision.open.key
            return f"mid-term: {names.key(changed)}" if changed else "mid-term: left as it was"
        case Count(push):
            return "the count: pushed" if push else "the count: fell short in public"
