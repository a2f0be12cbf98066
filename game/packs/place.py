"""Findings -> diagnostics: the second look at the files that have something to say."""

from __future__ import annotations

from pathlib import Path

from game.packs import catalogue as say
from game.packs.diagnostics import DataPath, Diagnostic, Finding, Findings, Place, finding
from game.packs.find import bytes_of
from game.packs.locate import Spot, first_of_twice, locate, part_of

MOST_IN_A_FILE = 50
_NOWHERE = Place(1, 1, 2)


class Placer:
    """Finds places in files, each read once and only when asked for."""

    def __init__(self) -> None:
        self._texts: dict[str, str | None] = {}

    def text(self, file: str) -> str | None:
        """The text of a file, or None where it cannot be read (any more)."""
        if file not in self._texts:
            try:
                raw = bytes_of(Path(file))
                self._texts[file] = raw.decode("utf-8", "replace")
            except (OSError, ValueError):
                self._texts[file] = None
        return self._texts[file]

    def spots(self, file: str, wanted: set[DataPath]) -> dict[DataPath, Spot]:
        """The spots of some paths; a path that the text does not have takes its parent's."""
        text = self.text(file)
        if text is None or not wanted:
            return {}
        around = {path[:length] for path in wanted for length in range(len(path) + 1)}
        found = locate(text, around)
        for path in wanted:
            kept = path
            while kept and kept not in found:
                kept = kept[:-1]
            if kept in found:
                found[path] = found[kept]
        return found

    def where(self, file: str, path: DataPath) -> str:
        """`file:line` of a path."""
        spot = self.spots(file, {path}).get(path)
        return f"{file}:{spot.place.line if spot else 1}"


def diagnostics(findings: Findings) -> tuple[Diagnostic, ...]:
    """All findings, placed and sorted by file, line and column; at most 50 a file."""
    placer = Placer()
    done: list[Diagnostic] = []
    for file in sorted(findings.by_file):
        done.extend(_of_file(file, findings.by_file[file], placer))
    return tuple(done)


def _of_file(file: str, found: list[Finding], placer: Placer) -> list[Diagnostic]:
    wanted = {one.path for one in found if one.place is None}
    spots = placer.spots(file, wanted)
    text = placer.text(file) or ""
    lines = text.split("\n")
    placed = [_placed(file, one, spots, text, lines, placer) for one in found]
    placed.sort(key=lambda one: (one.line, one.col, one.code, one.message))
    if len(placed) <= MOST_IN_A_FILE:
        return placed
    errors = [one for one in placed if one.severity == "error"]
    kept = sorted(
        (errors + [one for one in placed if one.severity != "error"])[:MOST_IN_A_FILE],
        key=lambda one: (one.line, one.col, one.code),
    )
    more = finding(
        say.MORE,
        place=Place(kept[-1].line, kept[-1].col, kept[-1].col + 1),
        count=f"{len(placed) - MOST_IN_A_FILE:,}",
        severity="error" if errors else "warning",
    )
    return [*kept, _placed(file, more, {}, "", [], placer)]


def _placed(
    file: str,
    one: Finding,
    spots: dict[DataPath, Spot],
    text: str,
    lines: list[str],
    placer: Placer,
) -> Diagnostic:
    place = one.place or _place(one, spots.get(one.path), text)
    line = lines[place.line - 1].rstrip("\r") if 0 < place.line <= len(lines) else ""
    related = [placer.where(other, path) for other, path in one.related]
    if one.descriptor is say.DUPLICATE_KEY:
        first = first_of_twice(text)
        related.extend([f"{file}:{first.line}"] if first else [])
    return Diagnostic(
        code=one.descriptor.code,
        severity=one.severity,
        file=file,
        line=place.line,
        col=place.col,
        end_col=place.end_col,
        path=one.path,
        message=one.message,
        hint=one.hint,
        excerpt=line,
        related=tuple(related),
    )


def _place(one: Finding, spot: Spot | None, text: str) -> Place:
    if spot is None:
        return _NOWHERE
    if one.at == "key" and spot.key is not None:
        return spot.key
    if one.span is not None:
        return part_of(spot, text, one.span) or spot.place
    return spot.place
