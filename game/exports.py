"""What a room shows at its door, imported when it is first asked for.

A screen that needs one plain record of a room should not wait for everything else in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def exports(room: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """A room's `__getattr__`.

    Args:
        room: the package.
        homes: for each name that it shows, the module inside that holds it.
    """

    def found(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"{room} shows no {name!r}")
        return getattr(import_module(f"{room}.{homes[name]}"), name)

    return found
