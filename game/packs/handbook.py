"""The pages that explain the codes: one Markdown file each, `pages/GHnnn.md`.

A page is short prose and two examples. A fenced block whose info string has two words, as in
`yaml events/rain.yaml`, is a file of the example; a path that begins with `../name/` lies in
another pack beside it. `example name` stands for what no block can show (bytes, links, folders):
the tests know how to make it. A line that ends in `# <-` is where the finding stands; the mark is
no part of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "pages"
WRONG, RIGHT = "Wrong", "Right"

_HEADING = re.compile(r"# (GH\d{3}): (\S.*)\Z")
_MARK = re.compile(r"[ \t]*# <-[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Example:
    """The files of an example by their path in the pack, and the lines that are marked."""

    files: dict[str, str]
    marks: frozenset[tuple[str, int]]
    made: tuple[str, ...]
    """The names of what the tests make, in order."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `text` is all of it, as it stands in the file."""

    code: str
    title: str
    text: str
    wrong: Example
    right: Example


def codes() -> tuple[str, ...]:
    """The codes that have a page, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("GH*.md")))


@cache
def page(code: str) -> Page:
    """The page of a code.

    Raises:
        KeyError: where there is none.
        ValueError: where its first line is not `# GHnnn: title`.
    """
    path = FOLDER / f"{code}.md"
    if not path.is_file():
        raise KeyError(code)
    text = path.read_text(encoding="utf-8")
    heading = _HEADING.match(text.partition("\n")[0])
    if heading is None or heading.group(1) != code:
        raise ValueError(f"{path.name} does not begin with `# {code}: what it is`")
    return Page(code, heading.group(2), text, _example(text, WRONG), _example(text, RIGHT))


def unmarked(line: str) -> tuple[str, bool]:
    """A line of an example without its mark, and whether it had one."""
    plain = _MARK.sub("", line)
    return plain, plain != line


def _example(text: str, heading: str) -> Example:
    """The example below a heading of the second level."""
    files: dict[str, str] = {}
    marks: set[tuple[str, int]] = set()
    made: list[str] = []
    under, fence, inside, lines = "", "", "", list[str]()
    for line in text.split("\n"):
        if fence:
            if line == fence:
                if inside:
                    files[inside] = "".join(f"{one}\n" for one in lines)
                fence, inside, lines = "", "", []
                continue
            plain = _MARK.sub("", line)
            lines.append(plain)
            if inside and plain != line:
                marks.add((inside, len(lines)))
        elif line.startswith("```"):
            fence = re.match("`+", line).group()  # type: ignore[union-attr]
            language, _, name = line.removeprefix(fence).strip().partition(" ")
            if under == heading and language == "example":
                made.append(name)
            elif under == heading:
                inside = name
        elif line.startswith("## "):
            under = line.removeprefix("## ").strip()
    return Example(files, frozenset(marks), tuple(made))
