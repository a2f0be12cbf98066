"""A scenario of a pack, compiled: the parts put together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from game.engine.compiling import chance, hidden, rows
from game.engine.compiling.beginning import start_matrix
from game.engine.compiling.causes import Causes
from game.engine.compiling.events import EventCompiler
from game.engine.compiling.programs import RulesProgram, snapshot
from game.engine.compiling.texts import read_texts
from game.engine.model import Model
from game.packs.collector import without_collector

if TYPE_CHECKING:
    from game.packs import Pack
    from game.packs.schema import Scenario


def compile_model(pack: Pack, scenario: str, measures: Iterable[str] = ()) -> Model:
    """Compile a scenario of a pack.

    Args:
        pack: merged and checked content.
        scenario: the id of one of its scenarios.
        measures: further expressions that will be read at a year's end; needed here only where
            they use `previous` or `change`, so that last year's values are kept.

    Raises:
        KeyError: the pack has no such scenario.
        RuleError: a measure does not check.
    """
    with without_collector():
        return _compiled(pack, scenario, measures)


def _compiled(pack: Pack, name: str, measures: Iterable[str]) -> Model:
    scenario = _whole(pack, pack.scenarios[name])
    texts = read_texts(pack, scenario, measures)
    layout = rows.layout_of(pack, texts)
    causes = Causes()
    events = tuple(EventCompiler(pack, scenario, texts.expressions, layout, causes).events())
    rules = RulesProgram(pack, texts, layout, causes)
    low, high = rows.bounds(pack, layout)
    fixed = rows.fixed(pack, texts)
    return Model(
        pack=pack,
        scenario=scenario,
        layout=layout,
        expressions=texts.expressions,
        instruments=rows.instruments(pack, layout),
        money=texts.money,
        start=start_matrix(pack, scenario, layout),
        low=low,
        high=high,
        snapshot=snapshot(pack, texts, layout),
        rules=rules.schedule,
        rule_rows=tuple(rules.rows),
        amounts=rules.amounts,
        computed=texts.computed,
        events=events,
        hazards=chance.hazards(pack, layout),
        situations=rows.situations(pack, layout),
        causes=tuple(causes.found),
        streams=chance.streams(pack, layout),
        lagged=rows.lagged(texts.expressions.lagged, layout),
        strengths=layout.run(map(hidden.strength, pack.rules.values())),
        fixed=fixed,
        fixed_rows=rows.rows_of(fixed, layout),
    )


def _whole(pack: Pack, scenario: Scenario) -> Scenario:
    """The scenario with everything that is loaded where it names nothing of a kind."""
    every = {"bequests": pack.bequests, "aims": pack.aims, "endings": pack.endings}
    unnamed = {name: tuple(known) for name, known in every.items() if not getattr(scenario, name)}
    return scenario.model_copy(update=unnamed) if unnamed else scenario
