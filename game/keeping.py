"""`resume`, `replay` and `why`: what the command line does with saves.

To find a save takes nothing heavy: what replays one is imported inside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.campaign.wording import named
from game.lab.errors import NotFoundError, missing
from game.saves.errors import SaveError
from game.saves.folder import path_of

if TYPE_CHECKING:
    from game.campaign import Campaign
    from game.engine import Ledger, Model, Row
    from game.saves import Listed, ReplayReport

A_PRACTICE = "a practice campaign: true numbers were open, and things may have been done by hand"


def save_path(save: str | None) -> Path:
    """The file of a save: by path, by name, or the newest.

    Raises:
        NotFoundError: there is none.
    """
    if save is None:
        known = [one for one in _saves() if not one.problem]
        if not known:
            raise NotFoundError("there is no save yet; `guiding-hand play` begins a campaign")
        return known[0].path
    try:
        path = path_of(save)
    except SaveError as error:
        raise NotFoundError(str(error)) from error
    if path.is_dir():
        raise NotFoundError(f"{save} is a folder; a save is one file")
    if not path.exists():
        raise missing("save", save, [one.name for one in _saves()])
    return path


def _saves() -> tuple[Listed, ...]:
    from game.saves.listing import list_saves

    return list_saves()


@dataclass(frozen=True)
class Replayed:
    """A replay as the command line tells it."""

    report: ReplayReport

    @property
    def holds(self) -> bool:
        """Whether every digest is the same."""
        return self.report.holds

    @property
    def text(self) -> str:
        """What was found."""
        one = self.report
        lines = list(one.notices)
        if one.practice:
            lines.append(f"{one.name}: {A_PRACTICE}")
        if not one.holds:
            where = f"line {one.line} differs" if one.line is not None else "it differs"
            lines.append(f"{one.name}: {where}: {one.message}")
            return "\n".join(lines)
        count = f"{one.decisions:,} decision{'' if one.decisions == 1 else 's'}"
        state = "finished" if one.finished else "not finished"
        year = f"to {one.year}" if one.year is not None else "before its first year"
        lines.append(f"{one.name}: {one.scenario}, seed {one.seed}, {count}, {year}, {state}")
        lines.append("every line gives what it gave")
        if one.recorded_until is not None:
            lines.append(
                f"numbers up to {one.recorded_until} are as recorded under other rules; "
                "from there on they are worked out"
            )
        if one.ending:
            lines.append(f"it ends as: {one.ending}")
        lines.append(f"digest {one.digest}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return self.report.to_json()


def replayed(save: str, packs: Sequence[Path] = ()) -> Replayed:
    """Replay a save.

    Raises:
        NotFoundError: it cannot be read at all.
    """
    return Replayed(_replay(save, packs, ending=True))


def _replay(save: str, packs: Sequence[Path], *, ending: bool) -> ReplayReport:
    from game.saves import load_model, replay

    def load(header: Mapping[str, Any]) -> Model:
        return load_model(header, tuple(packs))

    try:
        return replay(save_path(save), load, ending=ending)
    except SaveError as error:
        raise NotFoundError(str(error)) from error


@dataclass(frozen=True)
class Told:
    """The ledger of one number in one year: `start`, row by row, is `end` exactly."""

    expression: str
    title: str
    unit: str
    year: int
    start: float
    end: float
    rows: tuple[Row, ...]
    practice: bool = False

    @property
    def text(self) -> str:
        """A table of causes, in the order in which they were added."""
        lines = [A_PRACTICE] if self.practice else []
        lines.append(f"{self.title} ({self.expression}), {self.year}: {self.unit}")
        width = max(len(_number(self.start)), *(len(_number(r.amount)) for r in self.rows), 8)
        lines.append(f"{_number(self.start):>{width}}  at the end of {self.year - 1}")
        for row in self.rows:
            amount = f"{_number(row.amount, signed=True):>{width}}"
            when = f", since {row.year}" if row.year not in (None, self.year) else ""
            about = " ".join(
                part
                for part in (f"[{row.kind} {row.id}{when}]", row.grade, ", ".join(row.because))
                if part
            )
            lines.append(f"{amount}  {row.says or row.opens}")
            lines.append(f"{'':>{width}}  {about}")
        lines.append(f"{_number(self.end):>{width}}  at the end of {self.year}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """Plain data; the numbers read back as the same bits and add up in this order."""
        return {
            "indicator": self.expression,
            "title": self.title,
            "unit": self.unit,
            "practice": self.practice,
            "year": self.year,
            "start": self.start,
            "end": self.end,
            "rows": [
                {
                    "kind": row.kind,
                    "id": row.id,
                    "amount": row.amount,
                    "says": row.says,
                    "because": list(row.because),
                    "grade": row.grade,
                    "year": row.year,
                    "strength": row.strength,
                    "opens": row.opens,
                }
                for row in self.rows
            ],
        }


def explained(
    save: str, indicator: str, year: int, *, open_books: bool = False, packs: Sequence[Path] = ()
) -> Told:
    """Why a number of a save moved in a year, in true numbers.

    Raises:
        NotFoundError: there is no such save, number or year, or its books are not open yet.
    """
    from game.engine.targets import split_target

    report = _replay(save, packs, ending=False)
    if report.campaign is None:
        raise NotFoundError(f"{report.name}, line {report.line}: {report.message}")
    campaign = report.campaign
    if not (campaign.finished or campaign.practice or open_books):
        raise NotFoundError(
            "the campaign is not finished, and true numbers would give it away; "
            "--open-books shows them all the same"
        )
    name, place = split_target(indicator)
    _known(campaign, name, place)
    ledger = _ledger(campaign, year)
    entry = campaign.model.pack.indicators[name]
    return Told(
        expression=name if place is None else f"{name}[{place}]",
        title=entry.title,
        unit=entry.unit,
        year=year,
        start=ledger.start(name, place),
        end=ledger.end(name, place),
        rows=_with_names(campaign, ledger.rows(name, place)),
        practice=campaign.practice,
    )


def _known(campaign: Campaign, name: str, place: str | None) -> None:
    pack, layout = campaign.model.pack, campaign.model.layout
    if name not in pack.indicators:
        raise missing("indicator", name, pack.indicators)
    scope = pack.indicators[name].scope
    if scope == "nation":
        if place is not None:
            raise NotFoundError(f"{name} is national: write it without [{place}]")
        return
    places = layout.places[scope]
    if place is None:
        raise NotFoundError(f"say which {scope}: {name}[{places[0]}], or another")
    if place not in places:
        raise missing(scope, place, places)


def _ledger(campaign: Campaign, year: int) -> Ledger:
    years = {one.year: one.ledger for one in campaign.position.years}
    ledger = years.get(year)
    if ledger is None:
        if not years:
            raise NotFoundError("no year of this campaign has been completed")
        first, last = min(years), max(years)
        raise NotFoundError(f"{year} was not played; the years are {first} to {last}")
    return ledger


def _with_names(campaign: Campaign, rows: Sequence[Row]) -> tuple[Row, ...]:
    from dataclasses import replace

    names = campaign.game.names(campaign.position)
    return tuple(replace(row, says=named(row.says, names)) for row in rows)


def _number(value: float, *, signed: bool = False) -> str:
    if value == 0:
        return "0"
    form = "+" if signed else ""
    return f"{value:{form},.1f}" if abs(value) >= 10_000 else f"{value:{form}.6g}"
