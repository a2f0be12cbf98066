"""What one process remembers of packs, so that loading them again takes as long as the change.

Nothing here changes what a load says: what was worked out is used again where all that it depends
on is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from game.packs.contents import Content
from game.packs.fields import Expr, Prose, Ref, Target
from game.packs.fields import Memory as Remembered
from game.packs.schema_model import Entry
from game.packs.walk import Leaf, leaves
from game.rules import Checker, Expression, Vocabulary
from game.rules.expression import Axis

Wanted = tuple[str, Axis, Literal["number", "condition", "either"], bool]
"""A text, its scope, what is wanted of it, and whether it may speak of endings."""


@dataclass(frozen=True, slots=True)
class Leaves:
    """The leaves of an entry that the checks look for, each sort in schema order."""

    names: list[Leaf]
    """References and targets."""
    prose: list[Leaf]
    rules: list[Leaf]
    """Texts of the rule language."""
    memories: list[Leaf]
    """Flags and counters that are set."""


class Memory:
    """Contents of files, leaves of entries, and texts that were found good.

    One is made for each load, or kept by who loads the same packs again and again.
    """

    def __init__(self) -> None:
        self.contents: dict[tuple[str, str], Content] = {}
        """Files about which there was nothing to say, by their names and keys."""
        self.folders: tuple[Path, ...] = ()
        """Where the packs of the last load were found."""
        self._leaves: dict[int, tuple[Entry, Leaves]] = {}
        self._checker = Checker(Vocabulary({}, (), (), {}, {}, {}))
        self._vocabulary: Vocabulary | None = None
        self._good: dict[Wanted, Expression] = {}
        self._ground: object = None
        self.quiet: dict[int, Entry] = {}
        """Entries of which every name is known and all prose fits, on the ground that was set."""

    def stand_on(self, ground: object) -> None:
        """Set what names are checked against; on another ground no entry is known to be good."""
        if ground != self._ground:
            self._ground, self.quiet = ground, {}

    def leaves(self, entry: Entry) -> Leaves:
        """The leaves of an entry."""
        # By identity, since equality walks the entry, which is kept so that its id stays its own.
        known = self._leaves.get(id(entry))
        if known is None:
            known = self._leaves[id(entry)] = entry, _sorted_out(leaves(entry))
        return known[1]

    def checker(self, vocabulary: Vocabulary) -> tuple[Checker, dict[Wanted, Expression]]:
        """A checker of rules over a vocabulary, and the texts that are known to be good over it."""
        before, self._vocabulary = self._vocabulary, vocabulary
        self._checker = self._checker.over(vocabulary)
        if before is None or _places(before) != _places(vocabulary):
            self._good = {}
        elif before != vocabulary:
            changed = _changed(before, vocabulary)
            self._good = {
                key: found
                for key, found in self._good.items()
                if not any(name in key[0] for name in changed)
            }
        return self._checker, self._good

    def keep(
        self, folders: Iterable[Path], contents: Iterable[Content], entries: Iterable[Entry]
    ) -> None:
        """Note where the packs are, and forget files and entries that are not theirs any more."""
        self.folders = tuple(folders)
        self.contents = {
            key: one for one in contents if (key := (one.file.shown, one.key)) in self.contents
        }
        here = {id(entry) for entry in entries}
        self._leaves = {key: known for key, known in self._leaves.items() if key in here}
        self.quiet = {key: known for key, known in self.quiet.items() if key in here}


def _sorted_out(every: list[Leaf]) -> Leaves:
    found = Leaves([], [], [], [])
    lists = {
        Ref: found.names,
        Target: found.names,
        Prose: found.prose,
        Expr: found.rules,
        Remembered: found.memories,
    }
    for leaf in every:
        if leaf.mark is not None:
            lists[type(leaf.mark)].append(leaf)
    return found


def _places(vocabulary: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return vocabulary.sectors, vocabulary.regions


def _changed(before: Vocabulary, now: Vocabulary) -> set[str]:
    """The names that mean something else now. A good text that has none of them stays good."""
    changed = set(before.balances) ^ set(now.balances)
    for kind in ("indicators", "instruments", "events", "situations"):
        old, new = getattr(before, kind), getattr(now, kind)
        changed.update(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    return changed
