"""One thing changed: the decision whose fork most often leads to another ending.

What is tried, as far as the work allows: every plan without its weightiest dossier, the other
answers to the events that asked, then other dossiers and plans with nothing changed from the one
before; the result says how many were. The years before the fork stay as they were; from there on a
hundred worlds go their own way with every other decision as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from game.campaign.afterwards import YEARS, dice, outcomes
from game.campaign.decisions import UNITS
from game.campaign.position import Lines, PlannedTerm, PlayedYear
from game.campaign.tape import Variant, leaving_out, with_lines
from game.campaign.wording import named
from game.words import said

if TYPE_CHECKING:
    from game.campaign.campaign import Campaign

WORLDS = 100
WORK = 380
"""Years of a hundred worlds that the search may take; it keeps an ending near two seconds."""
ALONE = 2
"""Years that a year of the first fork of its group costs besides: others go along with it."""
SHOWN = 3
PLANS_FIRST, SECOND = 2.0, 1.0
"""Every plan without its weightiest dossier comes first, then the answers, then the rest."""
A_PLAN = 2
"""How many dossiers of each plan are tried without."""


@dataclass(frozen=True)
class Fork:
    """A decision taken otherwise.

    Attributes:
        title: what is otherwise.
        year: the year in which it parts.
        variant: what is decided from then on.
        weight: how much seems to hang on it; the heaviest are tried first.
    """

    title: str
    year: int
    variant: Variant
    weight: float

    @property
    def work(self) -> int:
        """Years that have to be played."""
        return len(self.variant.years) + YEARS


def one_thing(campaign: Campaign, ending: str) -> tuple[str, tuple[tuple[str, int], ...]] | None:
    """The fork that most often leads elsewhere, with the endings of a hundred worlds."""
    best: tuple[int, str, Counter[str]] | None = None
    by_year: dict[int, list[Fork]] = {}
    chosen = _chosen(forks(campaign))
    for fork in chosen:
        by_year.setdefault(fork.year, []).append(fork)
    for group in by_year.values():
        for fork, counts in zip(group, _tried(campaign, group), strict=True):
            elsewhere = WORLDS - counts[ending]
            if best is None or elsewhere > best[0]:
                best = (elsewhere, fork.title, counts)
    if best is None or best[0] == 0:
        return None
    titles = campaign.model.pack.endings
    common = sorted(best[2].items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
    rows = tuple(
        (titles[name].title if name in titles else said("no ending"), n) for name, n in common
    )
    return said("{change} (of {count} changes tried)", change=best[1], count=len(chosen)), rows


def _tried(campaign: Campaign, group: Sequence[Fork]) -> list[Counter[str]]:
    """Forks that part in the same year, side by side on the same dice."""
    draws = dice(campaign.game, WORLDS, len(group))
    variants = [fork.variant for fork in group]
    start = variants[0].years[0].start
    return outcomes(campaign.game, start, variants, campaign.position.before, draws, WORLDS)


def _chosen(found: Iterable[Fork]) -> list[Fork]:
    """As many forks as the work allows, the weightiest first."""
    left, chosen = WORK, []
    groups: set[int] = set()
    for fork in sorted(found, key=lambda one: (-one.weight, one.year, one.title)):
        work = fork.work * (1 if fork.year in groups else 1 + ALONE)
        if work <= left:
            left -= work
            groups.add(fork.year)
            chosen.append(fork)
    return sorted(chosen, key=lambda one: (one.year, one.title))


def forks(campaign: Campaign) -> Iterable[Fork]:
    """The decisions that can be taken otherwise."""
    position = campaign.position
    for number, term in enumerate(position.terms):
        years = tuple(y for y in position.years if y.year >= term.first_year)
        if not years:
            continue
        span = campaign.model.scenario.plans[term.plan].title
        ranked = sorted(term.opened, key=lambda one: -UNITS[one.weight])[:A_PLAN]
        for place, dossier in enumerate(ranked):
            title = said(
                "{title} left out of the {span}", title=term.desk.title(dossier.key), span=span
            )
            change = leaving_out(dossier.key, term.desk.tools)
            weight = PLANS_FIRST if place == 0 else SECOND
            yield Fork(title, term.first_year, _variant(campaign, term, years, change), weight)
        if number > 0:
            before = position.terms[number - 1].lines
            variant = _variant(campaign, term, years, _always(before))
            yield Fork(
                said("nothing changed in the {span}", span=span), term.first_year, variant, SECOND
            )
    yield from _answers(campaign)


def _always(lines: Lines) -> Callable[[Lines], Lines]:
    return lambda _: lines


def _variant(
    campaign: Campaign,
    term: PlannedTerm,
    years: tuple[PlayedYear, ...],
    change: Callable[[Lines], Lines],
) -> Variant:
    last = campaign.position.term
    lines = change(last.lines) if term is last else last.lines
    return Variant(with_lines(years, change, term.plan), lines)


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
                weight = SECOND + 0.25 + len(other.effects) / 100
                title = f"{named(other.label, names)} ({events[event].title}, {year.year})"
                variant = Variant((replace(year, choices=choices), *rest), position.term.lines)
                yield Fork(title, year.year, variant, weight)
