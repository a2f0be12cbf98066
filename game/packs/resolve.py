"""Which packs are loaded, and in which order: those given and all that they require."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from game.packs import catalogue as say
from game.packs.contents import manifest_of
from game.packs.diagnostics import Findings, finding
from game.packs.find import (
    MANIFEST,
    Candidate,
    candidates,
    declared_id,
    find_packs,
    no_pack,
    players_folder,
    shipped_folder,
)
from game.packs.schema import ENGINE_VERSION, FORMAT
from game.packs.schema_model import Manifest, Requirement
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


def resolved(
    folders: Sequence[Path], findings: Findings, stand_ins: Sequence[Path] = ()
) -> list[Root]:
    """The packs to load, required ones first, ties by id.

    Args:
        folders: the packs that are wanted, folders or zip files.
        findings: takes what is wrong.
        stand_ins: packs that are taken before others where their id is required.
    """
    roots: dict[str, Root] = {}
    for folder in folders:
        _take(folder, roots, findings)
    waiting = list(roots.values())
    while waiting:
        root = waiting.pop(0)
        for place, needed in enumerate(root.manifest.requires):
            if needed.id not in roots:
                found = _find(needed, root.folder, stand_ins)
                if found is None:
                    _missing(root, place, needed.id, findings)
                    continue
                _take(found, roots, findings)
                waiting.extend([roots[needed.id]] if needed.id in roots else [])
            if needed.id in roots:
                _right_version(root, place, roots, findings)
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
        twice = finding(
            say.SAME_PACK,
            ("id",),
            related=((known.shown, ("id",)),),
            id=manifest.id,
            first=known.folder,
            second=folder,
        )
        findings.add(str(manifest_path), twice)


def _find(needed: Requirement, beside: Path, stand_ins: Sequence[Path]) -> Path | None:
    """The newest pack of an id that has a right version, in the first place that has any.

    Where none has a right version the newest is taken, so that its version can be told.
    """
    own, shipped, given = beside.resolve().parent, shipped_folder(), players_folder()
    places = [own, shipped, given] if own != given.resolve() else [shipped, given]
    stood = [Candidate(declared_id(one) or "", (), one) for one in stand_ins]
    found: list[list[Candidate]] = [
        [one for one in some if one.id == needed.id] for some in (stood, *map(candidates, places))
    ]
    for some in [[one for one in each if _may_serve(one, needed)] for each in found] + found:
        if some:
            return max(some, key=lambda one: one.version).root
    return None


def _may_serve(one: Candidate, needed: Requirement) -> bool:
    try:
        return not one.version or satisfies(".".join(map(str, one.version)), needed.version)
    except ValueError:
        return True


def _missing(root: Root, place: int, needed: str, findings: Findings) -> None:
    near = suggest(needed, find_packs())
    hint = f"Did you mean '{near}'?" if near else None
    findings.add(root.shown, finding(say.REQUIRED, ("requires", place), id=needed, hint=hint))


def _right_version(root: Root, place: int, roots: dict[str, Root], findings: Findings) -> None:
    wanted = root.manifest.requires[place]
    needed = roots[wanted.id]
    found = needed.manifest.version
    path = ("requires", place, "version")
    try:
        if satisfies(found, wanted.version):
            return
    except ValueError:
        findings.add(root.shown, finding(say.BAD_VERSION, path, found=wanted.version))
        return
    others = tuple(
        (other.shown, ("requires", at))
        for other in roots.values()
        for at, one in enumerate(other.manifest.requires)
        if one.id == wanted.id and one.version and other is not root
    )
    related = ((needed.shown, ("version",)), *others)
    findings.add(
        root.shown,
        finding(
            say.VERSION, path, related=related, id=needed.id, wanted=wanted.version, found=found
        ),
    )


def _fits(root: Root, roots: dict[str, Root], findings: Findings) -> None:
    """Format, engine and conflicts of one pack."""
    manifest = root.manifest
    if manifest.format < 1:
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
            related = ((roots[other].shown, ("id",)),)
            wrong = finding(
                say.CONFLICT, ("conflicts", place), related=related, id=root.id, other=other
            )
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
            round_ = _circle(next(iter(left.values())), left)
            names = " -> ".join([*(one.id for one in round_), round_[0].id])
            related = tuple((one.shown, ("requires",)) for one in round_[1:])
            cycle = finding(say.REQUIRE_CYCLE, ("requires",), related=related, cycle=names)
            findings.add(round_[0].shown, cycle)
            return done
        done.append(left.pop(ready.id))
    return done


def _circle(root: Root, left: dict[str, Root]) -> list[Root]:
    """Packs that require each other in a circle, the first by id first."""
    met: list[Root] = []
    while root not in met:
        met.append(root)
        root = left[next(one.id for one in root.manifest.requires if one.id in left)]
    circle = met[met.index(root) :]
    first = min(range(len(circle)), key=lambda at: circle[at].id)
    return circle[first:] + circle[:first]
