"""What can be wrong with a save, in words for people."""

from __future__ import annotations


class SaveError(Exception):
    """A save that cannot be made, read or kept.

    Attributes:
        line: the line of the file where it goes wrong, counted from 1, where there is one.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class ModelChangedError(SaveError):
    """The save was played under other rules than those at hand.

    Attributes:
        changes: what has changed, a line each.
    """

    def __init__(self, message: str, changes: tuple[str, ...]) -> None:
        super().__init__(message)
        self.changes = changes
