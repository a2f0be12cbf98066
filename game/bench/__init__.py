"""`guiding-hand pack`: the author's bench on the command line, one thin module a command."""

from __future__ import annotations

import click

from game.shell import Commands

LAZY = {
    "build": ("game.bench.build:build", "Make one file of a pack, ready to be given away."),
    "coverage": ("game.bench.coverage:coverage", "What happens over many worlds, and what never."),
    "explain": ("game.bench.explain:explain", "What a code such as GH211 means, with an example."),
    "graph": ("game.bench.graph:graph", "What leads to what, round one entry."),
    "ids": ("game.bench.ids:ids", "The ids that a pack can name, with their titles."),
    "new": ("game.bench.new:new", "Begin a pack: small, working, commented."),
    "schema": ("game.bench.schema:schema", "Files that let an editor complete and check."),
    "test": ("game.bench.trial:test", "Run a pack's experiments and scripted playthroughs."),
    "texts": ("game.bench.texts:texts", "Take a pack's texts out for translation, and back in."),
    "watch": ("game.bench.watch:watch", "Check a pack again whenever a file of it is saved."),
}
"""Each command's `module:attribute`, and its line in the help."""


@click.group(cls=Commands, lazy=LAZY)
def pack() -> None:
    """Write, check, try and ship packs."""
