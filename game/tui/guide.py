"""The steps of a guided scenario: which one a screen shows, and which one follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.campaign import Campaign
    from game.packs.schema_lab import Lesson


class Guide:
    """Walks through the steps of a campaign, screen by screen."""

    def __init__(self, steps: Iterable[Lesson]) -> None:
        self._steps = tuple(sorted(steps, key=lambda step: step.order))
        self._seen: set[str] = set()
        self._at = ""
        self._here: Lesson | None = None

    @classmethod
    def of(cls, campaign: Campaign) -> Guide:
        """The steps of the campaign's scenario; none where it is not guided."""
        scenario = campaign.model.scenario
        if not scenario.guided:
            return cls(())
        return cls(
            lesson
            for lesson in campaign.model.pack.lessons.values()
            if lesson.at is not None and lesson.scenario == scenario.id
        )

    def at(self, screen: str, closed: Collection[str], *, anew: bool) -> Lesson | None:
        """The step to show on a screen that has come to the top.

        Args:
            screen: its name, as packs write it.
            closed: the steps that were put away for good.
            anew: it has just been opened. One that something else lay upon keeps its step,
                unless that was another screen of the guide.
        """
        if anew or screen != self._at:
            self._here = next((step for step in self._left(closed) if step.at == screen), None)
            self._at = screen
            if self._here is not None:
                self._seen.add(self._here.id)
        elif self._here is not None and self._here.id in closed:
            self._here = None
        return self._here

    def _left(self, closed: Collection[str]) -> Iterable[Lesson]:
        return (one for one in self._steps if one.id not in self._seen and one.id not in closed)
