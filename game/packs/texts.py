"""The texts of a pack, each with an address that a translation can name.

`event/strike:choices.raise.label` is a kind, an id, and the way inside: fields, and entries of
lists by their id where they have one, else by their place. Words of documents, names of authors
and units are the same in every language and have no address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from game.packs.diagnostics import DataPath
from game.packs.fields import Prose
from game.packs.merge import KINDS, Placed
from game.packs.pack import Pack
from game.packs.walk import leaves

MANIFEST_KIND = "pack"
"""The kind in the address of a manifest's texts: `pack/core:title`."""


@dataclass(frozen=True, slots=True)
class Told:
    """One text of a pack.

    Attributes:
        address: what a translation names.
        text: what stands there in the pack's own language.
        fits: the columns that the screen has for it, or None.
        kind: the kind of its entry, or `pack`.
        name: the id of its entry.
        path: the way to it inside the entry's model.
        former: the addresses that it had under earlier ids of its entry.
    """

    address: str
    text: str
    fits: int | None
    kind: str
    name: str
    path: DataPath
    former: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The last name of the address: which field the text is."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")

    @property
    def entry(self) -> str:
        """`kind/id`: the address of its entry."""
        return f"{self.kind}/{self.name}"


def texts_of(pack: Pack, owner: str) -> tuple[Told, ...]:
    """The texts that one pack brings, in canonical order: its own entries, and what it changes."""
    found: list[Told] = []
    manifest = pack.manifests.get(owner)
    if manifest is not None:
        found.extend(_inside(manifest, MANIFEST_KIND, owner, ()))
    for placed in _entries(pack.placed):
        entry = placed.entry
        if placed.pack != owner and all(by != owner for _, by in placed.changed.values()):
            continue
        found.extend(
            told
            for told in _inside(entry, placed.kind, entry.id, entry.former_ids)
            if _bringer(placed, told.path) == owner
        )
    return tuple(found)


def all_texts(pack: Pack) -> tuple[Told, ...]:
    """The texts of all packs that are loaded together, in their order."""
    return tuple(told for owner in pack.manifests for told in texts_of(pack, owner))


def _entries(placed: Mapping[Any, Mapping[str, Placed]]) -> Iterator[Placed]:
    """All entries; passages come with their source."""
    for kind in KINDS:
        if kind != "passage":
            yield from placed[kind].values()


def _bringer(placed: Placed, path: DataPath) -> str:
    """The pack that a text of an entry comes from."""
    changed = placed.changed.get(str(path[0]))
    return changed[1] if changed else placed.pack


def _inside(entry: BaseModel, kind: str, name: str, former: tuple[str, ...]) -> Iterator[Told]:
    for leaf in leaves(entry):
        mark = leaf.mark
        if not isinstance(mark, Prose) or mark.kept or leaf.at != "value":
            continue
        if not isinstance(leaf.value, str) or not leaf.value.strip():
            continue
        way = _way(entry, leaf.path)
        yield Told(
            address=f"{kind}/{name}:{way}",
            text=leaf.value,
            fits=mark.fits,
            kind=kind,
            name=name,
            path=leaf.path,
            former=tuple(f"{kind}/{one}:{way}" for one in former),
        )


def _way(entry: Any, path: DataPath) -> str:
    """The steps of a path, with ids for places where there are any."""
    steps: list[str] = []
    here = entry
    for step in path:
        if isinstance(step, int):
            here = here[step]
            named = getattr(here, "id", None)
            steps.append(named if isinstance(named, str) else str(step))
        else:
            here = here[step] if isinstance(here, Mapping) else _field(here, step)
            steps.append(step)
    return ".".join(steps)


def _field(model: Any, alias: str) -> Any:
    """A field of a model by the name that packs use for it."""
    name = field_name(type(model), alias)
    return getattr(model, name)


def field_name(model: type[BaseModel], alias: str) -> str:
    """The attribute that a field of a pack is kept in."""
    if alias in model.model_fields:
        return alias
    return next(name for name, info in model.model_fields.items() if info.alias == alias)
