"""One process a save: a lock that the system lets go of when the process ends, however it ends."""

from __future__ import annotations

import sys
from typing import IO

from game.saves.errors import SaveError

_FAR = 2**30
"""The byte that is locked where a lock covers bytes: beyond what a save can hold."""


def lock(file: IO[bytes], name: str) -> None:
    """Lock an open file for this process.

    Raises:
        SaveError: another process has it.
    """
    try:
        _lock(file)
    except OSError as error:
        raise SaveError(f"{name} is open in another window of the game") from error


def unlock(file: IO[bytes]) -> None:
    """Let go of the lock."""
    try:
        _unlock(file)
    except OSError:
        # Closing the file lets go of it anyway.
        return


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        position = file.tell()
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            file.seek(position)

    def _unlock(file: IO[bytes]) -> None:
        position = file.tell()
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        finally:
            file.seek(position)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
