"""The snippets of content/README.md: a pack that grows, and commands that are run.

The info string of a fenced block says what it is. `yaml FILE` is written to that file of the pack,
at its end if it is there; `warns CODE ...` are the warnings that then stand. `wrong CODE ...` is
only tried, and must be told so. `diff FILE` replaces lines. `sh` is run, `sh by hand` is not. A
`text` block after a command holds lines of its output, in order; `…` stands for any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^```(\S+)(?: ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, what stands behind that, its text, and its line."""

    language: str
    words: tuple[str, ...]
    text: str
    line: int

    @property
    def codes(self) -> set[str]:
        """The codes that its info string names."""
        return {word for word in self.words if re.fullmatch(r"GH\d{3}", word)}


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Block(found[1], tuple((found[2] or "").split()), found[3], line)


def written(block: Block, pack: Path) -> None:
    """Write a block to its file of the pack."""
    path = pack / block.words[0]
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if block.language == "diff":
        old, new = ("".join(_side(block.text, sign)) for sign in "-+")
        assert before.count(old) == 1, f"line {block.line}: what is replaced is not there once"
        path.write_text(before.replace(old, new), encoding="utf-8")
        return
    path.write_text(before + ("\n" if before else "") + block.text, encoding="utf-8")


def _side(text: str, sign: str) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        if line[0] in (sign, " "):
            yield line[1:]


def missing(shown: str, output: str) -> str | None:
    """The first line of a text that does not come in an output, in order; None if all do."""
    rest = output.splitlines()
    for line in shown.splitlines():
        parts = [part.strip() for part in line.split("…")]
        while rest and not _holds(rest[0], parts):
            rest.pop(0)
        if not rest:
            return line
    return None


def _holds(line: str, parts: list[str]) -> bool:
    at = 0
    for part in parts:
        at = line.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True
