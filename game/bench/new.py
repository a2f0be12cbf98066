"""`pack new`: a small working pack to begin with."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from game.options import refusals
from game.shell import Refusal


@click.command()
@click.argument("name")
@click.option(
    "--into", type=click.Path(path_type=Path), metavar="DIR", default=Path(),
    help="Where the pack's folder goes; here without it.",
)  # fmt: skip
@click.option("--alone", is_flag=True, help="A small world of its own, instead of one on core.")
def new(name: str, into: Path, alone: bool) -> None:
    """Begin a pack called NAME: small, working, commented.

    It checks clean, plays, and its experiment and its playthrough hold. Each file says at its head
    what it is for and what to try next. Nothing that is there is overwritten.
    """
    with refusals():
        from game.authoring.beginning import NoBeginningError, begin

        try:
            written = begin(name, into, alone=alone)
        except NoBeginningError as error:
            raise Refusal(str(error)) from error
    folder = shlex.quote(str(into / name))
    stands = "a world of its own" if alone else "standing on core"
    click.echo(f"{into / name}: {len(written)} files, {stands}")
    click.echo("next:")
    for command in (f"check {folder}", f"play {name} --pack {folder}", f"pack test {folder}"):
        click.echo(f"  guiding-hand {command}")
