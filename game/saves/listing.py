"""The player's saves as a list: headers and the last year only, whatever else the files hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from game.saves.errors import SaveError
from game.saves.folder import SUFFIX, saves_folder
from game.saves.journal import PRACTICE, parsed

HEAD = 64 * 1024
TAIL = 256 * 1024
_YEAR = b'{"year":'


@dataclass(frozen=True, slots=True)
class Listed:
    """A save as a list shows it.

    Attributes:
        name: what the player calls it.
        path: the file.
        scenario: the scenario's id, empty where the header cannot be read.
        seed: the seed.
        created: when it was made.
        changed: when it was last written, in seconds since 1970.
        year: the last year completed, where one was.
        problem: why it cannot be opened, empty where nothing is seen to be wrong.
        practice: whether it is a practice campaign.
    """

    name: str
    path: Path
    scenario: str
    seed: int
    created: str
    changed: float
    year: int | None
    problem: str
    practice: bool = False


def list_saves(folder: Path | None = None) -> tuple[Listed, ...]:
    """The saves of a folder, the last played first."""
    place = folder if folder is not None else saves_folder()
    try:
        paths = [path for path in place.iterdir() if path.name.endswith(SUFFIX)]
    except OSError:
        return ()
    found = [one for one in map(_listed, paths) if one is not None]
    return tuple(sorted(found, key=lambda one: (-one.changed, one.name)))


def _listed(path: Path) -> Listed | None:
    name = path.name.removesuffix(SUFFIX)
    try:
        if not path.is_file():
            return None
        changed = path.stat().st_mtime
        head, tail = _ends(path)
    except OSError as error:
        problem = f"{path.name} cannot be read: {error.strerror}"
        return Listed(name, path, "", 0, "", 0.0, None, problem)
    first = head[: head.find(b"\n") + 1] if b"\n" in head else head
    try:
        header = parsed(first, path.name).header.value
    except SaveError as error:
        return Listed(name, path, "", 0, "", changed, None, str(error))
    return Listed(
        name=name,
        path=path,
        scenario=header["scenario"],
        seed=header["seed"],
        created=header["created"],
        changed=changed,
        year=_last_year(tail),
        problem="",
        practice=PRACTICE in header,
    )


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        head = file.read(HEAD)
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        return head, file.read()


def _last_year(tail: bytes) -> int | None:
    """The year of the last complete year line near the end."""
    for line in reversed(tail.split(b"\n")[:-1]):
        if line.startswith(_YEAR):
            try:
                year = json.loads(line[len(_YEAR) :].split(b",", 1)[0])
            except (ValueError, RecursionError):
                return None
            return year if isinstance(year, int) else None
    return None
