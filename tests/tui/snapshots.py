"""Text snapshots: the characters of a screen, kept beside the tests.

Set GUIDING_HAND_UPDATE=1 to write them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from textual.app import App

FOLDER = Path(__file__).parent / "snapshots"


def screen_text(app: App[None]) -> str:
    """The characters on the terminal, without spaces at the ends of lines."""
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    return "\n".join(lines) + "\n"


def check(app: App[None], name: str) -> None:
    """Compare the screen with the one kept, or keep it where asked to."""
    width, height = app.size
    path = FOLDER / f"{name}-{width}x{height}.txt"
    shown = screen_text(app)
    if os.environ.get("GUIDING_HAND_UPDATE") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.exists(), f"no snapshot {path.name}; set GUIDING_HAND_UPDATE=1 to keep one"

    assert shown == path.read_text(encoding="utf-8")
