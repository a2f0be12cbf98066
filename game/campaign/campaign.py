"""A campaign: decisions in, history out. What it waits for, what it answers, what it remembers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from game.campaign import clocks as clock_room
from game.campaign.bulletin import headline
from game.campaign.decisions import Decision, Plan
from game.campaign.draft import Draft
from game.campaign.forms import DecisionError
from game.campaign.opening import opened
from game.campaign.play import decided
from game.campaign.position import Position
from game.campaign.promises import measures
from game.campaign.record import digest
from game.campaign.records import (
    Ask,
    Clock,
    Ending,
    Explanation,
    Person,
    Pledge,
    Reading,
    Revealed,
    Review,
    YearReport,
)
from game.campaign.sight import describe, reading
from game.campaign.table import Game
from game.words import said

if TYPE_CHECKING:
    from game.campaign.forecast import Forecaster
    from game.engine import Model


class Campaign:
    """A campaign being played.

    Every position it has been in is kept, so that it can be forked at any decision.

    Attributes:
        game: the scenario, the seed and the dice.
        positions: where it stood before each decision, and where it stands.
        decisions: what was decided.
    """

    def __init__(
        self, game: Game, positions: Iterable[Position], decisions: Iterable[Decision] = ()
    ) -> None:
        self.game = game
        self.positions = list(positions)
        self.decisions: tuple[Decision, ...] = tuple(decisions)
        self._forecaster: tuple[Position, Forecaster] | None = None
        self._reviews: dict[tuple[int, bool], Review] = {}

    @classmethod
    def new(cls, model: Model, seed: int, *, practice: bool = False) -> Campaign:
        """A campaign that has just been opened; a practice campaign stays one, and its forks."""
        game = Game(model, seed, practice=practice)
        return cls(game, (opened(game),))

    # --- where it stands --------------------------------------------------------------------

    @property
    def position(self) -> Position:
        """Where it stands."""
        return self.positions[-1]

    @property
    def model(self) -> Model:
        """The compiled scenario."""
        return self.game.model

    @property
    def seed(self) -> int:
        """The seed of its dice."""
        return self.game.seed

    @property
    def practice(self) -> bool:
        """Whether it is played to try things out; it can never become a real one."""
        return self.game.practice

    @property
    def ask(self) -> Ask:
        """What it waits for."""
        return self.position.ask

    @property
    def finished(self) -> bool:
        """Whether nothing more is asked."""
        return self.position.stage == "ended"

    @property
    def year(self) -> int:
        """The last completed year."""
        return self.position.state.year

    @property
    def plan(self) -> int:
        """The plan being drafted or carried out, counted from 0; at the end the last."""
        terms = len(self.position.terms)
        if self.position.stage in ("opening", "draft"):
            return terms
        return max(0, terms - 1)

    @property
    def reports(self) -> list[YearReport]:
        """The years so far."""
        return list(self.position.reports)

    @property
    def capital(self) -> float:
        """Political capital, with what is due; in a year, what its answers can be paid with."""
        running = self.position.running
        if running is None:
            return self.game.capital(self.position)
        return max(0.0, self.game.at_hand(self.position) - running.spent_capital)

    @property
    def persons(self) -> tuple[Person, ...]:
        """Who holds the offices."""
        return self.game.people(self.position)

    @property
    def pledges(self) -> tuple[Pledge, ...]:
        """Pledges that bind."""
        running = self.position.running
        signed = running.signed if running is not None else ()
        return (*self.position.pledges, *signed)

    # --- going on ---------------------------------------------------------------------------

    def decide(self, decision: Decision) -> tuple[YearReport, ...]:
        """Answer what is asked; the years completed on the way to the next question.

        Raises:
            DecisionError: it does not fit what is asked; nothing has changed.
        """
        before = len(self.position.reports)
        if isinstance(decision, Plan):
            self._check_stakes(decision)
        after = decided(self.game, self.position, decision, len(self.decisions))
        self.positions.append(after)
        self.decisions = (*self.decisions, decision)
        return after.reports[before:]

    def _check_stakes(self, plan: Plan) -> None:
        """A promise asks for more than would happen if nothing changed.

        Raises:
            DecisionError: one of them does not.
        """
        known = {measure for measure, _, _, _ in self.measures()}
        for promise in plan.promises:
            if self.position.desk is not None and not promise.mandate and promise.measure in known:
                stake = self.forecaster().stake(None, promise)
                if not stake.beats:
                    raise DecisionError(f"{stake.title}: {stake.says}")

    def forecaster(self) -> Forecaster:
        """The ministry's forecast from here."""
        if self._forecaster is None or self._forecaster[0] is not self.position:
            from game.campaign.forecast import Forecaster

            self._forecaster = (self.position, Forecaster(self))
        return self._forecaster[1]

    def fork(self, at: int) -> Campaign:
        """The same campaign before decision number `at`, with the same dice.

        Raises:
            IndexError: there is no such decision.
        """
        if not 0 <= at <= len(self.decisions):
            raise IndexError(
                said(
                    "there are {count} decisions; {at} is not one", count=len(self.decisions), at=at
                )
            )
        return Campaign(self.game, self.positions[: at + 1], self.decisions[:at])

    def draft(self) -> Draft:
        """The desk as it opens.

        Raises:
            DecisionError: no plan is asked for now.
        """
        desk = self.position.desk
        if desk is None:
            raise DecisionError(said("no plan is to be drafted now"))
        return Draft.opening(desk)

    # --- what can be seen -------------------------------------------------------------------

    def measures(self) -> tuple[tuple[str, str, str, str], ...]:
        """What can be promised: expression, title, unit, and which way is good."""
        return measures(self.model)

    def describe(self, expression: str) -> tuple[str, str]:
        """Title and unit of an expression."""
        title, unit, _ = describe(self.model, expression)
        return title, unit

    def opened(self, expression: str) -> bool:
        """Whether the true number has been seen this year, or all books are open."""
        return self.finished or (expression, self.year) in self.position.opened

    def readings(self, expressions: Iterable[str]) -> tuple[Reading, ...]:
        """Numbers as they are reported."""
        sight = self.game.now(self.position)
        years = self.position.years
        before = self.game.sight(years[-1].start) if years else None
        return tuple(reading(one, sight, before, opened=self.opened(one)) for one in expressions)

    def headline(self) -> tuple[Reading, ...]:
        """The numbers that open a bulletin."""
        position = self.position
        years = position.years
        before = self.game.sight(years[-1].start) if years else None
        promised = [p.measure for p in position.term.promises] if position.terms else []
        seen = frozenset(text for text, year in position.opened if year == self.year)
        return headline(self.game.now(position), before, promised, seen)

    def clocks(self) -> tuple[Clock, ...]:
        """The three clocks nearest to striking."""
        years = self.position.years
        before = self.game.sight(years[-1].start) if years else None
        return clock_room.clocks(self.game.now(self.position), before)

    def series(self, expression: str) -> tuple[tuple[int, float], ...]:
        """A number by year, from before the first: reported, or true once the books are open."""
        first = self.positions[0].state
        states = [first, *(year.end for year in self.position.years)]
        seen = {year for text, year in self.position.opened if text == expression}
        return tuple(
            (
                state.year,
                self.game.sight(state).of(expression, true=self.finished or state.year in seen),
            )
            for state in states
        )

    @property
    def revealed(self) -> tuple[Revealed, ...]:
        """Rules whose strength pilots have shown so far."""
        return self.position.revealed

    # --- why, reviews and the end -----------------------------------------------------------

    def why(
        self,
        indicator: str,
        sector: str | None,
        first_year: int,
        last_year: int | None = None,
        *,
        open_books: bool = False,
    ) -> Explanation:
        """Why a number moved over one or several years.

        Raises:
            KeyError: no such indicator, place or year.
        """
        from game.campaign.why import explained

        last = first_year if last_year is None else last_year
        opened = open_books or self.finished
        return explained(self.game, self.position, indicator, sector, first_year, last, opened)

    def review(self, plan: int) -> Review:
        """A plan looked back on.

        Raises:
            IndexError: that plan has not ended.
        """
        found = self._reviews.get((plan, self.finished))
        if found is None:
            from game.campaign.review import reviewed

            found = self._reviews[plan, self.finished] = reviewed(self, plan)
        return found

    def ending(self) -> Ending:
        """How it ended.

        Raises:
            DecisionError: it has not.
        """
        if not self.finished:
            raise DecisionError(said("the campaign has not ended"))
        return self._ending

    @cached_property
    def _ending(self) -> Ending:
        from game.campaign.ending import ended

        return ended(self)

    # --- for saves --------------------------------------------------------------------------

    def state_digest(self) -> str:
        """A fingerprint of everything that the next year depends on."""
        return digest(self.position.state)
