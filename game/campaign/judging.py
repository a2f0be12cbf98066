"""The end of a plan: the count, the verdicts, who moved, what the review hints at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from game.campaign.people import moved
from game.campaign.position import Before, PlannedTerm, Position, Post, Told
from game.campaign.promises import judged
from game.campaign.records import CountAsk, Pledge, PromiseState
from game.campaign.sight import Sight, plain_read
from game.campaign.wording import named
from game.engine.layout import special
from game.rules import leaves
from game.words import said

if TYPE_CHECKING:
    from game.campaign.table import Game

PUSH_COST = 0.02
"""The part of the budget that pushing a promise takes from the reserve."""
PUSH_BLURS = 0.04
"""What a push takes from each number that makes the report honest, as a part of its range."""
HINTS = 3
"""How many hints of endings one review shows."""


def states(game: Game, position: Position) -> tuple[PromiseState, ...]:
    """The plan's promises against the numbers as they are reported now."""
    sight, term = game.now(position), position.term
    return tuple(judged(p, sight, pushed=p.measure in term.pushed) for p in term.promises)


def next_count(game: Game, position: Position) -> CountAsk | None:
    """A promise that is short by a little and was not asked about yet."""
    sight, term = game.now(position), position.term
    left = sight.state.matrix[game.model.layout.row(special("reserve_left")), 0]
    cost = PUSH_COST * term.desk.budget
    asked = {*term.pushed, *term.let_go}
    for state in states(game, position):
        if state.near and state.promise.measure not in asked:
            spent = cost * len(term.pushed)
            return CountAsk(
                year=sight.state.year,
                promise=state,
                cost=cost,
                can_push=float(left) - spent >= cost,
            )
    return None


def counted(game: Game, position: Position, *, push: bool) -> Position:
    """The promise asked about is pushed, or falls short in public."""
    ask = position.ask
    assert isinstance(ask, CountAsk)
    measure = ask.promise.promise.measure
    term = position.term
    if not push:
        term = replace(term, let_go=(*term.let_go, measure))
        return position.but(terms=(*position.terms[:-1], term))
    term = replace(term, pushed=(*term.pushed, measure))
    amounts = tuple(_pushed(game.now(position), ask.promise).items())
    post = Post("count", said("A number was pushed at the count."), amounts)
    position = position.but(terms=(*position.terms[:-1], term))
    return game.done(position, Before(posts=(post,))) if amounts else position


def _pushed(sight: Sight, state: PromiseState) -> dict[str, float]:
    """What a push costs later: what the number owed, and the honesty of what reports it."""
    model = sight.model
    measure = sight.expression(state.promise.measure)
    amounts: dict[str, float] = {}
    read = plain_read(measure)
    if read is not None:
        entry = model.pack.indicators[read.series.name]
        if not entry.computed:
            amounts[state.promise.measure] = state.reported - state.promise.value
    honest: set[str] = set()
    for one in leaves(measure):
        if one.series.kind != "indicator":
            continue
        entry = model.pack.indicators[one.series.name]
        if entry.reported is not None:
            for text in (entry.reported.bias, entry.reported.noise):
                found = leaves(model.expressions.number(text, entry.scope))
                honest |= {r.series.name for r in found if r.series.kind == "indicator"}
    for name in sorted(honest):
        entry = model.pack.indicators[name]
        if not entry.computed and entry.scope == "nation" and entry.good != "neither":
            size = PUSH_BLURS * (entry.bounds[1] - entry.bounds[0])
            amounts[name] = -size if entry.good == "up" else size
    return amounts


def closed(game: Game, position: Position) -> Position:
    """The plan is judged: stakes are posted, people move, hints are shown."""
    verdicts = states(game, position)
    posts: list[Post] = []
    for state in verdicts:
        says = (
            said("A promise kept: {title}.", title=state.title)
            if state.kept
            else said("A promise broken: {title}.", title=state.title)
        )
        posts += game.paid("promise", says, state.pays)
    standing = game.counter(position)
    cast, up, out = moved(
        position.cast,
        game.model.pack,
        game.seed,
        position.term.plan,
        lambda office: standing(f"{office}.standing"),
    )
    if out is not None and standing(f"{out}.standing"):
        amount = -standing(f"{out}.standing")
        says = said("Somebody new holds the office.")
        posts.append(Post("office", says, ((f'counter("{out}.standing")', amount),)))
    position = game.done(
        position, Before(posts=tuple(posts), promises=tuple(one.kept for one in verdicts))
    )
    shown = hints(game, position)
    known = {(one.ending, one.hint) for one in position.told}
    told = tuple(one for one in shown if (one.ending, one.hint) not in known)
    term = replace(
        position.term,
        verdicts=verdicts,
        pledges=(*position.kept, *((p, "held") for p in position.pledges)),
        capital_after=game.capital(position),
        hints=tuple(one.says for one in shown),
        moved_up=up,
        retired=out,
    )
    return position.but(
        terms=(*position.terms[:-1], term),
        cast=cast,
        told=(*position.told, *told),
        ran=_ran(position, term),
        made=position.made + len(verdicts),
        upheld=position.upheld + sum(one.kept for one in verdicts),
        kept=(),
    )


def _ran(position: Position, term: PlannedTerm) -> dict[str, int]:
    """How many full plans each dossier has run."""
    opened = {one.key for one in term.opened}
    return {
        one.key: position.ran.get(one.key, 0) + (1 if one.key in opened else 0)
        for one in term.dossiers
    }


def hints(game: Game, position: Position) -> tuple[Told, ...]:
    """Hints of endings whose condition holds now, new ones first."""
    sight, names = game.now(position), game.names(position)
    told = {(one.ending, one.hint) for one in position.told}
    found = []
    for name in game.model.scenario.endings:
        ending = game.model.pack.endings[name]
        for hint in ending.hints:
            if sight.holds(hint.when):
                says = named(hint.says, names)
                new = (name, hint.id) not in told
                found.append((not new, ending.order, Told(sight.state.year, name, hint.id, says)))
    found.sort(key=lambda one: one[:2])
    return tuple(one for _, _, one in found[:HINTS])


def matured(position: Position, year: int) -> tuple[Position, tuple[Pledge, ...]]:
    """Pledges kept to their end leave the desk."""
    done = tuple(p for p in position.pledges if p.until <= year)
    rest = tuple(p for p in position.pledges if p.until > year)
    kept = (*position.kept, *((p, "kept") for p in done))
    return position.but(pledges=rest, kept=kept), done
