"""Titles of what a campaign's packs define; an id in words where a title is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.campaign.decisions import Dossier, Promise
from game.campaign.kept import Titles
from game.campaign.offered import Pledge
from game.campaign.wording import amount, joined
from game.tui.text import spaced
from game.words import said

if TYPE_CHECKING:
    from game.campaign import Campaign


class TitleNames:
    """Names things by their titles; an id in words where a title is missing."""

    def __init__(self, titles: Titles) -> None:
        self._titles = titles

    def sector(self, sector: str | None, *, short: bool = False) -> str:
        """A sector's title; the nation's for none."""
        if sector is None:
            return said("the nation")
        title, brief = self._titles.sectors.get(sector, (spaced(sector).capitalize(),) * 2)
        return brief if short else title

    def instrument(self, instrument: str, *, short: bool = False) -> str:
        """An instrument's title."""
        title, brief, _ = self._titles.instruments.get(instrument, (spaced(instrument),) * 3)
        return brief if short else title

    def says(self, instrument: str) -> str:
        """What an instrument does, in a sentence."""
        return self._titles.instruments.get(instrument, ("", "", ""))[2]

    def channel(self, channel: str | None) -> str:
        """A channel's title."""
        return self._titles.channels.get(channel or "", spaced(channel or "").capitalize())

    def dossier(self, dossier: Dossier, *, short: bool = False) -> str:
        """What a dossier is about."""
        if dossier.sector is not None:
            return self.sector(dossier.sector, short=short)
        return self.channel(dossier.channel)

    def key(self, key: str) -> str:
        """What the dossier with this key is about."""
        kind, _, name = key.partition(":")
        return self.sector(name) if kind == "sector" else self.channel(name)

    def lines(self, dossier: Dossier) -> str:
        """A dossier's lines, short."""
        return joined(self.instrument(line, short=True) for line in dossier.lines)

    @property
    def currency(self) -> str:
        """What the scenario counts money in."""
        return self._titles.currency

    def money(self, value: float) -> str:
        """An amount of the scenario's money."""
        return amount(value, self._titles.currency)

    def pledge(self, pledge: Pledge) -> str:
        """A pledge in a few words, without its person."""
        line = self.instrument(pledge.instrument, short=True)
        where = (
            (" " + said("in {sector}", sector=self.sector(pledge.sector, short=True)))
            if pledge.sector
            else ""
        )
        return said(
            "{line}{where}, {weight}, until {until}",
            line=line,
            where=where,
            weight=said(pledge.weight),
            until=pledge.until,
        )


class Names(TitleNames):
    """Looks names up in one campaign and its packs."""

    def __init__(self, campaign: Campaign) -> None:
        super().__init__(Titles.of(campaign.model))
        self._campaign = campaign
        self._pack = campaign.model.pack

    def person(self, office: str) -> str:
        """Who holds an office."""
        for person in self._campaign.persons:
            if person.office == office:
                return person.name
        return spaced(office)

    def measure(self, expression: str) -> tuple[str, str]:
        """Title and unit of an expression."""
        return self._campaign.describe(expression)

    def promise(self, promise: Promise) -> str:
        """The title of what is promised."""
        return self.measure(promise.measure)[0]

    def sector_lines(self) -> tuple[str, ...]:
        """Instruments that a sector's dossier may hold, in the scenario's play."""
        return tuple(i for i in self._in_play() if self._pack.instruments[i].scope == "sector")

    def channel_lines(self, channel: str) -> tuple[str, ...]:
        """Instruments that a national dossier of a channel may hold."""
        found = self._pack.instruments
        return tuple(
            i for i in self._in_play() if found[i].scope == "nation" and found[i].channel == channel
        )

    def sectors(self) -> tuple[str, ...]:
        """The sectors that can be funded."""
        named = self._campaign.model.scenario.sectors
        known = tuple(self._pack.sectors)
        return known if named == "all" else tuple(one for one in known if one in set(named))

    def channels(self) -> tuple[str, ...]:
        """The channels that hold a national instrument in play."""
        return tuple(c for c in self._pack.channels if self.channel_lines(c))

    def _in_play(self) -> tuple[str, ...]:
        named = self._campaign.model.scenario.instruments
        known = self._pack.instruments
        return tuple(known) if named == "all" else tuple(i for i in known if i in set(named))
