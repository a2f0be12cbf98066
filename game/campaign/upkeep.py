"""What was built and stands: instruments with upkeep ask for a part of what their lines last cost.

A line asks as long as it stands, whether or not its dossier is still open: the next plan gives it
at least that, or lets it fall for the price of closing a dossier of its size. Costs are parts of
the budget, as everything on a desk is: in a richer country the same works cost more to keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from game.campaign.decisions import UNITS
from game.campaign.desk import Desk, Standing
from game.campaign.draft import Draft

if TYPE_CHECKING:
    from game.campaign.money import Cell
    from game.campaign.position import Position
    from game.campaign.sight import Sight


def with_upkeep(desk: Desk, position: Position, sight: Sight) -> Desk:
    """The desk with what its lines ask for, no more than the desk as it opens has money for."""
    desk = replace(desk, standing=dict(_standing(desk, position, sight)))
    draft = Draft.opening(desk)
    asked, room = draft.upkeep, max(0.0, desk.budget - sum(draft.given.values()))
    if asked <= room:
        return desk
    short = draft.upkeep_lines
    fitting = {
        cell: replace(one, due=one.due - short[cell] * (1.0 - room / asked))
        if cell in short
        else one
        for cell, one in desk.standing.items()
    }
    return replace(desk, standing=fitting)


def _standing(desk: Desk, position: Position, sight: Sight) -> Iterator[tuple[Cell, Standing]]:
    """Lines that the last plan funded or kept up, with instruments that ask for upkeep."""
    model = sight.model
    lines = model.instruments
    kept = {cell for cell, _ in position.term.lines.upkeep} if position.terms else set()
    funded = {cell for cell, _ in position.term.lines.shares} if position.terms else set()
    years = position.term.lines.years if position.terms else model.scenario.plans[0].years
    was = position.term.desk.budget if position.terms else desk.budget
    grown = desk.budget / was if was > 0.0 else 0.0
    spent = (sight.state.matrix[lines.planned, 0] * years * grown).tolist()
    for cell, cost in zip(lines.cells, spent, strict=True):
        name, sector = cell
        part = model.pack.instruments[name].upkeep
        in_play = name in desk.tools and (sector is None or sector in desk.sectors)
        if part is None or cost <= 0.0 or not in_play or cell in desk.barred:
            continue
        fresh = Standing(part.fraction * cost, _price(desk, cost))
        if cell not in kept:
            yield cell, fresh
            continue
        # What is only kept up is as dear to keep as it was; it does not get cheaper each time.
        old = position.term.desk.standing[cell]
        old = replace(old, due=old.due * grown)
        yield cell, fresh if cell in funded and fresh.due > old.due else old


def _price(desk: Desk, cost: float) -> float:
    """What closing a dossier of this size takes."""
    units = cost / (desk.unit * desk.budget) if desk.budget > 0.0 else 0.0
    return desk.closing[min(UNITS, key=lambda weight: abs(UNITS[weight] - units))]
