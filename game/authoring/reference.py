"""content/REFERENCE.md: every field, every word of the rule language and every code.

`python -m game.authoring.reference --write` writes it; a test says that it is what the code gives.
"""

from __future__ import annotations

import sys
import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

import game.packs.catalogue  # noqa: F401 (registers the codes)
from game.authoring.forms import plain_default
from game.authoring.meanings import WORDS, meaning
from game.authoring.schema import FILES, TESTS
from game.authoring.wanted import noun_of, wanted_in
from game.packs.diagnostics import REGISTERED
from game.packs.find import shipped_folder
from game.packs.reader import read
from game.packs.schema import Event, Manifest, Situation
from game.rules.parser import MAX_DEPTH, MAX_NODES
from game.rules.tokens import MAX_CHARACTERS
from game.rules.vocabulary import FUNCTIONS, PREFIXES, SPECIALS, USAGE

NAME = "REFERENCE.md"
PAGES = "../game/packs/pages"
_FAMILIES = {
    "GH1": "Reading a file",
    "GH2": "The shape of an entry",
    "GH3": "Expressions",
    "GH4": "Packs together",
    "GH5": "Folders and files",
    "GH6": "What is in the pack",
    "GH9": "The list itself",
}


@cache
def language() -> Mapping[str, Any]:
    """The words about the rule language."""
    told: Mapping[str, Any] = read((WORDS / "language.yaml").read_bytes())
    return told


def text() -> str:
    """The whole page."""
    return "\n".join([language()["head"], *_files(), *_language(), *_codes()])


def _files() -> Iterator[str]:
    yield "## Files\n"
    rows = [("pack.yaml", "the manifest, one in each pack", _link(Manifest))]
    for name, shelf in FILES.items():
        models = (Event, Situation) if shelf.kind == "event" else (shelf.model,)
        where = f"{name}/*.yaml" if shelf.single or name == TESTS else f"{name}.yaml, {name}/*.yaml"
        holds = "one entry a file" if shelf.single else "a list of entries"
        rows.append((where, holds, " or ".join(_link(model) for model in models)))
    yield _table(("file", "holds", "entries"), rows)
    yield language()["ids"]
    for model in classes():
        yield from _fields(model)


def classes() -> Iterator[type[BaseModel]]:
    """The classes of the schema, each after the one that names it first."""
    seen: set[type[BaseModel]] = set()
    starts: list[Any] = [Manifest]
    for shelf in FILES.values():
        starts.extend([Event, Situation] if shelf.kind == "event" else [shelf.model])
    for start in starts:
        waiting = [start]
        while waiting:
            hint = waiting.pop(0)
            if isinstance(hint, type) and issubclass(hint, BaseModel):
                if hint not in seen:
                    seen.add(hint)
                    yield hint
                    waiting.extend(typing.get_type_hints(hint, include_extras=True).values())
            elif not isinstance(hint, str):
                waiting.extend(typing.get_args(hint))


def _title(model: type[BaseModel]) -> str:
    title = noun_of(model)
    return "pack.yaml" if model is Manifest else title[0].upper() + title[1:]


def _link(model: type[BaseModel]) -> str:
    anchor = _title(model).lower().replace(" ", "-").replace(".", "")
    return f"[{noun_of(model)}](#{anchor})"


def _fields(model: type[BaseModel]) -> Iterator[str]:
    yield f"### {_title(model)}\n\n{meaning(model)}\n"
    hints = typing.get_type_hints(model, include_extras=True)
    rows = []
    for name, info in model.model_fields.items():
        field = info.alias or name
        if field == "former_ids":
            continue
        default = plain_default(info)
        without = "**needed**" if info.is_required() else f"`{default}`" if default else ""
        words = _linked(wanted_in(model, field, hints[name]), hints[name])
        rows.append((f"`{field}`", words, without, meaning(model, field)))
    yield _table(("field", "wants", "without it", "meaning"), rows)


def _linked(words: str, hint: Any) -> str:
    """What a field wants, with a link for each part that has a table of its own."""
    for model in _named(hint):
        noun = noun_of(model)
        for before in ("a ", "an ", "or "):
            words = words.replace(f"{before}{noun}", f"{before}{_link(model)}")
    return words


def _named(hint: Any) -> Iterator[type[BaseModel]]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    elif not isinstance(hint, str):
        for inner in typing.get_args(hint):
            yield from _named(inner)


def _language() -> Iterator[str]:
    words = language()
    limits = words["limits"].format(
        characters=f"{MAX_CHARACTERS:,}", nodes=MAX_NODES, depth=MAX_DEPTH
    )
    yield f"## The rule language\n\n{limits}\n"
    yield _table(("write", "meaning"), [(f"`{op}`", w) for op, w in words["operators"].items()])
    yield "### Names\n\nIndicators by their id, and these:\n"
    rows = [(f"`{prefix}.x`", "", words["prefixes"][prefix]) for prefix in PREFIXES]
    rows += [
        (f"`{name}`", f"{axis}, {low:,.0f} to {high:,.0f}", words["specials"][name])
        for name, (axis, low, high) in SPECIALS.items()
    ]
    yield _table(("name", "scope and bounds", "meaning"), rows)
    yield "### Functions\n"
    yield _table(
        ("function", "meaning"),
        [(f"`{USAGE[name]}`", words["functions"][name]) for name in FUNCTIONS],
    )
    yield "### Scopes\n"
    yield "\n".join(f"- {one.strip()}" for one in words["scopes"]) + "\n"


def _codes() -> Iterator[str]:
    yield f"## Codes of the checker\n\n{language()['codes']}\n"
    for family, title in _FAMILIES.items():
        rows = [
            (f"[{code}]({PAGES}/{code}.md)", one.severity, one.about, one.template)
            for code, one in sorted(REGISTERED.items())
            if code.startswith(family)
        ]
        yield f"### {family}xx: {title}\n"
        yield _table(("code", "severity", "about", "message"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(_cell(one) for one in row)} |" for row in lines) + "\n"


def _cell(told: str) -> str:
    return " ".join(told.replace("|", "\\|").split())


def main(arguments: list[str]) -> int:
    """Print the page, or write it with `--write`."""
    if arguments not in ([], ["--write"]):
        sys.stderr.write("usage: python -m game.authoring.reference [--write]\n")
        return 2
    if arguments:
        path = Path(shipped_folder()) / NAME
        path.write_text(text(), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text())
    return 0


__all__ = ["NAME", "language", "main", "text"]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
