"""Scripted playthroughs, played without a player in world 0 of their seed, and what came of them.

It is the world of `run` with the same seed, so what a playthrough says can be looked at year by
year there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from game.campaign.afterwards import YEARS, after_rows, endings_by_world
from game.campaign.clauses import clauses, margin
from game.engine import Draws, compile_model
from game.lab.office import Office
from game.lab.planning import Planner, texts_of
from game.lab.running import Job, years_of
from game.lab.standings import LASTING
from game.packs.schema import PlanEntry
from game.rules.expression import Compare, Number, children
from game.rules.printer import show

if TYPE_CHECKING:
    from game.engine import Batch, Model
    from game.engine.batch import Notes
    from game.packs import Pack
    from game.packs.playthroughs import Written
    from game.packs.schema_tests import Outcome, Playthrough
    from game.rules.expression import Expression


@dataclass(frozen=True, slots=True)
class Came:
    """Something that happened: an event, or the beginning of a situation.

    Attributes:
        year: when.
        sector: where, or None for the nation.
        choice: how it was answered, or None where it asks nothing.
    """

    year: int
    sector: str | None
    choice: str | None = None

    @property
    def text(self) -> str:
        """`2013 in new_energy (answered open-source)`."""
        where = f" in {self.sector}" if self.sector else ""
        return f"{self.year}{where}" + (f" (answered {self.choice})" if self.choice else "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One expectation held against what came.

    Attributes:
        holds: whether it is so.
        wanted: what was expected.
        found: what was.
        where: `file:line:col` of the expectation.
    """

    holds: bool
    wanted: str
    found: str
    where: str


@dataclass(frozen=True, slots=True)
class Played:
    """A playthrough that was run."""

    playthrough: Playthrough
    where: str
    verdicts: tuple[Verdict, ...]
    warnings: Counter[str]

    @property
    def holds(self) -> bool:
        """Whether everything came as expected."""
        return all(one.holds for one in self.verdicts)

    @property
    def lines(self) -> Iterator[str]:
        """A line for the playthrough, and one for everything that did not come."""
        count = len(self.verdicts)
        good = sum(one.holds for one in self.verdicts)
        told = f"{good} of {count} expectations" if count > 1 else "its expectation"
        if self.holds:
            told = f"{count} expectations" if count > 1 else "one expectation"
        yield f"{'holds' if self.holds else 'fails'}  {self.playthrough.id}  {told}"
        for one in self.verdicts:
            if not one.holds:
                yield f"       {one.where}: wanted {one.wanted}; found {one.found}"

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        one = self.playthrough
        return {
            "id": one.id,
            "says": one.says,
            "scenario": one.scenario,
            "seed": one.seed,
            "where": self.where,
            "holds": self.holds,
            "expect": [
                {"holds": v.holds, "wanted": v.wanted, "found": v.found, "where": v.where}
                for v in self.verdicts
            ],
            "warnings": dict(self.warnings),
        }


def played(pack: Pack, written: Sequence[Written]) -> Iterator[Played]:
    """Play some playthroughs; each scenario is compiled once.

    Raises:
        PlanningError: the scenario cannot carry a plan out.
    """
    models: dict[str, Model] = {}
    for one in written:
        name = one.playthrough.scenario
        if name not in models:
            same = [w.playthrough for w in written if w.playthrough.scenario == name]
            texts = dict.fromkeys(text for each in same for text in _texts(pack, each))
            models[name] = compile_model(pack, name, tuple(texts))
        yield _play(models[name], one)


def _texts(pack: Pack, one: Playthrough) -> Iterator[str]:
    yield from texts_of(_plans(pack, one))
    yield from (outcome.that for outcome in one.expect if outcome.that is not None)


def _plans(pack: Pack, one: Playthrough) -> tuple[PlanEntry, ...]:
    if one.plays is not None:
        return pack.strategies[one.plays].plans
    return one.plans or (PlanEntry(),)


@dataclass
class _Diary:
    """What came of a run: everything that happened, by id, and the verdicts on conditions."""

    came: dict[str, list[Came]] = field(default_factory=dict)
    conditions: dict[int, tuple[bool, str]] = field(default_factory=dict)
    ending: str = ""


class _Witness(Office):
    """Carries plans out as written, and puts down the events of the first world."""

    def __init__(self, planner: Planner, batch: Batch, diary: _Diary) -> None:
        super().__init__(planner, batch)
        self._diary = diary

    def closed(self, notes: Notes) -> None:
        """Put the year's events down, with their answers."""
        model = self.planner.model
        answered = {firing.event: chosen for firing, chosen in notes.answered}
        for firing in notes.fired:
            event = model.events[firing.event]
            for at, (place, world) in enumerate(
                zip(firing.pairs.places.tolist(), firing.pairs.worlds.tolist(), strict=True)
            ):
                if world == 0:
                    sector = None if event.national else model.layout.places["sector"][place]
                    chosen = answered.get(firing.event)
                    choice = event.choices[int(chosen[at])].id if chosen is not None else None
                    came = Came(self.batch.year, sector, choice)
                    self._diary.came.setdefault(event.id, []).append(came)


def _play(model: Model, written: Written) -> Played:
    one = written.playthrough
    job = Job(_plans(model.pack, one), one.id, one.seed, one.start, one.force)
    planner = Planner(model, job.plans, f"playthrough {one.id}")
    warnings: Counter[str] = Counter()
    diary = _run(model, planner, job, one, warnings)
    where, *places = written.places(len(one.expect))
    verdicts = tuple(
        _verdict(outcome, at, diary, place, model.scenario.final_year)
        for at, (outcome, place) in enumerate(zip(one.expect, places, strict=True))
    )
    return Played(one, where, verdicts, warnings)


def _run(
    model: Model, planner: Planner, job: Job, one: Playthrough, warnings: Counter[str]
) -> _Diary:
    diary = _Diary()
    final = model.scenario.final_year
    ends = any(outcome.ending is not None for outcome in one.expect)
    longer = [LASTING] * (YEARS // LASTING) if ends else []
    draws = Draws(model.streams, job.seed, range(1))
    begun: dict[tuple[str, str | None], float] = {}
    last = None
    for batch in years_of(
        planner,
        draws,
        job,
        None,
        warnings,
        office=lambda planner, batch: _Witness(planner, batch, diary),
        longer=longer,
    ):
        if batch.year <= final:
            _situations(model, batch, begun, diary)
            for at, outcome in enumerate(one.expect):
                if outcome.that is not None and outcome.at == batch.year:
                    diary.conditions[at] = _condition(model, batch, outcome.that)
        if batch.year == final:
            last = batch.matrix.copy()
        if ends and last is not None and batch.year == final + YEARS:
            diary.ending = endings_by_world(model, after_rows(model, last, batch.matrix))[0]
    return diary


def _situations(
    model: Model, batch: Batch, begun: dict[tuple[str, str | None], float], diary: _Diary
) -> None:
    """Put down which situations began in the year that has just ended."""
    situations = model.situations
    times = batch.matrix[situations.times, 0].tolist()
    for name, count in zip(situations.names, times, strict=True):
        if count > begun.get(name, count):
            diary.came.setdefault(name[0], []).append(Came(batch.year, name[1]))
        begun[name] = count


def _condition(model: Model, batch: Batch, text: str) -> tuple[bool, str]:
    """Whether a condition holds, and the numbers of what does not."""
    expression = model.expressions.condition(text)

    def value(one: Expression) -> float:
        return float(batch.value(one)[0])

    told: dict[str, None] = {}
    for clause in clauses(expression):
        if value(clause) < 0.5:
            told |= dict.fromkeys(_numbers(model, clause, value))
    holds = value(expression) > 0.5
    return holds, " and ".join(told) if told else f"{text} holds"


def _numbers(model: Model, clause: Expression, value: Any) -> Iterator[str]:
    found = list(_compared(clause))
    if not found:
        yield f"not so: {show(clause, model.pack.vocabulary)}"
    for one in found:
        near = margin(one, value)
        assert near is not None
        sides = [(near.of, near.value), (near.mark, near.threshold)]
        for side, number in sides:
            if not isinstance(side, Number):
                yield f"{show(side, model.pack.vocabulary)} = {figure(number)}"


def _compared(expression: Expression) -> Iterator[Compare]:
    if isinstance(expression, Compare):
        yield expression
        return
    for part in children(expression):
        yield from _compared(part)


def _verdict(outcome: Outcome, at: int, diary: _Diary, where: str, final: int) -> Verdict:
    if outcome.that is not None:
        holds, found = diary.conditions[at]
        return Verdict(holds, f"{outcome.that} at the end of {outcome.at}", found, where)
    if outcome.ending is not None:
        found = f"the ending {diary.ending}" if diary.ending else "no ending that holds"
        return Verdict(diary.ending == outcome.ending, f"the ending {outcome.ending}", found, where)
    name = outcome.happens or outcome.never or ""
    came = diary.came.get(name, [])
    if outcome.never is not None:
        here = [one for one in came if outcome.sector in (None, one.sector)]
        wanted = f"never {name}" + (f" in {outcome.sector}" if outcome.sector else "")
        return Verdict(not here, wanted, _told(here, final), where)
    holds = any(_fits(outcome, one) for one in came)
    return Verdict(holds, _wish(name, outcome), _told(came, final), where)


def _fits(outcome: Outcome, one: Came) -> bool:
    return (
        outcome.sector in (None, one.sector)
        and outcome.choice in (None, one.choice)
        and outcome.year in (None, one.year)
        and (outcome.by is None or one.year <= outcome.by)
        and (outcome.not_before is None or one.year >= outcome.not_before)
    )


def _wish(name: str, outcome: Outcome) -> str:
    parts: Mapping[str, object] = {
        "in": outcome.sector,
        "answered": outcome.choice,
        "in the year": outcome.year,
        "not before": outcome.not_before,
        "by": outcome.by,
    }
    return " ".join([name, *(f"{word} {what}" for word, what in parts.items() if what)])


def _told(came: Sequence[Came], final: int) -> str:
    if not came:
        return f"that it never came (to {final})"
    more = f" and {len(came) - 4} times more" if len(came) > 4 else ""
    return f"it in {', '.join(one.text for one in came[:4])}{more}"


def figure(value: float) -> str:
    """A number with as many digits as help."""
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"


__all__ = ["Came", "Played", "Verdict", "figure", "played"]
