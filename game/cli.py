"""The command line: thin, one function a command, everything heavy imported inside."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from game.options import (
    choose_language,
    json_option,
    language_option,
    pack_option,
    pack_path,
    refusals,
)
from game.shell import DOES_NOT_HOLD, Commands, Refusal, version

if TYPE_CHECKING:
    from game.engine import Model
    from game.lab.library import Plans
    from game.lab.running import Block, Column

F = TypeVar("F", bound=Callable[..., Any])
MOST_SHOWN = 5
"""Errors of a pack that are printed where the pack is only a means."""

LAZY = {
    "balance": ("game.weighing:balance", "Weigh a scenario's strategies, events and endings."),
    "pack": ("game.bench:pack", "Write, check, try and ship packs."),
    "search": ("game.weighing:search", "Look for a strategy that beats those that there are."),
}
"""Commands that live elsewhere: `module:attribute`, and the line of the help."""


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"guiding-hand {version() or '(run from its source)'}")
        ctx.exit()


@click.group(
    cls=Commands,
    lazy=LAZY,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version,
    help="Show the version.",
)  # fmt: skip
@click.pass_context
def main(ctx: click.Context) -> None:
    """A terminal game of Five-Year Plans. Without a command it opens the menu."""
    if ctx.invoked_subcommand is None:
        choose_language(None)
        _open_game()


@main.command()
@click.argument("scenario", required=False)
@click.option("--seed", type=int, help="The seed of the dice; drawn where it is not given.")
@language_option
@click.option(
    "--practice", is_flag=True, help="Play to try things out: F7 opens the event inspector."
)
@click.option(
    "--watch", is_flag=True, help="Take up what is saved in the pack meanwhile; implies --practice."
)
@pack_option
def play(
    scenario: str | None, seed: int | None, practice: bool, watch: bool, packs: tuple[Path, ...]
) -> None:
    """Open the game, in a new campaign of SCENARIO where one is named."""
    pack, choose = _only(packs), None
    if watch and scenario is None and not packs:
        raise Refusal("--watch needs something to watch: name a SCENARIO, or a pack with --pack")
    with refusals():
        if scenario is not None or packs:
            from game.lab.library import for_scenario, load

            chosen = load(packs) if scenario is None else for_scenario(scenario, packs)
            if watch and not any(os.access(one, os.W_OK) for one in chosen.pack.folders):
                raise Refusal("--watch: none of the packs can be written to, so none would change")
            if scenario is None:
                own = chosen.own_scenarios()
                scenario, choose = (own[0], None) if len(own) == 1 else (None, own)
    where = {"practice": practice, "watch": watch, "choose": choose}
    _open_game(scenario=scenario, seed=seed, pack=pack, **where)


@main.command()
@click.argument("save", required=False)
@language_option
@pack_option
def resume(save: str | None, packs: tuple[Path, ...]) -> None:
    """Go on with SAVE, a file or a save's name; with the newest where none is named."""
    with refusals():
        from game.keeping import save_path

        path = save_path(save)
    _open_game(resume=path, pack=_only(packs))


def _only(packs: tuple[Path, ...]) -> Path | None:
    """The one pack that the screens take besides the shipped ones."""
    if len(packs) > 1:
        raise Refusal("give one --pack here; let that pack require the others")
    return packs[0] if packs else None


def _open_game(**where: Any) -> None:
    # A driver is named where the screen goes to a browser instead of a terminal.
    if not (sys.stdout.isatty() and sys.stdin.isatty()) and "TEXTUAL_DRIVER" not in os.environ:
        raise Refusal("the game needs a terminal; `guiding-hand --help` lists what does not")
    # What is made on the way to the first screen stays: to look for garbage there is for nothing.
    gc.disable()
    from game.tui.start import run as open_app

    places = {"scenario": None, "seed": None, "pack": None, "resume": None, **where}
    open_app(**places)


@main.command()
@click.argument("scenario")
@click.option("--strategy", metavar="FILE_OR_ID", help="Who plans; nothing is funded without.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--worlds", type=click.IntRange(1, 10_000_000), default=1, show_default=True)
@click.option("--indicators", metavar="A,B[C]", help="What is written; everything without.")
@click.option("--by-year", is_flag=True, help="Print the mean of each year, not the ends alone.")
@click.option("--out", metavar="F.csv", help="The file to write; `-` for standard output.")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=1, show_default=True,
    help="How many processes share the work. The numbers are the same.",
)  # fmt: skip
@pack_option
def run(
    scenario: str,
    strategy: str | None,
    seed: int,
    worlds: int,
    indicators: str | None,
    by_year: bool,
    out: str | None,
    processes: int,
    packs: tuple[Path, ...],
) -> None:
    """Run SCENARIO without a player: true numbers, world 0 first.

    With --out it writes the columns world,year,indicator,sector,value; without, a summary.
    """
    with refusals():
        from game.lab import library, texts_of
        from game.lab.running import Job, Origin, ensemble

        chosen = library.for_scenario(scenario, packs)
        for line in chosen.passed_over:
            click.echo(f"warning: {line}", err=True)
        plans = library.strategy(strategy, chosen)
        scenario = scenario.rpartition("/")[2]
        model = _model(plans, scenario)
        columns = _columns(model, indicators, table=out is None)
        warnings: dict[str, int] = {}
        blocks = ensemble(
            model,
            Job(plans.entries, plans.name, seed),
            columns,
            worlds,
            processes=processes,
            origin=Origin(plans.chosen.folders, scenario, texts_of(plans.entries)),
        )
        counted = _counting(blocks, warnings)
        if out is None:
            everything = indicators is None
            _print_summary(columns, counted, model, everything=everything, by_year=by_year)
        else:
            _write(out, columns, counted)
    for text, count in warnings.items():
        among = "in one world" if worlds == 1 else f"in {worlds:,} worlds"
        often = "one plan" if count == 1 else f"{count:,} plans"
        click.echo(f"warning: {text} ({often} {among})", err=True)


def _model(plans: Plans, scenario: str) -> Model:
    from game.engine import compile_model
    from game.lab import texts_of

    return compile_model(plans.chosen.pack, scenario, texts_of(plans.entries))


def _columns(model: Model, indicators: str | None, *, table: bool) -> tuple[Column, ...]:
    from game.lab import columns_of

    if indicators is not None:
        names = [name.strip() for name in indicators.split(",") if name.strip()]
        if not names:
            raise Refusal("--indicators names none; write them like gdp,utilisation[nev]")
        try:
            return columns_of(model, names)
        except KeyError as error:
            raise Refusal(f"--indicators: {error.args[0]}") from error
    if not table:
        return columns_of(model)
    pack = model.pack
    return columns_of(
        model, [name for name, one in pack.indicators.items() if one.scope == "nation"]
    )


def _counting(blocks: Iterator[Block], warnings: dict[str, int]) -> Iterator[Block]:
    for block in blocks:
        for text, count in block.warnings.items():
            warnings[text] = warnings.get(text, 0) + count
        yield block


def _print_summary(
    columns: Sequence[Column],
    blocks: Iterator[Block],
    model: Model,
    *,
    everything: bool,
    by_year: bool,
) -> None:
    from game.lab.summary import summary_of

    summary = summary_of(columns, blocks)
    count = summary.ends.shape[1]
    worlds = f"{count:,} worlds" if count > 1 else "one world"
    click.echo(f"{model.scenario.title}, {summary.first} to {summary.last}, {worlds}")
    click.echo("\n".join(summary.by_year if by_year else summary.lines))
    if everything:
        click.echo("Sector and region numbers: --indicators utilisation,gdp or --out FILE.csv")


def _write(out: str, columns: Sequence[Column], blocks: Iterator[Block]) -> None:
    from game.lab import tables

    if out == "-":
        if sys.stdout is None:
            raise Refusal("--out: there is no standard output to write to")
        tables.write_rows(sys.stdout, columns, blocks)
        return
    try:
        rows = tables.write_csv(Path(out), columns, blocks)
    except OSError as error:
        raise Refusal(f"--out: {out} cannot be written: {error.strerror or error}") from error
    click.echo(f"{rows:,} numbers written to {out}", err=True)


@main.command()
@click.argument("what", nargs=-1, required=True, metavar="FILE_OR_PACK...")
@click.option("--worlds", type=click.IntRange(1, 1_000_000), help="Instead of each one's own.")
@click.option("--seed", type=int, help="Instead of each one's own.")
@json_option
@pack_option
def experiment(
    what: tuple[str, ...],
    worlds: int | None,
    seed: int | None,
    as_json: bool,
    packs: tuple[Path, ...],
) -> None:
    """Run experiments and say which hold: a line each. Status 1 if any fails."""
    import json

    with refusals():
        from game.lab import run_experiment
        from game.lab.library import experiments

        told: list[dict[str, Any]] = []
        for pack, found in [experiments(name, packs) for name in what]:
            for one in found:
                result = run_experiment(pack, one, worlds=worlds, seed=seed)
                told.append(result.to_json())
                if not as_json:
                    click.echo(result.text)
    if not told:
        click.echo("there are no experiments there", err=True)
    holds = all(one["holds"] for one in told)
    if as_json:
        click.echo(json.dumps({"holds": holds, "experiments": told}, indent=2))
    if not holds:
        click.get_current_context().exit(DOES_NOT_HOLD)


@main.command()
@click.argument("folders", nargs=-1, required=True, metavar="PACK_DIR...")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text",
    show_default=True, help="What is printed; sarif and github are for other programs.",
)  # fmt: skip
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--together", is_flag=True, help="Check the packs as they are when played together.")
def check(folders: tuple[str, ...], form: str, together: bool) -> None:
    """Check packs: what is wrong, where, what to do. Status 1 if there is an error.

    `guiding-hand pack explain GH211` tells more about a code.
    """
    from game.checking import check_folders

    with refusals():
        checked = check_folders([pack_path(folder) for folder in folders], together=together)
    click.echo(checked.told(form, version()))
    for note in checked.notes:
        click.echo(f"note: {note}", err=True)
    if not checked.holds:
        click.get_current_context().exit(DOES_NOT_HOLD)


@main.command()
@click.argument("save")
@json_option
@pack_option
def replay(save: str, as_json: bool, packs: tuple[Path, ...]) -> None:
    """Play SAVE again, compare every digest and print the outcome. Status 1 if one differs."""
    import json

    with refusals():
        from game.keeping import replayed

        report = replayed(save, packs)
    click.echo(json.dumps(report.to_json(), indent=2) if as_json else report.text)
    if not report.holds:
        click.get_current_context().exit(DOES_NOT_HOLD)


@main.command()
@click.argument("save")
@click.argument("indicator", metavar="INDICATOR[SECTOR]")
@click.argument("year", type=int)
@json_option
@click.option("--open-books", is_flag=True, help="Show true numbers of an unfinished campaign.")
@pack_option
def why(
    save: str,
    indicator: str,
    year: int,
    as_json: bool,
    open_books: bool,
    packs: tuple[Path, ...],
) -> None:
    """Print why one number of SAVE moved in YEAR: causes that add up."""
    import json

    with refusals():
        from game.keeping import explained

        found = explained(save, indicator, year, open_books=open_books, packs=packs)
    click.echo(json.dumps(found.to_json(), indent=2) if as_json else found.text)


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes commands in a SHELL."""
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    complete = kind(main, {}, "guiding-hand", "_GUIDING_HAND_COMPLETE")
    # Bash's own source() asks the bash that is installed for its version; printing needs none.
    click.echo(ShellComplete.source(complete))


if __name__ == "__main__":
    main()
