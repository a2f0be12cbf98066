from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from game.campaign import Campaign
from game.campaign import decisions as d
from game.campaign import records as r
from game.engine import compile_model
from game.packs import load_pack
from game.saves import create
from tests.cli.conftest import Run, refused


def answer(campaign: Campaign) -> Any:
    """The plainest decision that can be taken."""
    match campaign.ask:
        case r.OpeningAsk() as ask:
            return d.Begin(ask.aims[0][0] if ask.aims else None)
        case r.DraftAsk():
            draft = campaign.draft()
            return d.Plan(draft.dossiers, draft.amounts)
        case r.Card() as ask:
            return d.Answer(next(one.id for one in ask.options if one.default))
        case r.VisitAsk():
            return d.Visit(None)
        case r.MidTermAsk():
            return d.MidTerm()
        case _:
            return d.Count(push=False)


def played(folder: Path, name: str, tiny: Path, most: int) -> Path:
    """A save of the two valleys after some decisions."""
    campaign = Campaign.new(compile_model(load_pack(tiny, use_cache=False), "valleys"), 3)
    with create(campaign, name, folder=folder) as save:
        while not campaign.finished and len(campaign.decisions) < most:
            decision = answer(campaign)
            campaign.decide(decision)
            save.append(decision, campaign)
        return save.path


@pytest.fixture
def done(tmp_path: Path, tiny: Path) -> Path:
    return played(tmp_path / "saves", "done", tiny, 10_000)


def test_why_gives_rows_that_add_up_to_the_last_bit(run: Run, tiny: Path, done: Path) -> None:
    for name in ("learning", "capacity[wool]", "gdp", "political_capital"):
        result = run("why", done, name, 2013, "--json", "--pack", tiny)
        assert result.exit_code == 0, result.output
        told = json.loads(result.stdout)
        total = told["start"]
        for row in told["rows"]:
            total += row["amount"]
        assert total == told["end"]
        assert (told["indicator"], told["year"]) == (name, 2013)


def test_why_in_words_names_rule_grade_and_passage(run: Run, tiny: Path, done: Path) -> None:
    result = run("why", "done", "learning", 2012, "--pack", tiny)
    assert "Schools teach." in result.stdout
    assert "[rule schools-teach] invented notes-mills" in result.stdout
    assert "at the end of 2011" in result.stdout.splitlines()[1]
    assert "at the end of 2012" in result.stdout.splitlines()[-1]


def test_why_refuses_an_unfinished_save_unless_the_books_are_opened(
    run: Run, tiny: Path, tmp_path: Path
) -> None:
    save = played(tmp_path / "saves", "half", tiny, 5)
    refused(run("why", save, "gdp", 2011, "--pack", tiny), "not finished", "--open-books")
    assert run("why", save, "gdp", 2011, "--open-books", "--pack", tiny).exit_code == 0


def test_why_names_what_is_not_there(run: Run, tiny: Path, done: Path) -> None:
    def why(name: str, year: int) -> Any:
        return run("why", done, name, year, "--pack", tiny)

    refused(why("gpd", 2012), "did you mean gdp?")
    refused(why("capacity", 2012), "say which sector: capacity[wool]")
    refused(why("capacity[wol]", 2012), "did you mean wool?")
    refused(why("gdp[wool]", 2012), "gdp is national")
    refused(why("gdp", 2010), "the years are 2011 to 2020")
    refused(run("why", done, "gdp", "soon"), "YEAR")


def test_a_replay_gives_the_outcome(run: Run, tiny: Path, done: Path) -> None:
    result = run("replay", done, "--pack", tiny)
    assert result.exit_code == 0, result.output
    assert "valleys, seed 3" in result.stdout
    assert "every line gives what it gave" in result.stdout
    told = json.loads(run("replay", "done", "--pack", tiny, "--json").stdout)
    assert told["holds"] is True
    assert told["finished"] is True


def test_an_edited_line_is_named_with_status_1(run: Run, tiny: Path, done: Path) -> None:
    lines = done.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b'"n":2', b'"n":3')
    done.write_bytes(b"\n".join(lines))
    result = run("replay", done, "--pack", tiny)
    assert result.exit_code == 1
    assert "line 3" in result.stdout


def test_what_is_no_save_is_refused(run: Run, tiny: Path, tmp_path: Path, done: Path) -> None:
    refused(run("replay", "don"), "no save don; did you mean done?")
    refused(run("replay", tmp_path / "gone.jsonl"), "gone.jsonl")
    refused(run("replay", tmp_path), "is a folder")
    refused(run("replay", tiny / "pack.yaml"), "pack.yaml")
    refused(run("replay", done), "--pack")


def test_resume_goes_on_with_the_newest_save(
    run: Run, tiny: Path, done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from game import cli

    opened: list[dict[str, Any]] = []
    monkeypatch.setattr(cli, "_open_game", lambda **where: opened.append(where))
    assert run("resume", "--pack", tiny).exit_code == 0
    assert opened == [{"resume": done, "pack": tiny}]
    refused(run("resume", "nothing"), "no save nothing")


def test_without_a_save_resume_says_how_to_begin(run: Run) -> None:
    refused(run("resume"), "there is no save yet", "guiding-hand play")


@pytest.mark.parametrize("name", ["", "a\x1b]0;x\x07b", "../", "con", "x" * 99])
def test_a_name_that_no_save_can_have_is_refused(run: Run, name: str) -> None:
    for command in (["resume", name], ["replay", name], ["why", name, "gdp", 2011]):
        result = run(*command)
        refused(result)
        assert "\x1b" not in result.stderr


def test_a_pack_of_another_folder_serves_a_save(
    run: Run, tiny: Path, tmp_path: Path, done: Path
) -> None:
    moved = tiny.rename(tmp_path / "moved")
    assert run("replay", done, "--pack", moved).exit_code == 0
    assert run("why", done, "gdp", 2013, "--pack", moved).exit_code == 0
