"""Finding the packs that a save was played with, and compiling its scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.engine import compile_model
from game.packs import find_packs, load_packs
from game.packs import render_text as render
from game.packs.find import declared_id
from game.saves.errors import SaveError

if TYPE_CHECKING:
    from game.engine import Model


def load_model(header: Mapping[str, Any], folders: Sequence[Path] = ()) -> Model:
    """The compiled scenario of a save.

    Args:
        header: the save's header.
        folders: folders of packs that do not come with the game, or stand for one that does.

    Raises:
        SaveError: a pack or the scenario is not there, or the packs have errors.
    """
    known = find_packs()
    given = {declared_id(folder) for folder in folders}
    missing = [name for name in header["packs"] if name not in known and name not in given]
    if missing and not folders:
        raise SaveError(f"the save needs the pack {missing[0]!r}; give its folder with --pack")
    shipped = [known[name] for name in header["packs"] if name in known and name not in given]
    loaded = load_packs([*shipped, *folders])
    if loaded.pack is None:
        problem = next(d for d in loaded.diagnostics if d.severity == "error")
        raise SaveError(f"the packs have errors: {render(problem).splitlines()[0]}")
    scenario = header["scenario"]
    if scenario not in loaded.pack.scenarios:
        raise SaveError(f"there is no scenario {scenario!r} in the packs")
    return compile_model(loaded.pack, scenario)
