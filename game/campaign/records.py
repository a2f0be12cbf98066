"""What a campaign asks and what it reports: plain values that any screen, save or script can show.

Texts are ready to read (names filled in) and are never markup. Numbers are in their indicator's
unit; `unit` names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from game.campaign.decisions import Dossier, Promise
from game.campaign.offered import DraftAsk as DraftAsk
from game.campaign.offered import Offer as Offer
from game.campaign.offered import Person as Person
from game.campaign.offered import Pledge as Pledge
from game.words import later

REPORTED = later("(reported)")
"""What a clock's words end with; the first to go where there is little room."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One number with its name: what is reported and, where it has been opened, what is true."""

    expression: str
    """What `why` opens, such as `utilisation[new_energy]`."""
    title: str
    unit: str
    reported: float
    true: float | None = None
    """None while nobody has looked."""
    before: float | None = None
    """Reported a year before."""
    good: Literal["up", "down", "neither"] = "neither"


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage, to stand at the foot of a card or behind a rule."""

    passage: str
    source: str
    """Short name and section, such as `du2024 5.3`."""
    text: str
    claim: str
    document: str
    """Authors, year and title."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer, with its price."""

    id: str
    label: str
    now: str
    """What it costs and does today."""
    money: float
    """Billion yuan, from the reserve and then from the plan's lines."""
    capital: float
    favour: str | None
    """The person whose favour is the price, if any."""
    dossiers: int
    """Dossiers that it takes from the next desk."""
    can: bool
    why_not: str
    """Why it cannot be taken, where it cannot."""
    pledge: Pledge | None
    default: bool


@dataclass(frozen=True, slots=True)
class Card:
    """An event, a request or a visited place that asks for an answer."""

    event: str
    sector: str | None
    year: int
    title: str
    recall: str
    text: str
    options: tuple[Option, ...]
    quote: Quote | None
    passages: tuple[str, ...]
    why_now: tuple[str, ...]
    """The clauses of `when` that let it happen, with their values."""
    asks: str
    by: Person | None = None
    place: str = ""
    opened: tuple[Reading, ...] = ()
    """True numbers that a visit has opened."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How near a situation or a warned event is to striking, in sixths."""

    id: str
    title: str
    steps: int
    """0 to 6; 6 has struck."""
    was: int
    says: str
    """Such as `Plant in use 71%, strikes at 65% (reported)`."""
    name: str = ""
    """What `says` begins with, and may be cut where there is little room."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a year's bulletin."""

    kind: Literal["event", "choice", "situation", "over", "near", "warning", "echo", "note"]
    id: str
    text: str
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearReport:
    """A year as the bulletin tells it."""

    year: int
    plan: int
    """Which plan, counted from 0."""
    plan_year: int
    headline: tuple[Reading, ...]
    happenings: tuple[Happening, ...]
    clocks: tuple[Clock, ...]
    quiet: bool
    """No clock moved and nothing happened: it may be folded into the next."""


@dataclass(frozen=True, slots=True)
class OpeningAsk:
    """The letter, the bequest and the aims to choose from."""

    letter: str
    bequest_title: str
    bequest: str
    aims: tuple[tuple[str, str, str], ...]
    """Three of id, title, what it asks."""


@dataclass(frozen=True, slots=True)
class VisitAsk:
    """Three places to choose from, or stay in."""

    year: int
    places: tuple[tuple[str, str, str], ...]
    """Event id, place, why one might go."""
    stay: str


@dataclass(frozen=True, slots=True)
class MidTermAsk:
    """One dossier may be closed, opened or weighed anew."""

    year: int
    dossiers: tuple[Dossier, ...]
    capital: float
    promises: tuple[PromiseState, ...]


@dataclass(frozen=True, slots=True)
class CountAsk:
    """A promise is short by under a tenth."""

    year: int
    promise: PromiseState
    cost: float
    """Billion yuan of the reserve that a push takes."""
    can_push: bool


@dataclass(frozen=True, slots=True)
class EndedAsk:
    """Nothing more is asked."""


Ask = OpeningAsk | DraftAsk | Card | VisitAsk | MidTermAsk | CountAsk | EndedAsk


@dataclass(frozen=True, slots=True)
class PromiseState:
    """A promise against the number reported."""

    promise: Promise
    title: str
    unit: str
    reported: float
    kept: bool
    pays: float
    """Political capital, if it were counted now."""
    near: bool
    """Short, and by under a tenth."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One row of why a number moved."""

    kind: str
    """rule, noise, event, choice, situation, post, bound, input, rounding, statistics or rest."""
    id: str
    text: str
    amount: float
    grade: str
    passages: tuple[str, ...]
    year: int | None = None
    opens: str = ""
    """An expression whose own causes can be asked for, for an input."""
    strength: float = 1.0
    """How strong the rule is in this world; shown once a pilot or the books have revealed it."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """How strong a rule is in this campaign, as a pilot has shown."""

    rule: str
    says: str
    """What the rule says."""
    strength: float
    """As a part of what is written."""
    year: int
    """When it came out."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a number moved, in rows that add up."""

    expression: str
    title: str
    unit: str
    first_year: int
    last_year: int
    start: float
    end: float
    causes: tuple[Cause, ...]
    true: bool
    """True numbers, or reported ones with the statistics folded into the rest."""


@dataclass(frozen=True, slots=True)
class Fan:
    """A forecast: quantiles over worlds, year by year, and the reported past."""

    expression: str
    title: str
    unit: str
    past: tuple[tuple[int, float], ...]
    years: tuple[int, ...]
    quantiles: tuple[tuple[float, ...], ...]
    """Five runs over `years`: p10, p25, median, p75, p90."""
    baseline: tuple[float, ...]
    """The median if nothing changes."""
    met: int
    kinds: int
    """The ministry knows `met` of `kinds` of event."""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """Something that the documents describe, as it acted in this campaign.

    Attributes:
        id: the lesson that tells of it, or the passage where none does.
        title: its name; empty for a lone passage.
        text: what happens.
        quote: the passage behind its weightiest rows.
        share: of all that moved the balances, up or down.
        asks: questions to argue over.
    """

    id: str
    title: str
    text: str
    quote: Quote
    share: float
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """A plan looked back on: the broken promise first, then its causes, then who remembers."""

    plan: int
    title: str
    first_year: int
    last_year: int
    capital_before: float
    capital_after: float
    promises: tuple[tuple[PromiseState, str], ...]
    """Each with its verdict: kept or BROKEN; the broken first."""
    pledges: tuple[tuple[Pledge, str], ...]
    why: Explanation | None
    """Over the plan's years, of the first promise: its top causes and the rest."""
    forecast: tuple[float, float] | None
    """The ministry's 80 % interval at the lock, for the same measure."""
    unmet: tuple[str, ...]
    """Events that the ministry had not met."""
    same_dice: tuple[str, float] | None
    """Without this dossier, the same dice: which dossier, and the value."""
    mechanisms: tuple[Mechanism, ...]
    """The two or three mechanisms that moved the balances most over the plan."""
    grades: tuple[tuple[str, float], ...]
    """Share of the balances' movement that rests on each grade."""
    people: tuple[tuple[Person, str], ...]
    hints: tuple[str, ...]
    question: str
    changed: tuple[Reading, ...]
    balances: tuple[tuple[str, float, float], ...]
    """Title, at the plan's start and now."""
    revealed: tuple[Revealed, ...] = ()
    """What pilots have shown in the plan's years."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended, and what it rests on."""

    id: str
    title: str
    year: int
    text: str
    balances: tuple[tuple[str, float], ...]
    books: tuple[Reading, ...]
    """Reported against true, all opened."""
    strengths: tuple[tuple[str, float], ...]
    """What the rules said and how strong they were here, the strangest first."""
    after: tuple[tuple[str, str], ...]
    """Ten years carried on in 256 worlds: what and how often."""
    codas: tuple[tuple[Person, str], ...]
    pledges: tuple[Pledge, ...]
    aim: tuple[str, bool] | None
    sentences: tuple[tuple[int, str], ...]
    told: tuple[tuple[int, str], ...]
    """Hints shown, with their years."""
    one_thing: tuple[str, tuple[tuple[str, int], ...]] | None
    """The decision whose fork most often leads elsewhere, and the endings in 100 worlds of it."""
    passages: tuple[Quote, ...]
    mechanisms: tuple[Mechanism, ...]
    """Those that moved the balances most over the whole campaign."""
    grades: tuple[tuple[str, float], ...]
    """Share of the balances' movement that rests on each grade."""
    asks: str
