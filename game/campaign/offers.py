"""What the advisors bring to a draft: of each, the two proposals that press most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from game.campaign.decisions import UNITS, Dossier
from game.campaign.money import Cell, Tool
from game.campaign.people import person
from game.campaign.records import Offer, Person, Pledge
from game.campaign.sight import Sight
from game.campaign.wording import named
from game.engine.targets import split_target

if TYPE_CHECKING:
    from game.campaign.people import Seat
    from game.engine import Model
    from game.packs.schema_events import Dossier as DossierEntry
    from game.packs.schema_events import Pledge as PledgeEntry
    from game.packs.schema_events import Proposal

AN_ADVISOR = 2
"""How many proposals each advisor brings."""


def sectors_in_play(model: Model) -> tuple[str, ...]:
    """The sectors that can be funded."""
    given = model.scenario.sectors
    return tuple(model.pack.sectors) if given == "all" else tuple(given)


def tools_in_play(model: Model) -> Mapping[str, Tool]:
    """The instruments that can be funded."""
    given = model.scenario.instruments
    names = tuple(model.pack.instruments) if given == "all" else tuple(given)
    entries = {name: model.pack.instruments[name] for name in names}
    return {
        name: Tool(entry.short or entry.title, entry.channel, entry.scope == "sector")
        for name, entry in entries.items()
    }


def dossier_of(entry: DossierEntry, *, sunset: bool = False) -> Dossier:
    """A pack's dossier as one on a desk."""
    return Dossier(
        entry.sector, entry.channel, entry.weight, tuple(entry.lines), entry.architecture, sunset
    )


def pledge_of(entry: PledgeEntry, year: int) -> Pledge:
    """What a pledge signed in a year binds to."""
    instrument, sector = split_target(entry.keep)
    return Pledge(entry.to, instrument, sector, entry.weight, year + entry.years - 1, year)


class Table:
    """Puts the proposals of a plan on the table.

    Args:
        sight: the numbers as reported.
        cast: who holds which office.
        names: surnames by office.
        counter: reads a counter of the state.
        barred: cells that cannot be funded now.
    """

    def __init__(
        self,
        sight: Sight,
        cast: tuple[Seat, ...],
        names: Mapping[str, str],
        counter: Mapping[str, float],
        barred: frozenset[Cell],
    ) -> None:
        self.sight = sight
        self.model = sight.model
        self.cast = cast
        self.names = names
        self.counter = counter
        self.barred = barred
        self.tools = tools_in_play(self.model)
        self.sectors = sectors_in_play(self.model)

    def offers(
        self, desk: tuple[Dossier, ...], first_year: int, a_unit: float
    ) -> tuple[Offer, ...]:
        """At most two of each advisor, the most pressing first; none that the desk holds."""
        by_office: dict[str, list[tuple[float, str, Proposal]]] = {}
        for proposal in self.model.pack.proposals.values():
            if self._fits(proposal, desk):
                pressing = self.sight.of(proposal.pressing)
                by_office.setdefault(proposal.by, []).append((-pressing, proposal.id, proposal))
        found = []
        for seat in self.cast:
            if self.model.pack.people[seat.office].advisor:
                who = person(seat, self.model.pack, self.names, self._count)
                for _, _, proposal in sorted(by_office.get(seat.office, ()))[:AN_ADVISOR]:
                    found.append(self._offer(proposal, who, first_year, a_unit))
        return tuple(found)

    def _count(self, name: str) -> float:
        return self.counter.get(name, 0.0)

    def _fits(self, proposal: Proposal, desk: tuple[Dossier, ...]) -> bool:
        dossiers = [dossier_of(entry) for entry in proposal.dossiers]
        for dossier in dossiers:
            if dossier.sector is not None and dossier.sector not in self.sectors:
                return False
            for line in dossier.lines:
                cell = (line, dossier.sector)
                tool = self.tools.get(line)
                if tool is None or tool.by_sector != (dossier.sector is not None):
                    return False
                if cell in self.barred:
                    return False
        if all(_held(one, desk) for one in dossiers):
            return False
        return self.sight.holds(proposal.when)

    def _offer(self, proposal: Proposal, who: Person, first_year: int, a_unit: float) -> Offer:
        dossiers = tuple(dossier_of(entry, sunset=proposal.sunset) for entry in proposal.dossiers)
        pledge = proposal.pledge
        return Offer(
            id=proposal.id,
            by=who,
            dossiers=dossiers,
            cost=sum(UNITS[one.weight] for one in dossiers) * a_unit,
            says=named(proposal.says, self.names),
            gets=named(proposal.gets or "", self.names),
            pledge=pledge_of(pledge, first_year) if pledge is not None else None,
            passages=tuple(proposal.because),
        )


def _held(wanted: Dossier, desk: tuple[Dossier, ...]) -> bool:
    """Whether a desk has these lines at this weight or more already."""
    for one in desk:
        if one.key == wanted.key and set(wanted.lines) <= set(one.lines):
            return UNITS[one.weight] >= UNITS[wanted.weight]
    return False
