"""How packs name what an effect moves."""

from __future__ import annotations


def split_target(text: str) -> tuple[str, str | None]:
    """`capacity[nev]` into its name and place; a bare name has no place. Pack prefixes go."""
    name, bracket, rest = text.partition("[")
    return bare(name.strip()), bare(rest.removesuffix("]").strip()) if bracket else None


def bare(name: str) -> str:
    """An id without the pack before it."""
    return name.rpartition("/")[2]
