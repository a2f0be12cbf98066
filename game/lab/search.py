"""A planner that learns by trying: small changes of a strategy, kept where the balances rise.

It plays on the dice of one seed, many worlds at once, so that a change is judged by what it does
and not by luck; whether it was more than luck shows on another seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from game.lab.running import Job
from game.lab.standings import standing
from game.packs.schema import PlanEntry

if TYPE_CHECKING:
    from game.engine import Model

STEPS = (1, 2, 4, 8)
"""Hundredths of the budget that one change moves."""
ARCHITECTURES = ("mission", "mixed", "market")
WHOLE = 100
KNOWN_LINE = 0.6
"""How often money goes to a line that is open already."""
ALL_PLANS = 0.3
"""How often a change is made in every plan rather than in one."""
ORGANISES = 0.1
"""How often a change is one of organisation rather than of money."""

Cell = tuple[str, str | None]


@dataclass(frozen=True)
class Draft:
    """A strategy in hundredths of the budget, plan by plan."""

    lines: tuple[Mapping[Cell, int], ...]
    architecture: tuple[Mapping[str, str], ...]

    def entries(self) -> tuple[PlanEntry, ...]:
        """The plans, as a strategy file has them."""
        return tuple(
            PlanEntry.model_validate(entry, strict=False) for entry in self.to_yaml()["plans"]
        )

    def to_yaml(self) -> dict[str, Any]:
        """The strategy as plain data for a file."""
        plans = []
        for lines, architecture in zip(self.lines, self.architecture, strict=True):
            allocate: dict[str, Any] = {}
            for (instrument, sector), share in sorted(lines.items(), key=repr):
                if sector is None:
                    allocate[instrument] = f"{share}%"
                else:
                    allocate.setdefault(instrument, {})[sector] = f"{share}%"
            plans.append({"architecture": dict(architecture), "allocate": allocate})
        return {"plans": plans}


@dataclass(frozen=True, slots=True)
class Step:
    """One try: its number, its score, and the best draft so far with its score."""

    tried: int
    score: float
    best: Draft
    best_score: float


def draft_of(model: Model, plans: Sequence[PlanEntry]) -> Draft:
    """A strategy rounded to hundredths, one entry a plan of the scenario; conditions are left out.

    Money in billions is left out too: it has no share before a campaign has begun.
    """
    plain = [plan for plan in plans if plan.when is None] or list(plans)
    number = len(model.scenario.plans)
    chosen = [plain[min(i, len(plain) - 1)] for i in range(number)]
    return Draft(
        tuple(dict(_lines(model, plan)) for plan in chosen),
        tuple(dict(plan.architecture) for plan in chosen),
    )


def _lines(model: Model, plan: PlanEntry) -> Iterator[tuple[Cell, int]]:
    places = model.layout.places["sector"]
    for instrument, given in plan.allocate.items():
        national = model.pack.instruments[instrument].scope == "nation"
        shares: dict[Cell, Any] = {}
        if isinstance(given, Mapping):
            shares = {(instrument, sector): money for sector, money in given.items()}
        elif national:
            shares = {(instrument, None): given}
        else:
            each = round(given.amount * WHOLE / len(places)) if given.of_budget else 0
            yield from (((instrument, place), each) for place in places if each)
        for cell, money in shares.items():
            share = round(money.amount * WHOLE) if money.of_budget else 0
            if share:
                yield cell, share


def search(
    model: Model, first: Draft, *, rounds: int, worlds: int, seed: int = 1
) -> Iterator[Step]:
    """Try so many changes, one after the other; each step is given as it is done.

    Args:
        model: the compiled scenario.
        first: where to begin.
        rounds: how many changes are tried.
        worlds: in how many worlds each is run.
        seed: of the dice and of the changes.
    """
    luck = random.Random(seed)
    best, best_score = first, _score(model, first, worlds, seed)
    yield Step(0, best_score, best, best_score)
    for tried in range(1, rounds + 1):
        draft = _changed(model, best, luck)
        score = _score(model, draft, worlds, seed)
        if score > best_score:
            best, best_score = draft, score
        yield Step(tried, score, best, best_score)


def _score(model: Model, draft: Draft, worlds: int, seed: int) -> float:
    return standing(model, Job(draft.entries(), "", seed), worlds, endings=False).score


def _changed(model: Model, draft: Draft, luck: random.Random) -> Draft:
    """Money moved from one line to another, or a sector organised otherwise."""
    number = len(draft.lines)
    plans = range(number) if luck.random() < ALL_PLANS else [luck.randrange(number)]
    lines = [dict(plan) for plan in draft.lines]
    architecture = [dict(plan) for plan in draft.architecture]
    if luck.random() < ORGANISES:
        sector, how = luck.choice(model.layout.places["sector"]), luck.choice(ARCHITECTURES)
        for plan in plans:
            architecture[plan][sector] = how
    else:
        cell, share = _cell(model, draft, luck), luck.choice(STEPS)
        for plan in plans:
            _move(lines[plan], cell, share, luck)
    return Draft(tuple(lines), tuple(architecture))


def _cell(model: Model, draft: Draft, luck: random.Random) -> Cell:
    known = sorted({cell for plan in draft.lines for cell in plan}, key=repr)
    if known and luck.random() < KNOWN_LINE:
        return luck.choice(known)
    return luck.choice(model.instruments.cells)


def _move(lines: dict[Cell, int], cell: Cell, share: int, luck: random.Random) -> None:
    """Give a line so much more, taken from what is free and then from other lines."""
    missing = share - (WHOLE - sum(lines.values()))
    others = [other for other in sorted(lines, key=repr) if other != cell]
    luck.shuffle(others)
    for other in others:
        if missing <= 0:
            break
        taken = min(missing, lines[other])
        lines[other] -= taken
        missing -= taken
        if not lines[other]:
            del lines[other]
    given = share - max(0, missing)
    if given > 0:
        lines[cell] = lines.get(cell, 0) + given
