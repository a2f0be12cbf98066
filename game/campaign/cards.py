"""Cards: an event that asks, a request, the people at a visited place, with what answers cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from game.campaign.marks import compared, in_words
from game.campaign.offers import pledge_of
from game.campaign.records import Card, Option, Person, Quote, Reading
from game.campaign.sight import Sight, place_title
from game.campaign.wording import amount, held, named
from game.rules.expression import Compare, Read
from game.words import later, said

if TYPE_CHECKING:
    from game.engine import Model
    from game.packs.schema_events import Choice, Event

_WORDS = {
    "<": later("below"),
    "<=": later("at most"),
    ">": later("above"),
    ">=": later("at least"),
    "==": later("at"),
    "!=": later("not"),
}


def quote(model: Model, passage: str) -> Quote | None:
    """A passage of the pack's documents, ready to read."""
    entry = model.pack.passages.get(passage)
    if entry is None:
        return None
    source = entry.source
    authors = ", ".join(source.authors)
    document = " ".join(
        part for part in (authors, f"({source.year})" if source.year else "", source.title) if part
    )
    return Quote(
        passage=passage,
        source=f"{source.id} {entry.section}".strip(),
        text=entry.quote or "",
        claim=entry.claim,
        document=document,
    )


class Dealer:
    """Writes out cards for one year.

    Args:
        sight: the numbers that the year began with.
        names: surnames by office.
        people: the holders, by office.
        capital: political capital still at hand.
        money: billion yuan that the plan could still pay.
        favours: favours still to be had of an office.
        pledges: how many more pledges can be signed.
    """

    def __init__(
        self,
        sight: Sight,
        names: Mapping[str, str],
        people: Mapping[str, Person],
        capital: float,
        money: float,
        favours: Callable[[str], int],
        pledges: int,
    ) -> None:
        self.sight = sight
        self.model = sight.model
        self.names = names
        self.people = people
        self.capital = capital
        self.money = money
        self.favours = favours
        self.pledges = pledges

    def card(
        self,
        event: Event,
        sector: str | None,
        year: int,
        opened: tuple[Reading, ...] = (),
    ) -> Card:
        """The card of an event."""
        names = {**self.names, "sector": place_title(self.model, sector) if sector else ""}
        recall = next((one for one in event.recalls if self._holds(one.when, event, sector)), None)
        foot = event.foot.passage if event.foot is not None else next(iter(event.because), "")
        return Card(
            event=event.id,
            sector=sector,
            year=year,
            title=event.title,
            recall=named(recall.says, names) if recall is not None else "",
            text=named(event.text or event.bulletin or event.title, names),
            options=tuple(self._option(event, choice, sector, year) for choice in event.choices),
            quote=quote(self.model, foot),
            passages=tuple(event.because),
            why_now=why_now(event, sector, self.sight),
            asks=self._named(event.asks or ""),
            by=self.people.get(event.by) if event.by is not None else None,
            place=event.place or "",
            opened=opened,
        )

    def _named(self, text: str) -> str:
        return named(text, self.names)

    def _holds(self, text: str | None, event: Event, sector: str | None) -> bool:
        return self.sight.holds(text, event.scope, sector, true=True)

    def _number(self, text: str, event: Event, sector: str | None) -> float:
        expression = self.sight.expression(text, event.scope, sector)
        return max(0.0, self.sight.value(expression, true=True))

    def _option(self, event: Event, choice: Choice, sector: str | None, year: int) -> Option:
        costs = choice.costs
        money = self._number(costs.money, event, sector)
        capital = self._number(repr(float(costs.capital)), event, sector)
        favour = costs.favour
        if favour is None and event.by is not None and (money > 0 or capital > 0):
            favour = event.by if self.favours(event.by) > 0 else None
        why_not = self._why_not(event, choice, sector, money, capital, favour)
        return Option(
            id=choice.id,
            label=self._named(choice.label),
            now=self._named(choice.now or ""),
            money=money,
            capital=capital,
            favour=favour,
            dossiers=costs.dossier,
            can=not why_not,
            why_not=why_not,
            pledge=pledge_of(choice.pledge, year) if choice.pledge is not None else None,
            default=choice.id == default_choice(event),
        )

    def _why_not(
        self,
        event: Event,
        choice: Choice,
        sector: str | None,
        money: float,
        capital: float,
        favour: str | None,
    ) -> str:
        if not self._holds(choice.when, event, sector):
            return self._missing(event, choice, sector)
        if choice.pledge is not None and self.pledges <= 0:
            return said("no more pledges can be open at once")
        owed = choice.costs.favour
        if owed is not None and self.favours(owed) <= 0:
            return said("{owed} owes you no favour", owed=self.names.get(owed, owed))
        if favour is not None and owed is None:
            return ""
        if money > self.money + 1e-9:
            return said(
                "{money} is more than the plan has left",
                money=amount(money, self.model.scenario.currency),
            )
        if capital > self.capital + 1e-9:
            return said(
                "it takes {capital} capital and you have {hand}",
                capital=f"{capital:g}",
                hand=held(max(0.0, self.capital)),
            )
        return ""

    def _missing(self, event: Event, choice: Choice, sector: str | None) -> str:
        """What an answer waits for, in words where there are any."""
        sight, model = self.sight, self.model
        for clause in sight.reader.clauses(choice.when or "", event.scope, sector):
            if sight.value(clause, true=True) > 0.5:
                continue
            against = compared(sight, clause)
            words = in_words(sight, against) if against is not None else None
            if against is not None and words is not None:
                title, now, mark = words
                return said(
                    "{title} {now}, it takes {bound} {mark}",
                    title=title,
                    now=now,
                    bound=said(_WORDS[against.op]),
                    mark=mark,
                )
            match clause:
                case Compare(">" | ">=", Read(series)) if series.kind == "support":
                    return said(
                        "{title} would have to work first",
                        title=model.pack.instruments[series.name].title,
                    )
        return said("what it needs is not there yet")


def default_choice(event: Event) -> str:
    """What an office does when nobody decides."""
    ids = [choice.id for choice in event.choices]
    return event.default if event.default in ids else ids[0]


def why_now(event: Event, sector: str | None, sight: Sight) -> tuple[str, ...]:
    """The clauses that let an event happen, with the reported numbers.

    Events come by true numbers: where the reported one does not show it, the line says so.
    """
    if event.when is None:
        return ()
    found = []
    for clause in sight.reader.clauses(event.when, event.scope, sector):
        against = compared(sight, clause)
        if against is None:
            continue
        words = in_words(sight, against)
        if words is not None:
            title, now, mark = words
            truly = "" if against.holds else (said("in truth") + " ")
            found.append(f"{title} {now}, {truly}{said(_WORDS[against.op])} {mark}")
    return tuple(found)
