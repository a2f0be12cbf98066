"""Older forms of saves brought to the newest, one step a version; old saves load for ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

FORMAT = 1
"""The newest form of a save."""

Header = dict[str, Any]
MIGRATIONS: Mapping[int, Callable[[Header], Header]] = {}
"""From a version to the next: a function that takes the header of one and gives that of the other.

Decision lines are read by name and change by adding fields that have a default, so that only the
header needs steps.
"""


def migrated(header: Header) -> Header:
    """A header in the newest form."""
    version = header["guiding_hand"]
    while version < FORMAT:
        header = MIGRATIONS[version](header)
        version += 1
        header["guiding_hand"] = version
    return header
