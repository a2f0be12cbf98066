"""The state of a campaign by id: what a save writes at each year's end, and its fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np

from game.engine.lowering import NEVER
from game.engine.state import Cause, Queue, Timed
from game.rules.expression import Series

if TYPE_CHECKING:
    from game.engine import Model, State

LARGEST = 1e15
"""No number of a state is larger: the rules are checked for it."""

_KEPT = ("indicator", "counter", "special", "flag", "last", "times", "active", "planned")
_HIDDEN = ("locked", "support", "hidden")


def digest(state: State) -> str:
    """A fingerprint of everything that the next year of the played world depends on.

    Bytes are little-endian doubles with -0.0 made 0.0, so it is the same on every machine. Words
    have no part in it, so it is the same in every language.
    """
    return _digest(state, [f"{cause.kind} {cause.id} {cause.year}" for cause in state.posted])


def digest_with_words(state: State) -> str:
    """The fingerprint that saves once kept: the words of what was posted had a part in it."""
    return _digest(state, [cause.says for cause in state.posted])


def _digest(state: State, posted: list[str]) -> str:
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
    hashed.update("\x1f".join(posted).encode())
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


def well_formed(recorded: object) -> TypeGuard[Mapping[str, Any]]:
    """Whether a record of a year has the form that `numbers` gives it."""
    match recorded:
        case {"numbers": dict(found), "timed": list(timed), "queue": list(queue)}:
            return (
                all(map(_finite, found.values()))
                and all(map(_is_timed, timed))
                and all(map(_is_queued, queue))
            )
    return False


def _is_timed(row: object) -> bool:
    match row:
        case [str(), amount, int(first), int(last), str(), int(born)]:
            return _finite(amount) and all(map(_year, (first, last, born)))
    return False


def _is_queued(row: object) -> bool:
    match row:
        case [str(), str() | None, int(year)]:
            return _year(year)
    return False


def _finite(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) <= LARGEST


def _year(value: int) -> bool:
    return abs(value) < 1_000_000


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


def ever_fired(model: Model, state: State) -> frozenset[str]:
    """Events that have come at least once, as the state remembers them."""
    found = []
    for event in model.pack.events.values():
        rows = model.layout.rows(Series("times", event.id, event.scope))
        if state.matrix[rows, 0].any():
            found.append(event.id)
    return frozenset(found)


def imposed(
    model: Model, state: State, recorded: Mapping[str, object]
) -> tuple[State, frozenset[str]]:
    """A state with recorded numbers in place of its own; and the ids that are not there any more.

    Indicators that the record does not have keep the numbers that they have.
    """
    matrix = state.matrix.copy()
    rows: dict[str, int] = {}
    for series, start in model.layout.starts.items():
        if series.kind not in _KEPT and series.kind not in _HIDDEN:
            continue
        places = model.layout.places[series.axis]
        for offset in range(model.layout.sizes[series.axis]):
            where = f"[{places[offset]}]" if series.axis != "nation" else ""
            rows[f"{series.kind} {series.name}{where}"] = start + offset
            if series.kind != "indicator":
                matrix[start + offset] = NEVER if series.kind == "last" else 0.0
    numbers_then = _mapping(recorded.get("numbers"))
    dropped = {name for name in numbers_then if name not in rows}
    for name, value in numbers_then.items():
        if name in rows and isinstance(value, int | float):
            matrix[rows[name]] = float(value)
    timed, posted = _timed_of(model, state, recorded.get("timed"), rows, dropped)
    queue = _queue_of(model, state, recorded.get("queue"), dropped)
    return state.but(matrix=matrix, timed=timed, queue=queue, posted=posted), frozenset(dropped)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _entries(value: object, size: int) -> Iterable[list[Any]]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, list) and len(one) == size)


def _timed_of(
    model: Model, state: State, value: object, rows: Mapping[str, int], dropped: set[str]
) -> tuple[Timed, tuple[Cause, ...]]:
    """Rows to come, in every column, with their causes where the pack still has them."""
    known = {f"{cause.kind} {cause.id}": i for i, cause in enumerate(model.causes)}
    posted = list(state.posted)
    columns: list[list[float]] = [[] for _ in range(6)]
    for target, amount, first, last, cause, born in _entries(value, 6):
        if target not in rows or rows[target] >= model.layout.ledger:
            dropped.add(str(target))
            continue
        position = known.get(str(cause))
        if position is None:
            kind, _, name = str(cause).partition(" ")
            position = len(model.causes) + len(posted)
            posted.append(Cause(kind, name, name.replace("-", " "), year=int(born)))
        for column, one in zip(
            columns, (rows[target], amount, first, last, position, born), strict=True
        ):
            column.append(one)
    width = state.width
    worlds = np.tile(np.arange(width, dtype=np.int64), len(columns[0]))

    def whole(column: list[float]) -> Any:
        return np.repeat(np.array(column, dtype=np.int64), width)

    row, amounts, first, last, causes, born = columns
    timed = Timed(
        rows=whole(row),
        worlds=worlds,
        amounts=np.repeat(np.array(amounts, dtype=np.float64), width),
        first=whole(first),
        last=whole(last),
        causes=whole(causes),
        born=whole(born),
    )
    return timed, tuple(posted)


def _queue_of(model: Model, state: State, value: object, dropped: set[str]) -> Queue:
    parts = []
    sectors = model.layout.places["sector"]
    worlds = np.arange(state.width, dtype=np.int64)
    for event, sector, year in _entries(value, 3):
        if event not in model.event_position or (sector is not None and sector not in sectors):
            dropped.add(f"event {event}")
            continue
        place = 0 if sector is None else sectors.index(sector)
        places = np.full(state.width, place, dtype=np.int64)
        parts.append(Queue.of(model.event_position[event], places, worlds, int(year)))
    return Queue.joined(parts)
