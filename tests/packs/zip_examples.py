"""The zip files that the pages of codes speak of; each lies beside the tiny pack."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from game.packs import Diagnostic, load_packs
from tests.packs.zips import Piece, tiny_pieces, zipped

NAME = "tiny.zip"
_MORE = "rules/more.yaml"


def said_of_zip(packs: Sequence[Path]) -> Iterable[Diagnostic]:
    """What is said of the zip file beside the first pack."""
    return load_packs([packs[0].parent / NAME], use_cache=False).diagnostics


def _zip(*more: Piece, left: int | None = None) -> Callable[[Path], None]:
    def make(pack: Path) -> None:
        (pack.parent / NAME).write_bytes(zipped([*tiny_pieces(), *more])[:left])

    return make


MAKERS: Mapping[str, Callable[[Path], None]] = {
    "zip-good": _zip(),
    "zip-cut": _zip(left=-100),
    "zip-many": _zip(*(Piece(f"docs/{number}.md") for number in range(5_000))),
    "zip-climbs": _zip(Piece("../rules/more.yaml")),
    "zip-twins": _zip(Piece("rules/ALL.yaml")),
    "zip-link": _zip(Piece(_MORE, b"/etc/passwd", attributes=(stat.S_IFLNK | 0o777) << 16)),
    "zip-locked": _zip(Piece(_MORE, flags=0x0801)),
    "zip-method": _zip(Piece(_MORE, method=12)),
    "zip-bomb": _zip(Piece(_MORE, bytes(10_000_000))),
    "zip-sizes": _zip(Piece(_MORE, packed=False, says_size=3)),
}
