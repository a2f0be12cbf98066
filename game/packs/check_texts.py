"""What there is to say of a pack's translations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from game.packs import catalogue_texts as say
from game.packs.diagnostics import (
    DataPath,
    Descriptor,
    Diagnostic,
    Finding,
    Findings,
    Place,
    finding,
)
from game.packs.find import MANIFEST, bytes_of, listing
from game.packs.guards import ReadError
from game.packs.pack import Pack
from game.packs.place import diagnostics
from game.packs.po import BrokenPoError, Message, read_messages
from game.packs.render import cells
from game.packs.texts import Told, all_texts, texts_of
from game.packs.translate import FOLDER, SUFFIX, Spoken, trouble
from game.words import LANGUAGE


@dataclass(slots=True)
class Standing:
    """How far a language is: counts of texts, and of what is wrong."""

    language: str
    total: int
    translated: int = 0
    stale: int = 0
    missing: int = 0
    too_wide: int = 0
    wrong: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether every text is translated, usable and fits."""
        return self.translated == self.total and not (self.too_wide or self.wrong or self.stale)


def check_texts(pack: Pack, owner: str) -> tuple[Diagnostic, ...]:
    """The findings about every translation of one of the loaded packs, silences not regarded."""
    findings = Findings()
    root = pack.root(owner)
    for path, language in _files(root, findings):
        try:
            raw = bytes_of(path)
        except (OSError, ValueError):
            continue
        for found in judged(pack, owner, language, raw).findings:
            findings.add(str(path), found)
    _claimed(pack, owner, root, findings)
    return diagnostics(findings)


def judged(pack: Pack, owner: str, language: str, raw: bytes) -> Standing:
    """What the bytes of a PO file come to as a translation of a pack."""
    own = texts_of(pack, owner)
    standing = Standing(language, len(own))
    try:
        messages = read_messages(raw)
    except ReadError as error:
        return _unread(standing, error.found)
    except BrokenPoError as error:
        place = Place(error.line, 1, 2)
        return _unread(standing, finding(say.BROKEN_PO, place=place, why=error.why))
    lines = raw.decode("utf-8").split("\n")
    _messages(standing, own, all_texts(pack), messages, lines)
    if standing.missing:
        counts: dict[str, Any] = {"count": f"{standing.missing:,}", "total": f"{standing.total:,}"}
        standing.findings.append(finding(say.MISSING_TEXTS, place=Place(1, 1, 2), **counts))
    return standing


def standings(pack: Pack, owner: str) -> tuple[Standing, ...]:
    """How far each language of a pack is, in order of their names."""
    found = []
    for path, language in sorted(_files(pack.root(owner), Findings())):
        try:
            found.append(judged(pack, owner, language, bytes_of(path)))
        except OSError:
            continue
    return tuple(found)


def own_language(pack: Pack, owner: str) -> str:
    """The language that a pack is written in: the first that it lists."""
    return next(iter(pack.manifests[owner].languages), "en")


def _unread(standing: Standing, found: Finding) -> Standing:
    standing.missing = standing.total
    standing.wrong += 1
    standing.findings.append(found)
    return standing


def _files(root: Path, findings: Findings) -> Iterator[tuple[Path, str]]:
    """The PO files of a pack with their language; what else lies among them is told."""
    for path in _listed(root):
        if path.suffix != SUFFIX:
            why = f"its name does not end in {SUFFIX}"
            findings.add(str(path), finding(say.NO_LANGUAGE, place=Place(1, 1, 2), why=why))
        elif not LANGUAGE.match(path.stem):
            why = "its name is no language, like zh_CN or de"
            findings.add(str(path), finding(say.NO_LANGUAGE, place=Place(1, 1, 2), why=why))
        else:
            yield path, path.stem


def _listed(root: Path) -> list[Path]:
    try:
        return [root / FOLDER / one.name for one in listing(root, FOLDER)]
    except OSError:
        return []


def _claimed(pack: Pack, owner: str, root: Path, findings: Findings) -> None:
    """Say which languages the pack lists without bringing them."""
    for place, language in enumerate(pack.manifests[owner].languages):
        if place == 0:
            continue
        try:
            bytes_of(root / FOLDER / f"{language}{SUFFIX}")
        except (OSError, ValueError):
            path: DataPath = ("languages", place)
            found = finding(say.LANGUAGE_MISSING, path, language=language)
            findings.add(str(root / MANIFEST), found)


def _messages(
    standing: Standing,
    own: Sequence[Told],
    known: Sequence[Told],
    messages: Sequence[Message],
    lines: list[str],
) -> None:
    """Count the texts and judge every message that says something."""
    live = [one for one in messages if not one.obsolete and one.told.strip()]
    spoken = Spoken(live)
    used: dict[int, Told] = {}
    mine = {told.address for told in own}
    for told in known:
        message = spoken.message(told)
        if message is not None:
            used[id(message)] = told
        if told.address not in mine:
            continue
        if message is None:
            standing.missing += 1
        elif message.fuzzy:
            standing.stale += 1
        elif trouble(told.text, message.told) is None:
            standing.translated += 1
    addresses = {address: told for told in known for address in (told.address, *told.former)}
    seen: set[str] = set()
    for message in live:
        where = _Where(message, lines)
        if message.address in seen:
            _add(standing, say.TWICE_TRANSLATED, where.context, address=message.address)
        seen.add(message.address)
        meant = used.get(id(message))
        if meant is None:
            _unused(standing, message, addresses, mine, where)
        else:
            _used(standing, message, meant, where)


def _unused(
    standing: Standing,
    message: Message,
    addresses: dict[str, Told],
    mine: set[str],
    where: _Where,
) -> None:
    there = addresses.get(message.address)
    if there is None:
        _add(standing, say.UNKNOWN_ADDRESS, where.context, address=message.address or "(none)")
    elif there.text != message.text:
        _add(standing, say.STALE_TEXT, where.original, address=message.address)
        if there.address in mine:
            standing.stale += 1
            standing.missing -= 1


def _used(standing: Standing, message: Message, told: Told, where: _Where) -> None:
    bad = trouble(told.text, message.told)
    if bad is not None:
        descriptor = say.WRONG_NAMES if bad[0] == "names" else say.TEXT_CHARACTER
        what = bad[1] if bad[0] != "length" else f"{bad[1]} characters"
        standing.wrong += 1
        _add(standing, descriptor, where.translation, what=what)
        return
    width = widest(message.told)
    if told.fits is not None and width > max(told.fits, cells(told.text)):
        standing.too_wide += 1
        _add(standing, say.TOO_WIDE, where.translation, cells=width, fits=told.fits)
    if message.fuzzy:
        _add(standing, say.FUZZY_TEXT, where.context, address=message.address)


def widest(text: str) -> int:
    """The columns of a text's widest line."""
    return max((cells(line) for line in text.split("\n")), default=0)


def _add(standing: Standing, descriptor: Descriptor, place: Place, **told: Any) -> None:
    standing.findings.append(finding(descriptor, place=place, **told))


class _Where:
    """The lines of a message's parts."""

    def __init__(self, message: Message, lines: list[str]) -> None:
        self._line = message.line
        self._lines = lines

    @property
    def original(self) -> Place:
        """Its msgid."""
        return self._place(self._line)

    @property
    def context(self) -> Place:
        """Its msgctxt, or its msgid where it has none."""
        return self._place(self._near("msgctxt", range(self._line - 1, 0, -1), "msgstr"))

    @property
    def translation(self) -> Place:
        """Its msgstr."""
        return self._place(self._near("msgstr", range(self._line + 1, len(self._lines) + 1), "#"))

    def _near(self, word: str, numbers: Iterable[int], stop: str) -> int:
        for number in numbers:
            line = self._lines[number - 1]
            if line.startswith(word):
                return number
            if line.startswith(stop):
                break
        return self._line

    def _place(self, number: int) -> Place:
        line = self._lines[number - 1] if number <= len(self._lines) else ""
        return Place(number, 1, max(2, len(line.rstrip()) + 1))
