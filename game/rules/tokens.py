"""Text to tokens. ASCII only, by hand: what the language reads depends on no Unicode tables."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Any, Literal, NamedTuple

from game.rules.errors import RuleError, shown

MAX_CHARACTERS = 1_000
LARGEST = 1e15
KEYWORDS = frozenset({"and", "or", "not", "if", "else"})

TokenKind = Literal["number", "name", "string", "operator", "end"]

_DIGITS = frozenset("0123456789")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_SPACE = frozenset(" \t\r\n")

# What people write out of habit, and what to write here.
_HABITS = {
    "**": "there are no powers: multiply, or use sqrt(x)",
    "//": "use /",
    "&&": "write and",
    "||": "write or",
    "<>": "write !=",
    "=<": "write <=",
    "=>": "write >=",
    "===": "use == to compare",
    "!==": "write !=",
    "<<": "there are no shifts",
    ">>": "there are no shifts",
    ":=": "use == to compare",
    "=": "use == to compare",
    "!": "write not x",
    "&": "write and",
    "|": "write or",
    "~": "write not x",
    "^": "there are no powers: multiply, or use sqrt(x)",
    "%": "a percentage follows its number at once, as in 50%; there is no remainder",
    "?": "write a if condition else b",
    ":": "write a if condition else b",
    ";": "a rule is one expression",
    "{": "use round brackets",
    "}": "use round brackets",
    "≤": "write <=",
    "≥": "write >=",
    "≠": "write !=",
    "×": "write *",
    "·": "write *",
    "÷": "write /",
    "−": "write -",
    "–": "write -",
    "—": "write -",
    "“": 'use straight quotes: "',
    "”": 'use straight quotes: "',
    "„": 'use straight quotes: "',
    "‘": "use straight quotes: '",
    "’": "use straight quotes: '",
    "½": "write 0.5",
    "√": "write sqrt(x)",
    "¬": "write not x",
    "#": "a rule has no comments",
}
_ABSENT = frozenset({"**", "^", "%", "//", "<<", ">>"})
"""Operations that the language does not have, as against those that it writes otherwise."""
_LONGEST_HABIT = max(map(len, _HABITS))


# What nearly every token is. Anything that this does not match is looked at by hand: so are signs
# that begin a longer one which people write out of habit.
_PLAIN = re.compile(
    r"""[ \t\r\n]*(?:
    ([A-Za-z_][A-Za-z_0-9]*)
    |([0-9]{1,15}(?:\.[0-9]{1,15})?)(?![0-9A-Za-z_.%])
    |(<=|>=|==(?!=)|!=(?!=)|[-+()\[\],]|\.(?![0-9])|\*(?!\*)|/(?!/)|<(?![<>=])|>(?![>=]))
    |("[^"\n\r]*"|'[^'\n\r]*')
    )""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of the text: `text` as written (a string without its quotes), and where it stands.

    `sign` is the text of an operator or a keyword, and empty for anything else.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    value: float = 0.0
    sign: str = ""


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a rule, closed by one of kind `end`.

    Raises:
        RuleError: at the first character that begins no token, or for a text that is too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise RuleError(
            f"this rule has {len(text):,} characters; {MAX_CHARACTERS:,} are allowed",
            0,
            MAX_CHARACTERS,
            slug="too-long",
            hint="split it: a computed indicator can hold a part of it",
        )
    tokens: list[Token] = []
    at, length = 0, len(text.rstrip(" \t\r\n"))
    while at < length:
        found = _PLAIN.match(text, at)
        if found is None:
            token = _by_hand(text, at)
        else:
            group: Any = found.lastindex
            start, end = found.span(group)
            written = found[group]
            token = _MAKE[group](written, start, end)
        tokens.append(token)
        at = token.end
    tokens.append(Token("end", "", len(text), len(text)))
    return tuple(tokens)


def _name(text: str, start: int, end: int) -> Token:
    return _token(Token, ("name", text, start, end, 0.0, text if text in KEYWORDS else ""))


def _plain_number(text: str, start: int, end: int) -> Token:
    return _token(Token, ("number", text, start, end, float(text), ""))


def _sign(text: str, start: int, end: int) -> Token:
    return _token(Token, ("operator", text, start, end, 0.0, text))


def _string(text: str, start: int, end: int) -> Token:
    return _token(Token, ("string", text[1:-1], start, end, 0.0, ""))


# By the groups of the pattern. Calling the class itself takes twice as long.
_token = tuple.__new__
_MAKE: Any = (None, _name, _plain_number, _sign, _string)


def _by_hand(text: str, at: int) -> Token:
    while text[at] in _SPACE:
        at += 1
    character = text[at]
    if character in _DIGITS or (character == "." and text[at + 1 : at + 2] in _DIGITS):
        return _number(text, at)
    if character in "\"'":
        quote = text[at]
        raise RuleError(
            "this quote is never closed", at, at + 1, slug="syntax", hint=f"add {quote} at the end"
        )
    raise _no_token(text, at)


def _run(text: str, at: int, characters: frozenset[str]) -> int:
    while at < len(text) and text[at] in characters:
        at += 1
    return at


def _number(text: str, at: int) -> Token:
    whole = _run(text, at, _DIGITS)
    end = whole
    if text[end : end + 1] == ".":
        end = _run(text, end + 1, _DIGITS)
        if whole == at:
            raise _bad_number(text, at, end, f"write 0{shown(text[at:end])}")
        if end == whole + 1:
            raise _bad_number(text, at, end, f"write {shown(text[at:whole])}")
    end = _exponent(text, end)
    if text[end : end + 1] in _LETTERS | {"."} and end < len(text):
        stop = _run(text, end, _LETTERS | _DIGITS | {"."})
        raise _bad_number(text, at, stop, _number_hint(text[at:stop]))
    value = float(text[at:end])
    if text[end : end + 1] == "%":
        end += 1
        value /= 100
    if not math.isfinite(value) or value > LARGEST:
        raise RuleError(
            f"the number {shown(text[at:end], 24)} is too large",
            at,
            end,
            slug="number",
            hint="numbers go up to 1e15",
        )
    return Token("number", text[at:end], at, end, value)


def _exponent(text: str, end: int) -> int:
    """The end of the exponent that begins at `end`, or `end` where none does."""
    if text[end : end + 1] not in ("e", "E"):
        return end
    digits = end + 1 + (text[end + 1 : end + 2] in ("+", "-"))
    stop = _run(text, digits, _DIGITS)
    return stop if stop > digits else end


def _number_hint(text: str) -> str:
    if "_" in text:
        return f"write {shown(text.replace('_', ''), 24)}"
    return "a number is written 12, 0.5, 1e3 or 50%; a name begins with a letter"


def _bad_number(text: str, start: int, end: int, hint: str) -> RuleError:
    written = shown(text[start:end], 24)
    return RuleError(f"{written} is not a number", start, end, slug="number", hint=hint)


def _no_token(text: str, at: int) -> RuleError:
    for length in range(_LONGEST_HABIT, 0, -1):
        piece = text[at : at + length]
        if piece in _HABITS:
            message = f"{piece} is not used here"
            slug = "operator" if piece in _ABSENT else "syntax"
            return RuleError(message, at, at + len(piece), slug=slug, hint=_HABITS[piece])
    return RuleError(f"{_named(text[at])} is not used in rules", at, at + 1, slug="syntax")


def _named(character: str) -> str:
    if character.isprintable() and not character.isspace():
        return f"the character {character}"
    name = unicodedata.name(character, "a control character").lower()
    return f"{name} (U+{ord(character):04X})"
