"""`pack ids`: what a pack can name."""

from __future__ import annotations

import click

from game.options import json_option, refusals

WIDEST = 80


@click.command()
@click.argument("pack")
@click.argument("kind", required=False)
@json_option
def ids(pack: str, kind: str | None, as_json: bool) -> None:
    """List the ids that PACK and the packs it requires define, by kind; or those of one KIND.

    KIND is indicator, instrument, sector, region, person, event and so on. Indicators are shown
    with scope, stored or computed, unit and bounds, instruments with scope and channel.
    """
    import json
    import shutil

    with refusals():
        from game.authoring.ids import ids_of, lines_of, to_json

        found = ids_of(pack, kind)
    if as_json:
        click.echo(json.dumps(to_json(found), indent=2, ensure_ascii=False))
        return
    width = min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)
    click.echo("\n".join(lines_of(found, width)))
