"""The desk: letters take and put back, nothing is lost, everything can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.fake import FakeCampaign
from tests.tui.screens import LARGE, playing, press
from tests.tui.snapshots import screen_text


async def test_a_letter_takes_an_offer_and_again_puts_it_back(tmp_path: Path) -> None:
    async with playing(tmp_path, "d", done=1) as (app, pilot):
        assert app.session is not None
        assert app.session.draft.taken == ("offer-3",)
        assert "✓" in screen_text(app)

        await press(pilot, ["d"])

        assert not app.session.draft.taken


async def test_too_many_dossiers_are_said_in_words(tmp_path: Path) -> None:
    async with playing(tmp_path, "c", "d", "e", "m", done=1) as (app, _):
        assert "5 dossiers on a desk for 3: every line delivers 60%" in screen_text(app)


async def test_undo_and_redo_walk_over_every_change(tmp_path: Path) -> None:
    async with playing(tmp_path, "c", "right", "s", done=1) as (app, pilot):
        assert app.session is not None
        changed = app.session.draft

        await press(pilot, ["u", "u", "u"])
        assert app.session.draft == app.session.campaign.draft()

        await press(pilot, ["U", "U", "U"])
        assert app.session.draft == changed


async def test_a_dossiers_lines_and_weight_change_on_its_card(tmp_path: Path) -> None:
    keys = ["enter", "4", "down", "down", "enter", "m", "s", "escape"]
    async with playing(tmp_path, *keys, done=1) as (app, _):
        assert app.session is not None
        dossier = app.session.draft.dossiers[0]

        assert dossier.weight == "heavy"
        assert dossier.lines == ("hightech_zones", "credit_support", "special_funds")
        assert dossier.architecture == "mission"
        assert dossier.sunset


async def test_an_exact_amount_is_typed(tmp_path: Path) -> None:
    async with playing(tmp_path, "equals_sign", "down", "tab", "2", "5", done=1) as (app, _):
        assert app.session is not None

        assert app.session.draft.amounts == (("hightech_zones", "new_energy", 25.0),)


async def test_the_forecast_follows_the_desk(tmp_path: Path) -> None:
    async with playing(tmp_path, size=LARGE, done=1) as (app, pilot):
        before = screen_text(app)
        await press(pilot, ["d"])
        after = screen_text(app)

        assert "It has met 0" in before
        assert [line for line in before.splitlines() if "likely" in line] != [
            line for line in after.splitlines() if "likely" in line
        ]


async def test_an_empty_slot_opens_any_sector_or_channel(tmp_path: Path) -> None:
    async with playing(tmp_path, "down", "enter", "enter", "escape", done=1) as (app, _):
        assert app.session is not None

        assert [one.key for one in app.session.draft.dossiers] == [
            "sector:new_energy",
            "sector:new_materials",
        ]


async def test_leaving_a_changed_desk_asks_first(tmp_path: Path) -> None:
    async with playing(tmp_path, "d", "escape", done=1) as (app, pilot):
        assert "Leave the desk?" in screen_text(app)
        await press(pilot, ["n"])
        assert app.session is not None

        await press(pilot, ["q", "y"])
        assert app.session is None


async def test_leaving_an_unchanged_desk_does_not_ask(tmp_path: Path) -> None:
    async with playing(tmp_path, "escape", done=1) as (app, _):
        assert app.session is None


async def test_escape_closes_the_forecast_before_it_leaves(tmp_path: Path) -> None:
    async with playing(tmp_path, "f", "escape", done=1) as (app, _):
        assert type(app.screen).__name__ == "DeskScreen"
        assert not app.screen.has_class("-forecast")


@pytest.mark.parametrize(
    ("measures", "wanted"),
    [(1, "of one "), (2, "of two "), (3, "of 2 or 3 "), (4, "of two to four ")],
)
async def test_the_promises_say_how_many_are_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, measures: int, wanted: str
) -> None:
    known = FakeCampaign().measures()[:measures]
    monkeypatch.setattr(FakeCampaign, "measures", lambda _: known)
    async with playing(tmp_path, "p", done=1) as (app, _):
        assert f"Promised 1, {wanted}" in screen_text(app)


async def test_the_promises_say_what_the_lock_still_waits_for(tmp_path: Path) -> None:
    async with playing(tmp_path, "p", "p", done=1) as (app, pilot):
        assert "one more to lock: space" in screen_text(app)

        await press(pilot, ["down", "space"])

        assert "space promises or drops" in screen_text(app)
