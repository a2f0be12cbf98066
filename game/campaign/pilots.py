"""What pilots show: once they have run for some years, how strong one rule a year really is.

Every rule's strength is drawn once a campaign, as far from what is written as its evidence is thin.
A scenario's `reveals` says under which condition places try things on their own, and for how many
years they must before anything can be told; what spoils them starts the count again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.campaign.records import Happening, Revealed
from game.campaign.why import opened_up
from game.engine.draws import one_uniform
from game.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from game.campaign.position import PlayedYear, Position
    from game.campaign.table import Game

CANDIDATES = 5
"""One of so many rules is shown: those that moved most what somebody looks at."""


def looked(
    game: Game, position: Position, played: PlayedYear, measures: Sequence[str]
) -> tuple[Position, Happening | None]:
    """The position after pilots have run for another year, and what they show, if anything.

    Args:
        game: what is played.
        position: where it stands at the year's end.
        played: the year.
        measures: what was promised, and the numbers that open the bulletin.
    """
    reveals = game.model.scenario.reveals
    if reveals is None:
        return position, None
    sight = game.now(position)
    runs = sight.holds(reveals.when, true=True)
    spoilt = reveals.spoils is not None and sight.holds(reveals.spoils, true=True)
    piloted = position.piloted + 1 if runs and not spoilt else 0
    position = position.but(piloted=piloted)
    if piloted < reveals.years:
        return position, None
    known = {one.rule for one in position.revealed}
    found = [one for one in _telling(game, played, measures) if one.rule not in known]
    if not found:
        return position, None
    draw = one_uniform(game.seed, "pilot", game.model.scenario.id, "", played.year, 0)
    shown = found[: min(CANDIDATES, len(found))]
    one = shown[int(draw * len(shown))]
    note = Happening("note", f"pilot:{one.rule}", line(one))
    return position.but(revealed=(*position.revealed, one)), note


def line(one: Revealed) -> str:
    """What a bulletin says of a strength that has come out."""
    says = one.says[:1].lower() + one.says[1:]
    return said(
        "A pilot shows, here at {strength} of the usual: {says}",
        strength=f"{one.strength:.1f}",
        says=says,
    )


def _telling(game: Game, played: PlayedYear, measures: Iterable[str]) -> list[Revealed]:
    """Rules whose strength is not as written, those that moved the measures most first.

    A measure's causes count by their part of all that moved it.
    """
    weight: dict[str, float] = {}
    found: dict[str, Revealed] = {}
    for text in dict.fromkeys(measures):
        causes = opened_up(game, text, (played,))
        total = sum(abs(one.amount) for one in causes)
        for one in causes:
            if one.kind == "rule" and one.strength != 1.0:
                weight[one.id] = weight.get(one.id, 0.0) + abs(one.amount) / total
                found[one.id] = Revealed(one.id, one.text, one.strength, played.year)
    return [found[name] for name in sorted(found, key=lambda name: (-weight[name], name))]
