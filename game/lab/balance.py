"""The balance of a scenario: whether every way of planning costs something, and nothing is dead.

Strategies are run as written, and once more by a planner who answers by lot, so that what hangs on
an unusual answer is seen too. Each line of the report is a statement that holds or does not.

What needs years is judged in the pack's longest scenario alone: that no event and no situation is
dead, that every crisis can be ended, and what an answer comes to ten years on. An event that five
years are too few for is not dead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from game.lab.choosing import Comparison, compared
from game.lab.planning import texts_of
from game.lab.remedies import ENDS, Remedies, Remedy
from game.lab.running import Job
from game.lab.standings import Standing, ranked, standing
from game.lab.wandering import Wanderer
from game.packs.render import cells
from game.packs.schema import PlanEntry, Scenario

if TYPE_CHECKING:
    from game.engine import Model
    from game.packs import Pack

ALIVE = 0.01
"""What comes in a smaller share of the worlds of every strategy is dead."""
FEWER = 4
"""Plans of one instrument are many and far apart: this many times fewer worlds will do."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that should be so.

    Attributes:
        says: what.
        holds: whether it is.
        why: the figures, or what stands against it.
    """

    says: str
    holds: bool
    why: str


@dataclass(frozen=True)
class Report:
    """The balance of one scenario."""

    model: Model
    strategies: tuple[Standing, ...]
    """Best first."""
    by_lot: tuple[Standing, ...]
    single: tuple[Standing, ...]
    """All money to one instrument; best first."""
    comparisons: tuple[Comparison, ...]
    statements: tuple[Statement, ...]

    @property
    def holds(self) -> bool:
        """Whether every statement holds."""
        return all(one.holds for one in self.statements)


def measures(pack: Pack) -> tuple[str, ...]:
    """What the model must be compiled with, so that every strategy of the pack can run on it."""
    return texts_of(entry for one in pack.strategies.values() for entry in one.plans)


def report(model: Model, worlds: int, seed: int = 1, *, choices: bool = True) -> Report:
    """Run everything and say what holds.

    Args:
        model: the scenario, compiled with `measures`.
        worlds: of each strategy.
        seed: of the dice.
        choices: compare the answers to each event too; takes as long as all the rest. Nothing is
            compared but in the pack's longest scenario.
    """
    jobs = [Job(one.plans, name, seed) for name, one in model.pack.strategies.items()]
    run = [standing(model, job, worlds) for job in jobs]
    by_lot = [standing(model, job, worlds, office=Wanderer) for job in jobs]
    fewer = max(1, worlds // FEWER)
    alone = [Job(_only(name), name, seed) for name in model.pack.instruments]
    single = [standing(model, job, fewer, endings=False) for job in alone]
    longest = _is_longest(model)
    choices &= longest
    found = tuple(compared(model, jobs, run, fewer)) if choices else ()
    everything = [*run, *by_lot]
    statements = [*_strategies(model, run), _single(run, single), _reached(model, everything)]
    if longest:
        remedies = Remedies(model, jobs, alone, everything, fewer)
        statements.extend(_alive(everything))
        statements.append(_ends({name: remedies.of(name) for name in model.pack.situations}))
    if choices:
        statements.append(_choices(found))
    return Report(
        model, tuple(ranked(run)), tuple(by_lot), tuple(ranked(single)), found, tuple(statements)
    )


def _is_longest(model: Model) -> bool:
    """Whether no scenario of the pack has more years."""
    scenarios = model.pack.scenarios
    return _years(model.scenario) == _years(scenarios[_longest(model)])


def _longest(model: Model) -> str:
    """The scenario that has most years, the first of several."""
    scenarios = model.pack.scenarios
    return max(scenarios, key=lambda name: _years(scenarios[name]))


def _years(scenario: Scenario) -> int:
    return sum(plan.years for plan in scenario.plans)


def _only(instrument: str) -> tuple[PlanEntry, ...]:
    """A strategy that gives everything to one instrument, evenly over the sectors."""
    return (PlanEntry.model_validate({"allocate": {instrument: "100%"}}, strict=False),)


def _strategies(model: Model, run: Sequence[Standing]) -> Iterator[Statement]:
    best = ranked(run)
    if not best or not model.scenario.balances:
        return
    titles = [one.title for one in model.scenario.balances]
    firsts = [max(run, key=lambda one: float(one.means[i])).name for i in range(len(titles))]
    pairs = "; ".join(f"{t.lower()}: {n}" for t, n in zip(titles, firsts, strict=True))
    yield Statement("no strategy is best on every balance", len(set(firsts)) > 1, pairs)
    idle = [one.name for one in best if _does_nothing(model, one.name)]
    for name in idle:
        place = [one.name for one in best].index(name) + 1
        yield Statement(
            "doing nothing is not in the better half",
            place > len(best) / 2,
            f"{name} is {place} of {len(best)}",
        )


def _does_nothing(model: Model, strategy: str) -> bool:
    return not any(entry.allocate for entry in model.pack.strategies[strategy].plans)


def _single(run: Sequence[Standing], single: Sequence[Standing]) -> Statement:
    best, only = ranked(run)[:1], ranked(single)[:1]
    holds = not best or not only or only[0].score < best[0].score
    why = "; ".join(f"{one.name} {one.score:.1f}" for one in (*only, *best))
    return Statement("no one instrument wins by itself", holds, why)


def _reached(model: Model, run: Sequence[Standing]) -> Statement:
    endings = dict.fromkeys(model.scenario.endings, 0.0)
    for one in run:
        for ending, share in one.endings.items():
            endings[ending] = max(share, endings.get(ending, 0.0))
    endings.pop("", None)
    return _none_below("every ending is reached", endings)


def _alive(run: Sequence[Standing]) -> Iterator[Statement]:
    yield _none_below("no event is dead", _most(run, lambda one: one.happened))
    yield _none_below("no situation is dead", _most(run, lambda one: one.begun))


def _ends(found: Mapping[str, Remedy]) -> Statement:
    lasting = {name: one for name, one in found.items() if one.share < ENDS}
    shown = sorted((lasting or found).items(), key=lambda one: one[1].share)
    why = "; ".join(f"{name} {one.share:.0%} by {one.by}" for name, one in shown)
    return Statement("every crisis can be ended", not lasting, why)


def _most(run: Iterable[Standing], counts: Any) -> dict[str, float]:
    """For each id the largest share of worlds, over strategies, in which it came."""
    found: dict[str, float] = {}
    for one in run:
        for name, times in counts(one).items():
            found[name] = max(found.get(name, 0.0), float((times > 0.0).mean()))
    return found


def _none_below(says: str, shares: Mapping[str, float]) -> Statement:
    rare = {name: share for name, share in shares.items() if share < ALIVE}
    few = dict(sorted(shares.items(), key=lambda one: one[1])[:3])
    return Statement(says, not rare, _shares(rare) if rare else f"rarest: {_shares(few)}")


def _shares(shares: Mapping[str, float]) -> str:
    ordered = sorted(shares.items(), key=lambda one: (one[1], one[0]))
    return ", ".join(f"{name} {share:.1%}" for name, share in ordered[:40])


def _choices(found: Sequence[Comparison]) -> Statement:
    worse = [f"{one.event}: {a} by {b}" for one in found for a, b in one.dominated]
    asked = sum(one.worlds > 0 for one in found)
    why = "; ".join(worse) or f"{asked} events that ask, compared on the same dice"
    return Statement("no choice is worse than another on every balance", not worse, why)


def lines(one: Report) -> Iterator[str]:
    """The report as aligned text."""
    titles = [balance.title for balance in one.model.scenario.balances]
    rows = [["strategy", *titles, "mean", "most frequent ending"]]
    for each in one.strategies:
        ending = max(each.endings, key=lambda name: each.endings[name], default="")
        told = f"{ending} {each.endings[ending]:.0%}" if ending else ""
        rows.append([each.name, *(f"{v:.1f}" for v in each.means), f"{each.score:.1f}", told])
    yield from _aligned(rows)
    yield ""
    for statement in one.statements:
        yield f"{'holds' if statement.holds else 'fails'}  {statement.says} ({statement.why})"
    if not _is_longest(one.model):
        yield (
            "left out: dead events, dead situations, crises that last, and the answers held against"
            f" each other; that needs years, and is judged in the longest: {_longest(one.model)}"
        )


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    last = len(widths) - 1
    for row in rows:
        parts = []
        for i, (text, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cells(text))
            parts.append(text + space if i in (0, last) else space + text)
        yield "  ".join(parts).rstrip()


def to_json(one: Report) -> dict[str, Any]:
    """The report as data."""
    return {
        "scenario": one.model.scenario.id,
        "holds": one.holds,
        "balances": [balance.id for balance in one.model.scenario.balances],
        "strategies": {s.name: _standing(s) for s in one.strategies},
        "by_lot": {s.name: _standing(s) for s in one.by_lot},
        "single": {s.name: s.means.tolist() for s in one.single},
        "choices": {
            c.event: {"worlds": c.worlds, "effects": {k: v.tolist() for k, v in c.effects.items()}}
            for c in one.comparisons
        },
        "statements": [{"says": s.says, "holds": s.holds, "why": s.why} for s in one.statements],
    }


def _standing(one: Standing) -> dict[str, Any]:
    return {
        "balances": one.means.tolist(),
        "mean": one.score,
        "endings": dict(one.endings),
        "events": {name: float(np.mean(times > 0.0)) for name, times in one.happened.items()},
        "situations": {name: float(np.mean(times > 0.0)) for name, times in one.begun.items()},
    }
