"""Findings about a pack: what is wrong, where, and what to do.

A `Diagnostic` can be made only from a registered `Descriptor`, so every code means one thing and
can be explained. `Finding` is the same without a position in the text: positions cost a second
pass over the file and are found only when there is something to say (see `locate`).
"""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal

Severity = Literal["error", "warning"]
Step = str | int
DataPath = tuple[Step, ...]

REGISTERED: dict[str, Descriptor] = {}
"""Every descriptor by its code; filled when `catalogue` is imported and never after."""

MOST_KEPT, FEWEST_KEPT, MOST_IN_ALL = 1_000, 60, 20_000
"""Errors, and warnings, that are kept of one file: first so many, and fewer once all have many."""
ENOUGH, ENOUGH_IN_ALL = 20_000, 50_000
"""Errors of a file, and of all, past which no more entries are read."""

# How much of a pack's own words a message repeats; sentences of the checks are longer.
_LIMITS = {"problem": 400, "cycle": 400, "choices": 200}


@dataclass(frozen=True, slots=True)
class Descriptor:
    """One kind of finding: a code that never changes its meaning and a message template."""

    code: str
    severity: Severity
    template: str
    about: str
    hint: str | None = None

    @property
    def parameters(self) -> frozenset[str]:
        """The names that the template takes."""
        return frozenset(name for _, name, _, _ in string.Formatter().parse(self.template) if name)

    def message(self, arguments: dict[str, object]) -> str:
        """The template filled in; every parameter must be given and used.

        Raises:
            ValueError: where the arguments are not exactly the template's parameters.
        """
        if arguments.keys() != self.parameters:
            raise ValueError(f"{self.code} takes {sorted(self.parameters)}, not {set(arguments)}")
        told = {name: shown(value, _LIMITS.get(name, 80)) for name, value in arguments.items()}
        return self.template.format(**told)


def register(
    code: str, severity: Severity, template: str, about: str, hint: str | None = None
) -> Descriptor:
    """Add a kind of finding to the register.

    Raises:
        ValueError: where the code is taken or is not `GH` and three digits.
    """
    if code in REGISTERED or len(code) != 5 or code[:2] != "GH" or not code[2:].isdigit():
        raise ValueError(f"not a free code: {code}")
    REGISTERED[code] = Descriptor(code, severity, template, about, hint)
    return REGISTERED[code]


def shown(value: object, limit: int) -> str:
    """A value of a pack as it may stand in a message: one line, printable, not too long."""
    text = escaped(str(value)[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def escaped(text: str) -> str:
    """Text with everything that a terminal might act on written out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a text: lines and columns count from 1, columns in characters."""

    line: int
    col: int
    end_col: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, placed. `excerpt` is the line of the text that `col` and `end_col` count in."""

    code: str
    severity: Severity
    file: str
    line: int
    col: int
    end_col: int
    path: DataPath
    message: str
    hint: str | None = None
    excerpt: str = ""
    related: tuple[str, ...] = ()
    entry: str = ""
    """The entry that it is about, as `kind/id`."""
    within: str = ""
    """The path in words: `event strike, choice raise, costs`."""
    silenced: str | None = None
    """The reason that the pack gives for not hearing of it."""

    def __post_init__(self) -> None:
        if self.code not in REGISTERED:
            raise ValueError(f"{self.code} is not a registered code")

    @property
    def descriptor(self) -> Descriptor:
        """What this kind of finding is."""
        return REGISTERED[self.code]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say about a path in the data of one file, before its position is known.

    `at` names the key or the value at the path; `span` is a part of the value, in characters of
    the value itself. A finding of the reader brings its `place` along.
    """

    descriptor: Descriptor
    message: str
    path: DataPath = ()
    at: Literal["key", "value"] = "value"
    span: tuple[int, int] | None = None
    hint: str | None = None
    severity: Severity = "error"
    place: Place | None = None
    related: tuple[tuple[str, DataPath], ...] = ()


def finding(
    descriptor: Descriptor,
    path: DataPath = (),
    *,
    at: Literal["key", "value"] = "value",
    span: tuple[int, int] | None = None,
    hint: str | None = None,
    severity: Severity | None = None,
    place: Place | None = None,
    related: tuple[tuple[str, DataPath], ...] = (),
    **arguments: Any,
) -> Finding:
    """Make a finding of a registered kind; the keyword arguments fill its template."""
    return Finding(
        descriptor=descriptor,
        message=descriptor.message(arguments),
        path=path,
        at=at,
        span=span,
        hint=hint if hint is not None else descriptor.hint,
        severity=severity or descriptor.severity,
        place=place,
        related=related,
    )


@dataclass(slots=True)
class Findings:
    """The findings of one run, by file, in the order in which they came.

    Suggestions cost time over large vocabularies, so a run has a budget of them. To find the
    places of a hundred thousand findings would cost even more, so past a thousand of a kind in a
    file they are only counted.
    """

    by_file: dict[str, list[Finding]] = field(default_factory=dict)
    suggestions_left: int = 20
    _counts: dict[tuple[str, Severity], int] = field(default_factory=dict)
    _kept: int = 0
    _errors: int = 0

    def add(self, file: str, found: Finding) -> None:
        """Keep a finding about a file, or count it where there are very many."""
        key = (file, found.severity)
        self._counts[key] = self._counts.get(key, 0) + 1
        self._errors += found.severity == "error"
        if self._counts[key] <= (MOST_KEPT if self._kept < MOST_IN_ALL else FEWEST_KEPT):
            self.by_file.setdefault(file, []).append(found)
            self._kept += 1

    def count(self, file: str) -> int:
        """How many findings there are about a file."""
        return self._counts.get((file, "error"), 0) + self._counts.get((file, "warning"), 0)

    def full(self, file: str) -> bool:
        """Whether so much is wrong with a file, or with all, that nobody needs to read on."""
        here = self._counts.get((file, "error"), 0)
        return self._errors >= ENOUGH_IN_ALL or here >= ENOUGH

    def untold(self, file: str) -> int:
        """How many findings about a file were counted and not kept."""
        return self.count(file) - len(self.by_file.get(file, ()))

    def may_suggest(self) -> bool:
        """Whether there is a suggestion left; takes one."""
        self.suggestions_left -= 1
        return self.suggestions_left >= 0

    def holds(self, descriptor: Descriptor) -> bool:
        """Whether there is a finding of a kind."""
        return any(one.descriptor is descriptor for one in chain(*self.by_file.values()))

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return any(one.severity == "error" for found in self.by_file.values() for one in found)


class PackError(ValueError):
    """A pack that cannot be used. `diagnostics` says why, `str()` gives the first reason."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        first = next((one for one in diagnostics if one.severity == "error"), None)
        super().__init__(
            f"{first.file}:{first.line}:{first.col}: {first.message}" if first else "no pack"
        )
