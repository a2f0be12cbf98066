"""Events and choices compiled: their conditions, chances, prices and effects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.engine.compiling.causes import Causes
from game.engine.effects import (
    Addition,
    Choice,
    Effects,
    Event,
    Price,
    Scheduling,
    Setting,
)
from game.engine.execute import Sparse
from game.engine.expressions import Expressions
from game.engine.layout import DESK_OWED, Layout
from game.engine.lowering import Program
from game.engine.targets import amount_axis, bare, split_target
from game.rules.expression import Axis, Expression, Number, Series

if TYPE_CHECKING:
    from game.packs import Pack
    from game.packs.schema_campaign import Scenario
    from game.packs.schema_events import Choice as ChoiceEntry
    from game.packs.schema_events import Effect as EffectEntry
    from game.packs.schema_events import Event as EventEntry


@dataclass
class EventCompiler:
    """Compiles a pack's events onto a layout.

    Attributes:
        pack: the merged content.
        scenario: names the indicator of political capital.
        expressions: the checked texts, with aggregates hoisted.
        layout: the rows of the state matrix.
        causes: what ledger rows can name; what events add is appended.
    """

    pack: Pack
    scenario: Scenario
    expressions: Expressions
    layout: Layout
    causes: Causes

    def events(self) -> Iterator[Event]:
        """The events in canonical order."""
        ranks = {name: rank for rank, name in enumerate(sorted(self.pack.events))}
        for entry in self.pack.events.values():
            yield self._event(entry, ranks[entry.id])

    def _event(self, entry: EventEntry, rank: int) -> Event:
        national = entry.scope == "nation"
        sectors = tuple(self.pack.sectors)
        places: tuple[int, ...] = (0,)
        if not national:
            places = tuple(sorted(sectors.index(s) for s in entry.sectors or sectors))
        choices = tuple(self._choice(entry, choice) for choice in entry.choices)
        default = next((i for i, c in enumerate(choices) if c.id == entry.default), 0)
        return Event(
            id=entry.id,
            sectors=places,
            national=national,
            when=self._sparse_condition(entry.when, entry.scope),
            last=self.layout.starts[Series("last", entry.id, entry.scope)],
            times=self.layout.starts[Series("times", entry.id, entry.scope)],
            choices=choices,
            default=default,
            effects=self._effects(
                entry.effects,
                entry.scope,
                ("event", entry.id, entry.bulletin or entry.title),
                entry.because,
                entry.grade or "",
            ),
            rank=rank,
        )

    def _choice(self, event: EventEntry, choice: ChoiceEntry) -> Choice:
        costs = choice.costs
        name = f"{event.id}:{choice.id}"
        grade = choice.grade or event.grade or ""
        because = choice.because or event.because
        favour = None
        if costs.favour is not None:
            favour = self.layout.row(Series("counter", f"{costs.favour}.favours", "nation"))
        capital = self.scenario.capital
        price = Price(
            money=self._sparse_amount(costs.money, event.scope),
            capital=max(0.0, float(costs.capital)),
            capital_row=self.layout.row(Series("indicator", capital, "nation")) if capital else -1,
            favours_row=favour,
            desk_row=self.layout.row(DESK_OWED) if costs.dossier else None,
            dossiers=costs.dossier,
            cause=self.causes.number("choice", name, f"Paid for: {choice.label}", because, grade),
        )
        return Choice(
            id=choice.id,
            when=self._sparse_condition(choice.when, event.scope),
            price=price,
            effects=self._effects(
                choice.effects,
                event.scope,
                ("choice", name, choice.says or choice.label),
                because,
                grade,
            ),
        )

    def _sparse_condition(self, text: str | None, scope: Axis) -> Sparse | None:
        if text is None:
            return None
        expression = self.expressions.condition(text, scope)
        return Sparse([self.expressions.hoist(expression)], self.layout)

    def _sparse_amount(self, text: str, scope: Axis) -> Sparse | None:
        if text in ("0", "0.0"):
            return None
        expression = self.expressions.number(text, scope)
        return Sparse([self.expressions.hoist(expression)], self.layout)

    def _effects(
        self,
        entries: tuple[EffectEntry, ...],
        scope: Axis,
        named: tuple[str, str, str],
        because: tuple[str, ...],
        grade: str,
    ) -> Effects:
        additions: list[Addition] = []
        settings: list[Setting] = []
        schedules: list[Scheduling] = []
        kind, name, says = named
        for entry in entries:
            if entry.add is not None or entry.count is not None:
                cause = self.causes.number(kind, name, entry.says or says, because, grade)
                additions += self._additions(entry, scope, cause)
            elif entry.schedule is not None:
                later = bare(entry.schedule.event)
                schedules.append(Scheduling(later, entry.schedule.years, scope == "nation"))
            else:
                settings.append(self._setting(entry))
        return Effects(self.layout, tuple(additions), tuple(settings), tuple(schedules))

    def _additions(self, entry: EffectEntry, scope: Axis, cause: int) -> Iterator[Addition]:
        for text, amount in (entry.add or {}).items():
            name, place = split_target(text)
            series = Series("indicator", name, self.pack.indicators[name].scope)
            mode = "fixed"
            if place is None and series.axis != "nation":
                mode = "own" if series.axis == scope else "each"
            yield Addition(
                start=self.layout.row(series, place),
                mode=mode,
                places=self.layout.sizes[series.axis],
                amount=self._amount(amount, amount_axis(series.axis, place, scope)),
                cause=cause,
                over=entry.over,
                fades=entry.fades,
            )
        for name, amount in (entry.count or {}).items():
            row = self.layout.row(Series("counter", name, "nation"))
            yield Addition(row, "fixed", 1, self._amount(amount, scope), cause)

    def _amount(self, text: str, scope: Axis) -> Expression:
        expression = self.expressions.hoist(self.expressions.number(text, scope))
        if isinstance(expression, Number):
            return expression
        # Most others are written numbers, many with a minus: known here, not worked out each time.
        known = Program(dict(self.layout.sizes)).number(expression)
        return Number(known) if isinstance(known, float) else expression

    def _setting(self, entry: EffectEntry) -> Setting:
        flag = entry.set_flag or entry.clear_flag
        if flag is not None:
            rows = self.layout.rows(Series("flag", flag, "nation"))
            return Setting(rows, 1.0 if entry.set_flag else 0.0)
        name, place = split_target(entry.lock or entry.unlock or "")
        series = Series("locked", name, self.pack.instruments[name].scope)
        return Setting(self.layout.rows(series, place), 1.0 if entry.lock else 0.0)
