"""Warnings that a pack's author has looked at and does not want to hear of again, with a reason.

Only warnings can be silenced, one code at one entry (or one file) at a time, and only in the files
of the pack that says so. A silence that nothing answers to is told, so that none outlives its
cause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from game.packs import catalogue as say
from game.packs.diagnostics import REGISTERED, DataPath, Diagnostic, Finding, Findings, finding
from game.packs.resolve import Root
from game.packs.schema_model import Manifest, Silence

_ALWAYS_HEARD = frozenset({say.MORE.code, say.IDLE_SILENCE.code})
_CHECKED_LATER = frozenset(f"GH{number}" for number in range(640, 680))
_LATER_FOLDERS = ("tests", "texts")
_LATER_ENTRIES = "playthrough/"
"""Playthroughs and translations, which `check` looks at and loading does not."""
_Key = tuple[str, str, str]
"""A code; `at` or `file`; and the entry, or the file as messages name it."""


class Silencer:
    """The silences of some packs, and which of them have been of use."""

    def __init__(self, roots: Sequence[Root], findings: Findings) -> None:
        self._findings = findings
        self._known: dict[_Key, list[tuple[Root, DataPath, Silence]]] = {}
        self._used: set[tuple[str, DataPath]] = set()
        required = {one.id for root in roots for one in root.manifest.requires}
        self._heads = frozenset(root.id for root in roots if root.id not in required)
        for root in roots:
            for place, silence in enumerate(root.manifest.silences):
                self._take(root, ("silences", place), silence)

    @property
    def codes(self) -> frozenset[str]:
        """The codes that any silence is about."""
        return frozenset(code for code, _, _ in self._known)

    @property
    def manifests(self) -> frozenset[str]:
        """The files in which the silences stand."""
        return frozenset(root.shown for known in self._known.values() for root, _, _ in known)

    def reason(self, file: str, one: Finding, entry: str) -> str | None:
        """Why a finding is not to be heard of; None where it is."""
        code = one.descriptor.code
        if one.severity != "warning":
            return None
        known = [*self._known.get((code, "file", file), ())]
        known += self._known.get((code, "at", entry), ()) if entry else ()
        for root, path, silence in known:
            if PurePath(file).is_relative_to(root.folder):
                self._used.add((root.id, path))
                reason: str = silence.because
                return reason
        return None

    def idle(self) -> Iterator[tuple[str, Finding]]:
        """The silences that silence nothing, by file.

        Of a pack with errors nothing is said, for what is broken hides what would be warned of;
        nor of one with so many findings that some were only counted.
        """
        findings = self._findings
        if findings.failed or any(findings.untold(file) for file in findings.by_file):
            return
        for known in self._known.values():
            for root, path, silence in known:
                used = (root.id, path) in self._used or _is_later(silence)
                if not used and root.id in self._heads:
                    yield root.shown, _idle(silence, path)

    def _take(self, root: Root, path: DataPath, silence: Silence) -> None:
        known = REGISTERED.get(silence.code)
        why = None
        if known is None:
            why = "there is no such code"
        elif known.severity == "error":
            why = "it is an error, and errors are mended"
        elif silence.code in _ALWAYS_HEARD:
            why = "it speaks of what is not shown"
        if why is None:
            key = (silence.code, "at", silence.at or "")
            if silence.file is not None:
                key = (silence.code, "file", str(root.folder / silence.file))
            self._known.setdefault(key, []).append((root, path, silence))
            return
        wrong = finding(say.NO_SILENCE, (*path, "code"), code=silence.code, why=why)
        self._findings.add(root.shown, wrong)


def quieted(said: Sequence[Diagnostic], manifest: Manifest, root: Path) -> tuple[Diagnostic, ...]:
    """Diagnostics of what is checked after loading, with the reasons of those that are silenced."""
    return tuple(
        next(
            (
                replace(one, silenced=silence.because)
                for silence in manifest.silences
                if _meets(silence, one, root)
            ),
            one,
        )
        for one in said
    )


def idle_after(said: Sequence[Diagnostic], manifest: Manifest, root: Path) -> Iterator[Finding]:
    """The silences that silence nothing of what is checked after loading.

    As of what loading says, nothing is said where there are errors or some were only counted.
    """
    if any(one.severity == "error" or one.code == say.MORE.code for one in said):
        return
    for place, silence in enumerate(manifest.silences):
        if _is_later(silence) and not any(_meets(silence, one, root) for one in said):
            yield _idle(silence, ("silences", place))


def _meets(silence: Silence, said: Diagnostic, root: Path) -> bool:
    path = PurePath(said.file)
    if said.severity != "warning" or silence.code != said.code or not path.is_relative_to(root):
        return False
    if silence.at is not None:
        return bool(silence.at == said.entry)
    return silence.file == path.relative_to(root).as_posix()


def _is_later(silence: Silence) -> bool:
    """Whether a silence is about what is checked after loading."""
    return (
        silence.code in _CHECKED_LATER
        or (silence.file or "").partition("/")[0] in _LATER_FOLDERS
        or (silence.at or "").startswith(_LATER_ENTRIES)
    )


def _idle(silence: Silence, path: DataPath) -> Finding:
    where = silence.at or silence.file or ""
    return finding(say.IDLE_SILENCE, path, code=silence.code, where=where)


def heard(
    said: Sequence[Diagnostic],
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """What is to be heard, and what is silenced."""
    return (
        tuple(one for one in said if one.silenced is None),
        tuple(one for one in said if one.silenced is not None),
    )
