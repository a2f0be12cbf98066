"""`pack watch`: check a pack again whenever a file of it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from game.options import json_option, pack_path, refusals

if TYPE_CHECKING:
    from game.authoring.watching import Turn
    from game.checking import Checked
    from game.packs import Diagnostic

POLL = 0.1
"""Seconds between two looks at the files."""


@click.command()
@click.argument("folders", nargs=-1, required=True, metavar="DIR...")
@json_option
def watch(folders: tuple[str, ...], as_json: bool) -> None:
    """Check packs at once, and again whenever a file of theirs is saved, until Ctrl-C.

    What is new is printed as `guiding-hand check` does, what is gone in one line; then a line of
    counts and how long the check took. With --json each check is one line of JSON.
    """
    import time

    from game.authoring.watching import Watch, turn

    roots = list(dict.fromkeys(pack_path(folder) for folder in folders))
    checker = _Checker(roots)
    before: tuple[Diagnostic, ...] = ()
    found = Watch(roots)
    saved: tuple[Path, ...] = ()
    with refusals():
        while True:
            checked, seconds = checker.run()
            now = (*checked.diagnostics, *checker.unlooked)
            changes = turn(before, now)
            before = now
            tell = _json if as_json else _text
            click.echo(tell(saved, changes, checked, seconds, first=checker.runs == 1))
            found.follow(checker.watched)
            while not (saved := found.settled()):
                time.sleep(POLL)


class _Checker:
    """Checks the same packs again and again, and knows which folders they came from.

    `unlooked` is what was found earlier where the last check, stopped by an error, did not look.
    """

    def __init__(self, roots: Sequence[Path]) -> None:
        from game.packs.memory import Memory

        self._memories = {root: Memory() for root in roots}
        self._known: dict[Path, tuple[Diagnostic, ...]] = dict.fromkeys(roots, ())
        self.watched: tuple[Path, ...] = tuple(roots)
        self.unlooked: tuple[Diagnostic, ...] = ()
        self.runs = 0

    def run(self) -> tuple[Checked, float]:
        """What a check comes to, and the seconds that it took."""
        import time

        from game.authoring.watching import unlooked
        from game.checking import Checked, check_folder

        begun = time.perf_counter()
        reports = []
        self.unlooked = ()
        for root, memory in self._memories.items():
            reports.append(check_folder(root, memory=memory))
            now = reports[-1].diagnostics
            left = unlooked(self._known[root], now, root)
            self._known[root] = (*now, *left)
            self.unlooked = (*self.unlooked, *left)
            self.watched = tuple(dict.fromkeys((*self.watched, *memory.folders)))
        self.runs += 1
        return Checked(tuple(reports)), time.perf_counter() - begun


def _text(
    saved: Sequence[Path], changes: Turn, checked: Checked, seconds: float, *, first: bool
) -> str:
    from game.packs import render_text
    from game.packs.diagnostics import escaped

    lines = []
    if saved:
        names = ", ".join(escaped(f"{path.parent.name}/{path.name}") for path in saved[:3])
        more = f" and {len(saved) - 3:,} more" if len(saved) > 3 else ""
        lines.append(f"\nsaved: {names}{more}")
    lines.extend(map(render_text, changes.new))
    lines.extend(
        f"gone: {escaped(one.file)}:{one.line}: [{one.code}] {one.message}" for one in changes.gone
    )
    if saved and not (changes.new or changes.gone):
        lines.append("nothing new, nothing gone")
    lines.extend(report.line for report in checked.reports)
    lines.append(f"checked in {seconds * 1000:,.0f} ms")
    if first:
        lines.append("watching; save a file to check again, Ctrl-C ends")
    return "\n".join(lines)


def _json(
    saved: Sequence[Path], changes: Turn, checked: Checked, seconds: float, *, first: bool
) -> str:
    import json

    from game.packs import to_json

    told = {
        "saved": [str(path) for path in saved],
        "new": [to_json(one) for one in changes.new],
        "gone": [to_json(one) for one in changes.gone],
        "packs": [report.to_json() for report in checked.reports],
        "ms": round(seconds * 1000, 1),
        "first": first,
    }
    return json.dumps(told)
