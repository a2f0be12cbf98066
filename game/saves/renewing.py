"""Going on in the same campaign under rules that were changed while it was being played.

The years that have closed keep the numbers that they had; they are taken as recorded, as they are
when an older save goes on under new rules. What was decided is decided again on the way, and what
no longer fits is left out and told.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from game.campaign import Campaign, DecisionError
from game.campaign.decisions import (
    Answer,
    Begin,
    Count,
    Decision,
    Expire,
    MidTerm,
    Plan,
    Step,
    Trigger,
    Visit,
)
from game.campaign.records import Ask, Card, CountAsk, DraftAsk, EndedAsk, MidTermAsk, OpeningAsk
from game.saves.errors import SaveError
from game.saves.folder import LONGEST, SUFFIX
from game.saves.lock import lock
from game.saves.recorded import scripts_of
from game.saves.save import SaveFile, create
from game.words import said

if TYPE_CHECKING:
    from game.campaign.position import Position
    from game.engine import Model
    from game.packs import Pack

STAGES = (
    "opening", "midterm", "count", "draft", "request", "visit", "place", "event", "ended",
)  # fmt: skip
"""In the order in which they ask once a year has closed, until the next one does."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """A campaign under changed rules.

    Attributes:
        campaign: where it stands.
        until: up to this year its numbers are as recorded; None before the first.
        left_out: what no longer fits, in words.
    """

    campaign: Campaign
    until: int | None
    left_out: tuple[str, ...]


def unfit(campaign: Campaign, pack: Pack) -> str:
    """Why a campaign cannot go on with a changed pack; empty where it can."""
    was = campaign.model.scenario
    now = pack.scenarios.get(was.id)
    if now is None:
        return said("the scenario {name} is gone", name=was.id)
    if now.start != was.start or [p.years for p in now.plans] != [p.years for p in was.plans]:
        return said("the scenario {name} has other years now", name=was.id)
    return ""


def same_rules(campaign: Campaign, pack: Pack) -> bool:
    """Whether a changed pack differs in texts alone."""
    was, now = campaign.model.pack.hashes, pack.hashes
    return was.keys() == now.keys() and all(was[n].model == now[n].model for n in was)


def settled(position: Position) -> bool:
    """Whether a position stands between two years, and nothing of the next has been decided."""
    return position.running is None or (
        position.running.pending is None and position.stage in ("request", "visit")
    )


def renewed(campaign: Campaign, model: Model, until: int | None = None) -> Renewed:
    """The same campaign under a changed model.

    Args:
        campaign: as it was played.
        model: the changed rules.
        until: the last year that keeps its numbers; the last that has closed where None.

    Raises:
        DecisionError: what was decided leads elsewhere under these rules.
    """
    years = campaign.position.years
    if until is None and years:
        until = years[-1].year
    anew = Campaign.new(model, campaign.seed, practice=campaign.practice)
    if until is not None:
        anew.game.script.update(scripts_of(campaign, until))
    left_out = list(_follow(anew, campaign))
    if until is not None and anew.year < until:
        raise DecisionError(
            said(
                "what was decided leads no further than {year} under the new rules", year=anew.year
            )
        )
    anew.game.script.clear()
    left_out += sorted({_named(one) for one in anew.game.dropped})
    return Renewed(anew, until, tuple(dict.fromkeys(left_out)))


def _named(recorded: str) -> str:
    """What a number of a record is about: `times the-list[wool]` is about `the-list`."""
    return recorded.partition(" ")[2].partition("[")[0] or recorded


def _follow(anew: Campaign, old: Campaign) -> Iterator[str]:
    """Decide again what was decided; what had to be left out."""
    for position, decision in zip(old.positions, old.decisions, strict=False):
        if not isinstance(decision, Trigger | Expire | Step):
            # What the new rules ask besides takes its default.
            while _key(anew.position) < _key(position) or _another_card(anew, position):
                yield said("the answer to {title} is new", title=_title(anew.ask))
                anew.decide(by_default(anew))
        if isinstance(anew.ask, EndedAsk):
            return
        if _fits(anew.position, position, decision):
            yield from _decided(anew, decision)
        else:
            yield _title(position.ask)


def _key(position: Position) -> tuple[int, int]:
    """When a position asks what it asks."""
    return position.state.year, STAGES.index(position.stage)


def _another_card(anew: Campaign, old: Position) -> bool:
    """Whether another request or place is asked about than was, so that its answer is none here."""
    if _key(anew.position) != _key(old) or old.stage not in ("request", "place"):
        return False
    return _card(anew.ask) != _card(old.ask)


def _card(ask: Ask) -> tuple[str, str | None] | None:
    return (ask.event, ask.sector) if isinstance(ask, Card) else None


def _fits(now: Position, was: Position, decision: Decision) -> bool:
    """Whether the question that a decision answered is the one that is asked."""
    if isinstance(decision, Trigger | Expire | Step):
        return True
    return _key(now) == _key(was) and _card(now.ask) == _card(was.ask)


def _title(ask: Ask) -> str:
    return ask.title if isinstance(ask, Card | DraftAsk) else type(ask).__name__


def _decided(anew: Campaign, decision: Decision) -> Iterator[str]:
    """A decision taken again, or what comes nearest to it."""
    try:
        anew.decide(decision)
    except DecisionError as error:
        yield str(error)
        if isinstance(decision, Trigger | Expire):
            return
        if isinstance(decision, Plan):
            try:
                anew.decide(_what_is_left(decision, anew.model.pack))
            except DecisionError:
                anew.decide(by_default(anew))
            return
        anew.decide(by_default(anew))


def _what_is_left(plan: Plan, pack: Pack) -> Plan:
    """A plan without what a pack no longer has; its promises and proposals go too."""

    def known(sector: str | None) -> bool:
        return sector is None or sector in pack.sectors

    dossiers = []
    for one in plan.dossiers:
        lines = tuple(line for line in one.lines if line in pack.instruments)
        if lines and known(one.sector) and (one.channel is None or one.channel in pack.channels):
            dossiers.append(replace(one, lines=lines))
    amounts = tuple(one for one in plan.amounts if one[0] in pack.instruments and known(one[1]))
    return Plan(tuple(dossiers), amounts, sentence=plan.sentence)


def by_default(campaign: Campaign) -> Decision:
    """The answer of an office where nobody decides.

    Raises:
        DecisionError: nothing is asked, or no answer can be paid.
    """
    match campaign.ask:
        case OpeningAsk(aims=aims):
            return Begin(aims[0][0] if aims else None)
        case DraftAsk():
            return campaign.draft().plan()
        case Card(options=options):
            able = [one for one in options if one.can]
            if not able:
                raise DecisionError(
                    said("no answer to {title} is open", title=_title(campaign.ask))
                )
            return Answer(next((one.id for one in able if one.default), able[0].id))
        case MidTermAsk():
            return MidTerm()
        case CountAsk():
            return Count(False)
        case EndedAsk():
            raise DecisionError(said("the campaign has ended"))
        case _:
            return Visit(None)


def rewritten(save: SaveFile, after: Renewed) -> SaveFile:
    """The save of a campaign that goes on under changed rules, in place of the one before.

    The file is whole at every moment: it is written beside the old one and takes its name.

    Raises:
        SaveError: it could not be written; the old one stands.
    """
    path, name = save.path, f"taken-up-{os.getpid()}-{save.name}"[:LONGEST]
    beside = path.parent / f"{name}{SUFFIX}"
    try:
        with create(
            after.campaign, name, folder=path.parent, recorded_until=after.until
        ) as written:
            last, decisions = written.last, written.decisions
        save.close()
        os.replace(beside, path)
        file = path.open("r+b")
    except OSError as error:
        why = error.strerror or error
        raise SaveError(said("{name} cannot be written: {why}", name=path.name, why=why)) from error
    finally:
        beside.unlink(missing_ok=True)
    lock(file, path.name)
    file.seek(0, os.SEEK_END)
    return SaveFile(path, file, last, decisions)
