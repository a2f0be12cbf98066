"""YAML packs -> one checked `Pack`: reading, schema, checks, merging, and what went wrong where."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.packs.diagnostics import Diagnostic, PackError
    from game.packs.find import find_packs, shipped_folder
    from game.packs.load import load_pack, load_packs
    from game.packs.pack import Loaded, Pack, PackHash, Passage
    from game.packs.render import render_text, to_json
    from game.packs.standalone import read_experiments, read_strategy
else:
    from game.exports import exports

    __getattr__ = exports(
        __name__,
        {
            "Diagnostic": "diagnostics",
            "Loaded": "pack",
            "Pack": "pack",
            "PackError": "diagnostics",
            "PackHash": "pack",
            "Passage": "pack",
            "find_packs": "find",
            "load_pack": "load",
            "load_packs": "load",
            "read_experiments": "standalone",
            "read_strategy": "standalone",
            "render_text": "render",
            "shipped_folder": "find",
            "to_json": "render",
        },
    )

__all__ = [
    "Diagnostic",
    "Loaded",
    "Pack",
    "PackError",
    "PackHash",
    "Passage",
    "find_packs",
    "load_pack",
    "load_packs",
    "read_experiments",
    "read_strategy",
    "render_text",
    "shipped_folder",
    "to_json",
]
