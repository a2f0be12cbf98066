"""Paths in the data of a file -> places in its text, by a second pass over the events.

Only files with something to say are read twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from game.packs.diagnostics import DataPath, Place
from game.packs.reader import events, place_of, scalar

_ESCAPED = {"x": 2, "u": 4, "U": 8}
"""How many digits follow an escape in double quotes."""
_HASH = re.compile(r"\S[ \t]#[^ \t\n]")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the key and the value of a path stand; `value` holds the parsed text of a scalar."""

    key: Place | None
    place: Place
    start: tuple[int, int]
    end: tuple[int, int]
    style: str
    value: str | None


def locate(text: str, wanted: Collection[DataPath] | None = None) -> dict[DataPath, Spot]:
    """The spots of the wanted paths (all paths by default); of a key given twice, the first.

    A text that cannot be read gives the spots up to the place where reading stops.
    """
    found: dict[DataPath, Spot] = {}
    for path, key, event in _walk(text):
        if (wanted is None or path in wanted) and path not in found:
            found[path] = _spot(key, event)
    return found


def comments_cut(text: str) -> list[Place]:
    """Where plain text is cut by ` #` with no blank after it, as in `Poll #1`."""
    if "#" not in text or not _HASH.search(text):
        return []
    lines = text.split("\n")
    found = []
    for _, _, event in _walk(text):
        if type(event) is not yaml.ScalarEvent or event.style or not event.value:
            continue
        end: Any = event.end_mark
        line, col = end.line, end.column
        if not isinstance(scalar(event), str):
            continue
        rest = lines[line][col:]
        if re.match(r"[ \t]#[^ \t]", rest):
            found.append(Place(line + 1, col + 2, len(lines[line]) + 1))
    return found


def first_of_twice(text: str) -> Place | None:
    """Where the first key stands that is given again later in its mapping."""
    keys: dict[DataPath, Place] = {}
    for path, key, _ in _walk(text):
        if key is None:
            continue
        if path in keys:
            return keys[path]
        keys[path] = place_of(key)
    return None


def part_of(spot: Spot, text: str, span: tuple[int, int]) -> Place | None:
    """The place of a part of a scalar's value, or None where escapes hide it."""
    if spot.value is None:
        return None
    lines = text.split("\n")
    positions = _aligned(spot, lines)
    if positions is None:
        return None
    begin = min(span[0], len(positions) - 1)
    line, col = positions[begin]
    last = positions[max(begin, min(span[1], len(positions)) - 1)]
    end = last[1] + 1 if last[0] == line else len(lines[line])
    return Place(line + 1, col + 1, max(end, col + 1) + 1)


def _aligned(spot: Spot, lines: list[str]) -> list[tuple[int, int]] | None:
    """For each character of the value and its end, its line and column in the text."""
    source = list(_source(spot, lines))
    positions: list[tuple[int, int]] = []
    at = 0
    for char in spot.value or "":
        if char in " \n":
            if at < len(source) and source[at][0] not in " \t\n":
                return None
            positions.append(source[at][1] if at < len(source) else spot.end)
            while at < len(source) and source[at][0] in " \t\n" and char != source[at][0]:
                at += 1
            at += 1
            continue
        while at < len(source) and source[at][0] in " \t\n":
            at += 1
        if at >= len(source):
            return None
        escaped = spot.style == '"' and source[at][0] == "\\"
        if not escaped and source[at][0] != char:
            return None
        positions.append(source[at][1])
        if escaped:
            letter = source[at + 1][0] if at + 1 < len(source) else ""
            at += 2 + _ESCAPED.get(letter, 0)
        else:
            at += 2 if spot.style == "'" and char == "'" else 1
    positions.append((positions[-1][0], positions[-1][1] + 1) if positions else spot.start)
    return positions


def _source(spot: Spot, lines: list[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The characters between the marks of a scalar, without quotes and block indicators."""
    (line, col), (last, end) = spot.start, spot.end
    if spot.style in ("|", ">"):
        line, col = line + 1, 0
    elif spot.style:
        col, end = col + 1, end - 1
    for number in range(line, min(last, len(lines) - 1) + 1):
        stop = end if number == last else len(lines[number])
        for column in range(col if number == line else 0, min(stop, len(lines[number]))):
            yield lines[number][column], (number, column)
        if number != last:
            yield "\n", (number, len(lines[number]))


def _spot(key: Any, event: Any) -> Spot:
    return Spot(
        key=place_of(key) if key is not None else None,
        place=place_of(event),
        start=(event.start_mark.line, event.start_mark.column),
        end=(event.end_mark.line, event.end_mark.column),
        style=getattr(event, "style", None) or "",
        value=getattr(event, "value", None),
    )


def _walk(text: str) -> Iterator[tuple[DataPath, Any, Any]]:
    """Every value of a text with its path and the event of its key."""
    path: list[str | int] = []
    frames: list[tuple[bool, Any]] = []  # whether a mapping, and the key event that waits
    counts: list[int] = []
    try:
        for event in events(text):
            kind = type(event)
            if kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                frames.pop()
                counts.pop()
                if frames:
                    path.pop()
                continue
            if kind is yaml.AliasEvent:
                return
            if kind not in (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent):
                continue
            key = None
            if frames:
                mapping, key = frames[-1]
                if mapping and key is None and kind is not yaml.ScalarEvent:
                    return
                if mapping and key is None:
                    frames[-1] = (True, event)
                    continue
                path.append(getattr(key, "value", "?") if mapping else counts[-1])
                counts[-1] += 1
                frames[-1] = (mapping, None)
            yield tuple(path), key, event
            if kind is yaml.ScalarEvent:
                if frames:
                    path.pop()
                continue
            frames.append((kind is yaml.MappingStartEvent, None))
            counts.append(0)
            if len(frames) > 40:
                return
    except yaml.YAMLError:
        return
