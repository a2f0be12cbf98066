"""What each field of a pack means, in a sentence: for hover texts and for the reference."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from game.packs.reader import read

WORDS = Path(__file__).resolve().parent / "words"
"""Where the words of the bench lie."""


@cache
def meanings() -> Mapping[str, Mapping[str, str]]:
    """Sentences by class of the schema and by field; `_` is the class itself."""
    told: Mapping[str, Mapping[str, str]] = read((WORDS / "meanings.yaml").read_bytes())
    return told


@cache
def snippets() -> Mapping[str, Any]:
    """New entries to fill in, by the folder or file that holds them."""
    told: Mapping[str, Any] = read((WORDS / "snippets.yaml").read_bytes())
    return told


def meaning(model: type[BaseModel], field: str = "_") -> str:
    """What a field (by its name in YAML) or a class means; empty where nobody has said it."""
    for one in model.__mro__:
        told = meanings().get(one.__name__, {}).get(field)
        if told is not None:
            return told
    return ""
