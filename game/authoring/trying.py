"""The proof that a pack works: its experiments and its playthroughs, run one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from game.authoring.opening import opened
from game.authoring.playthroughs import Played, played
from game.lab.errors import BadContentError, missing
from game.lab.experiments import Result, run_experiment
from game.packs.playthroughs import playthroughs_of

if TYPE_CHECKING:
    from game.packs import Pack
    from game.packs.playthroughs import Written
    from game.packs.schema import Experiment


@dataclass(frozen=True)
class Trial:
    """One experiment or playthrough that was run."""

    name: str
    holds: bool
    lines: tuple[str, ...]
    warnings: tuple[str, ...]
    told: Result | Played


@dataclass(frozen=True)
class Proofs:
    """What there is to run of a pack, in order."""

    pack: Pack
    owner: str
    experiments: tuple[Experiment, ...]
    playthroughs: tuple[Written, ...]

    def summary(self, results: Sequence[Trial]) -> str:
        """The last line: how much was run, and how much of it fails."""
        if not results:
            return (
                f"{self.owner} proves nothing yet: it has no experiments (experiments/*.yaml) "
                "and no playthroughs (tests/*.yaml)"
            )
        failed = sum(not one.holds for one in results)
        parts = [
            _counted(len(self.experiments), "experiment"),
            _counted(len(self.playthroughs), "playthrough"),
            f"{failed:,} fail" if failed != 1 else "1 fails",
        ]
        return f"{self.owner}: {', '.join(parts if failed else [*parts[:2], 'all hold'])}"

    def to_json(self, results: Sequence[Trial]) -> dict[str, Any]:
        """Plain data."""
        return {
            "pack": self.owner,
            "holds": all(one.holds for one in results),
            "experiments": [o.told.to_json() for o in results if isinstance(o.told, Result)],
            "playthroughs": [o.told.to_json() for o in results if isinstance(o.told, Played)],
        }


def proofs_of(name: str, only: Sequence[str] = ()) -> Proofs:
    """What there is to run of a pack, by its folder or its id.

    Args:
        name: the pack.
        only: ids of experiments and playthroughs; all of them where it is empty.

    Raises:
        NotFoundError: there is no such pack, or nothing of one of the ids.
        BadContentError: the pack or its playthroughs cannot be used.
    """
    here = opened(name)
    pack, owner = here.pack, here.owner
    found = playthroughs_of(pack, here.root, owner)
    if found.failed:
        raise BadContentError([one for one in found.diagnostics if one.severity == "error"])
    experiments = [
        one for name, one in pack.experiments.items() if pack.owner("experiment", name) == owner
    ]
    known = {*(one.id for one in experiments), *(w.playthrough.id for w in found.written)}
    for one in only:
        if one not in known:
            raise missing("experiment or playthrough", one, sorted(known))
    wanted = set(only) or known
    return Proofs(
        pack,
        owner,
        tuple(one for one in experiments if one.id in wanted),
        tuple(one for one in found.written if one.playthrough.id in wanted),
    )


def tried(proofs: Proofs, worlds: int | None = None) -> Iterator[Trial]:
    """Run everything, experiments first.

    Args:
        proofs: what there is to run.
        worlds: of each experiment; its own number where None.

    Raises:
        PlanningError: the scenario cannot carry a plan out.
    """
    for experiment in proofs.experiments:
        result = run_experiment(proofs.pack, experiment, worlds=worlds)
        lines = [result.text]
        if not result.holds:
            lines.append(f"       {proofs.pack.where('experiment', experiment.id)}")
        yield Trial(experiment.id, result.holds, tuple(lines), tuple(result.warnings), result)
    for one in played(proofs.pack, proofs.playthroughs):
        yield Trial(one.playthrough.id, one.holds, tuple(one.lines), tuple(one.warnings), one)


def _counted(count: int, what: str) -> str:
    return f"one {what}" if count == 1 else f"{count:,} {what}s"
