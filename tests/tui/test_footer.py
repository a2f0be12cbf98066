"""The footer is never clipped: whatever it shows is shown whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets._footer import FooterKey

from tests.tui.fake import FakeLibrary
from tests.tui.screens import PLACES, playing


@pytest.mark.parametrize("name", PLACES)
async def test_every_key_of_the_footer_fits_at_80_columns(name: str, tmp_path: Path) -> None:
    done, keys = PLACES[name]
    async with playing(tmp_path, *keys, done=done) as (app, _):
        shown = list(app.screen.query(FooterKey))
        palette = [key for key in shown if key.has_class("-command-palette")]
        others = [key for key in shown if key not in palette]
        edge = min((key.region.x for key in palette), default=80)

        assert others
        assert max(key.region.right for key in others) <= edge
        assert len(others) <= 7


@pytest.mark.parametrize("keys", [(), ("n",), ("l",)], ids=["menu", "chooser", "saves"])
async def test_the_menus_footers_fit(keys: tuple[str, ...], tmp_path: Path) -> None:
    library = FakeLibrary(tmp_path / "kept.jsonl")
    async with playing(tmp_path, *keys, menu=True, library=library) as (app, _):
        shown = list(app.screen.query(FooterKey))

        assert max(key.region.right for key in shown) <= 80
