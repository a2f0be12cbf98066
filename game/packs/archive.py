"""Packs in one zip file: an index of what the file holds, and its members' bytes.

The file is somebody else's. It is read as a table of names and bytes in memory and nothing of it
is ever put on a disk; no size, name or place that it states is believed until it was compared with
what is there. What a pack has no use for (passwords, several disks, rare compressions) is refused.
"""

from __future__ import annotations

import os
import stat
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from game.packs import catalogue as say
from game.packs.diagnostics import Finding, finding
from game.packs.names import Twins, unfit

SUFFIX = ".zip"
LARGEST_ARCHIVE = 16 * 1024 * 1024
MOST_MEMBERS = 4_000
LARGEST_INDEX = 2 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_TIMES = 200
"""How many times larger than its packed bytes a member may be; prose comes to about 4 times."""
SMALL = 64 * 1024
"""What unpacks to no more than this is too small for its ratio to matter."""
MOST_REFUSALS = 10

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LOCKED = 0x2041
_UTF8 = 0x0800
_REPARSE = 0x0400
_JUNK = "__MACOSX"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: where its bytes begin, how many they are, and what they unpack to."""

    start: int
    packed: int
    size: int
    check: int
    deflated: bool


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """What an archive holds; where there are refusals, nothing of it is used.

    `members` go by their names in the pack: a folder round everything is left out of them.
    """

    members: Mapping[str, Member]
    refusals: tuple[Finding, ...]
    raw: bytes = field(repr=False, default=b"")

    def read(self, name: str, most: int) -> bytes:
        """The bytes of a member, at most `most` of them.

        Raises:
            OSError: there is no such member, or it does not hold what the index says.
        """
        member = self.members.get(name)
        if self.refusals or member is None:
            why = "the archive is refused" if self.refusals else "there is no such file in the zip"
            raise OSError(0, why)
        packed = self.raw[member.start : member.start + member.packed]
        told = _unpacked(packed, member, most) if member.deflated else packed[:most]
        if len(told) < most and (len(told) != member.size or zlib.crc32(told) != member.check):
            raise DamagedError(0, "what it holds is not what its sums say")
        return told


class DamagedError(OSError):
    """A member of an archive does not hold what the index says; `strerror` says how."""


class _BrokenError(Exception):
    """The file is not a zip file that can be read; says why."""


def is_archive(path: Path) -> bool:
    """Whether a path is meant as an archive: a file, by its name a zip."""
    return path.suffix.lower() == SUFFIX and path.is_file()


def around(path: Path) -> tuple[Path, str] | None:
    """The archive that a path leads through, and the member's name; None where there is none."""
    for outer in path.parents:
        if outer.suffix.lower() == SUFFIX and outer.is_file():
            return outer, path.relative_to(outer).as_posix()
    return None


def opened(path: Path) -> Archive:
    """The archive in a file, read anew only where the file has changed.

    Raises:
        OSError: it cannot be read or is not a regular file.
    """
    about = path.stat()
    return _opened(path, (about.st_mtime_ns, about.st_size, about.st_ino, about.st_dev))


@lru_cache(maxsize=4)
def _opened(path: Path, _stamp: tuple[int, ...]) -> Archive:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, "not a regular file")
        return archive_of(file.read(LARGEST_ARCHIVE + 1))


def archive_of(raw: bytes) -> Archive:
    """The archive that some bytes are."""
    if len(raw) > LARGEST_ARCHIVE:
        return Archive({}, (finding(say.ZIP_TOO_BIG, what="the file", limit="16 MB"),))
    refusals: list[Finding] = []
    try:
        found = dict(_members(raw, refusals))
    except _BrokenError as broken:
        return Archive({}, (finding(say.ZIP_BROKEN, why=str(broken)),))
    if refusals:
        return Archive({}, tuple(refusals[:MOST_REFUSALS]))
    return Archive(_without_folder(found), (), raw)


def _members(raw: bytes, refusals: list[Finding]) -> Iterator[tuple[str, Member]]:
    count, size, start = _end(raw)
    if count > MOST_MEMBERS or size > LARGEST_INDEX:
        limit = f"{MOST_MEMBERS:,} files" if count > MOST_MEMBERS else "2 MB"
        refusals.append(finding(say.ZIP_TOO_BIG, what="its list of files", limit=limit))
        return
    twins = Twins()
    taken: list[tuple[int, int, str]] = []
    at, unpacked = start, 0
    for _ in range(count):
        entry, at = _entry(raw, at, start + size)
        wrong = _wrong(entry, twins)
        if wrong is not None:
            refusals.append(wrong)
            continue
        unpacked += entry.size
        if unpacked > MOST_UNPACKED:
            refusals.append(finding(say.ZIP_TOO_BIG, what="what it unpacks to", limit="64 MB"))
            return
        begin = _begin(raw, entry, start)
        taken.append((entry.offset, begin + entry.packed, entry.name))
        if not entry.name.endswith("/"):
            deflated = entry.method == zlib.DEFLATED
            yield entry.name, Member(begin, entry.packed, entry.size, entry.check, deflated)
    if at != start + size:
        raise _BrokenError("its list of files is longer than its files")
    _apart(taken)


def _end(raw: bytes) -> tuple[int, int, int]:
    """How many entries the index has, its size and its place, from the record at the end."""
    tail = max(0, len(raw) - _END.size - 0xFFFF)
    ends = []
    at = raw.find(b"PK\5\6", tail)
    while at >= 0:
        if at + _END.size <= len(raw):
            record = _END.unpack_from(raw, at)
            if at + _END.size + record[7] == len(raw):
                ends.append((at, record))
        at = raw.find(b"PK\5\6", at + 1)
    if not ends:
        raise _BrokenError("its end is missing" if raw[:2] == b"PK" else "it is no zip file")
    if len(ends) > 1:
        raise _BrokenError("it has two ends")
    at, (_, disk, first, here, count, size, start, _) = ends[0]
    if 0xFFFF in (disk, first, here, count) or 0xFFFFFFFF in (size, start):
        raise _BrokenError("it is of the kind for very large files (zip64)")
    if disk or first or here != count:
        raise _BrokenError("it is a part of several")
    if start + size != at:
        raise _BrokenError("its list of files is not where its end says")
    return count, size, start


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the index, as it stands there."""

    name: str
    written: bytes
    flags: int
    method: int
    check: int
    packed: int
    size: int
    offset: int
    attributes: int


def _entry(raw: bytes, at: int, stop: int) -> tuple[_Entry, int]:
    if at + _ENTRY.size > stop:
        raise _BrokenError("its list of files is cut short")
    (sign, _, _, flags, method, _, _, check, packed, size, name_size, extra, comment, _, _,
     attributes, offset) = _ENTRY.unpack_from(raw, at)  # fmt: skip
    after = at + _ENTRY.size + name_size + extra + comment
    if sign != b"PK\1\2" or after > stop:
        raise _BrokenError("its list of files is damaged")
    if 0xFFFFFFFF in (packed, size, offset):
        raise _BrokenError("it is of the kind for very large files (zip64)")
    written = raw[at + _ENTRY.size : at + _ENTRY.size + name_size]
    try:
        name = written.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError:
        raise _BrokenError("the name of a file in it is not UTF-8") from None
    return _Entry(name, written, flags, method, check, packed, size, offset, attributes), after


def _wrong(entry: _Entry, twins: Twins) -> Finding | None:
    """Why the archive is refused for an entry, or None."""
    why = unfit(entry.name.removesuffix("/"))
    if why is not None:
        return finding(say.MEMBER_NAME, member=entry.name, why=why)
    twin = twins.of(entry.name)
    if twin is not None:
        return finding(say.TWINS, first=twin, second=entry.name)
    kind = stat.S_IFMT(entry.attributes >> 16)
    wanted = stat.S_IFDIR if entry.name.endswith("/") else stat.S_IFREG
    if kind not in (0, wanted) or entry.attributes & _REPARSE:
        return finding(say.MEMBER_LINK, member=entry.name)
    if entry.flags & _LOCKED:
        return finding(say.MEMBER_LOCKED, member=entry.name)
    if entry.method not in (0, zlib.DEFLATED):
        return finding(say.COMPRESSION, member=entry.name, number=entry.method)
    if entry.size > SMALL and entry.size > MOST_TIMES * entry.packed:
        times = entry.size // max(1, entry.packed)
        return finding(say.BOMB, member=entry.name, times=f"{times:,}")
    if entry.method == 0 and entry.packed != entry.size:
        return finding(say.MEMBER_BROKEN, member=entry.name, why="its two sizes differ")
    return None


def _begin(raw: bytes, entry: _Entry, index: int) -> int:
    """Where the bytes of an entry begin: after its own header, which must name it alike."""
    after = entry.offset + _LOCAL.size
    if after > index:
        raise _BrokenError(f"{entry.name} lies outside it")
    found = _LOCAL.unpack_from(raw, entry.offset)
    begin = after + found[9] + found[10]
    if found[0] != b"PK\3\4" or raw[after : after + found[9]] != entry.written:
        raise _BrokenError(f"its list of files and the file {entry.name} differ")
    if begin + entry.packed > index:
        raise _BrokenError(f"{entry.name} is cut short")
    return int(begin)


def _apart(taken: list[tuple[int, int, str]]) -> None:
    """Refuse members that share bytes: few bytes then unpack to very many files."""
    ordered = sorted(taken)
    for (_, stop, first), (start, _, second) in pairwise(ordered):
        if start < stop:
            raise _BrokenError(f"{first} and {second} lie over one another")


def _without_folder(found: dict[str, Member]) -> dict[str, Member]:
    """The members by their names in the pack: one folder round everything is no part of them."""
    names = [
        name
        for name in found
        if not name.startswith(_JUNK) and not any(part[:1] == "." for part in name.split("/"))
    ]
    tops = {name.split("/")[0] for name in names}
    top = f"{tops.pop()}/" if "pack.yaml" not in names and len(tops) == 1 else ""
    return {name.removeprefix(top): found[name] for name in names}


def _unpacked(packed: bytes, member: Member, most: int) -> bytes:
    """Unpack no more than is wanted, and no more than the index says."""
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        told = engine.decompress(packed, min(most, member.size + 1))
    except zlib.error:
        raise DamagedError(0, "it cannot be unpacked") from None
    if len(told) > member.size:
        raise DamagedError(0, "it unpacks to more than the zip file says")
    return told
