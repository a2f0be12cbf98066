"""What lies on the desk when a plan is drafted: proposals, who brings them, what they bind to.

Plain values, like those in `records`, and apart from them because a desk needs no others.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.campaign.decisions import Dossier, Promise


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who holds an office in this campaign."""

    office: str
    title: str
    name: str
    trait: str
    standing: int
    favours: int
    advisor: bool
    says: str = ""
    wants: str = ""


@dataclass(frozen=True, slots=True)
class Pledge:
    """A line kept for a person until a year."""

    to: str
    instrument: str
    sector: str | None
    weight: str
    until: int
    signed: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal on the table."""

    id: str
    by: Person
    dossiers: tuple[Dossier, ...]
    cost: float
    """Billion yuan over the plan, at the desk's weights."""
    says: str
    gets: str
    pledge: Pledge | None
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftAsk:
    """A plan is to be drafted; `campaign.draft()` gives the desk to work on."""

    plan: int
    title: str
    first_year: int
    last_year: int
    inbox: tuple[str, ...]
    """At most three lines: warnings, requests, the mandate."""
    offers: tuple[Offer, ...]
    mandate: Promise | None
    mandate_says: str
