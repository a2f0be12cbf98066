"""A save that is being played: opened or made, locked, and written to decision by decision."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from game.campaign import Campaign, DecisionError, decision_from_json, to_json
from game.campaign.decisions import Answer
from game.campaign.record import digest_with_words, numbers
from game.campaign.records import Card
from game.engine import RESULTS
from game.saves.desks import keep_desk
from game.saves.errors import ModelChangedError, SaveError
from game.saves.folder import SUFFIX, free_path, path_of, safe_name, saves_folder
from game.saves.journal import MARK, PRACTICE, Journal, Line, read, written
from game.saves.lock import lock, unlock
from game.saves.migrations import FORMAT
from game.saves.recorded import decide_leniently, recorded, scripts

if TYPE_CHECKING:
    from game.campaign.decisions import Decision
    from game.campaign.position import PlayedYear
    from game.engine import Model

Loader = Callable[[Mapping[str, Any]], "Model"]
"""Gives the compiled scenario for the header of a save."""
OnChange = Literal["ask", "replay", "recorded"]


class SaveFile:
    """A save that this process has locked.

    Attributes:
        path: the file.
        name: what the player calls it.
        decisions: how many it holds.
    """

    def __init__(self, path: Path, file: IO[bytes], last: str, decisions: int) -> None:
        self.path = path
        self.name = path.name.removesuffix(SUFFIX)
        self.decisions = decisions
        self._file: IO[bytes] | None = file
        self._last = last

    def append(self, decision: Decision, campaign: Campaign) -> None:
        """Keep a decision that the campaign has just taken; it is on the disk when this returns.

        Raises:
            SaveError: it could not be written.
        """
        if self._file is None:
            raise SaveError(f"{self.name} is closed")
        lines, last = _lines(decision, campaign, self.decisions + 1, self._last)
        try:
            self._file.write(lines.encode())
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise SaveError(f"{self.name} cannot be written: {error.strerror}") from error
        self._last = last
        self.decisions += 1
        keep_desk(self.path, campaign)

    @property
    def last(self) -> str:
        """The chain's digest at the end of the file."""
        return self._last

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            unlock(self._file)
            self._file.close()
            self._file = None

    def __enter__(self) -> SaveFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _lines(decision: Decision, campaign: Campaign, number: int, last: str) -> tuple[str, str]:
    """The line of a decision and those of the years that it completed."""
    value: dict[str, Any] = {
        "n": number,
        "decision": to_json(decision),
        "after": campaign.state_digest(),
    }
    ask = campaign.positions[-2].ask
    if isinstance(ask, Card) and isinstance(decision, Answer):
        value["to"] = [campaign.positions[-2].stage, ask.event, ask.sector]
    text, last = written(value, last)
    for year in _new_years(campaign):
        line, last = written(_year(campaign, year), last)
        text += line
    return text, last


def _year(campaign: Campaign, year: PlayedYear) -> dict[str, Any]:
    """What is kept of a year; in practice also what asked, since nobody may have answered it."""
    entry: dict[str, Any] = {"year": year.year, "state": numbers(campaign.model, year.end)}
    if campaign.practice:
        entry["asked"] = [list(one) for one in year.asked]
    return entry


def _new_years(campaign: Campaign) -> Iterable[PlayedYear]:
    before = campaign.positions[-2].years if len(campaign.positions) > 1 else ()
    return campaign.position.years[len(before) :]


def header_of(campaign: Campaign) -> dict[str, Any]:
    """The header of a campaign's save."""
    packs = {
        name: {"version": one.version, "model": one.model, "text": one.text}
        for name, one in campaign.model.pack.hashes.items()
    }
    header: dict[str, Any] = {
        MARK: FORMAT,
        "scenario": campaign.model.scenario.id,
        "packs": packs,
        "seed": campaign.seed,
        "results": RESULTS,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return header | ({PRACTICE: True} if campaign.practice else {})


def create(
    campaign: Campaign,
    name: str | None = None,
    *,
    folder: Path | None = None,
    recorded_until: int | None = None,
) -> SaveFile:
    """A new save of a campaign, with everything decided so far.

    Args:
        campaign: what is kept.
        name: what the save is called; made of the scenario and the seed where None.
        folder: where it lies, if not in the folder of saves.
        recorded_until: up to this year the numbers are those of an older save, played under
            other rules; a replay takes them as they are recorded.

    Raises:
        SaveError: the name cannot be used or is taken, or the folder cannot be written.
    """
    place = folder if folder is not None else saves_folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        if name is None:
            path = free_path(place, f"{campaign.model.scenario.id}-{campaign.seed}")
        else:
            path = place / f"{safe_name(name)}{SUFFIX}"
        file = path.open("xb")
    except FileExistsError as error:
        raise SaveError(f"there is a save of that name already: {name}") from error
    except OSError as error:
        raise SaveError(f"saves cannot be kept in {place}: {error.strerror}") from error
    lock(file, path.name)
    header = header_of(campaign)
    if recorded_until is not None:
        header["recorded_until"] = recorded_until
    text, last = written(header, "")
    file.write(text.encode())
    save = SaveFile(path, file, last, 0)
    for at, decision in enumerate(campaign.decisions):
        save.append(decision, campaign.fork(at + 1))
    file.flush()
    os.fsync(file.fileno())
    _sync_folder(place)
    return save


def _sync_folder(folder: Path) -> None:
    """Make the name of a new file last, on systems where that is a step of its own."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def changes(header: Mapping[str, Any], model: Model) -> tuple[str, ...]:
    """What is otherwise than when a save was made, as far as it changes results."""
    found = []
    if header["results"] != RESULTS:
        found.append(f"the engine gives other results ({header['results']} -> {RESULTS})")
    known = model.pack.hashes
    for name, was in header["packs"].items():
        if name not in known:
            found.append(f"the pack {name} is gone")
        elif not isinstance(was, Mapping) or was.get("model") != known[name].model:
            version = was.get("version") if isinstance(was, Mapping) else "?"
            here = known[name].version
            other = f"the save was made with {version}, and {here} is here"
            found.append(
                f"the model of {name} has changed "
                + (f"since; it is version {here} still" if version == here else f"({other})")
            )
    found += [f"the pack {name} is new" for name in known if name not in header["packs"]]
    return tuple(found)


def open_save(
    path_or_name: Path | str,
    load: Loader | None = None,
    *,
    on_change: OnChange = "ask",
) -> tuple[Campaign, SaveFile, tuple[str, ...]]:
    """Open a save, replay it, and lock it for playing on.

    Args:
        path_or_name: a file, or the name of a save in the folder of saves.
        load: gives the compiled scenario for a header; the packs that are found where None.
        on_change: what to do where the rules have changed: ask (by raising), replay under the
            new ones, or go on from the recorded numbers; both into a new file beside the old.

    Returns:
        the campaign where it was left, the save, and what the player should be told.

    Raises:
        ModelChangedError: the rules have changed, and nobody said what to do.
        SaveError: it cannot be opened; the message says why.
    """
    path = path_of(path_or_name)
    read(path)
    try:
        file = path.open("r+b")
    except OSError as error:
        raise SaveError(f"{path.name} cannot be opened: {error.strerror}") from error
    try:
        lock(file, path.name)
        # Read again under the lock: another process may just have finished with it.
        return _opened(path, file, read(path), load, on_change)
    except BaseException:
        unlock(file)
        file.close()
        raise


def _opened(
    path: Path, file: IO[bytes], journal: Journal, load: Loader | None, on_change: OnChange
) -> tuple[Campaign, SaveFile, tuple[str, ...]]:
    from game.saves.loading import load_model

    model = (load or load_model)(journal.header.value)
    changed = changes(journal.header.value, model)
    if changed and on_change == "ask":
        raise ModelChangedError(f"{path.name} was played under other rules", changed)
    if changed:
        return _played_anew(path, file, journal, model, changed, on_change)
    campaign, years = replayed(journal, model, path.name)
    file.seek(journal.good)
    file.truncate()
    save = SaveFile(path, file, journal.last.digest, len(campaign.decisions))
    notices = list(journal.notices)
    _write_missing_years(save, campaign, years)
    keep_desk(path, campaign)
    return campaign, save, tuple(notices)


def _write_missing_years(save: SaveFile, campaign: Campaign, years: int) -> None:
    """Year lines that were cut off after their decision are written again."""
    missing = campaign.position.years[years:]
    if missing and save._file is not None:
        for year in missing:
            line, save._last = written(_year(campaign, year), save._last)
            save._file.write(line.encode())
        save._file.flush()
        os.fsync(save._file.fileno())


def replayed(journal: Journal, model: Model, name: str) -> tuple[Campaign, int]:
    """The campaign of a journal, every digest compared; and how many year lines there were.

    Raises:
        SaveError: a line does not fit, or gives other numbers than it did.
    """
    campaign = _opened_anew(journal, model)
    until = journal.header.value.get("recorded_until")
    if isinstance(until, int):
        found = scripts(journal, name).items()
        campaign.game.script.update({year: one for year, one in found if year <= until})
    years = 0
    for line in journal.lines:
        if "decision" in line.value:
            _redo(campaign, line, name)
            if not _comes_out(campaign, line):
                raise SaveError(f"line {line.number} of {name} gives other numbers", line.number)
        elif "year" in line.value:
            years += 1
            _compare_year(campaign, years, line, name)
        else:
            raise SaveError(f"line {line.number} of {name} is of no known kind", line.number)
    campaign.game.script.clear()
    return campaign, years


def _comes_out(campaign: Campaign, line: Line) -> bool:
    """Whether a decision leads to the numbers that a save keeps; old saves knew the words, too."""
    after = line.value.get("after")
    return after in (campaign.state_digest(), digest_with_words(campaign.position.state))


def _opened_anew(journal: Journal, model: Model) -> Campaign:
    """The campaign of a journal before its first decision."""
    header = journal.header.value
    return Campaign.new(model, header["seed"], practice=header.get(PRACTICE, False))


def _redo(campaign: Campaign, line: Line, name: str) -> None:
    number = line.value.get("n")
    if number != len(campaign.decisions) + 1:
        raise SaveError(f"line {line.number} of {name} is out of order", line.number)
    try:
        campaign.decide(decision_from_json(line.value["decision"]))
    except DecisionError as error:
        raise SaveError(f"line {line.number} of {name}: {error}", line.number) from error


def _compare_year(campaign: Campaign, count: int, line: Line, name: str) -> None:
    played = campaign.position.years
    if count > len(played) or played[count - 1].year != line.value.get("year"):
        raise SaveError(f"line {line.number} of {name} is of another year", line.number)
    now = numbers(campaign.model, played[count - 1].end)["numbers"]
    assert isinstance(now, dict)
    if any(now.get(key, was) != was for key, was in recorded(line, name)["numbers"].items()):
        raise SaveError(f"line {line.number} of {name} gives other numbers", line.number)


def _played_anew(
    path: Path,
    file: IO[bytes],
    journal: Journal,
    model: Model,
    changed: tuple[str, ...],
    on_change: OnChange,
) -> tuple[Campaign, SaveFile, tuple[str, ...]]:
    """The decisions again under the new rules, as far as they go, in a file of their own."""
    campaign = _opened_anew(journal, model)
    notices = [*journal.notices, *(f"Changed: {one}." for one in changed)]
    if on_change == "recorded":
        campaign.game.script.update(scripts(journal, path.name))
    for line in journal.lines:
        if "decision" not in line.value:
            continue
        try:
            decide_leniently(campaign, decision_from_json(line.value["decision"]))
        except DecisionError as error:
            notices.append(
                f"From decision {line.value.get('n')} on it no longer fits ({error});"
                f" you go on from the end of {campaign.year}."
            )
            break
    scripted = [y.year for y in campaign.position.years if y.year in campaign.game.script]
    last = max(scripted, default=None)
    campaign.game.script.clear()
    if campaign.game.dropped:
        names = ", ".join(sorted(campaign.game.dropped))
        notices.append(f"No longer there, and left out: {names}.")
    unlock(file)
    file.close()
    name = free_path(path.parent, f"{path.name.removesuffix(SUFFIX)}-new").name
    save = create(campaign, name, folder=path.parent, recorded_until=last)
    notices.append(f"The old save stays as it was; you play on in {save.name}.")
    return campaign, save, tuple(notices)


__all__ = [
    "Loader",
    "SaveFile",
    "changes",
    "create",
    "header_of",
    "open_save",
    "replayed",
]
