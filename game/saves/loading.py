"""Finding the packs that a save was played with, and compiling its scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.engine import compile_model
from game.packs import find_packs, load_packs
from game.packs import render_text as render
from game.packs.find import candidates, declared_id, players_folder, shipped_folder
from game.packs.translate import translated
from game.saves.errors import SaveError
from game.words import language

if TYPE_CHECKING:
    from game.engine import Model


def load_model(header: Mapping[str, Any], folders: Sequence[Path] = ()) -> Model:
    """The compiled scenario of a save, with the packs that it was played with and no others.

    Args:
        header: the save's header.
        folders: packs that do not lie where packs are looked for, or stand for one that does.

    Raises:
        SaveError: a pack or the scenario is not there, or the packs have errors.
    """
    wanted: Mapping[str, Any] = header["packs"]
    given = {one: folder for folder in folders if (one := declared_id(folder)) in wanted}
    known = {name: given.get(name) or _known(name, wanted[name]) for name in wanted}
    missing = [name for name, root in known.items() if root is None]
    if missing and not given:
        raise _missing(missing, wanted)
    loaded = load_packs([root for root in known.values() if root is not None])
    if loaded.pack is None:
        problem = next(one for one in loaded.diagnostics if one.severity == "error")
        raise SaveError(f"the packs have errors: {render(problem).splitlines()[0]}")
    missing = [name for name in wanted if name not in loaded.pack.manifests]
    if missing:
        raise _missing(missing, wanted)
    scenario = header["scenario"]
    if scenario not in loaded.pack.scenarios:
        versions = ", ".join(f"{one.id} {one.version}" for one in loaded.pack.manifests.values())
        raise SaveError(f"there is no scenario {scenario!r} in the packs ({versions})")
    return compile_model(translated(loaded.pack, language()), scenario)


def _known(name: str, was: Any) -> Path | None:
    """Where a pack lies that a save names, of several versions the one that it was played with."""
    shipped = find_packs(shipped_folder())
    if name in shipped:
        return shipped[name]
    some = [one for one in candidates(players_folder()) if one.id == name]
    version = version_of(was)
    same = [one for one in some if ".".join(map(str, one.version)) == version]
    return max(same or some, key=lambda one: one.version).root if some else None


def _missing(names: Sequence[str], wanted: Mapping[str, Any]) -> SaveError:
    told = ", ".join(f"{name!r} {version_of(wanted[name])}".rstrip() for name in names)
    what, it = ("the pack", "it") if len(names) == 1 else ("packs that are not here:", "them")
    first = f"the save needs {what} {told}"
    here = ", which is not here" if len(names) == 1 else ""
    return SaveError(f"{first}{here}; put {it} into {players_folder()}, or give {it} with --pack")


def version_of(was: Any) -> str:
    """The version that a save's header states of a pack; nothing where it states none."""
    stated = was.get("version") if isinstance(was, Mapping) else None
    return stated if isinstance(stated, str) and len(stated) <= 20 else ""
