"""A run as a table of comma-separated values, written block by block."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from game.lab.running import Block, Column

HEADER = "world,year,indicator,sector,value\n"


def write_csv(path: Path, columns: Sequence[Column], blocks: Iterable[Block]) -> int:
    """Write a run beside its place and move it there when it is whole.

    Numbers are written so that they read back as the same bits. A run that stops on the way
    leaves nothing behind, and what stood at the path stands there still.

    Returns:
        How many rows of numbers were written.

    Raises:
        OSError: it cannot be written.
    """
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder", str(path))
    if path.exists() and not path.is_file():
        # A pipe or a device cannot be replaced, so it is written to as it is.
        with path.open("w", encoding="utf-8", newline="") as file:
            return write_rows(file, columns, blocks)
    path = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            rows = write_rows(file, columns, blocks)
        part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_mask())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return rows


def write_rows(file: TextIO, columns: Sequence[Column], blocks: Iterable[Block]) -> int:
    """Write a run to an open file; how many rows of numbers it has."""
    names = [f",{column.indicator},{column.place or ''}," for column in columns]
    file.write(HEADER)
    rows = 0
    for block in blocks:
        for offset, world in enumerate(block.worlds):
            for year, numbers in zip(block.years, block.values[:, :, offset], strict=True):
                lead = f"{world},{year}"
                file.writelines(
                    f"{lead}{name}{number!r}\n"
                    for name, number in zip(names, numbers.tolist(), strict=True)
                )
                rows += len(names)
    return rows


def _mask() -> int:
    """The permissions that this process takes from new files."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
