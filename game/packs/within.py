"""Paths in the data of a file -> words: `event strike, choice raise, costs.capital`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import NamedTuple

from game.packs.diagnostics import DataPath, escaped
from game.packs.schema import SHELVES

Value = Callable[[DataPath], str | None]
"""The text of the scalar at a path; None where there is none."""

_ONE_OF = {
    "also": "dossier",
    "balances": "balance",
    "carried": "dossier",
    "expect": "expectation",
    "mandate": "target",
    "requires": "requirement",
}
"""What one of a list is called, where that is not the list's name without its last letter."""
_NAMED = frozenset({"arms"})
"""Mappings whose keys name parts as ids do."""
_SITUATION = ("starts", "ends")
_LONGEST = 60


class Within(NamedTuple):
    """Where a finding is: its entry as `kind/id`, and all of the way in words."""

    entry: str
    words: str


def within(file: str, path: DataPath, value: Value) -> Within:
    """What a path of a file is called.

    Args:
        file: the file's path; its folder and its name say what entries it holds.
        path: the path in the file's data.
        value: reads scalars of the same file.
    """
    kind, base = _kind(file, path, value)
    if kind is None:
        return Within("", _words(path, 0, value))
    head, entry = _head(file, kind, base, value)
    return Within(entry, ", ".join(part for part in (head, _words(path, len(base), value)) if part))


def naming(path: DataPath) -> set[DataPath]:
    """The paths whose scalars name what a path leads through; `within` reads them."""
    found: set[DataPath] = set()
    for length in range(len(path) + 1):
        here = path[:length]
        if length <= 1 or isinstance(here[-1], int):
            found |= {(*here, name) for name in ("id", "change", "remove", *_SITUATION)}
    return found


def _kind(file: str, path: DataPath, value: Value) -> tuple[str | None, DataPath]:
    """What kind of entry a path lies in, and the path of the entry; None outside of any."""
    where = PurePath(file)
    if where.name == "pack.yaml":
        return "pack", ()
    if where.parent.name == "tests":
        return ("playthrough", path[:1]) if path else (None, ())
    shelf = SHELVES.get(where.parent.name) or SHELVES.get(where.stem)
    if shelf is None:
        return None, ()
    base: DataPath = () if shelf.single else path[:1]
    if not shelf.single and not path:
        return None, ()
    kind: str = shelf.kind
    if kind == "event" and any(value((*base, name)) is not None for name in _SITUATION):
        kind = "situation"
    return kind, base


def _head(file: str, kind: str, base: DataPath, value: Value) -> tuple[str, str]:
    for verb in ("change", "remove"):
        target = value((*base, verb))
        if target is not None:
            return f"{verb}: {_shown(target)}", f"{kind}/{target.partition('/')[2]}"
    name = value((*base, "id"))
    if name is None and not base:
        name = PurePath(file).stem if kind != "pack" else ""
    if name is None:
        return f"{kind} {int(base[-1]) + 1} of the file", ""
    return f"{kind} {_shown(name)}".strip(), f"{kind}/{name}"


def _words(path: DataPath, start: int, value: Value) -> str:
    parts: list[str] = []
    names: list[str] = []
    for place in range(start, len(path)):
        step = path[place]
        if isinstance(step, str):
            names.append(step)
            if names[:-1] and names[-2] in _NAMED:
                parts.append(f"{_single(names[-2])} {_shown(step)}")
                names = []
            continue
        *outer, last = names or ["entry"]
        name = value((*path[: place + 1], "id"))
        told = _shown(name) if name is not None else str(step + 1)
        parts.extend([_shown(".".join(outer))] if outer else [])
        parts.append(f"{_single(last)} {told}")
        names = []
    if names and names != ["id"]:
        parts.append(_shown(".".join(names)))
    return ", ".join(parts)


def _single(name: str) -> str:
    return _ONE_OF.get(name, name.removesuffix("s"))


def _shown(name: str) -> str:
    text = escaped(name[: _LONGEST + 1])
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
