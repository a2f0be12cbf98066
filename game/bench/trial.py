"""`pack test`: the experiments and the playthroughs of a pack."""

from __future__ import annotations

import click

from game.options import json_option, refusals
from game.shell import DOES_NOT_HOLD


@click.command()
@click.argument("pack")
@click.option("--only", multiple=True, metavar="ID", help="Only this one. May be given again.")
@click.option(
    "--worlds", type=click.IntRange(1, 1_000_000), help="For experiments, instead of each one's."
)
@json_option
def test(pack: str, only: tuple[str, ...], worlds: int | None, as_json: bool) -> None:
    """Run the experiments and the scripted playthroughs of PACK, a line each.

    Playthroughs stand in tests/*.yaml of the pack. Status 1 if anything fails.
    """
    import json

    with refusals():
        from game.authoring.trying import proofs_of, tried

        proofs = proofs_of(pack, only)
        results = []
        for one in tried(proofs, worlds):
            results.append(one)
            if not as_json:
                for line in one.lines:
                    click.echo(line)
            for warning in one.warnings:
                click.echo(f"warning: {one.name}: {warning}", err=True)
    if as_json:
        click.echo(json.dumps(proofs.to_json(results), indent=2))
    else:
        click.echo(proofs.summary(results))
    if not all(one.holds for one in results):
        click.get_current_context().exit(DOES_NOT_HOLD)
