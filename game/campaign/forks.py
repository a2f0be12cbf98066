"""One thing changed: the decision whose fork most often leads to another ending.

What is tried: every plan without its weightiest dossiers, every plan with nothing changed from the
one before, and the other answers to the events that asked. The years before the fork stay as they
were; from there on a hundred worlds go their own way with every other decision as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from game.campaign.afterwards import YEARS, dice, outcomes
from game.campaign.decisions import UNITS, Dossier
from game.campaign.money import key_of
from game.campaign.position import Before, Lines, PlannedTerm, PlayedYear
from game.campaign.wording import named

if TYPE_CHECKING:
    from game.campaign.campaign import Campaign
    from game.engine import Draws

WORLDS = 100
WORK = 260
"""Years of a hundred worlds that the search may take; it keeps an ending within seconds."""
SHOWN = 3
A_PLAN = 2
"""How many dossiers of each plan are tried without."""


@dataclass(frozen=True)
class Fork:
    """A decision taken otherwise.

    Attributes:
        title: what is otherwise.
        year: the year in which it parts.
        years: what is decided from then on.
        weight: how much seems to hang on it; the heaviest are tried first.
        decision: the number of the decision, for going there.
    """

    title: str
    year: int
    years: tuple[PlayedYear, ...]
    weight: float

    @property
    def work(self) -> int:
        """Years that have to be played."""
        return len(self.years) + YEARS


def one_thing(campaign: Campaign, ending: str) -> tuple[str, tuple[tuple[str, int], ...]] | None:
    """The fork that most often leads elsewhere, with the endings of a hundred worlds."""
    draws = dice(campaign.game, WORLDS)
    best: tuple[int, str, Counter[str]] | None = None
    for fork in _chosen(forks(campaign)):
        counts = _tried(campaign, fork, draws)
        elsewhere = WORLDS - counts[ending]
        if best is None or elsewhere > best[0]:
            best = (elsewhere, fork.title, counts)
    if best is None or best[0] == 0:
        return None
    titles = campaign.model.pack.endings
    common = sorted(best[2].items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
    rows = tuple((titles[name].title if name in titles else "no ending", n) for name, n in common)
    return best[1], rows


def _tried(campaign: Campaign, fork: Fork, draws: Draws) -> Counter[str]:
    position = campaign.position
    start = fork.years[0].start
    return outcomes(campaign.game, start, fork.years, position.term.lines, position.before, draws)


def _chosen(found: Iterable[Fork]) -> list[Fork]:
    """As many forks as the work allows, the weightiest first."""
    left, chosen = WORK, []
    for fork in sorted(found, key=lambda one: (-one.weight, one.year, one.title)):
        if fork.work <= left:
            left -= fork.work
            chosen.append(fork)
    return chosen


def forks(campaign: Campaign) -> Iterable[Fork]:
    """The decisions that can be taken otherwise."""
    position = campaign.position
    for number, term in enumerate(position.terms):
        years = tuple(y for y in position.years if y.year >= term.first_year)
        if not years:
            continue
        yield from _dossiers(campaign, term, years)
        if number > 0:
            before = position.terms[number - 1]
            span = campaign.model.scenario.plans[term.plan].title
            carried = tuple(_swap(years, term, lambda _, lines=before.lines: lines))  # type: ignore[misc]
            yield Fork(f"the desk as it was, {span}", term.first_year, carried, 2.5)
    yield from _answers(campaign)


def _dossiers(
    campaign: Campaign, term: PlannedTerm, years: tuple[PlayedYear, ...]
) -> Iterable[Fork]:
    ranked = sorted(term.opened, key=lambda one: -UNITS[one.weight])[:A_PLAN]
    span = campaign.model.scenario.plans[term.plan].title
    for dossier in ranked:
        swapped = tuple(_swap(years, term, _leaving_out(dossier, term)))
        title = f"{term.desk.title(dossier.key)} left out of the {span}"
        yield Fork(title, term.first_year, swapped, 3.0 + UNITS[dossier.weight] / 4)


def _leaving_out(dossier: Dossier, term: PlannedTerm) -> Callable[[Lines], Lines]:
    def kept(lines: Lines) -> Lines:
        shares = tuple(
            (cell, share)
            for cell, share in lines.shares
            if key_of(cell, term.desk.tools) != dossier.key
        )
        return replace(lines, shares=shares)

    return kept


def _swap(
    years: Sequence[PlayedYear], term: PlannedTerm, change: Callable[[Lines], Lines]
) -> Iterable[PlayedYear]:
    """The years with this plan's lines changed, and its mid-term with them."""

    def swapped(before: Before) -> Before:
        plan = change(before.plan) if before.plan is not None else None
        shift = change(before.shift) if before.shift is not None else None
        return replace(before, plan=plan, shift=shift)

    for year in years:
        mine = year.plan == term.plan
        yield replace(year, before=tuple(map(swapped, year.before))) if mine else year


def _answers(campaign: Campaign) -> Iterable[Fork]:
    position = campaign.position
    events = campaign.model.pack.events
    names = campaign.game.names(position)
    for index, year in enumerate(position.years):
        rest = position.years[index + 1 :]
        for (event, sector), choice in year.choices.items():
            for other in events[event].choices:
                if other.id == choice or other.when is not None:
                    continue
                choices = {**year.choices, (event, sector): other.id}
                weight = 1.0 + len(other.effects) / 4
                title = f"{named(other.label, names)} ({events[event].title}, {year.year})"
                yield Fork(title, year.year, (replace(year, choices=choices), *rest), weight)
