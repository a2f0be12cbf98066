"""How every command begins and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from game import cli
from game.lab import library
from tests.cli.conftest import Run, refused
from tests.packs.factory import write_addition

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "pydantic", "textual", "yaml", "rich")


def started(*arguments: object, **more: Any) -> subprocess.Popen[str]:
    """The program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "game", *map(str, arguments)],
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        **{"stdout": subprocess.PIPE, **more},
    )


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    code = f"import sys, game.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"


def test_help_and_completion_load_nothing_heavy() -> None:
    code = (
        "import sys\nfrom game.cli import main\n"
        "for words in (['--help'], ['run', '--help'], ['completion', 'bash'], ['--version']):\n"
        "    try: main(words)\n"
        "    except SystemExit as end: assert not end.code, words\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stderr.strip() == "[]"


def test_the_module_is_the_program(tiny: Path) -> None:
    process = started("run", "valleys", "--pack", tiny, "--indicators", "gdp", "--out", "-")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.startswith("world,year,indicator,sector,value\n0,2010,gdp,,")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed(run: Run, shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_GUIDING_HAND_COMPLETE" in result.stdout


def test_commands_are_those_of_the_contract(run: Run) -> None:
    told = run("--help").stdout
    for name in ("play", "resume", "run", "experiment", "check", "replay", "why", "completion"):
        assert name in told


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout.startswith("guiding-hand ")


def test_an_unknown_command_or_option_is_refused_in_one_line(run: Run) -> None:
    for words in (["plya"], ["run", "--what"], ["run"], ["why", "a"], ["completion", "tcsh"]):
        result = run(*words)
        refused(result, "--help")
        assert len(result.stderr.strip().splitlines()) == 1


def test_the_game_needs_a_terminal(run: Run) -> None:
    refused(run(), "needs a terminal")
    refused(run("play"), "needs a terminal")


def test_without_a_command_the_menu_opens(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[dict[str, Any]] = []
    monkeypatch.setattr(cli, "_open_game", lambda **where: opened.append(where))
    assert run().exit_code == 0
    assert opened == [{}]


def test_play_passes_on_what_was_asked(
    run: Run, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[dict[str, Any]] = []
    monkeypatch.setattr(cli, "_open_game", lambda **where: opened.append(where))
    assert run("play", "valleys", "--seed", 7, "--pack", tiny).exit_code == 0
    asked = {"scenario": "valleys", "seed": 7, "pack": tiny}
    assert opened == [{**asked, "practice": False, "watch": False, "choose": None}]
    refused(run("play", "valley", "--pack", tiny), "did you mean valleys?")
    refused(run("play", "--pack", tiny, "--pack", tiny), "one --pack")


def test_a_pack_of_one_scenario_opens_it_and_any_other_the_chooser(
    run: Run, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[dict[str, Any]] = []
    monkeypatch.setattr(cli, "_open_game", lambda **where: opened.append(where))

    assert run("play", "--pack", tiny).exit_code == 0
    assert (opened[-1]["scenario"], opened[-1]["choose"]) == ("valleys", None)

    added = write_addition(tiny.parent, "strikes", {})
    assert run("play", "--pack", added).exit_code == 0
    assert (opened[-1]["scenario"], opened[-1]["choose"]) == (None, ())

    one = (tiny / "scenarios/valleys.yaml").read_text()
    (tiny / "scenarios/hills.yaml").write_text(one.replace("id: valleys", "id: hills"))
    assert run("play", "--pack", tiny).exit_code == 0
    assert (opened[-1]["scenario"], opened[-1]["choose"]) == (None, ("hills", "valleys"))


def test_a_bug_leaves_a_file_and_one_line(
    run: Run, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(library, "strategy", broken)
    result = run("run", "valleys", "--pack", tiny)
    assert result.exit_code == 70
    (line,) = result.stderr.splitlines()
    assert line.startswith("guiding-hand: this is a bug (ZeroDivisionError: oh); ")
    (path,) = (tmp_path / "saves").glob("crash-*.txt")
    assert str(path) in line
    assert "Traceback" in path.read_text()


def test_a_bug_is_told_even_where_nothing_can_be_written(
    run: Run, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oh")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(library, "strategy", broken)
    monkeypatch.setattr(Path, "write_text", full)
    result = run("run", "valleys", "--pack", tiny)
    assert result.exit_code == 70
    assert "No space left on device" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_an_interrupt_ends_quietly(tiny: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "long.csv"
    out.parent.mkdir()
    process = started("run", "valleys", "--pack", tiny, "--worlds", 9_000_000, "--out", out)
    deadline = time.monotonic() + 60
    while not any(out.parent.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.strip() == ""
    assert list(out.parent.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_reader_that_goes_away_is_no_error(tiny: Path) -> None:
    process = started("run", "valleys", "--pack", tiny, "--worlds", 9_000_000, "--out", "-")
    assert process.stdout is not None
    assert process.stdout.readline() == "world,year,indicator,sector,value\n"
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()


def test_what_a_terminal_acts_on_is_never_repeated(run: Run, tiny: Path) -> None:
    for arguments in (
        ["run", "\x1b]0;x\x07"],
        ["run", "valleys", "--pack", tiny, "--strategy", "\x1b[31m"],
        ["run", "valleys", "--pack", tiny, "--indicators", "\x1b\x9b"],
        ["experiment", "\x1b[2J"],
        ["check", "\x1b[2J"],
        ["\x1b[2J"],
    ):
        result = run(*arguments)
        refused(result)
        assert all(line.isprintable() for line in result.stderr.splitlines())


@pytest.mark.parametrize("command", ["check", "experiment", "replay", "resume", "play --pack"])
def test_a_name_longer_than_any_system_keeps_is_refused(run: Run, command: str) -> None:
    result = run(*command.split(), "deep/" + "a" * 5_000)
    refused(result)
    assert len(result.stderr) < 1_000


def test_a_pack_in_a_folder_of_any_name_is_shown_plainly(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "a\x1b[31mb"
    folder.mkdir()
    result = run("check", folder)
    assert result.exit_code == 1
    assert all(line.isprintable() for line in result.stdout.splitlines())


def test_what_an_encoding_cannot_show_is_written_out(tiny: Path) -> None:
    (tiny / "aims.yaml").write_text("- {id: work, titel: 工作}\n", encoding="utf-8")
    process = started("check", tiny, env={**os.environ, "PYTHONIOENCODING": "latin-1"})
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert r"titel: \u5de5\u4f5c" in out
    assert err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk cannot be had")
@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["run", "valleys", "--pack"]])
def test_a_full_disk_is_no_bug(tiny: Path, arguments: list[str]) -> None:
    words = arguments if arguments == ["--help"] else [*arguments, tiny]
    with open("/dev/full", "w") as full:
        process = started(*words, stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert len(err.splitlines()) <= 2
    assert "bug" not in err
