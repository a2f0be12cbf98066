"""Which packs are loaded, and in which order: those given and all that they require."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from game.packs import catalogue as say
from game.packs.contents import manifest_of
from game.packs.diagnostics import Findings, finding
from game.packs.find import MANIFEST, find_packs, no_pack
from game.packs.schema import ENGINE_VERSION, FORMAT
from game.packs.schema_model import Manifest
from game.packs.versions import satisfies
from game.rules import suggest


@dataclass(frozen=True, slots=True)
class Root:
    """A pack that takes part: its folder, its manifest and the manifest's bytes."""

    folder: Path
    manifest: Manifest
    raw: bytes

    @property
    def id(self) -> str:
        """The pack's id."""
        return self.manifest.id

    @property
    def shown(self) -> str:
        """How messages name the manifest."""
        return str(self.folder / MANIFEST)


def resolved(folders: Sequence[Path], findings: Findings) -> list[Root]:
    """The packs to load, required ones first, ties by id."""
    roots: dict[str, Root] = {}
    for folder in folders:
        _take(folder, roots, findings)
    waiting = list(roots.values())
    while waiting:
        root = waiting.pop(0)
        for place, needed in enumerate(root.manifest.requires):
            if needed.id not in roots:
                found = _find(needed.id, root.folder)
                if found is None:
                    _missing(root, place, needed.id, findings)
                    continue
                _take(found, roots, findings)
                waiting.extend([roots[needed.id]] if needed.id in roots else [])
            if needed.id in roots:
                _right_version(root, place, roots[needed.id], findings)
    for root in roots.values():
        _fits(root, roots, findings)
    return _ordered(roots, findings)


def requirers(roots: Sequence[Root]) -> dict[str, frozenset[str]]:
    """For each pack all that it requires, directly or through others (in loading order)."""
    needed: dict[str, frozenset[str]] = {}
    for root in roots:
        direct = [one.id for one in root.manifest.requires]
        needed[root.id] = frozenset(direct).union(*(needed.get(one, frozenset()) for one in direct))
    return needed


def _take(folder: Path, roots: dict[str, Root], findings: Findings) -> None:
    shown, refusals = no_pack(folder)
    for refusal in refusals:
        findings.add(shown, refusal)
    if refusals:
        return
    manifest_path = folder / MANIFEST
    manifest, raw = manifest_of(manifest_path, str(manifest_path), findings)
    if manifest is None:
        return
    known = roots.get(manifest.id)
    if known is None:
        roots[manifest.id] = Root(folder, manifest, raw)
    elif known.folder.resolve() != folder.resolve():
        twice = finding(say.SAME_PACK, ("id",), id=manifest.id, first=known.folder, second=folder)
        findings.add(str(manifest_path), twice)


def _find(pack: str, beside: Path) -> Path | None:
    for packs in (find_packs(beside.resolve().parent), find_packs()):
        if pack in packs:
            return packs[pack]
    return None


def _missing(root: Root, place: int, needed: str, findings: Findings) -> None:
    near = suggest(needed, find_packs())
    hint = f"Did you mean '{near}'?" if near else None
    findings.add(root.shown, finding(say.REQUIRED, ("requires", place), id=needed, hint=hint))


def _right_version(root: Root, place: int, needed: Root, findings: Findings) -> None:
    wanted = root.manifest.requires[place].version
    path = ("requires", place, "version")
    try:
        if not satisfies(needed.manifest.version, wanted):
            wrong = finding(
                say.VERSION, path, id=needed.id, wanted=wanted, found=needed.manifest.version
            )
            findings.add(root.shown, wrong)
    except ValueError:
        findings.add(root.shown, finding(say.BAD_VERSION, path, found=wanted))


def _fits(root: Root, roots: dict[str, Root], findings: Findings) -> None:
    """Format, engine and conflicts of one pack."""
    manifest = root.manifest
    if not 1 <= manifest.format <= FORMAT:
        wrong = finding(say.FORMAT, ("format",), found=manifest.format, known=FORMAT)
        findings.add(root.shown, wrong)
    try:
        if not satisfies(ENGINE_VERSION, manifest.engine):
            wrong = finding(say.ENGINE, ("engine",), wanted=manifest.engine, found=ENGINE_VERSION)
            findings.add(root.shown, wrong)
    except ValueError:
        findings.add(root.shown, finding(say.BAD_VERSION, ("engine",), found=manifest.engine))
    for place, other in enumerate(manifest.conflicts):
        if other in roots:
            wrong = finding(say.CONFLICT, ("conflicts", place), id=root.id, other=other)
            findings.add(root.shown, wrong)


def _ordered(roots: dict[str, Root], findings: Findings) -> list[Root]:
    left = dict(sorted(roots.items()))
    done: list[Root] = []
    while left:
        ready = next(
            (
                root
                for root in left.values()
                if not any(one.id in left for one in root.manifest.requires)
            ),
            None,
        )
        if ready is None:
            first = next(iter(left.values()))
            cycle = finding(say.REQUIRE_CYCLE, ("requires",), cycle=_circle(first, left))
            findings.add(first.shown, cycle)
            return done
        done.append(left.pop(ready.id))
    return done


def _circle(root: Root, left: dict[str, Root]) -> str:
    names: list[str] = []
    while root.id not in names:
        names.append(root.id)
        root = left[next(one.id for one in root.manifest.requires if one.id in left)]
    return " -> ".join([*names[names.index(root.id) :], root.id])
