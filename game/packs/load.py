"""Folders -> one checked pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache as once
from pathlib import Path

from game.packs import cache
from game.packs import catalogue as say
from game.packs.check import check_pack
from game.packs.collector import without_collector
from game.packs.contents import Content, Written, content_in, written
from game.packs.diagnostics import Findings, PackError
from game.packs.find import files_of
from game.packs.kept import keep, kept
from game.packs.later import Later
from game.packs.memory import Memory
from game.packs.merge import Merged, merged
from game.packs.pack import Loaded, Pack, PackHash, hashes_of, pack_of, vocabulary_of
from game.packs.place import diagnostics
from game.packs.resolve import Root, resolved
from game.packs.silencing import Silencer, heard


def load_packs(
    folders: Sequence[Path],
    *,
    use_cache: bool = True,
    stand_ins: Sequence[Path] = (),
    memory: Memory | None = None,
) -> Loaded:
    """Load packs and all that they require, merge and check them.

    Nothing is raised for bad content: `Loaded.diagnostics` says what is wrong, and the pack is
    None where any of it is an error. Where a pack is required that is among the `stand_ins`, that
    one is taken before others of its id. Who loads the same packs again and again keeps a `memory`
    of them: then only what changed takes time, and whole loads are not kept on disk.
    """
    with without_collector():
        findings = Findings()
        roots = resolved([Path(folder) for folder in folders], findings, stand_ins)
        if findings.holds(say.REQUIRED):
            # Whatever the rest names of that pack would be said to be missing too.
            return Loaded(None, *heard(diagnostics(findings)))
        files = [
            (root, written(file, findings, root.manifest.format))
            for root in roots
            for file in files_of(root.folder, findings)
        ]
        silencer = Silencer(roots, findings)
        by_key = use_cache and memory is None and bool(roots) and not findings.by_file
        key = _key(roots, files) if by_key else ""
        known = kept(key, roots, once(lambda: _anew(folders, stand_ins))) if key else None
        if known is not None:
            return known
        memory = memory if memory is not None else Memory()
        contents = [(root, _content(one, findings, memory, use_cache)) for root, one in files]
        state = merged(roots, contents, findings)
        vocabulary = vocabulary_of(state)
        expressions = check_pack(state, vocabulary, findings, memory)
        folders_read = [root.folder for root in roots]
        memory.keep(folders_read, [content for _, content in contents], state.all())
        said = heard(diagnostics(findings, silencer))
        if not roots or findings.failed:
            return Loaded(None, *said)
        loaded = Loaded(
            pack_of(roots, state.entries, vocabulary, _hashes(state), expressions), *said
        )
        if key:
            keep(key, loaded)
        return loaded


def load_pack(folder: Path, *, use_cache: bool = True) -> Pack:
    """Load one pack and what it requires.

    Raises:
        PackError: where it cannot be used; carries all diagnostics.
    """
    loaded = load_packs([folder], use_cache=use_cache)
    if loaded.pack is None:
        raise PackError(loaded.diagnostics)
    return loaded.pack


def _key(roots: Sequence[Root], files: Sequence[tuple[Root, Written]]) -> str:
    """The key of a whole load: every manifest, and every file's name and bytes."""
    parts = [b"load"]
    for root in roots:
        parts.extend([str(root.folder).encode("utf-8", "surrogateescape"), root.raw])
    for root, one in files:
        parts.append(f"{root.id}\0{one.file.inside}\0{one.key}".encode())
    return cache.key_of(*parts)


def _content(one: Written, findings: Findings, memory: Memory, use_cache: bool) -> Content:
    """The content of a file; what is not silent about itself is read again every time."""
    known = memory.contents.get((one.file.shown, one.key))
    if known is not None:
        return known
    before = findings.count(one.file.shown)
    content = content_in(one, findings, use_cache=use_cache)
    if one.raw is not None and findings.count(one.file.shown) == before:
        memory.contents[one.file.shown, one.key] = content
    return content


def _hashes(state: Merged) -> Mapping[str, PackHash]:
    """The packs' hashes, worked out when they are asked for."""
    found = once(lambda: hashes_of(state))
    return Later((root.id for root in state.roots), lambda name: found()[name])


def _anew(folders: Sequence[Path], stand_ins: Sequence[Path]) -> Pack:
    loaded = load_packs(folders, use_cache=False, stand_ins=stand_ins)
    if loaded.pack is None:
        raise PackError(loaded.diagnostics)
    return loaded.pack
