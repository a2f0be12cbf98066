"""A campaign being played: its save, the draft on the desk and what the screens show next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from game.campaign.decisions import Expire, Promise, Trigger
from game.campaign.records import Ask, DraftAsk, EndedAsk, Ending, YearReport
from game.tui.guide import Guide

if TYPE_CHECKING:
    from game.campaign import Campaign, Draft, Forecaster
    from game.campaign.decisions import Decision


class Journal(Protocol):
    """Where decisions are kept."""

    def append(self, decision: Decision, campaign: Campaign) -> None:
        """Keep one decision; it is on the disk when this returns."""

    def close(self) -> None:
        """Let go of the file."""


@dataclass(frozen=True, slots=True)
class ShowYears:
    """Years that have passed and were not yet shown; quiet ones stand before the last."""

    reports: tuple[YearReport, ...]


@dataclass(frozen=True, slots=True)
class ShowReview:
    """A plan has ended and is looked back on."""

    plan: int


Stage = ShowYears | ShowReview | Ask


class Session:
    """What the screens know of a campaign. Decisions block: they belong in a thread."""

    def __init__(
        self,
        campaign: Campaign,
        journal: Journal | None = None,
        *,
        forecaster: Callable[[Campaign], Forecaster] | None = None,
        path: Path | None = None,
        fold: bool = True,
    ) -> None:
        self.campaign = campaign
        self.guide = Guide.of(campaign)
        self.path = path
        self.fold = fold
        self._journal = journal
        self._make_forecaster = forecaster
        self._forecaster: Forecaster | None = None
        self._forecaster_at = -1
        self._draft: Draft | None = None
        self._draft_at = -1
        self._undo: list[Draft] = []
        self._redo: list[Draft] = []
        self._unread: list[YearReport] = []
        self.promises: dict[str, Promise] = {}
        self.sentence = ""
        self._reviewed = -1
        self._ending = Lock()
        self.busy = False
        self.note = ""
        """How it stands with a pack that is watched, for the line at the top."""
        self.lines: list[str] = []
        """What is to be told once the next screen stands."""
        self.after_decision: Callable[[Session], None] | None = None
        """Called when a decision has been kept, in the same thread."""

    @property
    def practice(self) -> bool:
        """Whether the campaign is for practice."""
        return self.campaign.practice

    @property
    def journal(self) -> Journal | None:
        """Where its decisions are kept."""
        return self._journal

    @property
    def ask(self) -> Ask:
        """What the campaign waits for."""
        return self.campaign.ask

    @property
    def last_report(self) -> YearReport | None:
        """The year last completed."""
        reports = self.campaign.reports
        return reports[-1] if reports else None

    def stage(self) -> Stage:
        """What is to be shown now: years first, then a review, then the question."""
        if self._unread:
            count = 1
            while self.fold and count < len(self._unread) and self._unread[count - 1].quiet:
                count += 1
            return ShowYears(tuple(self._unread[:count]))
        ask = self.ask
        over = None
        if isinstance(ask, DraftAsk) and ask.plan > 0:
            over = ask.plan - 1
        elif isinstance(ask, EndedAsk):
            over = self.campaign.plan
        if over is not None and over > self._reviewed:
            return ShowReview(over)
        return ask

    def read(self, stage: Stage) -> None:
        """The player has seen these years or this review."""
        if isinstance(stage, ShowYears):
            del self._unread[: len(stage.reports)]
        elif isinstance(stage, ShowReview):
            self._reviewed = stage.plan

    def decide(self, decision: Decision) -> None:
        """Decide, keep it on the disk, and take in the years that pass.

        Raises:
            DecisionError: it does not fit; nothing has changed.
            SaveError: it could not be kept.
        """
        at = len(self.campaign.decisions)
        reports = self.campaign.decide(decision)
        if self._journal is not None:
            self._journal.append(decision, self.campaign)
        self._unread.extend(reports)
        if isinstance(decision, Trigger | Expire) and self._draft_at == at:
            # What is done by hand leaves the desk as it is.
            self._draft_at += 1
        if self.after_decision is not None:
            self.after_decision(self)

    def renew(self, campaign: Campaign, journal: Journal | None = None) -> None:
        """Go on with the same campaign under texts or rules that have changed.

        Args:
            campaign: where it stands now.
            journal: where it is kept, if that is another place than before.
        """
        shown = len(self.campaign.reports) - len(self._unread)
        self._unread = list(campaign.reports[shown:])
        self.campaign = campaign
        self._journal = journal or self._journal
        self._forecaster = None
        self.guide = Guide.of(campaign)
        desk = campaign.position.desk
        if self._draft is not None and isinstance(campaign.ask, DraftAsk) and desk is not None:
            self._draft_at = len(campaign.decisions)
            try:
                self._draft = replace(self._draft, desk=desk)
                _ = self._draft.problems
            except (KeyError, ValueError):
                self._draft = None
            self._undo.clear()
            self._redo.clear()

    def read_all_but(self, last: int) -> None:
        """Only so many of the years that were not shown are still to be."""
        del self._unread[: max(0, len(self._unread) - last)]

    def close(self) -> None:
        """Let go of the save."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    @property
    def draft(self) -> Draft:
        """The desk as it stands; it opens with the last plan carried on."""
        at = len(self.campaign.decisions)
        if self._draft is None or self._draft_at != at:
            self._draft, self._draft_at = self.campaign.draft(), at
            self._undo.clear()
            self._redo.clear()
            self.promises.clear()
            self.sentence = ""
        return self._draft

    @property
    def unsaved(self) -> bool:
        """The desk has been changed since it opened."""
        return bool(self._undo) and self._draft_at == len(self.campaign.decisions)

    def redraft(self, draft: Draft) -> None:
        """Put another state of the desk in place; the one before can be had back."""
        if draft == self.draft:
            return
        self._undo.append(self.draft)
        self._redo.clear()
        self._draft = draft

    def undo(self) -> bool:
        """Take the last change of the desk back."""
        return self._swap(self._undo, self._redo)

    def redo(self) -> bool:
        """Make the change again."""
        return self._swap(self._redo, self._undo)

    def _swap(self, take: list[Draft], give: list[Draft]) -> bool:
        now = self.draft
        if not take:
            return False
        give.append(now)
        self._draft = take.pop()
        return True

    def ending(self) -> Ending:
        """How the campaign ended. Blocks for seconds; whoever asks meanwhile waits for the same."""
        with self._ending:
            return self.campaign.ending()

    def forecaster(self) -> Forecaster:
        """The ministry, counting from where the campaign stands. Blocks; call it in a thread."""
        at = len(self.campaign.decisions)
        if self._forecaster is None or self._forecaster_at != at:
            make = self._make_forecaster or _ministry
            self._forecaster, self._forecaster_at = make(self.campaign), at
        return self._forecaster


def _ministry(campaign: Campaign) -> Forecaster:
    from game.campaign import Forecaster

    return Forecaster(campaign)
