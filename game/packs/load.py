"""Folders -> one checked pack."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from game.packs import cache
from game.packs.check import check_pack
from game.packs.contents import Content, content_of
from game.packs.diagnostics import Findings, PackError
from game.packs.find import files_of
from game.packs.merge import merged
from game.packs.pack import Loaded, Pack, PackHash, hashes_of, pack_of, vocabulary_of
from game.packs.place import diagnostics
from game.packs.resolve import Root, resolved


def load_packs(folders: Sequence[Path], *, use_cache: bool = True) -> Loaded:
    """Load packs and all that they require, merge and check them.

    Nothing is raised for bad content: `Loaded.diagnostics` says what is wrong, and the pack is
    None where any of it is an error.
    """
    with _without_collector():
        findings = Findings()
        roots = resolved([Path(folder) for folder in folders], findings)
        contents = [
            (root, content_of(file, findings, use_cache=use_cache))
            for root in roots
            for file in files_of(root.folder, findings)
        ]
        state = merged(roots, contents, findings)
        vocabulary = vocabulary_of(state)
        clean = not findings.by_file
        key = _key(roots, contents) if use_cache and clean else None
        hashes = _known_good(key) if key else None
        if hashes is None:
            check_pack(state, vocabulary, findings)
            hashes = {} if findings.failed else hashes_of(state)
            if key and not findings.by_file:
                cache.store(key, {name: list(one) for name, one in hashes.items()}, b"")
                cache.prune()
        good = bool(roots) and not findings.failed
        pack = pack_of(state, vocabulary, hashes) if good else None
        return Loaded(pack, diagnostics(findings))


def load_pack(folder: Path, *, use_cache: bool = True) -> Pack:
    """Load one pack and what it requires.

    Raises:
        PackError: where it cannot be used; carries all diagnostics.
    """
    loaded = load_packs([folder], use_cache=use_cache)
    if loaded.pack is None:
        raise PackError(loaded.diagnostics)
    return loaded.pack


def _key(roots: Sequence[Root], contents: Sequence[tuple[Root, Content]]) -> str:
    """The key of a whole load: every manifest, every file's place and bytes."""
    parts = [root.raw for root in roots]
    for root, content in contents:
        parts.append(f"{root.id}\0{content.file.inside}\0{content.key}".encode())
    return cache.key_of(b"load", *parts)


def _known_good(key: str) -> dict[str, PackHash] | None:
    """The hashes of packs that were checked before without any finding."""
    kept = cache.load(key)
    if kept is None:
        return None
    try:
        return {name: PackHash(*map(str, parts)) for name, parts in kept[0].items()}
    except (TypeError, ValueError, AttributeError):
        return None


@contextmanager
def _without_collector() -> Iterator[None]:
    """Loading makes many objects and no garbage worth looking for."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
