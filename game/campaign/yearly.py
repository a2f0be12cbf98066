"""The five years of a plan: requests, visits, events, and the closing of each year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from game.campaign import practice
from game.campaign.bulletin import report
from game.campaign.cards import Dealer, why_now
from game.campaign.clocks import places_of, row, warnings
from game.campaign.decisions import Answer, Visit
from game.campaign.forms import DecisionError
from game.campaign.judging import matured
from game.campaign.pilots import looked
from game.campaign.position import Before, Firing, PlayedYear, Position, Post, Running
from game.campaign.record import ever_fired, imposed
from game.campaign.records import Card, Happening, Reading, VisitAsk
from game.campaign.sight import Sight, reading
from game.campaign.wording import amount, listed
from game.engine import close_year, open_year
from game.engine.layout import special
from game.engine.lowering import NEVER
from game.words import said

if TYPE_CHECKING:
    from game.campaign.table import Game, Script
    from game.engine import Asked, Pending
    from game.packs.schema import Event

PLACES = 3
VISIT_YEARS = (2, 4)
STOPS_NAMED = 2


def plan_year(position: Position) -> int:
    """Which year of the plan is under way."""
    return position.state.year + 1 - position.term.first_year + 1


def begun(game: Game, position: Position) -> Position:
    """The next year begins: a request, a visit, or what it brings."""
    running = Running(position.state.year + 1)
    position = position.but(running=running)
    year = plan_year(position)
    if year == 1:
        found = pressing(game, position, "request")[:1]
        if found:
            return _dealt(game, position, found[0], "request")
    if year in VISIT_YEARS and pressing(game, position, "visit"):
        return position.but(stage="visit", ask=visit_asked(game, position))
    return events(game, position)


def pressing(game: Game, position: Position, beat: str) -> list[Firing]:
    """Requests or visits that are open now, the most pressing first."""
    sight = game.now(position)
    found: list[tuple[float, str, str]] = []
    for event in game.model.pack.events.values():
        if event.beat != beat or not event.choices:
            continue
        for place in places_of(event, sight):
            if not _again(event, place, sight, position.state.year + 1):
                continue
            if sight.holds(event.when, event.scope, place):
                weight = sight.value(sight.expression(event.pressing, event.scope, place))
                found.append((-weight, event.id, place or ""))
    found.sort()
    once: dict[str, Firing] = {}
    for _, name, place in found:
        once.setdefault(name, (name, place or None))
    return list(once.values())


def _again(event: Event, place: str | None, sight: Sight, year: int) -> bool:
    """Whether it has not come yet, or its cooldown is over."""
    if row(sight, "times", event, place) < 0.5:
        return True
    last = row(sight, "last", event, place)
    # In practice what keeps it back can be done away with.
    return last <= NEVER or (event.cooldown is not None and year - last >= event.cooldown)


def visit_asked(game: Game, position: Position) -> VisitAsk:
    """Where one could go this year."""
    places = pressing(game, position, "visit")[:PLACES]
    sight, pack = game.now(position), game.model.pack
    rows = []
    for name, sector in places:
        event = pack.events[name]
        told = event.title if event.place else "; ".join(why_now(event, sector, sight)[:1])
        why = event.near or event.says or told or event.title
        rows.append((name, event.place or event.title, why))
    last = plan_year(position) == VISIT_YEARS[-1]
    stay = said("Stay in: you hear which two stops next year is likeliest to bring.")
    return VisitAsk(
        year=position.state.year + 1,
        places=tuple(rows),
        stay=stay if last else said("Stay in, and read what is sent."),
    )


def visited(game: Game, position: Position, decision: Visit) -> Position:
    """The place is reached, or nobody's.

    Raises:
        DecisionError: the place is not one of those offered.
    """
    assert isinstance(position.ask, VisitAsk)
    assert position.running is not None
    if decision.place is None:
        return events(game, position.but(running=replace(position.running, stayed=True)))
    offered = [name for name, _, _ in position.ask.places]
    if decision.place not in offered:
        raise DecisionError(
            said(
                "{place} is not a place to go: {offered}",
                place=f"{decision.place!r}",
                offered=", ".join(offered),
            )
        )
    firing = next(f for f in pressing(game, position, "visit") if f[0] == decision.place)
    return _dealt(game, position, firing, "place")


def _dealt(game: Game, position: Position, firing: Firing, stage: str) -> Position:
    """A card on the table; a visited place opens its true numbers."""
    event = game.model.pack.events[firing[0]]
    shown: tuple[Reading, ...] = ()
    if stage == "place" and event.opens:
        sight = game.now(position)
        shown = tuple(reading(text, sight, opened=True) for text in event.opens)
        seen = tuple((text, position.state.year) for text in event.opens)
        position = position.but(opened=(*position.opened, *seen))
    assert position.running is not None
    card = dealer(game, position).card(event, firing[1], position.running.year, shown)
    running = replace(position.running, card=firing)
    return position.but(stage=stage, ask=card, running=running)


def dealer(game: Game, position: Position) -> Dealer:
    """Deals cards with what can still be paid in the year under way."""
    running, sight = position.running, game.now(position)
    assert running is not None
    counter = game.counter(position)

    def favours(office: str) -> int:
        return round(counter(f"{office}.favours")) - running.spent_favours.count(office)

    return Dealer(
        sight,
        game.names(position),
        {one.office: one for one in game.people(position)},
        game.at_hand(position) - running.spent_capital,
        money_left(game, position) - running.spent_money,
        favours,
        game.model.scenario.desk.pledges - len(position.pledges) - len(running.signed),
    )


def money_left(game: Game, position: Position) -> float:
    """Billion yuan that answers could still take: the reserve and the years after this one."""
    matrix, layout = position.state.matrix, game.model.layout

    def number(name: str) -> float:
        return float(matrix[layout.row(special(name)), 0])

    assert position.running is not None
    years = position.term.last_year - position.running.year
    lines = float(matrix[game.model.instruments.planned, 0].sum())
    return number("reserve_left") + lines * number("lines_scale") * years


def answered(game: Game, position: Position, decision: Answer) -> Position:
    """A card is answered.

    Raises:
        DecisionError: the answer does not exist, or cannot be paid.
    """
    card, running = position.ask, position.running
    assert isinstance(card, Card)
    assert running is not None
    option = next((one for one in card.options if one.id == decision.choice), None)
    if option is None:
        known = ", ".join(one.id for one in card.options)
        raise DecisionError(
            said(
                "{choice} is not an answer to {title}: {known}",
                choice=f"{decision.choice!r}",
                title=f"{card.title!r}",
                known=known,
            )
        )
    if not option.can:
        raise DecisionError(f"{option.label}: {option.why_not}")
    event = game.model.pack.events[card.event]
    owed = next(c for c in event.choices if c.id == option.id).costs.favour
    if decision.favour and option.favour is None:
        raise DecisionError(said("{label}: nobody's favour pays for it", label=option.label))
    by_favour = decision.favour or owed is not None
    if option.favour is not None and owed is None and not decision.favour:
        by_favour = False
        _check_paid(game, position, option.money, option.capital)
    whole = owed is None and by_favour
    running = replace(
        running,
        spent_capital=running.spent_capital + (0.0 if whole else option.capital),
        spent_money=running.spent_money + (0.0 if whole else option.money),
        spent_favours=running.spent_favours
        + ((option.favour,) if by_favour and option.favour is not None else ()),
        favours={**running.favours, card.event: option.favour}
        if whole and option.favour is not None
        else running.favours,
        signed=running.signed + ((option.pledge,) if option.pledge is not None else ()),
    )
    firing = (card.event, card.sector)
    if position.stage == "event":
        running = replace(
            running,
            choices={**running.choices, firing: option.id},
            waiting=running.waiting[1:],
        )
        return next_event(game, position.but(running=running))
    running = replace(running, extra=(*running.extra, (*firing, option.id)))
    return events(game, position.but(running=running))


def _check_paid(game: Game, position: Position, money: float, capital: float) -> None:
    running = position.running
    assert running is not None
    if capital > game.at_hand(position) - running.spent_capital + 1e-9:
        raise DecisionError(
            said("it takes {capital} capital; a favour would pay for it", capital=f"{capital:g}")
        )
    if money > money_left(game, position) - running.spent_money + 1e-9:
        price = amount(money, game.model.scenario.currency)
        raise DecisionError(said("it takes {price}; a favour would pay for it", price=price))


def events(game: Game, position: Position) -> Position:
    """The year opens: what it brings is known, and asked one by one."""
    assert position.running is not None
    position, forced = practice.opening(game, position)
    assert position.running is not None
    script = game.script.get(position.running.year)
    if script is None:
        pending = open_year(game.model, position.state, game.draws, force=forced)
        waiting = tuple(one for one in pending.asked if 0 in one.worlds)
    else:
        pending, waiting = scripted(game, position, script)
    asked = tuple((one.event, one.sector) for one in waiting)
    running = replace(
        position.running, pending=pending, waiting=waiting, forced=forced, asked=asked
    )
    return next_event(game, position.but(running=running))


def scripted(game: Game, position: Position, script: Script) -> tuple[Pending, tuple[Asked, ...]]:
    """A year in which exactly what was recorded is asked."""
    events = game.model.event_position
    sectors = game.model.layout.places["sector"]
    known = [
        (name, sector)
        for name, sector in script.asked
        if name in events and (sector is None or sector in sectors)
    ]
    nothing = np.zeros(len(game.model.events), dtype=bool)
    pending = open_year(game.model, position.state, game.draws, force=known, mask=nothing)
    asked = {(one.event, one.sector): one for one in pending.asked}
    return pending, tuple(asked[one] for one in script.asked if one in asked)


def next_event(game: Game, position: Position) -> Position:
    """The next card of the year, or its end."""
    running = position.running
    assert running is not None
    if running.waiting:
        first = running.waiting[0]
        return _dealt(game, position, (first.event, first.sector), "event")
    return year_closed(game, position)


def year_closed(game: Game, position: Position) -> Position:
    """The year is carried out and told; the position is between two years."""
    running = position.running
    assert running is not None
    assert running.pending is not None
    assert position.origin is not None
    outcome = close_year(
        running.pending,
        running.choices,
        extra=running.extra,
        favours=running.favours,
        ledger_of=0,
    )
    happened = tuple(one for one in outcome.happened if one.column == 0)
    end, met = outcome.state, position.met | {one.id for one in happened}
    script = game.script.get(running.year)
    if script is not None:
        end, dropped = imposed(game.model, end, script.numbers)
        game.dropped |= dropped
        met |= ever_fired(game.model, end)
    played = PlayedYear(
        year=running.year,
        plan=position.term.plan,
        before=position.before,
        start=position.origin,
        choices=running.choices,
        extra=running.extra,
        favours=running.favours,
        end=end,
        ledger=outcome.ledger,
        happened=happened,
        forced=running.forced if script is None else (),
        asked=running.asked,
    )
    number = plan_year(position)
    stayed = likeliest(game, position) if running.stayed and number == VISIT_YEARS[-1] else ()
    position = position.but(
        state=end,
        origin=end,
        before=(),
        due=0.0,
        years=(*position.years, played),
        met=met,
        running=None,
    )
    position = _signed(game, position, running)
    return practice.carried_out(game, _told(game, position, played, number, stayed))


def _signed(game: Game, position: Position, running: Running) -> Position:
    """Pledges signed this year pay; those kept to their end become favours."""
    posts: list[Post] = []
    signing = game.now(position).of(game.model.scenario.prices.pledge, true=True)
    for _ in running.signed:
        posts += game.paid("pledge", said("A pledge was signed."), signing)
    position = position.but(pledges=(*position.pledges, *running.signed))
    position, kept = matured(position, running.year)
    for pledge in kept:
        favour = ((f'counter("{pledge.to}.favours")', 1.0),)
        posts.append(Post("pledge", said("A pledge was kept to its end."), favour))
    return game.done(position, Before(posts=tuple(posts))) if posts else position


def _told(
    game: Game,
    position: Position,
    played: PlayedYear,
    number: int,
    stayed: tuple[str, ...],
) -> Position:
    sight, before = game.sight(played.end), game.sight(played.start)
    opened = frozenset(text for text, year in position.opened if year >= played.year - 1)
    promised = [promise.measure for promise in position.term.promises]
    told = report(
        played,
        position.years[:-1],
        sight,
        before,
        game.names(position),
        number,
        promised,
        opened,
        position.reports,
    )
    if stayed:
        text = said("Next year is likeliest to bring: {stayed}.", stayed=listed(tuple(stayed)))
        note = Happening("note", "stops", text)
        told = replace(told, happenings=(*told.happenings, note), quiet=False)
    measures = (*promised, *(one.expression for one in told.headline))
    position, shown = looked(game, position, played, measures)
    if shown is not None:
        told = replace(told, happenings=(*told.happenings, shown), quiet=False)
    warned = {one.id for one in warnings(sight)}
    return position.but(reports=(*position.reports, told), met=position.met | warned, stay=stayed)


def likeliest(game: Game, position: Position) -> tuple[str, ...]:
    """The two events that ask and are likeliest to come, by their chances now."""
    sight = game.now(position)
    found: list[tuple[float, str]] = []
    for event in game.model.pack.events.values():
        if event.beat is not None or not event.choices:
            continue
        best = 0.0
        for place in places_of(event, sight):
            if _again(event, place, sight, position.state.year + 1) and sight.holds(
                event.when, event.scope, place, true=True
            ):
                chance = sight.expression(event.chance, event.scope, place)
                best = max(best, sight.value(chance, true=True))
        if best > 0.0:
            found.append((-best, event.title))
    return tuple(title for _, title in sorted(found)[:STOPS_NAMED])
