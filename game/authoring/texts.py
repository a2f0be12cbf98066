"""A pack's texts for translators: taken out into PO files, brought up to date, put in place."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from game.packs import Diagnostic, Pack
from game.packs.check_texts import judged
from game.packs.diagnostics import DataPath, Findings
from game.packs.find import MANIFEST, bytes_of
from game.packs.locate import locate
from game.packs.place import diagnostics
from game.packs.po import Message, read_messages, written
from game.packs.texts import MANIFEST_KIND, Told, texts_of
from game.packs.translate import FOLDER, SUFFIX, Spoken

_WHAT: Mapping[str, str] = {
    "title": "title",
    "short": "short name, for tables",
    "subtitle": "line under the title",
    "opening": "the letter that opens a campaign",
    "label": "the words of a choice",
    "now": "what a choice costs and brings today",
    "later": "what came of a choice, ten years on",
    "near": "said where it nearly happened",
    "bulletin": "a line of the year's bulletin",
    "text": "the body of a page or card",
    "asks": "a question to argue over",
    "help": "an explanation, shown on asking",
    "says": "a sentence",
    "over_says": "a line for when it ends",
    "gets": "what its owner gets",
    "wants": "what a person wants",
    "promoted": "a person's next office",
    "name": "a person's name",
    "trait": "what a person is like",
    "claim": "what the document says here",
    "place": "a place to visit",
}
LONGEST_TITLE = 40
WIDE = "a Chinese, Japanese or Korean character takes two"


def path_of(pack: Pack, owner: str, language: str) -> Path:
    """Where a translation of a pack lies."""
    return pack.root(owner) / FOLDER / f"{language}{SUFFIX}"


def exported(pack: Pack, owner: str, language: str, known: bytes | None) -> bytes:
    """The PO file of a language, brought up to date with the pack.

    Translations are kept; those of texts that changed are marked fuzzy and show the text that they
    translated, those of texts that are gone stand at the end.

    Args:
        pack: the loaded packs.
        owner: the pack whose texts are wanted.
        language: the language to translate to.
        known: the file as it is, or None where there is none.

    Raises:
        ReadError, BrokenPoError: the known file cannot be read.
    """
    told = texts_of(pack, owner)
    messages = updated(told, read_messages(known) if known is not None else (), _abouts(pack, told))
    version = pack.manifests[owner].version
    return written(messages, pack=owner, version=version, language=language)


def updated(
    told: Sequence[Told], known: Sequence[Message], about: Mapping[str, Message]
) -> tuple[Message, ...]:
    """Messages for all texts, with what is known of their translations.

    Args:
        told: the texts as they are.
        known: the messages of a file, maybe an old one.
        about: comments and places by address.
    """
    spoken = Spoken(one for one in known if one.told)
    by_address = {one.address: one for one in known if one.told and not one.obsolete}
    revived = {(one.address, one.text): one for one in known if one.told and one.obsolete}
    used: set[int] = set()
    fresh: list[Message] = []
    for one in told:
        old = spoken.message(one) or revived.get((one.address, one.text))
        changed = False
        if old is None:
            old = next((by_address[a] for a in (one.address, *one.former) if a in by_address), None)
            changed = old is not None
        if old is not None:
            used.add(id(old))
        fresh.append(_fresh(one, old, changed=changed, about=about.get(one.address)))
    gone = [
        Message(one.address, one.text, one.told, notes=one.notes, obsolete=True)
        for one in known
        if one.told and id(one) not in used
    ]
    return (*fresh, *gone)


def _fresh(told: Told, old: Message | None, *, changed: bool, about: Message | None) -> Message:
    previous = None
    if old is not None:
        previous = old.text if changed else old.previous if old.fuzzy else None
    return Message(
        address=told.address,
        text=told.text,
        told=old.told if old else "",
        fuzzy=bool(old and (changed or old.fuzzy)),
        notes=old.notes if old else (),
        about=about.about if about else (),
        place=about.place if about else None,
        previous=previous,
    )


def places(pack: Pack, told: Iterable[Told]) -> dict[str, tuple[str, int]]:
    """The file (inside its pack) and line of each text, by address."""
    origins: dict[str, tuple[str, DataPath]] = {}
    for one in told:
        if one.kind == MANIFEST_KIND:
            origins[one.address] = str(pack.root(one.name) / MANIFEST), one.path
        else:
            placed = pack.placed[one.kind][one.name]  # type: ignore[index]
            origins[one.address] = placed.origin_of(one.path)
    wanted: dict[str, set[DataPath]] = {}
    for file, path in origins.values():
        wanted.setdefault(file, set()).add(path)
    lines = {file: _lines(Path(file), paths) for file, paths in wanted.items()}
    return {
        address: (_inside(pack, file), lines[file].get(path, 1))
        for address, (file, path) in origins.items()
    }


def _lines(file: Path, paths: set[DataPath]) -> dict[DataPath, int]:
    """The lines on which values begin; short forms of the schema leave the last steps out."""
    try:
        spots = locate(bytes_of(file).decode("utf-8", "replace"))
    except (OSError, ValueError):
        return {}
    found = {}
    for path in paths:
        near = next((path[:end] for end in range(len(path), -1, -1) if path[:end] in spots), None)
        if near is not None:
            found[path] = spots[near].place.line
    return found


def _inside(pack: Pack, file: str) -> str:
    """A file as it is named inside its pack."""
    for root in pack.folders:
        if Path(file).is_relative_to(root):
            return Path(file).relative_to(root).as_posix()
    return file


def _abouts(pack: Pack, told: Sequence[Told]) -> dict[str, Message]:
    where = places(pack, told)
    return {
        one.address: Message(
            one.address, one.text, about=(_about(pack, one),), place=where.get(one.address)
        )
        for one in told
    }


def _about(pack: Pack, told: Told) -> str:
    """What a text is, and how many columns there are for it."""
    entry = None if told.kind == MANIFEST_KIND else pack.placed[told.kind][told.name].entry  # type: ignore[index]
    title = getattr(entry, "title", None) or told.name
    named = title if len(title) <= LONGEST_TITLE else told.name
    of = f"of a {told.kind}" if told.field == "title" else f'of {told.kind} "{named}"'
    what = f"{_WHAT.get(told.field, told.field)} {of}"
    sentences = [what[0].upper() + what[1:] + "."]
    if told.fits is not None:
        sentences.append(f"At most {told.fits} columns ({WIDE}).")
    if "{" in told.text:
        sentences.append("Keep what stands in braces: it becomes a person's name.")
    return " ".join(sentences)


def counted(told: Iterable[Told]) -> dict[str, int]:
    """How many texts each kind of entry has."""
    return dict(Counter(one.kind for one in told))


def judged_file(pack: Pack, owner: str, language: str, file: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with a translator's file.

    Raises:
        OSError: it cannot be read.
    """
    findings = Findings()
    for found in judged(pack, owner, language, bytes_of(file)).findings:
        findings.add(str(file), found)
    return diagnostics(findings)


def put(path: Path, raw: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(exist_ok=True)
    part = path.with_suffix(".part")
    try:
        part.write_bytes(raw)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def known_bytes(path: Path) -> bytes | None:
    """The bytes of a translation that there may be."""
    try:
        return bytes_of(path)
    except FileNotFoundError:
        return None
