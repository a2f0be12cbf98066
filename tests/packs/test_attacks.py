"""Each known way to harm whoever opens a pack, and what comes of it: one line that says no."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from game.engine import compile_model
from game.packs import Loaded, load_packs, render_text, to_json
from game.packs.guards import ReadError
from game.packs.po import read_messages
from game.packs.reader import read
from tests.packs import fuzz
from tests.packs.conftest import Load
from tests.packs.factory import TINY, changed, write_files, write_pack


def refused(raw: bytes) -> str:
    """The code with which the reader refuses some bytes."""
    with pytest.raises(ReadError) as refusal:
        read(raw)
    assert refusal.value.found.message.isprintable()
    return refusal.value.found.descriptor.code


def errors(loaded: Loaded) -> set[str]:
    return {one.code for one in loaded.diagnostics if one.severity == "error"}


# YAML


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"[" * 100_000, "GH102"),
        (b"{a: " * 100_000, "GH102"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "GH104"),
        (b"- &a {x: 1}\n- <<: *a\n", "GH104"),
        (b"- <<: {x: 1}\n", "GH105"),
        (b"- {a: 1, a: 2}\n", "GH106"),
        (b"!!float abc", "GH111"),
        (b"!!python/object/apply:os.system [id]", "GH111"),
        (b"!env HOME", "GH111"),
        (b"%TAG ! tag:x,2000:\n---\na: 1\n", "GH112"),
        (b"a: 1\n---\nb: 2\n", "GH107"),
        (b"a: " + b"1" * 30_000, "GH103"),
        (b"a: 0x" + b"f" * 1_000_000, "GH103"),
        (b"- 1\n" * 400_001, "GH103"),
        ("# note\u2028evil: 1\n".encode(), "GH120"),
        ("# note\u0085evil: 1\n".encode(), "GH120"),
        (b"# note\revil: 1\n", "GH120"),
        (b'a: "\\e]0;x\\a"\n', "GH121"),
        (b'a: "\\u202Eevil"\n', "GH121"),
        (b'"\\x1b[2J": 1\n', "GH121"),
        ("a: \u202eevil\n".encode(), "GH121"),
        (b"a: \x1b[2J\n", "GH121"),
        ("a: b".encode("utf-16"), "GH110"),
        (b"\xef\xbb\xbfa: b", "GH110"),
        (b"a: \xed\xa0\x80", "GH110"),
        (b"a: \xc0\xaf", "GH110"),
    ],
)
def test_yaml_that_means_harm_is_refused(raw: bytes, code: str) -> None:
    assert refused(raw) == code


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "on",
        "017",
        "12:30",
        "1:10:10:10",
        "2024-13-45",
        "0x1f",
        "1_000",
        ".inf",
        "1e999",
        "~x",
    ],
)
def test_what_yaml_would_make_something_else_of_stays_text(text: str) -> None:
    assert read(f"a: {text}".encode()) == {"a": text}


# Rules


@pytest.mark.parametrize(
    "rule",
    [
        "9**9**9",
        "1 << 10**9",
        "().__class__.__bases__",
        "__import__('os').system('id')",
        "[x for x in range(10**8)]",
        "lambda: 0",
        "learning.__class__",
        "open('/etc/passwd')",
        "'a' * 10**9",
        "a = 1",
        "1; 2",
        "{}",
        "`id`",
        "\u0661 + 1",
        "l\u0435arning",
        "1e308 * 10",
        "learning / 0",
        "1 / (learning - learning)",
        "(" * 400 + "1" + ")" * 400,
        "-" * 400 + "1",
        " + ".join(["learning"] * 400),
        "not " * 100 + "true",
        "9" * 400,
        "if",
        "\\x1b[2J",
    ],
)
def test_rules_that_mean_harm_are_refused(rule: str, load: Load) -> None:
    entry = {
        "id": "evil", "adds_to": "learning", "rate": rule, "because": ["notes-mills"],
        "grade": "invented", "says": "Evil.",
    }  # fmt: skip
    loaded = load({"rules/evil.yaml": json.dumps([entry])})
    assert errors(loaded)
    assert {one.file.rpartition("/")[2] for one in loaded.diagnostics} == {"evil.yaml"}


# Ids and numbers

RESERVED = ["__class__", "__proto__", "Constructor", "../x", "a b", "", "-", "\u0430bc", "x" * 999]


@pytest.mark.parametrize("name", RESERVED)
@pytest.mark.parametrize("inside", ["rules/all.yaml", "indicators/all.yaml", "events/all.yaml"])
def test_no_id_is_more_than_a_name(name: str, inside: str, load: Load) -> None:
    first = TINY[inside].split("id: ")[1].split(",")[0].split("\n")[0]
    loaded = load({inside: TINY[inside].replace(f"id: {first}", f"id: {json.dumps(name)}", 1)})
    assert not loaded.ok


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bounds: [0, 100], start: 20", "bounds: [-1e308, 1e308], start: 1e308"),
        ("bounds: [0, 100], start: 20", "bounds: [0, 1e999], start: 20"),
        ("bounds: [0, 100], start: 20", "bounds: [100, 0], start: 20"),
        ("bounds: [0, 100], start: 20", "bounds: [0, 100], start: .nan"),
        ("bounds: [0, 100], start: 20", "bounds: [0, 999999999999999999], start: 20"),
    ],
)
def test_numbers_past_all_measure_are_refused(old: str, new: str, load: Load) -> None:
    assert not load(changed("indicators/all.yaml", old, new)).ok


@pytest.mark.parametrize(
    ("inside", "old", "new"),
    [
        ("scenarios/valleys.yaml", "start: 2011", "start: -999999999"),
        ("scenarios/valleys.yaml", "short: '1'}", "short: '1', years: 999999999}"),
        ("scenarios/valleys.yaml", "slots: 3", "slots: 999999999"),
        ("events/all.yaml", "over: 2", "over: 999999999"),
        ("events/all.yaml", "fades: 2", "fades: 999999999"),
        ("events/all.yaml", "cooldown: 2", "cooldown: 999999999999"),
        ("experiments/all.yaml", "worlds: 16", "worlds: 999999999"),
        ("instruments/all.yaml", "ramp: 2", "ramp: 999999999"),
    ],
)
def test_no_number_makes_the_game_work_for_ever(
    inside: str, old: str, new: str, load: Load
) -> None:
    assert "GH207" in errors(load(changed(inside, old, new)))


# Storms

EVENT = (
    "- {{id: e{n}, title: T, chance: 0.5, bulletin: B., because: [notes-rain], grade: invented,\n"
    "  cooldown: 1, effects: [{effects}]}}\n"
)


def _events(count: int, effects: Callable[[int], str]) -> dict[str, str]:
    return {"events/x.yaml": "".join(EVENT.format(n=n, effects=effects(n)) for n in range(count))}


def _schedule(*events: int, years: int = 1) -> str:
    return ", ".join(f"{{schedule: {{event: e{n}, in: {years}}}, says: x}}" for n in events)


@pytest.mark.parametrize(
    "files",
    [
        _events(2, lambda n: _schedule(1 - n)),
        _events(1, lambda n: _schedule(n)),
        _events(30, lambda n: _schedule(*range(30))),
        _events(1, lambda n: ", ".join(["{add: {learning: 1}, says: x}"] * 2_000)),
        _events(1, lambda n: ", ".join(["{add: {learning: 1}, over: 100, fades: 100}"] * 99)),
        _events(1, lambda n: ", ".join([f"{{count: {{f.x{k}: 1}}}}" for k in range(300)])),
    ],
    ids=["pair", "itself", "all-of-all", "effects", "long", "counters"],
)  # fmt: skip
def test_events_that_call_each_other_for_ever_end_with_the_campaign(
    files: dict[str, str], load: Load
) -> None:
    from game.lab import columns_of, ensemble
    from game.lab.running import Job
    from game.packs.schema import PlanEntry

    loaded = load(files)
    assert loaded.pack is not None
    model = compile_model(loaded.pack, "valleys")
    blocks = list(ensemble(model, Job((PlanEntry(),), "nobody", 1), columns_of(model), 2))
    assert len(blocks) > 0


# Files of very many entries


@pytest.mark.parametrize(
    ("text", "code", "more"),
    [
        ("- 1\n" * 50_000, "GH203", "19,950"),
        ("- {}\n" * 5_000, "GH202", "14,950"),
        ("- {id: same}\n" * 5_000, "GH202", "9,950"),
    ],
)
def test_very_many_mistakes_are_fifty_and_a_count(
    text: str, code: str, more: str, load: Load
) -> None:
    loaded = load({"lessons/x.yaml": text})
    assert code in errors(loaded)
    own = [one for one in loaded.diagnostics if one.file.endswith("x.yaml")]
    assert len(own) == 51
    assert f"and {more} more" in " ".join(one.message for one in own)


def test_a_pack_full_of_mistakes_is_not_read_to_its_end(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.packs.diagnostics.ENOUGH_IN_ALL", 100)
    files = {f"lessons/x{n:02}.yaml": "- 1\n" * 60 for n in range(40)}
    loaded = load(files)
    assert {one.file.rpartition("/")[2] for one in loaded.diagnostics} == {"x00.yaml", "x01.yaml"}


def test_very_many_warnings_keep_nothing_from_being_read(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.packs.diagnostics.ENOUGH_IN_ALL", 10)
    lesson = "- {{id: l{n}, title: '[b]x[/b]', text: x, because: [notes-mills]}}\n"
    loaded = load({f"lessons/x{n}.yaml": lesson.format(n=n) for n in range(20)})
    assert loaded.pack is not None
    assert len(loaded.diagnostics) >= 20
    assert len(loaded.pack.lessons) == 21


def test_twenty_thousand_sectors_are_no_hang(load: Load) -> None:
    more = "".join(f"- {{id: s{n}, title: S, short: S}}\n" for n in range(20_000))
    loaded = load({"sectors.yaml": TINY["sectors.yaml"] + more})
    assert loaded.pack is not None
    assert len(loaded.pack.sectors) == 20_002


# What is told is an attack surface too


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_nothing_of_a_pack_reaches_the_terminal_as_it_is(tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\x9b2J\u202e"
    root = write_pack(tmp_path / f"a{evil}", {f"rules/{evil}.yaml": "- 1", "rules/x.yaml": "- 1"})
    (root / "channels.yaml").write_bytes(f"- {{id: x{evil}, title: {evil}}}\n".encode())
    loaded = load_packs([root], use_cache=False)
    assert loaded.diagnostics
    for one in loaded.diagnostics:
        assert all(line.isprintable() for line in render_text(one).split("\n"))
        assert json.dumps(to_json(one)).isascii()


def test_a_very_long_line_is_shown_in_part(load: Load) -> None:
    loaded = load({"lessons/x.yaml": "- {id: a, " + "x" * 60 + ": " + "y" * 15_000 + "}\n"})
    assert (
        max(len(line) for one in loaded.diagnostics for line in render_text(one).split("\n")) < 700
    )


MARKUP = ["[@click=app.quit]x[/]", "[/nope]", "[link=https://x.y]z[/link]", "\\[b]", "[red", "a\\"]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text_like_any_other(text: str, load: Load) -> None:
    entry = [{"id": "a", "title": text, "text": text, "because": ["notes-mills"]}]
    loaded = load({"lessons/x.yaml": json.dumps(entry)})
    assert loaded.pack is not None
    assert loaded.pack.lessons["a"].text == text


# What a pack can reach


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_no_pack_reads_outside_itself(tmp_path: Path) -> None:
    secret = write_files(tmp_path / "home", {"secret.yaml": "- {id: secret, title: s, text: s}\n"})
    for inside in ("lessons/a.yaml", "lessons", "pack.yaml", "sectors.yaml"):
        root = write_pack(tmp_path / inside.replace("/", "-"))
        for one in sorted((root / inside).rglob("*"), reverse=True):
            one.unlink()
        (root / inside).rmdir() if (root / inside).is_dir() else (root / inside).unlink(True)
        target = secret if "." not in inside else secret / "secret.yaml"
        (root / inside).symlink_to(target, target_is_directory=target.is_dir())
        loaded = load_packs([root], use_cache=False)
        assert "GH501" in errors(loaded)
        assert "secret" not in str([to_json(one)["excerpt"] for one in loaded.diagnostics])


def test_loading_writes_nothing_beside_the_cache(tmp_path: Path) -> None:
    root = write_pack(tmp_path / "tiny")
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    load_packs([root])
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
    assert {path.name for path in tmp_path.iterdir()} <= {"tiny", "cache"}


@pytest.mark.parametrize(
    "raw",
    [
        b"- {a: 1, b" + b"9" * 15_000 + b"\n- {",
        b"- {a: 1, b" + b".9" * 7_000 + b"\n- {",
        b"a: {x} " + b"{y} " * 50_000 + b"\n- {",
        b"a: b\n" + b"\n" * 15_000 + b"  c: d",
    ],
    ids=["word", "dots", "braces", "lines"],
)
def test_no_line_is_so_long_that_saying_what_is_wrong_with_it_takes_for_ever(raw: bytes) -> None:
    with fuzz.not_for_ever():
        assert refused(raw)


def test_no_comment_of_a_translation_takes_for_ever() -> None:
    raw = b'#| msgid "' + b'\\"' * 100_000 + b'\nmsgid "a"\nmsgstr "b"\n'
    with fuzz.not_for_ever():
        assert read_messages(raw)[0].told == "b"
