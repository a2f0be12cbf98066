"""A pack -> one zip file, the same bytes for the same content, with what belongs to it alone."""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from game.packs import Diagnostic, Pack, load_packs
from game.packs.archive import LARGEST_ARCHIVE, MOST_MEMBERS, SUFFIX
from game.packs.diagnostics import Findings
from game.packs.find import MANIFEST, bytes_of, files_of, listing
from game.packs.guards import LARGEST_FILE
from game.packs.names import Twins, unfit

BESIDES = {"tests": (".yaml",), "texts": (".po",), "docs": (".md",)}
"""What of a pack's folders that are no content is given away with it."""
EARLIEST = (1980, 1, 1, 0, 0, 0)
_PAPERS = re.compile(
    r"(?:readme|licen[cs]e|copying|changelog|history|credits)(?:\.(?:md|txt))?\Z", re.IGNORECASE
)


class BuildingError(Exception):
    """The zip file cannot be made; says why."""


@dataclass(frozen=True, slots=True)
class Built:
    """A pack in one file.

    Attributes:
        name: what the file is called.
        raw: its bytes.
        files: what is in it, in order.
        left_out: what lies in the pack's folder and is no part of it.
        needs: the packs that it requires, with their versions.
        folders: where those packs were found, to check it with them.
        hashes: of the pack's content, as saves keep them.
    """

    name: str
    raw: bytes
    files: tuple[str, ...]
    left_out: tuple[str, ...]
    needs: tuple[str, ...]
    folders: tuple[Path, ...]
    hashes: tuple[str, str, str]

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it: the file, unless there are errors, and all there is to say of the pack."""

    built: Built | None
    diagnostics: tuple[Diagnostic, ...]


def build(root: Path) -> Tried:
    """Check a pack and put it into one file.

    Raises:
        BuildingError: a file of it cannot be read, or there is too much.
        OSError: the folder cannot be read.
    """
    loaded = load_packs([root])
    if loaded.pack is None:
        return Tried(None, loaded.diagnostics)
    pack = loaded.pack
    owner = pack.read_from(root)
    names = sorted(_names(root))
    manifest = pack.manifests[owner]
    raw = _zipped(root, names)
    built = Built(
        name=f"{owner}-{manifest.version}{SUFFIX}",
        raw=raw,
        files=tuple(names),
        left_out=tuple(_left_out(root, names)),
        needs=tuple(_needs(pack, owner)),
        folders=tuple(one for one in pack.folders if one != pack.root(owner)),
        hashes=pack.hashes[owner],
    )
    return Tried(built, loaded.diagnostics)


def write(built: Built, target: Path, *, force: bool) -> None:
    """Write the file and read it back; what does not load as it did does not stay.

    Raises:
        FileExistsError: there is one already, and `force` is not set.
        BuildingError: it does not read back as what was put in.
        OSError: it cannot be written.
    """
    if target.exists() and not force:
        raise FileExistsError(0, "is there already; --force writes over it", str(target))
    part = target.with_name(f".{target.stem}.{os.getpid()}{SUFFIX}")
    try:
        part.write_bytes(built.raw)
        _read_back(built, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _read_back(built: Built, path: Path) -> None:
    loaded = load_packs([path, *built.folders], use_cache=False)
    if loaded.pack is None:
        first = next(one for one in loaded.diagnostics if one.severity == "error")
        raise BuildingError(f"what was written does not load: {first.message}")
    if built.hashes not in loaded.pack.hashes.values():
        raise BuildingError("what was written is not what was read; was a file saved meanwhile?")


def _names(root: Path) -> Iterator[str]:
    yield MANIFEST
    yield from (one.inside for one in files_of(root, Findings()))
    for one in listing(root):
        if one.sort == "file" and _PAPERS.match(one.name):
            yield one.name
        elif one.sort == "folder":
            for inner in listing(root, one.name) if one.name in BESIDES else ():
                if inner.sort == "file" and inner.name.endswith(BESIDES[one.name]):
                    yield f"{one.name}/{inner.name}"


def _left_out(root: Path, names: list[str]) -> Iterator[str]:
    """What lies in the pack's folder and is not taken, folders that are not known as a whole."""
    known = set(names)
    tops = {name.split("/")[0] for name in names}
    for one in listing(root):
        if one.sort == "folder" and one.name in tops:
            inside = (f"{one.name}/{inner.name}" for inner in listing(root, one.name))
            yield from (name for name in inside if name not in known)
        elif one.name not in known:
            yield one.name + "/" * (one.sort == "folder")


def _needs(pack: Pack, owner: str) -> Iterator[str]:
    for one in pack.manifests[owner].requires:
        found = pack.manifests[one.id].version
        yield f"{one.id} {one.version} (checked with {found})".replace("  ", " ")


def _zipped(root: Path, names: list[str]) -> bytes:
    if len(names) > MOST_MEMBERS:
        raise BuildingError(f"the pack has more than {MOST_MEMBERS:,} files")
    twins = Twins()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            _fit(name, twins)
            raw = bytes_of(root / name)
            if len(raw) > LARGEST_FILE:
                raise BuildingError(f"{name} is more than 4 MB")
            about = zipfile.ZipInfo(name, EARLIEST)
            about.create_system = 3
            about.external_attr = 0o100644 << 16
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, raw)
    raw = file.getvalue()
    if len(raw) > LARGEST_ARCHIVE:
        raise BuildingError("the zip file would be more than 16 MB, and would not be read")
    return raw


def _fit(name: str, twins: Twins) -> None:
    why = unfit(name)
    if why is not None:
        raise BuildingError(f"{name} cannot be in a zip file: {why}")
    twin = twins.of(name)
    if twin is not None:
        raise BuildingError(f"{twin} and {name} are one name on some systems; rename one")
