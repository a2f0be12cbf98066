"""What a key does, the palette and the mouse do too."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from textual.app import App
from textual.command import CommandPalette
from textual.widgets._footer import FooterKey

from game.tui.commands import commands_of
from tests.tui.screens import PLACES, playing, press, settle
from tests.tui.snapshots import screen_text

FULL = [name for name in PLACES if name not in {"help"}]


@pytest.mark.parametrize("name", FULL)
async def test_every_action_of_a_screen_has_a_name_and_a_key(name: str, tmp_path: Path) -> None:
    done, keys = PLACES[name]
    async with playing(tmp_path, *keys, done=done) as (app, _):
        found = list(commands_of(cast("App[object]", app), app.screen))

        assert {"Help"} <= {command.title for command in found}
        assert all(command.key for command in found)


async def test_an_offer_is_taken_by_key_by_mouse_and_by_the_palette_alike(tmp_path: Path) -> None:
    taken = []
    async with playing(tmp_path, "c", done=1) as (app, _):
        assert app.session is not None
        taken.append(app.session.draft)
    async with playing(tmp_path, done=1) as (app, pilot):
        assert app.session is not None
        lines = screen_text(app).splitlines()
        y = next(i for i, line in enumerate(lines) if line.startswith("│ c "))
        await pilot.click(offset=(10, y))
        await settle(pilot)
        taken.append(app.session.draft)
    async with playing(tmp_path, "tab", "down", "down", "enter", done=1) as (app, _):
        assert app.session is not None
        taken.append(app.session.draft)

    assert taken[0] == taken[1] == taken[2]


async def test_a_footer_key_is_clicked(tmp_path: Path) -> None:
    async with playing(tmp_path, done=1) as (app, pilot):
        key = next(k for k in app.screen.query(FooterKey) if k.description == "Exact")
        await pilot.click(key)
        await settle(pilot)

        assert type(app.screen).__name__ == "AmountsScreen"


async def test_the_palette_offers_the_screens_own_actions(tmp_path: Path) -> None:
    async with playing(tmp_path, "c", "ctrl+p", *"undo", done=1) as (app, pilot):
        assert isinstance(app.screen, CommandPalette)
        await pilot.pause(0.5)
        await press(pilot, ["enter"])
        await pilot.pause(0.5)
        assert app.session is not None

        assert not app.session.draft.taken


async def test_help_lists_the_keys_and_presses_them(tmp_path: Path) -> None:
    async with playing(tmp_path, "question_mark", done=1) as (app, pilot):
        rows = [line for line in screen_text(app).splitlines() if "Exact" in line]
        assert rows
        y = screen_text(app).splitlines().index(rows[0])
        await pilot.click(offset=(30, y))
        await settle(pilot)

        assert type(app.screen).__name__ == "AmountsScreen"


async def test_a_card_is_answered_by_a_click(tmp_path: Path) -> None:
    async with playing(tmp_path, done=4) as (app, pilot):
        lines = screen_text(app).splitlines()
        y = next(i for i, line in enumerate(lines) if "Roll the loans over" in line)
        await pilot.click(offset=(20, y))
        await settle(pilot)
        assert app.session is not None

        assert len(app.session.campaign.decisions) == 5
