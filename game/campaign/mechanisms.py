"""Which mechanisms moved a campaign most, found from the ledger, and what they rest on.

Every row behind the scenario's balances is followed down to the rule, event or situation that made
it. A balance runs from 0 to 100 whatever it is made of, so its points can be added to another's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.campaign.cards import quote
from game.campaign.records import Cause, Mechanism
from game.campaign.why import Known, grades_of, opened_up

if TYPE_CHECKING:
    from game.campaign.campaign import Campaign
    from game.campaign.position import PlayedYear
    from game.packs import Pack
    from game.packs.schema_lab import Lesson

NAMED = 3


@dataclass(frozen=True, slots=True)
class Mattered:
    """What some years came down to.

    Attributes:
        mechanisms: those that moved the balances most, the weightiest first; after it such as
            did not weigh most before too.
        grades: the share of the movement that rests on each grade, the largest first.
    """

    mechanisms: tuple[Mechanism, ...]
    grades: tuple[tuple[str, float], ...]


def mattered(
    campaign: Campaign, years: Sequence[PlayedYear], before: Sequence[PlayedYear] = ()
) -> Mattered:
    """What moved the balances over some years, up or down, and how well it is grounded.

    Args:
        campaign: the campaign.
        years: the years that are looked back on.
        before: years before them: what weighed most there too is told only if it comes first.
    """
    causes = _causes(campaign, years)
    weights = _weights(campaign.model.pack, causes)
    total = sum(abs(cause.amount) for cause in causes if cause.passages)
    ranked = _ranked(campaign.model.pack, weights)
    old = _ranked(campaign.model.pack, _weights(campaign.model.pack, _causes(campaign, before)))
    told = [name for i, name in enumerate(ranked) if i == 0 or name not in old[:NAMED]]
    named = [
        _mechanism(campaign, name, weights[name], sum(weights[name].values()) / total)
        for name in told[:NAMED]
    ]
    return Mattered(tuple(named), grades_of(causes))


def _causes(campaign: Campaign, years: Sequence[PlayedYear]) -> list[Cause]:
    scenario = campaign.model.scenario
    formulas = [balance.formula for balance in scenario.balances]
    formulas = formulas or [entry.measure for entry in scenario.measures]
    # The balances have most of their numbers in common.
    known: Known = {}
    return [c for text in formulas for c in opened_up(campaign.game, text, years, known)]


def _weights(pack: Pack, causes: Sequence[Cause]) -> dict[str, dict[str, float]]:
    """By mechanism how much each of its passages moved; a passage alone where no lesson tells."""
    weights: dict[str, dict[str, float]] = {}
    lessons = _lessons(pack)
    for cause in causes:
        told = _told(cause.passages, lessons)
        for passage in cause.passages[:1] if told is None else cause.passages:
            name = passage if told is None else told
            mine = weights.setdefault(name, {})
            mine[passage] = mine.get(passage, 0.0) + abs(cause.amount) / len(cause.passages)
    return weights


def _ranked(pack: Pack, weights: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Mechanisms by weight; named ones first, as they give something to argue over."""
    return sorted(
        weights,
        key=lambda name: (name not in pack.lessons, -sum(weights[name].values()), name),
    )


def _mechanism(
    campaign: Campaign, name: str, passages: Mapping[str, float], share: float
) -> Mechanism:
    pack = campaign.model.pack
    lesson = pack.lessons.get(name)
    known = [passage for passage in passages if passage in pack.passages]
    if lesson is not None:
        known = [passage for passage in known if passage in lesson.because]
    most = max(known, key=lambda passage: passages[passage])
    found = quote(campaign.model, most)
    assert found is not None
    return Mechanism(
        id=name,
        title=lesson.title if lesson is not None else "",
        text=lesson.text if lesson is not None else found.claim,
        quote=found,
        share=share,
        asks=_asks(lesson) if lesson is not None else (),
    )


def _asks(lesson: Lesson) -> tuple[str, ...]:
    if lesson.asks is None:
        return ()
    return (lesson.asks,) if isinstance(lesson.asks, str) else lesson.asks


def _lessons(pack: Pack) -> Mapping[str, Sequence[str]]:
    """The lessons by passage, in the pack's order."""
    found: dict[str, list[str]] = {}
    for lesson in pack.lessons.values():
        for passage in lesson.because:
            found.setdefault(passage, []).append(lesson.id)
    return found


def _told(passages: Sequence[str], lessons: Mapping[str, Sequence[str]]) -> str | None:
    """The lesson that tells of most of a cause's passages; of several the first."""
    counts: dict[str, int] = {}
    for passage in passages:
        for lesson in lessons.get(passage, ()):
            counts[lesson] = counts.get(lesson, 0) + 1
    return max(counts, key=lambda lesson: counts[lesson]) if counts else None
