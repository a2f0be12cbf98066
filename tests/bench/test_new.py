"""`pack new`: what it writes works at once, and it overwrites nothing."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from game.authoring.beginning import TEMPLATES, checked, proposal
from game.campaign import Campaign
from game.cli import main
from game.engine import compile_model
from game.packs import cache, load_packs
from game.saves.renewing import by_default


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all of these tests: each loads core."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _own_cache(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "folder", lambda: kept)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture(params=[(), ("--alone",)], ids=["standing on core", "alone"])
def begun(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    result = run("pack", "new", "sea-cables", "--into", tmp_path, *request.param)
    assert result.exit_code == 0, result.output
    return tmp_path / "sea-cables"


def test_it_checks_clean(begun: Path) -> None:
    result = run("check", begun)
    assert result.exit_code == 0
    assert "0 errors, 0 warnings" in result.output


def test_its_experiment_and_its_playthrough_hold(begun: Path) -> None:
    result = run("pack", "test", begun)
    assert result.exit_code == 0, result.output
    assert "one experiment, one playthrough, all hold" in result.output


@pytest.mark.slow
def test_it_runs_without_a_screen(begun: Path) -> None:
    result = run("run", "sea-cables", "--pack", begun, "--worlds", "4")
    assert result.exit_code == 0, result.output


def test_it_plays_to_its_end_by_the_default_answers(begun: Path) -> None:
    pack = load_packs([begun]).pack
    assert pack is not None
    campaign = Campaign.new(compile_model(pack, "sea-cables"), 1)
    for _ in range(100):
        if campaign.finished:
            break
        campaign.decide(by_default(campaign))
    assert campaign.finished
    assert campaign.ending().id in pack.endings


def test_every_name_in_it_is_its_own(begun: Path) -> None:
    for path in begun.rglob("*"):
        assert "my-pack" not in path.name
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not any(one in text for one in ("my-pack", "my_pack", "My pack"))
    manifest = (begun / "pack.yaml").read_text(encoding="utf-8")
    assert "id: sea-cables\ntitle: Sea cables\n" in manifest


def test_every_file_says_what_it_is_for_and_what_to_try(begun: Path) -> None:
    for path in begun.rglob("*.yaml"):
        head = path.read_text(encoding="utf-8").split("\nid:")[0]
        assert head.startswith("# "), path.name
        assert "# Try next: " in head, path.name


def test_the_commands_that_it_prints_are_good(tmp_path: Path) -> None:
    result = run("pack", "new", "sea-cables", "--into", tmp_path / "two words")
    lines = result.output.splitlines()
    commands = [shlex.split(line)[1:] for line in lines if line.startswith("  guiding-hand ")]
    folder = str(tmp_path / "two words/sea-cables")
    assert commands == [
        ["check", folder],
        ["play", "sea-cables", "--pack", folder],
        ["pack", "test", folder],
    ]
    assert (Path(folder) / "pack.yaml").is_file()


def test_two_new_packs_on_core_go_together(tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("pack", "new", name, "--into", tmp_path)
    loaded = load_packs([tmp_path / "one", tmp_path / "two"])
    assert loaded.diagnostics == ()


def test_a_folder_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("keep", encoding="utf-8")
    result = run("pack", "new", "mine", "--into", tmp_path)
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "notes.txt"]


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("My Pack", "my-pack"),
        ("sea_cables", "sea-cables"),
        ("2nd", "pack-2nd"),
        ("--into", "into"),
        ("../evil", "evil"),
        ("a--b-", "a-b"),
        ("Übung", "ubung"),
        ("", "my-pack"),
        ("x" * 60, "x" * 40),
        ("core", "my-core"),
        ("con", "my-con"),
    ],
)
def test_a_bad_name_is_refused_and_a_good_one_proposed(
    tmp_path: Path, name: str, proposed: str
) -> None:
    result = run("pack", "new", "--into", tmp_path, "--", name)
    assert result.exit_code == 2
    assert f"how about {proposed}?" in result.stderr
    assert list(tmp_path.iterdir()) == []
    if name not in ("core", "con"):
        assert checked(proposal(name)) == proposal(name)


def test_a_place_that_is_a_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("pack", "new", "mine", "--into", tmp_path / "file")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_the_templates_are_yaml_that_works_as_it_lies_there() -> None:
    for name in ("standing", "alone"):
        assert load_packs([TEMPLATES / name]).diagnostics == ()


def test_its_card_comes_in_most_worlds(tmp_path: Path) -> None:
    assert run("pack", "new", "bay", "--alone", "--into", tmp_path).exit_code == 0
    told = json.loads(run("pack", "coverage", tmp_path / "bay", "--json").stdout)
    (card,) = [one for one in told["events"] if one["id"] == "the-last-shoal"]
    assert card["share"] > 0.6
