"""The game's own words in the language in force."""

from __future__ import annotations


def language() -> str:
    """The language in force, as files name it: `en`, `zh_CN`."""
    return "en"
