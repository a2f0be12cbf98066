from __future__ import annotations

from game.packs import find_packs, load_packs, render_text


def test_the_checker_has_nothing_to_say_about_shipped_packs() -> None:
    for folder in find_packs().values():
        loaded = load_packs([folder], use_cache=False)
        assert [render_text(each) for each in loaded.diagnostics] == []
        assert loaded.ok
