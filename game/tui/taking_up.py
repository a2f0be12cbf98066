"""Taking up a pack while it is being written: saved files are checked and played on with.

Texts are shown at once. Rules count from the next year: at once between two years, otherwise when
the year that is open has closed. What does not check clean is told, and the old rules go on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.tui.opener import for_people
from game.tui.practising import show_again
from game.tui.widgets.bar import TopBar
from game.words import said

if TYPE_CHECKING:
    from textual.timer import Timer

    from game.authoring.watching import Watch
    from game.engine import Model
    from game.packs import Diagnostic
    from game.tui.app import GuidingHandApp
    from game.tui.session import Session

POLL = 0.25
"""Seconds between two looks at the files."""
MOST_NAMED = 4


class TakingUp:
    """Watches the packs of the campaign that is being played.

    Args:
        app: the application.
    """

    def __init__(self, app: GuidingHandApp) -> None:
        self._app = app
        self._session: Session | None = None
        self._folders: tuple[Path, ...] = ()
        self._watch: Watch | None = None
        self._timer: Timer | None = None
        self._looking = False
        self._checked: Model | None = None
        """Checked clean, and not yet in the campaign."""
        self._stale = False
        """Other screens lie over the one that should be shown anew."""

    # --- watching -----------------------------------------------------------------------------

    def follow(self, session: Session) -> None:
        """Watch the packs of a campaign from now on."""
        from game.authoring.watching import Watch

        self.stop()
        if not session.practice:
            self._app.tell(said("Changes are taken up in practice campaigns alone."), bad=True)
            return
        folders = session.campaign.model.pack.folders
        watched = _writable(folders)
        if not watched:
            self._app.tell(said("None of its packs can be written to: nothing is watched."))
            return
        self._session, self._folders = session, tuple(folders)
        self._watch = Watch(watched)
        session.after_decision = self._decided
        self._timer = self._app.set_interval(POLL, self._tick)
        names = ", ".join(folder.name for folder in watched)
        self._app.tell(said("Watching {names}: what you save is taken up.", names=names))

    def stop(self) -> None:
        """Watch no more."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._session = self._watch = self._checked = None
        self._stale = False

    def _tick(self) -> None:
        session = self._session
        if session is None or session is not self._app.session:
            self.stop()
            return
        if self._stale:
            self._show()
        if self._checked is not None and not session.busy:
            self._put_in()
        if not self._looking:
            self._looking = True
            self._app.run_worker(self._look, thread=True, group="watch")

    def _look(self) -> None:
        """In a thread: see whether something was saved, and check it."""
        try:
            watch, session = self._watch, self._session
            if watch is not None and session is not None and watch.settled():
                self._check(session)
        finally:
            self._looking = False

    def _check(self, session: Session) -> None:
        from game.engine import compile_model
        from game.saves.renewing import unfit

        call = self._app.call_from_thread
        campaign = session.campaign
        try:
            loaded = self._app.library.again(self._folders)
        except Exception as error:
            if not for_people(error):
                raise
            call(self._refused, session, str(error), said("not readable"))
            return
        if loaded.pack is None:
            errors = [one for one in loaded.diagnostics if one.severity == "error"]
            place = _place(errors[0], self._folders)
            call(self._refused, session, _told(errors, place), place)
            return
        if self._watch is not None:
            self._watch.follow(_writable(loaded.pack.folders))
        trouble = unfit(campaign, loaded.pack)
        if trouble:
            call(self._refused, session, trouble, said("not taken up"))
            return
        if loaded.pack.hashes == campaign.model.pack.hashes:
            call(self._unchanged, session)
            return
        model = compile_model(loaded.pack, campaign.model.scenario.id)
        call(self._clean, session, model)

    # --- what was found -----------------------------------------------------------------------

    def _refused(self, session: Session, trouble: str, note: str) -> None:
        self._checked = None
        self._note(session, f"✗ {note}")
        self._app.tell(said("{trouble}. The old rules go on.", trouble=trouble), bad=True)

    def _unchanged(self, session: Session) -> None:
        mended, self._checked = bool(session.note), None
        self._note(session, "")
        if mended:
            self._app.tell(said("Checked: the rules are again those that are played."))

    def _clean(self, session: Session, model: Model) -> None:
        self._checked = model
        self._note(session, "")
        if session is self._session and not session.busy:
            self._put_in()

    def _put_in(self) -> None:
        """Put in what was checked, if this is the moment; say when it will be."""
        from game.saves.renewing import same_rules, settled

        session, model = self._session, self._checked
        assert session is not None
        assert model is not None
        campaign = session.campaign
        if same_rules(campaign, model.pack):
            self._checked = None
            self._in_thread(session, lambda: self._retold(session, model))
        elif campaign.finished:
            self._checked = None
            self._app.tell(said("The campaign has ended; new rules no longer count in it."))
        elif settled(campaign.position):
            self._checked = None
            self._in_thread(session, lambda: self._renewed(session, model, None), rules=True)
        else:
            year = campaign.year + 2
            if not session.note:
                self._note(session, said("new rules in {year}", year=year))
                told = said(
                    "Checked: the new rules count from {year}, once this year has closed.",
                    year=year,
                )
                self._app.tell(told)

    def _in_thread(
        self, session: Session, work: Callable[[], None], *, rules: bool = False
    ) -> None:
        session.busy = True

        def run() -> None:
            try:
                work()
            finally:
                self._app.call_from_thread(self._over, session, rules=rules)

        self._app.run_worker(run, thread=True, group="decide")

    def _over(self, session: Session, *, rules: bool) -> None:
        session.busy = False
        if session is self._app.session:
            self._show()
            if rules and self._stale:
                # What lies over the desk may offer what there no longer is.
                self._stale = False
                self._app.proceed()
            self._app.tell_lines(session)

    def _show(self) -> None:
        self._stale = not show_again(self._app)

    def _note(self, session: Session, note: str) -> None:
        session.note = note
        for screen in self._app.screen_stack:
            for line in screen.query(TopBar):
                line.refresh()

    # --- in a thread --------------------------------------------------------------------------

    def _retold(self, session: Session, model: Model) -> None:
        from game.campaign.retelling import retold

        session.renew(retold(session.campaign, model))
        session.note = ""
        session.lines.append(said("The new texts are on the screen."))

    def _renewed(self, session: Session, model: Model, until: int | None) -> None:
        """Go on under new rules; where that is not possible, the old ones go on."""
        from game.saves.renewing import renewed, rewritten
        from game.saves.save import SaveFile

        try:
            after = renewed(session.campaign, model, until)
            journal = session.journal
            if isinstance(journal, SaveFile):
                journal = rewritten(journal, after)
        except Exception as error:
            if not for_people(error):
                raise
            trouble = said("The new rules could not be taken up: {error}.", error=error)
            session.lines.append(f"{trouble} " + said("The old ones go on."))
            return
        session.renew(after.campaign, journal)
        session.note = ""
        year = after.campaign.year + 1
        session.lines.append(said("The new rules are in force from {year}.", year=year))
        if after.left_out:
            names = ", ".join(after.left_out[:MOST_NAMED])
            more = len(after.left_out) - MOST_NAMED
            names += said(" and {more} more", more=more) if more > 0 else ""
            session.lines.append(said("No longer there, and left out: {names}.", names=names))

    def _decided(self, session: Session) -> None:
        """A decision was kept: if it closed a year, the new rules come in after that one."""
        from game.saves.renewing import settled

        model, campaign = self._checked, session.campaign
        if model is None or session is not self._session or campaign.finished:
            return
        before = campaign.positions[-2].years
        closed = campaign.position.years[len(before) :]
        if closed:
            self._checked = None
            self._renewed(session, model, closed[0].year)
        elif settled(campaign.position):
            self._checked = None
            self._renewed(session, model, None)


def _writable(folders: Sequence[Path]) -> list[Path]:
    return [folder for folder in folders if os.access(folder, os.W_OK)]


def _place(one: Diagnostic, roots: Sequence[Path]) -> str:
    """The file inside its pack, and the line."""
    file = Path(one.file)
    inside = next((file.relative_to(root) for root in roots if file.is_relative_to(root)), None)
    name = inside.as_posix() if inside is not None and inside.name else file.name
    return f"{name}:{one.line}" if one.line else name


def _told(errors: Sequence[Diagnostic], place: str) -> str:
    """The first error, and how many more there are."""
    first = errors[0]
    line = f"{place}: {first.code} {first.message}"
    more = len(errors) - 1
    return line + (said(" (and {more} more)", more=more) if more else "")
