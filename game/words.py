"""The game's own words in the language in force.

English is what the code says: `said("a sentence with {a_name}", a_name=...)` gives it back, filled
in, and costs nothing. For every other language the sentence is looked up in a catalogue,
`locale/<language>/guiding_hand.po`, which is read when it is first needed.

A sentence is whole, and says what varies by name, so that a language may put it in its own order.
What is written before a language is known (a constant, a key's description) is marked with
`later` and given to `said` where it is shown. A word that means two things says which: `sense`, and
`meant` for one of a constant.

The language is a property of the process, as a terminal's is: `speak` sets it once, at the start or
in the settings.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

ENGLISH = "en"
FOLDER = Path(__file__).parent / "locale"
CATALOGUE = "guiding_hand.po"
LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?\Z")
"""A language as files name it: `de`, `zh_CN`, `sr_Latn_RS`."""

_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(slots=True)
class _Voice:
    """What is spoken; None where it has not been asked for yet."""

    language: str = ENGLISH
    words: NullTranslations | None = None


_VOICE = _Voice()


def said(sentence: str, /, **values: object) -> str:
    """A sentence in the language in force; `{name}` stands for the value of that name."""
    return _filled(sentence if _VOICE.words is None else _looked_up(sentence), values)


def sense(meaning: str, word: str, /) -> str:
    """A word that means more than one thing, in the meaning that is named."""
    return word if _VOICE.words is None else _VOICE.words.pgettext(meaning, word)


class Meant(str):
    """A word that is written before the language is known, and means more than one thing."""

    __slots__ = ("meaning",)
    meaning: str


def meant(meaning: str, word: str, /) -> Meant:
    """What `later` is to `said`, for a word with a `sense`."""
    marked = Meant(word)
    marked.meaning = meaning
    return marked


def counted(one: str, several: str, count: int, /, **values: object) -> str:
    """A sentence about a number of things; `{count}` is the number."""
    if _VOICE.words is None:
        sentence = one if count == 1 else several
    else:
        sentence = _VOICE.words.ngettext(one, several, count)
    return _filled(sentence, {"count": f"{count:,}", **values})


def later(sentence: str, /) -> str:
    """A sentence that is written before the language is known; `said` is to be told it."""
    return sentence


def language() -> str:
    """The language in force, as files name it: `en`, `zh_CN`."""
    return _VOICE.language


def speak(name: str) -> None:
    """Put a language in force; one without a catalogue changes the packs' texts alone.

    Raises:
        ValueError: it is not the name of a language.
    """
    if not LANGUAGE.match(name):
        raise ValueError(f"{name} is no language; write it like en, zh_CN or de")
    _VOICE.language = name
    _VOICE.words = _catalogue(name)


def languages() -> tuple[str, ...]:
    """The languages that the game speaks, English first."""
    found = sorted(path.parent.name for path in FOLDER.glob(f"*/{CATALOGUE}"))
    return (ENGLISH, *found)


def wanted(environment: Mapping[str, str] = os.environ) -> str:
    """The language that an environment asks for, where the game speaks it; else English."""
    for variable in _VARIABLES:
        for one in environment.get(variable, "").split(":"):
            name = one.partition(".")[0].partition("@")[0].replace("-", "_")
            if not name:
                continue
            found = nearest(name)
            if found is not None:
                return found
            if variable != "LANGUAGE":
                return ENGLISH
    return ENGLISH


def nearest(name: str) -> str | None:
    """The language that the game speaks for one that is wanted: `zh_CN` for `zh` and `zh_SG`."""
    known = languages()
    if name in known:
        return name
    first = name.partition("_")[0]
    return next((one for one in known if one.partition("_")[0] == first), None)


def _looked_up(sentence: str) -> str:
    words = _VOICE.words
    if words is None or not sentence:
        return sentence
    if isinstance(sentence, Meant):
        return words.pgettext(sentence.meaning, sentence)
    return words.gettext(sentence)


def _filled(sentence: str, values: Mapping[str, object]) -> str:
    if not values:
        return sentence
    return _NAME.sub(lambda found: str(values.get(found.group(1), found.group())), sentence)


def _catalogue(name: str) -> NullTranslations | None:
    """The words of a language; None where the game does not speak it, or speaks it anyway."""
    path = FOLDER / name / CATALOGUE
    if name == ENGLISH or not path.is_file():
        return None
    # Only who reads another language pays for the library.
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file, locale=name)
    out = BytesIO()
    write_mo(out, catalogue)
    out.seek(0)
    return GNUTranslations(out)
