"""The draft on the desk: reversible, every edit a new value, nothing decided until it is locked.

A draft is the desk as it opened and the edits since, in order; putting a proposal back is leaving
its edit out and folding the others again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from game.campaign.decisions import (
    UNITS,
    Architecture,
    Dossier,
    Plan,
    Promise,
    Weight,
)
from game.campaign.desk import Amounts, Desk, problems_of, problems_of_cell
from game.campaign.edits import Edit, folded
from game.campaign.money import (
    Cell,
    allocation_of,
    key_of,
    money_by_key,
    priorities_of,
)
from game.campaign.offered import Pledge
from game.campaign.wording import amount, held
from game.words import later, said

CUT = 0.8
"""A dossier that keeps less than this share of its part of the budget counts as closed."""


@dataclass(frozen=True)
class Draft:
    """A desk being worked on. Two drafts are equal where the same was done to the same desk."""

    desk: Desk = field(compare=False, repr=False)
    base: tuple[Dossier, ...]
    base_amounts: Amounts = ()
    base_taken: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()

    @classmethod
    def opening(cls, desk: Desk) -> Draft:
        """The draft as the desk opens: the last plan carried on."""
        return cls(desk, desk.carried, desk.carried_amounts)

    # --- what is done to it -----------------------------------------------------------------

    def take(self, offer_id: str) -> Draft:
        """Take a proposal from the table.

        Raises:
            KeyError: no such offer is on the table.
        """
        if self.desk.offer(offer_id) is None:
            raise KeyError(offer_id)
        if offer_id in self.taken:
            return self
        return self._with(Edit("take", offer_id))

    def put_back(self, offer_id: str) -> Draft:
        """Put a proposal back: the desk is as if it had never been taken."""
        kept = tuple(e for e in self.edits if not (e.kind == "take" and e.key == offer_id))
        base_taken = tuple(one for one in self.base_taken if one != offer_id)
        return replace(self, edits=kept, base_taken=base_taken)

    def open(self, dossier: Dossier) -> Draft:
        """Open a dossier, in place of one of the same sector or channel."""
        return self._with(Edit("open", dossier.key, dossier=dossier))

    def close(self, key: str) -> Draft:
        """Close a dossier."""
        return self._with(Edit("close", key))

    def weigh(self, key: str, weight: Weight) -> Draft:
        """Give a dossier another weight."""
        return self._with(Edit("weigh", key, weight=weight))

    def set_lines(self, key: str, lines: Iterable[str]) -> Draft:
        """Give a dossier other lines; the first takes half."""
        return self._with(Edit("lines", key, lines=tuple(lines)))

    def organise(self, key: str, architecture: Architecture | None) -> Draft:
        """Choose how a sector is organised."""
        return self._with(Edit("organise", key, architecture=architecture))

    def stamp(self, key: str) -> Draft:
        """Stamp a dossier to end with the plan, or take the stamp away."""
        return self._with(Edit("stamp", key))

    def set_amount(self, instrument: str, sector: str | None, money: float | None) -> Draft:
        """Fix a cell at so many billion yuan over the plan; None goes back to the weights."""
        cell = (instrument, sector)
        key = key_of(cell, self.desk.tools) if instrument in self.desk.tools else ""
        return self._with(Edit("amount", key, cell=cell, money=money))

    def let_fall(self, instrument: str, sector: str | None) -> Draft:
        """Give a line that stands nothing at all, not even its upkeep."""
        return self.set_amount(instrument, sector, 0.0)

    def bare(self) -> Draft:
        """Only what is pledged or written by the mandate."""
        bound = {*self.knots}
        kept = tuple(one for one in self.desk.carried if one.key in bound)
        return Draft(self.desk, kept)

    def preset(self, strategy: str) -> Draft:
        """The plan of a ready-made strategy.

        Raises:
            KeyError: the scenario has no such strategy.
        """
        dossiers, amounts = self.desk.presets[strategy]
        return Draft(self.desk, dossiers, amounts)

    def table_of(self, person: str) -> Draft:
        """The desk as it opened, with everything that one advisor brings."""
        draft = Draft.opening(self.desk)
        for offer in self.desk.offers:
            if offer.by.office == person:
                draft = draft.take(offer.id)
        return draft

    def plan(self, promises: Iterable[Promise] = (), sentence: str = "") -> Plan:
        """The decision that locks this draft in."""
        return Plan(
            self.dossiers,
            self.amounts,
            tuple(promises),
            self.taken,
            sentence,
        )

    def _with(self, edit: Edit) -> Draft:
        return replace(self, edits=(*self.edits, edit))

    # --- what it amounts to -----------------------------------------------------------------

    @cached_property
    def _folded(self) -> tuple[dict[str, Dossier], dict[Cell, float]]:
        return folded(self.desk, self.base, self.base_amounts, self.edits)

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        """The dossiers, in the order in which they were opened."""
        return tuple(self._folded[0].values())

    @property
    def _cells(self) -> Iterable[tuple[Cell, float]]:
        return sorted(self._folded[1].items(), key=lambda one: (one[0][0], one[0][1] or ""))

    @property
    def amounts(self) -> Amounts:
        """Exact cells: instrument, sector, billion yuan over the plan."""
        return tuple((instrument, sector, money) for (instrument, sector), money in self._cells)

    @cached_property
    def taken(self) -> tuple[str, ...]:
        """Proposals taken that are still on the desk: each of their dossiers, with a line of it."""
        wanted = dict.fromkeys(self.base_taken)
        wanted.update(dict.fromkeys(e.key for e in self.edits if e.kind == "take"))
        return tuple(one for one in wanted if self.holds(one))

    def holds(self, offer_id: str) -> bool:
        """Whether a proposal's dossiers are on the desk."""
        offer = self.desk.offer(offer_id)
        desk = self._folded[0]
        return offer is not None and all(
            d.key in desk and (set(d.lines) & set(desk[d.key].lines)) for d in offer.dossiers
        )

    @property
    def slots(self) -> int:
        """How many dossiers the desk holds."""
        return self.desk.slots

    @property
    def budget(self) -> float:
        """Billion yuan for the plan."""
        return self.desk.budget

    @cached_property
    def given(self) -> dict[Cell, float]:
        """Billion yuan over the plan that dossiers and exact amounts give, upkeep left out."""
        known = [d for d in self.dossiers if all(line in self.desk.tools for line in d.lines)]
        cells = {c: m for c, m in self._folded[1].items() if c[0] in self.desk.tools}
        return allocation_of(known, cells, self.desk.budget, self.desk.unit)

    @cached_property
    def upkeep_lines(self) -> dict[Cell, float]:
        """Billion yuan over the plan that keep up what stands and is not funded as much anyway.

        An exact amount of nothing lets a line fall.
        """
        missing = {
            cell: one.due - self.given.get(cell, 0.0)
            for cell, one in self.desk.standing.items()
            if cell not in self.fallen
        }
        return {cell: money for cell, money in missing.items() if money > 0.0}

    @property
    def upkeep(self) -> float:
        """Billion yuan over the plan for what stands: the row beside the money left."""
        return sum(self.upkeep_lines.values())

    @cached_property
    def fallen(self) -> tuple[Cell, ...]:
        """Lines that stand and are let fall."""
        exact = self._folded[1]
        return tuple(cell for cell in self.desk.standing if exact.get(cell) == 0.0)

    @cached_property
    def allocation(self) -> dict[Cell, float]:
        """Billion yuan over the plan, by instrument and sector, with the upkeep of what stands."""
        result = dict(self.given)
        for cell, money in self.upkeep_lines.items():
            result[cell] = result.get(cell, 0.0) + money
        return result

    @cached_property
    def money_left(self) -> float:
        """Billion yuan that no line has: the reserve."""
        left = self.desk.budget - sum(self.allocation.values())
        return 0.0 if abs(left) < 1e-9 * max(1.0, self.desk.budget) else left

    @cached_property
    def priorities(self) -> int:
        """How many dossiers the allocation amounts to; upkeep is nobody's priority."""
        return priorities_of(self.given, self.desk.tools)

    @cached_property
    def dilution(self) -> float:
        """What every line delivers of its support."""
        return self.desk.dilution(self.desk.slots, self.priorities)

    @cached_property
    def knots(self) -> dict[str, str]:
        """Dossiers that are bound, and to whom."""
        result: dict[str, str] = {}
        for pledge in self.desk.pledges:
            if pledge.until >= self.desk.first_year and pledge.instrument in self.desk.tools:
                key = key_of((pledge.instrument, pledge.sector), self.desk.tools)
                name = self.desk.names.get(pledge.to, pledge.to)
                result[key] = said("pledged to {name} until {until}", name=name, until=pledge.until)
        if self.desk.mandate is not None:
            result[self.desk.mandate.key] = said("written by the mandate")
        return result

    @cached_property
    def broken(self) -> tuple[Pledge, ...]:
        """Pledges that this draft would break."""
        due = [p for p in self.desk.pledges if p.until >= self.desk.first_year]
        return tuple(pledge for pledge in due if not self.keeps(pledge))

    def keeps(self, pledge: Pledge) -> bool:
        """Whether a line is on the desk at the weight pledged, or has that much money."""
        unit = self.desk.unit * self.desk.budget
        cell = (pledge.instrument, pledge.sector)
        for dossier in self.dossiers:
            if dossier.sector == pledge.sector and pledge.instrument in dossier.lines:
                enough = UNITS[dossier.weight] >= UNITS[_weight(pledge.weight)]
                if enough and cell not in self._folded[1]:
                    return True
        return self.allocation.get(cell, 0.0) >= UNITS[_weight(pledge.weight)] * unit * CUT

    @cached_property
    def signed(self) -> tuple[Pledge, ...]:
        """Pledges that the proposals taken bring with them."""
        offers = [self.desk.offer(one) for one in self.taken]
        return tuple(o.pledge for o in offers if o is not None and o.pledge is not None)

    @cached_property
    def closed(self) -> tuple[Dossier, ...]:
        """Last plan's dossiers that are gone or lose more than a fifth of their part."""
        now = money_by_key(self.given, self.desk.tools)
        budget = max(self.desk.budget, 1e-9)
        return tuple(
            one
            for one in self.desk.last
            if now.get(one.key, 0.0) / budget
            < CUT * self.desk.last_shares.get(one.key, 0.0) - 1e-12
        )

    @cached_property
    def prices(self) -> tuple[tuple[str, float], ...]:
        """What the draft costs in political capital, by reason; below zero for what it earns."""
        result: list[tuple[str, float]] = []
        on_desk = {one.key for one in self.dossiers}
        for one in self.closed:
            price = self.desk.closing[one.weight]
            price += self.desk.per_plan * self.desk.ran.get(one.key, 0)
            reason = later("cuts {title}") if one.key in on_desk else later("closes {title}")
            result.append((said(reason, title=self.desk.title(one.key)), price))
        for cell in self.fallen:
            title = self.desk.title_of_cell(cell)
            result.append((said("lets {title} fall", title=title), self.desk.standing[cell].price))
        for pledge in self.broken:
            name = self.desk.names.get(pledge.to, pledge.to)
            result.append((said("breaks the pledge to {name}", name=name), self.desk.breaking))
        for pledge in self.signed:
            name = self.desk.names.get(pledge.to, pledge.to)
            result.append((said("signs a pledge to {name}", name=name), -self.desk.signing))
        return tuple(result)

    @property
    def capital_left(self) -> float:
        """Political capital once the draft is locked."""
        return self.desk.capital - sum(price for _, price in self.prices)

    @cached_property
    def problems(self) -> tuple[str, ...]:
        """Why the draft cannot be locked; empty where it can."""
        return tuple(_problems(self))


def _weight(text: str) -> Weight:
    return "heavy" if text == "heavy" else "medium" if text == "medium" else "light"


def _forced(draft: Draft) -> float:
    """What even the desk as it opened would cost: nobody is locked out for that."""
    return sum(price for _, price in Draft.opening(draft.desk).prices)


def _problems(draft: Draft) -> Iterable[str]:
    desk = draft.desk
    for dossier in draft.dossiers:
        yield from problems_of(dossier, desk)
    for instrument, sector, money in draft.amounts:
        yield from problems_of_cell((instrument, sector), money, desk)
    if draft.money_left < 0:
        over, whole = (amount(one, desk.currency) for one in (-draft.money_left, desk.budget))
        yield said("{over} more than the budget of {whole}", over=over, whole=whole)
    wanted = sum(price for _, price in draft.prices)
    if draft.capital_left < 0 and wanted > max(0.0, _forced(draft)):
        yield said(
            "it takes {wanted} capital and you have {capital}",
            wanted=f"{wanted:g}",
            capital=held(desk.capital),
        )
    if len(draft.signed) + len(desk.pledges) - len(draft.broken) > desk.most_pledges:
        yield said("at most {most} pledges can be open", most=desk.most_pledges)
    mandate = desk.mandate
    if mandate is not None and mandate not in draft.dossiers:
        yield said(
            "the mandate has written {title}; it stays as it is", title=desk.title(mandate.key)
        )
