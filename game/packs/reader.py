"""Bytes of a YAML file -> plain data, from libyaml's events.

No tags, anchors, aliases, merge keys, duplicate keys or second documents; limits are kept as the
events arrive, so no input costs more than its own length. Only `true false null`, decimal whole
numbers of up to 18 digits and decimal fractions are more than text: `no`, `12:30`, `017`, dates
and `10%` stay text, and the schema says what it wanted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import yaml

from game.packs import catalogue as say
from game.packs.diagnostics import Place
from game.packs.guards import ReadError, decoded, refused, value_allowed
from game.packs.syntax import explained, tag_hint

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 32
MOST_NODES = 400_000
LONGEST_SCALAR = 20_000

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_FRACTION = re.compile(
    r"[-+]?(?:(?:0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+|(?:0|[1-9][0-9]*)(?=[eE]))(?:[eE][-+]?[0-9]+)?\Z"
)
_NUMBER_STARTS = frozenset("0123456789+-.")

Data = Any
"""Plain data: None, bool, int, float, str, list[Data], dict[str, Data]."""


def read(raw: bytes) -> Data:
    """The data of one file.

    Raises:
        ReadError: with the finding that says why the file cannot be read.
    """
    return read_text(decoded(raw))


def read_text(text: str) -> Data:
    """The data of a text that `decoded` let through.

    Raises:
        ReadError: with the finding that says why it cannot be read.
    """
    try:
        return _build(events(text))
    except yaml.YAMLError as error:
        raise ReadError(explained(error, text)) from None


def events(text: str) -> Iterator[Any]:
    """The events of a text, one at a time."""
    loader = LOADER(text)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    finally:
        loader.dispose()


def scalar(event: Any) -> Data:
    """What a scalar event stands for: quoted and block scalars are always text."""
    value: str = event.value
    if event.style:
        return value
    if value in _WORDS:
        return _WORDS[value]
    if value[0] not in _NUMBER_STARTS:
        return value
    if _WHOLE.match(value):
        return int(value)
    if len(value) <= 64 and _FRACTION.match(value):
        number = float(value)
        return number if math.isfinite(number) else value
    return value


def place_of(event: Any) -> Place:
    """Where an event stands; one that runs over several lines is marked to its first line's end."""
    start, end = event.start_mark, event.end_mark
    last = end.column + 1 if end.line == start.line else start.column + 2
    return Place(start.line + 1, start.column + 1, max(last, start.column + 2))


def _build(stream: Iterator[Any]) -> Data:
    """Build the data of the only document; iterative, so depth is a number and not a crash."""
    root: Data = None
    documents = nodes = 0
    here: Any = None
    key: str | None = None
    around: list[Any] = []
    keys: set[str] = set()  # those that were looked at before
    for event in stream:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                raise _marked(event)
            value = event.value
            if len(value) > LONGEST_SCALAR:
                raise refused(say.TOO_MANY, place_of(event), limit="20,000", what="characters")
            if key is None and type(here) is dict:
                if value not in keys or value in here:
                    _check_key(event, here, keys)
                key = value
                continue
            if not (value.isascii() and value.isprintable()) and (bad := value_allowed(value)):
                raise refused(say.CONTROL, place_of(event), name=bad)
            item: Data = value if event.style else scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None:
                raise _marked(event)
            if key is None and type(here) is dict:
                raise refused(say.TEXT_KEY, place_of(event))
            item = {} if kind is yaml.MappingStartEvent else []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            here = around.pop()
            continue
        else:
            documents += _between(event, documents)
            continue
        nodes += 1
        if nodes > MOST_NODES:
            raise refused(say.TOO_MANY, place_of(event), limit="400,000", what="values")
        if key is not None:
            here[key] = item
            key = None
        elif here is None:
            root = item
        else:
            here.append(item)
        if kind is not yaml.ScalarEvent:
            if len(around) >= DEEPEST:
                raise refused(say.TOO_DEEP, place_of(event), limit=DEEPEST)
            around.append(here)
            here = item
    if root is None:
        raise refused(say.EMPTY, Place(1, 1, 2))
    return root


def _marked(event: Any) -> ReadError:
    if event.anchor is not None:
        return refused(say.ALIAS, place_of(event))
    tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
    return refused(say.TAG, place_of(event), tag=tag, hint=tag_hint(tag))


def _check_key(event: Any, here: dict[str, Data], keys: set[str]) -> None:
    """Check a key; one that stands without quotes and is good may come again in any form."""
    value: str = event.value
    if value == "<<" and not event.style:
        raise refused(say.MERGE_KEY, place_of(event))
    if not isinstance(scalar(event), str):
        raise refused(say.TEXT_KEY, place_of(event))
    bad = value_allowed(value)
    if bad:
        raise refused(say.CONTROL, place_of(event), name=bad)
    if value in here:
        raise refused(say.DUPLICATE_KEY, place_of(event), key=value)
    if not event.style:
        keys.add(value)


def _between(event: Any, documents: int) -> int:
    """Check an event outside the data; 1 where a document begins."""
    if type(event) is yaml.AliasEvent:
        raise refused(say.ALIAS, place_of(event))
    if type(event) is not yaml.DocumentStartEvent:
        return 0
    if documents:
        raise refused(say.DOCUMENTS, place_of(event))
    if event.version or event.tags:
        raise refused(say.DIRECTIVE, place_of(event))
    return 1
