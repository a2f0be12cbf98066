"""The desk of one plan: everything that stays the same while its draft is worked on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from game.campaign.decisions import Dossier, Weight
from game.campaign.money import LINES_A_DOSSIER, Cell, Tool
from game.campaign.offered import Offer, Pledge
from game.campaign.wording import amount
from game.words import said

Amounts = tuple[tuple[str, str | None, float], ...]
"""Exact cells: instrument, sector, billion yuan over the plan."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A line that was built once and stands: what keeping it up takes, and letting it fall costs.

    Attributes:
        due: billion yuan over the plan.
        price: political capital for giving it nothing.
    """

    due: float
    price: float


@dataclass(frozen=True, eq=False)
class Desk:
    """What a draft is worked on with: everything that stays the same while it is drafted.

    Attributes:
        slots: how many dossiers the desk holds.
        unit: the share of the budget that one unit of weight is worth.
        budget: what the plan can spend, in the scenario's currency.
        capital: political capital at hand, with what is due.
        carried: the desk as it opens.
        carried_amounts: exact cells carried on.
        last: the dossiers of the plan before, those stamped to end left out.
        last_shares: the part of the last budget that each of them had.
        ran: full plans that each has run.
        open: who holds a pledge and what it says, by pledge.
        standing: lines that ask for upkeep where they get less than that.
        mandate: the dossier that the mandate has filled, at no capital.
        presets: dossiers and exact cells of ready-made plans.
        dilution: the scenario's expression over slots and priorities.
    """

    plan: int
    first_year: int
    last_year: int
    slots: int
    unit: float
    budget: float
    capital: float
    tools: Mapping[str, Tool]
    sectors: tuple[str, ...]
    channels: tuple[str, ...]
    titles: Mapping[str, str]
    names: Mapping[str, str]
    carried: tuple[Dossier, ...] = ()
    carried_amounts: tuple[tuple[str, str | None, float], ...] = ()
    last: tuple[Dossier, ...] = ()
    last_shares: Mapping[str, float] = field(default_factory=dict)
    ran: Mapping[str, int] = field(default_factory=dict)
    pledges: tuple[Pledge, ...] = ()
    most_pledges: int = 3
    offers: tuple[Offer, ...] = ()
    standing: Mapping[Cell, Standing] = field(default_factory=dict)
    mandate: Dossier | None = None
    barred: frozenset[Cell] = frozenset()
    presets: Mapping[str, tuple[tuple[Dossier, ...], tuple[tuple[str, str | None, float], ...]]] = (
        field(default_factory=dict)
    )
    dilution: Callable[[int, int], float] = lambda slots, count: 1.0
    closing: Mapping[Weight, float] = field(
        default_factory=lambda: {"light": 1.0, "medium": 2.0, "heavy": 3.0}
    )
    per_plan: float = 1.0
    signing: float = 2.0
    breaking: float = 3.0
    currency: str = "billion yuan"

    def title(self, key: str) -> str:
        """What a dossier is called."""
        return self.titles.get(key, key.partition(":")[2].replace("_", " "))

    def title_of_cell(self, cell: Cell) -> str:
        """What a line is called: `Zones, New energy`, or the instrument's name alone."""
        instrument, sector = cell
        tool = self.tools.get(instrument)
        name = tool.short if tool is not None else instrument.replace("_", " ")
        return name if sector is None else f"{name}, {self.title(f'sector:{sector}')}"

    def offer(self, offer_id: str) -> Offer | None:
        """The offer of that id, if it is on the table."""
        return next((one for one in self.offers if one.id == offer_id), None)


def problems_of(dossier: Dossier, desk: Desk) -> Iterable[str]:
    """What is wrong with a dossier on this desk, in words."""
    title = desk.title(dossier.key)
    if (dossier.sector is None) == (dossier.channel is None):
        yield said("a dossier is of a sector or of a channel")
        return
    if dossier.sector is not None and dossier.sector not in desk.sectors:
        yield said("{title} is not in play", title=title)
    if dossier.channel is not None and dossier.channel not in desk.channels:
        yield said("{title} is not a channel", title=title)
    if not 1 <= len(dossier.lines) <= LINES_A_DOSSIER:
        yield said(
            "{title} should have one to {most} lines",
            title=title,
            most=LINES_A_DOSSIER,
        )
    if len(set(dossier.lines)) != len(dossier.lines):
        yield said("{title} names a line twice", title=title)
    if dossier.architecture is not None and dossier.sector is None:
        yield said("{title} is national and has no architecture", title=title)
    for line in dossier.lines:
        yield from problems_of_cell((line, dossier.sector), 0.0, desk)
        tool = desk.tools.get(line)
        if tool and dossier.channel is not None and tool.channel != dossier.channel:
            yield said("{short} is not a line of {title}", short=tool.short, title=title)


def problems_of_cell(cell: Cell, money: float, desk: Desk) -> Iterable[str]:
    """What is wrong with money for a cell, in words."""
    instrument, sector = cell
    tool = desk.tools.get(instrument)
    if tool is None:
        yield said("{instrument} is not in play", instrument=instrument)
        return
    if tool.by_sector != (sector is not None):
        kind = said("goes to a sector") if tool.by_sector else said("is national")
        yield f"{tool.short} {kind}"
    elif sector is not None and sector not in desk.sectors:
        yield said("{title} is not in play", title=desk.title(f"sector:{sector}"))
    if not 0.0 <= money <= desk.budget:
        yield said(
            "{money} for {short} is not within the budget",
            money=amount(money, desk.currency),
            short=tool.short,
        )
    if cell in desk.barred or (instrument, None) in desk.barred:
        yield said("{short} cannot be funded now", short=tool.short)
