"""The desk at which a save stands, kept in the cache: shown while the save is being replayed.

It is a copy and never the truth: what a save says is what its replay gives. It counts only while
the save, the packs and the code are to the byte what they were when it was made.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import cache as once
from pathlib import Path
from typing import TYPE_CHECKING

from game.campaign.kept import KeptDesk
from game.packs import cache
from game.words import language

if TYPE_CHECKING:
    from game.campaign import Campaign


def keep_desk(path: Path, campaign: Campaign) -> None:
    """Keep the desk of the save at `path`, where its first plan is asked for.

    What a save opens with at a later plan is the review of the plan before.
    """
    desk = KeptDesk.of(campaign)
    if desk is None or desk.ask.plan > 0:
        return
    folders = [str(folder) for folder in campaign.model.pack.folders]
    try:
        stamp = _stamp(path, folders)
    except OSError:
        return
    cache.store(_key(path), {"stamp": stamp, "folders": folders}, desk.to_text().encode())
    cache.prune()


def kept_desk(path: Path) -> KeptDesk | None:
    """The desk at which a save stands, if it was kept and everything is as it was."""
    kept = cache.load(_key(path))
    if kept is None:
        return None
    notes, body = kept
    try:
        if notes["stamp"] != _stamp(path, notes["folders"]):
            return None
        return KeptDesk.from_text(body.decode())
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _key(path: Path) -> str:
    name = str(path.resolve()).encode("utf-8", "surrogateescape")
    return hashlib.sha256(b"desk\0" + name).hexdigest()


def _stamp(path: Path, folders: Iterable[str]) -> str:
    """A hash of all that a desk follows from: the save, the packs, the code and the language."""
    digest = hashlib.sha256(f"{_code()} {language()}".encode())
    digest.update(path.read_bytes())
    for folder in folders:
        if Path(folder).is_file():
            digest.update(hashlib.sha256(Path(folder).read_bytes()).digest())
        _take_in(digest, Path(folder), ".yaml", ".po")
    return digest.hexdigest()


@once
def _code() -> str:
    digest = hashlib.sha256()
    _take_in(digest, Path(__file__).resolve().parent.parent, ".py", ".po")
    return digest.hexdigest()


def _take_in(digest: hashlib._Hash, folder: Path, *endings: str) -> None:
    for name in sorted(_files(folder, endings)):
        with open(name, "rb") as file:
            raw = file.read()
        digest.update(f"{name}\0{len(raw)}\0".encode("utf-8", "surrogateescape") + raw)


def _files(folder: Path, endings: tuple[str, ...]) -> Iterator[str]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        yield from (os.path.join(root, name) for name in names if name.endswith(endings))
