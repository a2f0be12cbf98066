"""`pack coverage`: what occurs over many worlds, and what never, and why."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from game.options import json_option, refusals
from game.shell import DOES_NOT_HOLD


@click.command()
@click.argument("pack")
@click.option(
    "--scenario", "scenarios", multiple=True, metavar="S",
    help="What is played; all scenarios of the pack without. May be given again.",
)  # fmt: skip
@click.option(
    "--worlds", type=click.IntRange(1, 100_000), default=256, show_default=True,
    help="Of each strategy; four times as many by lot.",
)  # fmt: skip
@click.option("--strategies", metavar="A,B", help="Who plans; every strategy without.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--required", is_flag=True, help="Tell the entries of required packs too.")
@click.option(
    "--fail-if-never", is_flag=True, help="Status 1 if anything never occurs, for automatic runs."
)
@json_option
def coverage(
    pack: str,
    scenarios: tuple[str, ...],
    worlds: int,
    strategies: str | None,
    seed: int,
    required: bool,
    fail_if_never: bool,
    as_json: bool,
) -> None:
    """Run PACK over many worlds: what occurs, how often, when; what never, and what stops it.

    Every strategy is run as it is written, and once more all of them by a planner who answers by
    lot. What never occurs comes first, with each clause of its condition and how often it holds.
    """
    import json

    with refusals():
        from game.authoring.coverage import covered, scenarios_of
        from game.authoring.covered_lines import lines, to_json
        from game.authoring.opening import opened

        here = opened(pack)
        found = covered(
            here.pack,
            here.owner,
            scenarios_of(here.pack, here.owner, scenarios),
            strategies=[one.strip() for one in (strategies or "").split(",") if one.strip()],
            worlds=worlds,
            seed=seed,
            everything=required,
            progress=_progress(),
        )
        told = (
            json.dumps(to_json(found), indent=2) if as_json else "\n".join(lines(found, _width()))
        )
    click.echo(told)
    if fail_if_never and found.never:
        click.get_current_context().exit(DOES_NOT_HOLD)


def _width() -> int:
    """The columns of the terminal; 0, for as many as it takes, where nobody looks at it."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def _progress() -> Callable[[str, int, int], None]:
    """What is being run, on one line of the terminal that is written over."""

    def tell(what: str, done: int, of: int) -> None:
        if sys.stderr.isatty():
            line = f"{done + 1} of {of}  {what}" if done < of else ""
            click.echo(f"\r\x1b[K{line}", err=True, nl=False)

    return tell
