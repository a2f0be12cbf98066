"""PO files read and written: bytes of anybody's making -> messages, and back.

The library's parser does the reading; what it would believe of a file is kept from it. The text is
decoded here, so no header names a codec; headers are not acted on, so none sets a number of plural
forms; messages are kept one by one, so repeats cost nothing.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Read
from babel.messages.pofile import PoFileError, PoFileParser, denormalize, write_po

from game.packs.guards import decoded

MOST_MESSAGES = 60_000
WIDTH = 88

# What is opened and never closed is taken to its end, or every quote in it would be tried anew.
_PREVIOUS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_WEEK_ZERO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_OWN_FLAGS = frozenset({"python-format", "python-brace-format"})


class BrokenPoError(ValueError):
    """A text that is no PO file; says why, and in which line where that is known."""

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(why)
        self.why = why
        self.line = line


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a PO file.

    Attributes:
        address: its msgctxt.
        text: its msgid.
        told: its msgstr, empty where there is none yet.
        fuzzy: whether somebody must look at it again.
        line: where its msgid stands, counted from 1.
        notes: what a translator noted.
        about: comments for the translator.
        place: `file:line` of the original.
        previous: the msgid that it once translated, where it is fuzzy.
        obsolete: whether it is kept only for its words.
    """

    address: str
    text: str
    told: str = ""
    fuzzy: bool = False
    line: int = 1
    notes: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    place: tuple[str, int] | None = None
    previous: str | None = None
    obsolete: bool = False


class _Catalog(Catalog):
    """What is read, as it is read: the parser's own class acts on headers and folds repeats."""

    def __init__(self) -> None:
        super().__init__(creation_date=_WEEK_ZERO)
        self.read: list[Read] = []

    @property
    def num_plurals(self) -> int:
        """Two, whatever a header says."""
        return 2

    def __setitem__(self, id: Any, message: Read) -> None:  # noqa: A002 (the parser's name)
        self.read.append(message)
        if len(self.read) > MOST_MESSAGES:
            raise BrokenPoError(f"it has more than {MOST_MESSAGES:,} messages")


def read_messages(raw: bytes) -> tuple[Message, ...]:
    """The messages of a PO file, the header not among them; obsolete ones last.

    Raises:
        ReadError: the bytes are too many, not UTF-8, or hide what a file of a pack may not hold.
        BrokenPoError: the text is no PO file.
    """
    lines = decoded(raw).replace("\r\n", "\n").split("\n")
    catalog = _Catalog()
    parser = PoFileParser(catalog, abort_invalid=True)
    try:
        _check_strings(lines)
        parser.parse(lines)
    except PoFileError as error:
        raise BrokenPoError(_plainly(error), error.lineno + 1) from None
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        if isinstance(error, BrokenPoError):
            raise
        # The parser meets a keyword without its string, or a number that is none.
        raise BrokenPoError("it cannot be read as a PO file", parser.offset + 1) from None
    found = [_message(one, obsolete=False) for one in catalog.read if one.id]
    old = [_message(one, obsolete=True) for one in catalog.obsolete.values() if one.id]
    return (*found, *old)


_LINE = re.compile(
    r'\s*(?:#.*|(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)?\s*"(?:[^"\\]|\\.)*"\s*)?\Z'
)


def _check_strings(lines: list[str]) -> None:
    """Refuse what the parser would quietly take: strings without quotes, escapes that are cut."""
    for number, line in enumerate(lines, 1):
        if not _LINE.match(line):
            raise BrokenPoError("this line is not part of a PO file", number)


def _plainly(error: PoFileError) -> str:
    told = str(error)
    if "missing msgstr" in told:
        return "a msgid has no msgstr"
    return "this line is not part of a PO file"


def _message(read: Read, *, obsolete: bool) -> Message:
    text = read.id if isinstance(read.id, str) else str(read.id[0])
    told = read.string if isinstance(read.string, str) else ""
    notes = [note for note in read.user_comments if not note.startswith("|")]
    previous = " ".join(note[1:].strip() for note in read.user_comments if note.startswith("|"))
    return Message(
        address=read.context or "",
        text=text,
        told=told or "",
        fuzzy=read.fuzzy,
        line=read.lineno or 1,
        notes=tuple(note for note in notes if note),
        about=tuple(read.auto_comments),
        previous=_previous(previous) if previous else None,
        obsolete=obsolete,
    )


def _closed(part: str) -> bool:
    return len(part) > 1 and part.endswith('"')


def _previous(comment: str) -> str:
    """The msgid in `#|` comments, whose lines were folded like any comment's."""
    return "".join(denormalize(part) for part in _PREVIOUS.findall(comment) if _closed(part))


def written(messages: Iterable[Message], *, pack: str, version: str, language: str) -> bytes:
    """A PO file of messages in their order; the same messages give the same bytes."""
    catalog = Catalog(
        project=pack,
        version=version,
        header_comment=f"# Texts of the pack {pack} in {language}.\n#",
        language_team=language,
        last_translator="nobody named",
        msgid_bugs_address="see pack.yaml",
        creation_date=_WEEK_ZERO,
        revision_date=_WEEK_ZERO,
        fuzzy=False,
    )
    for one in messages:
        message = Read(
            one.text,
            one.told,
            locations=[_location(*one.place)] if one.place else (),
            flags={"fuzzy"} if one.fuzzy else (),
            auto_comments=one.about,
            user_comments=one.notes,
            previous_id=one.previous or (),
            context=one.address or None,
        )
        message.flags -= _OWN_FLAGS
        if one.obsolete:
            catalog.obsolete[one.address, one.text] = message
        else:
            catalog._messages[one.text, one.address] = message
    out = io.BytesIO()
    write_po(out, catalog, width=WIDTH, include_previous=True)
    return _with_language(out.getvalue(), language)


def _location(file: str, line: int) -> tuple[str, int]:
    # A blank in a name would be written with characters that turn the direction of text.
    return re.sub(r"\s", "%20", file), line


_HEADER_DATES = re.compile(rb'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By):.*\n', re.M)


def _with_language(raw: bytes, language: str) -> bytes:
    """The file with its language, and without the headers that make two exports differ."""
    header, blank, rest = raw.partition(b"\n\n")
    header = _HEADER_DATES.sub(b"", header)
    line = f'"Language: {language}\\n"\n'.encode()
    before, team, after = header.partition(b'"Language-Team:')
    return before + line + team + after + blank + rest
