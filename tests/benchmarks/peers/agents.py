"""The same model on Mesa 3: sectors and regions are agents, the nation is the model.

Loops over sectors go through `AgentSet.do`, a year is a `step`, and luck is the model's own
`random`, so single worlds differ from the engine's and only their averages agree.
"""

from __future__ import annotations

import importlib
from types import SimpleNamespace
from typing import Any

from game.engine import Model
from game.lab.planning import Planner
from game.rules.expression import Axis
from tests.benchmarks.peers.frame import World
from tests.benchmarks.peers.wording import AXES
from tests.benchmarks.peers.written import Written


class AgentWorld(World):
    """A campaign whose years are steps of a Mesa model."""

    def __init__(self, agents: Agents, seed: int) -> None:
        country = agents.country(seed)
        super().__init__(
            agents.written, agents.space, country, list(country.sectors_set), country.regions_list
        )
        country.year_of = self.year
        self.strengths = [
            country.random.uniform(1.0 - width, 1.0 + width) if width else 1.0
            for _, width in agents.written.model.streams.strengths
        ]

    def advance(self) -> None:
        self.n.step()

    def chances(self, year: int) -> list[tuple[int, int, float]]:
        found: list[tuple[int, int, float]] = self.space["by_chance"](*self.parts, year)
        return found

    def move(self, year: int) -> None:
        self.space["rules"](*self.parts, self.strengths)


class Agents:
    """The model on Mesa, ready to run worlds."""

    def __init__(self, model: Model, planner: Planner) -> None:
        mesa: Any = importlib.import_module("mesa")

        class SectorAgent(mesa.Agent):  # type: ignore[misc]
            """A sector."""

        class RegionAgent(mesa.Agent):  # type: ignore[misc]
            """A region."""

        class Country(mesa.Model):  # type: ignore[misc]
            """The nation, and everything in it."""

            def step(self) -> None:
                self.year_of()

        self.written = Written(model, planner, "agents")
        self.space = self.written.compiled(SectorAgent=SectorAgent, RegionAgent=RegionAgent)
        self._classes: dict[Axis, Any] = {"sector": SectorAgent, "region": RegionAgent}
        self._country = Country
        sizes = model.layout.sizes
        self._first = {axis: [SimpleNamespace() for _ in range(sizes[axis])] for axis in AXES}
        for axis in AXES:
            for place, target in enumerate(self._first[axis]):
                self.written.put(target, axis, place)

    def country(self, seed: int) -> Any:
        """A Mesa model as it stands before the first year."""
        country = self._country(seed=seed)
        self.space["fill_nation"](country, self._first["nation"][0])
        for axis, kind in self._classes.items():
            for original in self._first[axis]:
                self.space[f"fill_{axis}"](kind(country), original)
        country.sectors_set = country.agents_by_type[self._classes["sector"]]
        country.regions_set = country.agents_by_type[self._classes["region"]]
        country.regions_list = list(country.regions_set)
        return country

    def campaign(self, seed: int) -> AgentWorld:
        """One world from the first year to the last."""
        one = AgentWorld(self, seed)
        one.run()
        return one
