"""The pages of the almanac, made from a pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from game.campaign.wording import amount
from game.tui.library import Entry
from game.words import later, said

if TYPE_CHECKING:
    from game.packs import Pack


def entries_of(pack: Pack, met: frozenset[str] | None) -> Iterator[Entry]:
    """Every page of a pack, kind by kind; of the events those met, where that is known."""
    yield from _instruments(pack)
    yield from _sectors(pack)
    yield from _indicators(pack)
    yield from _events(pack, met)
    yield from _sources(pack)


def _passages(pack: Pack, names: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    found = []
    for name in names:
        passage = pack.passages.get(name)
        if passage is not None:
            words = f"“{passage.quote}”" if passage.quote else passage.claim
            found.append((name, f"{passage.source.id} {passage.section}".strip(), words or ""))
    return tuple(found)


def _instruments(pack: Pack) -> Iterator[Entry]:
    currency = next((one.currency for one in pack.scenarios.values()), "")
    for name, one in pack.instruments.items():
        channel = pack.channels.get(one.channel)
        facts = (
            (said("channel"), channel.title if channel is not None else one.channel),
            (said("for"), said("a sector") if one.scope == "sector" else said("the whole nation")),
            (said("takes"), said("{ramp} years until money becomes support", ramp=f"{one.ramp:g}")),
            (
                said("half"),
                said("{half} a year give half of full support", half=amount(one.half, currency)),
            ),
            (said("evidence"), said(one.grade or later("not graded"))),
        )
        words = "\n\n".join(part for part in (one.says, one.help) if part)
        yield Entry(
            "instrument", name, one.title, words, facts, _passages(pack, one.because), words
        )


_KEPT = {
    "nation": later("the nation"),
    "sector": later("each sector"),
    "region": later("each region"),
}
"""For whom an indicator is kept."""


def _sectors(pack: Pack) -> Iterator[Entry]:
    for name, one in {**pack.sectors, **pack.regions}.items():
        kind = "sector" if name in pack.sectors else "region"
        facts = ((said("kind"), said(kind)),)
        words = one.says or ""
        yield Entry("sector", name, one.title, words, facts, _passages(pack, one.because), words)


def _indicators(pack: Pack) -> Iterator[Entry]:
    movers: dict[str, list[str]] = {}
    for rule in pack.rules.values():
        movers.setdefault(rule.adds_to, []).append(rule.says or rule.id)
    for name, one in pack.indicators.items():
        facts = [
            (said("kept for"), said(_KEPT[one.scope])),
            (said("unit"), one.unit),
            (said("good"), said(one.good)),
        ]
        if getattr(one, "is_", None):
            facts.append((said("computed"), said("from other numbers")))
        facts += [(said("moved by"), words) for words in movers.get(name, [])]
        words = one.help or ""
        yield Entry(
            "indicator", name, one.title, words, tuple(facts), _passages(pack, one.because), words
        )


def _events(pack: Pack, met: frozenset[str] | None) -> Iterator[Entry]:
    for name, one in {**pack.events, **pack.situations}.items():
        if met is None or name not in met:
            continue
        words = getattr(one, "bulletin", None) or getattr(one, "says", None) or ""
        text = getattr(one, "text", None) or ""
        body = "\n\n".join(part for part in (words, text) if part)
        yield Entry("event", name, one.title, body, (), _passages(pack, one.because), body)


def _sources(pack: Pack) -> Iterator[Entry]:
    for name, one in pack.sources.items():
        facts = (
            (said("authors"), ", ".join(one.authors)),
            (said("year"), str(one.year or "")),
            (said("licence"), one.licence or ""),
            (said("passages"), str(len(one.passages))),
        )
        passages = tuple(
            (p.id, f"{name} {p.section}".strip(), f"“{p.quote}”" if p.quote else p.claim or "")
            for p in one.passages
        )
        search = " ".join(words for *_, words in passages)
        yield Entry("source", name, one.title, "", facts, passages, search)
