"""The decisions of a campaign: the only thing that a save has to keep besides the seed.

Each decision is a frozen value with a JSON form; `decision_from_json` reads one back and refuses
whatever is not exactly one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Weight = Literal["light", "medium", "heavy"]
Architecture = Literal["mission", "mixed", "market"]
Word = Literal["sure", "likely", "open"]
Bound = Literal["at_least", "at_most"]
UNITS: Mapping[Weight, int] = {"light": 1, "medium": 2, "heavy": 4}
"""What a dossier's weight is worth, in the desk's units."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One sector or one national channel on the desk, with up to three lines."""

    sector: str | None
    """The sector, for a sector's dossier."""
    channel: str | None
    """The channel, for a national one; exactly one of the two is given."""
    weight: Weight
    lines: tuple[str, ...]
    """Instruments; the first takes half of the money, the others share the rest."""
    architecture: Architecture | None = None
    """For a sector: how it is organised."""
    sunset: bool = False
    """Stamped to end with the plan: free to close."""

    @property
    def key(self) -> str:
        """What names the dossier on a desk: `sector:nev`, `channel:science`."""
        return f"sector:{self.sector}" if self.sector is not None else f"channel:{self.channel}"


@dataclass(frozen=True, slots=True)
class Promise:
    """A target for the plan's last year, with the word that says how sure it is."""

    measure: str
    bound: Bound
    value: float
    word: Word
    mandate: bool = False
    """Written by the mandate, not by the player."""


@dataclass(frozen=True, slots=True)
class Begin:
    """The campaign opens: the aim chosen from three."""

    aim: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft locked in."""

    dossiers: tuple[Dossier, ...]
    amounts: tuple[tuple[str, str | None, float], ...] = ()
    """Exact cells that replace what the weights give: instrument, sector, billion yuan in all."""
    promises: tuple[Promise, ...] = ()
    proposals: tuple[str, ...] = ()
    """The proposals taken; the advisors remember."""
    sentence: str = ""
    """One sentence of the player's own, read again at the end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A card, a request or the people at a visited place are answered."""

    choice: str
    favour: bool = False
    """A person's favour pays the price of the choice."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A week and a train: the place visited, or nobody's (stay in)."""

    place: str | None


@dataclass(frozen=True, slots=True)
class MidTerm:
    """One dossier closed, opened or weighed anew in the plan's third year, or none."""

    close: str | None = None
    open: Dossier | None = None
    reweigh: str | None = None
    weight: Weight | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A promise is short by a little: push the reported number, or fall short in public."""

    push: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """By hand, in practice: an event comes in the coming year, or a situation begins."""

    entry: str
    sector: str | None = None
    """The sector that it strikes; every one of its own where a sector event names none."""


@dataclass(frozen=True, slots=True)
class Expire:
    """By hand, in practice: a situation ends; an event is no longer due, nor kept back."""

    entry: str
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """By hand, in practice: to the end of a year or the next desk, by every default."""


ByHand = Trigger | Expire | Step
"""Decisions of practice campaigns alone; they fit whatever is asked."""
Decision = Begin | Plan | Answer | Visit | MidTerm | Count | ByHand
