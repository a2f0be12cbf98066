"""A saved file is noticed once."""

from __future__ import annotations

from pathlib import Path

from game.authoring.watching import Watch


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
