"""A world is the same whoever runs it, with how many others, and beside what.

Everything is compared bit for bit, over every indicator of the core pack and every year.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from game.engine import Batch, Draws, Model, compile_model, start
from game.engine.execute import Floats
from game.lab import Job, Planner, columns_of, years_of
from game.lab.running import Origin, block_of, ensemble
from game.packs import Pack, find_packs, load_pack
from tests.lab.conftest import entries
from tests.packs.factory import write_pack

SCENARIO = "twelfth-plan"
STRATEGY = "as-it-happened"


@pytest.fixture(scope="module")
def core() -> Pack:
    return load_pack(find_packs()["core"])


@pytest.fixture(scope="module")
def model(core: Pack) -> Model:
    return compile_model(core, SCENARIO)


@pytest.fixture(scope="module")
def job(core: Pack) -> Job:
    return Job(core.strategies[STRATEGY].plans, seed=11)


def numbers(model: Model, job: Job, worlds: range) -> Floats:
    """Every indicator, every year: shape (years, columns, worlds)."""
    return block_of(model, job, columns_of(model), worlds).values


def print_digest() -> None:
    """What another process prints for world 5."""
    pack = load_pack(find_packs()["core"])
    model = compile_model(pack, SCENARIO)
    job = Job(pack.strategies[STRATEGY].plans, seed=11)
    print(digest(numbers(model, job, range(5, 6))))


def digest(values: Floats) -> str:
    return hashlib.sha256((values + 0.0).astype("<f8").tobytes()).hexdigest()


def test_a_world_is_the_same_alone_among_seven_and_among_256(model: Model, job: Job) -> None:
    seven = numbers(model, job, range(7))
    many = numbers(model, job, range(256))
    assert np.array_equal(seven, many[:, :, :7])
    for world in (0, 5):
        alone = numbers(model, job, range(world, world + 1))
        assert np.array_equal(alone[:, :, 0], many[:, :, world])


def test_worlds_and_seeds_differ(model: Model, job: Job) -> None:
    values = numbers(model, job, range(2))
    assert not np.array_equal(values[:, :, 0], values[:, :, 1])
    other = numbers(model, Job(job.plans, seed=12), range(2))
    assert not np.array_equal(values, other)


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_a_world_is_the_same_in_another_process(model: Model, job: Job, hash_seed: str) -> None:
    code = "from tests.engine.test_identity import print_digest; print_digest()"
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
        check=True,
        timeout=120,
    )
    assert done.stdout.strip() == digest(numbers(model, job, range(5, 6)))


def test_processes_share_the_work_without_changing_it(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "tiny")
    model = compile_model(load_pack(folder, use_cache=False), "valleys")
    job = Job(model.pack.strategies["mills"].plans)
    columns = columns_of(model)
    alone = list(ensemble(model, job, columns, 40, block=16))
    origin = Origin((folder,), "valleys")
    shared = list(ensemble(model, job, columns, 40, block=16, processes=2, origin=origin))
    assert [block.worlds for block in alone] == [block.worlds for block in shared]
    for one, other in zip(alone, shared, strict=True):
        assert np.array_equal(one.values, other.values)
        assert one.warnings == other.warnings


def test_an_event_added_to_a_pack_changes_no_draw_elsewhere(
    core: Pack, model: Model, job: Job, tmp_path: Path
) -> None:
    folder = tmp_path / "core"
    shutil.copytree(find_packs()["core"], folder)
    (folder / "events" / "aaa.yaml").write_text(
        "- id: aaa-nothing-happens\n"
        "  title: Nothing happens\n"
        "  chance: 0.5\n"
        "  cooldown: 1\n"
        "  bulletin: Nothing happens.\n"
        f"  because: [{next(iter(core.passages))}]\n"
        "  grade: invented\n"
    )
    other = compile_model(load_pack(folder, use_cache=False), SCENARIO)
    assert len(other.events) == len(model.events) + 1
    assert np.array_equal(numbers(model, job, range(16)), numbers(other, job, range(16)))


def test_another_choice_changes_nothing_that_it_does_not_cause(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path / "tiny"), use_cache=False)
    model = compile_model(pack, "valleys")
    rain = model.expressions.number('times("long-rain")')
    demand = [column.row for column in columns_of(model, ["demand"])]
    capacity = [column.row for column in columns_of(model, ["capacity"])]

    def path(choice: str) -> list[tuple[list[float], ...]]:
        plan = {"allocate": {"mill_loans": "60%"}, "choices": {"idle-mill": choice}}
        draws = Draws(model.streams, 3, range(8))
        return [
            (
                batch.matrix[capacity].reshape(-1).tolist(),
                batch.value(rain).tolist(),
                batch.matrix[demand].reshape(-1).tolist(),
            )
            for batch in years_of(Planner(model, entries(plan)), draws, Job(()))
        ]

    closed, waited = path("close"), path("wait")
    assert [year[0] for year in closed] != [year[0] for year in waited]  # mills were closed
    assert [year[1] for year in closed] == [year[1] for year in waited]  # it rains as before
    assert [year[2] for year in closed] == [year[2] for year in waited]  # and buyers come as before


def test_a_forecast_that_knows_few_events_is_the_same_on_a_few_worlds_and_on_many(
    model: Model, job: Job
) -> None:
    mask = np.zeros(len(model.events), dtype=bool)
    mask[::3] = True

    def matrix(worlds: range) -> Floats:
        draws = Draws(model.streams, job.seed, worlds)
        batch = Batch(model, draws)
        batch.load(start(model, draws))
        for _ in range(4):
            batch.close(batch.fire(batch.open(mask)))
        ledger: Floats = batch.matrix[: model.layout.ledger]
        return ledger

    many = matrix(range(40))
    assert np.array_equal(many[:, :8], matrix(range(8)))
    assert len(model.snapshot_where(mask).items) < len(model.snapshot.items)
