"""What the game can reach from outside a campaign: scenarios, saves and the almanac's entries.

Everything heavy is imported inside the calls, which run in threads; the menu paints without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from game.campaign import Campaign
    from game.campaign.kept import KeptDesk
    from game.packs import Loaded
    from game.tui.session import Session


Changed = Literal["ask", "replay", "recorded"]
"""What to do with a save whose rules have changed: ask, replay it, or keep its numbers."""


@dataclass(frozen=True, slots=True)
class ScenarioInfo:
    """A scenario as the chooser shows it."""

    id: str
    title: str
    subtitle: str
    difficulty: str
    minutes: int
    first_year: int
    last_year: int
    plans: int
    desk: int
    opening: str
    start: tuple[tuple[str, str], ...] = ()
    """Where the country stands: a title and a number in words."""


@dataclass(frozen=True, slots=True)
class FailedPack:
    """A pack that cannot be played: what it is called, where it lies, and what is wrong."""

    name: str
    place: str
    first: str
    """The first error in a line."""
    findings: str
    """All that there is to say of it, with excerpts."""


@dataclass(frozen=True, slots=True)
class SaveInfo:
    """A save as the list shows it."""

    path: Path
    name: str
    scenario: str
    year: int | None
    """The last year completed, where one was."""
    changed: str
    """When it was last played, in words."""
    created: str = ""
    seed: int = 0
    trouble: str = ""
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the almanac."""

    kind: str
    """instrument, sector, indicator, event, source, rule, ..."""
    id: str
    title: str
    says: str
    facts: tuple[tuple[str, str], ...] = ()
    passages: tuple[tuple[str, str, str], ...] = ()
    """Passage id, where it stands, its words."""
    search: str = field(default="", compare=False)


class Library(Protocol):
    """Where scenarios and saves come from. Every call may take time."""

    def scenarios(self) -> Sequence[ScenarioInfo]:
        """The scenarios of the packs, gentle ones first."""

    def given(self) -> Sequence[Path]:
        """The packs to play with besides those that come with the game."""

    def failed(self) -> Sequence[FailedPack]:
        """The packs that cannot be played, in order of name."""

    def guided(self) -> str | None:
        """The scenario that leads a newcomer by the hand, where a pack has one."""

    def begin(self, scenario: str, seed: int | None, *, practice: bool = False) -> Session:
        """A new campaign, with its save."""

    def again(self, folders: Sequence[Path]) -> Loaded:
        """Packs as they are written now, in the language in force."""

    def resume(self, path: Path, *, changed: Changed = "ask") -> tuple[Session, tuple[str, ...]]:
        """A kept campaign, and what should be said about it; `changed` rules are dealt with so."""

    def kept_desk(self, path: Path) -> KeptDesk | None:
        """The desk at which a save stands, where it is known without replaying it; quick."""

    def saves(self) -> Sequence[SaveInfo]:
        """The saves, the newest first."""

    def delete(self, path: Path) -> None:
        """Remove a save."""

    def rename(self, path: Path, name: str) -> Path:
        """Give a save another name."""

    def fork(self, path: Path, at: int) -> Session:
        """A new campaign that follows a kept one up to a decision."""

    def branch(self, campaign: Campaign, at: int) -> Session:
        """A new campaign that follows one that is being played up to a decision."""

    def decisions(self, path: Path) -> Sequence[str]:
        """The decisions of a save, a line each."""

    def entries(self, met: frozenset[str] | None = None) -> Sequence[Entry]:
        """The almanac; events only those met, where that is known."""
