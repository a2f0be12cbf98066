"""The menu paints before anything heavy is loaded."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("babel", "numpy", "pydantic", "yaml", "game.engine", "game.packs", "game.campaign")


def loaded_by(code: str) -> set[str]:
    """The heavy modules that a piece of code has loaded, in an interpreter of its own."""
    probe = f"{code}\nimport sys\nprint(' '.join(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_application_loads_none_of_the_heavy_ones() -> None:
    assert loaded_by("import game.tui.app") == set()


def test_the_menu_loads_none_of_the_heavy_ones() -> None:
    assert loaded_by("import game.tui.app, game.tui.screens.menu") == set()


def test_a_kept_desk_is_shown_without_the_model() -> None:
    code = "import game.keeping, game.saves.desks, game.tui.screens.desk"
    assert loaded_by(code) - {"game.campaign", "game.packs"} == set()


def test_the_library_of_this_machine_is_made_without_them() -> None:
    assert loaded_by("from game.tui.app import shipped_library; shipped_library()") == set()
