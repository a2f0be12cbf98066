"""What is done to a draft, and the desk that it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from game.campaign.decisions import UNITS, Architecture, Dossier, Weight
from game.campaign.desk import Amounts, Desk
from game.campaign.money import LINES_A_DOSSIER, Cell, key_of


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing done to a draft."""

    kind: str
    key: str
    dossier: Dossier | None = None
    weight: Weight | None = None
    lines: tuple[str, ...] = ()
    architecture: Architecture | None = None
    cell: Cell | None = None
    money: float | None = None


def folded(
    desk: Desk, base: Sequence[Dossier], amounts: Amounts, edits: Sequence[Edit]
) -> tuple[dict[str, Dossier], dict[Cell, float]]:
    """The dossiers by key, in the order in which they were opened, and the exact cells.

    Args:
        desk: the desk as it opened.
        base: the dossiers that the draft began with.
        amounts: the exact cells that it began with.
        edits: what was done since, in order.
    """
    dossiers = {one.key: one for one in base}
    if desk.mandate is not None:
        dossiers[desk.mandate.key] = desk.mandate
    cells = {(instrument, sector): money for instrument, sector, money in amounts}
    for edit in edits:
        _apply(desk, edit, dossiers, cells)
    return dossiers, cells


def _apply(desk: Desk, edit: Edit, dossiers: dict[str, Dossier], cells: dict[Cell, float]) -> None:
    key, old = edit.key, dossiers.get(edit.key)
    match edit.kind:
        case "take":
            offer = desk.offer(key)
            for dossier in offer.dossiers if offer is not None else ():
                dossiers[dossier.key] = _merged(desk, dossiers.get(dossier.key), dossier)
        case "open" if edit.dossier is not None:
            dossiers[key] = edit.dossier
        case "close" if old is not None:
            del dossiers[key]
            for cell in [c for c in cells if key_of(c, desk.tools) == key]:
                # What was let fall stays so, whether its dossier is closed before or after.
                if cells[cell] > 0.0 or cell not in desk.standing:
                    del cells[cell]
        case "weigh" if old is not None and edit.weight is not None:
            dossiers[key] = replace(old, weight=edit.weight)
        case "lines" if old is not None:
            dossiers[key] = replace(old, lines=edit.lines)
        case "organise" if old is not None and old.sector is not None:
            dossiers[key] = replace(old, architecture=edit.architecture)
        case "stamp" if old is not None:
            dossiers[key] = replace(old, sunset=not old.sunset)
        case "amount" if edit.cell is not None:
            if edit.money is None:
                cells.pop(edit.cell, None)
            else:
                cells[edit.cell] = edit.money


def _merged(desk: Desk, old: Dossier | None, new: Dossier) -> Dossier:
    """A proposal laid over a dossier that is open: its lines first, pledged ones kept."""
    if old is None:
        return new
    pledged = [p.instrument for p in desk.pledges if p.sector == new.sector]
    kept = [line for line in old.lines if line in pledged]
    others = [line for line in (*new.lines, *old.lines) if line not in kept]
    fresh = list(dict.fromkeys(others))[: max(0, LINES_A_DOSSIER - len(kept))]
    lines = [*fresh, *kept] if new.lines[:1] != tuple(kept[:1]) else [*kept, *fresh]
    weight = max(old.weight, new.weight, key=UNITS.__getitem__)
    architecture = new.architecture or old.architecture
    return Dossier(new.sector, new.channel, weight, tuple(lines), architecture, old.sunset)
