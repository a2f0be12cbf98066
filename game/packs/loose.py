"""Files of entries that are no content of a pack: its playthroughs, a strategy to be tried."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from game.packs import catalogue as say
from game.packs.diagnostics import DataPath, Findings, finding
from game.packs.find import bytes_of
from game.packs.guards import ReadError
from game.packs.reader import read
from game.packs.shape import found_text, problems, validated

M = TypeVar("M", bound=BaseModel)


def items_in(
    path: Path, findings: Findings, wanted: str, *, single: bool = False
) -> list[tuple[DataPath, Any]] | None:
    """The entries of a file as data, each with its path; None where the file is wrong as a whole.

    Args:
        path: the file.
        findings: takes what is wrong.
        wanted: what the file should hold, in words.
        single: whether that is one entry instead of a list.
    """
    shown = str(path)
    try:
        data = read(bytes_of(path))
    except OSError as error:
        why = error.strerror or "it is not a file"
        findings.add(shown, finding(say.UNREADABLE, why=why))
        return None
    except ReadError as refusal:
        findings.add(shown, refusal.found)
        return None
    if not isinstance(data, dict if single else list):
        wrong = finding(say.WRONG_SHAPE_FILE, wanted=wanted, found=found_text(data))
        findings.add(shown, wrong)
        return None
    return [((), data)] if single else [((place,), item) for place, item in enumerate(data)]


def entry_of(model: type[M], item: Any, at: DataPath, shown: str, findings: Findings) -> M | None:
    """An entry of a file as its class has it; None where it does not fit, which is told."""
    if not isinstance(item, dict):
        wrong = finding(say.WRONG_TYPE, at, wanted="a mapping", found=found_text(item))
        findings.add(shown, wrong)
        return None
    try:
        entry: M = validated(model, item)
    except ValidationError as error:
        for problem in problems(error, model, item, at, findings):
            findings.add(shown, problem)
        return None
    return entry
