"""Packs, scenarios, strategies and experiments by the names that people give them."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from game.lab.errors import BadContentError, NotFoundError, missing
from game.packs import Diagnostic, Pack, find_packs, load_packs
from game.packs.ad_hoc import load_experiment_file, load_strategy_file, pack_around
from game.packs.archive import is_archive
from game.packs.diagnostics import escaped
from game.packs.find import holds, no_pack
from game.packs.translate import translated
from game.words import language

if TYPE_CHECKING:
    from game.packs.schema import Experiment, PlanEntry

CORE = "core"
"""The pack that is taken where none is named."""


@dataclass(frozen=True)
class Chosen:
    """Packs that are loaded, and the folders that they came from.

    `passed_over` has a line for each pack that might have been meant and cannot be played.
    """

    pack: Pack
    folders: tuple[Path, ...]
    passed_over: tuple[str, ...] = ()

    def own_scenarios(self) -> tuple[str, ...]:
        """The scenarios of those packs themselves, not of what they require."""
        pack = self.pack
        own = {pack.read_from(folder) for folder in self.folders}
        return tuple(one for one in pack.scenarios if pack.owner("scenario", one) in own)


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
    """The packs in which a scenario is played: those given, else the one that has it.

    A scenario may be named as pack/scenario: it is then played with that pack, whoever wrote it.
    Packs that cannot be played are passed over; where the scenario is not found they are named.

    Raises:
        NotFoundError: there is no such scenario.
        BadContentError: the packs given cannot be used.
    """
    wanted, _, name = scenario.rpartition("/")
    if given:
        chosen = load(given)
        if name not in chosen.pack.scenarios or (wanted and wanted not in chosen.pack.manifests):
            raise missing("scenario", scenario, chosen.pack.scenarios)
        return chosen
    known: dict[str, None] = {}
    failed: list[str] = []
    for pack, folder in _in_order(wanted, name):
        try:
            chosen = load([folder])
        except BadContentError as error:
            failed.append(escaped(f"{pack} cannot be played: {_first(error)}"))
            continue
        if name in chosen.pack.scenarios:
            return dataclasses.replace(chosen, passed_over=tuple(failed))
        known |= dict.fromkeys(chosen.pack.scenarios)
    wrong = missing("scenario", scenario, known)
    if no_pack(Path(scenario))[1] == ():
        raise NotFoundError(f"{scenario} is a pack, no scenario: write --pack {scenario} as well")
    raise NotFoundError("; ".join([str(wrong), *failed])) if failed else wrong


def _first(error: BadContentError) -> str:
    one = error.diagnostics[0]
    return f"{one.file}:{one.line}: {one.code} {one.message}"


def _in_order(wanted: str, scenario: str) -> list[tuple[str, Path]]:
    """The packs to look into: the one that is named, else all, the likely ones first."""
    packs = find_packs()
    if wanted and wanted not in packs:
        raise missing("pack", wanted, packs)
    if wanted:
        return [(wanted, packs[wanted])]
    likely = {name: holds(root, f"scenarios/{scenario}.yaml") for name, root in packs.items()}
    return sorted(packs.items(), key=lambda one: (not likely[one[0]], one[0] != CORE, one[0]))


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
    """The experiments of a pack (its folder or zip file, or its id) or of a file.

    Raises:
        NotFoundError: there is no such pack or file.
        BadContentError: it cannot be used.
    """
    path = Path(name)
    packs = find_packs()
    here = path.is_dir() or is_archive(path)
    if here or (name in packs and not path.is_file()):
        folder = path if here else packs[name]
        pack = load([*given, folder] if folder not in given else given).pack
        own = pack.read_from(folder)
        ids = [one for one in pack.experiments if pack.owner("experiment", one) == own]
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
