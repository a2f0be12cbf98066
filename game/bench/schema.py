"""`pack schema`: files that let an editor complete and check the YAML of a pack."""

from __future__ import annotations

from pathlib import Path

import click

from game.options import refusals
from game.shell import Refusal

POLL = 0.2
"""Seconds between two looks at the files."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Where the files go; DIR/.schema without it.",
)  # fmt: skip
@click.option(
    "--with-ids/--no-ids", "ids", default=True, show_default=True,
    help="With the ids of the pack and of those that it requires.",
)  # fmt: skip
@click.option("--modelines", is_flag=True, help="Put a line at the head of each file of the pack.")
@click.option("--settings", "as_settings", is_flag=True, help="Print an editor's settings instead.")
@click.option(
    "--watch", is_flag=True, help="Go on, and write them anew when a file is saved, until Ctrl-C."
)
def schema(
    folder: Path, out: Path | None, ids: bool, modelines: bool, as_settings: bool, watch: bool
) -> None:
    """Write JSON Schema files for the pack in DIR, one for each kind of file.

    An editor with the YAML language server then completes fields and ids, says what each field
    means, and marks what does not fit. Write them anew when ids were added, or let --watch do it;
    `guiding-hand check` has the last word.
    """
    with refusals():
        from game.authoring import modelines as lines
        from game.authoring.known import known_of
        from game.authoring.schema import FOLDER, schemas, write_schemas
        from game.packs.find import MANIFEST

        if not folder.is_dir() or not (folder / MANIFEST).is_file():
            what = "it is a file" if folder.is_file() else "there is no such folder"
            what = "it holds no pack.yaml" if folder.is_dir() else what
            raise Refusal(f"{folder}: {what}; name the folder of a pack")
        out = out or folder / FOLDER
        if as_settings:
            click.echo(lines.settings(folder, out))
            return
        known = known_of(folder) if ids else None
        made = schemas(known)
        write_schemas(made, out)
        changed = lines.put_modelines(folder, out) if modelines else ()
        click.echo(f"{out}: {len(made)} schemas{_of(known.packs if known else ())}")
        if modelines:
            count = len(changed)
            click.echo(
                f"{count} {'file' if count == 1 else 'files'} given a first line for editors"
            )
        else:
            click.echo(
                f"`guiding-hand pack schema {folder} --modelines` tells editors by a first line in"
                " each file;\n`--settings` prints the setting `yaml.schemas` instead"
            )
        if watch:
            click.echo("watching; Ctrl-C ends")
            _keep(folder, out, ids=ids)


def _keep(folder: Path, out: Path, *, ids: bool) -> None:
    """Write the schemas anew whenever a file is saved."""
    import time

    from game.authoring.known import known_of
    from game.authoring.schema import schemas, write_schemas
    from game.authoring.watching import Watch

    found = Watch([folder])
    while True:
        while not (saved := found.settled()):
            time.sleep(POLL)
        changed = write_schemas(schemas(known_of(folder) if ids else None), out)
        names = ", ".join(path.name for path in saved[:3])
        click.echo(f"{names} saved: {len(changed)} schemas changed")


def _of(packs: tuple[str, ...]) -> str:
    return f", with the ids of {', '.join(packs)}" if packs else ""
