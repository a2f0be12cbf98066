"""Measures the game against its peers and prints one table of ratios, all from one run.

    python tests/benchmarks/run.py [--quick] [--json FILE]

Makes a virtual environment in a temporary folder (or in --env DIR, which is kept and used again),
installs the game and its peers there (requirements.txt beside this file), and never touches
another. Every measurement is a fresh process; ours and the peers' take turns, round by round, on
one core (one thread for linear algebra), and what is shown are medians over rounds. Ratios are
taken within a round, so a busy machine slows both sides alike. Times are of the processor, except
for first frames, which are by the clock; --json keeps both. Nothing is asserted: read the table.

What is measured:

  campaigns   long-march campaigns a second (25 years, the strategy as-it-happened, all events)
              against the same model written out as plain Python, line for line from its checked
              rules and bit for bit the same, and against the same lines as agents of Mesa 3
  forecast    256 worlds over five years after each of 200 key presses, without the screen
  year        one played year, with the ledger of every number
  desk        from a key on the real desk to the painted forecast
  frames      exec to first frame of the menu, and of a save's desk, against the least Textual app
  loading     the core pack and made-up packs of 1,000 and 10,000 events, with every check and found
              good before, against a YAML parser in C; and from a save to what `pack watch` says
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks import table  # noqa: E402
from tests.benchmarks.first_frame import NoFrameError, first_frame  # noqa: E402

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
MENU_TEXT, DESK_TEXT, LEAST_TEXT = "New campaign", "On the table", "Ready to be measured"
GROUPS = ("campaigns", "forecast", "year", "desk", "frames", "loading")


class FailedError(RuntimeError):
    """A measurement that could not be made; the text says why."""


@dataclass(frozen=True)
class Bench:
    """Where measurements run.

    Attributes:
        python: the interpreter that has the game and its peers.
        folder: for what the measurements leave behind.
        quick: fewer rounds, shorter ones.
    """

    python: Path
    folder: Path
    quick: bool

    @property
    def environment(self) -> Mapping[str, str]:
        """One thread each, no cache or save but our own, and everybody's code compiled once."""
        threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        others = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        return {
            **others,
            **threads,
            "PYTHONPYCACHEPREFIX": str(self.folder / "compiled"),
            "PYTHONPATH": str(ROOT),
            "PYTHONHASHSEED": "0",
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "GUIDING_HAND_SAVES": str(self.folder / "saves"),
        }

    def measure(self, name: str, number: float = 0.0) -> Any:
        """One measurement in a fresh process.

        Raises:
            FailedError: it ended badly.
        """
        command = [str(self.python), "-m", "tests.benchmarks.measure", name, str(number)]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise FailedError(f"{name}: {done.stderr.strip().splitlines()[-1:] or 'no reason'}")
        return json.loads(done.stdout.strip().splitlines()[-1])

    def rounds(self, count: int, **turns: Callable[[], Any]) -> dict[str, list[Any]]:
        """Several measurements in turn, so that all meet the same machine."""
        found: dict[str, list[Any]] = {name: [] for name in turns}
        for turn in range(count):
            order = list(turns) if turn % 2 == 0 else list(reversed(turns))
            for name in order:
                found[name].append(turns[name]())
        return found


def campaigns(bench: Bench) -> dict[str, list[Any]]:
    """The engine, plain Python and Mesa in turn."""
    seconds = 0.6 if bench.quick else 1.5
    names = ("campaigns-engine", "campaigns-plain", "campaigns-mesa")
    turns = {name: _turn(bench, name, seconds) for name in names}
    return bench.rounds(3 if bench.quick else 7, **turns)


def forecast(bench: Bench) -> dict[str, list[Any]]:
    """Key presses, without a screen."""
    presses = 60 if bench.quick else 200
    return bench.rounds(1 if bench.quick else 3, forecast=_turn(bench, "forecast", presses))


def year(bench: Bench) -> dict[str, list[Any]]:
    """Played years."""
    turn = _turn(bench, "played-year", 2 if bench.quick else 8)
    return bench.rounds(1 if bench.quick else 3, **{"played-year": turn})


def desk(bench: Bench) -> dict[str, list[Any]]:
    """Key presses on the real desk."""
    turn = _turn(bench, "desk", 30 if bench.quick else 100)
    return bench.rounds(1 if bench.quick else 3, desk=turn)


def frames(bench: Bench) -> dict[str, list[Any]]:
    """First frames of the menu, of a save's desk and of the least application, in turn."""
    python = str(bench.python)

    def frame(arguments: Sequence[str], text: str) -> Callable[[], float]:
        return lambda: first_frame([python, *arguments], text, bench.environment, ROOT)

    turns: dict[str, Callable[[], Any]] = {
        "minimal": frame(["-m", "tests.benchmarks.apps.minimal"], LEAST_TEXT),
        "menu": frame(["-m", "game"], MENU_TEXT),
    }
    try:
        save = bench.measure("save-at-desk")["save"]
        turns["desk-frame"] = frame(["-m", "game", "resume", save], DESK_TEXT)
    except FailedError as error:
        print(f"  first desk: not there yet ({error})", file=sys.stderr)
    for name in list(turns):  # once each to fill the caches
        try:
            turns[name]()
        except NoFrameError as error:
            print(f"  {name}: not there yet ({error})", file=sys.stderr)
            del turns[name]
    return bench.rounds(3 if bench.quick else 7, **turns)


def loading(bench: Bench) -> dict[str, list[Any]]:
    """Packs cold and warm, and the parser alone; then saves."""
    found: dict[str, list[Any]] = {}
    for events in table.PACKS:
        bench.measure("load-warm", events)  # fills the cache
        names = ("load-yaml", "load-cold", "load-warm")
        turns = {f"{name}-{events}": _turn(bench, name, events) for name in names}
        found |= bench.rounds(3 if bench.quick else 7, **turns)
    saves = 5 if bench.quick else 20
    return found | bench.rounds(1 if bench.quick else 3, watch=_turn(bench, "watch", saves))


def _turn(bench: Bench, name: str, number: float) -> Callable[[], Any]:
    return lambda: bench.measure(name, number)


MEASURES: Mapping[str, tuple[Callable[[Bench], Any], Callable[[table.Rounds], list[table.Row]]]] = {
    "campaigns": (campaigns, table.campaigns),
    "forecast": (forecast, table.forecast),
    "year": (year, table.played_year),
    "desk": (desk, table.desk),
    "frames": (frames, table.frames),
    "loading": (loading, table.loading),
}


def environment_in(folder: Path) -> Path:
    """An interpreter that has the game and its peers."""
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        print("making an environment ...", file=sys.stderr)
        venv.create(folder, with_pip=True)
    for what in ([str(ROOT)], ["--requirement", str(REQUIREMENTS)]):
        command = [str(python), "-m", "pip", "install", "--quiet", *what]
        subprocess.run(command, check=True, stdout=sys.stderr)
    return python


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there as well")
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=GROUPS, metavar="NAME",
                        help=f"some of: {', '.join(GROUPS)}")  # fmt: skip
    parser.add_argument("--env", type=Path, metavar="DIR", help="keep the environment there")
    parser.add_argument("--here", action="store_true", help="use the interpreter that runs this")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as temporary:
        folder = Path(temporary)
        python = Path(sys.executable)
        if not asked.here:
            python = environment_in(asked.env.resolve() if asked.env else folder / "env")
        return _run(Bench(python, folder, asked.quick), asked.only, asked.json)


def _run(bench: Bench, names: Sequence[str], file: Path | None) -> int:
    rows: list[table.Row] = []
    raw: dict[str, Any] = {}
    failed = 0
    for name in names:
        print(f"measuring {name} ...", file=sys.stderr)
        measure, shown = MEASURES[name]
        try:
            raw[name] = measure(bench)
            rows += shown(raw[name])
        except (FailedError, NoFrameError) as error:
            failed += 1
            print(f"  {name} could not be measured: {error}", file=sys.stderr)
    print(table.printed(rows))
    if file is not None:
        told = {"rows": [row.to_json() for row in rows], "rounds": raw}
        file.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
