"""The pages of the codes as plain lines, and the list of all codes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Any

import game.packs.catalogue  # noqa: F401 (registers the codes)
from game.packs import handbook
from game.packs.diagnostics import REGISTERED
from game.packs.handbook import Page
from game.rules import suggest

FAMILIES = {
    "GH1": "Reading a file",
    "GH2": "The shape of entries",
    "GH3": "Expressions",
    "GH4": "Packs together",
    "GH5": "Folders and files",
    "GH6": "What is in the pack",
    "GH9": "The report itself",
}
_CODE = re.compile(r"(?:GH)?(\d{1,3})\Z", re.IGNORECASE)
_BULLET = re.compile(r"(\s*(?:-|\d+\.)\s+)(.*)", re.DOTALL)


class UnknownCodeError(LookupError):
    """Something that is no code; `str()` says so, with the nearest one."""


def code_of(text: str) -> str:
    """The code that somebody means: `GH211`, `gh211` and `211` are one.

    Raises:
        UnknownCodeError: where there is none.
    """
    match = _CODE.match(text.strip())
    code = f"GH{int(match.group(1)):03}" if match else text.strip().upper()
    if code in REGISTERED:
        return code
    near = suggest(code, REGISTERED) if len(code) < 12 else None
    what = f"there is no code {code}" if match else f"{text.strip()[:40]!r} is not a code"
    better = f"did you mean {near}?" if near else "codes look like GH211"
    raise UnknownCodeError(f"{what}; {better} (`guiding-hand pack explain` lists them all)")


def list_of_codes(width: int) -> Iterator[str]:
    """A line for every code, by family."""
    for family, about in FAMILIES.items():
        codes = [code for code in sorted(REGISTERED) if code.startswith(family)]
        if not codes:
            continue
        yield f"{about} ({family}xx)"
        for code in codes:
            severity = "warning" if REGISTERED[code].severity == "warning" else ""
            line = f"  {code}  {severity:7}  {title_of(code)}"
            yield line if len(line) <= width else line[: width - 1] + "…"
        yield ""
    yield "All but the warnings are errors. `guiding-hand pack explain GH211` explains one."


def title_of(code: str) -> str:
    """What a code is about, in a few words."""
    if code in handbook.codes():
        return handbook.page(code).title
    return REGISTERED[code].about


def lines_of(page: Page, width: int) -> Iterator[str]:
    """A page as plain lines; examples are set in, with their file above them."""
    fence = ""
    block: list[str] = []
    for line in [*page.text.rstrip("\n").split("\n"), ""]:
        if fence:
            if line == fence:
                fence = ""
            else:
                plain, marked = handbook.unmarked(line)
                yield f"{' -> ' if marked else '    '}{plain}"
        elif line.startswith("```"):
            yield from _flowed(block, width)
            fence = line[: len(line) - len(line.lstrip("`"))]
            _, _, name = line.strip("` ").partition(" ")
            yield f"  {name}:" if name else ""
        elif line.startswith("#"):
            yield from _flowed(block, width)
            yield from _heading(line, page)
        elif not line or _BULLET.match(line):
            yield from _flowed(block, width)
            if line:
                block.append(line)
            else:
                yield ""
        else:
            block.append(line)


def to_json(code: str) -> dict[str, Any]:
    """What is known of a code, as plain data."""
    known = REGISTERED[code]
    told: dict[str, Any] = {
        "code": code,
        "severity": known.severity,
        "title": title_of(code),
        "message": known.template,
        "about": known.about,
        "hint": known.hint,
    }
    if code in handbook.codes():
        page = handbook.page(code)
        told |= {"page": page.text, "wrong": page.wrong.files, "right": page.right.files}
    return told


def _heading(line: str, page: Page) -> Iterator[str]:
    depth = len(line) - len(line.lstrip("#"))
    if depth > 1:
        yield line.lstrip("# ").upper()
        return
    severity = REGISTERED[page.code].severity
    yield f"{page.code} ({severity}): {page.title}"


def _flowed(block: list[str], width: int) -> Iterator[str]:
    """A paragraph or an item of a list, in lines that fit."""
    if not block:
        return
    text = " ".join(line.strip() for line in block)
    match = _BULLET.match(block[0])
    lead = "  " if match else ""
    after = lead + " " * len(match.group(1).lstrip()) if match else ""
    block.clear()
    yield from textwrap.wrap(
        text, width, initial_indent=lead, subsequent_indent=after, break_on_hyphens=False
    )
