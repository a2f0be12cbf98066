"""Opening the game in the terminal that this process has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.tui.app import GuidingHandApp, shipped_library

if TYPE_CHECKING:
    from game.tui.library import Library
    from game.tui.session import Session


def run(
    scenario: str | None = None,
    seed: int | None = None,
    pack: Path | None = None,
    resume: Path | str | None = None,
    *,
    practice: bool = False,
    watch: bool = False,
    choose: tuple[str, ...] | None = None,
) -> None:
    """Open the game: at the menu, in a new campaign, or where a save stands.

    Args:
        scenario: the id of the scenario to begin.
        seed: the seed of the new campaign; drawn where it is not given.
        pack: a pack's folder to play with besides the shipped ones.
        resume: a save's path or name.
        practice: whether campaigns that are begun are for practice.
        choose: open the list of scenarios, with the cursor on the first of these.
        watch: whether to play on with the packs as their files are saved; for practice alone.

    Raises:
        Exception: a bug ended the game; the terminal has been put back in order.
    """
    packs = () if pack is None else (Path(pack),)
    open_at: Callable[[Library], Session] | None = None
    if resume is None and scenario is not None:
        chosen = scenario

        def begin(library: Library) -> Session:
            return library.begin(chosen, seed)

        open_at = begin
    kept = None if resume is None else Path(resume)
    practice = practice or watch
    app = GuidingHandApp(
        lambda: shipped_library(packs, practice=practice),
        open_at,
        resume=kept,
        choose=choose,
        watch=watch,
    )
    app.run()
    if app.fault is not None:
        raise app.fault
