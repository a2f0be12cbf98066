"""`pack graph`: what leads to what, round one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from game.options import refusals
from game.shell import Refusal

if TYPE_CHECKING:
    from game.authoring.neighbourhood import Sides


@click.command()
@click.argument("pack")
@click.argument("entry", required=False)
@click.option(
    "--depth", type=click.IntRange(1, 20), help="Steps from ENTRY; as many as fit without it."
)
@click.option(
    "--format", "form", type=click.Choice(["tree", "mermaid", "dot"]), default="tree",
    show_default=True,
)  # fmt: skip
@click.option(
    "--to", "sides", type=click.Choice(["effects", "causes", "both"]), default="both",
    show_default=True, help="What ENTRY does, what moves it, or both.",
)  # fmt: skip
def graph(pack: str, entry: str | None, depth: int | None, form: str, sides: Sides) -> None:
    """Draw what moves ENTRY of PACK and what it moves: conditions, effects, rules and flags.

    ENTRY is an id, or kind/id where two kinds share one; EVENT:CHOICE for an answer. Without it the
    chains of the pack are listed: events that schedule others, or unlock them.

    + moves the same way, − the other way, ± may go either way. A dotted branch only warns or
    recalls.
    """
    with refusals():
        from game.authoring.drawn import drawn

        if entry is None and form != "tree":
            raise Refusal(f"--format {form} draws the neighbourhood of one ENTRY; name it")
        told = drawn(pack, entry, depth, form, sides, _width())
    click.echo(told)


def _width() -> int:
    import shutil

    return shutil.get_terminal_size().columns
