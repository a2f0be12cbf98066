"""Where packs lie, and which of their files are read.

A pack is a folder or one zip file; a path may lead through a zip file as through a folder
(`solar.zip/events/rain.yaml`), and everything of a pack is read here.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import platformdirs

from game.packs import archive
from game.packs import catalogue as say
from game.packs.diagnostics import Finding, Findings, finding
from game.packs.guards import LARGEST_FILE
from game.packs.names import Twins, unfit
from game.packs.schema import OTHER_FOLDERS, SHELVES
from game.rules import suggest

MANIFEST = "pack.yaml"
MOST_FILES = 2_000
MOST_BYTES = 64 * 1024 * 1024
MOST_LISTED = 10_000
"""Files of one folder that are looked at at all."""
VARIABLE = "GUIDING_HAND_PACKS"
"""An environment variable that names another folder for the player's packs."""

_ID = re.compile(rb"^id:[ \t]*['\"]?([a-z][a-z0-9-]{0,47})['\"]?[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_VERSION = re.compile(rb"^version:[ \t]*['\"]?([0-9]{1,6}(?:\.[0-9]{1,6}){0,2})\b", re.MULTILINE)

Sort = Literal["file", "folder", "link", "other"]


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: how messages name it, where it is, and what it holds."""

    shown: str
    path: Path
    inside: str
    shelf: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pack that lies somewhere: its id and version as far as they can be read, and where."""

    id: str
    version: tuple[int, ...]
    root: Path


@dataclass(frozen=True, slots=True)
class Listed:
    """Something that lies in a pack: its name in its folder, what it is, and its size."""

    name: str
    sort: Sort
    size: int = 0


def shipped_folder() -> Path:
    """The folder of the packs that come with the game.

    Beside pyproject.toml where the code runs from a checkout, inside the package otherwise.
    """
    package = Path(__file__).resolve().parent.parent
    beside = package.parent / "content"
    if (package.parent / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    return package / "content"


def players_folder() -> Path:
    """The folder for packs that a player was given; it need not be there."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else platformdirs.user_data_path("guiding-hand", False) / "packs"


def find_packs(folder: Path | None = None) -> dict[str, Path]:
    """The packs in a folder by id, in order of id.

    By default those that come with the game and those in the player's folder; one that comes with
    the game is never replaced. A pack whose manifest cannot be read goes by the name of its folder
    or file, so that it is listed. Of several of one id the newest counts.
    """
    if folder is None:
        return dict(
            sorted({**find_packs(players_folder()), **find_packs(shipped_folder())}.items())
        )
    found: dict[str, Candidate] = {}
    for one in candidates(folder):
        if one.id not in found or one.version > found[one.id].version:
            found[one.id] = one
    return {name: found[name].root for name in sorted(found)}


def candidates(folder: Path) -> tuple[Candidate, ...]:
    """The packs in a folder in order of name; of one id there may be several."""
    found = []
    for root in _roots(folder):
        start = _manifest_start(root)
        name, version = _ID.search(start), _VERSION.search(start)
        called = name.group(1).decode("ascii") if name else root.name.removesuffix(archive.SUFFIX)
        numbers = tuple(map(int, version.group(1).split(b"."))) if version else ()
        found.append(Candidate(called, numbers, root))
    return tuple(found)


def _roots(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as inside:
            names = sorted(one.name for one, _ in zip(inside, range(MOST_LISTED), strict=False))
    except OSError:
        return []
    roots = [folder / name for name in names if not name.startswith(".")]
    return [root for root in roots if archive.is_archive(root) or (root / MANIFEST).is_file()]


def declared_id(root: Path) -> str | None:
    """The id in a pack's manifest, without reading the rest of it; None where there is none."""
    match = _ID.search(_manifest_start(root))
    return match.group(1).decode("ascii") if match else None


def _manifest_start(root: Path) -> bytes:
    try:
        return bytes_of(root / MANIFEST, 65_536)
    except OSError:
        return b""


def no_pack(root: Path) -> tuple[str, tuple[Finding, ...]]:
    """What keeps a folder or a file from being a pack at all: the file to name, and findings."""
    if archive.is_archive(root):
        try:
            zipped = archive.opened(root)
        except OSError as error:
            return str(root), (finding(say.UNREADABLE, why=error.strerror or "it is no file"),)
        if zipped.refusals:
            return str(root), zipped.refusals
        if MANIFEST in zipped.members:
            return str(root), ()
        why = "pack.yaml is neither at the top of the zip file nor in its only folder"
        return str(root), (finding(say.NO_MANIFEST, why=why),)
    manifest = root / MANIFEST
    if manifest.is_symlink():
        return str(manifest), (finding(say.SYMLINK),)
    if manifest.is_file():
        return str(manifest), ()
    if root.is_dir():
        return str(manifest), (
            finding(say.NO_MANIFEST, why="pack.yaml is missing", hint=_near(root)),
        )
    why = "there is no such folder"
    if root.exists():
        why = "it is a file, and no .zip"
    return str(manifest), (finding(say.NO_MANIFEST, why=why),)


def _near(root: Path) -> str | None:
    """Where a pack is that a folder is a part of, or that is in it."""
    for above in list(root.resolve().parents)[:2]:
        if (above / MANIFEST).is_file():
            return f"This folder is a part of the pack {above}: name that one."
    inside = _roots(root)
    return f"There is a pack in it: {inside[0]}." if inside else None


def listing(root: Path, folder: str = "") -> list[Listed]:
    """What lies in a pack, or in one of its folders, in order of name; hidden files are not told.

    Raises:
        OSError: the folder cannot be read, or holds too much.
    """
    if archive.is_archive(root):
        return _listed_in_zip(archive.opened(root), folder)
    found: list[Listed] = []
    place = root / folder
    if folder and place.is_symlink():
        raise OSError(0, "symbolic links are not followed")
    with os.scandir(place) as inside:
        for one in inside:
            if len(found) >= MOST_LISTED:
                raise OSError(0, f"there are more than {MOST_LISTED:,} files in it")
            if not one.name.startswith("."):
                with contextlib.suppress(FileNotFoundError):  # gone since the folder was read
                    about = one.stat(follow_symlinks=False)
                    found.append(Listed(one.name, _sort(about.st_mode), about.st_size))
    return sorted(found, key=lambda one: one.name)


def _sort(mode: int) -> Sort:
    if stat.S_ISLNK(mode):
        return "link"
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "other"


def _listed_in_zip(zipped: archive.Archive, folder: str) -> list[Listed]:
    top = f"{folder}/" if folder else ""
    found: dict[str, Listed] = {}
    for name, member in zipped.members.items():
        if name.startswith(top):
            own, slash, _ = name[len(top) :].partition("/")
            told = Listed(own, "folder") if slash else Listed(own, "file", member.size)
            found.setdefault(own, told)
    return [found[name] for name in sorted(found)]


def holds(root: Path, inside: str) -> bool:
    """Whether there is a file of that name in a pack."""
    if archive.is_archive(root):
        try:
            return inside in archive.opened(root).members
        except OSError:
            return False
    return (root / inside).is_file()


def files_of(root: Path, findings: Findings) -> list[PackFile]:
    """The files of a pack that are read, in order of name; the manifest is not among them.

    Only files of known names one level down are taken. Symbolic links are refused, also those
    that stay inside, so that what a pack is does not depend on what lies around it.
    """
    found: list[PackFile] = []
    size = 0
    twins = Twins()
    for one, inside in _candidates(root, findings):
        shown = str(root / inside)
        if one.sort == "link":
            findings.add(shown, finding(say.SYMLINK))
            continue
        twin = twins.of(inside)
        if twin is not None:
            findings.add(shown, finding(say.TWINS, first=twin, second=inside))
            continue
        size += one.size
        shelf = inside.split("/")[0].removesuffix(".yaml")
        found.append(PackFile(shown, root / inside, inside, shelf))
        if len(found) > MOST_FILES or size > MOST_BYTES:
            limit = "2,000 files" if len(found) > MOST_FILES else "64 MB"
            findings.add(str(root / MANIFEST), finding(say.PACK_TOO_BIG, limit=limit))
            return []
    return found


def _candidates(root: Path, findings: Findings) -> Iterator[tuple[Listed, str]]:
    for one in _told(root, "", findings):
        if one.name == MANIFEST:
            continue
        stem = one.name.removesuffix(".yaml")
        if one.sort == "folder" or (one.sort == "link" and one.name in SHELVES):
            yield from _in_folder(root, one, findings)
        elif one.name in SHELVES:
            why = f"{one.name}/ is a folder of YAML files, and this is a file"
            _ignored(root, one.name, why, findings)
        elif _is_yaml(root, one.name, findings):
            shelf = SHELVES.get(stem)
            if shelf is None or shelf.single:
                near = suggest(stem, SHELVES)
                better = f"did you mean {near}.yaml?" if near else "its name is not known"
                _ignored(root, one.name, better, findings)
            else:
                yield one, one.name


def _in_folder(root: Path, folder: Listed, findings: Findings) -> Iterator[tuple[Listed, str]]:
    if folder.name in OTHER_FOLDERS:
        return
    if folder.name not in SHELVES:
        near = suggest(folder.name, SHELVES)
        if near or any(re.search(r"\.ya?ml\Z", one.name) for one in _looked(root, folder.name)):
            better = f"did you mean {near}/?" if near else "its name is not known"
            _ignored(root, folder.name, better, findings)
        return
    if folder.sort == "link":
        findings.add(str(root / folder.name), finding(say.SYMLINK))
        return
    if not (root / folder.name).resolve().is_relative_to(root.resolve()):
        findings.add(str(root / folder.name), finding(say.OUTSIDE))
        return
    for one in _told(root, folder.name, findings):
        inside = f"{folder.name}/{one.name}"
        if one.sort == "folder":
            _ignored(root, inside, "folders in folders are not read", findings)
        elif _is_yaml(root, inside, findings):
            yield one, inside


def _is_yaml(root: Path, inside: str, findings: Findings) -> bool:
    """Whether a file is read; what only looks like one that is, is told."""
    name = inside.rpartition("/")[2]
    suffix = Path(name).suffix
    if suffix.lower() not in (".yaml", ".yml"):
        return False
    why = unfit(name)
    if suffix != ".yaml":
        why = f"its name ends in {suffix}, not .yaml"
    if why is not None:
        _ignored(root, inside, why, findings)
    return why is None


def _told(root: Path, folder: str, findings: Findings) -> list[Listed]:
    """What lies in a folder; that it cannot be read is told."""
    try:
        return listing(root, folder)
    except OSError as error:
        why = error.strerror or "no reason given"
        findings.add(str(root / folder), finding(say.UNREADABLE, why=why))
        return []


def _looked(root: Path, folder: str) -> list[Listed]:
    try:
        return listing(root, folder)
    except OSError:
        return []


def _ignored(root: Path, inside: str, why: str, findings: Findings) -> None:
    findings.add(str(root / inside), finding(say.UNKNOWN_FILE, why=why))


def bytes_of(path: Path, most: int = LARGEST_FILE + 1) -> bytes:
    """The bytes of a regular file or of a member of a zip file; by default one more than allowed.

    Raises:
        OSError: where it cannot be read or is not a regular file.
    """
    outer = archive.around(path)
    if outer is not None:
        zipped, name = outer
        return archive.opened(zipped).read(name, most)
    if archive.is_archive(path):
        raise OSError(0, "it is a zip file, and no text")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, "not a regular file")
        return file.read(most)
