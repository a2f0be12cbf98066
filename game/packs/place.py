"""Findings -> diagnostics: the second look at the files that have something to say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from game.packs import catalogue as say
from game.packs.diagnostics import DataPath, Diagnostic, Finding, Findings, Place, finding
from game.packs.find import bytes_of
from game.packs.locate import Spot, first_of_twice, locate, part_of
from game.packs.silencing import Silencer
from game.packs.within import Value, Within, naming, within

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

    def spots(
        self, file: str, wanted: set[DataPath]
    ) -> tuple[dict[DataPath, Spot], dict[DataPath, str | None]]:
        """The spots of some paths, and what `within` reads to put them in words.

        What the text does not have of a path is passed over: short forms leave steps out (an arm
        that is one entry has no `plans`), and what is missing stands, as far as there is a place
        for it, where it would have to be written.
        """
        text = self.text(file)
        if text is None or not wanted:
            return {}, {}
        reads = {name for path in wanted for name in naming(path)}
        looked = {path[:length] for path in wanted for length in range(len(path) + 1)}
        found = locate(text, looked | reads)
        if any(path not in found for path in wanted):
            found = locate(text)
        spots: dict[DataPath, Spot] = {}
        for path in wanted:
            kept: DataPath = ()
            for step in path:
                kept = (*kept, step) if (*kept, step) in found else kept
            if kept in found:
                spots[path] = found[kept]
        return spots, {name: found[name].value for name in reads if name in found}

    def where(self, file: str, path: DataPath) -> str:
        """`file:line` of a path."""
        spot = self.spots(file, {path})[0].get(path)
        return f"{file}:{spot.place.line if spot else 1}"


def diagnostics(findings: Findings, silencer: Silencer | None = None) -> tuple[Diagnostic, ...]:
    """All findings, placed and sorted by file, line and column; at most 50 a file.

    Those that a pack silences are among them, with the reason, and do not count for the fifty.
    """
    placer = Placer()
    last = silencer.manifests if silencer else frozenset[str]()
    done: dict[str, list[Diagnostic]] = {}
    for file in findings.by_file.keys() - last:
        more = findings.untold(file)
        done[file] = _of_file(file, findings.by_file[file], placer, silencer, more)
    if silencer:
        for file, idle in list(silencer.idle()):
            findings.add(file, idle)
    for file in last & findings.by_file.keys():
        done[file] = _of_file(file, findings.by_file[file], placer, None)
    return tuple(one for file in sorted(done) for one in done[file])


def _of_file(
    file: str, found: list[Finding], placer: Placer, silencer: Silencer | None, more: int = 0
) -> list[Diagnostic]:
    spots, reads = placer.spots(file, {one.path for one in found if one.place is None})
    text = placer.text(file) or ""
    placed = _once(
        sorted(
            ((one.place or _place(one, spots.get(one.path), text), one) for one in found),
            key=_order,
        )
    )
    told = _Telling(file, text.split("\n"), reads.get)
    quiet: list[Diagnostic] = []
    silent = silencer.codes if silencer else frozenset[str]()
    if silencer and any(one.descriptor.code in silent for _, one in placed):
        heard = []
        for place, one in placed:
            known = one.descriptor.code in silent
            reason = silencer.reason(file, one, told.within(one).entry) if known else None
            if reason is None:
                heard.append((place, one))
            else:
                quiet.append(told.diagnostic(place, one, (), reason))
        placed = heard
    kept = placed
    if len(placed) > MOST_IN_A_FILE:
        first_errors = sorted(placed, key=lambda item: item[1].severity != "error")
        kept = sorted(first_errors[:MOST_IN_A_FILE], key=_order)
        kept.append(_rest(placed, kept, more))
    related = _related([one for _, one in kept], placer)
    shown = [
        told.diagnostic(
            place,
            one,
            (*(related[origin] for origin in one.related), *_twin(file, one, text)),
        )
        for place, one in kept
    ]
    return [*shown, *quiet]


@dataclass(frozen=True, slots=True)
class _Telling:
    """Makes the diagnostics of one file."""

    file: str
    lines: list[str]
    value: Value

    def within(self, one: Finding) -> Within:
        if one.place is not None or one.descriptor is say.MORE:
            return Within("", "")
        return within(self.file, one.path, self.value)

    def diagnostic(
        self, place: Place, one: Finding, related: tuple[str, ...], silenced: str | None = None
    ) -> Diagnostic:
        where = self.within(one)
        lines = self.lines
        return Diagnostic(
            code=one.descriptor.code,
            severity=one.severity,
            file=self.file,
            line=place.line,
            col=place.col,
            end_col=place.end_col,
            path=one.path,
            message=one.message,
            hint=one.hint,
            excerpt=lines[place.line - 1].rstrip("\r") if place.line <= len(lines) else "",
            related=related,
            entry=where.entry,
            within=where.words,
            silenced=silenced,
        )


def _order(item: tuple[Place, Finding]) -> tuple[int, int, str, str]:
    place, one = item
    return place.line, place.col, one.descriptor.code, one.message


def _once(placed: list[tuple[Place, Finding]]) -> list[tuple[Place, Finding]]:
    """What is said in the same words of the same place is said once."""
    return list({_order(item): item for item in placed}.values())


def _rest(
    placed: list[tuple[Place, Finding]], kept: list[tuple[Place, Finding]], more: int
) -> tuple[Place, Finding]:
    """The line that counts what is not shown; an error where any of it is one."""
    failed = any(one.severity == "error" for _, one in placed)
    count = f"{len(placed) - len(kept) + more:,}"
    return kept[-1][0], finding(say.MORE, severity="error" if failed else None, count=count)


def _related(found: list[Finding], placer: Placer) -> dict[tuple[str, DataPath], str]:
    """`file:line` of every other place that the findings name; each file is read once."""
    wanted: dict[str, set[DataPath]] = {}
    for one in found:
        for file, path in one.related:
            wanted.setdefault(file, set()).add(path)
    told: dict[tuple[str, DataPath], str] = {}
    for file, paths in wanted.items():
        spots, _ = placer.spots(file, paths)
        for path in paths:
            line = spots[path].place.line if path in spots else 1
            told[(file, path)] = f"{file}:{line}"
    return told


def _twin(file: str, one: Finding, text: str) -> tuple[str, ...]:
    """Where a key that is given twice was given first."""
    first = first_of_twice(text) if one.descriptor is say.DUPLICATE_KEY else None
    return (f"{file}:{first.line}",) if first else ()


def _place(one: Finding, spot: Spot | None, text: str) -> Place:
    if spot is None:
        return _NOWHERE
    if one.at == "key" and spot.key is not None:
        return spot.key
    if one.span is not None:
        return part_of(spot, text, one.span) or spot.place
    return spot.place
