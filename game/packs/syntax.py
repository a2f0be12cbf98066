"""What a YAML syntax error most likely means to the person who made it."""

from __future__ import annotations

import re
from typing import Any

import yaml

from game.packs import catalogue as say
from game.packs.diagnostics import Descriptor, Finding, Place, finding

_KEY = re.compile(r"(\s*(?:- +)?[\w-]+): +(.*)\Z")
_BLANK = re.compile(r" *(?:- +)?([\u00a0\u2000-\u200a\u202f\u205f\u3000])")
_TIGHT = re.compile(r"([A-Za-z_]\w*):(?=[^\s:/])(.*)")
_NO_BLANK = re.compile(r"\s*-[\w]+:(?: |\Z)")
# Begins at the beginning of a word alone: a line that is one long word takes no longer to look at.
_BRACKETED = re.compile(r"(?<![\w.])[\w.]+\[\w*\]?\s*:?")
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
    blank = next(filter(None, map(_BLANK.match, lines[line::-1])), None)
    if blank is not None:
        name = f"U+{ord(blank.group(1)):04X}"
        hint = f"A line is set in with the character {name}, which is no ordinary blank."
        at = max(n for n, told in enumerate(lines[: line + 1]) if _BLANK.match(told))
        return _at(say.INDENT, at, blank.start(1), hint=f"{hint} Write blanks.")
    if "mapping values are not allowed" in problem:
        return _colon(lines, line, col)
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
    return _of_structure(error, text, lines, line, col)


def _of_structure(
    error: yaml.YAMLError, text: str, lines: list[str], line: int, col: int
) -> Finding:
    """The finding where each word can be read, and they do not go together."""
    problem, context = str(getattr(error, "problem", "")), str(getattr(error, "context", ""))
    opened = getattr(error, "context_mark", None) or getattr(error, "problem_mark", None)
    brace = _BRACE_TEXT.search(lines[line])
    if brace and brace.start(1) < col:
        return _at(say.BRACE, line, brace.start(1))
    quoted = _quote_before(text, line, col)
    if quoted is not None:
        return quoted
    if "could not find expected ':'" in problem and opened is not None:
        return _keyless(lines, opened.line, opened.column)
    if any(part in context for part in ("flow mapping", "flow sequence", "flow node")) and opened:
        last = _open_bracket(text)
        at_end = getattr(error, "problem_mark", opened).line >= len(lines)
        if at_end or not "".join([lines[line][col:], *lines[line + 1 :]]).strip():
            return _never_closed(last, opened, "the file ends")
        if last is not None and last.start_mark.line < line and _begins_anew(lines[line], last):
            return _never_closed(last, opened, f"line {line + 1}")
        return _flow(context, opened, line, col, lines)
    if "expected" in problem and ("block" in context or "document" in problem):
        return _at(say.INDENT, line, col)
    return _at(say.SYNTAX, line, col, problem=problem or "unreadable")


def _colon(lines: list[str], line: int, col: int) -> Finding:
    """A colon where none can be: in a text, or behind a key that is set in too far."""
    here = lines[line]
    above = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), None)
    if above is not None and _NO_BLANK.match(lines[above]):
        start = len(lines[above]) - len(lines[above].lstrip())
        fixed = lines[above].strip().replace("-", "- ", 1)
        hint = f"A blank belongs behind the dash: `{_short(fixed)}`."
        return _at(say.INDENT, above, start, hint=hint)
    if re.fullmatch(r"\s+[\w-]+", here[:col]) and above is not None:
        start = len(here) - len(here.lstrip())
        if start > len(lines[above]) - len(lines[above].lstrip(" -")):
            hint = "It is set in further than the line above, and so is taken for more of its text."
            return _at(say.INDENT, line, start, hint=hint)
    match = _KEY.match(here)
    if match is None or match.start(2) > col:
        return _at(say.COLON, line, col, text=_short(here.strip()))
    told = match.group(2).rstrip()
    quote = '"' if "'" in told else "'"
    hint = f"Put the whole text in quotes: `{match.group(1).strip(' -')}: {quote}{told}{quote}`."
    return finding(
        say.COLON,
        place=Place(line + 1, col + 1, col + 2),
        text=_short(told),
        hint=hint if len(told) <= 60 and quote not in told else None,
    )


def _keyless(lines: list[str], line: int, column: int) -> Finding:
    """A line that should be a key and a value, and has no colon."""
    told = _short(lines[line][column:].strip())
    word, _, rest = told.partition(" ")
    hint = f"Write `{word}: {rest}`." if rest and word.isidentifier() else None
    tight = _TIGHT.fullmatch(told)
    if tight is not None:
        hint = f"Put a blank after the colon: `{tight.group(1)}: {tight.group(2)}`."
    return _at(say.SYNTAX, line, column, problem=f"there is no colon in `{told}`", hint=hint)


def _quote_before(text: str, line: int, col: int) -> Finding | None:
    """What is wrong with the quoted text that ends just before an error."""
    last: Any = None
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.ScalarEvent):
                last = event
    except yaml.YAMLError:
        pass
    if last is None or last.style not in ("'", '"'):
        return None
    start, end = last.start_mark, last.end_mark
    if end.line != line or end.column > col:
        return None
    if start.line < end.line:
        hint = f"It ends only in line {end.line + 1}. Close it where it should end."
        return _at(say.QUOTE, start.line, start.column, hint=hint)
    if text.split("\n")[line][end.column : col + 1].strip():
        return _at(say.AFTER_QUOTE, line, col)
    return None


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def tag_hint(tag: str) -> str | None:
    """What was probably meant by a word that begins with `!`."""
    if tag.startswith("!!") or len(tag) < 2 or len(tag) > 60:
        return None
    return f"In a condition write `not {tag[1:]}`. Text that begins with ! goes in quotes."


def _tag(here: str, line: int, column: int) -> Finding:
    """A word with `!` before it that goes on in a way that no tag can: `!fired("rain")`."""
    word = here[column:].split(" #")[0].rstrip()
    return finding(
        say.TAG,
        place=Place(line + 1, column + 1, column + 1 + max(1, len(word))),
        hint=tag_hint(word),
        tag=word.split("(")[0],
    )


def _open_bracket(text: str) -> Any:
    """The beginning of the innermost `{` or `[` that is open where reading stops, or None."""
    stack: list[Any] = []
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                stack.append(event)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                stack.pop()
    except yaml.YAMLError:
        pass
    return next((event for event in reversed(stack) if event.flow_style), None)


def _begins_anew(here: str, last: Any) -> bool:
    """Whether a line is plainly not meant to be inside the bracket that is open before it."""
    told = here.lstrip()
    listed = isinstance(last, yaml.SequenceStartEvent)
    return told.startswith("- ") or (listed and re.match(r"[\w-]+:(?: |\Z)", told) is not None)


def _never_closed(last: Any, opened: yaml.Mark, before: str) -> Finding:
    """A bracket that something else follows before it is closed."""
    mark = last.start_mark if last is not None else opened
    brackets = "{}" if isinstance(last, yaml.MappingStartEvent) else "[]"
    hint = f"The {brackets[0]} is not closed before {before}."
    return _at(say.FLOW, mark.line, mark.column, brackets=brackets, hint=hint)


def _flow(context: str, opened: yaml.Mark, line: int, col: int, lines: list[str]) -> Finding:
    brackets = "{}" if "mapping" in context else "[]"
    named = next((hit for hit in _BRACKETED.finditer(lines[line]) if hit.end() >= col), None)
    if named and named.start() <= col and brackets == "{}":
        return _at(say.FLOW, line, named.start(), brackets=brackets)
    if opened.line != line:
        return _at(say.FLOW, opened.line, opened.column, brackets=brackets)
    return _at(say.FLOW, line, col, brackets=brackets)


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _at(descriptor: Descriptor, line: int, column: int, **arguments: Any) -> Finding:
    return finding(descriptor, place=Place(line + 1, column + 1, column + 2), **arguments)
