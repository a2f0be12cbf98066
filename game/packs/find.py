"""Where packs lie, and which of their files are read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from game.packs import catalogue as say
from game.packs.diagnostics import Findings, finding
from game.packs.guards import LARGEST_FILE
from game.packs.schema import OTHER_FOLDERS, SHELVES
from game.rules import suggest

MANIFEST = "pack.yaml"
MOST_FILES = 2_000
MOST_BYTES = 64 * 1024 * 1024

_ID = re.compile(rb"^id:[ \t]*['\"]?([a-z][a-z0-9-]{0,47})['\"]?[ \t]*(?:#.*)?\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: how messages name it, where it is, and what it holds."""

    shown: str
    path: Path
    inside: str
    shelf: str


def shipped_folder() -> Path:
    """The folder of the packs that come with the game.

    Beside pyproject.toml where the code runs from a checkout, inside the package otherwise.
    """
    package = Path(__file__).resolve().parent.parent
    beside = package.parent / "content"
    if (package.parent / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    return package / "content"


def find_packs(folder: Path | None = None) -> dict[str, Path]:
    """The packs in a folder (by default those that come with the game) by id, in order of id.

    A pack whose manifest cannot be read goes by the name of its folder, so that it is listed.
    """
    folder = folder if folder is not None else shipped_folder()
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return {}
    found: dict[str, Path] = {}
    for root in inside:
        if not root.name.startswith(".") and (root / MANIFEST).is_file():
            found.setdefault(declared_id(root) or root.name, root)
    return dict(sorted(found.items()))


def declared_id(root: Path) -> str | None:
    """The id in a pack's manifest, without reading the rest of it; None where there is none."""
    try:
        with (root / MANIFEST).open("rb") as file:
            match = _ID.search(file.read(65_536))
    except OSError:
        return None
    return match.group(1).decode("ascii") if match else None


def files_of(root: Path, findings: Findings) -> list[PackFile]:
    """The files of a pack that are read, in order of name; the manifest is not among them.

    Only files of known names one level down are taken. Symbolic links are refused, also those
    that stay inside, so that what a pack is does not depend on what lies around it.
    """
    found: list[PackFile] = []
    size = 0
    for path, inside in _candidates(root, findings):
        shown = str(root / inside)
        shelf = inside.split("/")[0].removesuffix(".yaml")
        if path.is_symlink():
            findings.add(shown, finding(say.SYMLINK))
            continue
        if not path.resolve().is_relative_to(root.resolve()):
            findings.add(shown, finding(say.OUTSIDE))
            continue
        size += path.stat().st_size
        found.append(PackFile(shown, path, inside, shelf))
        if len(found) > MOST_FILES or size > MOST_BYTES:
            limit = "2,000 files" if len(found) > MOST_FILES else "64 MB"
            findings.add(str(root / MANIFEST), finding(say.PACK_TOO_BIG, limit=limit))
            return []
    return found


def _candidates(root: Path, findings: Findings) -> Iterator[tuple[Path, str]]:
    for path in sorted(_listed(root, findings)):
        name = path.name
        if name.startswith(".") or name == MANIFEST:
            continue
        if path.is_dir():
            yield from _in_folder(root, path, findings)
        elif name in SHELVES:
            _ignored(root, path, f"{name}/ is a folder of YAML files, and this is a file", findings)
        elif _is_yaml(root, path, findings):
            shelf = SHELVES.get(path.stem)
            if shelf is None or shelf.single:
                near = suggest(path.stem, SHELVES)
                better = f"did you mean {near}.yaml?" if near else "its name is not known"
                _ignored(root, path, better, findings)
            else:
                yield path, name


def _in_folder(root: Path, folder: Path, findings: Findings) -> Iterator[tuple[Path, str]]:
    if folder.name in OTHER_FOLDERS:
        return
    if folder.name not in SHELVES:
        near = suggest(folder.name, SHELVES)
        if near or any(folder.glob("*.y*ml")):
            better = f"did you mean {near}/?" if near else "its name is not known"
            _ignored(root, folder, better, findings)
        return
    if folder.is_symlink():
        findings.add(str(folder), finding(say.SYMLINK))
        return
    for path in sorted(_listed(folder, findings)):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            _ignored(root, path, "folders in folders are not read", findings)
        elif _is_yaml(root, path, findings):
            yield path, f"{folder.name}/{path.name}"


def _is_yaml(root: Path, path: Path, findings: Findings) -> bool:
    """Whether a file is read; what only looks like one that is, is told."""
    if path.suffix.lower() not in (".yaml", ".yml"):
        return False
    if path.suffix != ".yaml":
        _ignored(root, path, f"its name ends in {path.suffix}, not .yaml", findings)
    elif not path.name.isprintable():
        _ignored(root, path, "its name holds characters that cannot be shown", findings)
    else:
        return True
    return False


def _listed(folder: Path, findings: Findings) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as error:
        findings.add(str(folder), finding(say.UNREADABLE, why=error.strerror or "no reason given"))
        return []


def _ignored(root: Path, path: Path, why: str, findings: Findings) -> None:
    findings.add(str(root / path.relative_to(root)), finding(say.UNKNOWN_FILE, why=why))


def bytes_of(path: Path) -> bytes:
    """The bytes of a regular file, up to one more than a file may have.

    Raises:
        OSError: where it cannot be read or is not a regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, "not a regular file")
        return file.read(LARGEST_FILE + 1)
