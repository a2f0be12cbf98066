"""The whole model written out as a Python module: dataclasses, loops, one line a rule.

The same source is written in two dialects. `plain` loops over a list of sectors; `agents` hands
each loop's body to Mesa's `AgentSet.do`, and draws from Mesa's generator instead of the keyed dice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from game.engine import Model
from game.engine.compiling import STRENGTH_RANGE
from game.engine.layout import special
from game.engine.model import store
from game.engine.targets import split_target
from game.packs.schema import Rule, Situation
from game.rules import canonical
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
    children,
)
from tests.benchmarks.peers.happenings import EventWriter
from tests.benchmarks.peers.wording import AXES, OWNERS, RUNS, Dialect, Names, Wording

CLASSES: dict[Axis, str] = {"nation": "Nation", "sector": "Sector", "region": "Region"}
PRELUDE = """\
from dataclasses import dataclass
from math import sqrt


def saturate(x, half):
    x = max(x, 0.0)
    return x / (x + half)


def lerp(a, b, t):
    return a + (b - a) * t


def div(a, b, default):
    return a / b if b != 0.0 else default
"""


@dataclass
class Block:
    """Lines for every place of an axis, or for the nation once."""

    axis: Axis
    lines: list[str] = field(default_factory=list)


@dataclass
class Writer:
    """Writes one model in one dialect.

    Attributes:
        model: the compiled scenario.
        dialect: which of the two.
        names: the attributes; complete once `source` has been called.
        moved: the stored series that anything moves.
        rows: the series and place of each row of the engine's matrix.
    """

    model: Model
    dialect: Dialect

    def __post_init__(self) -> None:
        layout = self.model.layout
        self.names = Names(layout.sizes)
        self.moved: dict[Series, None] = {}
        self.strengths = {rule: i for i, rule in enumerate(self.model.pack.rules)}
        self.rows = {
            start + offset: (series, offset)
            for series, start in layout.starts.items()
            for offset in range(layout.sizes[series.axis])
        }

    def source(self) -> str:
        """The text of the module."""
        parts = [
            *self._computing("snapshot", self.model.computed, first_year=False),
            *self._computing("first_snapshot", self.model.computed, first_year=True),
            *self._recording(),
            *self._rules(),
            *self._money(),
            *EventWriter(self).chances(),
            *EventWriter(self).events(),
            *self._memory(),
        ]
        settling = self._settling()
        return "\n".join([PRELUDE, *self._classes(), *parts, *settling]) + "\n"

    # Phases: runs of blocks.

    def _phase(self, name: str, blocks: Iterable[Block], extra: str = "") -> Iterator[str]:
        """A function that carries blocks out one after the other."""
        bodies: list[str] = []
        lines = [f"\n\ndef {name}(n, sectors, regions{extra}):"]
        count = 0
        for block in blocks:
            if not block.lines:
                continue
            if block.axis == "nation":
                lines += [f"    {line}" for line in block.lines]
                continue
            one, run = OWNERS[block.axis], RUNS[block.axis]
            if self.dialect == "plain":
                lines.append(f"    for i, {one} in enumerate({run}):")
                lines += [f"        {line}" for line in block.lines]
                continue
            count += 1
            text = "\n".join(block.lines)
            shared = ", ".join(v for v in self._variables(lines) if v in text)
            given = f"n, sectors, regions{extra}" + (f", {shared}" if shared else "")
            bodies += [f"\n\ndef {name}_{count}({one}, {given}):"]
            bodies += [f"    {line}" for line in block.lines]
            bodies.append(f"\n\n{CLASSES[block.axis]}Agent.{name}_{count} = {name}_{count}")
            lines.append(f'    n.{run}_set.do("{name}_{count}", {given})')
        yield from bodies
        yield from lines if len(lines) > 1 else [*lines, "    pass"]

    @staticmethod
    def _variables(lines: Iterable[str]) -> list[str]:
        """The aggregates that stand in variables of the function's own level."""
        found = [line.split(" = ")[0].strip() for line in lines]
        return [name for name in dict.fromkeys(found) if name[0] == "a" and name[1:].isdigit()]

    def _computing(
        self, name: str, formulas: Iterable[Series], *, first_year: bool
    ) -> Iterator[str]:
        wording = Wording(self.names, first_year)
        blocks: list[Block] = [Block("nation")]
        for series in formulas:
            formula = self.model.computed[series]
            shared = wording.hoisted(formula, "a")
            sink = store(self.model.pack, self.model.layout, series, formula)
            text = wording.number(formula)
            if sink.bounds is not None:
                text = f"min(max({text}, {sink.bounds[0]!r}), {sink.bounds[1]!r})"
            line = f"{OWNERS[series.axis]}.{self.names.of(series)} = {text}"
            if shared or picks(formula) or blocks[-1].axis != series.axis:
                blocks += [Block("nation", shared), Block(series.axis)]
            blocks[-1].lines.append(line)
        yield from self._phase(name, blocks)

    def _recording(self) -> Iterator[str]:
        money = self.model.money
        wanted = self.model.needed(frozenset({money.scale, money.dilution}))
        needed = [series for series in self.model.computed if series in wanted]
        yield from self._computing("record_needed", needed, first_year=False)
        yield from self._computing("record_all", self.model.computed, first_year=False)

    # Rules and situations.

    def _rules(self) -> Iterator[str]:
        wording = Wording(self.names)
        blocks = {axis: Block(axis) for axis in AXES}
        shared: list[str] = []
        now = self._situations(wording, shared)
        after: list[str] = []
        rows: dict[Series, list[str]] = {}
        for rule in self.model.pack.rules.values():
            series, text = self._rule(rule, wording, shared)
            rows.setdefault(series, []).append(text)
        for situation in self.model.pack.situations.values():
            after.extend(self._situation_rows(situation, wording, rows))
        for series, texts in rows.items():
            one, name = OWNERS[series.axis], self.keep_moved(series)
            lines = [f"t = {one}.{name}", *(f"t += {text}" for text in texts)]
            blocks[series.axis].lines += [*lines, f"{one}.next_{name} = t"]
        before = [Block("nation", shared), *now]
        extra = ", k, z" if self.dialect == "plain" else ", k"
        last = Block("nation", after)
        yield from self._phase("rules", [*before, *blocks.values(), last], extra)

    def _rule(self, rule: Rule, wording: Wording, shared: list[str]) -> tuple[Series, str]:
        pack = self.model.pack
        axis = pack.indicators[rule.adds_to].scope
        expression = self.model.expressions.number(rule.rate or rule.noise or "0", axis)
        series = Series("indicator", rule.adds_to, axis)
        shared += wording.hoisted(expression, "a")
        if rule.noise is not None:
            return series, f"{wording.number(expression)} * {self._bell(rule, axis)}"
        if STRENGTH_RANGE[rule.grade or "invented"]:
            strength = Series("hidden", f"strength of {rule.id}", "nation")
            wording.variables[strength] = f"k[{self.strengths[rule.id]}]"
            expression = canonical(Arithmetic("*", Read(strength), expression))
        return series, wording.number(expression)

    def _bell(self, rule: Rule, axis: Axis) -> str:
        if self.dialect == "agents":
            return "n.random.gauss(0.0, 1.0)"
        first = 0
        for other in self.model.pack.rules.values():
            if other.id == rule.id:
                break
            if other.noise is not None:
                first += self.model.layout.sizes[self.model.pack.indicators[other.adds_to].scope]
        return f"z[{first}]" if axis == "nation" else f"z[{first} + i]"

    def _situations(self, wording: Wording, shared: list[str]) -> list[Block]:
        """Whether each acts this year."""
        blocks: list[Block] = []
        for entry in self.model.pack.situations.values():
            acting = Holds(Read(Series("active", entry.id, entry.scope)))
            starts = self.model.expressions.condition(entry.starts, entry.scope)
            ends = self.model.expressions.condition(entry.ends, entry.scope)
            goes_on = Logic("and", acting, Not(ends))
            test: Expression = Logic("or", goes_on, Logic("and", Not(acting), starts))
            if entry.sectors:
                mask = Series("hidden", f"sectors of {entry.id}", "sector")
                test = Logic("and", Holds(Read(mask)), test)
            shared += wording.hoisted(test, "a")
            name = self.names.of(_now(entry))
            line = f"{OWNERS[entry.scope]}.{name} = {wording.number(test)}"
            blocks.append(Block(entry.scope, [line]))
        return blocks

    def _situation_rows(
        self, entry: Situation, wording: Wording, rows: dict[Series, list[str]]
    ) -> Iterator[str]:
        """Effects go with the rules of what they move; those on one place alone come after."""
        acting = Holds(Read(_now(entry)))
        for effect in entry.effects:
            targets = {**(effect.add or {})}
            for text, amount in targets.items():
                name, place = split_target(text)
                series = Series("indicator", name, self.model.pack.indicators[name].scope)
                fixed = place is not None or series.axis == "nation"
                scope = entry.scope if fixed else series.axis
                value = self.model.expressions.number(amount, scope)
                added: Expression = Choose(acting, value, Number(0.0))
                if added.axis != "nation" and fixed:
                    added = Aggregate("sum", added)
                if place is None and series.axis != "nation":
                    rows.setdefault(series, []).append(wording.number(added))
                    continue
                yield from self._later(series, place, wording.number(added), rows)
            for name, amount in (effect.count or {}).items():
                series = Series("counter", name, "nation")
                value = self.model.expressions.number(amount, entry.scope)
                added = Choose(acting, value, Number(0.0))
                if added.axis != "nation":
                    added = Aggregate("sum", added)
                yield from self._later(series, None, wording.number(added), rows)

    def _later(
        self, series: Series, place: str | None, text: str, rows: dict[Series, list[str]]
    ) -> Iterator[str]:
        rows.setdefault(series, [])
        owner = "n"
        if place is not None:
            index = self.model.layout.places[series.axis].index(place)
            owner = f"{RUNS[series.axis]}[{index}]"
        yield f"{owner}.next_{self.keep_moved(series)} += {text}"

    def keep_moved(self, series: Series) -> str:
        """The attribute of something that moves, which then has a next value as well."""
        self.moved[series] = None
        return self.names.of(series)

    # Money.

    def _money(self) -> Iterator[str]:
        wording, money = Wording(self.names), self.model.money
        scale, dilution = wording.number(money.scale), wording.number(money.dilution)
        yield "\n\ndef money(n, sectors, regions):"
        yield f"    return {scale}, min(max({dilution}, 0.0), 1.0)"
        yield "\n\ndef budget(n, sectors, regions):"
        yield f"    return max({wording.number(money.budget)}, 0.0)"
        bonus = "0.0"
        if money.bonus is not None:
            bonus = f"{money.bonus_slots} if {wording.condition(money.bonus)} else 0.0"
        yield "\n\ndef desk(n, sectors, regions):"
        owed = self.keep_moved(Series("counter", "desk.owed", "nation"))
        yield f"    return max({float(money.slots)} + ({bonus}) - n.{owed}, 1.0)"

    # Memory, bounds, classes.

    def _memory(self) -> Iterator[str]:
        """What situations were doing, and the values that are kept for a year."""
        blocks = []
        for entry in self.model.pack.situations.values():
            one = OWNERS[entry.scope]
            of = [Series(k, entry.id, entry.scope) for k in ("active", "times", "last")]
            active, times, last = (f"{one}.{self.names.of(series)}" for series in of)
            now = f"{one}.{self.names.of(_now(entry))}"
            lines = [f"if {now} > {active}:", f"    {times} += 1.0", f"    {last} = n.year"]
            blocks.append(Block(entry.scope, [*lines, f"{active} = {now}"]))
        yield from self._phase("remember", blocks)
        for name in ("current", "put_behind"):
            extra = ", kept" if name == "put_behind" else ""
            yield f"\n\ndef {name}(n, sectors, regions{extra}):"
            yield from self._lagged(name)

    def _lagged(self, name: str) -> Iterator[str]:
        cells = []
        for series in self.model.expressions.lagged:
            for index in range(self.model.layout.sizes[series.axis]):
                owner = "n" if series.axis == "nation" else f"{RUNS[series.axis]}[{index}]"
                cells.append((owner, series))
        if name == "current":
            yield "    return ["
            yield from (f"        {owner}.{self.names.of(series)}," for owner, series in cells)
            yield "    ]"
            return
        yield "    pass"
        for i, (owner, series) in enumerate(cells):
            yield f"    {owner}.{self.names.of(series, lagged=True)} = kept[{i}]"

    def _settling(self) -> Iterator[str]:
        blocks = {axis: Block(axis) for axis in AXES}
        for series in self.moved:
            row = self.model.layout.starts[series]
            low, high = float(self.model.low[row, 0]), float(self.model.high[row, 0])
            one, name = OWNERS[series.axis], self.names.of(series)
            line = f"{one}.{name} = min(max({one}.next_{name}, {low!r}), {high!r})"
            blocks[series.axis].lines.append(line)
        yield from self._phase("settle", blocks.values())
        ruled = {
            Series("indicator", rule.adds_to, self.model.pack.indicators[rule.adds_to].scope)
            for rule in self.model.pack.rules.values()
        }
        resting = {axis: Block(axis) for axis in AXES}
        for series in self.moved:
            if series not in ruled:
                one, name = OWNERS[series.axis], self.names.of(series)
                resting[series.axis].lines.append(f"{one}.next_{name} = {one}.{name}")
        yield from self._phase("rest", resting.values())

    def _classes(self) -> Iterator[str]:
        for name in ("year", "plan_year", "plan", "budget", "reserve", "priorities", "desk"):
            self.names.of(special(name))
        for name in ("reserve_left", "lines_scale", "stops"):
            self.names.of(special(name))
        for axis in AXES:
            attributes = list(self.names.attributes[axis])
            attributes += [f"next_{self.names.of(one)}" for one in self.moved if one.axis == axis]
            title = CLASSES[axis]
            if self.dialect == "plain":
                yield f"\n\n@dataclass(slots=True)\nclass {title}:"
                yield from (f"    {name}: float = 0.0" for name in attributes)
            yield f"\n\ndef fill_{axis}(to, source):"
            yield from (f"    to.{name} = source.{name}" for name in attributes)


def picks(expression: Expression) -> bool:
    """Whether an expression reads one named place of a run."""
    if isinstance(expression, Read):
        return expression.index is not None
    return any(map(picks, children(expression)))


def _now(entry: Situation) -> Series:
    return Series("hidden", f"now {entry.id}", entry.scope)
