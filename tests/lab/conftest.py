from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from game.engine import Model, compile_model
from game.lab import Planner, texts_of
from game.packs import Pack, load_pack
from game.packs.schema import PlanEntry
from tests.packs.factory import write_pack

Entries = Callable[..., tuple[PlanEntry, ...]]
Plan = Callable[..., Planner]


def entries(*plans: dict[str, Any]) -> tuple[PlanEntry, ...]:
    """The entries of a strategy, as its file would give them."""
    return tuple(PlanEntry.model_validate(plan, strict=False) for plan in plans)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load_pack(write_pack(tmp_path_factory.mktemp("packs") / "tiny"), use_cache=False)


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pack(tmp_path_factory.mktemp("folders") / "tiny")


@pytest.fixture(scope="session")
def valleys(tiny: Pack) -> Model:
    return compile_model(tiny, "valleys", ("previous(learning)",))


@pytest.fixture
def plan(tiny: Pack) -> Plan:
    """A planner for the two valleys from entries as a file would give them."""

    def run(*plans: dict[str, Any], name: str = "") -> Planner:
        found: Sequence[PlanEntry] = entries(*plans)
        return Planner(compile_model(tiny, "valleys", texts_of(found)), tuple(found), name)

    return run
