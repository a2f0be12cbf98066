"""Opening the game on a fake campaign, pressing keys, waiting until it has settled."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from game.tui.app import GuidingHandApp
from game.tui.settings import Settings
from tests.tui.fake import FakeLibrary

SMALL, LARGE = (80, 24), (120, 40)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no thread counts and every message has been handled.

    Workers that wait for the answer to a question go on waiting.
    """
    await pilot.pause()
    while threads := [w for w in pilot.app.workers if w._thread_worker and w.is_running]:
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete(threads)
        await pilot.pause()
    await pilot.pause()


async def press(pilot: Pilot[None], keys: Iterable[str]) -> None:
    """Press keys one by one, each once the one before has settled."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@asynccontextmanager
async def playing(
    tmp_path: Path,
    *keys: str,
    size: tuple[int, int] = SMALL,
    theme: str = "guiding-hand",
    menu: bool = False,
    library: FakeLibrary | None = None,
    done: int = 0,
) -> AsyncIterator[tuple[GuidingHandApp, Pilot[None]]]:
    """The game on a fake campaign (or at its menu), `done` decisions into it, after some keys."""
    shelf = library or FakeLibrary()
    app = GuidingHandApp(
        lambda: shelf,
        None if menu else (lambda _: shelf.session(done)),
        settings=Settings(theme=theme, animations=False, last_save=str(shelf.kept or "")),
        settings_path=tmp_path / "settings.json",
    )
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, keys)
        yield app, pilot


TO_ENDING = (
    "1",  # the letter
    *("p", "down", "space", "p", "enter"),  # promise and lock
    "1",  # the request
    *("enter", "1", "3"),  # the first year, the visit, the card there
    *("enter", "n"),  # the second year, the mid-term
    *("enter", "2"),  # two quiet years, the count
    *("enter", "enter"),  # the last year, the review
)
"""The keys from the letter to the ending of the fake campaign."""

PLACES: dict[str, tuple[int, tuple[str, ...]]] = {
    "opening": (0, ()),
    "desk": (1, ()),
    "desk-taken": (1, ("d", "n", "a")),
    "forecast": (1, ("d", "f")),
    "dossier": (1, ("enter",)),
    "new-dossier": (1, ("plus",)),
    "amounts": (1, ("equals_sign", "down", "tab")),
    "presets": (1, ("P",)),
    "inbox": (1, ("i",)),
    "promises": (1, ("p",)),
    "lock": (1, ("p", "down", "s", "p")),
    "request": (2, ()),
    "year": (3, ()),
    "why": (3, ("w",)),
    "cause": (3, ("w", "enter")),
    "charts": (3, ("c",)),
    "table": (3, ("c", "t")),
    "visit": (3, ("enter",)),
    "card": (4, ()),
    "why-now": (4, ("w",)),
    "midterm": (5, ("enter",)),
    "quiet-years": (6, ()),
    "count": (6, ("enter",)),
    "review": (7, ("enter",)),
    "results": (7, ("enter", "r", "p")),
    "ending": (7, ("enter", "enter")),
    "almanac": (1, ("f3",)),
    "people": (1, ("f4",)),
    "settings": (1, ("f5",)),
    "help": (1, ("question_mark",)),
}
"""Every screen: the decisions made before it, and the keys that lead there."""
