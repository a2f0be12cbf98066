"""Balances that endings and aims read: each scenario that has them must have these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.packs import catalogue as say
from game.packs.check_context import Context
from game.packs.diagnostics import DataPath
from game.packs.merge import Placed
from game.packs.schema_campaign import Scenario
from game.rules import leaves

_Reads = Mapping[tuple[str, str], tuple[tuple[DataPath, str], ...]]
"""For each ending and aim, by kind and id, the balances that it reads, and where."""


def check_balances(context: Context) -> None:
    """Say which scenarios may end with what weighs a balance that they do not have."""
    reads = _reads(context)
    if not reads:
        return
    for placed, scenario in context.of("scenario", Scenario):
        known = {one.id for one in scenario.balances}
        for kind, field in (("ending", "endings"), ("aim", "aims")):
            for name, path in _had(context, scenario, kind, field):
                strange = [one for one in reads.get((kind, name), ()) if one[1] not in known]
                if strange:
                    _say(context, placed, (kind, name), strange[0], path)


def _reads(context: Context) -> _Reads:
    found: dict[tuple[str, str], dict[tuple[DataPath, str], None]] = {}
    for one in context.checked:
        if one.placed.kind in ("ending", "aim") and "balance" in one.text:
            for read in leaves(one.expression):
                if read.series.kind == "balance":
                    mine = found.setdefault((one.placed.kind, one.placed.entry.id), {})
                    mine[one.path, read.series.name] = None
    return {key: tuple(sorted(mine, key=str)) for key, mine in found.items()}


def _had(
    context: Context, scenario: Scenario, kind: str, field: str
) -> Iterator[tuple[str, DataPath]]:
    """What a scenario lists, or all that is loaded where it lists nothing, and where it says so."""
    listed: tuple[str, ...] = getattr(scenario, field)
    if listed:
        yield from ((name, (field, place)) for place, name in enumerate(listed))
        return
    entries = context.merged.entries["ending" if kind == "ending" else "aim"]
    yield from ((name, (field,)) for name in entries)


def _say(
    context: Context,
    placed: Placed,
    what: tuple[str, str],
    read: tuple[DataPath, str],
    path: DataPath,
) -> None:
    kind, name = what
    where, balance = read
    entry = context.merged.entries["ending" if kind == "ending" else "aim"][name]
    context.say(
        placed,
        say.NO_BALANCE,
        path,
        related=(entry.origin_of(where),),
        kind=kind,
        id=name,
        balance=balance,
        scenario=placed.entry.id,
    )
