"""How a campaign ends: the books, the ten years after, the people, and one thing changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from game.campaign.afterwards import (
    WORLDS,
    after_rows,
    carried_on,
    dice,
    holds,
    in_order,
    medians,
)
from game.campaign.cards import quote
from game.campaign.forks import one_thing
from game.campaign.mechanisms import mattered
from game.campaign.records import Ending, Person, Quote, Reading
from game.campaign.sight import Sight, describe, reading
from game.campaign.tape import spread
from game.campaign.wording import named
from game.words import said

if TYPE_CHECKING:
    from game.campaign.campaign import Campaign
    from game.engine.execute import Floats
    from game.packs.schema import Ending as Entry

CODAS = 3
STRENGTHS = 8
BOOKS = 8
AFTER = 5


def ended(campaign: Campaign) -> Ending:
    """The ending of a campaign that has finished."""
    game, position, model = campaign.game, campaign.position, campaign.model
    end = game.now(position)
    draws = dice(game, WORLDS)
    many = spread(position.state, draws.width)
    which = np.zeros(draws.width, dtype=np.int64)
    after = carried_on(model, many, draws, (position.term.lines,), which)
    matrix = after_rows(model, position.state.matrix, medians(after.matrix))
    entry = next((one for one in in_order(model) if holds(model, one.when, matrix)[0]), None)
    names = game.names(position)
    told = tuple((t.year, t.says) for t in position.told if entry and t.ending == entry.id)
    balances = tuple((b.title, end.of(b.formula, true=True)) for b in model.scenario.balances)
    found = mattered(campaign, position.years)
    return Ending(
        id=entry.id if entry is not None else "",
        title=entry.title if entry is not None else said("The end"),
        year=position.state.year,
        text=named(entry.text, names) if entry is not None else "",
        balances=balances,
        books=_books(end),
        strengths=_strengths(campaign),
        after=_after(campaign, end, after.matrix),
        codas=tuple(_codas(campaign, entry, matrix)),
        pledges=tuple(p for p in position.pledges if p.until > position.state.year),
        aim=_aim(campaign, matrix),
        sentences=tuple((t.first_year, t.sentence) for t in position.terms if t.sentence),
        told=told,
        one_thing=one_thing(campaign, entry.id if entry is not None else ""),
        passages=_quotes(campaign, entry),
        mechanisms=found.mechanisms,
        grades=found.grades,
        asks=named(entry.asks or "", names) if entry is not None else "",
    )


def _books(end: Sight) -> tuple[Reading, ...]:
    """Reported against true, the widest apart first."""
    found = [reading(m.measure, end, opened=True) for m in end.model.scenario.measures]
    found.sort(key=lambda one: -_gap(one))
    return tuple(found[:BOOKS])


def _gap(one: Reading) -> float:
    true = one.true if one.true is not None else one.reported
    return abs(one.reported - true) / max(abs(true), 1e-6)


def _strengths(campaign: Campaign) -> tuple[tuple[str, float], ...]:
    """What the rules say and how strong they were here, the strangest first."""
    drawn = campaign.game.draws.strengths[:, 0]
    rules = campaign.model.pack.rules.values()
    found = [
        (rule.says or rule.id, float(strength))
        for rule, strength in zip(rules, drawn, strict=True)
        if rule.noise is None and strength != 1.0
    ]
    found.sort(key=lambda one: (-abs(one[1] - 1.0), one[0]))
    return tuple(found[:STRENGTHS])


def _after(campaign: Campaign, end: Sight, after: Floats) -> tuple[tuple[str, str], ...]:
    """In how many worlds the measures rise or fall in ten years, the surest first."""
    found = []
    for entry in campaign.model.scenario.measures:
        expression = end.expression(entry.measure)
        now = end.value(expression, true=True)
        later = campaign.model.value(expression, after)
        rises = int(np.count_nonzero(later > now))
        falls = int(np.count_nonzero(later < now))
        up, count = rises >= falls, max(rises, falls)
        title = describe(campaign.model, entry.measure)[0]
        found.append(
            (
                -count,
                title,
                said("rises in {count} of {worlds} worlds", count=count, worlds=later.shape[0])
                if up
                else said(
                    "falls in {count} of {worlds} worlds", count=count, worlds=later.shape[0]
                ),
            )
        )
    found.sort()
    return tuple((title, words) for _, title, words in found[:AFTER])


def _codas(campaign: Campaign, entry: Entry | None, matrix: Floats) -> Iterable[tuple[Person, str]]:
    """One sentence each for three people: those who have most to say of the player first."""
    if entry is None:
        return
    people = {one.office: one for one in campaign.persons}
    names = campaign.game.names(campaign.position)
    ranked = sorted(
        (office for office in entry.codas if office in people),
        key=lambda office: (-abs(people[office].standing), list(people).index(office)),
    )
    shown = 0
    for office in ranked:
        coda = next(
            (c for c in entry.codas[office] if holds(campaign.model, c.when, matrix)[0]), None
        )
        if coda is not None and shown < CODAS:
            shown += 1
            yield people[office], named(coda.says, names)


def _aim(campaign: Campaign, matrix: Floats) -> tuple[str, bool] | None:
    name = campaign.position.aim
    if name is None:
        return None
    entry = campaign.model.pack.aims[name]
    return entry.title, bool(holds(campaign.model, entry.when, matrix)[0])


def _quotes(campaign: Campaign, entry: Entry | None) -> tuple[Quote, ...]:
    found = [quote(campaign.model, name) for name in (entry.because if entry else ())]
    return tuple(one for one in found if one is not None)
