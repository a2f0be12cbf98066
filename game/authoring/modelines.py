"""Telling editors which schema belongs to which file: a first line in it, or their settings."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from game.authoring.schema import FILES, TESTS, file_of
from game.packs.find import MANIFEST

_MARK = b"yaml-language-server:"
_HEAD = 4_096


def schema_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """The YAML files of a pack's folder, each with the name of the schema that it belongs to."""
    manifest = folder / MANIFEST
    if _plain(manifest):
        yield manifest, file_of("pack")
    for name, shelf in FILES.items():
        alone = folder / f"{name}.yaml"
        if not shelf.single and name != TESTS and _plain(alone):
            yield alone, file_of(name)
        inside = folder / name
        if inside.is_dir() and not inside.is_symlink():
            for path in sorted(inside.glob("*.yaml")):
                if _plain(path) and not path.name.startswith("."):
                    yield path, file_of(name)


def _plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def headed(text: bytes, schema: str) -> bytes | None:
    """The bytes of a file with the line at its head; None where it has one already."""
    comments = [line for line in text[:_HEAD].splitlines() if line.lstrip().startswith(b"#")]
    if any(_MARK in line for line in comments):
        return None
    end = b"\r\n" if b"\r\n" in text[:_HEAD] else b"\n"
    return b"# yaml-language-server: $schema=" + schema.encode() + end + text


def put_modelines(folder: Path, schemas: Path) -> tuple[Path, ...]:
    """Put the line at the head of each file that lacks one; which files were changed.

    Nothing else in a file is touched, and a file is replaced as a whole or not at all.

    Raises:
        OSError: where a file cannot be read or written.
    """
    changed: list[Path] = []
    for path, name in schema_files(folder):
        target = Path(os.path.relpath((schemas / name).resolve(), path.parent.resolve()))
        text = headed(path.read_bytes(), target.as_posix())
        if text is None:
            continue
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_bytes(text)
        fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
        changed.append(path)
    return tuple(changed)


def settings(folder: Path, schemas: Path) -> str:
    """The setting `yaml.schemas` of editors, for one who would not have lines in files."""
    found: dict[str, list[str]] = {}
    root = folder.resolve().name
    for name, shelf in {"pack": None, **FILES}.items():
        globs = [f"{root}/{name}/*.yaml"]
        if shelf is None:
            globs = [f"{root}/{MANIFEST}"]
        elif not shelf.single and name != TESTS:
            globs.insert(0, f"{root}/{name}.yaml")
        found[(schemas / file_of(name)).resolve().as_uri()] = [f"**/{one}" for one in globs]
    return json.dumps({"yaml.schemas": found}, indent=2)
