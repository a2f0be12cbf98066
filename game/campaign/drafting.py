"""From one plan to the next: what stands before a draft, and locking a draft in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.campaign.clocks import warnings
from game.campaign.decisions import Dossier, Plan
from game.campaign.desk import Desk
from game.campaign.desks import set_desk
from game.campaign.draft import Draft
from game.campaign.forms import DecisionError
from game.campaign.money import Cell
from game.campaign.offers import AN_ADVISOR
from game.campaign.people import STANDING
from game.campaign.position import Before, Lines, PlannedTerm, Position, Post
from game.campaign.promises import completed, mandate_of
from game.campaign.records import DraftAsk
from game.campaign.wording import amount, named
from game.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from game.campaign.table import Game

INBOX = 3


def set_out(game: Game, position: Position) -> Position:
    """The desk is set and a draft is asked for."""
    sight = game.now(position)
    desk = set_desk(position, sight, game.capital(position), game.counter(position))
    released = tuple(p for p in position.pledges if p in desk.pledges)
    mandate, says = mandate_of(sight)
    span = game.model.scenario.plans[desk.plan]
    ask = DraftAsk(
        plan=desk.plan,
        title=span.title,
        first_year=desk.first_year,
        last_year=desk.last_year,
        inbox=_inbox(game, position, desk),
        offers=desk.offers,
        mandate=mandate,
        mandate_says=named(says, desk.names),
    )
    return position.but(
        stage="draft", ask=ask, desk=desk, offers=desk.offers, pledges=released, running=None
    )


def _inbox(game: Game, position: Position, desk: Desk) -> tuple[str, ...]:
    """What is on the desk before anything else: pledges, people, warnings."""
    lines = []
    for pledge in desk.pledges:
        if pledge.until >= desk.first_year:
            tool = desk.tools.get(pledge.instrument)
            what = tool.short if tool is not None else pledge.instrument
            name = desk.names.get(pledge.to, pledge.to)
            lines.append(
                said(
                    "{name} was promised {what} until {until}.",
                    name=name,
                    what=what,
                    until=pledge.until,
                )
            )
    if position.terms:
        lines += _moves(game, position)
    for warning in warnings(game.now(position)):
        lines.append(named(warning.text, desk.names))
    upkeep = Draft.opening(desk).upkeep
    if upkeep > 0.0:
        asks = amount(upkeep, desk.currency)
        lines.insert(0, said("What was built and stands asks {asks} of upkeep.", asks=asks))
    if desk.mandate is not None:
        title = desk.title(desk.mandate.key)
        lines.insert(
            0,
            said("You have no capital left: the mandate has written {title} itself.", title=title),
        )
    return tuple(lines[:INBOX])


def _moves(game: Game, position: Position) -> list[str]:
    term, pack = position.term, game.model.pack
    names = game.names(position)
    lines = []
    if term.moved_up is not None:
        title = pack.people[term.moved_up].promoted
        lines.append(said("{name} has moved up: {title}.", name=names[term.moved_up], title=title))
    if term.retired is not None:
        title = pack.people[term.retired].title
        lines.append(said("{title}: {name} has taken over.", title=title, name=names[term.retired]))
    return lines


def shares_of(allocation: Mapping[Cell, float], budget: float) -> tuple[tuple[Cell, float], ...]:
    """An allocation as parts of the budget, in a fixed order."""
    ordered = sorted(allocation.items(), key=lambda one: (one[0][0], one[0][1] or ""))
    return tuple((cell, money / budget) for cell, money in ordered) if budget > 0 else ()


def organised(dossiers: tuple[Dossier, ...]) -> tuple[tuple[str, str], ...]:
    """The architectures that dossiers ask for."""
    return tuple(
        (one.sector, one.architecture)
        for one in dossiers
        if one.sector is not None and one.architecture is not None
    )


def stamped(dossiers: tuple[Dossier, ...]) -> tuple[str, ...]:
    """The sectors whose dossiers end with the plan."""
    return tuple(one.sector for one in dossiers if one.sector is not None and one.sunset)


def lines_of(draft: Draft) -> Lines:
    """What a draft gives to each cell, for any world to follow."""
    desk = draft.desk
    return Lines(
        shares_of(draft.given, desk.budget),
        organised(draft.dossiers),
        desk.last_year - desk.first_year + 1,
        stamped(draft.dossiers),
        shares_of(draft.upkeep_lines, desk.budget),
    )


def locked(game: Game, position: Position, plan: Plan, decision: int) -> Position:
    """The position with a plan in force.

    Raises:
        DecisionError: the plan cannot be locked.
    """
    desk, ask = position.desk, position.ask
    assert desk is not None
    assert isinstance(ask, DraftAsk)
    if len({one.key for one in plan.dossiers}) != len(plan.dossiers):
        raise DecisionError(said("two dossiers are of the same sector or channel"))
    draft = Draft(desk, plan.dossiers, plan.amounts, plan.proposals)
    problems = list(draft.problems)
    missing = [one for one in plan.proposals if one not in draft.taken]
    problems += [said("the proposal {one} is not on the desk", one=f"{one!r}") for one in missing]
    if problems:
        raise DecisionError("; ".join(problems))
    promises = completed(plan.promises, ask.mandate, game.model)
    before = _done_by(game, draft)
    lines = before.plan
    assert lines is not None
    broken = draft.broken
    pledges = tuple(p for p in desk.pledges if p not in broken) + draft.signed
    term = PlannedTerm(
        plan=desk.plan,
        first_year=desk.first_year,
        last_year=desk.last_year,
        desk=desk,
        dossiers=draft.dossiers,
        amounts=draft.amounts,
        lines=lines,
        promises=promises,
        taken=draft.taken,
        sentence=plan.sentence,
        decision=decision,
        capital_before=desk.capital,
        opened=draft.dossiers,
    )
    position = game.done(position, before)
    return position.but(
        terms=(*position.terms, term),
        pledges=pledges,
        kept=tuple((p, "broken") for p in broken),
        desk=None,
    )


def _done_by(game: Game, draft: Draft) -> Before:
    """The plan's lines, and what locking it costs and earns."""
    desk = draft.desk
    posts: list[Post] = []
    for reason, price in draft.prices:
        posts += game.paid("plan", said("Locking the plan {reason}.", reason=reason), -price)
    for office in dict.fromkeys(offer.by.office for offer in desk.offers):
        step = _step(draft, office)
        if step:
            says = (
                said("Both proposals were taken.") if step > 0 else said("No proposal was taken.")
            )
            posts.append(Post("table", says, ((f'counter("{office}.standing")', float(step)),)))
    return Before(
        plan=lines_of(draft),
        posts=tuple(posts),
        raised=tuple(f"{pledge.to}.pledge_broken" for pledge in draft.broken),
    )


def _step(draft: Draft, office: str) -> int:
    """How an advisor's standing moves: +1 where both were taken, -1 where none was."""
    mine = [one for one in draft.desk.offers if one.by.office == office]
    taken = sum(one.id in draft.taken for one in mine)
    standing = mine[0].by.standing
    if taken == AN_ADVISOR:
        return 1 if standing < STANDING[1] else 0
    if taken == 0:
        return -1 if standing > STANDING[0] else 0
    return 0
