"""The mouse reaches what the keys reach."""

from __future__ import annotations

from pathlib import Path

from tests.tui.screens import PLACES, SMALL, playing, settle


async def test_a_click_on_a_row_is_its_key(tmp_path: Path) -> None:
    done, keys = PLACES["visit"]
    async with playing(tmp_path, *keys, done=done) as (app, pilot):
        assert app.session is not None

        await pilot.click("Rows", offset=(6, 0))
        await settle(pilot)

        assert len(app.session.campaign.decisions) == done + 1


async def test_a_click_takes_an_offer(tmp_path: Path) -> None:
    async with playing(tmp_path, size=SMALL, done=1) as (app, pilot):
        assert app.session is not None

        await pilot.click("#offers", offset=(6, 2))
        await settle(pilot)

        assert len(app.session.draft.taken) == 1


async def test_the_window_may_change_size_on_any_screen(tmp_path: Path) -> None:
    for name in ("opening", "forecast", "promises", "card", "review"):
        done, keys = PLACES[name]
        async with playing(tmp_path, *keys, done=done) as (app, pilot):
            shown = type(app.screen)
            for size in ((40, 10), (60, 16), (200, 60), (80, 24)):
                await pilot.resize_terminal(*size)
                await settle(pilot)

            assert type(app.screen) is shown
