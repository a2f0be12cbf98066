"""Zip files written byte by byte, so that every lie about them can be told."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tests.packs.factory import TINY


@dataclass(frozen=True)
class Piece:
    """A member; what is None is told as it is."""

    name: str
    body: bytes = b"- {}\n"
    packed: bool = True
    says_size: int | None = None
    says_packed: int | None = None
    says_check: int | None = None
    local_name: bytes | None = None
    raw_name: bytes | None = None
    flags: int = 0x0800
    method: int | None = None
    attributes: int = 0
    at: int | None = None
    comment: bytes = b""


def deflated(body: bytes) -> bytes:
    """The bytes of a member as most programs pack it."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(body) + engine.flush()


def zipped(pieces: Iterable[Piece], *, comment: bytes = b"", count: int | None = None) -> bytes:
    """A zip file of some members."""
    told, index, number = b"", b"", 0
    for piece in pieces:
        data = deflated(piece.body) if piece.packed else piece.body
        method = piece.method if piece.method is not None else 8 * piece.packed
        name = piece.raw_name if piece.raw_name is not None else piece.name.encode()
        sizes = (
            zlib.crc32(piece.body) if piece.says_check is None else piece.says_check,
            len(data) if piece.says_packed is None else piece.says_packed,
            len(piece.body) if piece.says_size is None else piece.says_size,
        )
        at = len(told) if piece.at is None else piece.at
        index += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 0x0314, 20, piece.flags, method, 0, 33, *sizes,
            len(name), 0, len(piece.comment), 0, 0, piece.attributes, at,
        )  # fmt: skip
        index += name + piece.comment
        local = name if piece.local_name is None else piece.local_name
        told += struct.pack(
            "<4s5H3L2H", b"PK\3\4", 20, piece.flags, method, 0, 33, *sizes, len(local), 0
        )
        told += local + data
        number += 1
    count = number if count is None else count
    end = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(index), len(told), len(comment)
    )
    return told + index + end + comment


def tiny_pieces(files: Mapping[str, str | None] | None = None, top: str = "") -> list[Piece]:
    """The tiny pack's files as members, in a folder where one is given."""
    all_files = {**TINY, **(files or {})}
    return [
        Piece(top + name, text.encode()) for name, text in all_files.items() if text is not None
    ]


def write_zip(path: Path, pieces: Iterable[Piece], **more: object) -> Path:
    """A zip file on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zipped(pieces, **more))  # type: ignore[arg-type]
    return path


def but(pieces: list[Piece], name: str, **changes: object) -> list[Piece]:
    """The same members with one of them told otherwise."""
    return [replace(one, **changes) if one.name == name else one for one in pieces]  # type: ignore[arg-type]
