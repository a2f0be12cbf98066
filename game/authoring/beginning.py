"""Beginning a pack: a small one that works, with comments to learn from."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from game.packs import find_packs
from game.packs.names import unfit

TEMPLATES = Path(__file__).resolve().parent / "templates"
"""Two packs that are copied: one that stands on core, one that stands alone."""
LONGEST = 40
"""Characters of a name: ids are made of it, and have a limit too."""
STANDARD = "my-pack"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SPOKEN = STANDARD.replace("-", " ").capitalize()
_SNAKE = STANDARD.replace("-", "_")
_PLACES = re.compile("|".join((STANDARD, _SPOKEN, _SNAKE)))


class NoBeginningError(Exception):
    """A pack that cannot be begun; the message is for people."""


def checked(name: str) -> str:
    """A name for a pack that can be used.

    Raises:
        NoBeginningError: where it cannot, with one that can.
    """
    better = proposal(name)
    if len(name) > LONGEST:
        raise NoBeginningError(
            f"the name has {len(name)} characters, and {LONGEST} is the most: how about {better}?"
        )
    if not _NAME.fullmatch(name):
        raise NoBeginningError(
            f"'{name}' is no name for a pack: small letters, digits and single hyphens, a letter"
            f" first; how about {better}?"
        )
    if name in find_packs():
        raise NoBeginningError(
            f"{name} is the name of a pack that comes with the game; how about my-{name}?"
        )
    why = unfit(name)
    if why is not None:
        raise NoBeginningError(f"'{name}' cannot name a folder everywhere; how about my-{name}?")
    return name


def proposal(name: str) -> str:
    """A name that can be used, as near as may be."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if words[:1].isdigit():
        words = f"pack-{words}"
    return words[:LONGEST].strip("-") or STANDARD


def begin(name: str, into: Path, *, alone: bool = False) -> tuple[Path, ...]:
    """Write a new pack into a folder; the files that were written.

    Nothing that is there is overwritten, and a pack is there as a whole or not at all.

    Args:
        name: the pack's id, and the name of its folder.
        into: where the pack's folder goes.
        alone: whether it stands alone, with sectors and numbers of its own.

    Raises:
        NoBeginningError: the name cannot be used, or the folder is there already.
        OSError: it cannot be written.
    """
    folder = into / checked(name)
    if folder.exists() or folder.is_symlink():
        raise NoBeginningError(f"{folder} is there already; nothing was written")
    into.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=into))
    fresh = work / name
    try:
        fresh.mkdir()
        for inside, text in files(name, alone=alone):
            path = fresh / inside
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        fresh.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def files(name: str, *, alone: bool = False) -> Iterator[tuple[str, str]]:
    """The files of a new pack: where each lies in the pack, and its text."""
    root = TEMPLATES / ("alone" if alone else "standing")
    for path in sorted(root.rglob("*.yaml")):
        inside = path.relative_to(root).as_posix()
        yield _named(inside, name), _named(path.read_text(encoding="utf-8"), name)


def _named(text: str, name: str) -> str:
    spoken = name.replace("-", " ")
    words = {
        STANDARD: name,
        _SPOKEN: spoken[0].upper() + spoken[1:],
        _SNAKE: name.replace("-", "_"),
    }
    return _PLACES.sub(lambda found: words[found.group()], text)
