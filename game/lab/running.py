"""Strategies run over years and worlds, block by block."""

from __future__ import annotations

import signal
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from game.engine import Draws, compile_model, start
from game.engine.layout import indicator
from game.engine.targets import split_target
from game.engine.year import workspace
from game.lab.errors import unknown
from game.lab.office import SHIFT_YEAR, Office
from game.lab.planning import Planner
from game.packs import load_packs
from game.rules.expression import Read

if TYPE_CHECKING:
    from game.engine import Batch, Model
    from game.engine.execute import Floats
    from game.packs.schema import PlanEntry
    from game.rules.expression import Expression

BLOCK = 2048
"""Worlds that are carried on together: enough to be quick, few enough for the processor's cache."""
MOST_NUMBERS = 4_000_000
"""Numbers that a block may keep before they are handed on."""


class LostProcessError(RuntimeError):
    """One of several processes was ended from outside, most likely for want of memory."""


@dataclass(frozen=True, slots=True)
class Column:
    """One number that is read each year: an indicator, in one place or in the nation."""

    indicator: str
    place: str | None
    row: int

    @property
    def expression(self) -> str:
        """How the rule language names it."""
        return self.indicator if self.place is None else f"{self.indicator}[{self.place}]"


@dataclass(frozen=True)
class Job:
    """What decides a run's numbers, besides the pack and the scenario."""

    plans: tuple[PlanEntry, ...]
    name: str = ""
    seed: int = 1
    start: Mapping[str, float] = field(default_factory=dict)
    force: Mapping[str, int] = field(default_factory=dict)
    """Events and the years in which they must happen."""


@dataclass(frozen=True)
class Block:
    """What some worlds came to.

    Attributes:
        worlds: their ids.
        years: the years, from the one before the first.
        values: the columns' numbers, shape (years, columns, worlds).
        warnings: how many worlds met each warning.
    """

    worlds: range
    years: tuple[int, ...]
    values: Floats
    warnings: Counter[str]


@dataclass(frozen=True)
class Origin:
    """Where another process finds the model."""

    folders: tuple[Path, ...]
    scenario: str
    measures: tuple[str, ...] = ()


def columns_of(model: Model, names: Sequence[str] | None = None) -> tuple[Column, ...]:
    """The columns for indicators by name, `name` or `name[place]`; all where None.

    Raises:
        KeyError: a name that the pack does not have; the argument says which and what is near.
    """
    found: dict[Column, None] = {}
    for text in model.pack.indicators if names is None else names:
        name, place = split_target(text)
        entry = model.pack.indicators.get(name)
        if entry is None:
            raise KeyError(unknown("indicator", name, model.pack.indicators))
        series = indicator(name, entry.scope)
        places = model.layout.places[entry.scope] if entry.scope != "nation" else ()
        if place is not None and place not in places:
            if not places:
                raise KeyError(f"{name} is national: write it without [{place}]")
            raise KeyError(unknown(f"{entry.scope} of {name}", place, places))
        for one in [place] if place is not None or not places else places:
            found[Column(name, one, model.layout.row(series, one))] = None
    return tuple(found)


def years_of(
    planner: Planner,
    draws: Draws,
    job: Job,
    wanted: frozenset[Expression] | None = None,
    warnings: Counter[str] | None = None,
    *,
    office: Callable[[Planner, Batch], Office] = Office,
    longer: Sequence[int] = (),
) -> Iterator[Batch]:
    """Carry the draws' worlds through the scenario; the batch is given at each year's end.

    The first is the starting state. What is read of a year must be among `wanted` (everything
    where it is None; a plan's last year has everything), and must be read before the next year is
    asked for. After the scenario's plans come as many more as `longer` names, of so many years.
    """
    model = planner.model
    spans = [*(plan.years for plan in model.scenario.plans), *longer]
    with workspace(model, draws.width, ledger=False) as batch:
        batch.load(start(model, draws, changes=job.start), draws)
        yield from _years_in(batch, office(planner, batch), job, wanted, warnings, spans)


def _years_in(
    batch: Batch,
    office: Office,
    job: Job,
    wanted: frozenset[Expression] | None,
    warnings: Counter[str] | None,
    spans: Sequence[int],
) -> Iterator[Batch]:
    planner = office.planner
    model = planner.model
    yield batch
    forced: dict[int, list[str]] = {}
    for event, when in job.force.items():
        forced.setdefault(when, []).append(event)
    if wanted is not None:
        wanted |= {model.money.scale, model.money.dilution}
    for plan, years in enumerate(spans):
        office.begin(plan, years)
        for year in range(1, years + 1):
            if year == SHIFT_YEAR:
                office.shift(years)
            luck = batch.open()
            fired = batch.fire(luck, forced.get(batch.year, ())) + office.besides(year)
            fired.sort(key=lambda firing: firing.event)
            # Before a decision everything is brought up to date: it may read any number.
            decides = year == years or (planner.shifts and year == SHIFT_YEAR - 1)
            office.closed(batch.close(fired, office.answers, None if decides else wanted))
            if year == years:
                office.judge()
            yield batch
    if warnings is not None:
        warnings.update(office.warnings)


def block_of(
    model: Model, job: Job, columns: Sequence[Column], worlds: range, planner: Planner | None = None
) -> Block:
    """One block of worlds, all years."""
    planner = planner or Planner(model, job.plans, job.name)
    draws = Draws(model.streams, job.seed, worlds)
    rows = np.array([column.row for column in columns], dtype=np.int64)
    wanted = _wanted(model, columns)
    years: list[int] = []
    values: list[Floats] = []
    warnings: Counter[str] = Counter()
    for batch in years_of(planner, draws, job, wanted, warnings):
        years.append(batch.year)
        values.append(batch.matrix[rows, : len(worlds)])
    return Block(worlds, tuple(years), np.stack(values), warnings)


def blocks_of(worlds: int, columns: int, years: int, block: int | None = None) -> Iterator[range]:
    """Worlds 0, 1, 2 ... cut into blocks that keep no more numbers than fit."""
    size = block or max(16, min(BLOCK, MOST_NUMBERS // max(1, columns * years)))
    for first in range(0, worlds, size):
        yield range(first, min(first + size, worlds))


def ensemble(
    model: Model,
    job: Job,
    columns: Sequence[Column],
    worlds: int,
    *,
    block: int | None = None,
    processes: int = 1,
    origin: Origin | None = None,
) -> Iterator[Block]:
    """Run a strategy in many worlds; blocks come in the order of their worlds.

    The numbers do not depend on the size of the blocks or on how many processes share them.

    Args:
        model: the compiled scenario.
        job: the run.
        columns: what is read each year.
        worlds: how many, from world 0.
        block: worlds in a block; as many as memory allows, up to 2,048, where None.
        processes: how many processes share the work; more than one needs `origin`.
        origin: where the other processes find the model.

    Raises:
        PlanningError: the scenario cannot carry the strategy out.
    """
    planner = Planner(model, job.plans, job.name)
    parts = list(blocks_of(worlds, len(columns), _years(model) + 1, block))
    if processes > 1 and origin is not None and len(parts) > 1:
        names = tuple(column.expression for column in columns)
        yield from _shared(job, names, parts, processes, origin)
        return
    for part in parts:
        yield block_of(model, job, columns, part, planner)


def _years(model: Model) -> int:
    return sum(plan.years for plan in model.scenario.plans)


def _wanted(model: Model, columns: Sequence[Column]) -> frozenset[Expression] | None:
    names = {column.indicator for column in columns}
    if names >= set(model.pack.indicators):
        return None
    scopes = {name: model.pack.indicators[name].scope for name in names}
    return frozenset(Read(indicator(name, scope)) for name, scope in scopes.items())


# Several processes.


def _shared(
    job: Job, names: tuple[str, ...], parts: list[range], processes: int, origin: Origin
) -> Iterator[Block]:
    """The blocks from several processes, in order, with few waiting at a time."""
    # An interrupt goes to the whole group of processes; the first one alone should answer it.
    pool = ProcessPoolExecutor(
        min(processes, len(parts)),
        mp_context=get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),
    )
    waiting: deque[Future[Block]] = deque()
    try:
        for part in parts:
            waiting.append(pool.submit(_one_block, origin, names, job, part))
            if len(waiting) > processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise LostProcessError("a process ended before its work was done; try fewer") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _one_block(origin: Origin, names: tuple[str, ...], job: Job, worlds: range) -> Block:
    model = _model_of(origin)
    return block_of(model, job, columns_of(model, names), worlds)


@cache
def _model_of(origin: Origin) -> Model:
    """The model of another process, compiled once in it."""
    pack = load_packs(origin.folders).pack
    assert pack is not None, "it loaded in the first process"
    return compile_model(pack, origin.scenario, origin.measures)
