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
from tests.authoring.guide import Block, blocks, missing, written

PAGE = shipped_folder() / "README.md"
PACK = "night-trains"


def told(pack: Path) -> tuple[Diagnostic, ...]:
    return load_packs([pack]).diagnostics


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


def test_every_snippet_does_what_the_guide_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")
    monkeypatch.setenv("COLUMNS", "100")
    output = ""
    for block in blocks(PAGE):
        match block.language:
            case "yaml" | "diff":
                output = step(block, tmp_path / PACK)
            case "sh" if "hand" not in block.words:
                output = run(block)
            case "text" if "screen" not in block.words:
                line = missing(block.text, output)
                assert line is None, f"line {block.line}: {line!r} is not in\n{output}"
    assert told(tmp_path / PACK) == ()


def test_every_block_is_of_a_sort_that_is_run() -> None:
    sorts = Counter(block.language for block in blocks(PAGE))
    assert set(sorts) <= {"yaml", "diff", "sh", "text", "po"}
    assert sorts["yaml"] > 10
    assert sorts["sh"] > 10


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
