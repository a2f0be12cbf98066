"""`pack build`: one file of a pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from game.options import pack_path, refusals
from game.shell import DOES_NOT_HOLD, Refusal

if TYPE_CHECKING:
    from game.authoring.building import Built


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--out", metavar="FILE.zip", help="The file to write; <id>-<version>.zip without.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def build(folder: str, out: str | None, force: bool) -> None:
    """Check the pack in DIR and write it as one zip file, ready to be given away.

    The file plays as it is: `guiding-hand play --pack FILE.zip`. It holds what belongs to the pack:
    pack.yaml, its entries, tests, texts, docs/*.md, README and licence. The same content gives the
    same file. With an error in the pack nothing is written, and the status is 1.
    """
    from game.authoring.building import BuildingError, write
    from game.authoring.building import build as made
    from game.packs import render_text
    from game.packs.diagnostics import escaped

    root = pack_path(folder)
    target = _target(out)
    with refusals():
        try:
            tried = made(root)
            for one in tried.diagnostics:
                click.echo(render_text(one), err=True)
            if tried.built is None:
                errors = sum(one.severity == "error" for one in tried.diagnostics)
                what = "an error" if errors == 1 else f"{errors:,} errors"
                click.echo(f"{folder} has {what}; nothing was written", err=True)
                click.get_current_context().exit(DOES_NOT_HOLD)
            path = target / tried.built.name if target.is_dir() else target
            write(tried.built, path, force=force)
        except BuildingError as error:
            raise Refusal(f"{error}; nothing was written") from error
    for line in _told(tried.built, path, len(tried.diagnostics)):
        click.echo(escaped(line))


def _target(out: str | None) -> Path:
    if out is None:
        return Path()
    target = Path(out)
    if not target.parent.is_dir():
        raise Refusal(f"--out: there is no folder {target.parent}")
    if target.is_dir() or target.suffix.lower() == ".zip":
        return target
    raise Refusal(f"--out: {out} is neither a folder nor a name that ends in .zip")


def _told(built: Built, path: Path, warnings: int) -> list[str]:
    count = len(built.files)
    files = "one file" if count == 1 else f"{count:,} files"
    lines = [
        f"{path}: {len(built.raw):,} bytes, {files}",
        f"sha256 {built.digest}",
        f"needs: {', '.join(built.needs) or 'no other pack'}",
    ]
    if built.left_out:
        more = len(built.left_out) - 8
        told = ", ".join(built.left_out[:8]) + (f" and {more:,} more" if more > 0 else "")
        lines.append(f"left out: {told}")
    if warnings:
        lines.append(f"warnings: {warnings:,}, listed above")
    lines.append("read back and checked: it loads as the folder does")
    return lines
