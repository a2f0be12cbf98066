"""What was read and found good before, by the hash of its bytes.

The cache holds data only. Its key covers the bytes and the code that judged them; a file that is
not exactly what was written is a miss, and a folder that cannot be written is no cache.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

MOST_FILES = 2_000
_MAGIC = "guiding-hand packs 1"


def folder() -> Path:
    """The folder of the cache on this machine."""
    return platformdirs.user_cache_path("guiding-hand") / "packs"


@cache
def code_version() -> str:
    """A hash of the code that reads and checks packs: other code, other cache."""
    packs = Path(__file__).resolve().parent
    digest = hashlib.sha256(_MAGIC.encode())
    try:
        for path in sorted([*packs.glob("*.py"), *(packs.parent / "rules").glob("*.py")]):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    except OSError:
        return ""
    return digest.hexdigest()


def key_of(*parts: bytes) -> str:
    """The key of some bytes, which covers their lengths and the code too."""
    digest = hashlib.sha256(code_version().encode())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def load(key: str) -> tuple[Any, bytes] | None:
    """The notes and the body kept under a key, or None."""
    try:
        head, told = (folder() / f"{key}.json").read_bytes().split(b"\n", 1)
        if head.decode("ascii") != _head(key, told):
            return None
        notes, body = told.split(b"\n", 1)
        return json.loads(notes), body
    except (OSError, ValueError):
        return None


def store(key: str, notes: Any, body: bytes) -> None:
    """Keep notes and a body under a key; does nothing where that is not possible."""
    if not code_version():
        return
    told = json.dumps(notes, separators=(",", ":")).encode() + b"\n" + body
    where = folder()
    with contextlib.suppress(OSError):
        where.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=where, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_head(key, told).encode("ascii") + b"\n" + told)
            Path(name).replace(where / f"{key}.json")
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def prune() -> None:
    """Drop the oldest half of a cache that has grown too large."""
    with contextlib.suppress(OSError):
        with os.scandir(folder()) as found:
            kept = [(one.stat().st_mtime, one.path) for one in found if one.is_file()]
        if len(kept) > MOST_FILES:
            for _, path in sorted(kept)[: len(kept) - MOST_FILES // 2]:
                Path(path).unlink(missing_ok=True)


def _head(key: str, told: bytes) -> str:
    return f"{_MAGIC} {key} {hashlib.sha256(told).hexdigest()}"
