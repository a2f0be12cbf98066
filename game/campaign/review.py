"""A plan looked back on: the broken promise, its causes, the same dice without what caused them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from game.campaign.decisions import Plan
from game.campaign.draft import Draft
from game.campaign.forecast import Forecaster, foresees
from game.campaign.mechanisms import mattered
from game.campaign.position import PlannedTerm, PlayedYear
from game.campaign.records import Explanation, Mechanism, Person, PromiseState, Reading, Review
from game.campaign.sight import Sight, reading
from game.campaign.tape import Variant, leaving_out, rerun, with_lines
from game.campaign.why import deep_explanation
from game.campaign.wording import named
from game.engine import Draws, reported
from game.words import later, said

if TYPE_CHECKING:
    from game.campaign.campaign import Campaign

CAUSES = 4
CHANGED = 6
LOOKED_BACK = 2
"""Years before a plan that show which mechanisms are no news in it."""
UNMET = 3


def reviewed(campaign: Campaign, plan: int) -> Review:
    """The review of a plan that has ended.

    Raises:
        IndexError: it has not.
    """
    position, game = campaign.position, campaign.game
    ended = [term for term in position.terms if _ended(campaign, term)]
    if not 0 <= plan < len(ended):
        raise IndexError(said("plan {plan} has not ended", plan=plan))
    term = ended[plan]
    years = [year for year in position.years if year.plan == term.plan]
    first = _first(term.verdicts)
    why = None
    if first is not None:
        measure = first.promise.measure
        why = deep_explanation(game, position, measure, years, true=campaign.finished, shown=CAUSES)
    before = [year for year in position.years if year.plan == term.plan - 1][-LOOKED_BACK:]
    found = mattered(campaign, years, before)
    return Review(
        plan=plan,
        title=game.model.scenario.plans[term.plan].title,
        first_year=term.first_year,
        last_year=term.last_year,
        capital_before=term.capital_before,
        capital_after=term.capital_after,
        promises=tuple(_verdicts(term)),
        pledges=term.pledges,
        why=why,
        forecast=_forecast(campaign, term, first),
        unmet=_unmet(campaign, term, years),
        same_dice=_same_dice(campaign, term, years, first),
        mechanisms=found.mechanisms,
        grades=found.grades,
        people=tuple(_people(campaign, term, years)),
        hints=term.hints,
        question=_question(campaign, term, why, found.mechanisms),
        changed=_changed(campaign, years),
        balances=balances(game.sight(years[0].start), game.sight(years[-1].end)),
        revealed=tuple(
            one for one in position.revealed if term.first_year <= one.year <= term.last_year
        ),
    )


def _ended(campaign: Campaign, term: PlannedTerm) -> bool:
    current = term is campaign.position.terms[-1]
    return not current or campaign.position.stage in ("draft", "ended")


def _first(verdicts: Sequence[PromiseState]) -> PromiseState | None:
    """The promise that a review is about: the dearest broken one, or else the dearest."""
    ranked = sorted(verdicts, key=lambda one: (one.kept, -abs(one.pays)))
    return ranked[0] if ranked else None


def _verdicts(term: PlannedTerm) -> Iterable[tuple[PromiseState, str]]:
    for state in sorted(term.verdicts, key=lambda one: (one.kept, -abs(one.pays))):
        if state.promise.measure in term.pushed:
            yield state, later("kept (pushed)")
        else:
            yield state, later("kept") if state.kept else later("BROKEN")


def _forecast(
    campaign: Campaign, term: PlannedTerm, first: PromiseState | None
) -> tuple[float, float] | None:
    """What the ministry forecast for the promise when the plan was locked."""
    if first is None:
        return None
    before = campaign.fork(term.decision)
    plan = campaign.decisions[term.decision]
    if isinstance(plan, Plan):
        draft = Draft(term.desk, plan.dossiers, plan.amounts, plan.proposals)
    else:
        # A step locked the desk as it opened.
        draft = Draft.opening(term.desk)
    return Forecaster(before).interval(draft, first.promise.measure)


def _unmet(campaign: Campaign, term: PlannedTerm, years: Sequence[PlayedYear]) -> tuple[str, ...]:
    """Events that came and that the ministry had not met, those that asked first."""
    drafted = campaign.positions[term.decision]
    if foresees(campaign.game, drafted):
        return ()
    known = drafted.met
    events = campaign.model.pack.events
    found: dict[str, bool] = {}
    for year in years:
        for one in year.happened:
            if one.id in events and one.id not in known and events[one.id].beat is None:
                found.setdefault(one.id, not events[one.id].choices)
    ranked = sorted(found, key=lambda name: found[name])
    return tuple(events[name].title for name in ranked[:UNMET])


def _same_dice(
    campaign: Campaign,
    term: PlannedTerm,
    years: Sequence[PlayedYear],
    first: PromiseState | None,
) -> tuple[str, float] | None:
    """The plan again without each dossier; the one that mattered most, and what it would be."""
    if first is None or not years or not term.opened:
        return None
    game, measure = campaign.game, first.promise.measure
    variants = [
        Variant(with_lines(years, leaving_out(one.key, term.desk.tools), term.plan), term.lines)
        for one in term.opened
    ]
    # Every column is the played world, so that only the dossier is missing.
    draws = Draws(game.model.streams, game.seed, [0] * len(variants))
    after = rerun(game, years[0].start, draws, variants)
    found = reported(game.model, after, draws, game.reader.expression(measure))
    values = [float(value) for value in found[: len(variants)]]
    gaps = [abs(value - first.reported) for value in values]
    most = gaps.index(max(gaps))
    return said("without {title}", title=term.desk.title(term.opened[most].key)), values[most]


def _people(
    campaign: Campaign, term: PlannedTerm, years: Sequence[PlayedYear]
) -> Iterable[tuple[Person, str]]:
    """Who thinks otherwise of the player than when the plan began, and over what."""
    game = campaign.game
    # Standing as the plan's end left it: in the position that judged it.
    now = {one.office: one for one in campaign.persons}
    was = {one.office: one for one in game.people(campaign.positions[term.decision])}
    end = game.sight(years[-1].end)
    for office, person in now.items():
        after = _standing(end, office)
        step = after - was[office].standing if office in was else 0
        if step and office != term.retired:
            reason = _reason(campaign, office, years, step)
            yield replace(person, standing=after), f"{step:+d} {reason}".strip()


def _standing(sight: Sight, office: str) -> int:
    return max(-3, min(3, round(sight.of(f'counter("{office}.standing")', true=True))))


def _reason(campaign: Campaign, office: str, years: Sequence[PlayedYear], step: int) -> str:
    """The answer that moved a person most, in its own words."""
    name = f"{office}.standing"
    names = campaign.game.names(campaign.position)
    for year in reversed(years):
        answers = [*year.choices.items(), *(((e, s), c) for e, s, c in year.extra)]
        for (event, _), choice in answers:
            entry = campaign.model.pack.events[event]
            for one in entry.choices:
                counts = [c for effect in one.effects for c in (effect.count or {})]
                if one.id == choice and name in counts:
                    return f"{named(one.label, names)}, {year.year}."
    return said("Your table was theirs.") if step > 0 else said("Nothing of theirs was taken.")


def _question(
    campaign: Campaign,
    term: PlannedTerm,
    why: Explanation | None,
    mechanisms: Sequence[Mechanism],
) -> str:
    """Something to argue over: of the event behind the first promise, else of a mechanism."""
    events = campaign.model.pack.events
    names = campaign.game.names(campaign.position)
    for one in why.causes if why is not None else ():
        name = one.id.partition(":")[0]
        if one.kind in ("event", "choice") and name in events and events[name].asks:
            return named(events[name].asks or "", names)
    asks = [text for one in mechanisms for text in one.asks]
    # Another plan asks another question, even where the same mechanism weighs most.
    return named(asks[term.plan % len(asks)], names) if asks else ""


def _changed(campaign: Campaign, years: Sequence[PlayedYear]) -> tuple[Reading, ...]:
    """The measures that moved most over the plan."""
    start, end = campaign.game.sight(years[0].start), campaign.game.sight(years[-1].end)
    found = [
        reading(entry.measure, end, start, opened=campaign.finished)
        for entry in campaign.model.scenario.measures
    ]
    found.sort(key=lambda one: -_part(one))
    return tuple(found[:CHANGED])


def _part(one: Reading) -> float:
    before = one.before if one.before is not None else one.reported
    return abs(one.reported - before) / max(abs(before), 1e-6)


def balances(
    start: Sight, end: Sight, *, true: bool = False
) -> tuple[tuple[str, float, float], ...]:
    """The scenario's balances at two times."""
    return tuple(
        (one.title, start.of(one.formula, true=true), end.of(one.formula, true=true))
        for one in end.model.scenario.balances
    )
