"""One world as the oracle keeps it: plain numbers by name and place, and how expressions read them.

Nothing here is shared with the engine but the checked expressions and the keyed hash of the dice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from game.engine import draws as dice
from game.engine.expressions import Expressions
from game.packs import Pack
from game.packs.fields import Kind
from game.packs.schema_campaign import Scenario
from game.rules.expression import Axis, Expression, Read, Series
from tests.oracle.expressions import evaluate, larger, smaller

Name = tuple[str, str]
"""Kind and name of a series that a year is remembered of: indicators, supports, spending."""
Run = list[float]
"""One number a place; a national series has one."""
Spot = tuple[str, int]
"""An event and the place that it strikes; 0 for a national one."""

STRENGTH = {"documented": 0.0, "calibrated": 0.10, "judgement": 0.25, "invented": 0.40}


@dataclass(frozen=True)
class Timed:
    """A row of some coming years."""

    target: Name
    place: int
    amount: float
    first: int
    last: int


@dataclass(frozen=True)
class Due:
    """An event that is scheduled."""

    event: str
    place: int
    year: int


@dataclass
class World:
    """Everything about one world between two years."""

    pack: Pack
    scenario: Scenario
    texts: Expressions
    seed: int
    id: int
    year: int = 0
    plan: int = 1
    plan_year: int = 1
    plans: int = 0
    plan_age: int = 0
    plan_years: int = 5
    stored: dict[str, Run] = field(default_factory=dict)
    computed: dict[str, Run] = field(default_factory=dict)
    planned: dict[str, Run] = field(default_factory=dict)
    smoothed: dict[str, Run] = field(default_factory=dict)
    support: dict[str, Run] = field(default_factory=dict)
    locked: dict[str, list[bool]] = field(default_factory=dict)
    architecture: Run = field(default_factory=list)
    sunset: Run = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    counters: dict[str, float] = field(default_factory=dict)
    last: dict[Spot, int] = field(default_factory=dict)
    times: dict[Spot, int] = field(default_factory=dict)
    active: dict[str, list[bool]] = field(default_factory=dict)
    budget: float = 0.0
    reserve: float = 0.0
    reserve_left: float = 0.0
    lines_scale: float = 1.0
    priorities: float = 0.0
    desk: float = 0.0
    kept_promises: float = 1.0
    stops: int = 0
    timed: list[Timed] = field(default_factory=list)
    queue: list[Due] = field(default_factory=list)
    recorded: dict[Name, Run] | None = None
    """What the last completed year ended with."""
    behind: dict[Name, Run] | None = None
    """What the year before the last completed one ended with; at the start the same."""
    shot: dict[Name, Run] | None = None
    """The snapshot of the last completed year; None before any year."""

    def places(self, axis: Axis) -> tuple[str, ...]:
        """The ids along an axis; one without a name for the nation."""
        if axis == "sector":
            return tuple(self.pack.sectors)
        return tuple(self.pack.regions) if axis == "region" else ("",)

    def size(self, axis: Axis) -> int:
        """How many places an axis has."""
        return len(self.places(axis))

    def lasting(self, kind: Kind, name: str) -> str:
        """The id that the dice know an entry by."""
        return self.pack.lasting_id(kind, name)

    def uniform(self, purpose: str, entry: str, place: str, year: int) -> float:
        """A number in [0, 1)."""
        return dice.one_uniform(self.seed, purpose, entry, place, year, self.id)

    def bell(self, purpose: str, entry: str, place: str, year: int) -> float:
        """A number of mean 0 and deviation 1: four 16-bit parts of the hash, summed."""
        stream = dice.stream_key(self.seed, purpose, entry, place)
        word = mixed(mixed(stream + year * dice.GOLDEN) + self.id * dice.GOLDEN)
        parts = [(word >> shift) % 65536 for shift in (0, 16, 32, 48)]
        scale: float = (4 * (65536**2 - 1) / 12) ** -0.5
        return (sum(parts) - 131070.0) * scale

    def strength(self, rule: str) -> float:
        """How strong a rule is in this world, for as long as it lasts."""
        width = STRENGTH[self.pack.rules[rule].grade or "invented"]
        draw = self.uniform("strength", self.lasting("rule", rule), "", 0)
        return (draw * 2.0 - 1.0) * width + 1.0


def mixed(number: int) -> int:
    """The hash's last step on any whole number, taken modulo 2**64."""
    return dice.mixed(number % 2**64)


class View:
    """What expressions read in a world now.

    Args:
        world: the world.
        before: what `previous` reads; None where last year is this one.
        fresh: work computed indicators out as they are asked for, and keep them; otherwise take
            those of the world.
    """

    def __init__(
        self, world: World, before: Mapping[Name, Run] | None, *, fresh: bool = True
    ) -> None:
        self.world = world
        self.before = before
        self.fresh = fresh
        self.found: dict[str, Run] = {}

    def number(self, text: str, scope: Axis, place: int = 0) -> float:
        """A number of the rule language, in one place of its scope."""
        return self.of(self.world.texts.number(text, scope), place)

    def holds(self, text: str | None, scope: Axis, place: int = 0) -> bool:
        """A condition of the rule language, in one place; no condition holds."""
        return text is None or bool(self.of(self.world.texts.condition(text, scope), place))

    def run(self, text: str, scope: Axis) -> Run:
        """A number in every place of an axis."""
        return [self.number(text, scope, place) for place in range(self.world.size(scope))]

    def of(self, expression: Expression, place: int = 0) -> float:
        """An expression in one place."""
        value = evaluate(expression, self.read)
        return float(value[place] if isinstance(value, list) else value)

    def read(self, read: Read) -> float | Run:
        """A leaf of an expression."""
        series = read.series
        if read.lagged and self.before is not None:
            values = self.before[series.kind, series.name]
        else:
            values = self.values(series)
        if read.index is not None:
            return values[read.index]
        return values[0] if series.axis == "nation" else values

    def values(self, series: Series) -> Run:
        """This year's values of a series."""
        world, name = self.world, series.name
        places = range(world.size(series.axis))
        match series.kind:
            case "indicator":
                return self.indicator(name)
            case "support":
                return world.support[name]
            case "spend":
                return [spent(world, name, place) for place in places]
            case "special":
                return special(world, name)
            case "flag":
                return [float(name in world.flags)]
            case "counter":
                return [world.counters.get(name, 0.0)]
            case "fired":
                return [float((name, place) in world.last) for place in places]
            case "times":
                return [float(world.times.get((name, place), 0)) for place in places]
            case "since":
                return [float(since(world, (name, place))) for place in places]
            case "active":
                return [float(acts) for acts in world.active[name]]
        raise AssertionError(series)

    def indicator(self, name: str) -> Run:
        """A stored indicator as it is; a computed one by its formula, cut at its bounds."""
        world = self.world
        entry = world.pack.indicators[name]
        if entry.formula is None:
            return world.stored[name]
        if not self.fresh:
            return world.computed[name]
        if name not in self.found:
            values = self.run(entry.formula, entry.scope)
            self.found[name] = [cut(value, entry.bounds) for value in values]
        return self.found[name]

    def everything(self) -> dict[Name, Run]:
        """All that a later `previous` may read."""
        world = self.world
        kept = {("indicator", name): list(self.indicator(name)) for name in world.pack.indicators}
        for name, line in world.pack.instruments.items():
            kept["support", name] = list(world.support[name])
            kept["spend", name] = self.values(Series("spend", name, line.scope))
        return kept


def cut(value: float, bounds: tuple[float, float]) -> float:
    """A number within bounds."""
    return smaller(larger(value, bounds[0]), bounds[1])


def now(world: World, indicator: str, place: int, amount: float) -> Timed:
    """A row of this year only."""
    return Timed(("indicator", indicator), place, amount, world.year, world.year)


def spent(world: World, line: str, place: int) -> float:
    """Billion yuan a year that a line gets; nothing while it is locked."""
    money = world.planned[line][place] * world.lines_scale
    return 0.0 if world.locked[line][place] else money


def since(world: World, spot: Spot) -> int:
    """Years since an event was last here; 999 where it never was."""
    return min(world.year - world.last[spot], 999) if spot in world.last else 999


def special(world: World, name: str) -> Run:
    """A number that the game itself keeps."""
    if name in ("architecture", "sunset"):
        return list(getattr(world, name))
    return [float(getattr(world, name))]
