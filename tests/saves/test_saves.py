"""Saves: nothing shown as decided is ever lost, and nothing that was tampered with passes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.campaign import Campaign
from game.campaign.record import imposed, numbers
from game.engine import Model
from game.packs import find_packs, load_packs
from game.saves import (
    ModelChangedError,
    SaveError,
    create,
    list_saves,
    load_model,
    open_save,
    replay,
    safe_name,
    saves_folder,
)
from game.saves.folder import VARIABLE, free_path, path_of
from game.saves.journal import parsed, read, written
from tests.campaign.packs import build, tiny
from tests.campaign.support import bold, careful, play, step
from tests.packs.factory import write_pack

ROOT = Path(__file__).resolve().parents[2]


def load(header: Mapping[str, Any]) -> Model:
    """The tiny pack, whatever the header says."""
    assert header["scenario"] == "valleys"
    return tiny()


def kept(folder: Path, seed: int = 3, until: int = 12, name: str = "one") -> Campaign:
    """A campaign played into a save, as the screens do it."""
    campaign = Campaign.new(tiny(), seed)
    choose = bold(seed)
    with create(campaign, name, folder=folder) as save:
        while not campaign.finished and len(campaign.decisions) < until:
            step(campaign, choose)
            save.append(campaign.decisions[-1], campaign)
    return campaign


@cache
def content() -> bytes:
    """The bytes of a good save."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        kept(Path(folder))
        return (Path(folder) / "one.jsonl").read_bytes()


def test_a_save_opens_where_it_was_left(tmp_path: Path) -> None:
    campaign = kept(tmp_path)
    again, save, notices = open_save(tmp_path / "one.jsonl", load)
    assert notices == ()
    assert again.decisions == campaign.decisions
    assert again.state_digest() == campaign.state_digest()
    assert again.ask == campaign.ask
    play_on = again.fork(len(again.decisions))
    play(play_on, careful)
    before = len(again.decisions)
    again.decide(play_on.decisions[before])
    save.append(again.decisions[-1], again)
    save.close()
    reopened, save, _ = open_save(tmp_path / "one.jsonl", load)
    save.close()
    assert reopened.state_digest() == again.state_digest()


def test_a_campaign_played_for_a_while_can_be_kept_later(tmp_path: Path) -> None:
    campaign = play(Campaign.new(tiny(), 2), bold(2), 10)
    create(campaign, "late", folder=tmp_path).close()
    again, save, _ = open_save(tmp_path / "late.jsonl", load)
    save.close()
    assert again.state_digest() == campaign.state_digest()


def test_each_years_end_stands_in_the_save_by_name(tmp_path: Path) -> None:
    campaign = kept(tmp_path)
    lines = [json.loads(line) for line in content().splitlines()]
    assert lines[0]["guiding_hand"] == 1
    assert lines[0]["packs"]["tiny"]["version"] == "0.1.0"
    years = [line for line in lines if "year" in line]
    assert [line["year"] for line in years] == [year.year for year in campaign.position.years]
    assert "indicator capacity[wool]" in years[0]["state"]["numbers"]


def test_two_processes_do_not_write_one_save(tmp_path: Path) -> None:
    kept(tmp_path)
    _, save, _ = open_save(tmp_path / "one.jsonl", load)
    with pytest.raises(SaveError, match="open in another window"):
        open_save(tmp_path / "one.jsonl", load)
    save.close()
    _, save, _ = open_save(tmp_path / "one.jsonl", load)
    save.close()


def test_a_replay_compares_every_digest(tmp_path: Path) -> None:
    campaign = kept(tmp_path, until=1000)
    report = replay(tmp_path / "one.jsonl", load, ending=True)
    assert report.holds
    assert report.decisions == len(campaign.decisions)
    assert report.digest == campaign.state_digest()
    assert report.ending == campaign.ending().title
    assert json.dumps(report.to_json())


def test_a_line_that_was_edited_is_named(tmp_path: Path) -> None:
    lines = content().decode().splitlines(keepends=True)
    for number in (2, 4, len(lines)):
        edited = list(lines)
        edited[number - 1] = edited[number - 1].replace(":", ": ", 1)
        with pytest.raises(SaveError) as error:
            parsed("".join(edited).encode(), "one.jsonl")
        assert error.value.line == number
        assert f"line {number} " in str(error.value)


def test_a_line_taken_out_or_moved_is_noticed() -> None:
    lines = content().splitlines(keepends=True)
    for changed in (lines[:2] + lines[3:], [lines[0], lines[2], lines[1], *lines[3:]]):
        with pytest.raises(SaveError, match="was changed"):
            parsed(b"".join(changed), "one.jsonl")


def test_a_decision_rewritten_with_its_digests_still_has_to_give_the_same_state(
    tmp_path: Path,
) -> None:
    values = [dict(line.value) for line in parsed(content(), "one").lines]
    header = dict(parsed(content(), "one").header.value)
    at = next(i for i, v in enumerate(values) if v.get("decision", {}).get("kind") == "plan")
    values[at]["decision"] = {**values[at]["decision"], "dossiers": []}
    digest, text = "", ""
    for value in (header, *values):
        line, digest = written(value, digest)
        text += line
    path = tmp_path / "forged.jsonl"
    path.write_text(text, encoding="utf-8")
    report = replay(path, load)
    assert not report.holds
    assert report.line == at + 2
    with pytest.raises(SaveError, match=f"line {at + 2} "):
        open_save(path, load)


def test_a_torn_last_line_is_cut_with_a_notice(tmp_path: Path) -> None:
    kept(tmp_path)
    path = tmp_path / "one.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"n":13,"decision":{"kind":"ans')
    campaign, save, notices = open_save(path, load)
    save.close()
    assert len(campaign.decisions) == 12
    assert "not written to its end" in notices[0]
    assert path.read_bytes() == whole


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_cut_anywhere_a_save_keeps_every_decision_before_the_cut(data: st.DataObject) -> None:
    whole = content()
    cut = data.draw(st.integers(0, len(whole)))
    decisions = [line for line in whole[:cut].split(b"\n")[:-1] if b'"decision"' in line]
    try:
        journal = parsed(whole[:cut], "cut")
    except SaveError:
        assert b"\n" not in whole[:cut]
        return
    assert sum("decision" in line.value for line in journal.lines) == len(decisions)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_one_byte_changed_anywhere_is_never_taken_for_good(data: st.DataObject) -> None:
    whole = bytearray(content())
    at = data.draw(st.integers(0, len(whole) - 1))
    new = data.draw(st.integers(0, 255).filter(lambda one: one != whole[at]))
    whole[at] = new
    try:
        journal = parsed(bytes(whole), "changed")
    except SaveError:
        return
    # Only the very last line end can go, and with it the last line.
    assert at == len(whole) - 1
    assert journal.notices


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_other_file_is_refused_in_one_sentence(garbage: bytes) -> None:
    with pytest.raises(SaveError) as error:
        parsed(garbage, "garbage")
    assert "\n" not in str(error.value)


FOREIGN = {
    "empty": (b"", "is empty"),
    "blank": (b"\n\n", "is empty"),
    "binary": (bytes(range(256)), "not a save"),
    "json": (b'{"a": 1}\n', "not a save"),
    "list": (b"[1]\n", "not a save"),
    "deep": (b"[" * 100_000 + b"\n", "not a save"),
    "text": (b"Dear diary,\n", "not a save"),
    "windows": ("héllo\r\n".encode("utf-16"), "not a save"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_files_are_told_apart(name: str, tmp_path: Path) -> None:
    text, words = FOREIGN[name]
    path = tmp_path / f"{name}.jsonl"
    path.write_bytes(text)
    for act in (lambda: read(path), lambda: open_save(path, load), lambda: replay(path, load)):
        with pytest.raises(SaveError, match=words):
            act()


def test_a_save_of_a_newer_game_says_so() -> None:
    header = dict(parsed(content(), "one").header.value) | {"guiding_hand": 99}
    line, _ = written(header, "")
    with pytest.raises(SaveError, match="newer version"):
        parsed(line.encode(), "new.jsonl")


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(SaveError, match="larger than a save"):
        read(path)


@pytest.mark.skipif(os.name == "nt", reason="pipes are no files there")
def test_a_pipe_or_a_device_does_not_make_the_game_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    for path in (tmp_path / "pipe.jsonl", Path("/dev/zero")):
        with pytest.raises(SaveError, match="is not a file"):
            read(path)


def forged(change: Callable[[list[dict[str, Any]]], object]) -> bytes:
    """A save that says something else, every digest of its text made anew."""
    journal = parsed(content(), "one")
    lines = [json.loads(json.dumps(line.value)) for line in (journal.header, *journal.lines)]
    change(lines)
    digest, text = "", ""
    for value in lines:
        line, digest = written(value, digest)
        text += line
    return text.encode()


def first_year(lines: list[dict[str, Any]]) -> dict[str, Any]:
    state: dict[str, Any] = next(line["state"] for line in lines if "year" in line)
    return state


def test_a_header_that_names_no_pack_is_refused() -> None:
    with pytest.raises(SaveError, match="names no pack"):
        parsed(forged(lambda lines: lines[0]["packs"].clear()), "one")


def test_a_years_numbers_rewritten_with_their_digests_are_compared(tmp_path: Path) -> None:
    def richer(lines: list[dict[str, Any]]) -> None:
        first_year(lines)["numbers"]["indicator learning"] += 1

    path = tmp_path / "rich.jsonl"
    path.write_bytes(forged(richer))
    report = replay(path, load)
    at = next(n for n, line in enumerate(path.read_bytes().splitlines(), 1) if b'{"year"' in line)
    assert (report.holds, report.line) == (False, at)


@pytest.mark.parametrize(
    "change",
    [
        lambda state: state.pop("numbers"),
        lambda state: state["numbers"].update({"indicator learning": "much"}),
        lambda state: state["numbers"].update({"indicator learning": 1e300}),
        lambda state: state["timed"].append(["indicator learning", "much", 2011, 2012, "x y", 1]),
        lambda state: state["timed"].append(["indicator learning", 1, 10**30, 2012, "x y", 1]),
        lambda state: state["queue"].append(["the-list", [], 2012]),
        lambda state: state["queue"].append("the-list"),
    ],
)
def test_a_year_that_records_no_state_is_named(
    tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    def other_rules(lines: list[dict[str, Any]]) -> None:
        lines[0]["packs"]["tiny"]["model"] = "other"
        change(first_year(lines))

    path = tmp_path / "odd.jsonl"
    path.write_bytes(forged(other_rules))
    with pytest.raises(SaveError, match=r"line \d+ of odd.jsonl records no state"):
        open_save(path, load, on_change="recorded")


def test_a_pack_that_is_given_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    tiny_pack = write_pack(tmp_path / "any name")
    header = {"scenario": "valleys", "packs": {"tiny": {}}}
    with pytest.raises(SaveError, match=r"'tiny', which is not here; put it into .*--pack"):
        load_model(header)
    assert load_model(header, [tiny_pack]).scenario.id == "valleys"
    core = shutil.copytree(find_packs()["core"], tmp_path / "my core")
    (core / "scenarios" / "mine.yaml").write_bytes(
        next(core.glob("scenarios/*.yaml")).read_bytes().replace(b"id: ", b"id: my-", 1)
    )
    mine = next(name for name in load_packs([core]).pack.scenarios if name.startswith("my-"))  # type: ignore[union-attr]
    assert load_model({"scenario": mine, "packs": {"core": {}}}, [core]).scenario.id == mine


def test_what_is_not_there_or_a_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="there is no save"):
        read(tmp_path / "none.jsonl")
    with pytest.raises(SaveError, match="is a folder"):
        read(tmp_path)


def test_the_first_form_of_saves_still_loads() -> None:
    path = Path(__file__).parent / "fixtures" / "format-1.jsonl"
    journal = read(path)
    assert journal.header.value["scenario"] == "valleys"
    assert sum("decision" in line.value for line in journal.lines) == 12
    assert sum("year" in line.value for line in journal.lines) > 0


def test_changed_rules_are_named_and_nothing_is_done_before_an_answer(tmp_path: Path) -> None:
    from tests.packs.factory import TINY

    campaign = kept(tmp_path)
    rules = TINY["rules/all.yaml"].replace("rate: 0.1 *", "rate: 0.2 *")

    def other(header: Mapping[str, Any]) -> Model:
        return build({"rules/all.yaml": rules, **extra()})

    before = (tmp_path / "one.jsonl").read_bytes()
    with pytest.raises(ModelChangedError) as error:
        open_save(tmp_path / "one.jsonl", other)
    assert "the model of tiny has changed" in error.value.changes[0]
    again, save, notices = open_save(tmp_path / "one.jsonl", other, on_change="replay")
    save.close()
    assert (tmp_path / "one.jsonl").read_bytes() == before
    assert save.path.name == "one-new.jsonl"
    assert len(again.decisions) <= len(campaign.decisions)
    assert any("stays as it was" in one for one in notices)


def test_one_can_go_on_from_the_recorded_numbers_under_other_rules(tmp_path: Path) -> None:
    from tests.packs.factory import TINY

    campaign = kept(tmp_path)
    rules = TINY["rules/all.yaml"].replace("rate: 0.1 *", "rate: 0.2 *")
    model = build({**extra(), "rules/all.yaml": rules})
    again, save, notices = open_save(tmp_path / "one.jsonl", lambda _: model, on_change="recorded")
    save.close()
    assert again.decisions == campaign.decisions
    assert [one.year for one in again.position.years] == [y.year for y in campaign.position.years]
    for mine, theirs in zip(again.position.years, campaign.position.years, strict=True):
        assert numbers(again.model, mine.end) == numbers(campaign.model, theirs.end)
    assert not any("no longer fits" in one for one in notices)
    reopened, save, _ = open_save(tmp_path / "one-new.jsonl", lambda _: model)
    assert reopened.state_digest() == again.state_digest()
    while not reopened.finished:
        step(reopened, careful)
        save.append(reopened.decisions[-1], reopened)
    save.close()
    assert replay(tmp_path / "one-new.jsonl", lambda _: model).holds


def test_recorded_ids_that_are_gone_are_listed(tmp_path: Path) -> None:
    campaign = Campaign.new(tiny(), 1)
    play(campaign, careful, 8)
    state = campaign.position.years[-1].end
    record = json.loads(json.dumps(numbers(campaign.model, state)))
    record["numbers"]["indicator happiness"] = 1.0
    record["queue"].append(["no-such-event", None, 2020])
    again, dropped = imposed(campaign.model, state, record)
    assert dropped == {"indicator happiness", "event no-such-event"}
    assert numbers(campaign.model, again) == numbers(campaign.model, state)


def extra() -> dict[str, str | None]:
    """What the tests' own tiny pack has besides."""
    from tests.campaign.packs import files

    return files()


def test_saves_are_listed_the_last_played_first(tmp_path: Path) -> None:
    kept(tmp_path, name="first", until=3)
    kept(tmp_path, name="second")
    (tmp_path / "broken.jsonl").write_bytes(b"what?\n")
    (tmp_path / "other.txt").write_bytes(b"what?\n")
    os.utime(tmp_path / "first.jsonl", (1, 1))
    os.utime(tmp_path / "broken.jsonl", (2, 2))
    second, broken, first = list_saves(tmp_path)
    assert (second.name, second.scenario, second.seed) == ("second", "valleys", 3)
    assert second.year is not None
    assert first.year is None
    assert "not a save" in broken.problem
    assert list_saves(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    "name",
    ["", " ", "../up", "a/b", "con", "NUL.jsonl", ".hidden", "a\x1bb", "x" * 99, "end.", "a:b"],
)
def test_names_that_some_system_cannot_keep_are_refused(name: str) -> None:
    with pytest.raises(SaveError):
        safe_name(name)


def test_saves_lie_beside_the_project_in_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(ROOT / "tests")
    assert saves_folder() == ROOT / "saves"
    assert path_of("my game") == ROOT / "saves" / "my game.jsonl"
    monkeypatch.setenv(VARIABLE, "elsewhere")
    assert saves_folder() == Path("elsewhere")


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    assert free_path(tmp_path, "a").name == "a.jsonl"
    (tmp_path / "a.jsonl").touch()
    assert free_path(tmp_path, "a").name == "a-2.jsonl"
    with pytest.raises(SaveError, match="already"):
        create(Campaign.new(tiny(), 1), "a", folder=tmp_path)


PLAYER = """
import sys
from pathlib import Path
from game.campaign import Campaign
from game.campaign.record import imposed, numbers
from game.saves import create
from tests.campaign.packs import tiny
from tests.campaign.support import bold, step
campaign, choose = Campaign.new(tiny(), int(sys.argv[2])), bold(int(sys.argv[2]))
save = create(campaign, "killed", folder=Path(sys.argv[1]))
print("ready", flush=True)
while not campaign.finished:
    step(campaign, choose)
    save.append(campaign.decisions[-1], campaign)
    print(len(campaign.decisions), flush=True)
print("done", flush=True)
sys.stdin.read()
"""


def killed(folder: Path, seed: int, delay: float) -> None:
    """A game killed at some moment keeps every decision that it had told of."""
    process = subprocess.Popen(
        [sys.executable, "-c", PLAYER, str(folder), str(seed)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(delay)
    process.kill()
    told = [line for line in process.communicate()[0].splitlines() if line.isdecimal()]
    campaign, save, notices = open_save(folder / "killed.jsonl", load)
    save.close()
    shown = int(told[-1]) if told else 0
    assert shown <= len(campaign.decisions) <= shown + 1
    assert len(notices) <= 1
    assert replay(folder / "killed.jsonl", load).holds


@pytest.mark.parametrize("kill", range(8))
def test_a_game_that_is_killed_loses_nothing_that_it_showed(kill: int, tmp_path: Path) -> None:
    killed(tmp_path, kill, kill * 0.012)


@pytest.mark.slow
@pytest.mark.parametrize("kill", range(100))
def test_a_game_killed_a_hundred_times_loses_nothing(kill: int, tmp_path: Path) -> None:
    killed(tmp_path, kill, (kill % 50) * 0.003)
