"""Where a campaign stands: one immutable value between two decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from game.campaign.decisions import Dossier, Expire, Promise, Trigger
from game.campaign.desk import Amounts, Desk
from game.campaign.money import Cell
from game.campaign.people import Seat
from game.campaign.records import (
    Ask,
    Offer,
    Pledge,
    PromiseState,
    Reading,
    Revealed,
    YearReport,
)

if TYPE_CHECKING:
    from game.engine import Asked, Happened, Ledger, Pending, State

Stage = Literal[
    "opening", "draft", "request", "visit", "place", "event", "midterm", "count", "ended"
]
Firing = tuple[str, str | None]
"""An event and its sector."""


@dataclass(frozen=True, slots=True)
class Post:
    """Rows that a campaign adds to the next year: prices, stakes, signatures, standing."""

    name: str
    says: str
    amounts: tuple[tuple[str, float], ...]
    """By indicator, `indicator[place]` or `counter("name")`."""


@dataclass(frozen=True)
class Lines:
    """What a plan gives to each cell, as parts of its budget, so that any world can follow it."""

    shares: tuple[tuple[Cell, float], ...]
    architecture: tuple[tuple[str, str], ...]
    years: int
    sunset: tuple[str, ...] = ()
    """Sectors whose dossiers are stamped to end with the plan."""
    upkeep: tuple[tuple[Cell, float], ...] = ()
    """What keeps up that which stands, besides: it is nobody's priority."""


@dataclass(frozen=True)
class Before:
    """What was done to the state between two years: enough to do it again elsewhere."""

    plan: Lines | None = None
    """A plan that begins."""
    shift: Lines | None = None
    """A plan changed on its way."""
    reserve: float = 0.0
    """The part of the budget that a shift gives back to the reserve, or takes below zero."""
    posts: tuple[Post, ...] = ()
    raised: tuple[str, ...] = ()
    """Flags set, where the pack knows them."""
    promises: tuple[bool, ...] = ()
    """Promises judged, and whether each was kept."""
    by_hand: tuple[Trigger | Expire, ...] = ()
    """What was triggered and expired, in a practice campaign."""


@dataclass(frozen=True)
class PlayedYear:
    """A completed year: what went in and what came out."""

    year: int
    plan: int
    before: tuple[Before, ...]
    start: State
    """Before `before` was done."""
    choices: Mapping[Firing, str]
    extra: tuple[tuple[str, str | None, str], ...]
    favours: Mapping[str, str]
    end: State
    ledger: Ledger | None
    happened: tuple[Happened, ...]
    forced: tuple[Firing, ...] = ()
    """Events that came by hand."""
    asked: tuple[Firing, ...] = ()
    """Events that waited for an answer, in order."""


@dataclass(frozen=True)
class PlannedTerm:
    """A plan that was locked in, and how it went."""

    plan: int
    first_year: int
    last_year: int
    desk: Desk
    dossiers: tuple[Dossier, ...]
    amounts: Amounts
    lines: Lines
    promises: tuple[Promise, ...]
    taken: tuple[str, ...]
    sentence: str
    decision: int
    """Which decision locked it, counted from 0."""
    capital_before: float
    opened: tuple[Dossier, ...] = ()
    """The dossiers at the lock, before any mid-term."""
    pushed: tuple[str, ...] = ()
    """Measures whose reported number was pushed at the count."""
    let_go: tuple[str, ...] = ()
    """Measures that were asked about at the count and fell short."""
    verdicts: tuple[PromiseState, ...] = ()
    pledges: tuple[tuple[Pledge, str], ...] = ()
    """Pledges open in the plan and what became of them: held, kept, broken."""
    capital_after: float = 0.0
    hints: tuple[str, ...] = ()
    moved_up: str | None = None
    retired: str | None = None


@dataclass(frozen=True)
class Running:
    """The year under way: what has been answered and what waits."""

    year: int
    choices: Mapping[Firing, str] = field(default_factory=dict)
    extra: tuple[tuple[str, str | None, str], ...] = ()
    pending: Pending | None = None
    waiting: tuple[Asked, ...] = ()
    spent_capital: float = 0.0
    spent_money: float = 0.0
    spent_favours: tuple[str, ...] = ()
    favours: Mapping[str, str] = field(default_factory=dict)
    """Events whose answer somebody's favour pays for."""
    signed: tuple[Pledge, ...] = ()
    card: Firing | None = None
    """The event whose card is on the table."""
    stayed: bool = False
    forced: tuple[Firing, ...] = ()
    """Events that come by hand."""
    asked: tuple[Firing, ...] = ()
    """Events that the opened year asks about, in order."""


@dataclass(frozen=True)
class Told:
    """A hint of an ending that a review has shown."""

    year: int
    ending: str
    hint: str
    says: str


@dataclass(frozen=True)
class Position:
    """Everything that a campaign knows between two decisions."""

    stage: Stage
    ask: Ask
    state: State
    bequest: str | None
    cast: tuple[Seat, ...]
    aim: str | None = None
    terms: tuple[PlannedTerm, ...] = ()
    years: tuple[PlayedYear, ...] = ()
    reports: tuple[YearReport, ...] = ()
    before: tuple[Before, ...] = ()
    """Done to the state since the last completed year."""
    origin: State | None = None
    """The state as the last completed year left it."""
    desk: Desk | None = None
    offers: tuple[Offer, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    kept: tuple[tuple[Pledge, str], ...] = ()
    """What has become of pledges in the plan under way."""
    due: float = 0.0
    """Political capital that is posted and not yet in the numbers."""
    running: Running | None = None
    met: frozenset[str] = frozenset()
    opened: tuple[tuple[str, int], ...] = ()
    """Expressions whose true numbers a visit has opened, with the year."""
    readings: tuple[Reading, ...] = ()
    told: tuple[Told, ...] = ()
    ran: Mapping[str, int] = field(default_factory=dict)
    made: int = 0
    """Promises judged so far, and kept."""
    upheld: int = 0
    piloted: int = 0
    """For how many years running pilots have been at work."""
    revealed: tuple[Revealed, ...] = ()
    """Rules whose strength pilots have shown."""
    stay: tuple[str, ...] = ()
    """Next year's likeliest stops, for one who stayed in."""
    forced: tuple[Firing, ...] = ()
    """Events triggered by hand for the year that opens next."""
    later: tuple[Trigger | Expire, ...] = ()
    """Done by hand while a year was open: it is carried out once that year has closed."""

    def but(self, **changes: Any) -> Position:
        """A copy with some fields replaced."""
        return replace(self, **changes)

    @property
    def term(self) -> PlannedTerm:
        """The plan under way, or the last."""
        return self.terms[-1]
