"""The language of the words on the command line: the option, then the setting, then the system."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from game.cli import main
from game.packs import find_packs
from game.words import language, speak
from tests.packs.factory import write_pack


@pytest.fixture(autouse=True)
def _english_after() -> Iterator[None]:
    yield
    speak("en")


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "settings.json"
    monkeypatch.setattr("game.tui.settings.settings_file", lambda: path)
    return path


def play(*arguments: str) -> Result:
    # Without a terminal the game does not open; the language is in force by then.
    return CliRunner().invoke(main, ["play", *arguments])


def test_english_is_spoken_where_nothing_is_asked_for() -> None:
    assert play().exit_code == 2
    assert language() == "en"


def test_the_option_chooses() -> None:
    play("--language", "zh_CN")
    assert language() == "zh_CN"


def test_a_language_of_another_country_is_taken_for_the_one_that_is_spoken() -> None:
    play("--language", "zh")
    assert language() == "zh_CN"


def test_the_setting_chooses_where_there_is_no_option(settings: Path) -> None:
    settings.write_text(json.dumps({"language": "zh_CN"}), encoding="utf-8")
    play()
    assert language() == "zh_CN"
    play("--language", "en")
    assert language() == "en"


def test_the_environment_chooses_where_nothing_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    play()
    assert language() == "zh_CN"


def test_a_setting_that_no_longer_holds_is_passed_over(settings: Path) -> None:
    settings.write_text(json.dumps({"language": "xx_nonsense"}), encoding="utf-8")
    play()
    assert language() == "en"


@pytest.mark.parametrize("name", ["zh-cn", "", "../../etc", "chinese"])
def test_what_is_no_language_is_refused_in_one_line(name: str) -> None:
    done = play("--language", name)
    assert done.exit_code == 2
    assert "is no language" in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_a_language_that_nothing_is_told_in_is_refused_with_those_that_there_are() -> None:
    done = play("--language", "xx")
    assert done.exit_code == 2
    assert "nothing is told in xx; there is en, zh_CN" in done.output
    assert language() == "en"


def test_a_language_of_the_pack_that_is_given_is_taken(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "tiny", {"texts/xx.po": 'msgid ""\nmsgstr ""\n'})
    done = play("--language", "xx", "--pack", str(pack))
    assert "nothing is told in" not in done.output
    assert language() == "xx"


def test_other_commands_speak_english_whatever_the_system_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    done = CliRunner().invoke(main, ["check", str(find_packs()["core"])])
    assert language() == "en"
    assert "error" in done.output.splitlines()[-1]
