"""content/REFERENCE.md is what the code gives, and its words fit the rule language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.authoring.reference import NAME, language, main, text
from game.packs import find_packs
from game.packs.diagnostics import REGISTERED
from game.packs.find import shipped_folder
from game.rules.vocabulary import FUNCTIONS, PREFIXES, SPECIALS


def test_the_page_is_what_the_code_gives() -> None:
    there = (Path(shipped_folder()) / NAME).read_text(encoding="utf-8")
    assert there == text(), "write it anew: python -m game.authoring.reference --write"


def test_every_word_of_the_rule_language_has_a_meaning_and_no_other() -> None:
    words = language()
    assert set(words["functions"]) == set(FUNCTIONS)
    assert set(words["specials"]) == set(SPECIALS)
    assert set(words["prefixes"]) == set(PREFIXES)


def test_every_code_is_on_the_page() -> None:
    page = text()
    assert all(f"[{code}]" in page for code in REGISTERED)


def test_every_link_inside_the_page_leads_somewhere() -> None:
    page = text()
    there = {
        re.sub(r"[^a-z0-9 -]", "", line.lstrip("#").strip().lower()).replace(" ", "-")
        for line in page.splitlines()
        if line.startswith("#")
    }
    linked = set(re.findall(r"\]\(#([^)]+)\)", page))
    assert linked
    assert linked <= there


def test_pages_beside_the_packs_are_no_packs() -> None:
    assert not {"README.md", NAME, "README", "REFERENCE"} & set(find_packs())


def test_it_prints_the_page_and_refuses_what_it_does_not_know(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out == text()
    assert main(["--help-me"]) == 2
