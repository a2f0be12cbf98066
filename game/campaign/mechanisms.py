"""Which mechanisms moved a campaign most, found from the ledger, and what they rest on.

Every row behind the scenario's balances is followed down to the rule, event or situation that made
it. A balance runs from 0 to 100 whatever it is made of, so its points can be added to another's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
        mechanisms: those that moved the balances most, the weightiest first.
        grades: the share of the movement that rests on each grade, the largest first.
    """

    mechanisms: tuple[Mechanism, ...]
    grades: tuple[tuple[str, float], ...]


def mattered(campaign: Campaign, years: Sequence[PlayedYear]) -> Mattered:
    """What moved the balances over some years, up or down, and how well it is grounded."""
    scenario = campaign.model.scenario
    formulas = [balance.formula for balance in scenario.balances]
    formulas = formulas or [entry.measure for entry in scenario.measures]
    # The balances have most of their numbers in common.
    known: Known = {}
    causes = [c for text in formulas for c in opened_up(campaign.game, text, years, known)]
    return Mattered(tuple(_named(campaign, causes)), grades_of(causes))


def _named(campaign: Campaign, causes: Sequence[Cause]) -> Iterable[Mechanism]:
    """The mechanisms with the greatest share; a passage alone where no lesson tells of it."""
    weights: dict[str, dict[str, float]] = {}
    total = sum(abs(cause.amount) for cause in causes if cause.passages)
    lessons = _lessons(campaign.model.pack)
    for cause in causes:
        told = _told(cause.passages, lessons)
        for passage in cause.passages[:1] if told is None else cause.passages:
            name = passage if told is None else told
            mine = weights.setdefault(name, {})
            mine[passage] = mine.get(passage, 0.0) + abs(cause.amount) / len(cause.passages)
    ranked = sorted(weights, key=lambda name: (-sum(weights[name].values()), name))
    # A named mechanism says more than a lone passage, and gives something to argue over.
    ranked.sort(key=lambda name: name not in campaign.model.pack.lessons)
    for name in ranked[:NAMED]:
        share = sum(weights[name].values()) / total
        yield _mechanism(campaign, name, weights[name], share)


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
