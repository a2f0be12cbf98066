"""Every event and situation of a campaign as it stands: what could come, what waits, and for what.

True numbers and this year's dice: for practice campaigns, and for those whose books are open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from game.campaign import yearly
from game.campaign.cards import Dealer
from game.campaign.deeds import deeds
from game.campaign.position import Running
from game.campaign.practice import Hold, hold, is_event
from game.campaign.records import Option
from game.campaign.sight import Sight, place_short
from game.campaign.tried import Trial, Trier
from game.engine import open_year

if TYPE_CHECKING:
    from game.campaign.campaign import Campaign
    from game.engine import Pending
    from game.packs.schema_events import Event, Situation

Status = Literal["comes", "active", "could", "waits"]
"""Comes this year by its dice; acts; could come, by condition and chance; waits for something."""
ORDER: tuple[Status, ...] = ("comes", "active", "could", "waits")
Why = Literal[
    "", "forced", "begins", "no-room", "scheduled", "rests", "once", "locked", "by-hand", "request",
    "visit", "ends",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """An event or situation at one place.

    Attributes:
        place: the sector, or None for the nation.
        name: the sector's short name; empty for the nation.
        status: how it stands.
        why: what makes it so, or what it waits for.
        year: the year that `why` is about: when it is due, or rests until.
        chance: of the year's dice, where its condition holds and it has one.
        draw: this year's draw, below which the chance must not lie; None where none is drawn.
        hold: what `expire` would do away with.
        triggered: it comes by hand.
    """

    place: str | None
    name: str
    status: Status
    why: Why
    year: int | None
    chance: float | None
    draw: float | None
    hold: Hold


@dataclass(frozen=True, slots=True)
class Standing:
    """An event or situation in the list: its spots, and how the most pressing one stands.

    Attributes:
        id: its id.
        kind: which of the two it is.
        title: its title.
        spots: how it stands, place by place.
        pack: the pack that it belongs to.
    """

    id: str
    kind: Literal["event", "situation"]
    title: str
    spots: tuple[Spot, ...]
    pack: str = ""

    @property
    def best(self) -> Spot:
        """The spot that is nearest to happening."""
        return min(self.spots, key=lambda spot: (ORDER.index(spot.status), -(spot.chance or 0.0)))

    @property
    def status(self) -> Status:
        """How it stands, where it stands best."""
        return self.best.status

    def at(self, place: str | None) -> Spot:
        """The spot at a place; the best where it is never there."""
        return next((spot for spot in self.spots if spot.place == place), self.best)


@dataclass(frozen=True, slots=True)
class Page:
    """All that there is to know of one event or situation at one place.

    Attributes:
        trials: its conditions, clause by clause.
        chance: the text of its chance, empty for a situation.
        chance_now: what that comes to.
        does: what it would do, a line each, with the amounts of now.
        options: its answers, with what they cost and whether they are open.
        option_does: what each answer would do besides.
        default: the answer that is taken where nobody decides.
        where: the file and line where it is written.
    """

    standing: Standing
    spot: Spot
    trials: tuple[Trial, ...]
    chance: str
    chance_now: float | None
    does: tuple[str, ...]
    options: tuple[Option, ...]
    option_does: tuple[tuple[str, ...], ...]
    where: str


class Inspector:
    """A campaign's events and situations at the moment, read once.

    Between two years they stand as the next one would open with the plan that is in force; in a
    year that is open, as it opened.

    Args:
        campaign: a practice campaign, or one that has ended.
    """

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.game = campaign.game
        self.model = campaign.model
        self.position = campaign.position
        self._before = self.position.state
        self.sight = Sight(self.game.reader, self.pending.opened.state, self.game.draws)
        self.fired = {
            (self.model.events[firing.event].id, int(place))
            for firing in self.pending.fired
            for place, world in zip(firing.pairs.places, firing.pairs.worlds, strict=True)
            if world == 0
        }

    @property
    def year(self) -> int:
        """The year that is looked at."""
        return self.pending.year

    @property
    def open(self) -> bool:
        """Whether that year has been opened: what comes in it is settled."""
        return self._running is not None

    @cached_property
    def _running(self) -> Pending | None:
        running = self.position.running
        return running.pending if running is not None else None

    @cached_property
    def pending(self) -> Pending:
        """The year as it opens."""
        if self._running is not None:
            return self._running
        forced = self.position.forced
        return open_year(self.model, self._before, self.game.draws, force=forced)

    @cached_property
    def _chances(self) -> dict[tuple[int, int], tuple[float, float]]:
        """Chance and draw of each event and place that comes by chance."""
        hazards = self.model.hazards
        chances = self.pending.opened.state.matrix[hazards.rows, 0].tolist()
        draws = self.game.draws.year(self.year).events[:, 0].tolist()
        keys = zip(hazards.events.tolist(), hazards.places.tolist(), strict=True)
        return dict(zip(keys, zip(chances, draws, strict=True), strict=True))

    # --- the list -----------------------------------------------------------------------------

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Every event and situation: first what comes and acts, then what could, then the rest."""
        pack = self.model.pack
        entries: list[Event | Situation] = [*pack.events.values(), *pack.situations.values()]
        found = [self._standing(one) for one in entries]
        found.sort(key=lambda one: (ORDER.index(one.status), -(one.best.chance or 0.0), one.id))
        return tuple(found)

    def standing(self, name: str) -> Standing:
        """One of them.

        Raises:
            KeyError: there is none of that id.
        """
        pack = self.model.pack
        entry = pack.events.get(name) or pack.situations.get(name)
        if entry is None:
            raise KeyError(name)
        return self._standing(entry)

    def _standing(self, entry: Event | Situation) -> Standing:
        places: tuple[str | None, ...] = (None,)
        if entry.scope == "sector":
            places = tuple(entry.sectors) or tuple(self.model.pack.sectors)
        event = is_event(self.model, entry)
        kind: Literal["event", "situation"] = "event" if event else "situation"
        look = self._event_at if event else self._situation_at
        spots = tuple(look(entry, place) for place in places)
        owner = self.model.pack.owner(kind, entry.id)
        return Standing(entry.id, kind, entry.title, spots, owner)

    @property
    def home(self) -> str:
        """The pack that the scenario belongs to."""
        return self.model.pack.owner("scenario", self.model.scenario.id)

    def own(self, given: Sequence[Path] = ()) -> frozenset[str]:
        """The packs whose entries an author looks for: those given, else the scenario's own.

        None of them where nothing else is loaded, or nothing of theirs could be listed.
        """
        pack = self.model.pack
        roots = {one.resolve() for one in given}
        loaded = zip(pack.manifests, pack.folders, strict=True)
        named = {name for name, root in loaded if root.resolve() in roots}
        packs = frozenset(named or {self.home})
        listed = {one.pack for one in self.standings}
        return packs if packs & listed and listed - packs else frozenset()

    def _name(self, place: str | None) -> str:
        return place_short(self.model, place) if place is not None else ""

    def _index(self, place: str | None) -> int:
        return 0 if place is None else self.model.layout.places["sector"].index(place)

    def _situation_at(self, entry: Event | Situation, place: str | None) -> Spot:
        held = hold(self.model, self._before, entry, place)
        names = self.model.situations
        row = names.now.start + names.names.index((entry.id, place))
        acts = bool(self.pending.opened.state.matrix[row, 0] > 0.5)
        why: Why = ""
        if acts != held.active:
            why = "begins" if acts else "ends"
        elif not acts:
            why = "locked"
        status: Status = "active" if acts or held.active else "waits"
        return Spot(place, self._name(place), status, why, None, None, None, held)

    def _event_at(self, entry: Event | Situation, place: str | None) -> Spot:
        held = hold(self.model, self._before, entry, place, self.position.forced)
        key = (self.model.event_position[entry.id], self._index(place))
        chance, draw = self._chances.get(key, (None, None))
        comes = (entry.id, key[1]) in self.fired
        status, why, year = self._event_status(entry, held, chance, draw, comes=comes)
        return Spot(place, self._name(place), status, why, year, chance or None, draw, held)

    def _event_status(
        self,
        entry: Event | Situation,
        held: Hold,
        chance: float | None,
        draw: float | None,
        *,
        comes: bool,
    ) -> tuple[Status, Why, int | None]:
        if comes:
            by_hand = held.triggered and not self.open
            due = any(year <= self.year for year in held.due)
            return "comes", "forced" if by_hand else "scheduled" if due else "", self.year
        if held.triggered:
            return "waits", "forced", self.year + 1
        if held.resting is not None:
            cooldown: int | None = getattr(entry, "cooldown", None)
            if cooldown is None:
                return "waits", "once", held.resting
            return "waits", "rests", held.resting + cooldown
        if chance:
            hit = draw is not None and draw < chance
            return "could", "no-room" if hit else "", None
        if held.due:
            return "waits", "scheduled", held.due[0]
        beat: Literal["request", "visit"] | None = getattr(entry, "beat", None)
        if beat is not None:
            return "waits", beat, None
        return "waits", "by-hand" if chance is None else "locked", None

    # --- one of them --------------------------------------------------------------------------

    def page(self, name: str, place: str | None = None) -> Page:
        """All about one event or situation at a place.

        Raises:
            KeyError: there is none of that id.
        """
        pack, standing = self.model.pack, self.standing(name)
        spot = standing.at(place)
        event, situation = pack.events.get(name), pack.situations.get(name)
        entry = event or situation
        assert entry is not None
        trier = Trier(self.sight, entry.scope, spot.place)
        chance_now = None
        if event is not None and event.has_chance:
            chance_now = trier.number(event.chance)
        choices = event.choices if event is not None else ()
        return Page(
            standing=standing,
            spot=spot,
            trials=tuple(self._trials(entry, trier, spot.place)),
            chance=event.chance if event is not None else "",
            chance_now=chance_now,
            does=tuple(deeds(entry.effects, self.sight, entry.scope, spot.place, self.year)),
            options=self._options(event, spot.place) if event is not None and choices else (),
            option_does=tuple(
                tuple(deeds(one.effects, self.sight, entry.scope, spot.place, self.year))
                for one in choices
            ),
            where=self._where(entry),
        )

    def _trials(self, entry: Event | Situation, trier: Trier, place: str | None) -> Iterator[Trial]:
        for part in ("when", "starts", "ends"):
            text = getattr(entry, part, None)
            if text is not None:
                yield trier.trial(part, text)
        if entry.warns is not None:
            # Bulletins go by what was reported at the end of last year.
            reported = self.game.now(self.position).holds(entry.warns, entry.scope, place)
            yield trier.trial("warns", entry.warns, reported)

    def _options(self, event: Event, place: str | None) -> tuple[Option, ...]:
        position = self.position
        if position.running is None:
            position = position.but(running=Running(self.year))
        dealer = yearly.dealer(self.game, position) if position.terms else self._first_dealer()
        return dealer.card(event, place, self.year).options

    def _first_dealer(self) -> Dealer:
        """Deals cards before there is a plan, as if there were money for anything."""
        game, position = self.game, self.position
        people = {one.office: one for one in game.people(position)}
        counter, pledges = game.counter(position), self.model.scenario.desk.pledges
        return Dealer(
            game.now(position),
            game.names(position),
            people,
            game.at_hand(position),
            float("inf"),
            lambda office: round(counter(f"{office}.favours")),
            pledges,
        )

    def _where(self, entry: Event | Situation) -> str:
        kind: Literal["event", "situation"] = (
            "event" if is_event(self.model, entry) else "situation"
        )
        try:
            return self.model.pack.where(kind, entry.id)
        except (KeyError, OSError):
            return ""

    @cached_property
    def queue(self) -> tuple[tuple[int, str, str | None], ...]:
        """What is scheduled: year, event and sector, the soonest first."""
        waiting = self._before.queue
        sectors = self.model.layout.places["sector"]
        found = []
        columns = (waiting.events, waiting.places, waiting.worlds, waiting.years)
        for position, place, world, year in zip(*(c.tolist() for c in columns), strict=True):
            event = self.model.events[position]
            if world == 0:
                found.append((year, event.id, None if event.national else sectors[place]))
        return tuple(sorted(found, key=lambda one: (one[0], one[1], one[2] or "")))


FILTERS = ("own", "all", "comes", "could", "waits", "active")


def chosen(
    standings: tuple[Standing, ...],
    show: str = "all",
    part: str = "",
    own: frozenset[str] = frozenset(),
) -> tuple[Standing, ...]:
    """Those of a status or of one's own packs, with a part of a name in their title or id.

    What comes by this year's dice could come too.
    """
    if show == "own":
        standings = tuple(one for one in standings if one.pack in own)
        show = "all"
    wanted: dict[str, tuple[str, ...]] = {"could": ("could", "comes"), "all": ORDER}
    kinds = wanted.get(show, (show,))
    words = part.casefold().split()
    return tuple(
        one
        for one in standings
        if any(spot.status in kinds for spot in one.spots)
        and all(word in f"{one.title} {one.id}".casefold() for word in words)
    )
