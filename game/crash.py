"""The file that a bug leaves behind."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path


def write_crash_file(error: BaseException) -> Path:
    """Write what is known of a bug, in the first place that can be written to.

    Raises:
        OSError: there is no such place.
    """
    now = datetime.now()
    text = "\n".join(
        [
            f"A bug in Guiding Hand, {now:%Y-%m-%d %H:%M:%S}.",
            f"Called as: {sys.argv[1:]}",
            f"Python {platform.python_version()} on {platform.platform()}",
            "",
            "".join(traceback.format_exception(error)),
        ]
    )
    trouble: OSError | None = None
    for folder in _folders():
        path = folder / f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError as problem:
            trouble = problem
            continue
        return path
    raise trouble or OSError("no folder")


def _folders() -> Iterator[Path]:
    """Beside the saves, else among the user's own data, else where temporary files go."""
    try:
        from game.saves import saves_folder

        yield saves_folder()
    except Exception:  # The bug may be in what finds the folder.
        pass
    try:
        from platformdirs import user_data_path

        yield user_data_path("guiding-hand", appauthor=False)
    except Exception:
        pass
    yield Path(tempfile.gettempdir())
