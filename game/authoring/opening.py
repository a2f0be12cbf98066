"""The pack that an author names: its folder or zip file, or the id of one that is installed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from game.lab.errors import NotFoundError, missing
from game.lab.library import load
from game.packs import Pack, find_packs
from game.packs.archive import is_archive


@dataclass(frozen=True)
class Opened:
    """A pack with all that it requires.

    Attributes:
        pack: everything, merged and checked.
        owner: the id of the pack that was named.
        root: where it was read.
    """

    pack: Pack
    owner: str
    root: Path


def opened(name: str, *, original: bool = False) -> Opened:
    """Load a pack by its folder or zip file, or by its id where it is installed.

    Args:
        name: the pack.
        original: in its own language instead of the one in force.

    Raises:
        NotFoundError: there is no such pack.
        BadContentError: it cannot be used.
    """
    root = root_of(name)
    pack = load([root], original=original).pack
    return Opened(pack, pack.read_from(root), root)


def root_of(name: str) -> Path:
    """The folder or zip file of a pack that an author names.

    Raises:
        NotFoundError: there is no such pack.
    """
    root = Path(name)
    if not root.exists():
        packs = find_packs()
        if name not in packs:
            raise missing("pack", name, packs)
        root = packs[name]
    if root.is_file() and not is_archive(root):
        raise NotFoundError(f"{name} is a file; a pack is a folder")
    return root
