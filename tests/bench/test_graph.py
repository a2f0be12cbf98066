from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from game.cli import main


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["pack", "graph", *map(str, arguments)])


def test_an_entry_is_drawn_as_a_tree(tiny: Path) -> None:
    found = run(tiny, "glut")
    assert found.exit_code == 0, found.output
    assert found.stdout.startswith("situation glut: Glut\n")
    assert "starts when utilisation < 0.7" in found.stdout


def test_one_side_may_be_asked_for(tiny: Path) -> None:
    assert "What it moves" not in run(tiny, "glut", "--to", "causes").stdout
    assert "What moves it" not in run(tiny, "glut", "--to", "effects").stdout


@pytest.mark.parametrize(
    ("form", "first"), [("mermaid", "flowchart LR"), ("dot", "digraph pack {")]
)
def test_it_is_drawn_for_other_programs(tiny: Path, form: str, first: str) -> None:
    found = run(tiny, "capacity", "--format", form, "--depth", 1)
    assert found.exit_code == 0
    assert found.stdout.splitlines()[0] == first


def test_more_steps_tell_more(tiny: Path) -> None:
    near = run(tiny, "capacity", "--format", "dot", "--depth", 1).stdout
    far = run(tiny, "capacity", "--format", "dot", "--depth", 3).stdout
    assert len(far) > len(near)


def test_without_an_entry_the_chains_are_listed(tiny: Path) -> None:
    found = run(tiny)
    assert "idle-mill: An idle mill" in found.stdout
    assert "└─ the-list  in 3 years" in found.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["glutt"], "there is no entry glutt; did you mean glut?"),
        (["--format", "dot"], "name it"),
        (["glut", "--depth", "0"], "--depth"),
        (["glut", "--to", "nowhere"], "--to"),
    ],
)
def test_what_cannot_be_drawn_is_refused(tiny: Path, arguments: list[str], words: str) -> None:
    found = run(tiny, *arguments)
    assert found.exit_code == 2
    assert words in found.stderr
    assert found.stdout == ""
