"""`pack explain`: the page of a code in the terminal."""

from __future__ import annotations

import click

from game.options import json_option
from game.shell import Refusal

WIDEST = 80


@click.command()
@click.argument("code", required=False)
@json_option
def explain(code: str | None, as_json: bool) -> None:
    """What CODE means, why it is so and how to put it right; all codes without one.

    `GH211`, `gh211` and `211` are the same code.
    """
    import json
    import shutil

    from game.authoring import explaining
    from game.packs import handbook
    from game.packs.diagnostics import REGISTERED

    try:
        found = explaining.code_of(code) if code is not None else None
    except explaining.UnknownCodeError as error:
        raise Refusal(str(error)) from error
    width = min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)
    if as_json:
        codes = [found] if found is not None else sorted(REGISTERED)
        told = [explaining.to_json(one) for one in codes]
        click.echo(json.dumps(told[0] if found is not None else {"codes": told}, indent=2))
    elif found is None:
        click.echo("\n".join(explaining.list_of_codes(width)))
    elif found in handbook.codes():
        click.echo("\n".join(explaining.lines_of(handbook.page(found), width)).rstrip("\n"))
    else:
        click.echo(f"{found} ({REGISTERED[found].severity}): {REGISTERED[found].about}")
