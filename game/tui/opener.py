"""Opening campaigns in a thread, with something to look at meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from game.words import said

if TYPE_CHECKING:
    from game.campaign.kept import KeptDesk
    from game.tui.app import GuidingHandApp
    from game.tui.library import Changed, Library
    from game.tui.screens.desk import DeskScreen
    from game.tui.session import Session

Make = Callable[["Library"], "tuple[Session, tuple[str, ...]]"]
"""Gives a campaign, and what should be said about it. Blocks."""


class Opener:
    """Opens campaigns for the application."""

    def __init__(self, app: GuidingHandApp) -> None:
        self._app = app
        self._known: dict[Path, KeptDesk | None] = {}

    def knows(self, path: Path) -> bool:
        """Whether the desk at which a save stands is known without a replay."""
        self._known[path] = self._app.library.kept_desk(path)
        return self._known[path] is not None

    def open(self, path: Path, changed: Changed) -> None:
        """Open a save: show its desk at once where that is known, else say what takes a moment."""
        if changed == "ask" and (path in self._known or self.knows(path)):
            kept = self._known.pop(path)
            if kept is not None:
                self._show(kept, path)
                return
        self._replay(path, changed, said("Opening the save"))

    def _show(self, kept: KeptDesk, path: Path) -> None:
        """Show the desk as it was kept; once it stands, the save is replayed behind it."""
        from game.tui.screens.desk import DeskScreen

        def stands() -> None:
            if desk is self.waiting_desk:
                self._replay(path, "ask", "")

        self._app.to_menu()
        desk = DeskScreen(kept.ask, kept)
        desk.practice_kept = kept.practice
        self._app.push_screen(desk)
        # Twice: the first refresh lays the desk out, the second has painted it.
        desk.call_after_refresh(desk.call_after_refresh, stands)

    @property
    def waiting_desk(self) -> DeskScreen | None:
        """A desk that is shown while its campaign is being opened."""
        from game.tui.screens.desk import DeskScreen

        stack = self._app.screen_stack
        under = stack[1] if len(stack) > 1 else None
        return under if isinstance(under, DeskScreen) and under.waits else None

    def _replay(self, path: Path, changed: Changed, doing: str) -> None:
        self.make(lambda library: library.resume(path, changed=changed), doing, path)

    def make(self, make: Make, doing: str, path: Path | None = None) -> None:
        """Make a campaign in a thread and show it; `doing` says what takes a moment, if set."""
        work = partial(self._made, make, doing, path)
        self._app.run_worker(work, thread=True, group="open", exclusive=True)

    def _made(self, make: Make, doing: str, path: Path | None) -> None:
        app, worker = self._app, get_current_worker()
        if doing:
            app.call_from_thread(self._show_loading, doing)
        try:
            session, notices = make(app.library)
        except Exception as error:
            if not for_people(error):
                raise
            if not worker.is_cancelled:
                app.call_from_thread(self._failed, error, path)
            return
        finally:
            collect()
        if worker.is_cancelled:
            session.close()
            return
        app.call_from_thread(app.opened, session, notices)

    def _failed(self, error: Exception, path: Path | None) -> None:
        self._stop_loading()
        changes = tuple(str(line) for line in getattr(error, "changes", ()))
        if not changes or path is None:
            self._app.tell(str(error), bad=True)
            return
        from game.tui.screens.changed import ChangedModal

        def answered(how: Changed | None) -> None:
            if how is not None:
                self._app.open_save(path, changed=how)

        self._app.push_screen(ChangedModal(changes), answered)

    def _show_loading(self, doing: str) -> None:
        from game.tui.screens.loading import LoadingModal

        self._app.push_screen(LoadingModal(doing))

    def _stop_loading(self) -> None:
        from game.tui.screens.loading import LoadingModal

        if self.waiting_desk is not None:
            self._app.to_menu()
        if isinstance(self._app.screen, LoadingModal):
            self._app.pop_screen()


def for_people(error: Exception) -> bool:
    """Whether an error was written to be read, and is no bug."""
    from game.tui.faults import SPOKEN

    return isinstance(error, SPOKEN)


def collect() -> None:
    """Look for garbage again, where the start put that off; not among what it made."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
