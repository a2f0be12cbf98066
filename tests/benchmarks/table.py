"""The table of a run: what was measured, ours, the peer's, the ratio and what is wanted of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

FRAME, PLAYED = 16.0, 2.0
"""Milliseconds that a frame and a played year may take."""
PACKS = {0: "core pack", 1_000: "1,000 events", 10_000: "10,000 events"}
WANTED = {"cold": "<= 0.5", "warm": "<= 0.03"}


@dataclass(frozen=True)
class Row:
    """A line of the table; `ratio` is of what `ours` and `peer` say, as `wanted` reads it."""

    what: str
    ours: str
    peer: str
    ratio: float | None
    wanted: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "what": self.what,
            "ours": self.ours,
            "peer": self.peer,
            "ratio": self.ratio,
            "wanted": self.wanted,
        }


Rounds = Mapping[str, Sequence[Any]]
"""What each measurement gave, round by round."""


def campaigns(rounds: Rounds) -> list[Row]:
    """Campaigns a second: each peer against our best size of block, round by round."""
    sizes = rounds["campaigns-engine"][0]["blocks"]
    by_size = {
        size: median(one["blocks"][size]["rate"] for one in rounds["campaigns-engine"])
        for size in sizes
    }
    best = max(by_size, key=lambda size: by_size[size])
    ours = [one["blocks"][best]["rate"] for one in rounds["campaigns-engine"]]
    rows = []
    for name, peer, wanted in (
        ("plain Python", "campaigns-plain", ">= 50"),
        ("Mesa 3", "campaigns-mesa", ">= 40"),
    ):
        theirs = [one["rate"] for one in rounds[peer]]
        ratio = median(a / b for a, b in zip(ours, theirs, strict=True))
        what = f"long campaigns a second, blocks of {best}, against {name}"
        rows.append(Row(what, f"{by_size[best]:,.0f}", f"{median(theirs):,.1f}", ratio, wanted))
    others = ", ".join(f"{size}: {rate:,.0f}" for size, rate in by_size.items())
    rows.append(Row(f"  by size of block: {others}", "", "", None))
    return rows


def forecast(rounds: Rounds) -> list[Row]:
    """Two desks, each over all key presses and over those that make other tapes necessary."""
    rows: list[Row] = []
    for key, knows in (("first_desk", "as the first desk makes it"), ("every_event", "all events")):
        what = f"forecast of 256 worlds, five years, {knows}"
        rows += _quantiles(what, rounds["forecast"], key, FRAME)
        rows += _quantiles(
            "  presses that change the lines", rounds["forecast"], f"{key}_lines_changed", FRAME
        )
    return rows


def played_year(rounds: Rounds) -> list[Row]:
    """Milliseconds a played year with its ledger."""
    return _quantiles("one played year with its ledger", rounds["played-year"], "years", PLAYED)[:2]


def desk(rounds: Rounds) -> list[Row]:
    """Milliseconds from a key to the painted fan."""
    return _quantiles("key to painted fan on the desk", rounds["desk"], "keys", FRAME, "")


def _quantiles(
    what: str, found: Sequence[Any], key: str, budget: float, wanted: str = "<= 1"
) -> list[Row]:
    rows = []
    for part in ("p50", "p95", "p99"):
        ms = median(one[key][part] for one in found)
        text = f"{ms:.2f} ms"
        rows.append(Row(f"{what}, {part}", text, f"{budget:g} ms", ms / budget, wanted))
    return rows


def frames(rounds: Rounds) -> list[Row]:
    """Milliseconds from exec to the first frame, against the least application."""
    rows = []
    for name, what, wanted in (
        ("menu", "main menu, exec to first frame", "<= 1.3"),
        ("desk-frame", "first desk of a save, exec to first frame", "<= 2"),
    ):
        if name not in rounds:
            continue
        ours, least = rounds[name], rounds["minimal"]
        ratio = median(a / b for a, b in zip(ours, least, strict=True))
        row = Row(what, _ms(median(ours) * 1e3), _ms(median(least) * 1e3), ratio, wanted)
        rows.append(row)
    return rows


def loading(rounds: Rounds) -> list[Row]:
    """Milliseconds to load packs, against parsing their files, and from a save to its findings."""
    rows = []
    for events, what in PACKS.items():
        yaml = [one["ms"] for one in rounds[f"load-yaml-{events}"]]
        for name, how in (("cold", "every check, no cache"), ("warm", "found good before")):
            ours = [one["ms"] for one in rounds[f"load-{name}-{events}"]]
            wanted = WANTED[name] if events else ""
            for kind, pick in (("median", median), ("least", min)):
                a, b = float(pick(ours)), float(pick(yaml))
                text = f"{what} loaded, {how}, against CSafeLoader, {kind}"
                rows.append(Row(text, _ms(a, 1), _ms(b), a / b, wanted))
    for key, what in (
        ("ms", "a save of 100 events on the core pack to its findings, by the clock"),
        ("check_ms", "  the check alone"),
    ):
        ours, yaml = ([one[name] for one in rounds["watch"]] for name in (key, "parse_ms"))
        a, b = median(ours), median(yaml)
        rows.append(Row(f"{what}, against CSafeLoader", _ms(a), _ms(b), a / b))
    return rows


def _ms(value: float, digits: int = 0) -> str:
    return f"{value:,.{digits}f} ms"


def printed(rows: Sequence[Row]) -> str:
    """The rows in columns, for any terminal."""
    cells = [("what", "ours", "peer", "ratio", "wanted")]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        cells.append((row.what, row.ours, row.peer, ratio, row.wanted))
    widths = [max(len(line[i]) for line in cells if line[1] or i) for i in range(5)]
    lines = []
    for line in cells:
        first = line[0].ljust(widths[0])
        rest = [line[i].rjust(widths[i]) for i in range(1, 5)]
        lines.append("  ".join([first, *rest]).rstrip())
    lines.insert(1, "-" * (sum(widths) + 8))
    return "\n".join(lines)
