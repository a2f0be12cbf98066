"""Where saves lie, and what they may be called."""

from __future__ import annotations

import os
import re
from pathlib import Path

from platformdirs import user_data_dir

from game.saves.errors import SaveError

SUFFIX = ".jsonl"
VARIABLE = "GUIDING_HAND_SAVES"
"""An environment variable that names another folder."""
LONGEST = 60
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def saves_folder() -> Path:
    """The folder of the player's saves.

    In a checkout (where the code lies beside pyproject.toml) it is `saves/` there, otherwise the
    platform's folder for user data.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    root = Path(__file__).resolve().parents[2]
    if (root / "pyproject.toml").is_file():
        return root / "saves"
    return Path(user_data_dir("guiding-hand", appauthor=False)) / "saves"


def safe_name(name: str) -> str:
    """The name of a save, if every system can keep a file of that name.

    Raises:
        SaveError: it cannot be used; the message says why.
    """
    name = name.strip().removesuffix(SUFFIX)
    if not name:
        raise SaveError("a save needs a name")
    if len(name) > LONGEST:
        raise SaveError(f"the name is longer than {LONGEST} characters")
    if not _NAME.fullmatch(name) or name.endswith((".", " ")):
        raise SaveError(
            f"{name!r} cannot be a name: letters, digits, blanks, points, - and _ can be used"
        )
    if _RESERVED.fullmatch(name):
        raise SaveError(f"{name!r} means something else on some systems; choose another name")
    return name


def path_of(path_or_name: Path | str) -> Path:
    """The file that a path or the name of a save stands for.

    Raises:
        SaveError: the name cannot be one.
    """
    if isinstance(path_or_name, Path):
        return path_or_name
    text = path_or_name
    if text.endswith(SUFFIX) or "/" in text or os.sep in text:
        return Path(text)
    return saves_folder() / f"{safe_name(text)}{SUFFIX}"


def free_path(folder: Path, name: str) -> Path:
    """A file of that name, or of that name and a number, that does not exist yet."""
    number = 1
    while True:
        suffix = "" if number == 1 else f"-{number}"
        path = folder / f"{name}{suffix}{SUFFIX}"
        if not path.exists():
            return path
        number += 1
