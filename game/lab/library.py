"""Packs, scenarios, strategies and experiments by the names that people give them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from game.lab.errors import BadContentError, NotFoundError, missing
from game.packs import Diagnostic, Pack, find_packs, load_packs
from game.packs.ad_hoc import load_experiment_file, load_strategy_file, pack_around
from game.packs.translate import translated
from game.words import language

if TYPE_CHECKING:
    from game.packs.schema import Experiment, PlanEntry

CORE = "core"
"""The pack that is taken where none is named."""


@dataclass(frozen=True)
class Chosen:
    """Packs that are loaded, and the folders that they came from."""

    pack: Pack
    folders: tuple[Path, ...]


@dataclass(frozen=True)
class Plans:
    """A strategy by the name that messages use, with the packs that it was checked against."""

    name: str
    entries: tuple[PlanEntry, ...]
    chosen: Chosen


def load(folders: Sequence[Path], *, original: bool = False) -> Chosen:
    """Load packs, in the language in force or in their own.

    Raises:
        BadContentError: they cannot be used.
    """
    loaded = load_packs(folders)
    if loaded.pack is None:
        raise BadContentError([one for one in loaded.diagnostics if one.severity == "error"])
    pack = loaded.pack if original else translated(loaded.pack, language())
    return Chosen(pack, tuple(folders))


def for_scenario(scenario: str, given: Sequence[Path]) -> Chosen:
    """The packs in which a scenario is played: those given, else the shipped one that has it.

    Raises:
        NotFoundError: there is no such scenario.
        BadContentError: the packs cannot be used.
    """
    if given:
        chosen = load(given)
        if scenario not in chosen.pack.scenarios:
            raise missing("scenario", scenario, chosen.pack.scenarios)
        return chosen
    known: dict[str, None] = {}
    for folder in _shipped():
        chosen = load([folder])
        if scenario in chosen.pack.scenarios:
            return chosen
        known |= dict.fromkeys(chosen.pack.scenarios)
    raise missing("scenario", scenario, known)


def _shipped() -> list[Path]:
    packs = find_packs()
    return [packs[name] for name in sorted(packs, key=lambda name: (name != CORE, name))]


def strategy(name: str | None, chosen: Chosen) -> Plans:
    """A strategy by its id or its file; nothing at all is funded where it is None.

    Raises:
        NotFoundError: there is no such strategy.
        BadContentError: the file is wrong.
    """
    from game.packs.schema import PlanEntry

    if name is None:
        return Plans("no strategy", (PlanEntry(),), chosen)
    if name in chosen.pack.strategies:
        return Plans(f"strategy {name}", chosen.pack.strategies[name].plans, chosen)
    if not looks_like_a_file(name):
        raise missing("strategy", name, chosen.pack.strategies)
    path = _file(name, "strategy")
    found = load_strategy_file(path, chosen.folders)
    if found.pack is None:
        raise BadContentError(_errors(found.diagnostics))
    entries = found.pack.strategies[found.ids[0]].plans
    return Plans(name, entries, Chosen(found.pack, chosen.folders))


def experiments(name: str, given: Sequence[Path]) -> tuple[Pack, tuple[Experiment, ...]]:
    """The experiments of a pack (its folder, or its id if it is shipped) or of a file.

    Raises:
        NotFoundError: there is no such pack or file.
        BadContentError: it cannot be used.
    """
    path = Path(name)
    packs = find_packs()
    if path.is_dir() or (name in packs and not path.is_file()):
        folder = path if path.is_dir() else packs[name]
        pack = load([*given, folder] if folder not in given else given).pack
        own = load_packs([folder]).pack if given else pack
        assert own is not None
        last = list(own.manifests)[-1]
        ids = [one for one in pack.experiments if pack.owner("experiment", one) == last]
        return pack, tuple(pack.experiments[one] for one in ids)
    if not looks_like_a_file(name):
        raise missing("pack or file", name, packs)
    path = _file(name, "file of experiments")
    around = pack_around(path)
    folders = list(given) or [around or _core(packs)]
    found = load_experiment_file(path, folders)
    if found.pack is None:
        raise BadContentError(_errors(found.diagnostics))
    return found.pack, tuple(found.pack.experiments[one] for one in found.ids)


def _core(packs: dict[str, Path]) -> Path:
    if CORE not in packs:
        raise NotFoundError("the game's own pack is not there; name one with --pack")
    return packs[CORE]


def looks_like_a_file(name: str) -> bool:
    """Whether a name that may be an id or a file is meant as a file."""
    return name.endswith((".yaml", ".yml")) or os.sep in name or Path(name).exists()


def _file(name: str, kind: str) -> Path:
    path = Path(name)
    if path.is_dir():
        raise NotFoundError(f"{name} is a folder; a {kind} is one YAML file")
    if not path.exists():
        raise NotFoundError(f"there is no {kind} {name}")
    return path


def _errors(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    return [one for one in diagnostics if one.severity == "error"]
