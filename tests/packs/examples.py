"""What the examples of the pages are put over, and what no page can write down.

Every example lies over the tiny pack of the tests: its files replace or add to that pack's, and
`../name/...` is another pack beside it. All packs are then checked together.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

from game.checking import check_folders
from game.packs import Diagnostic, find, load_packs
from game.packs.find import MOST_FILES
from game.packs.handbook import Example
from tests.packs.factory import write_files, write_pack
from tests.packs.zip_examples import MAKERS as ZIPS
from tests.packs.zip_examples import said_of_zip

Check = Callable[[Sequence[Path]], Iterable[Diagnostic]]
Make = Callable[[Path], None]


def _loaded(packs: Sequence[Path]) -> Iterable[Diagnostic]:
    return load_packs(packs, use_cache=False).diagnostics


def _checked(packs: Sequence[Path]) -> Iterable[Diagnostic]:
    """What the command says, of playthroughs and translations too."""
    return check_folders(packs).diagnostics


def _without_links(packs: Sequence[Path]) -> Iterable[Diagnostic]:
    """As on a system where a folder can lie elsewhere without being a link."""
    sort = patch.object(find, "_sort", lambda mode: "file" if stat.S_ISREG(mode) else "folder")
    with sort, patch.object(Path, "is_symlink", return_value=False):
        return _loaded(packs)


def _texts(packs: Sequence[Path]) -> Iterable[Diagnostic]:
    """What is said of translations; without the count of those that are missing."""
    return [one for one in _checked(packs) if one.code != "GH644"]


CHECKS: Mapping[str, Check] = {
    **{f"GH{number}": _texts for number in range(640, 660)},
    "GH644": _checked,
    "GH502": _without_links,
    **{f"GH{number}": _checked for number in range(660, 680)},
    **{f"GH{number}": said_of_zip for number in range(507, 516)},
}
"""Who raises a code, where loading and checking the packs does not; `_loaded` for all others."""


def _bytes(inside: str, raw: bytes) -> Make:
    def make(pack: Path) -> None:
        path = pack / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)

    return make


def _linked(pack: Path) -> None:
    target = pack.parent / "elsewhere.yaml"
    target.write_text("[]\n")
    (pack / "rules" / "more.yaml").symlink_to(target)


def _outside(pack: Path) -> None:
    elsewhere = write_files(pack.parent / "elsewhere", {"all.yaml": "[]\n"})
    (pack / "lessons" / "all.yaml").unlink()
    (pack / "lessons").rmdir()
    (pack / "lessons").symlink_to(elsewhere, target_is_directory=True)


def _many(pack: Path) -> None:
    for number in range(MOST_FILES):
        (pack / "rules" / f"r{number}.yaml").touch()


_LESSON = "- {{id: more, title: {}, text: {}}}\n"

_RULE = "- {{id: more, adds_to: learning, because: [notes-mills], grade: judgement, rate: {}}}\n"

MAKERS: Mapping[str, Make] = {
    **ZIPS,
    "large-file": _bytes("rules/more.yaml", b"# " + b"x" * (4 * 1024 * 1024) + b"\n[]\n"),
    "long-value": _bytes("lessons/more.yaml", _LESSON.format("More", "x" * 25_000).encode()),
    "old-code-page": _bytes("lessons/more.yaml", _LESSON.format("Café", "x").encode("latin-1")),
    "hidden-break": _bytes("lessons/more.yaml", "# One\u2028[]\n".encode()),
    "long-expression": _bytes(
        "rules/more.yaml", _RULE.format(" + ".join(["learning"] * 120)).encode()
    ),
    "link": _linked,
    "many-files": _many,
    "no-manifest": lambda pack: (pack / "pack.yaml").unlink(),
    "outside": _outside,
    "pipe": lambda pack: os.mkfifo(pack / "rules" / "more.yaml"),
    "sixty": _bytes(
        "lessons/more.yaml",
        "".join(
            f"- {{id: l{n}, title: L, text: '{{nobody}} looks'}}\n" for n in range(60)
        ).encode(),
    ),
    "tab": _bytes("lessons/more.yaml", b"- id: more\n\ttitle: More\n\ttext: Look twice.\n"),
}
"""How to make what an `example name` block stands for, given the folder of the tiny pack."""


def checked(code: str, example: Example, folder: Path) -> list[Diagnostic]:
    """Write an example over the tiny pack and give what is said of it."""
    pack = write_pack(folder / "tiny")
    write_files(pack, example.files)
    for name in example.made:
        MAKERS[name](pack)
    packs = [pack, *sorted({pack.parent / name for name in _others(example)})]
    return list(CHECKS.get(code, _loaded)(packs))


def _others(example: Example) -> set[str]:
    return {path.split("/")[1] for path in example.files if path.startswith("../")}
