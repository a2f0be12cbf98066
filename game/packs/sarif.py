"""Diagnostics for programs that show them: SARIF 2.1.0, and the annotations of GitHub."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from game.packs import handbook
from game.packs.diagnostics import REGISTERED, Diagnostic, escaped

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def to_sarif(said: Sequence[Diagnostic], version: str = "") -> dict[str, Any]:
    """One run with every diagnostic; those that a pack silences are there as suppressed.

    Args:
        said: the diagnostics, silenced ones among them.
        version: that of the game, where it is known.
    """
    codes = sorted({one.code for one in said})
    places = {code: place for place, code in enumerate(codes)}
    driver: dict[str, Any] = {"name": "guiding-hand", "rules": [_rule(code) for code in codes]}
    if version:
        driver["version"] = version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, places[one.code]) for one in said],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def to_github(one: Diagnostic) -> str:
    """A workflow command that puts a diagnostic beside its line.

    It is one line of text: what could end a part of it early is written as its code.
    """
    parts = {
        "file": _relative(one.file),
        "line": one.line,
        "col": one.col,
        "endColumn": max(one.col, one.end_col - 1),
        "title": one.code,
    }
    told = ",".join(f"{name}={_property(str(value))}" for name, value in parts.items())
    lines = [one.message, f"in {one.within}" if one.within else "", f"hint: {one.hint or ''}"]
    text = "\n".join(line for line in lines if line and line != "hint: ")
    return f"::{one.severity} {told}::{_data(text)}"


def _rule(code: str) -> dict[str, Any]:
    known = REGISTERED[code]
    title, text = known.about, known.about
    if code in handbook.codes():
        page = handbook.page(code)
        title, text = page.title, page.text
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": known.about},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": known.severity},
    }


def _result(one: Diagnostic, rule: int) -> dict[str, Any]:
    message = f"{one.message}\nhint: {one.hint}" if one.hint else one.message
    region = {"startLine": one.line, "startColumn": one.col, "endColumn": one.end_col}
    if one.excerpt.strip():
        region["snippet"] = {"text": escaped(one.excerpt)}  # type: ignore[assignment]
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(one.file)}, "region": region}
    }
    if one.within:
        location["logicalLocations"] = [{"fullyQualifiedName": one.within}]
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": one.severity,
        "message": {"text": message},
        "locations": [location],
    }
    if one.related:
        result["relatedLocations"] = [_related(other) for other in one.related]
    if one.silenced is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": one.silenced}]
    return result


def _related(other: str) -> dict[str, Any]:
    file, _, line = other.rpartition(":")
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if line.isdigit():
        place["region"] = {"startLine": int(line)}
    return {"physicalLocation": place}


def _relative(file: str) -> str:
    """A path as seen from the working folder, where it lies below it."""
    path = Path(os.path.abspath(file))
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def _uri(file: str) -> str:
    shown = _relative(file).encode("utf-8", "surrogateescape")
    return f"file://{quote(shown)}" if shown.startswith(b"/") else quote(shown)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
