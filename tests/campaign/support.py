"""Choosers: they play a campaign through what it asks, as a screen would."""

from __future__ import annotations

import random
from collections.abc import Callable

from game.campaign import Campaign, DecisionError, Draft
from game.campaign.decisions import (
    Answer,
    Begin,
    Count,
    Decision,
    MidTerm,
    Plan,
    Promise,
    Visit,
)
from game.campaign.records import (
    Ask,
    Card,
    CountAsk,
    DraftAsk,
    EndedAsk,
    MidTermAsk,
    OpeningAsk,
    VisitAsk,
)

Chooser = Callable[[Campaign], Decision]


def careful(campaign: Campaign) -> Decision:
    """Always what costs nothing: the desk carried on, stay in, refuse, fall short."""
    ask = campaign.ask
    match ask:
        case OpeningAsk():
            return Begin(ask.aims[0][0] if ask.aims else None)
        case DraftAsk():
            return campaign.draft().plan()
        case Card():
            return Answer(next(option.id for option in ask.options if option.default))
        case VisitAsk():
            return Visit(None)
        case MidTermAsk():
            return MidTerm()
        case CountAsk():
            return Count(False)
        case EndedAsk():
            raise AssertionError("nothing is asked")


def bold(seed: int) -> Chooser:
    """Anything that the screens would let somebody do, by dice of its own."""
    luck = random.Random(seed)

    def choose(campaign: Campaign) -> Decision:
        ask = campaign.ask
        match ask:
            case OpeningAsk():
                return Begin(luck.choice(ask.aims)[0] if ask.aims else None)
            case DraftAsk():
                return _drafted(campaign, ask, luck)
            case Card():
                option = luck.choice([one for one in ask.options if one.can])
                by_favour = option.favour is not None and luck.random() < 0.7
                return Answer(option.id, by_favour)
            case VisitAsk():
                return Visit(luck.choice([None, *(place for place, _, _ in ask.places)]))
            case MidTermAsk():
                return _changed(ask, luck)
            case CountAsk():
                return Count(ask.can_push and luck.random() < 0.6)
            case EndedAsk():
                raise AssertionError("nothing is asked")

    return choose


def _drafted(campaign: Campaign, ask: DraftAsk, luck: random.Random) -> Plan:
    draft = campaign.draft()
    for offer in luck.sample(list(ask.offers), min(len(ask.offers), luck.randint(0, 4))):
        draft = _if_it_can(draft, draft.take(offer.id))
    for _ in range(luck.randint(0, 3)):
        if draft.dossiers:
            key = luck.choice(draft.dossiers).key
            edits: list[Draft] = [
                draft.close(key),
                draft.weigh(key, luck.choice(["light", "medium", "heavy"])),
                draft.stamp(key),
                draft.organise(key, luck.choice(["mission", "mixed", "market"])),
            ]
            draft = _if_it_can(draft, luck.choice(edits))
    promises: tuple[Promise, ...] = ()
    measures = campaign.measures()
    if measures and luck.random() < 0.7:
        measure, _, _, good = luck.choice(measures)
        least = good != "down"
        baseline = campaign.forecaster().baseline(measure)
        size = abs(baseline) * luck.choice([0.02, 0.05, 0.2]) + 0.001
        word = luck.choice(["sure", "likely", "open"])
        value = baseline + size if least else baseline - size
        promises = (Promise(measure, "at_least" if least else "at_most", value, word),)  # type: ignore[arg-type]
    return draft.plan(promises, "We think that it will do.")


def _if_it_can(before: Draft, after: Draft) -> Draft:
    return before if after.problems else after


def _changed(ask: MidTermAsk, luck: random.Random) -> MidTerm:
    if not ask.dossiers or luck.random() < 0.5:
        return MidTerm()
    dossier = luck.choice(ask.dossiers)
    if luck.random() < 0.5:
        return MidTerm(close=dossier.key)
    return MidTerm(reweigh=dossier.key, weight=luck.choice(["light", "medium", "heavy"]))


def play(campaign: Campaign, choose: Chooser, until: int = 10_000) -> Campaign:
    """Play on to the end, or until so many decisions have been taken."""
    while not campaign.finished and len(campaign.decisions) < until:
        step(campaign, choose)
    return campaign


def step(campaign: Campaign, choose: Chooser) -> None:
    """Take one decision; what turns out not to be possible gives way to the careful one."""
    try:
        campaign.decide(choose(campaign))
    except DecisionError:
        campaign.decide(careful(campaign))


def asked(campaign: Campaign, kind: type[Ask], choose: Chooser = careful) -> Campaign:
    """Play on until something of a kind is asked."""
    while not isinstance(campaign.ask, kind):
        step(campaign, choose)
    return campaign
