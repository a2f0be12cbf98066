"""What practice campaigns offer besides: the event inspector, and what is done by hand in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from game.campaign.decisions import Step
from game.campaign.records import DraftAsk
from game.tui.opener import for_people
from game.words import said

if TYPE_CHECKING:
    from game.campaign.decisions import Expire, Trigger
    from game.tui.app import GuidingHandApp
    from game.tui.screens.inspector import View
    from game.tui.session import Session

Done = Callable[[str], None]
"""Told what the trouble is, or nothing."""


def open_inspector(app: GuidingHandApp) -> None:
    """Open the event inspector, or say why it stays shut."""
    session = app.session
    if session is None:
        return
    if not (session.practice or session.campaign.finished):
        app.tell(
            said(
                "The inspector shows true numbers and the dice, so it opens in practice campaigns:"
                " press p in the list of scenarios, or start the game with play SCENARIO"
                " --practice. Here it opens once the campaign has ended."
            ),
            bad=True,
        )
        return
    show_inspector(app, None)


def show_inspector(app: GuidingHandApp, view: View | None) -> None:
    """Put the inspector over whatever is shown, as it was looked at before."""
    from game.tui.screens.inspector import InspectorScreen

    if not any(isinstance(screen, InspectorScreen) for screen in app.screen_stack):
        app.push_screen(InspectorScreen(view))


def show_again(app: GuidingHandApp) -> bool:
    """Show the present stage anew, with the inspector over it if it was; whether it could be."""
    from game.tui.screens.inspector import InspectorScreen

    top = app.screen
    if isinstance(top, InspectorScreen):
        view = top.view
        app.proceed()
        show_inspector(app, view)
        return True
    if len(app.screen_stack) > (3 if _asks(app) else 2):
        return False
    app.proceed()
    return True


def _asks(app: GuidingHandApp) -> bool:
    """Whether the screen on top is a question of the year under it."""
    from game.tui.screens.base import GameModal
    from game.tui.screens.card import CardModal
    from game.tui.screens.count import CountModal
    from game.tui.screens.midterm import MidTermModal
    from game.tui.screens.visit import VisitModal

    questions: tuple[type[GameModal[None]], ...] = (CardModal, CountModal, MidTermModal, VisitModal)
    return isinstance(app.screen, questions)


def do_by_hand(app: GuidingHandApp, decision: Trigger | Expire | Step, done: Done) -> None:
    """Trigger, expire or step, in a thread; `done` hears of trouble."""
    session = app.session
    if session is None or session.busy:
        return
    session.busy = True
    work = partial(_done_by_hand, app, session, decision, done)
    app.run_worker(work, thread=True, group="decide")


def _done_by_hand(
    app: GuidingHandApp, session: Session, decision: Trigger | Expire | Step, done: Done
) -> None:
    trouble = ""
    try:
        if isinstance(decision, Step):
            step(session)
        else:
            session.decide(decision)
    except Exception as error:
        if not for_people(error):
            raise
        trouble = str(error)
    app.call_from_thread(_over, app, session, done, trouble)


def _over(app: GuidingHandApp, session: Session, done: Done, trouble: str) -> None:
    session.busy = False
    if session is app.session:
        done(trouble)


def step(session: Session) -> None:
    """On to the end of a year; a desk is locked as it stands.

    Raises:
        DecisionError: the desk cannot be locked, or the campaign has ended.
        SaveError: it could not be kept.
    """
    closed = len(session.campaign.position.years)
    if isinstance(session.ask, DraftAsk):
        promises = tuple(session.promises.values())
        session.decide(session.draft.plan(promises, session.sentence))
    if len(session.campaign.position.years) == closed:
        session.decide(Step())
    session.read_all_but(len(session.campaign.position.years) - closed)
