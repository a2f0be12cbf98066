"""One strategy or a file of experiments that belongs to no pack, read against one.

It is checked exactly as if it lay in the last of the packs; an entry of the same id gives way to
it, so that a copy of a shipped file can be changed and tried.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from game.packs.check import check_pack
from game.packs.contents import Content, content_of
from game.packs.diagnostics import Diagnostic, Findings
from game.packs.find import MANIFEST, PackFile, files_of
from game.packs.loose import entry_of, items_in
from game.packs.merge import merged
from game.packs.pack import Pack, hashes_of, pack_of, vocabulary_of
from game.packs.place import diagnostics
from game.packs.resolve import Root, resolved
from game.packs.schema import SHELVES
from game.packs.schema_model import Entry

Shelf = Literal["strategies", "experiments"]


@dataclass(frozen=True, slots=True)
class AdHoc:
    """A file read against packs.

    Attributes:
        pack: the packs with the file's entries; None where anything is wrong.
        ids: the ids of the file's entries, in its order.
        diagnostics: what there is to say, about the packs too.
    """

    pack: Pack | None
    ids: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def load_strategy_file(path: Path, folders: Sequence[Path]) -> AdHoc:
    """Read a strategy against the packs in some folders."""
    return _load(path, folders, "strategies")


def load_experiment_file(path: Path, folders: Sequence[Path]) -> AdHoc:
    """Read a list of experiments against the packs in some folders."""
    return _load(path, folders, "experiments")


def pack_around(path: Path) -> Path | None:
    """The folder of the pack that a file belongs to: the nearest one with a manifest, or None."""
    for folder in path.resolve().parents[:2]:
        if (folder / MANIFEST).is_file():
            return folder
    return None


def _load(path: Path, folders: Sequence[Path], shelf: Shelf) -> AdHoc:
    findings = Findings()
    roots = resolved([Path(folder) for folder in folders], findings)
    own = _content(path, shelf, findings)
    ids = tuple(entry.id for _, entry in own.entries)
    contents: list[tuple[Root, Content]] = []
    for root in roots:
        for file in files_of(root.folder, findings):
            if file.path.resolve() != path.resolve():
                content = content_of(file, findings, use_cache=True, form=root.manifest.format)
                contents.append((root, _without(content, shelf, ids)))
    if roots:
        contents.append((roots[-1], own))
    state = merged(roots, contents, findings)
    vocabulary = vocabulary_of(state)
    expressions = check_pack(state, vocabulary, findings)
    said = diagnostics(findings)
    if not roots or findings.failed:
        return AdHoc(None, ids, said)
    return AdHoc(
        pack_of(roots, state.entries, vocabulary, hashes_of(state), expressions), ids, said
    )


def _without(content: Content, shelf: Shelf, ids: tuple[str, ...]) -> Content:
    """The content of a pack's file without the entries that the file replaces."""
    if content.file.shelf != shelf:
        return content
    kept = tuple((path, entry) for path, entry in content.entries if entry.id not in ids)
    return dataclasses.replace(content, entries=kept)


def _content(path: Path, shelf: Shelf, findings: Findings) -> Content:
    file = PackFile(str(path), path, path.name, shelf)
    single = SHELVES[shelf].single
    wanted = "one entry (a mapping)" if single else "a list of entries"
    items = items_in(path, findings, wanted, single=single)
    if items is None:
        return Content(file, "", unread=True)
    entries = []
    for at, item in items:
        if single and "id" not in item:
            item = {"id": _id(path), **item}
        entry: Entry | None = entry_of(SHELVES[shelf].model, item, at, file.shown, findings)
        if entry is not None:
            entries.append((at, entry))
    return Content(file, "", tuple(entries))


def _id(path: Path) -> str:
    """An id from the name of a file, whatever it is called."""
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:80] or "strategy"
