"""`pack/id` -> `id`: ids are shared by the packs in play, so inside a loaded pack they are bare."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Any

from game.packs.contents import Content
from game.packs.diagnostics import DataPath
from game.packs.fields import Expr, Ref, Target
from game.packs.resolve import Root
from game.packs.schema import SHELVES
from game.packs.schema_model import Entry, Manifest
from game.packs.shape import validated
from game.packs.walk import Leaf, leaves


def bare_references(content: Content, root: Root) -> Content:
    """The content with the names of its own and of required packs taken off all references.

    A pack that requires none is left alone: it has nobody else to refer to.
    """
    prefix = _prefix(root.id, root.manifest)
    if prefix is None:
        return content
    model = SHELVES[content.file.shelf].model
    entries = tuple((path, _bare(entry, model, prefix)) for path, entry in content.entries)
    return dataclasses.replace(content, entries=entries)


def bare_entry(entry: Entry, model: Any, owner: str, manifest: Manifest) -> Any:
    """An entry that is no content of its pack, with the same names taken off."""
    prefix = _prefix(owner, manifest)
    return entry if prefix is None else _bare(entry, model, prefix)


def _prefix(owner: str, manifest: Manifest) -> re.Pattern[str] | None:
    known = [one.id for one in manifest.requires]
    if not known:
        return None
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, [owner, *known]))})/(?=[a-z0-9])")


def _bare(entry: Entry, model: Any, prefix: re.Pattern[str]) -> Entry:
    found = [
        leaf
        for leaf in leaves(entry)
        if isinstance(leaf.value, str)
        and isinstance(leaf.mark, (Ref, Target, Expr))
        and prefix.search(leaf.value)
    ]
    if not found:
        return entry
    return with_names(entry, model, [(leaf, prefix.sub("", leaf.value)) for leaf in found])


def with_names(entry: Entry, model: Any, told: Sequence[tuple[Leaf, str]]) -> Entry:
    """An entry with other words at some of its leaves."""
    data = entry.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for leaf, text in told:
        if leaf.at == "value":
            _set(data, leaf.path, text)
    for leaf, text in sorted(told, key=lambda one: -len(one[0].path)):
        if leaf.at == "key":
            _rename(data, leaf.path, text)
    fresh: Entry = validated(model, data)
    return fresh


def _set(data: Any, path: DataPath, value: str) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


def _rename(data: Any, path: DataPath, name: str) -> None:
    for step in path[:-1]:
        data = data[step]
    kept = {name if key == path[-1] else key: value for key, value in data.items()}
    data.clear()
    data.update(kept)
