"""How a campaign reads its numbers: the reported ones, or the true ones where they are opened."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from game.campaign.clauses import clauses, first_read
from game.campaign.records import Reading
from game.engine import reported_matrix
from game.rules.expression import Expression, Read
from game.rules.rewrite import placed

if TYPE_CHECKING:
    from game.engine import Draws, Model, State
    from game.engine.execute import Floats

Good = Literal["up", "down", "neither"]


class Reader:
    """Reads texts on one world's numbers; what it has compiled is shared by all years.

    Attributes:
        model: the compiled scenario.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self._expressions: dict[tuple[str, str, str | None], Expression] = {}
        self._clauses: dict[tuple[str, str, str | None], tuple[Expression, ...]] = {}

    def expression(self, text: str, scope: str = "nation", place: str | None = None) -> Expression:
        """A checked text, as a national expression of one place where it is a row's."""
        key = (text, scope, place)
        found = self._expressions.get(key)
        if found is None:
            found = self.model.expressions.either(text, scope, ending=True)  # type: ignore[arg-type]
            if place is not None and scope != "nation":
                places = self.model.layout.places["sector"]
                found = placed(found, "sector", places.index(place))
            self._expressions[key] = found
        return found

    def clauses(
        self, text: str, scope: str = "nation", place: str | None = None
    ) -> tuple[Expression, ...]:
        """The parts of a condition that must all hold."""
        key = (text, scope, place)
        found = self._clauses.get(key)
        if found is None:
            found = self._clauses[key] = clauses(self.expression(*key))
        return found


class Sight:
    """The numbers of one year's end, for a single world.

    Attributes:
        reader: reads texts.
        state: the year's end.
        draws: the dice of the campaign's world; statistics err by them.
    """

    def __init__(self, reader: Reader, state: State, draws: Draws) -> None:
        self.reader = reader
        self.model = reader.model
        self.state = state
        self.draws = draws
        self.memo: dict[str, object] = {}
        """What others have worked out from these numbers."""

    @cached_property
    def reported(self) -> Floats:
        """The state as it is reported."""
        return reported_matrix(self.model, self.state, self.draws)

    def expression(self, text: str, scope: str = "nation", place: str | None = None) -> Expression:
        """A checked text, as a national expression of one place where it is a row's."""
        return self.reader.expression(text, scope, place)

    def value(self, expression: Expression, *, true: bool = False) -> float:
        """The number of a national expression; a condition counts 0 or 1."""
        matrix = self.state.matrix if true else self.reported
        return float(self.model.value(expression, matrix)[0])

    def of(self, text: str, *, true: bool = False) -> float:
        """The number that a national text gives."""
        return self.value(self.expression(text), true=true)

    def holds(
        self,
        text: str | None,
        scope: str = "nation",
        place: str | None = None,
        *,
        true: bool = False,
    ) -> bool:
        """Whether a condition holds; no condition always does."""
        return text is None or self.value(self.expression(text, scope, place), true=true) > 0.5


def title_of(model: Model, expression: Expression) -> str:
    """What an expression is called: `Plant in use, New energy`, or its indicator's name."""
    read = first_read(expression)
    if read is None:
        return ""
    entry = model.pack.indicators[read.series.name]
    if read.index is None:
        return entry.title
    place = model.layout.places[read.series.axis][read.index]
    return f"{entry.title}, {place_title(model, place)}"


def place_title(model: Model, place: str) -> str:
    """The name of a sector or region."""
    entry = model.pack.sectors.get(place) or model.pack.regions.get(place)
    return entry.title if entry is not None else place


def place_short(model: Model, place: str) -> str:
    """The short name of a sector, or the name of a region."""
    entry = model.pack.sectors.get(place)
    return entry.short or entry.title if entry is not None else place_title(model, place)


def describe(model: Model, text: str) -> tuple[str, str, Good]:
    """Title, unit and which way is good, of any expression of the rule language."""
    for measure in model.scenario.measures:
        if measure.measure == text and measure.unit is not None:
            return measure.title, measure.unit, measure.good
    expression = model.expressions.either(text, "nation", ending=True)
    read = first_read(expression)
    unit, good = "ratio", "neither"
    if read is not None:
        entry = model.pack.indicators[read.series.name]
        unit, good = entry.unit, entry.good
    title = title_of(model, expression) or text
    for measure in model.scenario.measures:
        if measure.measure == text:
            return measure.title, unit, measure.good
    return title, unit, good  # type: ignore[return-value]


def plain_read(expression: Expression) -> Read | None:
    """The expression as a single indicator at a single place, if it is one."""
    if isinstance(expression, Read) and expression.axis == "nation" and not expression.lagged:
        return expression if expression.series.kind == "indicator" else None
    return None


def reading(
    text: str, sight: Sight, before: Sight | None = None, *, opened: bool = False
) -> Reading:
    """A number with its name, as it is reported."""
    title, unit, good = describe(sight.model, text)
    expression = sight.expression(text)
    return Reading(
        expression=text,
        title=title,
        unit=unit,
        reported=sight.value(expression),
        true=sight.value(expression, true=True) if opened else None,
        before=before.value(expression) if before is not None else None,
        good=good,
    )


def bounds_of(model: Model, indicator: str) -> tuple[float, float]:
    """The declared bounds of an indicator."""
    low, high = model.pack.indicators[indicator].bounds
    return float(low), float(high)
