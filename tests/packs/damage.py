"""Packs damaged at random, each way of damage from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

Files = Mapping[str, str]
Way = Callable[[random.Random, list[str]], None]

_STRAY = "{}[]:,#&*!|>'\"%@`-?\t=()\\\u2028\x1b\u202e~0é"
_VALUES = (
    "", "null", "true", "-1", "0.5", "1e999", "99999999999999999999", "'", "[]", "{}", "nowhere",
    "x: y", "[a, b]", "{a: 1}", "1 / 0", "((((", "year", "10%", "2.5", "- - -", "*a", "!x",
)  # fmt: skip


def _drop(luck: random.Random, lines: list[str]) -> None:
    del lines[luck.randrange(len(lines))]


def _repeat(luck: random.Random, lines: list[str]) -> None:
    at = luck.randrange(len(lines))
    lines.insert(luck.randrange(len(lines)), lines[at])


def _swap(luck: random.Random, lines: list[str]) -> None:
    one, other = luck.randrange(len(lines)), luck.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _indent(luck: random.Random, lines: list[str]) -> None:
    at = luck.randrange(len(lines))
    lines[at] = luck.choice(("", " ", "  ", "    ", "\t")) + lines[at].lstrip(luck.choice(" -"))


def _character(luck: random.Random, lines: list[str]) -> None:
    at = luck.randrange(len(lines))
    place = luck.randrange(len(lines[at]) + 1)
    stray = luck.choice(_STRAY)
    lines[at] = lines[at][:place] + stray + lines[at][place + luck.randrange(2) :]


def _letter(luck: random.Random, lines: list[str]) -> None:
    at = luck.randrange(len(lines))
    if lines[at]:
        place = luck.randrange(len(lines[at]))
        lines[at] = lines[at][:place] + lines[at][place + 1 :]


def _value(luck: random.Random, lines: list[str]) -> None:
    at = luck.randrange(len(lines))
    head, colon, _ = lines[at].partition(": ")
    if colon:
        lines[at] = head + colon + luck.choice(_VALUES)


def _cut(luck: random.Random, lines: list[str]) -> None:
    at = luck.randrange(len(lines))
    lines[at:] = [lines[at][: luck.randrange(len(lines[at]) + 1)]]


WAYS: tuple[Way, ...] = (_drop, _repeat, _swap, _indent, _character, _letter, _value, _cut)


def damaged(files: Files, seed: int) -> dict[str, str | None]:
    """The files that one to three accidents change; None for one that is lost."""
    luck = random.Random(seed)
    found: dict[str, str | None] = {}
    inside = luck.choice(sorted(files))
    if luck.random() < 0.04:
        return {inside: None}
    lines = files[inside].split("\n")
    for _ in range(luck.choice((1, 1, 1, 2, 3))):
        luck.choice(WAYS)(luck, lines)
    found[inside] = "\n".join(lines)
    return found
