"""Names of files that mean the same on every system, so that a pack is the same everywhere."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 240
DEEPEST = 8

_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com\d|lpt\d)\Z")


def unfit(name: str) -> str | None:
    """Why no pack may hold a file of that name (with `/` between folders), or None."""
    parts = name.split("/")
    if "\\" in name:
        return "it has a backslash; folders are parted by /"
    if not name or name[0] == "/" or "" in parts:
        return "it begins with / or has an empty part"
    if ".." in parts or "." in parts:
        return "it leads out of the pack"
    if ":" in name:
        return "it has a colon, as drives and hidden streams have"
    if not name.isprintable():
        return "it holds characters that cannot be shown"
    if len(name) > LONGEST or len(parts) > DEEPEST:
        return f"it is longer than {LONGEST} characters or {DEEPEST} folders"
    if any(part[-1] in ". " for part in parts):
        return "a part of it ends in a point or a blank, which some systems drop"
    device = next((part for part in parts if is_device(part)), None)
    return f"{device} is a device on some systems" if device else None


def is_device(part: str) -> bool:
    """Whether a name means a device on Windows, whatever follows its first point."""
    stem = unicodedata.normalize("NFKC", part).partition(".")[0].strip().casefold()
    return _DEVICE.match(stem) is not None


def alike(name: str) -> str:
    """What is the same for two names that some system takes for one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


class Twins:
    """Names met so far, to find those that are one name on some systems, folders included."""

    def __init__(self) -> None:
        self._met: dict[str, str] = {}
        self._whole: set[str] = set()

    def of(self, name: str) -> str | None:
        """The name met before that cannot stand beside this one; keeps this one."""
        folder = name.endswith("/")
        parts = name.removesuffix("/").split("/")
        for length in range(1, len(parts) + 1):
            part = "/".join(parts[:length])
            known = self._met.setdefault(alike(part), part)
            if known != part:
                return known
        whole = name.removesuffix("/")
        if folder:
            return None
        if whole in self._whole:
            return name
        self._whole.add(whole)
        return None
