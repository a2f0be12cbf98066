"""The state of a campaign by id: what a save writes at each year's end, and its fingerprint."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from game.engine.lowering import NEVER

if TYPE_CHECKING:
    from game.engine import Model, State

_KEPT = ("indicator", "counter", "special", "flag", "last", "times", "active", "planned")
_HIDDEN = ("locked", "support", "hidden")


def digest(model: Model, state: State) -> str:
    """A fingerprint of everything that the next year of the played world depends on.

    Bytes are little-endian doubles with -0.0 made 0.0, so it is the same on every machine.
    """
    hashed = blake2b(digest_size=16)
    hashed.update(f"{state.year} {state.plans} {state.plan_years}".encode())
    hashed.update(_bytes(state.matrix[:, 0]))
    if state.behind is not None:
        hashed.update(_bytes(state.behind[:, 0]))
    timed = state.timed.only(state.timed.worlds == 0)
    for column in timed.columns():
        hashed.update(_bytes(np.asarray(column, dtype=np.float64)))
    queue = state.queue.only(state.queue.worlds == 0)
    for column in (queue.events, queue.places, queue.years):
        hashed.update(_bytes(column.astype(np.float64)))
    hashed.update("\x1f".join(cause.says for cause in state.posted).encode())
    return hashed.hexdigest()


def _bytes(values: Any) -> bytes:
    return np.ascontiguousarray(np.asarray(values) + 0.0, dtype="<f8").tobytes()


def numbers(model: Model, state: State) -> dict[str, object]:
    """The state by id: `kind name` or `kind name[place]` with its number, zeros left out."""
    found: dict[str, float] = {}
    layout = model.layout
    for series, start in layout.starts.items():
        if series.kind not in _KEPT and series.kind not in _HIDDEN:
            continue
        places = layout.places[series.axis]
        for offset in range(layout.sizes[series.axis]):
            value = float(state.matrix[start + offset, 0])
            if value in (0.0, NEVER) and series.kind != "indicator":
                continue
            where = f"[{places[offset]}]" if series.axis != "nation" else ""
            found[f"{series.kind} {series.name}{where}"] = value
    return {"numbers": found, "timed": _timed(model, state), "queue": _queue(model, state)}


def _timed(model: Model, state: State) -> list[list[object]]:
    """Rows to come: target, amount a year, first and last year, cause, year made."""
    rows = model.ledger_rows
    found: list[list[object]] = []
    timed = state.timed.only(state.timed.worlds == 0)
    for i in range(len(timed)):
        series, place = rows[int(timed.rows[i])]
        position = int(timed.causes[i])
        known = position < len(model.causes)
        cause = model.causes[position] if known else state.posted[position - len(model.causes)]
        where = f"[{place}]" if place else ""
        found.append(
            [
                f"{series.kind} {series.name}{where}",
                float(timed.amounts[i]),
                int(timed.first[i]),
                int(timed.last[i]),
                f"{cause.kind} {cause.id}",
                int(timed.born[i]),
            ]
        )
    return found


def _queue(model: Model, state: State) -> list[list[object]]:
    """Scheduled events: id, sector, year."""
    found: list[list[object]] = []
    queue = state.queue.only(state.queue.worlds == 0)
    sectors = model.layout.places["sector"]
    columns = (queue.events.tolist(), queue.places.tolist(), queue.years.tolist())
    for position, place, year in zip(*columns, strict=True):
        event = model.events[position]
        found.append([event.id, None if event.national else sectors[place], int(year)])
    return found
