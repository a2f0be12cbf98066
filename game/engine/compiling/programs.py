"""The programs of a year: the snapshot, and what rules and situations add to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.engine.compiling import hidden
from game.engine.compiling.causes import Causes
from game.engine.compiling.chance import strength_range
from game.engine.compiling.texts import Texts
from game.engine.execute import Schedule, Sink
from game.engine.layout import Layout
from game.engine.lowering import Program
from game.engine.model import RuleRows, store
from game.engine.targets import amount_axis, split_target
from game.rules.expression import (
    Aggregate,
    Arithmetic,
    Axis,
    Expression,
    Holds,
    Read,
    Series,
)

if TYPE_CHECKING:
    from game.packs import Pack
    from game.packs.schema_events import Effect, Situation

NOWHERE = slice(0, 0)


def snapshot(pack: Pack, texts: Texts, layout: Layout) -> Schedule:
    """The program of a year's opening: computed indicators, aggregates of events, hazards."""
    schedule = Schedule(Program(dict(layout.sizes)))
    for series, formula in texts.computed.items():
        schedule.add(formula, store(pack, layout, series, formula))
    for aggregate, series in texts.expressions.hoisted.items():
        schedule.add(aggregate, Sink("store", layout.rows(series)))
    for series, chance in texts.hazards.items():
        schedule.add(chance, Sink("store", layout.rows(series)))
    return schedule


@dataclass
class RulesProgram:
    """The program of rules, noise and situations, with what the ledger calls its rows.

    Attributes:
        pack: the merged content.
        texts: its expressions.
        layout: the rows of the state matrix.
        causes: what ledger rows can name; what rules and situations add is appended.
        schedule: the program.
        rows: of each of its roots, what it adds to.
        amounts: how many rows the amounts take.
    """

    pack: Pack
    texts: Texts
    layout: Layout
    causes: Causes
    schedule: Schedule = field(init=False)
    rows: list[RuleRows] = field(default_factory=list)
    amounts: int = 0

    def __post_init__(self) -> None:
        """Compile rules, then whether situations act, then what these add."""
        self.schedule = Schedule(Program(dict(self.layout.sizes)))
        self._add_rules()
        for now, acting in self.texts.acting.items():
            self.schedule.add(acting, Sink("store", self.layout.rows(now)))
            self.rows.append(RuleRows(NOWHERE, NOWHERE, -1, None))
        for situation in self.pack.situations.values():
            for effect in situation.effects:
                self._add_effect(situation, effect)

    def _add_rules(self) -> None:
        drawn = 0
        rates = zip(self.pack.rules.values(), self.texts.rates, strict=True)
        for position, (rule, rate) in enumerate(rates):
            series = Series("indicator", rule.adds_to, self.pack.indicators[rule.adds_to].scope)
            target = self.layout.rows(series)
            noise: slice | None = None
            strength: int | None = None
            if rule.noise is not None:
                noise = slice(drawn, drawn + target.stop - target.start)
                drawn = noise.stop
            elif strength_range(rule):
                strength = position
                factor = Read(hidden.strength(rule))
                rate = self.texts.expressions.strengthened(rate, factor)
            kind = "rule" if noise is None else "noise"
            says = rule.says or rule.id
            cause = self.causes.number(kind, rule.id, says, rule.because, rule.grade or "")
            self._add(rate, target, cause, noise, strength)

    def _add_effect(self, situation: Situation, effect: Effect) -> None:
        """What a situation adds every year in which it acts."""
        says = effect.says or situation.says or situation.title
        because, grade = situation.because, situation.grade or ""
        cause = self.causes.number("situation", situation.id, says, because, grade)
        for series, place, text, axis in self._targets(situation.scope, effect):
            value = self.texts.expressions.number(text, axis)
            added = _while_acting(situation, value, axis, series.axis)
            if added.axis != "nation" and (place is not None or series.axis == "nation"):
                # One number moved by every sector in which the situation acts.
                added = Aggregate("sum", added)
            self._add(added, self.layout.rows(series, place), cause)

    def _targets(
        self, scope: Axis, effect: Effect
    ) -> Iterator[tuple[Series, str | None, str, Axis]]:
        """The series and place of each amount, its text and the axis of that."""
        for target, amount in (effect.add or {}).items():
            name, place = split_target(target)
            series = Series("indicator", name, self.pack.indicators[name].scope)
            yield series, place, amount, amount_axis(series.axis, place, scope)
        for name, amount in (effect.count or {}).items():
            yield Series("counter", name, "nation"), None, amount, scope

    def _add(
        self,
        expression: Expression,
        target: slice,
        cause: int,
        noise: slice | None = None,
        strength: int | None = None,
    ) -> None:
        """Append a root that adds to the ledger."""
        amount = slice(self.amounts, self.amounts + target.stop - target.start)
        self.amounts = amount.stop
        self.schedule.add(expression, Sink("add", target, None, noise, amount))
        self.rows.append(RuleRows(target, amount, cause, strength))


def _while_acting(situation: Situation, value: Expression, axis: Axis, target: Axis) -> Expression:
    """A value where a situation acts, zero elsewhere."""
    acting = Holds(Read(hidden.acts_now(situation)))
    if "nation" not in (situation.scope, target) and axis != situation.scope:
        # A region moves once for every sector in which the situation acts.
        return Arithmetic("*", Aggregate("count", acting), value)
    return hidden.where(acting, value)
