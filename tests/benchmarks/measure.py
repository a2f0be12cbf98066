"""One measurement in a process of its own: `python -m tests.benchmarks.measure NAME [NUMBER]`.

`run.py` starts these; each prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def measured(name: str, number: float) -> Any:
    """What a measurement gives.

    Args:
        name: which.
        number: seconds of processor time, how many key presses, events or saves, by the
            measurement.

    Raises:
        KeyError: there is no measurement of that name.
    """
    match name:
        case "campaigns-engine" | "campaigns-plain" | "campaigns-mesa":
            from tests.benchmarks import long_runs

            kinds: dict[str, Callable[[float], Any]] = {
                "campaigns-engine": long_runs.engine,
                "campaigns-plain": long_runs.plain,
                "campaigns-mesa": long_runs.mesa,
            }
            return kinds[name](number)
        case "forecast" | "played-year":
            from tests.benchmarks import latency

            presses = int(number)
            return latency.forecast(presses) if name == "forecast" else latency.played_year(presses)
        case "load-yaml" | "load-cold" | "load-warm":
            from tests.benchmarks import loading

            loads = {"yaml": loading.parsed, "cold": loading.cold, "warm": loading.warm}
            return loads[name[5:]](int(number))
        case "watch":
            from tests.benchmarks import loading

            return loading.watched(int(number))
        case "save-at-desk":
            from tests.benchmarks import desk

            return {"save": str(desk.save_at_desk(Path(tempfile.mkdtemp())))}
        case "desk":
            from tests.benchmarks import desk

            with tempfile.TemporaryDirectory() as folder:
                return desk.desk_key_to_fan(Path(folder), int(number))
    raise KeyError(name)


if __name__ == "__main__":
    asked = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    print(json.dumps(measured(sys.argv[1], asked)))
