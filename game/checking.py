"""`check`: the diagnostics of one pack's folder, and a line of counts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.packs import Diagnostic, Pack, load_packs
from game.packs.diagnostics import escaped

COUNTED = (
    ("rule", "rules"),
    ("event", "events"),
    ("situation", "situations"),
    ("indicator", "indicators"),
    ("instrument", "instruments"),
    ("sector", "sectors"),
    ("region", "regions"),
    ("proposal", "proposals"),
    ("scenario", "scenarios"),
    ("strategy", "strategies"),
    ("experiment", "experiments"),
    ("lesson", "lessons"),
    ("passage", "passages"),
)
"""What is counted: the kind, and its entries together (also the field of a pack)."""


@dataclass(frozen=True)
class Report:
    """What checking one folder came to; `counts` are of the pack's own entries."""

    name: str
    counts: dict[str, int]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def errors(self) -> int:
        """How many errors."""
        return sum(one.severity == "error" for one in self.diagnostics)

    @property
    def line(self) -> str:
        """`core: 112 rules, 64 events, ... 0 errors, 0 warnings`."""
        singular = {many: one for one, many in COUNTED}
        parts = [
            f"{count:,} {name if count != 1 else singular[name]}"
            for name, count in self.counts.items()
            if count
        ]
        warnings = len(self.diagnostics) - self.errors
        parts.append(f"{self.errors:,} error{'' if self.errors == 1 else 's'}")
        parts.append(f"{warnings:,} warning{'' if warnings == 1 else 's'}")
        return f"{self.name}: {', '.join(parts)}"

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        warnings = len(self.diagnostics) - self.errors
        return {
            "id": self.name,
            "counts": self.counts,
            "errors": self.errors,
            "warnings": warnings,
        }


def check_folder(folder: Path) -> Report:
    """Load and check one pack with all that it requires."""
    loaded = load_packs([folder])
    if loaded.pack is None:
        return Report(escaped(folder.resolve().name), {}, loaded.diagnostics)
    name = list(loaded.pack.manifests)[-1]
    return Report(name, _counts(loaded.pack, name), loaded.diagnostics)


def _counts(pack: Pack, owner: str) -> dict[str, int]:
    return {
        many: sum(pack.owner(one, name) == owner for name in getattr(pack, many))  # type: ignore[arg-type]
        for one, many in COUNTED
    }
