"""Colours carry no meaning alone, and what they carry survives fewer of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from game.tui.app import GuidingHandApp
from game.tui.settings import Settings, load_settings, save_settings
from game.tui.themes import DARK, LIGHT
from tests.tui.fake import FakeLibrary
from tests.tui.screens import LARGE, playing, press, settle
from tests.tui.snapshots import screen_text


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_the_bands_of_the_fan_stay_apart_in_256_colours(theme: object) -> None:
    from rich.color import ColorSystem

    variables = getattr(theme, "variables", {})
    few = {
        name: Color.parse(variables[name]).rich_color.downgrade(ColorSystem.EIGHT_BIT).number
        for name in ("fan-outer", "fan-inner", "fan-median")
    }

    assert len(set(few.values())) == 3


async def test_the_fan_has_textures_where_there_is_no_colour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with playing(tmp_path, done=1, size=LARGE) as (app, _):
        shown = screen_text(app)

        assert "░" in shown
        assert "▒" in shown


async def test_every_theme_of_textual_shows_the_desk(tmp_path: Path) -> None:
    async with playing(tmp_path, done=1, size=LARGE) as (app, pilot):
        for name in app.available_themes:
            app.theme = name
            await settle(pilot)

            assert "On the table" in screen_text(app)


async def test_settings_are_kept_and_found_again(tmp_path: Path) -> None:
    library = FakeLibrary()
    path = tmp_path / "settings.json"
    app = GuidingHandApp(lambda: library, settings=Settings(), settings_path=path)
    async with app.run_test() as pilot:
        await press(pilot, ["s", "down", "enter"])

    assert load_settings(path).animations is False


def test_settings_that_cannot_be_read_are_as_at_first(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": 3, "animations": false, "other": []}', encoding="utf-8")
    assert load_settings(path) == Settings(animations=False)

    path.write_text("[", encoding="utf-8")
    assert load_settings(path) == Settings()

    save_settings(Settings(theme="nord"), path)
    assert load_settings(path).theme == "nord"
