from __future__ import annotations

from pathlib import Path

import pytest

from game.checking import check_folder
from game.packs import load_packs
from tests.packs.conftest import Load, codes, one
from tests.packs.factory import TINY, changed, write_addition, write_pack

IDLE = {
    "indicators/sun.yaml": "- {id: sunlight, title: Sun, scope: nation, bounds: [0, 1], start: 1}\n"
}
REASON = "because: Only the events of another pack will move it."


def _manifest(silence: str) -> dict[str, str]:
    return {"pack.yaml": f"{TINY['pack.yaml']}silences:\n  - {{{silence}}}\n"}


def test_a_warning_is_silenced_at_its_entry_and_kept_with_the_reason(load: Load) -> None:
    silence = f"code: GH611, at: indicator/sunlight, {REASON}"
    loaded = load({**IDLE, **_manifest(silence)})
    assert loaded.diagnostics == ()
    (quiet,) = loaded.silenced
    assert (quiet.code, quiet.entry) == ("GH611", "indicator/sunlight")
    assert quiet.silenced == "Only the events of another pack will move it."


def test_a_silence_holds_for_its_own_entry_alone(load: Load) -> None:
    loaded = load({**IDLE, **_manifest(f"code: GH611, at: indicator/learning, {REASON}")})
    assert codes(loaded) == ["GH611", "GH631"]


def test_a_silence_holds_for_its_own_code_alone(load: Load) -> None:
    loaded = load({**IDLE, **_manifest(f"code: GH612, at: indicator/sunlight, {REASON}")})
    assert codes(loaded) == ["GH611", "GH631"]


def test_a_finding_about_a_file_is_silenced_by_the_files_name(load: Load) -> None:
    stray = {"rules/notes.yml": "x"}
    assert codes(load(stray)) == ["GH504"]
    loaded = load({**stray, **_manifest(f"code: GH504, file: rules/notes.yml, {REASON}")})
    assert (loaded.diagnostics, [each.code for each in loaded.silenced]) == ((), ["GH504"])


def test_errors_cannot_be_silenced(load: Load) -> None:
    broken = changed("rules/all.yaml", "because: [notes-rain]", "because: [rain]")
    loaded = load({**broken, **_manifest(f"code: GH211, at: rule/buyers-waver, {REASON}")})
    assert set(codes(loaded)) == {"GH211", "GH632"}
    assert not loaded.ok


def test_a_warning_that_is_an_error_in_core_cannot_be_silenced_there(load: Load) -> None:
    rules = TINY["rules/all.yaml"].replace("because: [notes-mills], grade: invented", "help: x")
    manifest = _manifest(f"code: GH601, at: rule/schools-teach, {REASON}")["pack.yaml"]
    core = {"pack.yaml": manifest.replace("id: tiny", "id: core"), "rules/all.yaml": rules}
    assert not load(core).ok


def test_a_silence_needs_a_written_reason(load: Load) -> None:
    loaded = load(_manifest("code: GH611, at: indicator/sunlight, because: I know."))
    assert one(loaded, "GH207").within == "pack tiny, silence 1, because"


def test_a_silence_names_an_entry_or_a_file(load: Load) -> None:
    assert codes(load(_manifest(f"code: GH611, {REASON}"))) == ["GH219"]


def test_of_a_pack_with_errors_no_silence_is_called_idle(load: Load) -> None:
    broken = changed("rules/all.yaml", "because: [notes-rain]", "because: [rain]")
    loaded = load({**broken, **_manifest(f"code: GH611, at: indicator/sunlight, {REASON}")})
    assert codes(loaded) == ["GH211"]


LATER = {"texts/de.po": 'msgctxt "rule/no-such-rule:says"\nmsgid "Rain."\nmsgstr "Regen."\n'}


def test_what_is_checked_after_loading_is_silenced_by_its_file(tmp_path: Path) -> None:
    silences = "\n".join(
        f"  - {{code: {code}, file: texts/de.po, because: The translator has only just begun.}}"
        for code in ("GH641", "GH644")
    )
    manifest = {"pack.yaml": f"{TINY['pack.yaml']}silences:\n{silences}\n"}
    report = check_folder(write_pack(tmp_path / "tiny", {**LATER, **manifest}))
    assert report.diagnostics == ()
    assert {each.code for each in report.silenced} == {"GH641", "GH644"}


@pytest.mark.parametrize(
    "silence",
    [
        "code: GH643, file: texts/de.po",
        "code: GH664, at: playthrough/nobody-comes",
        "code: GH504, file: tests/old.yml",
    ],
)
def test_a_silence_of_what_is_checked_after_loading_may_be_idle_too(
    tmp_path: Path, silence: str
) -> None:
    folder = write_pack(tmp_path / "tiny", _manifest(f"{silence}, {REASON}"))
    assert load_packs([folder], use_cache=False).diagnostics == ()
    (idle,) = check_folder(folder).diagnostics
    assert (idle.code, idle.within) == ("GH631", "pack tiny, silence 1")


def test_a_pack_cannot_silence_what_is_wrong_in_another(tmp_path: Path) -> None:
    write_pack(tmp_path / "tiny", IDLE)
    extra = f"[tiny]\nsilences: [{{code: GH611, at: indicator/sunlight, {REASON}}}]"
    folder = write_addition(tmp_path, "more", {}, requires=extra)
    assert codes(load_packs([folder], use_cache=False)) == ["GH631", "GH611"]


def test_what_is_silenced_comes_out_of_the_cache_too(tmp_path: Path) -> None:
    silence = f"code: GH611, at: indicator/sunlight, {REASON}"
    folder = write_pack(tmp_path / "tiny", {**IDLE, **_manifest(silence)})
    first, second = load_packs([folder]), load_packs([folder])
    assert first.silenced == second.silenced != ()
    assert first.diagnostics == second.diagnostics == ()
