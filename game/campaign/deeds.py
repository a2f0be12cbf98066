"""What effects would do now: each with the amounts that the year's numbers give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from game.campaign.tried import number
from game.engine.targets import amount_axis, split_target
from game.rules.rewrite import placed

if TYPE_CHECKING:
    from game.campaign.sight import Sight
    from game.packs.schema_events import Effect


def deeds(
    effects: Sequence[Effect], sight: Sight, scope: str, place: str | None, year: int
) -> Iterator[str]:
    """A line for each thing that some effects do.

    Args:
        effects: as the pack gives them.
        sight: the numbers; amounts are of the true ones.
        scope: of the event or situation.
        place: its sector, if it has one.
        year: the year in which it would happen.
    """
    for effect in effects:
        match effect.op:
            case "add":
                yield from _additions(effect, sight, scope, place)
            case "count":
                for name, text in (effect.count or {}).items():
                    yield f"counts {name} {_signed(_amount(sight, text, scope, place))}"
            case "schedule":
                assert effect.schedule is not None
                due = year + effect.schedule.years
                yield f"schedules {effect.schedule.event} for {due}"
            case "set_flag":
                yield f"sets the flag {effect.set_flag}"
            case "clear_flag":
                yield f"clears the flag {effect.clear_flag}"
            case "lock":
                yield f"locks {effect.lock}"
            case "unlock":
                yield f"unlocks {effect.unlock}"


def _additions(effect: Effect, sight: Sight, scope: str, place: str | None) -> Iterator[str]:
    pack = sight.model.pack
    for target, text in (effect.add or {}).items():
        name, at = split_target(target)
        axis = amount_axis(pack.indicators[name].scope, at, scope)  # type: ignore[arg-type]
        own = axis == "sector" and scope == "sector"
        where = f"{name}[{at or place}]" if at or (own and place) else name
        if axis == "nation" or own:
            shown = _signed(_amount(sight, text, axis, place if own else None))
        else:
            shown, where = _each(sight, text, axis), f"{name} of each {axis}"
        constant = text.strip() in (shown, shown.removeprefix("+"))
        yield f"{where} {shown}{'' if constant else f'  = {text}'}{_time(effect)}"


def _time(effect: Effect) -> str:
    """Over how many years, and in how many it is taken back."""
    parts = []
    if effect.over > 1:
        parts.append(f"over {effect.over} years")
    if effect.fades:
        parts.append(f"fades in {effect.fades}")
    return f"  ({', '.join(parts)})" if parts else ""


def _amount(sight: Sight, text: str, scope: str, place: str | None) -> float:
    return sight.value(sight.expression(text, scope, place), true=True)


def _each(sight: Sight, text: str, axis: str) -> str:
    """The amounts at all places of an axis: one number, or from the least to the most."""
    model = sight.model
    row = model.expressions.either(text, axis)  # type: ignore[arg-type]
    count = len(model.layout.places[axis])  # type: ignore[index]
    values = [
        sight.value(placed(row, axis, i), true=True)  # type: ignore[arg-type]
        for i in range(count)
    ]
    low, high = min(values), max(values)
    return _signed(low) if low == high else f"{_signed(low)} to {_signed(high)}"


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{number(value)}"
