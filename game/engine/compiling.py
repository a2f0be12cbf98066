"""From a checked pack and the name of a scenario to a `Model`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from game.engine.compiling_events import DESK_OWED, EventCompiler, hoist
from game.engine.draws import Streams
from game.engine.execute import Floats, Schedule, Sink
from game.engine.expressions import Expressions
from game.engine.layout import BY_SECTOR, SPECIALS, Layout, lay_out, special
from game.engine.lowering import NEVER, Program
from game.engine.model import (
    Hazards,
    Instruments,
    Lagged,
    Model,
    Money,
    RuleRows,
    Situations,
    store,
)
from game.engine.state import Cause
from game.engine.targets import bare, split_target
from game.packs import walk
from game.packs.collector import without_collector
from game.packs.fields import Expr, Memory, Target
from game.rules import leaves
from game.rules.expression import (
    Aggregate,
    Arithmetic,
    Axis,
    Choose,
    Expression,
    Holds,
    Logic,
    Not,
    Number,
    Read,
    Series,
    SeriesKind,
)

if TYPE_CHECKING:
    from game.packs import Pack
    from game.packs.schema_campaign import Scenario
    from game.packs.schema_events import Effect as EffectEntry
    from game.packs.schema_events import Event as EventEntry

STRENGTH_RANGE = {"documented": 0.0, "calibrated": 0.10, "judgement": 0.25, "invented": 0.40}
"""How far a rule's strength may be from what is written, by its grade."""
COUNTER_LIMIT = 1e6
SITUATION_KINDS: tuple[SeriesKind, ...] = ("active", "times", "last")
ONCE = 11_000.0
"""A cooldown longer than any campaign, and shorter than the wait since `NEVER`."""


def compile_model(pack: Pack, scenario: str, measures: Iterable[str] = ()) -> Model:
    """Compile a scenario of a pack.

    Args:
        pack: merged and checked content.
        scenario: the id of one of its scenarios.
        measures: further expressions that will be read at a year's end; needed here only where
            they use `previous` or `change`, so that last year's values are kept.

    Raises:
        KeyError: the pack has no such scenario.
        RuleError: a measure does not check.
    """
    with without_collector():
        return _Compiler(pack, pack.scenarios[scenario], tuple(measures)).model()


@dataclass
class _Compiler:
    pack: Pack
    scenario: Scenario
    measures: tuple[str, ...]
    causes: list[Cause] = field(default_factory=list)
    memory: dict[str, set[str]] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)
    """Indicators that something besides the rules moves."""

    def __post_init__(self) -> None:
        balances = {balance.id: balance.formula for balance in self.scenario.balances}
        self.expressions = Expressions(self.pack.vocabulary, balances, self.pack.expressions)
        self.axes: dict[str, Axis] = {
            name: entry.scope for name, entry in self.pack.indicators.items()
        }

    def model(self) -> Model:
        computed = self._computed()
        rules = self._rule_expressions()
        situations = self._situation_expressions()
        money = self._money()
        self._check_everything()
        self.layout = self._layout(computed)
        compiler = EventCompiler(
            self.pack, self.scenario, self.expressions, self.layout, self.causes
        )
        events = tuple(compiler.events())
        snapshot = self._snapshot(computed)
        program, rule_rows, amounts = self._rules(rules, situations)
        low, high = self._bounds()
        fixed = self._fixed()
        return Model(
            pack=self.pack,
            scenario=self.scenario,
            layout=self.layout,
            expressions=self.expressions,
            instruments=self._instruments(),
            money=money,
            start=self._start(),
            low=low,
            high=high,
            snapshot=snapshot,
            rules=program,
            rule_rows=rule_rows,
            amounts=amounts,
            computed=computed,
            events=events,
            hazards=self._hazards(),
            situations=self._situation_rows(),
            causes=tuple(self.causes),
            streams=Streams(self._noise_streams(), self._event_streams(), self._strengths()),
            lagged=self._lagged(),
            strengths=self._strength_rows(),
            fixed=fixed,
            fixed_rows=self._rows_of(fixed),
        )

    # Texts to expressions.

    def _computed(self) -> dict[Series, Expression]:
        """The formulas of computed indicators, each after those that it reads."""
        formulas: dict[Series, Expression] = {}
        for name, entry in self.pack.indicators.items():
            if entry.formula is not None:
                series = Series("indicator", name, entry.scope)
                formulas[series] = self.expressions.number(entry.formula, entry.scope)
        ordered: dict[Series, Expression] = {}

        def visit(series: Series) -> None:
            if series in formulas and series not in ordered:
                for read in sorted(leaves(formulas[series]), key=repr):
                    visit(read.series)
                ordered[series] = formulas[series]

        for series in formulas:
            visit(series)
        return ordered

    def _rule_expressions(self) -> list[Expression]:
        return [
            self.expressions.number(rule.rate or rule.noise or "0", self.axes[rule.adds_to])
            for rule in self.pack.rules.values()
        ]

    def _situation_expressions(self) -> list[tuple[Series, Expression, Expression]]:
        """Whether each situation acts: the hidden series, and what it is this year."""
        found = []
        for entry in self.pack.situations.values():
            active = Series("active", entry.id, entry.scope)
            starts = self.expressions.condition(entry.starts, entry.scope)
            ends = self.expressions.condition(entry.ends, entry.scope)
            acting = Holds(Read(active))
            goes_on = Logic("and", acting, Not(ends))
            begins = Logic("and", Not(acting), starts)
            now = Choose(Logic("or", goes_on, begins), Number(1.0), Number(0.0))
            limited = self._in_sectors(now, entry.sectors, entry.id)
            found.append((_now(entry.id, entry.scope), limited, limited))
        return found

    def _in_sectors(self, now: Expression, sectors: tuple[str, ...], name: str) -> Expression:
        """The same, zero outside some sectors."""
        if not sectors:
            return now
        mask = Read(Series("hidden", f"sectors of {name}", "sector"))
        return Choose(Holds(mask), now, Number(0.0))

    def _money(self) -> Money:
        scenario = self.scenario
        bonus = scenario.desk.bonus
        return Money(
            budget=self.expressions.number(scenario.budget),
            scale=self.expressions.number(scenario.scale),
            dilution=self.expressions.number(scenario.dilution),
            bonus=self.expressions.condition(bonus.when) if bonus else None,
            slots=scenario.desk.slots,
            bonus_slots=bonus.slots if bonus else 0,
        )

    def _check_everything(self) -> None:
        """Check what is read later, so that rows are kept for its flags and `previous` values."""
        for measure in self.measures:
            self.expressions.either(measure, ending=True)
        scenario = self.scenario
        for entry in (
            *self.pack.indicators.values(),
            *self.pack.events.values(),
            *self.pack.situations.values(),
            *self.pack.proposals.values(),
            *self.pack.strategies.values(),
            *(self.pack.bequests[name] for name in map(bare, scenario.bequests)),
            *(self.pack.aims[name] for name in map(bare, scenario.aims)),
            *(self.pack.endings[name] for name in map(bare, scenario.endings)),
            scenario,
        ):
            for leaf in walk.leaves(entry):
                if isinstance(leaf.mark, Expr) and leaf.at == "value":
                    self._check_text(leaf, getattr(entry, "scope", "nation"))
                elif isinstance(leaf.mark, Target):
                    self.moved.add(split_target(str(leaf.value))[0])
                elif isinstance(leaf.mark, Memory):
                    self.memory.setdefault(leaf.mark.kind, set()).add(leaf.value)
                elif leaf.path[-1] == "clear_flag":
                    self.memory.setdefault("flag", set()).add(leaf.value)
        for event in self.pack.events.values():
            hoist(self.expressions, self.pack, event)

    def _check_text(self, leaf: walk.Leaf, scope: Axis) -> None:
        assert isinstance(leaf.mark, Expr)
        if leaf.mark.scope == "target":
            # The key beside the text names what it is added to.
            name, place = split_target(str(leaf.path[-1]))
            axis = self.axes[name]
            scope = scope if place is not None or axis == "nation" else axis
        elif leaf.mark.scope == "nation":
            scope = "nation"
        self.expressions.checked(leaf.value, scope, leaf.mark.want, ending=leaf.mark.ending)

    # Rows.

    def _layout(self, computed: dict[Series, Expression]) -> Layout:
        pack = self.pack
        stored = [
            Series("indicator", name, entry.scope)
            for name, entry in pack.indicators.items()
            if entry.formula is None
        ]
        counters = [Series("counter", name, "nation") for name in self._memory_names("counter")]
        return lay_out(
            {
                "nation": ("",),
                "sector": tuple(pack.sectors),
                "region": tuple(pack.regions),
            },
            stored,
            counters,
            [
                *self._other_series(),
                *computed,
                *self.expressions.lagged,
                *map(_ended, filter(_is_money, self.expressions.lagged)),
            ],
            self.expressions.lagged,
        )

    def _other_series(self) -> Iterator[Series]:
        for name in SPECIALS:
            yield special(name)
        for name in BY_SECTOR:
            yield special(name)
        kinds: tuple[SeriesKind, ...] = ("planned", "locked", "support")
        for kind in kinds:
            for name, line in self.pack.instruments.items():
                yield Series(kind, name, line.scope)
        for name, line in self.pack.instruments.items():
            yield _smoothed(name, line.scope)
        for name in self._memory_names("flag"):
            yield Series("flag", name, "nation")
        for event in self.pack.events.values():
            yield Series("last", event.id, event.scope)
            yield Series("times", event.id, event.scope)
            if event.sectors:
                yield Series("hidden", f"sectors of {event.id}", "sector")
        for kind in SITUATION_KINDS:
            for situation in self.pack.situations.values():
                yield Series(kind, situation.id, situation.scope)
        for situation in self.pack.situations.values():
            yield _now(situation.id, situation.scope)
        for situation in self.pack.situations.values():
            if situation.sectors:
                yield Series("hidden", f"sectors of {situation.id}", "sector")
        for name, entry in self.pack.indicators.items():
            yield Series("after", name, entry.scope)
        yield from self.expressions.hoisted.values()
        for series, _ in self._chancy():
            yield series
        for rule in self.pack.rules:
            yield _strength(rule)

    def _memory_names(self, kind: Literal["flag", "counter"]) -> tuple[str, ...]:
        """Flags or counters that the pack sets or reads, and those that a campaign keeps."""
        names = self.memory.get(kind, set()) | self.expressions.remembered(kind)
        for person in self.pack.people:
            if kind == "counter":
                names |= {f"{person}.standing", f"{person}.favours"}
            else:
                names.add(f"{person}.pledge_broken")
        return tuple(sorted(names | ({DESK_OWED} if kind == "counter" else set())))

    def _instruments(self) -> Instruments:
        cells: list[tuple[str, str | None]] = []
        runs: list[tuple[Series, int, int]] = []
        ramps: list[float] = []
        halves: list[float] = []
        for name, entry in self.pack.instruments.items():
            places = tuple(self.pack.sectors) if entry.scope == "sector" else (None,)
            support = Series("support", name, entry.scope)
            runs.append((support, len(cells), len(cells) + len(places)))
            cells += [(name, place) for place in places]
            ramps += [float(entry.ramp)] * len(places)
            halves += [float(entry.half)] * len(places)
        first = next(iter(self.pack.instruments.items()), None)

        def run(kind: SeriesKind) -> slice:
            if first is None:
                return slice(0, 0)
            name, entry = first
            hidden = kind == "hidden"
            series = _smoothed(name, entry.scope) if hidden else Series(kind, name, entry.scope)
            start = self.layout.starts[series]
            return slice(start, start + len(cells))

        return Instruments(
            cells=tuple(cells),
            ramps=np.array(ramps)[:, None],
            halves=np.array(halves)[:, None],
            planned=run("planned"),
            smoothed=run("hidden"),
            support=run("support"),
            locked=run("locked"),
            runs=tuple(runs),
        )

    def _bounds(self) -> tuple[Floats, Floats]:
        low = np.full((self.layout.ledger, 1), -COUNTER_LIMIT)
        high = np.full((self.layout.ledger, 1), COUNTER_LIMIT)
        for name, entry in self.pack.indicators.items():
            if entry.formula is None:
                rows = self.layout.rows(Series("indicator", name, entry.scope))
                low[rows], high[rows] = entry.bounds
        return low, high

    def _lagged(self) -> Lagged:
        rows: list[int] = []
        money: list[int] = []
        ended: list[int] = []
        for series in self.expressions.lagged:
            run = self.layout.rows(series)
            if _is_money(series):
                money += range(len(rows), len(rows) + run.stop - run.start)
                kept = self.layout.rows(_ended(series))
                ended += range(kept.start, kept.stop)
            rows += range(run.start, run.stop)
        end = self.layout.height
        return Lagged(
            current=np.array(rows, dtype=np.int64),
            behind=slice(end - len(rows), end),
            money=np.array(money, dtype=np.int64),
            ended=np.array(ended, dtype=np.int64),
        )

    def _start(self) -> Floats:
        layout = self.layout
        matrix = np.zeros((layout.height, 1))
        for name, entry in self.pack.indicators.items():
            if entry.formula is None:
                series = Series("indicator", name, entry.scope)
                rows = layout.rows(series)
                matrix[rows] = 0.0 if entry.start is None else entry.start
                places = {"sector": self.pack.sectors, "region": self.pack.regions}
                for place, given in places.get(entry.scope, {}).items():
                    if name in given.start:
                        matrix[layout.row(series, place)] = given.start[name]
        for event in (*self.pack.events.values(), *self.pack.situations.values()):
            matrix[layout.rows(Series("last", event.id, event.scope))] = NEVER
            for sector in event.sectors:
                mask = Series("hidden", f"sectors of {event.id}", "sector")
                matrix[layout.row(mask, sector)] = 1.0
        for flag in self.scenario.flags:
            matrix[layout.row(Series("flag", flag, "nation"))] = 1.0
        matrix[layout.row(special("lines_scale"))] = 1.0
        matrix[layout.row(special("kept_promises"))] = 1.0
        for text, value in self.scenario.starts_from.items():
            name, at = split_target(text)
            series = Series("indicator", name, self.axes[name])
            if at is None:
                matrix[layout.rows(series)] = value
            else:
                matrix[layout.row(series, at)] = value
        self._organise(matrix)
        return matrix

    def _organise(self, matrix: Floats) -> None:
        degrees = {"market": 0.0, "mixed": 0.5, "mission": 1.0}
        rows = self.layout.rows(special("architecture"))
        matrix[rows] = 0.5
        for sector, architecture in self.scenario.architecture.items():
            row = self.layout.row(special("architecture"), sector)
            matrix[row] = degrees[architecture]

    # Programs.

    def _program(self) -> Schedule:
        return Schedule(Program(dict(self.layout.sizes)))

    def _snapshot(self, computed: dict[Series, Expression]) -> Schedule:
        schedule = self._program()
        for series, formula in computed.items():
            schedule.add(formula, store(self.pack, self.layout, series, formula))
        for aggregate, series in self.expressions.hoisted.items():
            schedule.add(aggregate, Sink("store", self.layout.rows(series)))
        for series, event in self._chancy():
            schedule.add(self._hazard(event), Sink("store", self.layout.rows(series)))
        return schedule

    def _chancy(self) -> Iterator[tuple[Series, EventEntry]]:
        """Events that come by chance, with the hidden series of their hazard."""
        for event in self.pack.events.values():
            if event.beat is None and event.chance not in ("0", "0.0"):
                yield Series("hidden", f"hazard of {event.id}", event.scope), event

    def _hazard(self, event: EventEntry) -> Expression:
        """The chance where the condition holds, zero elsewhere and outside its sectors."""
        chance = self.expressions.number(event.chance, event.scope)
        if event.when is not None:
            when = self.expressions.condition(event.when, event.scope)
            chance = Choose(when, chance, Number(0.0))
        return self._in_sectors(chance, event.sectors, event.id)

    def _hazards(self) -> Hazards:
        rows: list[int] = []
        events: list[int] = []
        places: list[int] = []
        last: list[int] = []
        cooldown: list[float] = []
        positions = {name: i for i, name in enumerate(self.pack.events)}
        for series, event in self._chancy():
            size = self.layout.sizes[event.scope]
            first = self.layout.starts[Series("last", event.id, event.scope)]
            rows += range(self.layout.starts[series], self.layout.starts[series] + size)
            events += [positions[event.id]] * size
            places += range(size)
            last += range(first, first + size)
            cooldown += [ONCE if event.cooldown is None else float(event.cooldown)] * size
        start = rows[0] if rows else 0
        assert rows == list(range(start, start + len(rows)))
        return Hazards(
            slice(start, start + len(rows)),
            np.array(events, dtype=np.int64),
            np.array(places, dtype=np.int64),
            np.array(last, dtype=np.int64),
            np.array(cooldown),
        )

    def _event_streams(self) -> list[tuple[str, str]]:
        return [
            (self.pack.lasting_id("event", event.id), place)
            for _, event in self._chancy()
            for place in self.layout.places[event.scope]
        ]

    def _rules(
        self,
        expressions: list[Expression],
        situations: list[tuple[Series, Expression, Expression]],
    ) -> tuple[Schedule, tuple[RuleRows, ...], int]:
        schedule = self._program()
        rows: list[RuleRows] = []
        amount = noise = 0
        for strength, (rule, expression) in enumerate(
            zip(self.pack.rules.values(), expressions, strict=True)
        ):
            axis = self.axes[rule.adds_to]
            target = self.layout.rows(Series("indicator", rule.adds_to, axis))
            size = self.layout.sizes[axis]
            run = slice(amount, amount + size)
            factor: slice | None = None
            drawn: int | None = None
            if rule.noise is not None:
                factor = slice(noise, noise + size)
                noise += size
            elif STRENGTH_RANGE[rule.grade or "invented"]:
                drawn = strength
                expression = self.expressions.strengthened(expression, Read(_strength(rule.id)))
            schedule.add(expression, Sink("add", target, None, factor, run))
            kind = "noise" if rule.noise is not None else "rule"
            cause = self._cause(kind, rule.id, rule.says or rule.id, rule.because, rule.grade or "")
            rows.append(RuleRows(target, run, cause, drawn))
            amount += size
        for now, acting, _ in situations:
            schedule.add(acting, Sink("store", self.layout.rows(now)))
            rows.append(RuleRows(slice(0, 0), slice(0, 0), -1, None))
        for row in self._situation_effects(schedule, amount):
            rows.append(row)
            amount = row.amount.stop
        return schedule, tuple(rows), amount

    def _situation_effects(self, schedule: Schedule, amount: int) -> Iterator[RuleRows]:
        for entry in self.pack.situations.values():
            acting = Holds(Read(_now(entry.id, entry.scope)))
            for effect in entry.effects:
                says = effect.says or entry.says or entry.title
                cause = self._cause("situation", entry.id, says, entry.because, entry.grade or "")
                for series, place, text, scope in self._situation_targets(entry.scope, effect):
                    rows = self.layout.rows(series)
                    if place is not None:
                        row = self.layout.row(series, place)
                        rows = slice(row, row + 1)
                    run = slice(amount, amount + rows.stop - rows.start)
                    amount = run.stop
                    value = self.expressions.number(text, scope)
                    added: Expression = Choose(acting, value, Number(0.0))
                    if "nation" not in (entry.scope, series.axis) and scope != entry.scope:
                        # A region moves once for every sector in which the situation acts.
                        added = Arithmetic("*", Aggregate("count", acting), value)
                    if added.axis != "nation" and (place is not None or series.axis == "nation"):
                        # One number moved by every sector in which the situation acts.
                        added = Aggregate("sum", added)
                    schedule.add(added, Sink("add", rows, None, None, run))
                    yield RuleRows(rows, run, cause, None)

    def _situation_targets(
        self, scope: Axis, effect: EffectEntry
    ) -> Iterator[tuple[Series, str | None, str, Axis]]:
        for text, amount in (effect.add or {}).items():
            name, place = split_target(text)
            series = Series("indicator", name, self.axes[name])
            fixed = place is not None or series.axis == "nation"
            yield series, place, amount, scope if fixed else series.axis
        for name, amount in (effect.count or {}).items():
            yield Series("counter", name, "nation"), None, amount, scope

    def _cause(self, kind: str, name: str, says: str, because: tuple[str, ...], grade: str) -> int:
        self.causes.append(Cause(kind, name, says, tuple(because), grade))
        return len(self.causes) - 1

    # Draws.

    def _noise_streams(self) -> list[tuple[str, str]]:
        streams = []
        for rule in self.pack.rules.values():
            if rule.noise is not None:
                name = self.pack.lasting_id("rule", rule.id)
                axis = self.axes[rule.adds_to]
                places = self.layout.places[axis]
                streams += [(name, place) for place in places]
        return streams

    def _strengths(self) -> list[tuple[str, float]]:
        return [
            (
                self.pack.lasting_id("rule", rule.id),
                0.0 if rule.noise is not None else STRENGTH_RANGE[rule.grade or "invented"],
            )
            for rule in self.pack.rules.values()
        ]

    def _fixed(self) -> frozenset[Series]:
        """What nothing moves while a state is carried on."""
        found = {_strength(rule) for rule in self.pack.rules}
        for name, entry in self.pack.indicators.items():
            if entry.constant and name not in self.moved:
                found.add(Series("indicator", name, entry.scope))
        for one in (*self.pack.events.values(), *self.pack.situations.values()):
            if one.sectors:
                found.add(Series("hidden", f"sectors of {one.id}", "sector"))
        return frozenset(found)

    def _rows_of(self, series: Iterable[Series]) -> NDArray[np.int64]:
        rows: list[int] = []
        for one in series:
            run = self.layout.rows(one)
            rows += range(run.start, run.stop)
        return np.array(sorted(rows), dtype=np.int64)

    def _strength_rows(self) -> slice:
        rows = [self.layout.starts[_strength(rule)] for rule in self.pack.rules]
        return slice(rows[0], rows[-1] + 1) if rows else slice(0, 0)

    def _situation_rows(self) -> Situations:
        names: list[tuple[str, str | None]] = []
        for entry in self.pack.situations.values():
            places: tuple[str | None, ...] = (None,)
            if entry.scope != "nation":
                places = self.layout.places[entry.scope]
            names += [(entry.id, place) for place in places]

        def run(series: Series | None) -> slice:
            start = 0 if series is None else self.layout.starts[series]
            return slice(start, start + len(names))

        first = next(iter(self.pack.situations.values()), None)
        if first is None:
            return Situations((), run(None), run(None), run(None), run(None))
        active, times, since = (Series(k, first.id, first.scope) for k in SITUATION_KINDS)
        now = _now(first.id, first.scope)
        return Situations(tuple(names), run(active), run(now), run(times), run(since))


def _now(situation: str, axis: Axis) -> Series:
    return Series("hidden", f"now {situation}", axis)


def _is_money(series: Series) -> bool:
    """Whether a new plan overwrites it between two years."""
    return series.kind not in ("indicator", "support")


def _ended(series: Series) -> Series:
    return Series("hidden", f"ended {series.kind} {series.name}", series.axis)


def _strength(rule: str) -> Series:
    return Series("hidden", f"strength of {rule}", "nation")


def _smoothed(instrument: str, axis: Axis) -> Series:
    return Series("hidden", f"smoothed {instrument}", axis)
