"""Versions and the conditions on them: `>=0.1`, `>=1,<2`, `==1.4`, `0.3` (that or newer)."""

from __future__ import annotations

import re

_ONE = re.compile(r"\s*(>=|<=|==|!=|>|<)?\s*([0-9]{1,6}(?:\.[0-9]{1,6}){0,2})\s*\Z")


def numbers(version: str) -> tuple[int, int, int]:
    """The three numbers of a version; missing ones are 0.

    Raises:
        ValueError: where the text is not a version.
    """
    parts = [int(part) for part in version.strip().split(".")]
    if not 1 <= len(parts) <= 3:
        raise ValueError(version)
    return (*parts, 0, 0)[:3]  # type: ignore[return-value]


def satisfies(version: str, condition: str) -> bool:
    """Whether a version fulfils a condition; an empty condition is always fulfilled.

    Raises:
        ValueError: where the condition is not one.
    """
    have = numbers(version)
    for part in condition.split(",") if condition.strip() else ():
        match = _ONE.match(part)
        if match is None:
            raise ValueError(condition)
        want = numbers(match.group(2))
        holds = {
            ">=": have >= want,
            "<=": have <= want,
            "==": have == want,
            "!=": have != want,
            ">": have > want,
            "<": have < want,
        }[match.group(1) or ">="]
        if not holds:
            return False
    return True
