"""The guide for authors does what it says: every snippet of it is run, from first to last."""

from __future__ import annotations

import re
import shlex
import shutil
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from game.cli import main
from game.packs import Diagnostic, cache, load_packs
from game.packs.find import shipped_folder
from game.packs.memory import Memory
from tests.authoring.guide import Block, blocks, missing, written

PAGE = shipped_folder() / "README.md"
PACK = "night-trains"
MEMORY = Memory()
"""Only spares time: each step loads the same packs but for one file."""


def told(pack: Path) -> tuple[Diagnostic, ...]:
    return load_packs([pack], memory=MEMORY).diagnostics


def run(block: Block) -> str:
    """Run the commands of a block; what the last of them printed."""
    output = ""
    for line in block.text.splitlines():
        words = shlex.split(line, comments=True)
        assert words[0] == "guiding-hand", line
        result = CliRunner().invoke(main, words[1:])
        failed = "fails" in block.words
        assert result.exit_code == (1 if failed else 0), f"line {block.line}: {result.output}"
        output = result.output
    return output


def step(block: Block, pack: Path) -> str:
    """Take a block that changes the pack, and check the pack after it; what is printed then."""
    wrong = "wrong" in block.words
    if wrong:
        shutil.copytree(pack, pack.parent / "kept")
    written(block, pack)
    found = {one.code for one in told(pack)}
    assert found == block.codes, f"line {block.line}: {[one.message for one in told(pack)]}"
    if not wrong:
        return ""
    output = CliRunner().invoke(main, ["check", pack.name]).output
    shutil.rmtree(pack)
    (pack.parent / "kept").rename(pack)
    return output


def through(folder: Path, *, slow: bool) -> None:
    """Go through the page in a folder; commands but the first are run where there is time."""
    output, begun = "", False
    for block in blocks(PAGE):
        match block.language:
            case "yaml" | "diff":
                output = step(block, folder / PACK)
            case "sh" if "hand" not in block.words and (slow or not begun):
                output, begun = run(block), True
            case "sh":
                output = ""
            case "text" if "screen" not in block.words and output:
                line = missing(block.text, output)
                assert line is None, f"line {block.line}: {line!r} is not in\n{output}"
    assert told(folder / PACK) == ()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def test_the_pack_of_the_guide_is_what_it_says_at_each_step(here: Path) -> None:
    through(here, slow=False)


@pytest.mark.slow
def test_every_command_of_the_guide_does_what_it_says(here: Path) -> None:
    through(here, slow=True)


def test_every_block_is_of_a_sort_that_is_run() -> None:
    sorts = Counter(block.language for block in blocks(PAGE))
    assert set(sorts) <= {"yaml", "diff", "sh", "text", "po"}
    assert sorts["yaml"] > 10
    assert sorts["sh"] > 10


def test_every_block_has_its_file_named_in_the_prose_of_its_section() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    for block in blocks(PAGE):
        if block.language in ("yaml", "diff"):
            above = lines[: block.line - 1]
            heads = [n for n, line in enumerate(above) if line.startswith("## ")]
            assert f"`{block.words[0]}`" in "\n".join(above[heads[-1] :]), block.line


def test_every_command_of_the_bench_is_in_the_guide() -> None:
    from game.bench import LAZY

    text = PAGE.read_text(encoding="utf-8")
    for name in LAZY:
        assert f"guiding-hand pack {name}" in text


def test_every_link_leads_to_a_file_or_a_heading() -> None:
    text = PAGE.read_text(encoding="utf-8")
    heads = {
        re.sub(r"[^a-z0-9 -]", "", line.lstrip("#").strip().lower()).replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("#")
    }
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert links
    for link in links:
        file, _, anchor = link.partition("#")
        assert not file or (PAGE.parent / file).exists(), link
        assert file or anchor in heads, link
