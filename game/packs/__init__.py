"""YAML packs -> one checked `Pack`: reading, schema, checks, merging, and what went wrong where."""

from __future__ import annotations

from game.packs.diagnostics import Diagnostic, PackError
from game.packs.find import find_packs, shipped_folder
from game.packs.load import load_pack, load_packs
from game.packs.pack import Loaded, Pack, PackHash, Passage
from game.packs.render import render_text, to_json
from game.packs.standalone import read_experiments, read_strategy

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
