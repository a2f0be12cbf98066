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
from game.packs.diagnostics import Place, finding
from game.packs.guards import ReadError, decoded, refused, value_allowed
from game.packs.syntax import explained

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
    text = decoded(raw)
    try:
        return _build(events(text))
    except yaml.YAMLError as error:
        raise ReadError(explained(error, text)) from None


def events(text: str) -> Iterator[Any]:
    """The events of a text, one at a time."""
    return iter(yaml.parse(text, Loader=LOADER))


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
    frames: list[list[Any] | dict[str, Any]] = []
    keys: list[str | None] = []
    for event in stream:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            _plain(event)
            value = event.value
            if len(value) > LONGEST_SCALAR:
                raise refused(say.TOO_MANY, place_of(event), limit="20,000", what="characters")
            if frames and type(frames[-1]) is dict and keys[-1] is None:
                keys[-1] = _key(event, frames[-1], keys)
                continue
            bad = value_allowed(value)
            if bad:
                raise refused(say.CONTROL, place_of(event), name=bad)
            item: Data = scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            _plain(event)
            if frames and type(frames[-1]) is dict and keys[-1] is None:
                raise refused(say.TEXT_KEY, place_of(event))
            item = {} if kind is yaml.MappingStartEvent else []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            frames.pop()
            keys.pop()
            continue
        else:
            documents += _between(event, documents)
            continue
        nodes += 1
        if nodes > MOST_NODES:
            raise refused(say.TOO_MANY, place_of(event), limit="400,000", what="values")
        if not frames:
            root = item
        elif type(frames[-1]) is dict:
            frames[-1][keys[-1]] = item  # type: ignore[index]
            keys[-1] = None
        else:
            frames[-1].append(item)  # type: ignore[union-attr]
        if kind is not yaml.ScalarEvent:
            if len(frames) >= DEEPEST:
                raise refused(say.TOO_DEEP, place_of(event), limit=DEEPEST)
            frames.append(item)
            keys.append(None)
    if root is None:
        raise refused(say.EMPTY, Place(1, 1, 2))
    return root


def _plain(event: Any) -> None:
    if event.anchor is not None:
        raise refused(say.ALIAS, place_of(event))
    if event.tag is not None:
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        raise refused(say.TAG, place_of(event), tag=tag)


def _key(event: Any, frame: Any, keys: list[str | None]) -> str:
    value: str = event.value
    if value == "<<" and not event.style:
        raise refused(say.MERGE_KEY, place_of(event))
    if not isinstance(scalar(event), str):
        raise refused(say.TEXT_KEY, place_of(event))
    bad = value_allowed(value)
    if bad:
        raise refused(say.CONTROL, place_of(event), name=bad)
    if value in frame:
        path = tuple(key for key in keys[:-1] if key is not None)
        raise ReadError(finding(say.DUPLICATE_KEY, path, place=place_of(event), key=value))
    return value


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
