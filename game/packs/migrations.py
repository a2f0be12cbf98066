"""Older forms of packs brought to the newest, one step a form; old packs load for ever.

A step works on what a file says, in memory, when it is read: nothing of a pack is ever written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from game.packs import schema

MANIFEST = "pack"
"""What a step is given for the manifest, in place of the name of a shelf."""

Step = Callable[[str, Any], Any]
"""Takes the name of a shelf and the data of one of its files, and gives the data one form on."""

STEPS: Mapping[int, Step] = {}
"""From a form to the next. A step must bear any data: what is wrong with it is told afterwards."""


def form_of(manifest: Any) -> int:
    """The form that a manifest's data states; the newest where it states none that is known."""
    stated = manifest.get("format") if isinstance(manifest, dict) else None
    known = type(stated) is int and 1 <= stated <= schema.FORMAT
    return stated if known and stated is not None else schema.FORMAT


def from_the_future(manifest: Any) -> int | None:
    """The form that a manifest's data states, where it is newer than this game."""
    stated = manifest.get("format") if isinstance(manifest, dict) else None
    return stated if type(stated) is int and stated > schema.FORMAT else None


def migrated(shelf: str, data: Any, form: int) -> Any:
    """The data of a file in the newest form."""
    for step in range(max(form, 1), schema.FORMAT):
        data = STEPS[step](shelf, data)
    return data


def entries(data: Any) -> Iterator[dict[str, Any]]:
    """The entries of a file, one or a list of them, for steps that look at each."""
    yield from (one for one in (data if isinstance(data, list) else [data]) if type(one) is dict)
