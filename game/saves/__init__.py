"""Saves: a text file a campaign, written decision by decision, that replays to the same digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.saves.errors import ModelChangedError, SaveError
    from game.saves.folder import safe_name, saves_folder
    from game.saves.listing import Listed, list_saves
    from game.saves.loading import load_model
    from game.saves.replaying import ReplayReport, replay
    from game.saves.save import SaveFile, create, open_save
else:
    from game.exports import exports

    __getattr__ = exports(
        __name__,
        {
            "Listed": "listing",
            "ModelChangedError": "errors",
            "ReplayReport": "replaying",
            "SaveError": "errors",
            "SaveFile": "save",
            "create": "save",
            "list_saves": "listing",
            "load_model": "loading",
            "open_save": "save",
            "replay": "replaying",
            "safe_name": "folder",
            "saves_folder": "folder",
        },
    )

__all__ = [
    "Listed",
    "ModelChangedError",
    "ReplayReport",
    "SaveError",
    "SaveFile",
    "create",
    "list_saves",
    "load_model",
    "open_save",
    "replay",
    "safe_name",
    "saves_folder",
]
