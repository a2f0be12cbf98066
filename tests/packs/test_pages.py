"""Each code has a page, and what the pages say is so."""

from __future__ import annotations

from pathlib import Path

import pytest

import game.packs.catalogue  # noqa: F401 (registers the codes)
from game.packs import handbook
from game.packs.diagnostics import REGISTERED
from tests.packs.examples import checked

ALONG = {
    "GH328": frozenset({"GH327", "GH615"}),
    "GH998": frozenset({"GH211"}),
    "GH999": frozenset({"GH621"}),
}
"""What a code cannot be without: where no choice is left, each is too dear."""


@pytest.mark.parametrize("code", handbook.codes())
def test_the_wrong_example_is_told_so_where_it_is_marked(code: str, tmp_path: Path) -> None:
    wrong = handbook.page(code).wrong
    found = checked(code, wrong, tmp_path)
    also = ALONG.get(code, frozenset())
    assert {one.code for one in found} - also == {code}, [(one.code, one.message) for one in found]
    told = {(one.file, one.line) for one in found}
    marked = {(str((tmp_path / "tiny" / inside).resolve()), line) for inside, line in wrong.marks}
    assert marked or wrong.made
    assert marked <= told


@pytest.mark.parametrize("code", handbook.codes())
def test_the_right_example_has_nothing_wrong_with_it(code: str, tmp_path: Path) -> None:
    right = handbook.page(code).right
    assert right.files or right.made
    found = checked(code, right, tmp_path)
    assert [(one.code, one.message, one.line) for one in found] == []


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert set(handbook.codes()) == set(REGISTERED)


@pytest.mark.parametrize("code", handbook.codes())
def test_a_page_says_what_to_do_and_fits_on_a_screen(code: str) -> None:
    text = handbook.page(code).text
    assert code in REGISTERED
    assert len(handbook.page(code).title) <= 58
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == ["## What to do", "## Wrong", "## Right"]
    assert all(len(line) <= 100 for line in text.splitlines())
    page = handbook.page(code)
    shown = [*page.wrong.files.values(), *page.right.files.values()]
    assert all(len(line) <= 76 for one in shown for line in one.splitlines())
