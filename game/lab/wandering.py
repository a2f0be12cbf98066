"""A planner who answers by lot: what a campaign can come to, not what anybody would do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from game.engine.draws import hashed, stream_key, uniforms, year_keys
from game.engine.execute import Pairs
from game.engine.firing import Firing
from game.lab.office import Office

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from game.engine import Batch
    from game.engine.execute import Floats
    from game.lab.planning import Planner

BEATS = {1: "request", 2: "visit", 4: "visit"}
"""The years of a plan in which a player is asked for something, or travels."""


class Wanderer(Office):
    """Carries a strategy's plans out, answers every event by lot and keeps every appointment."""

    def __init__(self, planner: Planner, batch: Batch) -> None:
        super().__init__(planner, batch)
        events = planner.model.pack.events
        self._beats = {
            beat: [name for name, event in events.items() if event.beat == beat]
            for beat in set(BEATS.values())
        }

    def answers(
        self, event: str, sector: str | None, worlds: NDArray[np.int64]
    ) -> NDArray[np.int64] | None:
        """One of the choices for each world, each as likely."""
        model = self.planner.model
        choices = model.events[model.event_position[event]].choices
        found = self._lots(f"answer {event}", sector or "")[worlds] * len(choices)
        return found.astype(np.int64)

    def besides(self, year: int) -> list[Firing]:
        """The beat of the year: in each world one of those whose condition holds."""
        names = self._beats.get(BEATS.get(year, ""), [])
        return list(self._one_each(names)) if names else []

    def _one_each(self, names: list[str]) -> Iterator[Firing]:
        model, width = self.planner.model, self.batch.matrix.shape[1]
        worlds = np.arange(width, dtype=np.int64)
        best, chosen = np.full(width, -1.0), np.full(width, -1)
        for position, name in enumerate(names):
            lots = self._lots(f"beat {name}")
            event = model.events[model.event_position[name]]
            pairs = Pairs(np.full(width, event.sectors[0], dtype=np.int64), worlds)
            if event.when is not None:
                (holds,) = event.when(self.batch.matrix, pairs)
                lots = np.where(holds, lots, -1.0)
            better = lots > best
            best[better], chosen[better] = lots[better], position
        for position, name in enumerate(names):
            here = np.flatnonzero(chosen == position)
            if len(here):
                event = model.events[model.event_position[name]]
                places = np.full(len(here), event.sectors[0], dtype=np.int64)
                nothing = np.zeros(len(here))
                yield Firing(
                    model.event_position[name],
                    Pairs(places, here),
                    nothing,
                    nothing.astype(bool),
                    besides=True,
                )

    def _lots(self, entry: str, place: str = "") -> Floats:
        """A number in [0, 1) for each world, other ones each year."""
        draws = self.batch.draws
        key = np.array([stream_key(draws.seed, "lot", entry, place)], dtype=np.uint64)
        lots: Floats = uniforms(hashed(year_keys(key, self.batch.year), draws.ids))[0]
        return lots
