"""A plan as the engine takes it: money a year for every line, world by world."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from game.engine.execute import Floats
from game.engine.layout import DESK_OWED, special
from game.engine.model import Model
from game.engine.state import State
from game.rules.vocabulary import SPECIALS

DEGREES: Mapping[str, float] = {"market": 0.0, "mixed": 0.5, "mission": 1.0}
"""What an architecture is on the spectrum from market to command."""
Cell = tuple[str, str | None]
"""An instrument and its sector, or None for a national one."""


@dataclass(frozen=True)
class Orders:
    """A plan, for every world of a batch.

    Attributes:
        lines: billion yuan a year for each line, shape (lines, worlds).
        organised: architecture of each sector, 0 market to 1 mission, shape (sectors, worlds).
        sunset: 1 where a sector's dossier is stamped to end with the plan, shape (sectors, worlds).
        budget: billion yuan over the plan, shape (worlds,).
        priorities: dossiers counted on the allocation, shape (worlds,).
        desk: dossiers that the desk holds, shape (worlds,).
        years: how long the plan runs.
    """

    lines: Floats
    organised: Floats
    sunset: Floats
    budget: Floats
    priorities: Floats
    desk: Floats
    years: int

    @classmethod
    def of(
        cls,
        model: Model,
        state: State,
        allocation: Mapping[Cell, float | Floats],
        architecture: Mapping[str, str] | None = None,
        *,
        years: int = 5,
        sunset: Collection[str] = (),
        upkeep: Mapping[Cell, float | Floats] | None = None,
    ) -> Orders:
        """The orders for an allocation in billion yuan over the plan, the same or one a world.

        Budget and desk follow from the state; sectors without an architecture keep theirs.

        Args:
            model: the compiled model.
            state: where the worlds stand.
            allocation: what each line gets.
            architecture: how sectors are organised.
            years: how long the plan runs.
            sunset: sectors whose dossier is stamped to end with the plan.
            upkeep: money for what stands, besides the allocation; it is nobody's priority.
        """
        width = state.width
        lines = np.zeros((len(model.instruments.cells), width))
        for cell, amount in allocation.items():
            lines[model.instruments.position[cell]] = np.asarray(amount) / years
        for cell, amount in (upkeep or {}).items():
            lines[model.instruments.position[cell]] += np.asarray(amount) / years
        organised = state.matrix[model.layout.rows(special("architecture"))].copy()
        for sector, name in (architecture or {}).items():
            organised[model.layout.places["sector"].index(sector)] = DEGREES[name]
        stamped = np.zeros_like(organised)
        for sector in sunset:
            stamped[model.layout.places["sector"].index(sector)] = 1.0
        return cls(
            lines=lines,
            organised=organised,
            sunset=stamped,
            budget=budget(model, state),
            priorities=np.full(width, float(priorities(model, allocation))),
            desk=desk(model, state),
            years=years,
        )

    @staticmethod
    def picked(parts: Sequence[Orders], which: Floats) -> Orders:
        """One of several orders in each world, by position."""
        if len(parts) == 1:
            return parts[0]
        index = which.astype(np.int64)
        columns = np.arange(len(index))

        def pick(name: str) -> Floats:
            stacked: Floats = np.stack([getattr(part, name) for part in parts])
            return np.ascontiguousarray(stacked[index, ..., columns].T)

        return Orders(
            lines=pick("lines"),
            organised=pick("organised"),
            sunset=pick("sunset"),
            budget=pick("budget"),
            priorities=pick("priorities"),
            desk=pick("desk"),
            years=parts[0].years,
        )


def priorities(model: Model, allocation: Mapping[Cell, float | Floats]) -> int:
    """Dossiers on an allocation: `ceil(lines / 3)` for each sector and each national channel."""
    counts: dict[str, int] = {}
    for (instrument, sector), amount in allocation.items():
        if np.any(np.asarray(amount) > 0.0):
            channel = model.pack.instruments[instrument].channel
            key = f"sector {sector}" if sector is not None else f"channel {channel}"
            counts[key] = counts.get(key, 0) + 1
    return sum(ceil(count / 3) for count in counts.values())


def budget(model: Model, state: State) -> Floats:
    """Billion yuan for a plan that begins now, in each world."""
    _, _, most = SPECIALS["budget"]
    amounts: Floats = np.clip(model.value(model.money.budget, state.matrix), 0.0, most)
    return amounts


def desk(model: Model, state: State) -> Floats:
    """How many dossiers the desk holds for a plan that begins now, in each world."""
    slots = np.full(state.width, float(model.money.slots))
    if model.money.bonus is not None:
        slots += model.value(model.money.bonus, state.matrix) * model.money.bonus_slots
    owed = model.layout.row(DESK_OWED)
    room: Floats = np.maximum(slots - state.matrix[owed], 1.0)
    return room
