"""How packs name what an effect moves."""

from __future__ import annotations


def split_target(text: str) -> tuple[str, str | None]:
    """`capacity[nev]` into its name and place; a bare name has no place. Pack prefixes go."""
    name, _, rest = text.partition("[")
    place = rest.rstrip("]").strip() if rest else None
    return bare(name.strip()), bare(place) if place else None


def bare(name: str) -> str:
    """An id without the pack before it."""
    return name.rpartition("/")[2]
