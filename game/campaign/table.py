"""What a campaign is played with: the compiled scenario, the seed, the dice and what they show."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from game.campaign.desks import Counter, counter_reader
from game.campaign.people import names_of, person
from game.campaign.position import Before, Position, Post
from game.campaign.records import Person
from game.campaign.sight import Reader, Sight
from game.campaign.tape import applied
from game.engine import Draws

if TYPE_CHECKING:
    from game.engine import Model, State

KEPT_SIGHTS = 64


@dataclass(frozen=True)
class Script:
    """What a save recorded of a year that was played under other rules.

    Attributes:
        asked: the events that were answered, in order.
        numbers: the state at its end, by id.
    """

    asked: tuple[tuple[str, str | None], ...]
    numbers: Mapping[str, object]


class Game:
    """A scenario under one seed; holds no position.

    Attributes:
        model: the compiled scenario.
        seed: the campaign's seed.
        draws: the dice of world 0, which is the one that is played.
        reader: reads texts on its numbers.
        script: years that go as they were recorded, not as the rules would have them.
        practice: whether it is played to try things out: true numbers and interventions by hand.
    """

    def __init__(self, model: Model, seed: int, *, practice: bool = False) -> None:
        self.model = model
        self.seed = seed
        self.practice = practice
        self.draws = Draws(model.streams, seed, range(1), keep=True)
        self.reader = Reader(model)
        self.script: dict[int, Script] = {}
        self.dropped: set[str] = set()
        """Recorded ids that this scenario does not have."""
        self._sights: OrderedDict[int, Sight] = OrderedDict()

    def sight(self, state: State) -> Sight:
        """The numbers of a state, read once."""
        found = self._sights.get(id(state))
        if found is None or found.state is not state:
            found = Sight(self.reader, state, self.draws)
            self._sights[id(state)] = found
            if len(self._sights) > KEPT_SIGHTS:
                self._sights.popitem(last=False)
        return found

    def now(self, position: Position) -> Sight:
        """The numbers where a campaign stands."""
        return self.sight(position.state)

    @cached_property
    def capital_bounds(self) -> tuple[float, float]:
        """Between what political capital moves."""
        name = self.model.scenario.capital
        if name is None:
            return 0.0, 10.0
        low, high = self.model.pack.indicators[name].bounds
        return float(low), float(high)

    def capital(self, position: Position) -> float:
        """Political capital, with what is due."""
        low, high = self.capital_bounds
        return min(high, max(low, self.recorded_capital(position.state) + position.due))

    def recorded_capital(self, state: State) -> float:
        """Political capital as it stands in the numbers."""
        name = self.model.scenario.capital
        if name is None:
            return self.capital_bounds[1]
        return self.sight(state).of(name, true=True)

    def at_hand(self, position: Position) -> float:
        """What an answer can be paid with: what is due counts only where it takes away."""
        recorded = self.recorded_capital(position.state)
        return max(self.capital_bounds[0], min(recorded, recorded + position.due))

    def counter(self, position: Position) -> Counter:
        """Reads the counters of the state."""
        return counter_reader(self.model, self.now(position))

    def names(self, position: Position) -> Mapping[str, str]:
        """Surnames by office."""
        return names_of(position.cast, self.model.pack)

    def people(self, position: Position) -> tuple[Person, ...]:
        """Who holds the offices."""
        names, counter = self.names(position), self.counter(position)
        return tuple(person(seat, self.model.pack, names, counter) for seat in position.cast)

    def done(self, position: Position, before: Before) -> Position:
        """The position after something was done to the state."""
        capital = self.model.scenario.capital
        due = sum(a for p in before.posts for name, a in p.amounts if name == capital)
        return position.but(
            state=applied(self.model, position.state, before),
            before=(*position.before, before),
            due=position.due + due,
        )

    def paid(self, name: str, says: str, capital: float) -> tuple[Post, ...]:
        """Political capital posted, where the scenario has any."""
        indicator = self.model.scenario.capital
        if indicator is None or capital == 0.0:
            return ()
        return (Post(name, says, ((indicator, capital),)),)
