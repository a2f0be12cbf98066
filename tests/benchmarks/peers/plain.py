"""Long campaigns in plain Python: one world at a time, floats, lists and dataclasses.

The draws are the engine's own, so a world's numbers and events are the engine's too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from game.engine import Model
from game.engine.draws import GOLDEN, LANES_MEAN, LANES_SCALE, MASK, UNIT, mixed, stream_key
from game.lab.planning import Planner
from tests.benchmarks.peers.frame import World
from tests.benchmarks.peers.wording import AXES
from tests.benchmarks.peers.writing import CLASSES
from tests.benchmarks.peers.written import Written


def uniform(key: int, world: int) -> float:
    """The engine's draw, for one key and world."""
    return (mixed((key + world * GOLDEN) & MASK) >> 11) * UNIT


def bell(key: int, world: int) -> float:
    """The engine's bell, for one key and world."""
    word = mixed((key + world * GOLDEN) & MASK)
    total = (word & 65535) + ((word >> 16) & 65535) + ((word >> 32) & 65535) + (word >> 48)
    return (total - LANES_MEAN) * LANES_SCALE


@dataclass
class Dice:
    """The keys of one seed's draws, which all its worlds share."""

    model: Model
    seed: int
    _years: dict[int, tuple[list[int], list[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        streams = self.model.streams
        self._noise = [stream_key(self.seed, "noise", *one) for one in streams.noise]
        self._events = [stream_key(self.seed, "event", *one) for one in streams.events]
        self._strengths = [
            (mixed(stream_key(self.seed, "strength", entry)), width)
            for entry, width in streams.strengths
        ]

    def year(self, year: int) -> tuple[list[int], list[int]]:
        """The keys of a year's noise and events."""
        if year not in self._years:
            shift = year * GOLDEN
            noise = [mixed((key + shift) & MASK) for key in self._noise]
            self._years[year] = noise, [mixed((key + shift) & MASK) for key in self._events]
        return self._years[year]

    def strengths(self, world: int) -> list[float]:
        """How strong each rule is in one world."""
        return [
            (uniform(key, world) * 2.0 - 1.0) * width + 1.0 if width else 1.0
            for key, width in self._strengths
        ]


class PlainWorld(World):
    """A campaign with the engine's own dice."""

    def __init__(self, plain: Plain, dice: Dice, world: int) -> None:
        parts = plain.copied()
        super().__init__(plain.written, plain.space, *parts)
        self.dice, self.world = dice, world
        self.strengths = dice.strengths(world)

    def chances(self, year: int) -> list[tuple[int, int, float]]:
        _, keys = self.dice.year(year)
        found: list[tuple[int, int, float]] = self.space["by_chance"](
            *self.parts, year, keys, self.world, uniform
        )
        return found

    def move(self, year: int) -> None:
        noise, _ = self.dice.year(year)
        bells = [bell(key, self.world) for key in noise]
        self.space["rules"](*self.parts, self.strengths, bells)


class Plain:
    """The model in plain Python, ready to run worlds."""

    def __init__(self, model: Model, planner: Planner) -> None:
        self.written = Written(model, planner)
        self.space = self.written.compiled()
        sizes = model.layout.sizes
        self._first = {
            axis: [self.space[CLASSES[axis]]() for _ in range(sizes[axis])] for axis in AXES
        }
        for axis in AXES:
            for place, target in enumerate(self._first[axis]):
                self.written.put(target, axis, place)

    def copied(self) -> tuple[Any, list[Any], list[Any]]:
        """A nation, sectors and regions as they stand before the first year."""
        parts: dict[str, list[Any]] = {}
        for axis, originals in self._first.items():
            fill = self.space[f"fill_{axis}"]
            parts[axis] = [type(one)() for one in originals]
            for target, original in zip(parts[axis], originals, strict=True):
                fill(target, original)
        return parts["nation"][0], parts["sector"], parts["region"]

    def campaign(self, dice: Dice, world: int) -> PlainWorld:
        """One world from the first year to the last."""
        one = PlainWorld(self, dice, world)
        one.run()
        return one
