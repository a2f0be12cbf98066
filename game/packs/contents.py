"""One file of a pack -> its entries, through the cache where its bytes are known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from game.packs import cache, migrations, schema
from game.packs import catalogue as say
from game.packs.archive import DamagedError
from game.packs.diagnostics import DataPath, Findings, finding
from game.packs.find import PackFile, bytes_of
from game.packs.guards import ReadError, decoded
from game.packs.locate import comments_cut
from game.packs.reader import read_text
from game.packs.schema import FORMAT, SHELVES, Shelf
from game.packs.schema_model import Entry, Manifest
from game.packs.shape import found_text, list_adapter, problems, validated


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that changes or removes one of another pack."""

    verb: Literal["change", "remove"]
    target: str
    path: DataPath
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds.

    `broken` are the ids of entries that could not be used; where `unread` is set nothing is known
    of the file, so that ids missing elsewhere are no news.
    """

    file: PackFile
    key: str
    entries: tuple[tuple[DataPath, Entry], ...] = ()
    changes: tuple[Change, ...] = ()
    broken: tuple[str, ...] = ()
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was found, of a pack in some form: its bytes (None: unreadable), their key."""

    file: PackFile
    form: int
    raw: bytes | None
    key: str


def written(file: PackFile, findings: Findings, form: int = FORMAT) -> Written:
    """Read the bytes of a file."""
    raw = _raw(file.path, file.shown, findings)
    if raw is None:
        return Written(file, form, None, "")
    key = cache.key_of(file.shelf.encode(), file.path.stem.encode(), str(form).encode(), raw)
    return Written(file, form, raw, key)


def content_of(
    file: PackFile, findings: Findings, *, use_cache: bool, form: int = FORMAT
) -> Content:
    """Read and validate one file of a pack that is written in some form."""
    return content_in(written(file, findings, form), findings, use_cache=use_cache)


def content_in(found: Written, findings: Findings, *, use_cache: bool) -> Content:
    """Validate what a file holds."""
    file, key = found.file, found.key
    if found.raw is None or findings.full(file.shown):
        return Content(file, "", unread=True)
    shelf = SHELVES[file.shelf]
    known = _from_cache(file, shelf, key) if use_cache else None
    if known is not None:
        return known
    before = findings.count(file.shown)
    data = _read(found.raw, file.shown, findings)
    if data is None:
        return Content(file, key, unread=True)
    data = migrations.migrated(file.shelf, data, found.form)
    content, plain = _sorted_out(file, shelf, key, data, findings)
    if use_cache and findings.count(file.shown) == before:
        notes = {
            "paths": [path for path, _ in content.entries],
            "changes": [[one.verb, one.target, one.path, one.fields] for one in content.changes],
        }
        cache.store(key, notes, json.dumps(plain, separators=(",", ":")).encode())
    return content


def manifest_of(path: Path, shown: str, findings: Findings) -> tuple[Manifest | None, bytes]:
    """The manifest of a pack and its bytes."""
    raw = _raw(path, shown, findings)
    data = _read(raw, shown, findings) if raw is not None else None
    if data is None:
        return None, raw or b""
    newer = migrations.from_the_future(data)
    if newer is not None:
        # What its fields mean is not known here, so nothing else is said of it.
        findings.add(shown, finding(say.FORMAT, ("format",), found=newer, known=schema.FORMAT))
        return None, raw or b""
    data = migrations.migrated(migrations.MANIFEST, data, migrations.form_of(data))
    try:
        return validated(Manifest, data), raw or b""
    except ValidationError as error:
        for found in problems(error, Manifest, data, (), findings):
            findings.add(shown, found)
        return None, raw or b""


def _raw(path: Path, shown: str, findings: Findings) -> bytes | None:
    try:
        return bytes_of(path)
    except DamagedError as error:
        findings.add(shown, finding(say.MEMBER_BROKEN, member=path.name, why=error.strerror))
        return None
    except OSError as error:
        findings.add(shown, finding(say.UNREADABLE, why=error.strerror or "no reason given"))
        return None


def _read(raw: bytes, shown: str, findings: Findings) -> Any:
    try:
        text = decoded(raw)
        data = read_text(text)
    except ReadError as refusal:
        findings.add(shown, refusal.found)
        return None
    for place in comments_cut(text):
        findings.add(shown, finding(say.COMMENT, place=place))
    return data


def _from_cache(file: PackFile, shelf: Shelf, key: str) -> Content | None:
    kept = cache.load(key)
    if kept is None:
        return None
    notes, body = kept
    try:
        entries = list_adapter(shelf.model).validate_json(body)
        paths = [tuple(path) for path in notes["paths"]]
        changes = tuple(
            Change(verb, target, tuple(path), fields)
            for verb, target, path, fields in notes["changes"]
        )
        return Content(file, key, tuple(zip(paths, entries, strict=True)), changes)
    except (ValueError, TypeError, KeyError):
        return None


def _sorted_out(
    file: PackFile, shelf: Shelf, key: str, data: Any, findings: Findings
) -> tuple[Content, list[Any]]:
    """The content of a file and the plain data of its good entries."""
    wanted = "one entry (a mapping)" if shelf.single else "a list of entries"
    if not isinstance(data, dict if shelf.single else list):
        wrong = finding(say.WRONG_SHAPE_FILE, wanted=wanted, found=found_text(data))
        findings.add(file.shown, wrong)
        return Content(file, key, unread=True), []
    items: list[tuple[DataPath, Any]] = (
        [((), data)] if shelf.single else [((at,), item) for at, item in enumerate(data)]
    )
    plain: dict[DataPath, Any] = {}
    changes: list[Change] = []
    for path, item in items:
        if findings.full(file.shown):
            return Content(file, key, unread=True), []
        if not isinstance(item, dict):
            wrong = finding(say.WRONG_TYPE, path, wanted="a mapping", found=found_text(item))
            findings.add(file.shown, wrong)
            continue
        verb = next((verb for verb in ("change", "remove") if verb in item), None)
        if verb is not None:
            change = _change(verb, item, path, file, findings)
            changes.extend([change] if change else [])
            continue
        if shelf.single and "id" not in item:
            item = {"id": file.path.stem, **item}
        plain[path] = item
    entries, broken = _validated(file, shelf, plain, findings)
    content = Content(file, key, entries, tuple(changes), broken)
    return content, list(plain.values())


def _validated(
    file: PackFile, shelf: Shelf, plain: dict[DataPath, Any], findings: Findings
) -> tuple[tuple[tuple[DataPath, Entry], ...], tuple[str, ...]]:
    """The good entries, and the ids of the others: all at once, and one by one if any is bad."""
    try:
        together = list_adapter(shelf.model).validate_json(json.dumps(list(plain.values())))
        return tuple(zip(plain, together, strict=True)), ()
    except ValidationError:
        pass
    entries: list[tuple[DataPath, Entry]] = []
    broken: list[str] = []
    for path, item in plain.items():
        if findings.full(file.shown):
            broken.extend(_ids(item))
            continue
        try:
            entries.append((path, validated(shelf.model, item)))
        except ValidationError as error:
            broken.extend(_ids(item))
            for found in problems(error, shelf.model, item, path, findings):
                findings.add(file.shown, found)
    return tuple(entries), tuple(broken)


def _ids(item: dict[str, Any]) -> list[str]:
    """The ids that a broken entry meant to give, its passages' among them."""
    inner = item.get("passages")
    inside = [one for one in inner if isinstance(one, dict)] if isinstance(inner, list) else []
    return [str(one["id"]) for one in [item, *inside] if "id" in one]


def _change(
    verb: str, item: dict[str, Any], path: DataPath, file: PackFile, findings: Findings
) -> Change | None:
    target = item[verb]
    fields = {name: value for name, value in item.items() if name != verb}
    if not isinstance(target, str) or "/" not in target:
        problem = f"`{verb}:` names an entry of a required pack as pack/id"
        findings.add(file.shown, finding(say.SHAPE, (*path, verb), problem=problem))
        return None
    if verb == "remove" and fields:
        problem = "`remove:` stands alone"
        findings.add(file.shown, finding(say.SHAPE, path, problem=problem))
        return None
    if "id" in fields:
        problem = "a changed entry keeps its id"
        findings.add(file.shown, finding(say.SHAPE, (*path, "id"), problem=problem))
        return None
    return Change("change" if verb == "change" else "remove", target, path, fields)
