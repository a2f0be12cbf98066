"""`pack schema`: files that let an editor complete and check the YAML of a pack."""

from __future__ import annotations

from pathlib import Path

import click

from game.options import refusals
from game.shell import Refusal


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
def schema(folder: Path, out: Path | None, ids: bool, modelines: bool, as_settings: bool) -> None:
    """Write JSON Schema files for the pack in DIR, one for each kind of file.

    An editor with the YAML language server then completes fields and ids, says what each field
    means, and marks what does not fit. Write them anew when ids were added; `pack check` has the
    last word.
    """
    with refusals():
        from game.authoring import modelines as lines
        from game.authoring.known import known_of
        from game.authoring.schema import FOLDER, schemas, written
        from game.packs.find import MANIFEST

        if not folder.is_dir() or not (folder / MANIFEST).is_file():
            what = "it holds no pack.yaml" if folder.is_dir() else "there is no such folder"
            raise Refusal(f"{folder}: {what}; name the folder of a pack")
        out = out or folder / FOLDER
        known = known_of(folder) if ids else None
        if as_settings:
            click.echo(lines.settings(folder, out))
            return
        out.mkdir(parents=True, exist_ok=True)
        made = schemas(known)
        for name, body in made.items():
            (out / name).write_text(written(body), encoding="utf-8")
        changed = lines.put_modelines(folder, out) if modelines else ()
    click.echo(f"{out}: {len(made)} schemas{_of(known.packs if known else ())}")
    if modelines:
        count = len(changed)
        click.echo(f"{count} {'file' if count == 1 else 'files'} given a first line for editors")
    else:
        click.echo(
            f"`guiding-hand pack schema {folder} --modelines` tells editors by a first line in each"
            " file;\n`--settings` prints the setting `yaml.schemas` instead"
        )


def _of(packs: tuple[str, ...]) -> str:
    return f", with the ids of {', '.join(packs)}" if packs else ""
