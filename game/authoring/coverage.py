"""What a pack comes to: which of its events, answers, situations and endings ever occur.

Every strategy plans as it is written, and one planner follows them all in turn, answers by lot and
keeps every appointment. What none of them brings about is looked at once more: which clause of its
condition stops it, or how small its chance is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from game.authoring.probes import Ends, Kind, Offer, Probe, Probes
from game.authoring.tallies import (
    BY_LOT,
    Counting,
    CountingByLot,
    Integers,
    LotPlanner,
    Tally,
)
from game.campaign.afterwards import YEARS, after_rows, endings_by_world
from game.engine import Draws, compile_model
from game.lab.balance import measures
from game.lab.errors import missing
from game.lab.planning import Planner, PlanningError
from game.lab.running import Job, blocks_of, years_of
from game.lab.standings import BLOCK, LASTING
from game.packs.schema import PlanEntry

if TYPE_CHECKING:
    from game.engine import Batch, Model
    from game.packs import Pack

KINDS: tuple[Kind, ...] = ("event", "choice", "situation", "ending")
TIMES_BY_LOT = 4
"""The planner who draws lots has so many times the worlds: there are many answers to try."""
NOTHING = "nothing funded"
Progress = Callable[[str, int, int], None]
"""What is being run, how many runs are done, and how many there are."""


@dataclass(frozen=True)
class Run:
    """One planner in one scenario: which shares of its worlds had what."""

    scenario: str
    name: str
    worlds: int


@dataclass
class Entry:
    """How often something occurs.

    Attributes:
        kind: what it is.
        name: its id; `event:choice` for an answer.
        title: what it is called.
        played: whether it needs what only a player earns: a favour.
        times: how often it came in all.
        with_it: in how many worlds it came at least once.
        worlds: in how many it could have come.
        years: how often in each year.
        most: the run with the largest share of worlds, and that share.
        runs: the share of worlds in each run that had it.
        probes: what was seen of its condition, by scenario, where it never came.
    """

    kind: Kind
    name: str
    title: str
    played: bool = False
    times: int = 0
    with_it: int = 0
    worlds: int = 0
    years: dict[int, int] = field(default_factory=dict)
    most: tuple[Run, float] | None = None
    runs: dict[Run, float] = field(default_factory=dict)
    probes: dict[str, Probe | Offer] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """In which share of all worlds it came."""
        return self.with_it / self.worlds if self.worlds else 0.0

    @property
    def when(self) -> tuple[int, int, int] | None:
        """The first, the median and the last year in which it came."""
        if not self.times:
            return None
        years = sorted(self.years)
        passed = 0
        for year in years:
            passed += self.years[year]
            if passed * 2 >= self.times:
                return years[0], year, years[-1]
        return None


@dataclass(frozen=True)
class Coverage:
    """What was run, and how often everything occurs.

    Attributes:
        pack: the pack with all that it requires.
        owner: the pack whose entries are told.
        scenarios: what was played.
        runs: who planned, by scenario.
        entries: everything of the pack that could occur.
        notes: what could not be run.
        years: how many years each scenario has.
    """

    pack: Pack
    owner: str
    scenarios: tuple[str, ...]
    runs: tuple[Run, ...]
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]
    years: Mapping[str, tuple[int, int]]

    def of(self, kind: Kind) -> list[Entry]:
        """The entries of a kind, the rarest first."""
        found = [one for one in self.entries if one.kind == kind]
        return sorted(found, key=lambda one: (one.share, one.times, one.name))

    @property
    def never(self) -> list[Entry]:
        """What never occurs, though nobody needs to play for it."""
        return [one for one in self._missed if not one.played]

    @property
    def only_played(self) -> list[Entry]:
        """What did not occur and needs a player."""
        return [one for one in self._missed if one.played]

    @property
    def _missed(self) -> list[Entry]:
        return [one for kind in KINDS for one in self.of(kind) if not one.times]


def scenarios_of(pack: Pack, owner: str, wanted: Sequence[str] = ()) -> tuple[str, ...]:
    """The scenarios to play: those wanted, else the pack's own, else the longest that it requires.

    Raises:
        NotFoundError: one of those wanted is not there, or there is none at all.
    """
    for one in wanted:
        if one not in pack.scenarios:
            raise missing("scenario", one, pack.scenarios)
    if wanted:
        return tuple(dict.fromkeys(wanted))
    own = [name for name in pack.scenarios if pack.owner("scenario", name) == owner]
    if own:
        return tuple(own)
    if not pack.scenarios:
        raise missing("scenario", "to play in", ())
    spans = {name: one.final_year - one.start for name, one in pack.scenarios.items()}
    return (max(spans, key=lambda name: spans[name]),)


def covered(
    pack: Pack,
    owner: str,
    scenarios: Sequence[str],
    *,
    strategies: Sequence[str] = (),
    worlds: int = 256,
    seed: int = 1,
    everything: bool = False,
    progress: Progress = lambda what, done, of: None,
) -> Coverage:
    """Run everything and count.

    Args:
        pack: merged and checked content.
        owner: the pack whose entries are told.
        scenarios: what is played.
        strategies: who plans; every strategy where it is empty.
        worlds: of each strategy.
        seed: of the dice.
        everything: tell the entries of required packs too.
        progress: is told before each run, and when all are done.

    Raises:
        NotFoundError: there is no such strategy.
    """
    for one in strategies:
        if one not in pack.strategies:
            raise missing("strategy", one, pack.strategies)
    entries = {
        (one.kind, one.name): one
        for one in _entries(pack, owner, everything)
        if one.kind != "ending" or _can_end(pack, one.name, scenarios)
    }
    notes: list[str] = []
    runs: list[Run] = []
    total = len(scenarios) * (len(strategies or pack.strategies or (NOTHING,)) + 1)
    for name in scenarios:
        work = _Work(pack, name, worlds, seed, entries)
        planners, unfit = work.planners(strategies)
        notes.extend(unfit)
        for title in (BY_LOT, *planners):
            progress(f"{name}: {title}", len(runs), total)
            runs.append(work.run(title, planners))
        work.keep_probes()
    progress("", total, total)
    years = {
        name: (pack.scenarios[name].start, pack.scenarios[name].final_year) for name in scenarios
    }
    return Coverage(
        pack, owner, tuple(scenarios), tuple(runs), tuple(entries.values()), tuple(notes), years
    )


def _entries(pack: Pack, owner: str, everything: bool) -> Iterator[Entry]:
    for event in pack.events.values():
        if everything or pack.owner("event", event.id) == owner:
            yield Entry("event", event.id, event.title)
            for choice in event.choices:
                favour = choice.costs.favour is not None
                yield Entry("choice", f"{event.id}:{choice.id}", choice.label, favour)
    for situation in pack.situations.values():
        if everything or pack.owner("situation", situation.id) == owner:
            yield Entry("situation", situation.id, situation.title)
    for ending in pack.endings.values():
        if everything or pack.owner("ending", ending.id) == owner:
            yield Entry("ending", ending.id, ending.title)


def _can_end(pack: Pack, ending: str, scenarios: Sequence[str]) -> bool:
    """Whether a scenario that is played ends so, or none that there is."""
    lists = {name: one.endings or tuple(pack.endings) for name, one in pack.scenarios.items()}
    listed = any(ending in one for one in lists.values())
    return not listed or any(ending in lists[name] for name in scenarios)


class _Work:
    """The runs of one scenario."""

    def __init__(
        self,
        pack: Pack,
        scenario: str,
        worlds: int,
        seed: int,
        entries: dict[tuple[Kind, str], Entry],
    ) -> None:
        self.model: Model = compile_model(pack, scenario, measures(pack))
        self.worlds, self.seed = worlds, seed
        self.entries = entries
        endings = [name for name in self.model.scenario.endings if ("ending", name) in entries]
        self._ends = Ends(self.model, endings)
        self._probes: Probes | None = None

    def planners(self, wanted: Sequence[str]) -> tuple[dict[str, Planner], list[str]]:
        """Those who can plan here, and why the others cannot."""
        found: dict[str, Planner] = {}
        unfit: list[str] = []
        for name in wanted or self.model.pack.strategies:
            plans = self.model.pack.strategies[name].plans
            try:
                found[name] = Planner(self.model, plans, f"strategy {name}")
            except PlanningError as error:
                unfit.append(f"{name} is left out in {self.model.scenario.id}: {error}")
        if not found:
            found[NOTHING] = Planner(self.model, (PlanEntry(),), NOTHING)
        return found, unfit

    def run(self, name: str, planners: Mapping[str, Planner]) -> Run:
        """Run one planner; the one who draws lots comes first, and the others look closer."""
        plans = self._plans(name)
        if name == BY_LOT:
            each = [self._plans(one) for one in planners]
            planner: Planner = LotPlanner(self.model, each)
            tally = Tally(name, self.model, self.worlds * TIMES_BY_LOT)
        else:
            planner = planners[name]
            tally = Tally(name, self.model, self.worlds)
            if self._probes is None:
                self._probes = self._watched()
            self._probes.run = name
        for block in blocks_of(tally.worlds, 1, 1, BLOCK):
            self._block(planner, Job(plans, name, self.seed), block, tally)
        done = Run(self.model.scenario.id, name, tally.worlds)
        self._count(done, tally)
        return done

    def _plans(self, name: str) -> tuple[PlanEntry, ...]:
        strategies = self.model.pack.strategies
        return strategies[name].plans if name in strategies else (PlanEntry(),)

    def _block(self, planner: Planner, job: Job, block: range, tally: Tally) -> None:
        model, final = self.model, self.model.scenario.final_year
        endings = bool(model.scenario.endings)
        kind = CountingByLot if job.name == BY_LOT else Counting
        probes = None if job.name == BY_LOT else self._probes

        def office(planner: Planner, batch: Batch) -> Counting:
            return kind(planner, batch, tally, probes, block.start)

        end = np.empty(0)
        draws = Draws(model.streams, job.seed, block)
        longer = [LASTING] * (YEARS // LASTING) if endings else []
        for batch in years_of(planner, draws, job, frozenset(), office=office, longer=longer):
            if batch.year == final:
                end = batch.matrix[:, : len(block)].copy()
            if endings and batch.year == final + YEARS:
                end = after_rows(model, end, batch.matrix[:, : len(block)])
                found = endings_by_world(model, end)
                tally.ended(found, block.start)
                self._ends.look(end, found, job.name)

    def _watched(self) -> Probes:
        """What the lots have not brought about, to be looked at more closely."""
        unseen: dict[Kind, list[str]] = {kind: [] for kind in KINDS}
        for (kind, name), entry in self.entries.items():
            if not entry.times:
                unseen[kind].append(name)
        return Probes(self.model, unseen["event"], unseen["situation"], unseen["choice"])

    def _count(self, run: Run, tally: Tally) -> None:
        for kind in KINDS:
            counts = tally.kinds[kind]
            came = counts.came.sum(axis=1)
            for at, name in enumerate(counts.names):
                entry = self.entries.get((kind, name))
                if entry is not None:
                    _add(entry, run, int(came[at]), counts.years[at], self.model.scenario.start)

    def keep_probes(self) -> None:
        """Keep what was seen of everything that never came in any scenario so far."""
        scenario = self.model.scenario.id
        assert self._probes is not None, "the strategies have run"
        found: dict[tuple[Kind, str], Probe | Offer] = {
            **{(probe.kind, name): probe for (_, name), probe in self._probes.entries.items()},
            **{("ending", name): probe for name, probe in self._ends.entries.items()},
        }
        for offers in self._probes.offers.values():
            found |= {("choice", offer.probe.name): offer for offer in offers.values()}
        for key, probe in found.items():
            if key in self.entries:
                self.entries[key].probes[scenario] = probe


def _add(entry: Entry, run: Run, came: int, years: Integers, start: int) -> None:
    entry.worlds += run.worlds
    entry.with_it += came
    entry.times += int(np.sum(years))
    for at in np.flatnonzero(years).tolist():
        entry.years[start + at] = entry.years.get(start + at, 0) + int(years[at])
    if came:
        share = came / run.worlds
        entry.runs[run] = share
        if entry.most is None or share > entry.most[1]:
            entry.most = (run, share)
