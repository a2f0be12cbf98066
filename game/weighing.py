"""Commands that weigh a scenario: the balance of its strategies, the search for a better one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from game.options import json_option, pack_option, refusals
from game.shell import DOES_NOT_HOLD, Refusal

if TYPE_CHECKING:
    from game.engine import Model
    from game.lab.search import Draft

SHOWN_EVERY = 25


def _model(scenario: str, packs: tuple[Path, ...]) -> Model:
    from game.engine import compile_model
    from game.lab.balance import measures
    from game.lab.library import for_scenario

    chosen = for_scenario(scenario, packs)
    return compile_model(chosen.pack, scenario.rpartition("/")[2], measures(chosen.pack))


@click.command()
@click.argument("scenario")
@click.option("--worlds", type=click.IntRange(1, 1_000_000), default=1000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--choices/--no-choices", default=True, show_default=True,
    help="Hold the answers to each event against each other too.",
)  # fmt: skip
@json_option
@pack_option
def balance(
    scenario: str,
    worlds: int,
    seed: int,
    choices: bool,
    as_json: bool,
    packs: tuple[Path, ...],
) -> None:
    """Weigh every strategy of SCENARIO and say what holds of it: a line each.

    No strategy best at everything, no idle winner, no dead event or ending, no answer that is worse
    in every way, no crisis that nothing ends. Status 1 if any of it fails.
    """
    with refusals():
        from game.lab.balance import lines, report, to_json

        found = report(_model(scenario, packs), worlds, seed, choices=choices)
        told = json.dumps(to_json(found), indent=2) if as_json else "\n".join(lines(found))
    click.echo(told)
    if not found.holds:
        click.get_current_context().exit(DOES_NOT_HOLD)


@click.command()
@click.argument("scenario")
@click.option("--from", "first", metavar="STRATEGY", help="Where to begin; the best there is.")
@click.option("--rounds", type=click.IntRange(1, 1_000_000), default=300, show_default=True)
@click.option("--worlds", type=click.IntRange(1, 1_000_000), default=128, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--out", metavar="F.yaml", help="The file to write the strategy to.")
@pack_option
def search(
    scenario: str,
    first: str | None,
    rounds: int,
    worlds: int,
    seed: int,
    out: str | None,
    packs: tuple[Path, ...],
) -> None:
    """Change a strategy of SCENARIO little by little and keep what raises its balances."""
    with refusals():
        from game.lab.errors import missing
        from game.lab.search import draft_of
        from game.lab.search import search as tried

        model = _model(scenario, packs)
        strategies = model.pack.strategies
        if first is not None and first not in strategies:
            raise missing("strategy", first, strategies)
        if not strategies:
            raise Refusal("there is no strategy to begin with")
        name = first or _best(model, worlds, seed)
        step = None
        for step in tried(
            model, draft_of(model, strategies[name].plans), rounds=rounds, worlds=worlds, seed=seed
        ):
            if step.tried % SHOWN_EVERY == 0:
                click.echo(f"{step.tried:>6}  {step.best_score:.2f}", err=True)
        assert step is not None
        _write(step.best, name, step.best_score, out)


def _best(model: Model, worlds: int, seed: int) -> str:
    from game.lab.running import Job
    from game.lab.standings import ranked, standing

    jobs = [Job(one.plans, name, seed) for name, one in model.pack.strategies.items()]
    return ranked([standing(model, job, worlds, endings=False) for job in jobs])[0].name


def _write(draft: Draft, name: str, score: float, out: str | None) -> None:
    import yaml

    strategy: dict[str, Any] = {
        "title": "What a search found",
        "says": f"Begun as {name}, changed little by little; the balances' mean is {score:.1f}.",
        "grade": "invented",
        **draft.to_yaml(),
    }
    text = yaml.safe_dump(strategy, sort_keys=False, width=100, allow_unicode=True)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        Path(out).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"--out: {out} cannot be written: {error.strerror or error}") from error
