"""From what a campaign waits for to the screen that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import ModalScreen, Screen

from game.campaign.records import (
    Card,
    CountAsk,
    DraftAsk,
    EndedAsk,
    MidTermAsk,
    OpeningAsk,
    VisitAsk,
)
from game.tui.session import Session, ShowReview, ShowYears, Stage

if TYPE_CHECKING:
    from game.tui.app import GuidingHandApp


def show_stage(app: GuidingHandApp, session: Session) -> None:
    """Put the screen of the present stage over the menu, in place of the one before."""
    stage = session.stage()
    question = _question(stage)
    # What was said belongs to the screen before.
    app.clear_notifications()
    while len(app.screen_stack) > 2:
        app.pop_screen()
    if question is None:
        _place(app, _page(stage))
        return
    from game.tui.screens.year import YearScreen

    under = app.screen_stack[1] if len(app.screen_stack) > 1 else None
    if not isinstance(under, YearScreen):
        _place(app, YearScreen(None))
    app.push_screen(question)


def _place(app: GuidingHandApp, screen: Screen[None]) -> None:
    if len(app.screen_stack) > 1:
        app.switch_screen(screen)
    else:
        app.push_screen(screen)


def _page(stage: Stage) -> Screen[None]:
    """The whole screen of a stage that is no question over the year."""
    match stage:
        case ShowYears():
            from game.tui.screens.year import YearScreen

            return YearScreen(stage)
        case ShowReview():
            from game.tui.screens.review import ReviewScreen

            return ReviewScreen(stage)
        case OpeningAsk():
            from game.tui.screens.opening import OpeningScreen

            return OpeningScreen(stage)
        case DraftAsk():
            from game.tui.screens.desk import DeskScreen

            return DeskScreen(stage)
        case EndedAsk():
            from game.tui.screens.ending import EndingScreen

            return EndingScreen()
        case _:
            raise TypeError(f"no screen for {type(stage).__name__}")


def _question(stage: Stage) -> ModalScreen[None] | None:
    """The card that stands over the year, for a stage that asks."""
    match stage:
        case Card():
            from game.tui.screens.card import CardModal

            return CardModal(stage)
        case VisitAsk():
            from game.tui.screens.visit import VisitModal

            return VisitModal(stage)
        case MidTermAsk():
            from game.tui.screens.midterm import MidTermModal

            return MidTermModal(stage)
        case CountAsk():
            from game.tui.screens.count import CountModal

            return CountModal(stage)
        case _:
            return None
