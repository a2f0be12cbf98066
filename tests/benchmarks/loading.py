"""Packs read and checked, against a YAML parser that only parses the same files.

A pack is named by how many made-up events it has; 0 is the core pack.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import IO

import platformdirs

from game.packs import find_packs
from tests.benchmarks.made_up import write_pack


def _pack(events: int) -> Path:
    if not events:
        return find_packs()["core"]
    folder = platformdirs.user_cache_path("guiding-hand") / f"made-up-{events}"
    return folder if folder.is_dir() else write_pack(folder, events)


def _parse(folder: Path) -> None:
    import yaml

    for path in sorted(folder.rglob("*.yaml")):
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def parsed(events: int) -> dict[str, float]:
    """The parser alone, in C."""
    folder = _pack(events)
    return _once(lambda: _parse(folder))


def cold(events: int) -> dict[str, float]:
    """Read, merged and checked, with no cache."""
    from game.packs import load_packs

    folder = _pack(events)
    return _once(lambda: load_packs([folder], use_cache=False))


def warm(events: int) -> dict[str, float]:
    """The same once its files have been found good before; the cache is there."""
    from game.packs import load_packs

    folder = _pack(events)
    return _once(lambda: load_packs([folder]))


def _once(run: Callable[[], object]) -> dict[str, float]:
    wall, own = time.perf_counter(), time.process_time()
    run()
    own, wall = time.process_time() - own, time.perf_counter() - wall
    return {"ms": own * 1000.0, "ms_by_wall_clock": wall * 1000.0}


def watched(saves: int) -> dict[str, float]:
    """From a save to what `pack watch` says of it, for 100 events that stand on the core pack.

    By the clock, looking and waiting included; `check_ms` is what the check says it took.
    """
    with tempfile.TemporaryDirectory() as temporary:
        pack = write_pack(Path(temporary) / "made-up", 100, requires="core")
        file = pack / "events" / "part-000.yaml"
        text = file.read_text(encoding="utf-8")
        command = [sys.executable, "-m", "game", "pack", "watch", str(pack), "--json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            lines = process.stdout
            assert lines is not None
            try:
                _told(lines)
                times, checks = [], []
                for number in range(saves):
                    begun = time.perf_counter()
                    file.write_text(text.replace("cooldown: ", f"cooldown: {number % 5 + 1}", 1))
                    checks.append(_told(lines))
                    times.append((time.perf_counter() - begun) * 1000.0)
            finally:
                process.terminate()
        parse = _once(lambda: _parse(pack))["ms_by_wall_clock"]
    return {"ms": median(times), "check_ms": median(checks), "parse_ms": parse}


def _told(lines: IO[str]) -> float:
    told = json.loads(lines.readline())
    if told["packs"][0]["errors"]:
        raise RuntimeError("the made-up pack has errors")
    return float(told["ms"])
