"""What a YAML syntax error most likely means to the person who made it."""

from __future__ import annotations

import re
from typing import Any

import yaml

from game.packs import catalogue as say
from game.packs.diagnostics import Descriptor, Finding, Place, finding

_BRACKETED = re.compile(r"[\w.]+\[\w*\]?\s*:?")
_BRACE_TEXT = re.compile(r"(?:^|[:\-]\s+)([{\[][^{}\[\]]*[}\]])\s+\S")


def explained(error: yaml.YAMLError, text: str) -> Finding:
    """The finding for an error of the YAML parser."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    context = str(getattr(error, "context", None) or "")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return finding(say.SYNTAX, place=Place(1, 1, 2), problem=problem or "unreadable")
    lines = text.split("\n")
    line, col = min(mark.line, len(lines) - 1), mark.column
    here = lines[line]
    opened = getattr(error, "context_mark", None) or mark
    if "mapping values are not allowed" in problem:
        return _at(say.COLON, line, col)
    if "tab character" in problem:
        return _at(say.TAB, line, max(0, here.find("\t")))
    if "scanning a tag" in context:
        return _tag(here, opened.line, opened.column)
    if "cannot start any token" in problem:
        char = here[col : col + 1]
        if char == "\t":
            return _at(say.TAB, line, col)
        return _at(say.FIRST_CHARACTER, line, col, char=char or "this")
    if "quoted scalar" in context:
        if "escape" in problem:
            return _at(say.ESCAPE, line, col)
        return _at(say.QUOTE, opened.line, opened.column)
    brace = _BRACE_TEXT.search(here)
    if brace and brace.start(1) < col:
        return _at(say.BRACE, line, brace.start(1))
    if any(part in context for part in ("flow mapping", "flow sequence", "flow node")):
        return _flow(context, opened, line, col, lines)
    if "expected" in problem and ("block" in context or "document" in problem):
        return _at(say.INDENT, line, col)
    return _at(say.SYNTAX, line, col, problem=problem or "unreadable")


def _tag(here: str, line: int, column: int) -> Finding:
    """A word with `!` before it that goes on in a way that no tag can: `!fired("rain")`."""
    word = here[column:].split(" #")[0].rstrip()
    hint = None
    if re.match(r"!\w+\s*\(", word):
        hint = f"Write `not {word[1:61]}`."
    return finding(
        say.TAG,
        place=Place(line + 1, column + 1, column + 1 + max(1, len(word))),
        hint=hint,
        tag=word.split("(")[0],
    )


def _flow(context: str, opened: yaml.Mark, line: int, col: int, lines: list[str]) -> Finding:
    brackets = "{}" if "mapping" in context else "[]"
    named = next((hit for hit in _BRACKETED.finditer(lines[line]) if hit.end() >= col), None)
    if named and named.start() <= col and brackets == "{}":
        return _at(say.FLOW, line, named.start(), brackets=brackets)
    if opened.line != line:
        return _at(say.FLOW, opened.line, opened.column, brackets=brackets)
    return _at(say.FLOW, line, col, brackets=brackets)


def _at(descriptor: Descriptor, line: int, column: int, **arguments: Any) -> Finding:
    return finding(descriptor, place=Place(line + 1, column + 1, column + 2), **arguments)
