"""A saved file is noticed once."""

from __future__ import annotations

from pathlib import Path
from threading import Timer

from game.authoring.watching import SETTLED, Watch, turn, unlooked
from game.packs import Diagnostic
from game.packs.diagnostics import Severity


def test_a_file_that_comes_changes_and_goes_is_named_each_time(tmp_path: Path) -> None:
    watch = Watch([tmp_path])
    assert watch.changed() == ()
    file = tmp_path / "events" / "rain.yaml"
    file.parent.mkdir()
    file.write_text("- id: rain\n")
    assert watch.changed() == (file,)
    assert watch.changed() == ()
    file.write_text("- id: rains\n")
    assert watch.changed() == (file,)
    file.unlink()
    assert watch.changed() == (file,)


def test_a_file_put_in_the_place_of_another_is_a_change(tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    file.write_text("id: one\n")
    watch = Watch([tmp_path])
    draft = tmp_path / "pack.tmp"
    draft.write_text("id: two\n")
    draft.replace(file)
    assert watch.changed() == (file,)


def test_a_file_that_is_emptied_and_then_written_is_seen_whole(tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    file.write_text("id: one\n")
    watch = Watch([tmp_path])
    file.write_text("")
    writer = Timer(SETTLED / 2, file.write_text, ["id: two\n"])
    writer.start()
    assert watch.settled() == (file,)
    assert file.read_text() == "id: two\n"
    writer.join()
    assert watch.settled() == ()


def test_folders_that_are_added_are_watched_and_do_not_count_as_changed(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "more" / "b.yaml"
    second.parent.mkdir()
    second.write_text("x: 1\n")
    watch = Watch([first])
    watch.follow([first, second.parent])
    assert watch.changed() == ()
    second.write_text("x: 12\n")
    assert watch.changed() == (second,)


def test_hidden_folders_and_what_editors_leave_behind_are_not_looked_at(tmp_path: Path) -> None:
    watch = Watch([tmp_path])
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.yaml").write_text("")
    (tmp_path / "events.yaml~").write_text("")
    (tmp_path / ".events.yaml.swp").write_text("")
    assert watch.changed() == ()


def test_what_only_moved_is_neither_new_nor_gone() -> None:
    def told(line: int, message: str) -> Diagnostic:
        return Diagnostic("GH211", "error", "a.yaml", line, 1, 2, (), message, entry="event/rain")

    before = [told(3, "one"), told(4, "two"), told(5, "two")]
    found = turn(before, [told(13, "one"), told(14, "two"), told(15, "three")])
    assert [one.message for one in found.new] == ["three"]
    assert [(one.line, one.message) for one in found.gone] == [(5, "two")]


def test_what_was_not_looked_at_is_not_gone() -> None:
    root = Path("pack")

    def told(file: str, severity: Severity = "warning") -> Diagnostic:
        return Diagnostic("GH211", severity, str(root / file), 1, 1, 2, (), "x")

    before = [told("pack.yaml"), told("events/a.yaml"), told("tests/t.yaml"), told("texts/de.po")]
    assert unlooked(before, [told("events/a.yaml", "error")], root) == tuple(before[2:])
    assert unlooked(before, [told("pack.yaml", "error")], root) == tuple(before[1:])
    assert unlooked(before, [told("tests/t.yaml", "error")], root) == ()
    assert unlooked(before, [told("events/a.yaml")], root) == ()
