"""What the engine is measured against is the same model: same numbers, same events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from game.engine import Draws
from game.engine.effects import Event
from game.engine.execute import Floats
from game.engine.model import Model
from game.lab import years_of
from game.rules.expression import Series
from tests.benchmarks.peers.frame import World
from tests.benchmarks.peers.plain import Dice, Plain
from tests.benchmarks.peers.wording import AXES, Dialect
from tests.benchmarks.peers.writing import Writer
from tests.benchmarks.scene import SEED, compiled, planner_of

WORLDS = 2
DIALECTS: tuple[Dialect, ...] = ("plain", "agents")


@pytest.fixture(scope="module")
def model() -> Model:
    return compiled()


@pytest.fixture(scope="module")
def ours(model: Model) -> Floats:
    """The engine's state after twenty-five years."""
    planner, job = planner_of(model)
    draws = Draws(model.streams, SEED, range(WORLDS))
    warnings: Counter[str] = Counter()
    for batch in years_of(planner, draws, job, frozenset(), warnings):
        last = batch
    return last.matrix.copy()


@pytest.fixture(scope="module")
def peers(model: Model) -> list[World]:
    """The same worlds in plain Python."""
    planner, _ = planner_of(model)
    peer, dice = Plain(model, planner), Dice(model, SEED)
    return [peer.campaign(dice, world) for world in range(WORLDS)]


def numbers(world: World) -> Iterator[tuple[Series, int, float]]:
    """Every number that a peer keeps of the present."""
    places = {"nation": [world.n], "sector": world.sectors, "region": world.regions}
    for axis in AXES:
        for name, (series, lagged) in world.written.attributes[axis]:
            for place, owner in enumerate(() if lagged else places[axis]):
                yield series, place, getattr(owner, name)


@pytest.mark.parametrize("column", range(WORLDS))
def test_plain_python_comes_to_the_engine_s_numbers(
    model: Model, ours: Floats, peers: list[World], column: int
) -> None:
    compared = list(numbers(peers[column]))
    wrong = {
        (series.name, place): (value, float(ours[model.layout.starts[series] + place, column]))
        for series, place, value in compared
        if value
        != pytest.approx(ours[model.layout.starts[series] + place, column], rel=1e-9, abs=1e-9)
    }

    assert wrong == {}
    assert len(compared) > 2_000


@pytest.mark.parametrize("column", range(WORLDS))
def test_plain_python_meets_the_same_events(
    model: Model, ours: Floats, peers: list[World], column: int
) -> None:
    counts = {event.id: int(ours[_times(model, event), column].sum()) for event in model.events}

    assert peers[column].fired == Counter({name: n for name, n in counts.items() if n})
    assert peers[column].fired.total() > 50


def test_agents_are_given_the_same_rules_line_for_line(model: Model) -> None:
    plain, agents = (_rules(Writer(model, dialect).source()) for dialect in DIALECTS)

    assert len(plain) > 200
    assert sorted(plain) == sorted(agents)


def _rules(source: str) -> list[str]:
    """The lines of rules that have a strength."""
    return [line.strip() for line in source.splitlines() if "k[" in line]


def _times(model: Model, event: Event) -> slice:
    """Where the engine counts how often an event came."""
    places = model.layout.sizes["nation" if event.national else "sector"]
    return slice(event.times, event.times + places)
