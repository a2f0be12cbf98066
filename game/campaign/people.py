"""Who holds which office: drawn by the seed, promoted and retired between plans, named in texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from game.campaign.records import Person
from game.campaign.wording import named
from game.engine.draws import one_uniform

if TYPE_CHECKING:
    from game.packs import Pack

MOVES_AFTER = (1, 3)
"""After these plans, counted from 0, somebody moves up and somebody retires."""
STANDING = (-3, 3)


@dataclass(frozen=True, slots=True)
class Seat:
    """An office and who holds it.

    Attributes:
        office: its id, which flags, counters and texts name.
        holder: which of the pack's possible holders; -1 where the office stands empty.
        promoted: whether the holder has moved up; the office's memory goes along.
        since: the plan with which this holder came.
    """

    office: str
    holder: int
    promoted: bool = False
    since: int = 0


def first_cast(pack: Pack, seed: int) -> tuple[Seat, ...]:
    """The holders with whom a campaign begins."""
    seats = []
    for office, entry in pack.people.items():
        draw = one_uniform(seed, "holder", office, "", 0, 0)
        seats.append(Seat(office, int(draw * len(entry.holders))))
    return tuple(seats)


def moved(
    cast: tuple[Seat, ...],
    pack: Pack,
    seed: int,
    plan: int,
    standing: Callable[[str], float],
) -> tuple[tuple[Seat, ...], str | None, str | None]:
    """The cast after a plan: the best regarded moves up, another retires.

    A promoted person keeps the office's memory and standing under a new title. Who retires is
    drawn; a successor comes from the holders that are left.

    Returns:
        the cast, the office of the one who moved up and of the one who retired, if any.
    """
    if plan not in MOVES_AFTER:
        return cast, None, None

    def luck(purpose: str, office: str) -> float:
        return one_uniform(seed, purpose, office, "", plan, 0)

    rising = [s for s in cast if pack.people[s.office].promoted and not s.promoted]
    rising.sort(key=lambda s: (-standing(s.office), luck("promoted", s.office), s.office))
    up = rising[0] if rising else None
    leaving = [
        s for s in cast if s is not up and not s.promoted and len(pack.people[s.office].holders) > 1
    ]
    leaving.sort(key=lambda s: (luck("retired", s.office), s.office))
    out = leaving[0] if leaving else None
    after = []
    for seat in cast:
        if seat is up:
            after.append(replace(seat, promoted=True))
        elif seat is out:
            others = len(pack.people[seat.office].holders) - 1
            step = 1 + int(luck("holder", seat.office) * others)
            holder = (seat.holder + step) % (others + 1)
            after.append(Seat(seat.office, holder, since=plan + 1))
        else:
            after.append(seat)
    return tuple(after), up.office if up else None, out.office if out else None


def names_of(cast: tuple[Seat, ...], pack: Pack) -> Mapping[str, str]:
    """Surnames by office, for texts."""
    return {s.office: pack.people[s.office].holders[s.holder].name for s in cast}


def person(
    seat: Seat, pack: Pack, names: Mapping[str, str], counter: Callable[[str], float]
) -> Person:
    """The holder of an office as the screens show them."""
    entry = pack.people[seat.office]
    holder = entry.holders[seat.holder]
    title = entry.title
    if seat.promoted and entry.promoted:
        title = entry.promoted
    low, high = STANDING
    standing = min(high, max(low, round(counter(f"{seat.office}.standing"))))
    return Person(
        office=seat.office,
        title=title,
        name=holder.name,
        trait=holder.trait,
        standing=standing,
        favours=max(0, round(counter(f"{seat.office}.favours"))),
        advisor=entry.advisor,
        says=named(holder.says or "", names),
        wants=named(entry.wants or "", names),
    )
