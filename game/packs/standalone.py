"""Strategies and experiments in files of their own, checked against a loaded pack."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from game.packs.check_conditions import check_conditions
from game.packs.check_context import Context
from game.packs.check_expressions import check_expressions
from game.packs.check_references import check_references
from game.packs.check_scenarios import check_scenarios
from game.packs.contents import content_of
from game.packs.diagnostics import Diagnostic, Findings, PackError
from game.packs.fields import Kind
from game.packs.find import PackFile
from game.packs.merge import KINDS, Merged, Placed
from game.packs.pack import Pack
from game.packs.place import diagnostics
from game.packs.schema import Experiment, Strategy
from game.packs.schema_model import Entry


def read_strategy(path: Path, pack: Pack) -> tuple[Strategy, tuple[Diagnostic, ...]]:
    """The strategy in a file, and what there is to warn of.

    Raises:
        PackError: where the file cannot be used with this pack.
    """
    entries, said = _read(path, "strategies", "strategy", pack)
    found = next((entry for entry in entries if isinstance(entry, Strategy)), None)
    if found is None:
        raise PackError(said)
    return found, said


def read_experiments(
    path: Path, pack: Pack
) -> tuple[tuple[Experiment, ...], tuple[Diagnostic, ...]]:
    """The experiments in a file, and what there is to warn of.

    Raises:
        PackError: where the file cannot be used with this pack.
    """
    entries, said = _read(path, "experiments", "experiment", pack)
    return tuple(entry for entry in entries if isinstance(entry, Experiment)), said


def _read(
    path: Path, shelf: str, kind: Literal["strategy", "experiment"], pack: Pack
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    findings = Findings()
    file = PackFile(shown=str(path), path=path, inside=path.name, shelf=shelf)
    content = content_of(file, findings, use_cache=False)
    entries = {name: dict(known) for name, known in pack.placed.items()}
    fresh = {entry.id: Placed(kind, entry, "", (file.shown, at)) for at, entry in content.entries}
    entries[kind] = {**entries[kind], **fresh}
    empty: dict[Kind, set[str]] = {name: set() for name in KINDS}
    known = Merged([], entries, empty, {kind} if content.unread else set())
    only = frozenset((kind, name) for name in fresh)
    context = Context(known, pack.vocabulary, findings, only=only)
    check_references(context)
    check_expressions(context)
    check_scenarios(context)
    check_conditions(context)
    context.tell_rest()
    said = diagnostics(findings)
    if findings.failed:
        raise PackError(said)
    return tuple(placed.entry for placed in fresh.values()), said
