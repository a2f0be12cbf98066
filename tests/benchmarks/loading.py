"""The core pack read and checked, against a YAML parser that only parses the same files."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from game.packs import find_packs


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.yaml"))


def parsed() -> dict[str, float]:
    """The parser alone, in C."""
    import yaml

    texts = _files(find_packs()["core"])

    def run() -> None:
        for path in texts:
            yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)

    return _once(run)


def cold() -> dict[str, float]:
    """Read, merged and checked, with no cache."""
    from game.packs import load_packs

    folder = find_packs()["core"]
    return _once(lambda: load_packs([folder], use_cache=False))


def warm() -> dict[str, float]:
    """The same once its files have been found good before; the cache is there."""
    from game.packs import load_packs

    folder = find_packs()["core"]
    return _once(lambda: load_packs([folder]))


def _once(run: Callable[[], object]) -> dict[str, float]:
    wall, own = time.perf_counter(), time.process_time()
    run()
    own, wall = time.process_time() - own, time.perf_counter() - wall
    return {"ms": own * 1000.0, "ms_by_wall_clock": wall * 1000.0}
