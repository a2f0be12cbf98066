"""What the source says is found by the catalogue, and no screen says anything past it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import game
from game.words import FOLDER, languages
from tests.words.catalogue import TEMPLATE, Key, found, keys, read

SCREENS = sorted((Path(game.__file__).parent / "tui").rglob("*.py"))
WRAPPERS = {"said", "later", "counted", "sense", "meant"}
SHOWN_FIRST = {"plain", "Cell", "Static", "Label", "tell", "notify", "SystemCommand", "fit", "hung"}
"""Calls whose first argument is shown."""
TITLES = {"border_title", "border_subtitle", "placeholder", "tooltip"}
WORD = re.compile(r"[A-Za-z]{2,}")
ALLOWED = {"esc", "enter", "nav"}
"""Names of keys, which are what the keys say."""


def bare_words(path: Path) -> list[str]:
    """Words that a screen would show in every language, as `line: text`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        f"{path.name}:{one.lineno}: {text}"
        for shown in _shown(tree)
        for one, text in _literals(shown)
        if WORD.search(text) and text.strip() not in ALLOWED
    ]


def _shown(tree: ast.AST) -> Iterator[ast.expr]:
    """The expressions whose value stands on a screen."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            names = {one.attr for one in node.targets if isinstance(one, ast.Attribute)}
            if names & TITLES:
                yield node.value
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else None
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name in SHOWN_FIRST and node.args:
            yield node.args[0]
        elif name == "say":
            for part in node.args:
                yield part.elts[0] if isinstance(part, ast.Tuple) else part
        elif name == "Binding" and len(node.args) > 2:
            yield node.args[2]
        for keyword in node.keywords:
            if keyword.arg in TITLES:
                yield keyword.value


def _literals(node: ast.expr) -> Iterator[tuple[ast.expr, str]]:
    """The texts that an expression may come to, those that are looked up left out."""
    match node:
        case ast.Constant(value=str() as text):
            yield node, text
        case ast.JoinedStr():
            for part in node.values:
                if isinstance(part, ast.Constant):
                    yield node, str(part.value)
                elif isinstance(part, ast.FormattedValue):
                    yield from _literals(part.value)
        case ast.IfExp():
            yield from _literals(node.body)
            yield from _literals(node.orelse)
        case ast.BinOp():
            yield from _literals(node.left)
            yield from _literals(node.right)
        case ast.BoolOp():
            for value in node.values:
                yield from _literals(value)


@pytest.fixture(scope="module")
def sentences() -> set[Key]:
    """Every sentence of the source."""
    return set(found())


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.stem)
def test_no_screen_shows_words_that_are_not_looked_up(path: Path) -> None:
    assert bare_words(path) == []


def test_a_bare_word_would_be_found(tmp_path: Path) -> None:
    screen = tmp_path / "screen.py"
    screen.write_text(
        'plain("Close it")\n'
        'say(("gets ", MUTED), said("Fine"), f"{name} owes you")\n'
        'Binding("q", "quit", "Quit", tooltip=later("Leave"))\n'
        'card.border_title = plain(said("Good") if good else "Bad")\n'
        'Row("id", build)\n'
    )
    assert {one.partition(": ")[2] for one in bare_words(screen)} == {
        "Bad",
        "Close it",
        "gets ",
        " owes you",
        "Quit",
    }


def test_the_template_holds_the_sentences_of_the_source(sentences: set[Key]) -> None:
    written = keys(read(TEMPLATE))
    assert (sentences - written, written - sentences) == (set(), set()), (
        "run `python -m tests.words.catalogue`"
    )


def test_sentences_are_whole_and_name_what_varies(sentences: set[Key]) -> None:
    for sentence, _ in sentences:
        for text in [sentence] if isinstance(sentence, str) else sentence:
            assert re.findall(r"\{(?![a-z][a-z0-9_]*\})", text) == [], text
            assert WORD.search(text) or text.strip() in {",", "k", "m"}, text


@pytest.mark.parametrize("language", languages()[1:])
def test_a_language_that_the_game_speaks_is_spoken_whole(
    language: str, sentences: set[Key]
) -> None:
    catalogue = read(FOLDER / language / "guiding_hand.po")
    assert keys(catalogue) == sentences, "run `python -m tests.words.catalogue`"
    told = {one.id: [str(word) for word in _all(one.string)] for one in catalogue if one.id}
    assert [text for text, words in told.items() if not all(words)] == []
    assert [one.id for one in catalogue if one.id and one.fuzzy] == []
    for text, words in told.items():
        names = _names(text if isinstance(text, str) else text[-1])
        one = _names(text) if isinstance(text, str) else _names(text[0])
        for word in words:
            assert one <= _names(word) | names, text
            assert _names(word) <= names | one, text


def _all(told: object) -> tuple[object, ...] | list[object]:
    return told if isinstance(told, (tuple, list)) else (told or "",)


def _names(text: str) -> set[str]:
    return set(re.findall(r"\{([a-z0-9_]+)\}", text))
