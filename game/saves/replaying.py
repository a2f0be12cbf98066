"""Replaying a save to see whether it still gives what it gave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.saves.errors import SaveError
from game.saves.folder import path_of
from game.saves.journal import PRACTICE, read
from game.saves.save import Loader, changes, replayed

if TYPE_CHECKING:
    from game.campaign import Campaign


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What a replay found.

    Attributes:
        name: the file.
        holds: whether every line gave what it gave.
        line: the line where one does not, counted from 1.
        message: what differs; empty where nothing does.
        notices: what else is worth saying.
        scenario: the scenario's id.
        seed: the seed.
        decisions: how many decisions were replayed.
        year: the last year completed.
        finished: whether the campaign has ended.
        ending: the title of its ending, where it has.
        digest: of the state at the end.
        practice: whether it is a practice campaign.
        recorded_until: up to this year the numbers were taken as recorded, not worked out.
        campaign: the campaign as replayed, where it holds.
    """

    name: str
    holds: bool
    line: int | None
    message: str
    notices: tuple[str, ...]
    scenario: str = ""
    seed: int = 0
    decisions: int = 0
    year: int | None = None
    finished: bool = False
    ending: str = ""
    digest: str = ""
    practice: bool = False
    recorded_until: int | None = None
    campaign: Campaign | None = None

    def to_json(self) -> dict[str, Any]:
        """The report as plain data."""
        names = [name for name in self.__slots__ if name != "campaign"]
        return {name: getattr(self, name) for name in names} | {"notices": list(self.notices)}


def replay(
    path_or_name: Path | str, load: Loader | None = None, *, ending: bool = False
) -> ReplayReport:
    """Replay a save and compare every digest; nothing is written or locked.

    Args:
        path_or_name: a file, or the name of a save.
        load: gives the compiled scenario for a header; the packs that are found where None.
        ending: work out the ending too, where there is one.

    Raises:
        SaveError: it is not a save at all, or its packs are not there.
    """
    from game.saves.loading import load_model

    path = path_of(path_or_name)
    try:
        journal = read(path)
    except SaveError as error:
        if error.line is None or error.line == 1:
            raise
        return ReplayReport(path.name, False, error.line, str(error), ())
    header = journal.header.value
    model = (load or load_model)(header)
    notices = (*journal.notices, *(f"Changed: {one}." for one in changes(header, model)))
    try:
        campaign, _ = replayed(journal, model, path.name)
    except SaveError as error:
        return ReplayReport(
            path.name,
            False,
            error.line,
            str(error),
            notices,
            scenario=header["scenario"],
            seed=header["seed"],
            practice=PRACTICE in header,
        )
    return ReplayReport(
        name=path.name,
        holds=True,
        line=None,
        message="",
        notices=notices,
        scenario=header["scenario"],
        seed=header["seed"],
        decisions=len(campaign.decisions),
        year=campaign.year if campaign.position.years else None,
        finished=campaign.finished,
        ending=campaign.ending().title if ending and campaign.finished else "",
        digest=campaign.state_digest(),
        practice=campaign.practice,
        recorded_until=header.get("recorded_until"),
        campaign=campaign,
    )
