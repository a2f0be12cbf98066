"""The start of one world and its plans, in plain Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from game.engine import Model
from tests.oracle.world import Run, View, World, cut

DEGREES = {"market": 0.0, "mixed": 0.5, "mission": 1.0}


def begin(model: Model, seed: int, world_id: int) -> World:
    """A world at the end of the year before the first."""
    pack, scenario = model.pack, model.scenario
    world = World(pack, scenario, model.expressions, seed, world_id, scenario.start - 1)
    for name, entry in pack.indicators.items():
        if entry.formula is None:
            world.stored[name] = [float(entry.start or 0.0)] * world.size(entry.scope)
    for entries in (pack.sectors, pack.regions):
        for position, somewhere in enumerate(entries.values()):
            for name, value in somewhere.start.items():
                world.stored[name][position] = float(value)
    for target, value in scenario.starts_from.items():
        name, place = named(target)
        places = world.places(pack.indicators[name].scope)
        for position in range(len(places)) if place is None else [places.index(place)]:
            world.stored[name][position] = float(value)
    world.flags |= set(scenario.flags)
    world.architecture = [
        DEGREES[scenario.architecture.get(sector, "mixed")] for sector in pack.sectors
    ]
    world.sunset = [0.0] * len(pack.sectors)
    for name, situation in pack.situations.items():
        world.active[name] = [False] * world.size(situation.scope)
    for name, line in pack.instruments.items():
        nothing = [0.0] * world.size(line.scope)
        world.planned[name], world.support[name] = nothing[:], nothing[:]
        world.locked[name] = [False] * len(nothing)
    for (name, sector), amount in inherited(world).items():
        world.planned[name][position_of(world, sector)] = amount
    world.smoothed = {name: list(money) for name, money in world.planned.items()}
    world.priorities = float(dossiers(world, inherited(world)))
    world.desk = float(scenario.desk.slots)
    settle(world)
    return world


def settle(world: World) -> None:
    """Support as if the spending had long gone on. Its scale is read before there is any."""
    first = View(world, None)
    first.everything()
    world.computed = first.found
    enact_support(world, View(world, None, fresh=False))
    second = View(world, None)
    world.recorded = world.behind = second.everything()
    world.computed = second.found


def inherited(world: World) -> dict[tuple[str, str | None], float]:
    """What the plan before spent a year, line by line."""
    cells: dict[tuple[str, str | None], float] = {}
    scenario = world.scenario
    in_play = list(world.pack.sectors) if scenario.sectors == "all" else list(scenario.sectors)
    for name, given in scenario.inherited.items():
        if isinstance(given, Mapping):
            cells.update({(name, sector): float(amount) for sector, amount in given.items()})
        elif world.pack.instruments[name].scope == "nation":
            cells[name, None] = float(given)
        else:
            cells.update({(name, sector): float(given) / len(in_play) for sector in in_play})
    return cells


def dossiers(world: World, money: Mapping[tuple[str, str | None], float]) -> int:
    """One for every three funded lines of a sector or a national channel, begun ones counted."""
    lines: dict[tuple[str, str], int] = {}
    for (name, sector), amount in money.items():
        if amount > 0:
            place = ("sector", sector) if sector else ("channel", channel(world, name))
            lines[place] = lines.get(place, 0) + 1
    return sum(-(-count // 3) for count in lines.values())


def channel(world: World, instrument: str) -> str:
    return world.pack.instruments[instrument].channel


def new_plan(
    world: World,
    allocation: Mapping[tuple[str, str | None], float],
    architecture: Mapping[str, str],
    years: int,
    sunset: Collection[str] = (),
) -> None:
    """A plan in force: its money, its organisation, its desk; no stops yet."""
    view = View(world, world.behind, fresh=False)
    scenario = world.scenario
    budget = cut(view.number(scenario.budget, "nation"), (0.0, 1e7))
    bonus = scenario.desk.bonus
    slots = scenario.desk.slots
    if bonus is not None and view.holds(bonus.when, "nation"):
        slots += bonus.slots
    world.budget = budget
    world.desk = max(float(slots) - world.counters.get("desk.owed", 0.0), 1.0)
    world.counters["desk.owed"] = 0.0
    world.plans += 1
    world.plan, world.plan_year, world.plan_years = world.plans, 1, years
    world.plan_age = world.stops = 0
    put_in_force(world, allocation, architecture, years, sunset)
    world.reserve_left = max(world.budget - lines_total(world) * years, 0.0)
    world.reserve = share_left(world)


def put_in_force(
    world: World,
    allocation: Mapping[tuple[str, str | None], float],
    architecture: Mapping[str, str],
    years: int,
    sunset: Collection[str] = (),
) -> None:
    """Lines and organisation, at the start of a plan or on its way."""
    for money in world.planned.values():
        money[:] = [0.0] * len(money)
    for (name, sector), amount in allocation.items():
        world.planned[name][position_of(world, sector)] = amount / years
    for sector, degree in architecture.items():
        world.architecture[position_of(world, sector)] = DEGREES[degree]
    world.sunset = [float(sector in sunset) for sector in world.pack.sectors]
    world.priorities = float(dossiers(world, allocation))
    world.lines_scale = 1.0


def position_of(world: World, sector: str | None) -> int:
    return 0 if sector is None else list(world.pack.sectors).index(sector)


def lines_total(world: World) -> float:
    """Billion yuan a year of all lines, added in pack order."""
    total = 0.0
    for name in world.pack.instruments:
        for money in world.planned[name]:
            total += money
    return total


def share_left(world: World) -> float:
    """The share of the budget that is still in the reserve."""
    return min(world.reserve_left / world.budget, 1.0) if world.budget > 0 else 0.0


def enact_support(world: World, view: View) -> None:
    """Money becomes support: through its ramp, saturating at its half-point, diluted."""
    scale = max(view.number(world.scenario.scale, "nation"), 1e-6)
    dilution = cut(view.number(world.scenario.dilution, "nation"), (0.0, 1.0))
    found: dict[str, Run] = {name: [] for name in world.pack.instruments}
    for name, line in world.pack.instruments.items():
        for place, before in enumerate(world.smoothed[name]):
            money = world.planned[name][place] * world.lines_scale
            if world.locked[name][place]:
                money = 0.0
            now = before + (money - before) / line.ramp
            world.smoothed[name][place] = now
            support = now / (now + line.half * scale) * dilution if now else 0.0
            found[name].append(support)
    world.support = found


def named(target: str) -> tuple[str, str | None]:
    """`capacity[wool]` as name and place."""
    name, _, place = target.partition("[")
    return bare(name), bare(place.rstrip("]")) if place else None


def bare(name: str) -> str:
    return name.strip().split("/")[-1]
