"""The mid-term: one dossier closed, opened or weighed anew, from the plan's fourth year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from game.campaign.decisions import UNITS, Dossier, MidTerm
from game.campaign.desk import problems_of
from game.campaign.drafting import organised, stamped
from game.campaign.forms import DecisionError
from game.campaign.money import Cell, cells_of, key_of
from game.campaign.position import Before, Lines, PlannedTerm, Position, Post
from game.campaign.records import MidTermAsk, Pledge
from game.campaign.wording import amount, held
from game.engine.layout import special
from game.words import said

if TYPE_CHECKING:
    from game.campaign.table import Game

LOST = 0.2
"""The part of the money that a change in mid-plan loses."""


@dataclass(frozen=True)
class _Change:
    """A dossier as it was and as it will be; None where there is none."""

    old: Dossier | None
    new: Dossier | None

    @property
    def key(self) -> str:
        one = self.old or self.new
        assert one is not None
        return one.key


def asked(game: Game, position: Position) -> MidTermAsk:
    """What the mid-term puts on the table."""
    from game.campaign.judging import states

    return MidTermAsk(
        year=position.state.year,
        dossiers=position.term.dossiers,
        capital=game.now(position).of(game.model.scenario.prices.midterm, true=True),
        promises=states(game, position),
    )


def revised(game: Game, position: Position, decision: MidTerm) -> Position:
    """The position with the plan changed.

    Raises:
        DecisionError: it cannot be changed so.
    """
    change = _change(decision, position.term)
    if change is None:
        return position
    ask, term = position.ask, position.term
    assert isinstance(ask, MidTermAsk)
    hand = game.at_hand(position)
    if hand < ask.capital:
        raise DecisionError(
            said(
                "it takes {capital} capital and you have {hand}",
                capital=f"{ask.capital:g}",
                hand=held(hand),
            )
        )
    if change.new is not None:
        problems = list(problems_of(change.new, term.desk))
        if problems:
            raise DecisionError("; ".join(problems))
    mandate = term.desk.mandate
    if mandate is not None and change.old == mandate:
        raise DecisionError(said("the mandate has written that dossier; it stays as it is"))
    lines, back, amounts = _moved(change, term, position.state.year)
    _check_reserve(game, position, back)
    dossiers = tuple(_dossiers(change, term))
    broken = tuple(_broken(change, position.pledges, term))
    price = ask.capital + term.desk.breaking * len(broken)
    posts: tuple[Post, ...] = game.paid("midterm", said("The plan was changed on its way."), -price)
    before = Before(
        shift=replace(lines, architecture=organised(dossiers), sunset=stamped(dossiers)),
        reserve=back,
        posts=posts,
        raised=tuple(f"{pledge.to}.pledge_broken" for pledge in broken),
    )
    term = replace(term, dossiers=dossiers, lines=lines, amounts=amounts)
    position = game.done(position, before)
    return position.but(
        terms=(*position.terms[:-1], term),
        pledges=tuple(p for p in position.pledges if p not in broken),
        kept=(*position.kept, *((p, "broken") for p in broken)),
    )


def _change(decision: MidTerm, term: PlannedTerm) -> _Change | None:
    desk = {one.key: one for one in term.dossiers}
    if decision.close is not None:
        return _Change(_found(desk, decision.close), None)
    if decision.open is not None:
        if decision.open.key in desk:
            raise DecisionError(said("that dossier is open already; weigh it anew instead"))
        return _Change(None, decision.open)
    if decision.reweigh is not None and decision.weight is not None:
        old = _found(desk, decision.reweigh)
        if old.weight == decision.weight:
            raise DecisionError(
                said("{title} has that weight already", title=term.desk.title(old.key))
            )
        return _Change(old, replace(old, weight=decision.weight))
    return None


def _found(desk: dict[str, Dossier], key: str) -> Dossier:
    if key not in desk:
        raise DecisionError(
            said("{key} is not on the desk: {desk}", key=f"{key!r}", desk=", ".join(desk))
        )
    return desk[key]


def _moved(
    change: _Change, term: PlannedTerm, year: int
) -> tuple[Lines, float, tuple[tuple[str, str | None, float], ...]]:
    """The plan's lines from now on, what the reserve gets, and the exact cells that are left."""
    desk = term.desk
    mine = {
        cell: share for cell, share in term.lines.shares if key_of(cell, desk.tools) == change.key
    }
    others = {cell: s for cell, s in term.lines.shares if cell not in mine}
    part = (term.last_year - year) / term.lines.years
    was = sum(mine.values())
    goal = UNITS[change.new.weight] * desk.unit if change.new is not None else 0.0
    if change.old is not None and change.new is not None:
        # Exact cells keep their proportions: the weight scales them all.
        goal = was * UNITS[change.new.weight] / UNITS[change.old.weight]
    gain = goal - was
    now = was + gain * (1.0 - LOST) if gain > 0 else goal
    back = -gain * part if gain > 0 else -gain * part * (1.0 - LOST)
    fresh: dict[Cell, float] = {}
    if change.new is not None:
        fresh = cells_of(change.new, now)
        if mine:
            fresh = {cell: share * now / was for cell, share in mine.items()}
    shares = tuple(sorted({**others, **fresh}.items(), key=_cell_order))
    amounts = tuple(
        (i, s, m) for i, s, m in term.amounts if key_of((i, s), desk.tools) != change.key
    )
    return replace(term.lines, shares=shares), back, amounts


def _cell_order(one: tuple[Cell, float]) -> tuple[str, str]:
    return one[0][0], one[0][1] or ""


def _check_reserve(game: Game, position: Position, back: float) -> None:
    row = {name: game.model.layout.row(special(name)) for name in ("budget", "reserve_left")}
    budget = float(position.state.matrix[row["budget"], 0])
    left = float(position.state.matrix[row["reserve_left"], 0])
    if -back * budget > left + 1e-9:
        wanted, there = (
            amount(one, game.model.scenario.currency) for one in (-back * budget, left)
        )
        raise DecisionError(
            said(
                "it takes {wanted} of the reserve and {there} are left", wanted=wanted, there=there
            )
        )


def _dossiers(change: _Change, term: PlannedTerm) -> Iterable[Dossier]:
    for one in term.dossiers:
        if one.key != change.key:
            yield one
        elif change.new is not None:
            yield change.new
    if change.old is None and change.new is not None:
        yield change.new


def _broken(change: _Change, pledges: tuple[Pledge, ...], term: PlannedTerm) -> Iterable[Pledge]:
    """Pledges on the dossier that the change no longer keeps."""
    for pledge in pledges:
        cell = (pledge.instrument, pledge.sector)
        if pledge.instrument not in term.desk.tools:
            continue
        if key_of(cell, term.desk.tools) != change.key or change.old is None:
            continue
        if pledge.instrument not in change.old.lines:
            continue
        weight = "light"
        if pledge.weight in UNITS:
            weight = pledge.weight
        units = UNITS[weight]  # type: ignore[index]
        if change.new is None or UNITS[change.new.weight] < units:
            yield pledge
