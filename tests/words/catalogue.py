"""The game's own words, found in its source.

`python -m tests.words.catalogue` writes `game/locale/guiding_hand.pot` and brings every
`game/locale/<language>/guiding_hand.po` up to date: translations stay, new sentences come without
one, those that are gone are left out.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import game
from game.words import CATALOGUE, FOLDER

TEMPLATE = FOLDER / "guiding_hand.pot"
KEYWORDS = {
    "said": None,
    "later": None,
    "counted": (1, 2),
    "sense": ((1, "c"), 2),
    "meant": ((1, "c"), 2),
}
WIDTH = 96

Key = tuple[str | tuple[str, ...], str | None]


def found() -> dict[Key, list[str]]:
    """Every sentence of the source with the files that it stands in."""
    root = Path(game.__file__).parent
    sentences: dict[Key, list[str]] = {}
    for file, _, sentence, _, context in extract_from_dir(
        root, [("**.py", "python")], keywords=KEYWORDS, comment_tags=()
    ):
        files = sentences.setdefault((sentence, context), [])
        if file not in files:
            files.append(file)
    return sentences


def read(path: Path) -> Catalog:
    """A catalogue or the template."""
    with path.open("rb") as file:
        return read_po(file, locale=None if path == TEMPLATE else path.parent.name)


def keys(catalogue: Catalog) -> set[Key]:
    """The sentences of a catalogue."""
    return {
        (one.id if isinstance(one.id, str) else tuple(one.id), one.context)
        for one in catalogue
        if one.id
    }


def _written(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=WIDTH, include_lineno=False, ignore_obsolete=True)
    # Dates and versions would make every run another file.
    lines = out.getvalue().split(b"\n")
    dated = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator')
    return b"\n".join(line for line in lines if not line.startswith(dated)).rstrip() + b"\n"


def _catalogue(language: str | None, known: Catalog | None) -> Catalog:
    what = f"in {language}" if language else "to be translated"
    fresh = Catalog(
        locale=language,
        project="Guiding Hand",
        version="1",
        header_comment=f"# The game's own words {what}.\n#",
        language_team=language or "none",
        msgid_bugs_address="see README.md",
        fuzzy=False,
    )
    for (sentence, context), files in found().items():
        old = known.get(sentence, context) if known is not None else None
        fresh[sentence] = Message(
            sentence,
            old.string if old is not None else "",
            locations=[(file, 0) for file in sorted(files)],
            context=context,
        )
    return fresh


def main() -> None:
    """Bring the files in line with the source."""
    TEMPLATE.write_bytes(_written(_catalogue(None, None)))
    for path in sorted(FOLDER.glob(f"*/{CATALOGUE}")):
        catalogue = _catalogue(path.parent.name, read(path))
        path.write_bytes(_written(catalogue))
        missing = [one.id for one in catalogue if one.id and not any(one.string or ("",))]
        print(f"{path.parent.name}: {len(missing)} sentences to translate")
        for sentence in missing:
            print(f"  {sentence!r}")


if __name__ == "__main__":
    main()
