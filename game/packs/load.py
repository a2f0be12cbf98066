"""Folders -> one checked pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from game.packs import cache
from game.packs.check import check_pack
from game.packs.collector import without_collector
from game.packs.contents import Content, content_of
from game.packs.diagnostics import Diagnostic, Findings, PackError
from game.packs.find import files_of
from game.packs.memory import Wanted
from game.packs.merge import merged
from game.packs.pack import Loaded, Pack, PackHash, hashes_of, pack_of, vocabulary_of
from game.packs.place import diagnostics
from game.packs.render import from_json, to_json
from game.packs.resolve import Root, resolved
from game.packs.silencing import Silencer, heard
from game.rules import Expression
from game.rules.encoding import from_data, to_data


def load_packs(
    folders: Sequence[Path], *, use_cache: bool = True, stand_ins: Sequence[Path] = ()
) -> Loaded:
    """Load packs and all that they require, merge and check them.

    Nothing is raised for bad content: `Loaded.diagnostics` says what is wrong, and the pack is
    None where any of it is an error. Where a pack is required that is among the `stand_ins`, that
    one is taken before others of its id.
    """
    with without_collector():
        findings = Findings()
        roots = resolved([Path(folder) for folder in folders], findings, stand_ins)
        contents = [
            (root, content_of(file, findings, use_cache=use_cache, form=root.manifest.format))
            for root in roots
            for file in files_of(root.folder, findings)
        ]
        state = merged(roots, contents, findings)
        vocabulary = vocabulary_of(state)
        silencer = Silencer(roots, findings)
        key = _key(roots, contents) if use_cache and roots and not findings.by_file else None
        known = _known(key) if key else None
        if known is not None:
            return Loaded(pack_of(state, vocabulary, known.hashes, known.expressions), *known.said)
        expressions = check_pack(state, vocabulary, findings)
        said = heard(diagnostics(findings, silencer))
        if not roots or findings.failed:
            return Loaded(None, *said)
        hashes = hashes_of(state)
        if key:
            _keep(key, _Known(hashes, said, expressions))
        return Loaded(pack_of(state, vocabulary, hashes, expressions), *said)


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
    """The key of a whole load: every manifest, and every file's name and bytes."""
    parts = [b"load"]
    for root in roots:
        parts.extend([str(root.folder).encode("utf-8", "surrogateescape"), root.raw])
    for root, content in contents:
        parts.append(f"{root.id}\0{content.file.inside}\0{content.key}".encode())
    return cache.key_of(*parts)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a load that found no error leaves for the next one of the same bytes."""

    hashes: dict[str, PackHash]
    said: tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]
    expressions: dict[Wanted, Expression]


def _keep(key: str, known: _Known) -> None:
    notes = {
        "hashes": known.hashes,
        "said": [[to_json(one) for one in part] for part in known.said],
        "expressions": [[*wanted, to_data(one)] for wanted, one in known.expressions.items()],
    }
    cache.store(key, notes, b"")
    cache.prune()


def _known(key: str) -> _Known | None:
    """What is known of packs that were checked before and found good."""
    kept = cache.load(key)
    if kept is None:
        return None
    try:
        notes = kept[0]
        return _Known(
            {name: PackHash(*map(str, parts)) for name, parts in notes["hashes"].items()},
            heard([from_json(one) for part in notes["said"] for one in part]),
            {
                (text, axis, want, ending): from_data(data)
                for text, axis, want, ending, data in notes["expressions"]
            },
        )
    except (TypeError, ValueError, AttributeError, KeyError, RecursionError):
        return None
