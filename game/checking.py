"""`check`: the diagnostics of packs, each alone or all together, and a line of counts for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.packs import Diagnostic, Pack, load_packs, render_text, to_json
from game.packs.catalogue import CONFLICT
from game.packs.check_texts import check_texts
from game.packs.diagnostics import Findings, escaped
from game.packs.find import MANIFEST
from game.packs.memory import Memory
from game.packs.place import diagnostics
from game.packs.playthroughs import playthroughs_of
from game.packs.silencing import heard, idle_after, quieted

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
    """What checking a pack came to; `counts` are of the pack's own entries."""

    name: str
    counts: dict[str, int]
    diagnostics: tuple[Diagnostic, ...]
    silenced: tuple[Diagnostic, ...] = ()
    order: tuple[str, ...] = ()
    """The packs with their versions, in the order in which they were loaded."""

    @property
    def errors(self) -> int:
        """How many errors."""
        return sum(one.severity == "error" for one in self.diagnostics)

    @property
    def warnings(self) -> int:
        """How many warnings."""
        return len(self.diagnostics) - self.errors

    @property
    def line(self) -> str:
        """`core: 112 rules, 64 events, ... 0 errors, 0 warnings, 2 silenced`."""
        singular = {many: one for one, many in COUNTED}
        parts = [
            f"{count:,} {name if count != 1 else singular[name]}"
            for name, count in self.counts.items()
            if count
        ]
        parts.append(f"{self.errors:,} error{'' if self.errors == 1 else 's'}")
        parts.append(f"{self.warnings:,} warning{'' if self.warnings == 1 else 's'}")
        if self.silenced:
            parts.append(f"{len(self.silenced):,} silenced")
        return f"{self.name}: {', '.join(parts)}"

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "id": self.name,
            "order": list(self.order),
            "counts": self.counts,
            "errors": self.errors,
            "warnings": self.warnings,
            "silenced": len(self.silenced),
        }


@dataclass(frozen=True)
class Checked:
    """What checking some packs came to."""

    reports: tuple[Report, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether there is no error."""
        return not any(report.errors for report in self.reports)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All diagnostics; what two packs have in common is said once."""
        return _once(one for report in self.reports for one in report.diagnostics)

    @property
    def silenced(self) -> tuple[Diagnostic, ...]:
        """All that is silenced."""
        return _once(one for report in self.reports for one in report.silenced)

    def lines(self) -> Iterator[str]:
        """The diagnostics with their excerpts, and a line for each pack."""
        yield from map(render_text, self.diagnostics)
        if self.diagnostics:
            first = self.diagnostics[0].code
            yield f"What a code means and how to mend it: guiding-hand pack explain {first}"
        for report in self.reports:
            yield report.line
            if len(report.order) > 1:
                yield f"order: {', '.join(report.order)}"

    def told(self, form: str, version: str = "") -> str:
        """All of it as `text`, `json`, `sarif` or `github`."""
        if form == "json":
            return json.dumps(self.to_json(), indent=2)
        if form == "sarif":
            from game.packs.sarif import to_sarif

            return json.dumps(to_sarif((*self.diagnostics, *self.silenced), version), indent=2)
        if form == "github":
            from game.packs.sarif import to_github

            return "\n".join([*map(to_github, self.diagnostics), *(r.line for r in self.reports)])
        return "\n".join(self.lines())

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "packs": [report.to_json() for report in self.reports],
            "diagnostics": [to_json(one) for one in self.diagnostics],
            "silenced": [to_json(one) for one in self.silenced],
        }


def check_folder(folder: Path, *, memory: Memory | None = None) -> Report:
    """Load and check one pack with all that it requires; who does it often keeps a memory."""
    loaded = load_packs([folder], memory=memory)
    if loaded.pack is None:
        name = escaped(folder.resolve().name)
        return Report(name, {}, loaded.diagnostics, loaded.silenced)
    name = loaded.pack.read_from(folder)
    said, silenced = heard(_after_loading(loaded.pack, name))
    return Report(
        name,
        _counts(loaded.pack, name),
        (*loaded.diagnostics, *said),
        (*loaded.silenced, *silenced),
        _order(loaded.pack),
    )


def _after_loading(pack: Pack, owner: str) -> tuple[Diagnostic, ...]:
    """What there is to say of a pack's playthroughs and translations, silenced or not."""
    root, manifest = pack.root(owner), pack.manifests[owner]
    said = (*playthroughs_of(pack, root, owner).diagnostics, *check_texts(pack, owner))
    findings = Findings()
    for idle in idle_after(said, manifest, root):
        findings.add(str(root / MANIFEST), idle)
    return (*quieted(said, manifest, root), *diagnostics(findings))


def check_folders(folders: Sequence[Path], *, together: bool = False) -> Checked:
    """Check packs, each alone, or all of them as they are when they are played together.

    Packs that are good alone and cannot be played together get a note: that is no error, for
    nobody may want to.
    """
    once = list({folder.resolve(): folder for folder in reversed(folders)}.values())[::-1]
    notes = []
    if len(once) < len(folders):
        notes.append("a pack is given twice; it is checked once")
    if together:
        return Checked((_together(once),), tuple(notes))
    reports = tuple(check_folder(folder) for folder in once)
    checked = Checked(reports, tuple(notes))
    if len(once) > 1 and checked.holds:
        errors = [one for one in _together(once).diagnostics if one.severity == "error"]
        clash = next(iter(errors), None)
        # Packs that say of themselves that they do not go together need not be told.
        if clash is not None and all(one.descriptor is not CONFLICT for one in errors):
            note = (
                "each pack is good alone, and they cannot be played together: "
                f"{clash.message} (`check --together` tells more)"
            )
            return Checked(reports, (*notes, note))
    return checked


def _together(folders: Sequence[Path]) -> Report:
    loaded = load_packs(folders)
    name = " + ".join(escaped(folder.resolve().name) for folder in folders)
    if loaded.pack is None:
        return Report(name, {}, loaded.diagnostics, loaded.silenced)
    counts = {many: len(getattr(loaded.pack, many)) for _, many in COUNTED}
    return Report(name, counts, loaded.diagnostics, loaded.silenced, _order(loaded.pack))


def _order(pack: Pack) -> tuple[str, ...]:
    return tuple(f"{name} {one.version}" for name, one in pack.manifests.items())


def _once(said: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(said))


def _counts(pack: Pack, owner: str) -> dict[str, int]:
    return {
        many: sum(pack.owner(one, name) == owner for name in getattr(pack, many))  # type: ignore[arg-type]
        for one, many in COUNTED
    }
