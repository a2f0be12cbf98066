"""The plan review: the broken promise first, then its causes, then who remembers."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.widgets import OptionList

from game.campaign.records import Cause, Review
from game.campaign.wording import held
from game.tui.names import Names
from game.tui.screens.base import GameScreen
from game.tui.screens.review_rows import ReviewPage
from game.tui.session import ShowReview
from game.tui.text import MUTED, plain, say
from game.tui.widgets.rows import Row, Rows
from game.words import later, said


class ReviewScreen(GameScreen):
    """Looks back on a plan."""

    AT = "review"
    HELP = later(
        "What you promised against what was reported, the broken first; then why, in "
        "rows that add up. Move to a row and press w to open it. r shows every number "
        "that changed, p the passages whose rules mattered most, b forks the campaign to "
        "try something else with the same dice."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,n", "next", later("Go on"), priority=True, key_display="enter"),
        Binding("w", "why", later("Why"), tooltip=later("Open the row under the cursor")),
        Binding(
            "b",
            "fork",
            later("What if"),
            tooltip=later("Fork the campaign at a decision, same dice"),
        ),
        Binding("p", "passages", later("Passages")),
        Binding("r", "results", later("All results")),
        Binding("c", "app.charts", later("Charts"), show=False),
        Binding("escape,q", "back", later("Menu"), show=False, key_display="esc"),
    ]
    CSS = """
    ReviewScreen #page { width: 100; max-width: 100%; height: 1fr; padding: 0 1; }
    ReviewScreen Rows { height: 1fr; }
    """

    def __init__(self, stage: ShowReview) -> None:
        super().__init__()
        self.stage = stage
        self._review: Review | None = None
        self._page: ReviewPage | None = None
        self._results = False
        self._passages = False

    def compose_body(self) -> ComposeResult:
        """One list that scrolls."""
        with Center(), Vertical(id="page"):
            yield Rows(
                [Row("wait", lambda _: plain(said("The books are being added up ..."), MUTED))]
            )

    def on_mount(self) -> None:
        """Count in a thread: the same dice are thrown again without a dossier."""
        self.query_one(Rows).focus()
        self.count()

    @work(thread=True, exclusive=True)
    def count(self) -> None:
        """Ask the campaign for the review."""
        session = self.game.session
        if session is None:
            return
        review = session.campaign.review(self.stage.plan)
        self.app.call_from_thread(self._counted, review)
        if session.campaign.finished:
            # It takes seconds, and comes next.
            session.ending()

    def _counted(self, review: Review) -> None:
        session = self.game.session
        if session is None or not self.is_mounted:
            return
        self._review = review
        self._page = ReviewPage(review, Names(session.campaign))
        self.top.show(
            said(
                "Review of the {title}, {first_year}–{last_year}",
                title=review.title,
                first_year=review.first_year,
                last_year=review.last_year,
            ),
            say(
                (said("capital") + " ", MUTED),
                (f"{held(review.capital_before)} → {held(review.capital_after)}", "bold"),
            ),
        )
        self._show()

    def _show(self) -> None:
        if self._page is None:
            return
        pack = self.game.session.campaign.model.pack if self.game.session else None
        rows = self._page.rows(results=self._results, passages=pack if self._passages else None)
        self.query_one(Rows).show(rows)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_why()

    def action_why(self) -> None:
        """Open the row under the cursor."""
        from game.tui.screens.cause import CauseModal

        if self._page is None or self._review is None:
            return
        found = self._page.behind(self.query_one(Rows).here or "")
        first, last = self._review.first_year, self._review.last_year
        if isinstance(found, Cause):
            if found.opens:
                self.game.why(found.opens, first, last)
            else:
                unit = self._review.why.unit if self._review.why is not None else "ratio"
                self.app.push_screen(CauseModal(found, unit))
        elif isinstance(found, str):
            self.game.why(found, first, last)
        else:
            self.game.tell(said("Move to a promise, a cause or a number, then press w."))

    def action_results(self) -> None:
        """Show or fold every number that changed."""
        self._results = not self._results
        self._show()
        if self._results:
            self._to("head:results")

    def action_passages(self) -> None:
        """Show or fold the passages."""
        self._passages = not self._passages
        self._show()
        if self._passages:
            self._to("head:passages")

    def _to(self, name: str) -> None:
        rows = self.query_one(Rows)
        places = [row.id for row in rows.rows]
        if name in places:
            after = [i for i in range(places.index(name), len(places)) if not rows.rows[i].head]
            if after:
                rows.highlighted = after[0]
            rows.scroll_end(animate=False)

    def action_fork(self) -> None:
        """Choose a decision to go back to."""
        from game.tui.screens.fork import ForkModal

        self.app.push_screen(ForkModal())

    def action_next(self) -> None:
        """Go on to the next plan, or to the ending."""
        self.game.proceed(self.stage)
