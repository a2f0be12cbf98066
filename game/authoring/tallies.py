"""What happens in many worlds of one run, counted: events, answers, situations and endings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.lab.office import Office
from game.lab.planning import Planner
from game.lab.wandering import Wanderer

if TYPE_CHECKING:
    from game.authoring.probes import Probes
    from game.engine import Batch, Model
    from game.engine.batch import Notes
    from game.engine.execute import Floats
    from game.engine.firing import Firing
    from game.packs.schema import PlanEntry

Integers = NDArray[np.int64]
BY_LOT = "by lot"
"""The name of the planner who draws lots."""


@dataclass
class Counts:
    """How often each of some entries came.

    Attributes:
        names: the entries.
        came: whether it came in each world, shape (entries, worlds).
        years: how often in each year, shape (entries, years).
    """

    names: tuple[str, ...]
    came: NDArray[np.bool_]
    years: Integers

    @classmethod
    def none(cls, names: Sequence[str], worlds: int, years: int) -> Counts:
        """Nothing counted yet."""
        size = len(names)
        return cls(
            tuple(names),
            np.zeros((size, worlds), dtype=bool),
            np.zeros((size, years), dtype=np.int64),
        )

    def add(self, entries: Integers, worlds: Integers, year: int) -> None:
        """Count entries in worlds, in the year of that place."""
        self.came[entries, worlds] = True
        self.years[:, year] += np.bincount(entries, minlength=len(self.names))


@dataclass
class Tally:
    """What happened in one run.

    Attributes:
        name: who planned.
        model: the scenario.
        worlds: how many worlds.
        kinds: the counts of each kind of entry.
    """

    name: str
    model: Model
    worlds: int
    kinds: dict[str, Counts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        model = self.model
        years = model.scenario.final_year - model.scenario.start + 1
        answers = [f"{event.id}:{one.id}" for event in model.events for one in event.choices]
        names = {
            "event": [event.id for event in model.events],
            "choice": answers,
            "situation": list(model.pack.situations),
            "ending": list(model.scenario.endings),
        }
        self.kinds = {kind: Counts.none(some, self.worlds, years) for kind, some in names.items()}
        sizes = np.array([len(event.choices) for event in model.events], dtype=np.int64)
        self._first_choice: Integers = np.cumsum(sizes) - sizes
        order = {name: at for at, name in enumerate(model.pack.situations)}
        self._situations: Integers = np.array(
            [order[name] for name, _ in model.situations.names], dtype=np.int64
        )

    def year_closed(self, batch: Batch, notes: Notes, begun: Floats, offset: int) -> None:
        """Count the events and answers of a year, and the situations that began in it.

        Args:
            batch: the worlds at the year's end.
            notes: what the year left.
            begun: how often each situation had begun before.
            offset: the place of the block's first world.
        """
        year = batch.year - self.model.scenario.start
        most = min(len(batch.draws.worlds), self.worlds - offset)
        for firing in notes.fired:
            worlds = firing.pairs.worlds
            worlds = worlds[worlds < most]
            entries = np.full(len(worlds), firing.event, dtype=np.int64)
            self.kinds["event"].add(entries, worlds + offset, year)
        for firing, chosen in notes.answered:
            here = firing.pairs.worlds < most
            entries = self._first_choice[firing.event] + chosen[here]
            self.kinds["choice"].add(entries, firing.pairs.worlds[here] + offset, year)
        times = batch.matrix[self.model.situations.times, :most]
        rows, worlds = np.nonzero(times > begun[:, :most])
        self.kinds["situation"].add(self._situations[rows], worlds + offset, year)

    def ended(self, endings: Sequence[str], offset: int) -> None:
        """Count the ending of each world of a block."""
        counts = self.kinds["ending"]
        order = {name: at for at, name in enumerate(counts.names)}
        found = [(order[name], at + offset) for at, name in enumerate(endings) if name in order]
        if found:
            entries, worlds = np.array(found, dtype=np.int64).T
            counts.add(entries, worlds, counts.years.shape[1] - 1)


class Counting(Office):
    """Carries a strategy out and counts what happens until the scenario is over."""

    def __init__(
        self, planner: Planner, batch: Batch, tally: Tally, probes: Probes | None, offset: int
    ) -> None:
        super().__init__(planner, batch)
        self._tally, self._probes, self._offset = tally, probes, offset
        self._times = planner.model.situations.times
        self._begun = batch.matrix[self._times].copy()

    @property
    def _played(self) -> bool:
        return self.batch.year <= self.planner.model.scenario.final_year

    def besides(self, year: int) -> list[Firing]:
        """What the year has besides its events; before it, the snapshot is looked at."""
        if self._probes is not None and self._played:
            self._probes.look(self.batch)
        return super().besides(year)

    def answers(self, event: str, sector: str | None, worlds: Integers) -> Integers | None:
        """How an event is answered; before it, the prices of its answers are looked at."""
        if self._probes is not None and self._played:
            self._probes.asked(self.batch, event, sector, worlds)
        return super().answers(event, sector, worlds)

    def closed(self, notes: Notes) -> None:
        """Count the year."""
        if self._played:
            self._tally.year_closed(self.batch, notes, self._begun, self._offset)
            self._begun = self.batch.matrix[self._times].copy()


class CountingByLot(Counting, Wanderer):
    """The same, with every answer by lot and every appointment kept."""


class LotPlanner(Planner):
    """Follows several strategies, another one in each world in turn.

    Args:
        model: the compiled scenario.
        strategies: the entries of each.
    """

    def __init__(self, model: Model, strategies: Sequence[tuple[PlanEntry, ...]]) -> None:
        super().__init__(model, [entry for plans in strategies for entry in plans], BY_LOT)
        self._each = [Planner(model, plans, BY_LOT) for plans in strategies]
        sizes = np.array([len(plans) for plans in strategies], dtype=np.int64)
        self._first = np.cumsum(sizes) - sizes

    def serving(self, plan: int, reported: Floats) -> Integers:
        """The entry of each world's own strategy."""
        which = np.arange(reported.shape[1]) % len(self._each)
        found = np.zeros(reported.shape[1], dtype=np.int64)
        for at, planner in enumerate(self._each):
            mine = which == at
            found[mine] = planner.serving(plan, reported)[mine] + self._first[at]
        return found
