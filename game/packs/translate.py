"""A pack in another language: the prose of `texts/<language>.po`, everything else as it was.

A message is used where it translates the text that stands there now, is not fuzzy, names the same
people in braces and holds nothing that no text of a pack may hold; otherwise the original stays,
text by text. Ids, numbers, hashes and expressions never change with the language.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from game.packs.diagnostics import DataPath
from game.packs.find import bytes_of
from game.packs.guards import ReadError, value_allowed
from game.packs.merge import Placed
from game.packs.pack import Pack, retold
from game.packs.schema_model import Source
from game.packs.texts import MANIFEST_KIND, Told, all_texts, field_name
from game.words import LANGUAGE

if TYPE_CHECKING:
    from game.packs.po import Message

FOLDER = "texts"
SUFFIX = ".po"
LONGEST = 20_000

_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def translated(pack: Pack, language: str) -> Pack:
    """The pack as it reads in a language; the pack itself where none of its texts is translated.

    For `zh_CN` the files `texts/zh_CN.po` and then `texts/zh.po` of every pack are looked into; a
    pack that requires others may translate theirs, too.
    """
    if not LANGUAGE.match(language):
        return pack
    spoken = Spoken(
        message
        for folder in pack.folders
        for name in reversed(_names(language))
        for message in _messages(folder / FOLDER / f"{name}{SUFFIX}")
    )
    if not spoken:
        return pack
    changes: dict[tuple[str, str], dict[DataPath, str]] = {}
    for told in all_texts(pack):
        fresh = spoken.of(told)
        if fresh is not None and fresh != told.text:
            changes.setdefault((told.kind, told.name), {})[told.path] = fresh
    return _retold(pack, changes) if changes else pack


def is_told_in(root: Path, language: str) -> bool:
    """Whether a pack brings a file of its texts in a language."""
    for name in _names(language):
        try:
            bytes_of(root / FOLDER / f"{name}{SUFFIX}")
        except (OSError, ValueError):
            continue
        return True
    return False


class Spoken:
    """Messages, found by the text that they translate.

    Later messages win. An entry of a list that has no id is found by its words where its place has
    changed, and an entry by the ids that it had before.
    """

    def __init__(self, messages: Iterable[Message]) -> None:
        self._exact: dict[tuple[str, str], Message] = {}
        self._near: dict[tuple[str, str, str], Message] = {}
        for one in messages:
            if one.obsolete:
                continue
            self._exact[one.address, one.text] = one
            entry, _, way = one.address.partition(":")
            self._near[entry, way.rpartition(".")[2], one.text] = one

    def __bool__(self) -> bool:
        return bool(self._exact)

    def message(self, told: Told) -> Message | None:
        """The message that translates a text as it stands now."""
        for address in (told.address, *told.former):
            found = self._exact.get((address, told.text))
            if found is not None:
                return found
        way = told.address.partition(":")[2].rpartition(".")[2]
        entries = dict.fromkeys(one.partition(":")[0] for one in (told.address, *told.former))
        return next(
            (found for entry in entries if (found := self._near.get((entry, way, told.text)))),
            None,
        )

    def of(self, told: Told) -> str | None:
        """The translation of a text, or None where there is none to use."""
        found = self.message(told)
        if found is None or found.fuzzy or not found.told.strip():
            return None
        return found.told if trouble(told.text, found.told) is None else None


def trouble(text: str, told: str) -> tuple[str, str] | None:
    """Why a translation cannot be used: what it is about, and what of it.

    `names` are the braces that are missing or too many, `character` is one that is not allowed,
    `length` is more than a text may have.
    """
    bad = value_allowed(told)
    if bad is not None:
        return "character", bad
    if len(told) > LONGEST:
        return "length", f"{len(told):,}"
    wanted, found = set(_NAME.findall(text)), set(_NAME.findall(told))
    if wanted != found:
        missing = [f"{{{name}}} is missing" for name in sorted(wanted - found)]
        over = [f"{{{name}}} is not in the original" for name in sorted(found - wanted)]
        return "names", ", ".join(missing + over)
    return None


def _names(language: str) -> list[str]:
    """The files that may hold a language, the nearest first."""
    return list(dict.fromkeys((language, language.partition("_")[0])))


def _messages(path: Path) -> Iterable[Message]:
    """The messages of a file; none where it is not there or cannot be read."""
    try:
        raw = bytes_of(path)
    except (OSError, ValueError):
        return ()
    from game.packs.po import BrokenPoError, read_messages

    try:
        return read_messages(raw)
    except (ReadError, BrokenPoError):
        return ()


def _retold(pack: Pack, changes: Mapping[tuple[str, str], Mapping[DataPath, str]]) -> Pack:
    manifests = dict(pack.manifests)
    placed = {kind: dict(entries) for kind, entries in pack.placed.items()}
    for (kind, name), texts in changes.items():
        if kind == MANIFEST_KIND:
            manifests[name] = _with(manifests[name], texts)
            continue
        entries: dict[str, Placed] = placed[kind]  # type: ignore[index]
        old = entries[name]
        entry = _with(old.entry, texts)
        entries[name] = dataclasses.replace(old, entry=entry)
        if isinstance(entry, Source):
            for passage in entry.passages:
                before = placed["passage"].get(passage.id)
                if before is not None:
                    placed["passage"][passage.id] = dataclasses.replace(before, entry=passage)
    return retold(pack, manifests, placed)


def _with(value: Any, texts: Mapping[DataPath, str] | None) -> Any:
    """A value with the texts at some paths inside it replaced."""
    if not texts:
        return value
    if () in texts:
        return texts[()]
    inside: dict[str | int, dict[DataPath, str]] = {}
    for path, text in texts.items():
        inside.setdefault(path[0], {})[path[1:]] = text
    if isinstance(value, BaseModel):
        names = {field_name(type(value), str(step)): more for step, more in inside.items()}
        return value.model_copy(
            update={name: _with(getattr(value, name), more) for name, more in names.items()}
        )
    if isinstance(value, Mapping):
        return {
            key: _with(one, inside[key]) if key in inside else one for key, one in value.items()
        }
    return tuple(_with(one, inside.get(place)) for place, one in enumerate(value))
