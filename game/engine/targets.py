"""How packs name what an effect moves."""

from __future__ import annotations

from game.rules.expression import Axis


def split_target(text: str) -> tuple[str, str | None]:
    """`capacity[nev]` into its name and place; a bare name has no place. Pack prefixes go."""
    name, bracket, rest = text.partition("[")
    return bare(name.strip()), bare(rest.removesuffix("]").strip()) if bracket else None


def bare(name: str) -> str:
    """An id without the pack before it."""
    return name.rpartition("/")[2]


def amount_axis(target: Axis, place: str | None, scope: Axis) -> Axis:
    """Along what an amount is worked out: a run of rows gives it its axis, one row the entry's."""
    return scope if place is not None or target == "nation" else target
