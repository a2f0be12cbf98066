"""Noticing that a file of a pack was saved, and what that changed in what is found."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from game.packs import Diagnostic
from game.packs.find import MANIFEST

SETTLED = 0.02
"""Seconds for which a file must be left alone before it is read: an editor may be in the middle."""
PATIENCE = 2.0
"""Seconds after which files are read although something still writes."""
_WATCHED = (".yaml", ".po", ".zip")
_DEEPEST = 4
_AFTER_LOADING = ("tests", "texts")
"""The folders that are looked at only where all the others are good."""

Seen = dict[Path, tuple[int, int, int]]
"""For each file its time of change, its size and its number in the file system."""


class Watch:
    """The files of some packs, looked at when asked.

    Looking is a walk over a few folders: no thread, no handle, and it works on every file system.

    Args:
        folders: the packs' folders, or the archives that they are kept in.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._seen = self._look()

    def changed(self) -> tuple[Path, ...]:
        """The files that came, went or changed since this was last asked, in order of name."""
        now = self._look()
        before, self._seen = self._seen, now
        names = before.keys() | now.keys()
        return tuple(sorted(path for path in names if before.get(path) != now.get(path)))

    def settled(self) -> tuple[Path, ...]:
        """As `changed`, once what has begun to change is left alone for a moment.

        So a file that is emptied and then written, or put in place of another, is seen whole, and
        whatever is written later has a later time.
        """
        found = {*self.changed()}
        until = time.monotonic() + PATIENCE
        more = found
        while more and time.monotonic() < until:
            time.sleep(SETTLED)
            more = {*self.changed()}
            found |= more
        return tuple(sorted(found))

    def follow(self, folders: Sequence[Path]) -> None:
        """Look at these folders from now on; what is new among them counts as seen."""
        if tuple(folders) != self._folders:
            self._folders = tuple(folders)
            self._seen = {**self._look(), **self._seen}

    def _look(self) -> Seen:
        found: Seen = {}
        for folder in self._folders:
            for path, about in _files(folder, 0):
                found[path] = (about.st_mtime_ns, about.st_size, about.st_ino)
        return found


def _files(place: Path, depth: int) -> Iterator[tuple[Path, os.stat_result]]:
    """The files of a folder and of the folders in it, or an archive; nothing where all is gone."""
    try:
        inside = list(os.scandir(place))
    except OSError:
        inside = []
        if not depth and place.suffix in _WATCHED:
            try:
                yield place, place.lstat()
            except OSError:
                return
    for one in inside:
        try:
            if one.is_dir(follow_symlinks=False):
                if depth < _DEEPEST and not one.name.startswith("."):
                    yield from _files(place / one.name, depth + 1)
            elif one.name.endswith(_WATCHED):
                yield place / one.name, one.stat(follow_symlinks=False)
        except OSError:
            continue


@dataclass(frozen=True, slots=True)
class Turn:
    """What a check found that the one before did not, and what it did not find any more."""

    new: tuple[Diagnostic, ...]
    gone: tuple[Diagnostic, ...]


def turn(before: Sequence[Diagnostic], now: Sequence[Diagnostic]) -> Turn:
    """Compare two checks; what only moved to another line is neither new nor gone."""
    return Turn(_without(now, before), _without(before, now))


def unlooked(
    before: Sequence[Diagnostic], now: Sequence[Diagnostic], root: Path
) -> tuple[Diagnostic, ...]:
    """What an earlier check of a pack found where this one, stopped by an error, did not look."""
    errors = [one for one in now if one.severity == "error"]
    if not errors or any(_after_loading(one, root) for one in errors):
        return ()
    if all(_of_manifest(one, root) for one in errors):
        return tuple(one for one in before if not _of_manifest(one, root))
    return tuple(one for one in before if _after_loading(one, root))


def _of_manifest(one: Diagnostic, root: Path) -> bool:
    return Path(one.file).name == MANIFEST or Path(one.file) == root


def _after_loading(one: Diagnostic, root: Path) -> bool:
    return any(Path(one.file).is_relative_to(root / folder) for folder in _AFTER_LOADING)


def _without(found: Sequence[Diagnostic], known: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    left = Counter(map(_what, known))
    rest = []
    for one in found:
        if left[_what(one)]:
            left[_what(one)] -= 1
        else:
            rest.append(one)
    return tuple(rest)


def _what(one: Diagnostic) -> tuple[str, ...]:
    return one.file, one.code, one.severity, one.entry, one.within, one.message
