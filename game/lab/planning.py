"""A strategy made ready for one scenario: which entry serves, and what it orders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.engine import Orders
from game.lab.errors import unknown
from game.packs.schema import Money, PlanEntry
from game.rules import RuleError

if TYPE_CHECKING:
    from game.engine import Model, State
    from game.engine.execute import Floats
    from game.packs.schema_lab import Allocation
    from game.rules.expression import Expression

Cell = tuple[str, str | None]
"""An instrument and its sector, or None for a national one."""


class PlanningError(ValueError):
    """A strategy that this scenario cannot carry out; the text says what and where."""


@dataclass(frozen=True, slots=True)
class Line:
    """Money for one cell of a plan: a part of what the strategy gives to `parts` cells evenly."""

    cell: Cell
    money: Money
    parts: int = 1

    def billion(self, budget: Floats) -> Floats:
        """Billion yuan over the plan, in each world."""
        whole = budget * self.money.amount if self.money.of_budget else self.money.amount
        return np.broadcast_to(np.asarray(whole / self.parts), budget.shape)


@dataclass(frozen=True, slots=True)
class Target:
    """A promise of a strategy, checked."""

    measure: Expression
    lower: bool
    value: float
    kept: Expression
    """Political capital that the word pays when it is kept."""
    broken: Expression
    title: str

    def keeps(self, numbers: Floats) -> NDArray[np.bool_]:
        """In which worlds a number keeps it."""
        found: NDArray[np.bool_] = numbers >= self.value if self.lower else numbers <= self.value
        return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """One entry of a strategy, checked against the scenario."""

    when: Expression | None
    lines: tuple[Line, ...]
    shifted: tuple[Line, ...] | None
    """The lines from the plan's fourth year, where they change."""
    architecture: Mapping[str, str]
    sunset: tuple[str, ...]
    """Sectors whose dossiers are stamped to end with the plan."""
    choices: Mapping[str, int]
    """The position of the choice for each event that is answered in its own way."""
    targets: tuple[Target, ...]


def texts_of(plans: Iterable[PlanEntry]) -> tuple[str, ...]:
    """The expressions that a strategy reads, to be named when its model is compiled."""
    found: dict[str, None] = {}
    for entry in plans:
        if entry.when is not None:
            found[entry.when] = None
        found |= dict.fromkeys(target.measure for target in entry.targets)
    return tuple(found)


class Planner:
    """A strategy for one scenario.

    Args:
        model: the compiled scenario; `texts_of(plans)` must have been among its measures.
        plans: the strategy's entries.
        name: what messages call the strategy.

    Raises:
        PlanningError: the scenario does not have what the strategy names.
    """

    def __init__(self, model: Model, plans: Sequence[PlanEntry], name: str = "") -> None:
        self.model = model
        self.name = name or "the strategy"
        self.entries = tuple(self._prepared(entry, i) for i, entry in enumerate(plans))
        self._plain = [i for i, entry in enumerate(self.entries) if entry.when is None]
        self.shifts = any(entry.shifted is not None for entry in self.entries)

    @property
    def conditional(self) -> bool:
        """Whether any entry asks how things stand."""
        return len(self._plain) < len(self.entries)

    def serving(self, plan: int, reported: Floats) -> NDArray[np.int64]:
        """The position of the entry that serves each world.

        The first whose condition holds, else the one of the plan's turn among those without a
        condition, else the last.

        Args:
            plan: which plan begins, counted from 0.
            reported: the matrix of reported numbers, as `when:` reads it.
        """
        turn = self._plain or list(range(len(self.entries)))
        serving = np.full(reported.shape[1], turn[min(plan, len(turn) - 1)], dtype=np.int64)
        for position in reversed(range(len(self.entries))):
            when = self.entries[position].when
            if when is not None:
                serving[self.model.value(when, reported) > 0.5] = position
        return serving

    def orders(
        self,
        state: State,
        serving: NDArray[np.int64],
        budget: Floats,
        years: int,
        *,
        shifted: bool = False,
    ) -> tuple[Orders, NDArray[np.bool_]]:
        """The orders of a plan, and the worlds whose money did not reach for what was written.

        Where whole billions come to more than the budget, every line is cut alike.
        """
        used = sorted({int(one) for one in np.unique(serving)})
        parts, short = [], np.zeros(state.width, dtype=bool)
        for position in used:
            allocation, over = self._allocation(self.entries[position], budget, shifted)
            short |= over & (serving == position)
            entry = self.entries[position]
            parts.append(
                Orders.of(
                    self.model,
                    state,
                    allocation,
                    entry.architecture,
                    years=years,
                    sunset=entry.sunset,
                )
            )
        which = np.searchsorted(np.array(used), serving).astype(np.float64)
        return Orders.picked(parts, which), short

    def answers(
        self, event: str, serving: NDArray[np.int64], worlds: NDArray[np.int64]
    ) -> NDArray[np.int64] | None:
        """The position of each world's answer to an event; None where nobody says anything."""
        if not any(event in entry.choices for entry in self.entries):
            return None
        found = self.model.events[self.model.event_position[event]]
        chosen = np.full(len(worlds), found.default, dtype=np.int64)
        for position, entry in enumerate(self.entries):
            if event in entry.choices:
                chosen[serving[worlds] == position] = entry.choices[event]
        return chosen

    def _allocation(
        self, entry: Prepared, budget: Floats, shifted: bool
    ) -> tuple[dict[Cell, Floats], NDArray[np.bool_]]:
        lines = entry.shifted if shifted and entry.shifted is not None else entry.lines
        money = {line.cell: line.billion(budget) for line in lines}
        total = np.zeros_like(budget)
        for amount in money.values():
            total = total + amount
        over = total > budget * (1.0 + 1e-9)
        if over.any():
            kept = np.divide(budget, total, out=np.ones_like(budget), where=over)
            money = {cell: amount * kept for cell, amount in money.items()}
        return money, over

    # Checks.

    def _prepared(self, entry: PlanEntry, position: int) -> Prepared:
        where = f"{self.name}, plan {position + 1}"
        lines = tuple(self._lines(entry.allocate, where))
        shifted = None
        if entry.shift:
            shifted = tuple(self._lines({**entry.allocate, **entry.shift}, where))
        for sector in (*entry.architecture, *entry.sunset):
            self._known("sector", sector, self.model.layout.places["sector"], where)
        return Prepared(
            when=self._checked(entry.when, where, condition=True) if entry.when else None,
            lines=lines,
            shifted=shifted,
            architecture=dict(entry.architecture),
            sunset=entry.sunset,
            choices={
                event: self._choice(event, choice, where) for event, choice in entry.choices.items()
            },
            targets=tuple(self._targets(entry, where)),
        )

    def _lines(self, allocation: Allocation, where: str) -> Iterator[Line]:
        pack, scenario = self.model.pack, self.model.scenario
        instruments = pack.instruments if scenario.instruments == "all" else scenario.instruments
        sectors = tuple(pack.sectors) if scenario.sectors == "all" else tuple(scenario.sectors)
        for name, given in allocation.items():
            self._known("instrument", name, pack.instruments, where)
            self._in_play("instrument", name, instruments, where)
            national = pack.instruments[name].scope == "nation"
            if isinstance(given, Money):
                cells = (None,) if national else sectors
                yield from (Line((name, cell), given, len(cells)) for cell in cells)
                continue
            if national:
                raise PlanningError(f"{where}: {name} is national, so it takes one amount")
            for sector, money in given.items():
                self._known("sector", sector, pack.sectors, where)
                self._in_play("sector", sector, sectors, where)
                yield Line((name, sector), money)

    def _targets(self, entry: PlanEntry, where: str) -> Iterator[Target]:
        prices = self.model.scenario.prices
        for target in entry.targets:
            kept, broken = getattr(prices, target.word)
            value = target.at_least if target.at_least is not None else target.at_most
            assert value is not None
            yield Target(
                measure=self._checked(target.measure, where),
                lower=target.at_least is not None,
                value=value,
                kept=self._checked(kept, where),
                broken=self._checked(broken, where),
                title=target.title or target.measure,
            )

    def _choice(self, event: str, choice: str, where: str) -> int:
        self._known("event", event, self.model.event_position, where)
        found = self.model.events[self.model.event_position[event]]
        ids = [one.id for one in found.choices]
        self._known(f"choice of {event}", choice, ids, where)
        return ids.index(choice)

    def _checked(self, text: str, where: str, *, condition: bool = False) -> Expression:
        try:
            check = self.model.expressions.condition if condition else self.model.expressions.either
            return check(text)
        except RuleError as error:
            raise PlanningError(f"{where}: `{text}`: {error}") from error

    def _known(self, kind: str, name: str, known: Iterable[str], where: str) -> None:
        if name not in known:
            raise PlanningError(f"{where}: {unknown(kind, name, known)}")

    def _in_play(self, kind: str, name: str, offered: Iterable[str], where: str) -> None:
        if name not in offered:
            raise PlanningError(
                f"{where}: the {kind} {name} is not in play in {self.model.scenario.id}; "
                f"in play are {', '.join(offered)}"
            )
