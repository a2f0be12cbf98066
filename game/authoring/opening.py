"""The pack that an author names: its folder, or the id of one that comes with the game."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from game.lab.errors import NotFoundError, missing
from game.lab.library import load
from game.packs import Pack, find_packs


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


def opened(name: str) -> Opened:
    """Load a pack by its folder, or by its id where it comes with the game.

    Raises:
        NotFoundError: there is no such pack.
        BadContentError: it cannot be used.
    """
    root = Path(name)
    if not root.exists():
        packs = find_packs()
        if name not in packs:
            raise missing("pack", name, packs)
        root = packs[name]
    if root.is_file() and root.suffix != ".zip":
        raise NotFoundError(f"{name} is a file; a pack is a folder")
    pack = load([root]).pack
    return Opened(pack, list(pack.manifests)[-1], root)
