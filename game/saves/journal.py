"""The text of a save: JSON Lines whose digests form a chain.

A header, then one line a decision, and at each year's end a line with the full state. Each line
ends with a digest of the digest before it and of its own text, so a line that was edited, moved or
taken out is found and named. Decision lines also hold the digest of the state after them.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from game.saves.errors import SaveError
from game.saves.migrations import FORMAT, migrated

MARK = "guiding_hand"
PRACTICE = "practice"
"""In a header: the campaign is for practice. A real one does not have it."""
LARGEST = 64 * 1024 * 1024
LONGEST_LINE = 8 * 1024 * 1024
DEEPEST = 40
_BEFORE_DIGEST = ',"digest":"'
_DIGEST_LENGTH = 32
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
_AS_IT_IS = getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a save.

    Attributes:
        number: its place in the file, counted from 1.
        value: what it says, without the digest.
        digest: the chain's digest after it.
        end: where the next line begins, in bytes.
    """

    number: int
    value: Mapping[str, Any]
    digest: str
    end: int


@dataclass(frozen=True, slots=True)
class Journal:
    """The lines of a save that hold.

    Attributes:
        header: the first line.
        lines: the others.
        notices: what was cut, in words.
        good: how many bytes of the file hold.
    """

    header: Line
    lines: tuple[Line, ...]
    notices: tuple[str, ...]
    good: int

    @property
    def last(self) -> Line:
        """The last line."""
        return self.lines[-1] if self.lines else self.header


def written(value: Mapping[str, Any], before: str) -> tuple[str, str]:
    """A line of text for a value, with its digest; and the digest."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    digest = chained(before, body)
    return f'{body[:-1]}{_BEFORE_DIGEST}{digest}"}}\n', digest


def chained(before: str, body: str) -> str:
    """The digest of a line's text after the digest before it."""
    return blake2b(f"{before}\n{body}".encode(), digest_size=_DIGEST_LENGTH // 2).hexdigest()


def read(path: Path) -> Journal:
    """Read and check a save; a torn last line is left out, with a notice.

    Raises:
        SaveError: it is not a save, or a line of it was edited.
    """
    return parsed(_bytes(path), path.name)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise SaveError(f"{path.name} is a folder, not a save")
        # Opening a pipe would wait for somebody to write, and a device may have no end.
        handle = os.open(path, os.O_RDONLY | _AT_ONCE | _AS_IT_IS)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise SaveError(f"{path.name} is not a file, so it is no save")
            content = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise SaveError(f"there is no save {path.name}") from error
    except OSError as error:
        raise SaveError(f"{path.name} cannot be read: {error.strerror}") from error
    if len(content) > LARGEST:
        raise SaveError(f"{path.name} is larger than a save can be")
    return content


def parsed(content: bytes, name: str) -> Journal:
    """Check the content of a save; see `read`."""
    if not content.strip():
        raise SaveError(f"{name} is empty")
    lines: list[Line] = []
    notices: list[str] = []
    digest, start = "", 0
    for number, (raw, whole) in enumerate(_raw_lines(content), start=1):
        last = start + len(raw) + (1 if whole else 0) >= len(content)
        problem = None if whole else "it has no end"
        line: Line | None = None
        if problem is None:
            try:
                line = _line(raw, number, digest, start)
            except ValueError as error:
                problem = str(error)
        if line is None:
            if number == 1:
                raise SaveError(f"{name} is not a save of this game", 1)
            if last and not whole:
                notices.append(
                    f"The last line of {name} was not written to its end; it has been left out."
                )
                break
            raise SaveError(f"line {number} of {name} was changed: {problem}", number)
        lines.append(line)
        digest, start = line.digest, line.end
    header = _header(lines[0], name)
    return Journal(header, tuple(lines[1:]), tuple(notices), start)


def _raw_lines(content: bytes) -> Iterator[tuple[bytes, bool]]:
    """Each line without its end, and whether it has one."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start)
        if end < 0:
            yield content[start:], False
            return
        yield content[start:end], True
        start = end + 1


def _line(raw: bytes, number: int, before: str, start: int) -> Line:
    """A line that holds.

    Raises:
        ValueError: what is wrong with it.
    """
    if len(raw) > LONGEST_LINE:
        raise ValueError("it is too long")
    text = raw.decode("utf-8", "strict") if _is_text(raw) else None
    if text is None:
        raise ValueError("it is not text")
    tail = len(_BEFORE_DIGEST) + _DIGEST_LENGTH + 2
    body = f"{text[:-tail]}}}"
    digest = text[-_DIGEST_LENGTH - 2 : -2]
    if text[-tail:] != f'{_BEFORE_DIGEST}{digest}"}}':
        raise ValueError("it has no digest")
    if chained(before, body) != digest:
        raise ValueError("its digest does not fit")
    try:
        value = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ValueError("it cannot be read") from error
    if not isinstance(value, dict):
        raise ValueError("it is not an object")
    return Line(number, value, digest, start + len(raw) + 1)


def _is_text(raw: bytes) -> bool:
    if b"\x00" in raw:
        return False
    try:
        raw.decode("utf-8", "strict")
    except UnicodeDecodeError:
        return False
    return True


def _no_constant(text: str) -> float:
    raise ValueError(f"{text} is not a number")


def _header(line: Line, name: str) -> Line:
    """The header in the newest form.

    Raises:
        SaveError: it is not the header of a save that this game can read.
    """
    value = dict(line.value)
    version = value.get(MARK)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise SaveError(f"{name} is not a save of this game", 1)
    if version > FORMAT:
        raise SaveError(
            f"{name} was made by a newer version of the game (format {version}; this one reads"
            f" up to {FORMAT})",
            1,
        )
    value = migrated(value)
    wanted = {"scenario": str, "seed": int, "packs": dict, "results": int, "created": str}
    for key, kind in wanted.items():
        if not isinstance(value.get(key), kind) or isinstance(value.get(key), bool):
            raise SaveError(f"the header of {name} has no {key!r}", 1)
    if value.get(PRACTICE, True) is not True:
        raise SaveError(f"the header of {name} says {PRACTICE!r} otherwise than true", 1)
    if not value["packs"]:
        raise SaveError(f"the header of {name} names no pack", 1)
    return Line(line.number, value, line.digest, line.end)
