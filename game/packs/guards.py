"""What no file of a pack may hold, checked before and beside the YAML."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from game.packs import catalogue as say
from game.packs.diagnostics import Descriptor, Finding, Place, finding

LARGEST_FILE = 4 * 1024 * 1024

_BREAKS = {"\u0085": "next line", "\u2028": "line separator", "\u2029": "paragraph separator"}
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f"
_REFUSED = f"{_CONTROLS}{_BIDI}{_INVISIBLE}\ud800-\udfff\ufffe\uffff"
_PLAIN = bytes({0x09, 0x0A, *range(0x20, 0x7F)})
_RAW = re.compile(f"[{_REFUSED}\u0085\u2028\u2029]|\r(?!\n)")
_VALUE = re.compile(f"[{_REFUSED}\u0085\u2028\u2029\r]")


class ReadError(Exception):
    """A file that cannot be read on; carries the one finding that says why."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.message)
        self.found = found


def refused(descriptor: Descriptor, place: Place | None = None, **arguments: Any) -> ReadError:
    """The exception for a finding of the reader."""
    return ReadError(finding(descriptor, place=place, **arguments))


def decoded(raw: bytes) -> str:
    """The text of a file.

    Raises:
        ReadError: where the bytes are too many, are not UTF-8, or hide line breaks, control
            characters or characters that turn the direction of text.
    """
    if len(raw) > LARGEST_FILE:
        raise refused(say.TOO_BIG, limit="4 MB")
    if not raw.translate(None, _PLAIN):
        return raw.decode("ascii")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(say.ENCODING, why="it looks like UTF-16")
    if raw.startswith(b"\xef\xbb\xbf"):
        hint = "Save it as UTF-8 without a byte order mark."
        raise refused(say.ENCODING, why="it begins with a byte order mark", hint=hint)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        raise refused(
            say.ENCODING, _place_of(before, len(before)), why=f"byte {raw[error.start]:#04x}"
        ) from None
    found = _RAW.search(text)
    if found:
        raise _hidden(text, found.start())
    return text


def value_allowed(text: str) -> str | None:
    """The name of the first character that a value may not hold (escapes can make them)."""
    if text.isascii() and text.isprintable():
        return None
    found = _VALUE.search(text)
    return _name(found.group()) if found else None


def _hidden(text: str, index: int) -> ReadError:
    char = text[index]
    place = _place_of(text, index)
    if char in _BREAKS or char == "\r":
        name = _BREAKS.get(char, "carriage return")
        return refused(say.HIDDEN_BREAK, place, name=f"{name}, U+{ord(char):04X}")
    return refused(say.CONTROL, place, name=_name(char))


def _name(char: str) -> str:
    name = unicodedata.name(char, "").lower()
    return f"U+{ord(char):04X}" + (f" ({name})" if name else "")


def _place_of(text: str, index: int) -> Place:
    start = text.rfind("\n", 0, index) + 1
    col = index - start + 1
    return Place(text.count("\n", 0, index) + 1, col, col + 1)
