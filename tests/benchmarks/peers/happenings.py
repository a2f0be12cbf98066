"""Events written out: what happens by chance, its effects, and what its default answer costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.engine.compiling import ONCE
from game.packs.schema import Event
from game.rules.expression import Aggregate, Expression, Read, Series, children
from game.rules.rewrite import rebuilt
from tests.benchmarks.peers.wording import OWNERS, RUNS, Wording

if TYPE_CHECKING:
    from tests.benchmarks.peers.writing import Writer


@dataclass
class EventWriter:
    """Writes a model's events for a writer of the whole."""

    writer: Writer

    def __post_init__(self) -> None:
        hoisted = self.writer.model.expressions.hoisted
        self._hidden: dict[Series, Aggregate] = {series: one for one, series in hoisted.items()}

    def chances(self) -> Iterator[str]:
        """One function that finds what happens by chance: the event, the place, draw by chance."""
        wording = Wording(self.writer.names)
        lines: list[str] = []
        stream = 0
        for position, entry in enumerate(self.writer.model.pack.events.values()):
            if entry.beat is not None or entry.chance in ("0", "0.0"):
                continue
            chance = self.writer.model.expressions.number(entry.chance, entry.scope)
            lines += wording.hoisted(chance, "a")
            test = f"year - {{}}.{self._last(entry)} >= {_wait(entry)!r}"
            if entry.when is not None:
                when = self.writer.model.expressions.condition(entry.when, entry.scope)
                lines += wording.hoisted(when, "a")
                test += f" and {wording.condition(when)}"
            lines += self._chance(entry, position, stream, test, wording.number(chance))
            stream += self.writer.model.layout.sizes[entry.scope]
        keys = ", keys, world, uniform" if self.writer.dialect == "plain" else ""
        yield f"\n\ndef by_chance(n, sectors, regions, year{keys}):"
        yield "    found = []"
        yield from (f"    {line}" for line in lines)
        yield "    return found"

    def _chance(
        self, entry: Event, position: int, stream: int, test: str, chance: str
    ) -> Iterator[str]:
        owner, place, indent = OWNERS[entry.scope], "0", ""
        if entry.scope != "nation":
            places = self.writer.model.events[position].sectors
            yield f"for i in {places!r}:"
            yield "    s = sectors[i]"
            place, indent = "i", "    "
        draw = f"uniform(keys[{stream} + {place}], world)"
        if self.writer.dialect == "agents":
            draw = "n.random.random()"
        yield f"{indent}if {test.format(owner)}:"
        yield f"{indent}    c = {chance}"
        yield f"{indent}    u = {draw}"
        yield f"{indent}    if u < c:"
        yield f"{indent}        found.append(({position}, {place}, u / c))"

    def _last(self, entry: Event) -> str:
        return self.writer.names.of(Series("last", entry.id, entry.scope))

    def events(self) -> Iterator[str]:
        """Of each event its condition, its effects and those of its default answer, its price."""
        wording = Wording(self.writer.names)
        for position, entry in enumerate(self.writer.model.pack.events.values()):
            event = self.writer.model.events[position]
            self._last(entry)
            self.writer.names.of(Series("times", entry.id, entry.scope))
            if entry.when is not None:
                when = self.writer.model.expressions.condition(entry.when, entry.scope)
                yield f"\n\ndef when_{position}(n, sectors, regions, s):"
                yield f"    return {wording.condition(when)}"
            yield f"\n\ndef act_{position}(w, n, sectors, regions, year, places):"
            yield from self._acting(position, None, wording)
            if not event.choices:
                continue
            choice = event.choices[event.default]
            costs = entry.choices[event.default].costs
            money = self.writer.model.expressions.number(costs.money, entry.scope)
            yield f"\n\ndef price_{position}(n, sectors, regions, s):"
            yield f"    return max({wording.number(money)}, 0.0)"
            yield f"\n\ndef answer_{position}(w, n, sectors, regions, year, places):"
            for row in (choice.price.capital_row, choice.price.favours_row, choice.price.desk_row):
                if row is not None and row >= 0:
                    self.writer.keep_moved(self.writer.rows[row][0])
            yield from self._acting(position, event.default, wording)

    def _acting(self, position: int, choice: int | None, wording: Wording) -> Iterator[str]:
        event = self.writer.model.events[position]
        effects = event.effects if choice is None else event.choices[choice].effects
        national = event.national
        yield "    s = None"
        for one in effects.additions:
            series, index = self.writer.rows[one.start]
            name = self.writer.keep_moved(series)
            text = wording.number(self._restored(one.amount))
            span = f"'next_{name}', {text}, year, {one.over}, {one.fades}"
            if one.mode == "each":
                own = OWNERS[series.axis]
                yield f"    for {own} in {RUNS[series.axis]}:"
                yield "        for _ in places:"
                yield f"            w.add({own}, {span})"
                continue
            owner = "n" if series.axis == "nation" else f"{RUNS[series.axis]}[{index}]"
            if one.mode == "own":
                owner = "s"
            yield "    for i in places:"
            if not national:
                yield "        s = sectors[i]"
            yield f"        w.add({owner}, {span})"
        for setting in effects.settings:
            for row in range(setting.rows.start, setting.rows.stop):
                series, index = self.writer.rows[row]
                owner = "n" if series.axis == "nation" else f"{RUNS[series.axis]}[{index}]"
                yield f"    w.set({owner}, {self.writer.names.of(series)!r}, {setting.value!r})"
        for schedule in effects.schedules:
            target = self.writer.model.event_position[schedule.event]
            yield f"    w.schedule({target}, places, year + {max(1, schedule.years)})"

    def _restored(self, expression: Expression) -> Expression:
        """The same with hoisted aggregates put back."""
        if isinstance(expression, Read) and expression.series in self._hidden:
            return self._hidden[expression.series]
        return rebuilt(expression, map(self._restored, children(expression)))


def _wait(entry: Event) -> float:
    return ONCE if entry.cooldown is None else float(entry.cooldown)
