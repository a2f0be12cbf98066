"""The playthroughs of a pack: `tests/*.yaml`, read and checked against the pack.

They are no part of what a pack is: a campaign loads without them, and they change no hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from game.packs import catalogue as say
from game.packs.check_context import Context
from game.packs.check_playthroughs import check_playthroughs
from game.packs.diagnostics import DataPath, Diagnostic, Findings, finding
from game.packs.fields import Kind
from game.packs.find import listing
from game.packs.loose import entry_of, items_in
from game.packs.merge import KINDS, Merged, Placed
from game.packs.pack import Pack
from game.packs.place import Placer, diagnostics
from game.packs.qualified import bare_entry
from game.packs.schema_tests import Playthrough

FOLDER = "tests"
MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class Written:
    """A playthrough and where it is written."""

    playthrough: Playthrough
    file: str
    path: DataPath

    def places(self, count: int) -> tuple[str, ...]:
        """`file:line:col` of the playthrough and of so many of its expectations."""
        paths = [self.path, *((*self.path, "expect", place) for place in range(count))]
        spots, _ = Placer().spots(self.file, set(paths))
        found = [spots[path].place if path in spots else None for path in paths]
        return tuple(
            f"{self.file}:{one.line}:{one.col}" if one else f"{self.file}:1:1" for one in found
        )


@dataclass(frozen=True, slots=True)
class Playthroughs:
    """What a pack's folder of tests holds: the good ones, and all that there is to say."""

    written: tuple[Written, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return any(one.severity == "error" for one in self.diagnostics)


def playthroughs_of(pack: Pack, root: Path, owner: str) -> Playthroughs:
    """Read the playthroughs of one pack.

    Args:
        pack: the pack with all that it requires.
        root: the folder that it was read from.
        owner: its id.
    """
    findings = Findings()
    placed: dict[str, Placed] = {}
    for path in _files(root, findings):
        for at, one in _entries(path, findings):
            one = bare_entry(one, Playthrough, owner, pack.manifests[owner])
            fresh = Placed("playthrough", one, owner, (str(path), at))
            known = placed.setdefault(one.id, fresh)
            if known is not fresh:
                twice = finding(
                    say.DUPLICATE_ID,
                    (*at, "id"),
                    related=(known.origin,),
                    kind="playthrough",
                    id=one.id,
                )
                findings.add(str(path), twice)
    entries: dict[Kind, dict[str, Placed]] = {k: dict(v) for k, v in pack.placed.items()}
    entries["playthrough"] = placed
    nothing: dict[Kind, set[str]] = {kind: set() for kind in KINDS}
    only = frozenset[tuple[Kind, str]](("playthrough", name) for name in placed)
    state = Merged([], entries, nothing, set())
    check_playthroughs(Context(state, pack.vocabulary, findings, only=only))
    written = tuple(
        Written(one.entry, *one.origin)
        for one in placed.values()
        if isinstance(one.entry, Playthrough)
    )
    return Playthroughs(written, diagnostics(findings))


def _files(root: Path, findings: Findings) -> Iterator[Path]:
    folder = root / FOLDER
    if folder.is_symlink():
        findings.add(str(folder), finding(say.SYMLINK))
        return
    try:
        inside = listing(root, FOLDER)
    except FileNotFoundError:
        return
    except OSError as error:
        why = error.strerror or "it is not a folder"
        findings.add(str(folder), finding(say.UNREADABLE, why=why))
        return
    for one in [one for one in inside if one.name.endswith(".yaml")][:MOST_FILES]:
        if one.sort == "link":
            findings.add(str(folder / one.name), finding(say.SYMLINK))
        else:
            yield folder / one.name
    for one in inside:
        if one.name.endswith(".yml"):
            why = "its name ends in .yml, not .yaml"
            findings.add(str(folder / one.name), finding(say.UNKNOWN_FILE, why=why))


def _entries(path: Path, findings: Findings) -> Iterator[tuple[DataPath, Playthrough]]:
    for at, item in items_in(path, findings, "a list of playthroughs") or ():
        one = entry_of(Playthrough, item, at, str(path), findings)
        if one is not None:
            yield at, one
