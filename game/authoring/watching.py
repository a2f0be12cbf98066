"""Noticing that a file of a pack was saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

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

    def _look(self) -> Seen:
        found: Seen = {}
        for folder in self._folders:
            inside = folder.rglob("*") if folder.is_dir() else [folder]
            for path in inside:
                try:
                    stat = path.lstat()
                except OSError:
                    continue
                if path.suffix in (".yaml", ".po", ".zip") and not path.is_dir():
                    found[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        return found
