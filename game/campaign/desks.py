"""Setting the desk for a draft: what is carried on, what binds, what a plan is worth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from game.campaign.decisions import UNITS, Architecture, Dossier, Weight
from game.campaign.desk import Amounts, Desk
from game.campaign.money import (
    LINES_A_DOSSIER,
    Cell,
    Tool,
    allocation_of,
    key_of,
    money_by_key,
)
from game.campaign.offers import Table, dossier_of, sectors_in_play, tools_in_play
from game.campaign.people import names_of
from game.campaign.promises import mandate_entry
from game.campaign.sight import Sight
from game.campaign.upkeep import with_upkeep
from game.engine.layout import special
from game.packs.schema import Money
from game.rules.expression import Series

if TYPE_CHECKING:
    from game.campaign.position import Position
    from game.campaign.records import Offer, Pledge
    from game.engine import Model
    from game.packs.schema import PlanEntry

Counter = Callable[[str], float]


def barred_cells(model: Model, sight: Sight) -> frozenset[Cell]:
    """Lines that an event has locked."""
    lines = model.instruments
    locked = sight.state.matrix[lines.locked, 0]
    return frozenset(cell for cell, value in zip(lines.cells, locked, strict=True) if value > 0.5)


def set_desk(position: Position, sight: Sight, capital: float, counter: Counter) -> Desk:
    """The desk of the plan that begins now, with the offers on its table."""
    model, plan = sight.model, len(position.terms)
    scenario = model.scenario
    first = sight.state.year + 1
    budget = max(0.0, sight.value(model.money.budget, true=True))
    slots = _slots(model, sight, counter)
    unit = scenario.desk.unit.fraction
    barred = barred_cells(model, sight)
    tools, names = tools_in_play(model), names_of(position.cast, model.pack)
    pledges = tuple(p for p in position.pledges if (p.instrument, p.sector) not in barred)
    last, carried, amounts, shares = _carried(position, sight, barred, tools, budget, unit)
    carried = _with_pledged(carried, pledges, first, tools, unit)
    counters = {f"{o}.{w}": counter(f"{o}.{w}") for o in names for w in ("standing", "favours")}
    offers = Table(sight, position.cast, names, counters, barred).offers(
        carried, first, unit * budget
    )
    desk = Desk(
        plan=plan,
        first_year=first,
        last_year=first + scenario.plans[plan].years - 1,
        slots=slots,
        unit=unit,
        budget=budget,
        capital=capital,
        tools=tools,
        sectors=sectors_in_play(model),
        channels=tuple(model.pack.channels),
        titles=_titles(model),
        names=names,
        carried=carried,
        carried_amounts=amounts,
        last=last,
        last_shares=shares,
        ran=position.ran,
        pledges=pledges,
        most_pledges=scenario.desk.pledges,
        offers=offers,
        barred=barred,
        presets=presets(model, plan, budget, unit, sight),
        dilution=dilution_of(model, sight, budget),
        closing=_closing(sight),
        per_plan=sight.of(scenario.prices.per_plan, true=True),
        signing=sight.of(scenario.prices.pledge, true=True),
        breaking=sight.of(scenario.prices.broken, true=True),
        currency=scenario.currency,
    )
    if capital <= 0.0:
        desk = _with_mandate(desk, sight, offers)
    return with_upkeep(desk, position, sight)


def _closing(sight: Sight) -> Mapping[Weight, float]:
    close = sight.model.scenario.prices.close
    return {
        "light": sight.of(close.light, true=True),
        "medium": sight.of(close.medium, true=True),
        "heavy": sight.of(close.heavy, true=True),
    }


def _slots(model: Model, sight: Sight, counter: Counter) -> int:
    slots = model.money.slots
    if model.money.bonus is not None and sight.value(model.money.bonus, true=True) > 0.5:
        slots += model.money.bonus_slots
    return max(1, round(slots - counter("desk.owed")))


def _titles(model: Model) -> Mapping[str, str]:
    sectors = {f"sector:{name}": entry.title for name, entry in model.pack.sectors.items()}
    channels = {f"channel:{name}": entry.title for name, entry in model.pack.channels.items()}
    return {**sectors, **channels}


def dilution_of(model: Model, sight: Sight, budget: float) -> Callable[[int, int], float]:
    """The scenario's dilution, for any desk and number of priorities."""
    rows = {name: model.layout.row(special(name)) for name in ("desk", "priorities", "budget")}

    def dilution(slots: int, count: int) -> float:
        matrix = sight.state.matrix[:, :2].copy()
        matrix[rows["desk"]] = slots
        matrix[rows["priorities"]] = count
        matrix[rows["budget"]] = budget
        return float(model.value(model.money.dilution, matrix)[0])

    return dilution


def _carried(
    position: Position,
    sight: Sight,
    barred: frozenset[Cell],
    tools: Mapping[str, Tool],
    budget: float,
    unit: float,
) -> tuple[tuple[Dossier, ...], tuple[Dossier, ...], Amounts, Mapping[str, float]]:
    """Last plan's dossiers that cost something to close, the desk that opens, and its cells."""
    if position.terms:
        term = position.term
        kept = tuple(one for one in term.dossiers if not one.sunset)
        old = {(i, s): money for i, s, money in term.amounts}
        was, was_unit = term.desk.budget, term.desk.unit
    else:
        kept = tuple(dossier_of(one) for one in sight.model.scenario.carried)
        old, was, was_unit = {}, budget, unit
    kept = tuple(one for one in (_unbarred(d, barred) for d in kept) if one.lines)
    keys = {one.key for one in kept}
    cells = {c: m for c, m in old.items() if c not in barred and key_of(c, tools) in keys}
    ratio = budget / was if was > 0 else 0.0
    amounts = tuple((i, s, money * ratio) for (i, s), money in cells.items())
    by_key = money_by_key(allocation_of(kept, cells, was, was_unit), tools)
    shares = {key: money / was if was > 0 else 0.0 for key, money in by_key.items()}
    return kept, kept, amounts, shares


def _unbarred(dossier: Dossier, barred: frozenset[Cell]) -> Dossier:
    lines = tuple(line for line in dossier.lines if (line, dossier.sector) not in barred)
    return dossier if lines == dossier.lines else replace(dossier, lines=lines)


def _with_pledged(
    carried: tuple[Dossier, ...],
    pledges: tuple[Pledge, ...],
    first: int,
    tools: Mapping[str, Tool],
    unit: float,
) -> tuple[Dossier, ...]:
    """The desk with every line that is pledged, where there is room and money for it."""
    desk = {one.key: one for one in carried}
    for pledge in pledges:
        if pledge.until < first or pledge.instrument not in tools:
            continue
        key = key_of((pledge.instrument, pledge.sector), tools)
        weight: Weight = pledge.weight  # type: ignore[assignment]
        old = desk.get(key)
        channel = None if pledge.sector is not None else tools[pledge.instrument].channel
        new = Dossier(pledge.sector, channel, weight, (pledge.instrument,))
        if old is not None:
            lines = old.lines
            if pledge.instrument not in lines:
                if len(lines) >= LINES_A_DOSSIER:
                    continue
                lines = (*lines, pledge.instrument)
            heavier = max(old.weight, weight, key=UNITS.__getitem__)
            new = replace(old, lines=lines, weight=heavier)
        trial = {**desk, key: new}
        if sum(UNITS[one.weight] for one in trial.values()) * unit <= 1.0 + 1e-9:
            desk = trial
    return tuple(desk.values())


def _with_mandate(desk: Desk, sight: Sight, offers: tuple[Offer, ...]) -> Desk:
    """At no capital the mandate fills one dossier, in place of another where there is no room."""
    written = _written(desk, sight, offers)
    if written is None:
        return desk
    pledged = {key_of((p.instrument, p.sector), desk.tools) for p in desk.pledges}
    others = [one for one in desk.carried if one.key != written.key]
    limit = 1.0 + 1e-9
    while sum(UNITS[one.weight] for one in (*others, written)) * desk.unit > limit:
        free = [one for one in others if one.key not in pledged]
        if not free:
            return desk
        others.remove(min(free, key=lambda one: UNITS[one.weight]))
    keys = {one.key for one in others}
    return replace(
        desk,
        carried=(*others, written),
        carried_amounts=tuple(
            (i, s, m) for i, s, m in desk.carried_amounts if key_of((i, s), desk.tools) in keys
        ),
        last=tuple(one for one in desk.last if one.key in keys),
        mandate=written,
    )


def _written(desk: Desk, sight: Sight, offers: tuple[Offer, ...]) -> Dossier | None:
    """What the mandate would write: the offer that is about what it wants, or else the first."""
    entry = mandate_entry(sight)
    about = entry.measure if entry is not None else ""
    choices = [one for offer in offers for one in offer.dossiers]
    for one in choices:
        if one.sector is not None and f"[{one.sector}]" in about:
            return replace(one, sunset=False)
    return replace(choices[0], sunset=False) if choices else None


def presets(
    model: Model, plan: int, budget: float, unit: float, sight: Sight
) -> Mapping[str, tuple[tuple[Dossier, ...], Amounts]]:
    """The ready-made strategies as desks for this plan."""
    return {
        name: preset(model, plan_entry(strategy.plans, plan, sight), budget, unit)
        for name, strategy in model.pack.strategies.items()
    }


def plan_entry(entries: tuple[PlanEntry, ...], plan: int, sight: Sight) -> PlanEntry:
    """The first entry whose `when` holds, else the one of this plan's turn, else the last."""
    for entry in entries:
        if entry.when is not None and sight.holds(entry.when):
            return entry
    plain = [entry for entry in entries if entry.when is None] or list(entries)
    return plain[min(plan, len(plain) - 1)]


def preset(
    model: Model, entry: PlanEntry, budget: float, unit: float
) -> tuple[tuple[Dossier, ...], Amounts]:
    """A strategy's plan as dossiers with exact cells: its largest lines, its own money."""
    tools, sectors = tools_in_play(model), sectors_in_play(model)
    cells: dict[Cell, float] = {}
    for name, line in entry.allocate.items():
        tool = tools.get(name)
        if tool is None:
            continue
        if not isinstance(line, Money):
            given = {s: m.billion(budget) for s, m in line.items() if s in sectors}
            cells.update({(name, sector): money for sector, money in given.items()})
        elif tool.by_sector:
            each = line.billion(budget) / max(1, len(sectors))
            cells.update({(name, sector): each for sector in sectors})
        else:
            cells[name, None] = line.billion(budget)
    return dossiers_for(cells, tools, budget, unit, entry.architecture, entry.sunset)


def dossiers_for(
    cells: Mapping[Cell, float],
    tools: Mapping[str, Tool],
    budget: float,
    unit: float,
    architecture: Mapping[str, Architecture],
    sunset: Collection[str] = (),
) -> tuple[tuple[Dossier, ...], Amounts]:
    """Dossiers whose first lines are the largest cells, with all cells as exact amounts."""
    groups: dict[str, list[tuple[float, Cell]]] = {}
    for cell, money in cells.items():
        if money > 0:
            groups.setdefault(key_of(cell, tools), []).append((-money, cell))
    dossiers = []
    for group in groups.values():
        lines = tuple(cell[0] for _, cell in sorted(group, key=_by_size)[:LINES_A_DOSSIER])
        _, (first, sector) = group[0]
        total = -sum(money for money, _ in group)
        weight = _nearest(total / (unit * budget) if budget > 0 else 0.0)
        channel = None if sector is not None else tools[first].channel
        style = architecture.get(sector) if sector is not None else None
        dossiers.append(Dossier(sector, channel, weight, lines, style, sector in sunset))
    amounts = tuple((i, s, money) for (i, s), money in cells.items() if money > 0)
    return tuple(dossiers), amounts


def _by_size(one: tuple[float, Cell]) -> tuple[float, str, str]:
    return one[0], one[1][0], one[1][1] or ""


def _nearest(units: float) -> Weight:
    return min(UNITS, key=lambda weight: abs(UNITS[weight] - units))


def counter_reader(model: Model, sight: Sight) -> Counter:
    """Reads counters of the state; those that it does not keep are 0."""

    def read(name: str) -> float:
        series = Series("counter", name, "nation")
        if series not in model.layout.starts:
            return 0.0
        return float(sight.state.matrix[model.layout.row(series), 0])

    return read
