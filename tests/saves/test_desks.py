"""The desk that is shown while a save is replayed: a copy, and only of what is still so."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from game.campaign import Campaign
from game.campaign.kept import KeptDesk
from game.campaign.records import DraftAsk
from game.engine import Model, compile_model
from game.packs import cache, find_packs, load_pack
from game.saves import create, desks, open_save
from game.saves.desks import kept_desk
from tests.campaign.packs import tiny
from tests.campaign.support import asked, careful, step


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(cache, "folder", lambda: folder)
    return folder


def at_desk(folder: Path, model: Model | None = None) -> tuple[Campaign, Path]:
    """A campaign played to its first desk, and its save."""
    campaign = Campaign.new(model or tiny(), 3)
    with create(campaign, "one", folder=folder) as save:
        step(campaign, careful)
        save.append(campaign.decisions[-1], campaign)
        return campaign, save.path


def load(_header: Mapping[str, Any]) -> Model:
    """The tiny pack, whatever the header says."""
    return tiny()


def text_of(campaign: Campaign) -> str:
    """The desk of a campaign as text."""
    desk = KeptDesk.of(campaign)
    assert desk is not None
    return desk.to_text()


def test_a_save_at_its_first_desk_has_it_kept(tmp_path: Path) -> None:
    campaign, path = at_desk(tmp_path)
    kept = kept_desk(path)

    assert kept is not None
    assert kept.to_text() == text_of(campaign)


def test_opening_a_save_keeps_its_desk(tmp_path: Path, own_cache: Path) -> None:
    campaign, path = at_desk(tmp_path)
    shutil.rmtree(own_cache)
    assert kept_desk(path) is None

    _, save, _ = open_save(path, load)
    save.close()

    kept = kept_desk(path)
    assert kept is not None
    assert kept.to_text() == text_of(campaign)


def test_once_the_plan_is_locked_there_is_no_desk(tmp_path: Path) -> None:
    campaign, path = at_desk(tmp_path)
    _, save, _ = open_save(path, load)
    with save:
        step(campaign, careful)
        save.append(campaign.decisions[-1], campaign)

    assert kept_desk(path) is None


def test_a_later_desk_lies_under_a_review_and_is_not_kept(tmp_path: Path) -> None:
    campaign = Campaign.new(tiny(), 3)
    while campaign.plan == 0:
        step(campaign, careful)
    asked(campaign, DraftAsk)
    with create(campaign, "one", folder=tmp_path) as save:
        desks.keep_desk(save.path, campaign)

        assert kept_desk(save.path) is None


def test_a_save_that_has_changed_has_no_kept_desk(tmp_path: Path) -> None:
    _, path = at_desk(tmp_path)
    path.write_bytes(path.read_bytes() + b"\n")

    assert kept_desk(path) is None


def test_nor_has_one_whose_pack_has_changed(tmp_path: Path) -> None:
    pack = tmp_path / "packs" / "core"
    shutil.copytree(find_packs()["core"], pack)
    model = compile_model(load_pack(pack), "twelfth-plan")
    _, path = at_desk(tmp_path, model)
    assert kept_desk(path) is not None

    with (pack / "sectors.yaml").open("a") as file:
        file.write("# another word\n")

    assert kept_desk(path) is None


def test_nor_has_one_that_other_code_has_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = at_desk(tmp_path)
    monkeypatch.setattr(desks, "_code", lambda: "other code")

    assert kept_desk(path) is None


def test_a_damaged_copy_is_none(tmp_path: Path, own_cache: Path) -> None:
    _, path = at_desk(tmp_path)
    for file in own_cache.glob("*.json"):
        file.write_bytes(file.read_bytes()[:-2])

    assert kept_desk(path) is None
