"""How a campaign opens: the letter, the bequest, the aims, the cast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.campaign.decisions import Begin
from game.campaign.forms import DecisionError
from game.campaign.people import first_cast, names_of
from game.campaign.position import Position
from game.campaign.records import OpeningAsk
from game.campaign.wording import named
from game.engine import start
from game.engine.draws import one_uniform
from game.engine.starting import scenario_spending, spending_cells
from game.engine.targets import split_target
from game.rules.expression import Series
from game.words import said

if TYPE_CHECKING:
    from game.campaign.table import Game
    from game.engine import Model, State
    from game.packs.schema import Bequest

AIMS = 3


def opened(game: Game) -> Position:
    """The position before the first decision."""
    model, pack = game.model, game.model.pack
    scenario = model.scenario
    bequest = None
    if scenario.bequests:
        draw = one_uniform(game.seed, "bequest", scenario.id, "", 0, 0)
        bequest = pack.bequests[scenario.bequests[int(draw * len(scenario.bequests))]]
    cast = first_cast(pack, game.seed)
    names = names_of(cast, pack)
    aims = sorted(scenario.aims, key=lambda aim: one_uniform(game.seed, "aim", aim, "", 0, 0))[
        :AIMS
    ]
    ask = OpeningAsk(
        letter=named(scenario.opening, names),
        bequest_title=bequest.title if bequest is not None else "",
        bequest=named(bequest.says, names) if bequest is not None else "",
        aims=tuple((aim, pack.aims[aim].title, pack.aims[aim].says) for aim in aims),
    )
    state = _start(game, bequest)
    return Position(
        stage="opening",
        ask=ask,
        state=state,
        bequest=bequest.id if bequest is not None else None,
        cast=cast,
        origin=state,
        met=frozenset(scenario.known)
        | {event.id for event in pack.events.values() if event.known}
        | {situation.id for situation in pack.situations.values() if situation.known},
    )


def chosen(position: Position, decision: Begin) -> Position:
    """The position with an aim.

    Raises:
        DecisionError: an aim that is not among the three.
    """
    assert isinstance(position.ask, OpeningAsk)
    offered = [aim for aim, _, _ in position.ask.aims]
    if decision.aim is None and offered:
        raise DecisionError((said("choose one of the aims:") + " ") + ", ".join(offered))
    if decision.aim is not None and decision.aim not in offered:
        raise DecisionError(
            said(
                "{aim} is not one of the aims: {offered}",
                aim=f"{decision.aim!r}",
                offered=", ".join(offered),
            )
        )
    return position.but(aim=decision.aim)


def _start(game: Game, bequest: Bequest | None) -> State:
    model = game.model
    if bequest is None:
        return start(model, game.draws)
    inherited = scenario_spending(model)
    for cell, money in spending_cells(model, bequest.inherited).items():
        inherited[cell] = inherited.get(cell, 0.0) + money
    flags = [f for f in bequest.flags if Series("flag", f, "nation") in model.layout.starts]
    changes = starting_numbers(model, bequest)
    return start(model, game.draws, changes=changes, flags=flags, inherited=inherited)


def starting_numbers(model: Model, bequest: Bequest) -> dict[str, float]:
    """A bequest's changes as absolute starting numbers."""
    changes: dict[str, float] = {}
    for target, delta in bequest.changes.items():
        name, place = split_target(target)
        entry = model.pack.indicators[name]
        series = Series("indicator", name, entry.scope)
        places = (place,) if place is not None else model.layout.places[entry.scope]
        for one in places:
            row = model.layout.row(series, one or None)
            text = f"{name}[{one}]" if one else name
            changes[text] = float(model.start[row, 0]) + delta
    return changes
