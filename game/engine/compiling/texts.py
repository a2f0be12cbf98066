"""The texts of a pack and a scenario as expressions, and what these read, move and remember."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from game.engine.compiling import hidden
from game.engine.compiling.chance import chancy
from game.engine.expressions import Expressions
from game.engine.layout import DESK_OWED
from game.engine.model import Money
from game.engine.targets import amount_axis, bare, split_target
from game.packs import walk
from game.packs.fields import Expr, Memory, Target
from game.rules import leaves
from game.rules.expression import Axis, Expression, Holds, Logic, Not, Number, Read, Series

if TYPE_CHECKING:
    from game.packs import Pack
    from game.packs.schema_campaign import Scenario
    from game.packs.schema_events import Effect, Event

Formulas = Mapping[Series, Expression]
"""What is worked out and stored, in the order of evaluation."""
Found = list[tuple[Axis, walk.Leaf]]
"""The leaves of all entries, each with the axis of its entry."""


@dataclass(frozen=True)
class Texts:
    """The expressions of one model.

    Attributes:
        expressions: everything that has been checked.
        money: the scenario's expressions about money and the desk.
        computed: the formulas of computed indicators, each after those that it reads.
        rates: what each rule adds a year, in canonical order.
        acting: whether each situation acts this year, 0 or 1.
        hazards: the chance of each event that comes by chance.
        flags, counters: their names, sorted.
        moved: indicators that something besides the rules moves.
    """

    expressions: Expressions
    money: Money
    computed: Formulas
    rates: tuple[Expression, ...]
    acting: Formulas
    hazards: Formulas
    flags: tuple[str, ...]
    counters: tuple[str, ...]
    moved: frozenset[str]


def read_texts(pack: Pack, scenario: Scenario, measures: Iterable[str]) -> Texts:
    """Check every text that a campaign may read.

    What is read only later is checked too, so that rows are kept for its flags and its `previous`
    values. The order counts: last year's rows stand in the order in which texts ask for them.
    """
    balances = {balance.id: balance.formula for balance in scenario.balances}
    expressions = Expressions(pack.vocabulary, balances, pack.expressions)
    computed = _computed(pack, expressions)
    rates = tuple(
        expressions.number(rule.rate or rule.noise or "0", pack.indicators[rule.adds_to].scope)
        for rule in pack.rules.values()
    )
    acting = _acting(pack, expressions)
    money = _money(scenario, expressions)
    for measure in measures:
        expressions.either(measure, ending=True)
    found = _leaves(pack, scenario)
    for axis, leaf in found:
        _check(pack, expressions, leaf, axis)
    for event in pack.events.values():
        _hoist(pack, expressions, event)
    return Texts(
        expressions=expressions,
        money=money,
        computed=computed,
        rates=rates,
        acting=acting,
        hazards=_hazards(pack, expressions),
        flags=_flags(pack, expressions, found),
        counters=_counters(pack, expressions, found),
        moved=frozenset(
            split_target(str(leaf.value))[0] for _, leaf in found if isinstance(leaf.mark, Target)
        ),
    )


def _computed(pack: Pack, expressions: Expressions) -> Formulas:
    formulas = {
        Series("indicator", name, entry.scope): expressions.number(entry.formula, entry.scope)
        for name, entry in pack.indicators.items()
        if entry.formula is not None
    }
    ordered: dict[Series, Expression] = {}

    def visit(series: Series) -> None:
        if series in formulas and series not in ordered:
            for read in sorted(leaves(formulas[series]), key=repr):
                visit(read.series)
            ordered[series] = formulas[series]

    for series in formulas:
        visit(series)
    return ordered


def _acting(pack: Pack, expressions: Expressions) -> Formulas:
    found = {}
    for entry in pack.situations.values():
        starts = expressions.condition(entry.starts, entry.scope)
        ends = expressions.condition(entry.ends, entry.scope)
        active = Holds(Read(Series("active", entry.id, entry.scope)))
        goes_on = Logic("and", active, Not(ends))
        begins = Logic("and", Not(active), starts)
        now = hidden.where(Logic("or", goes_on, begins), Number(1.0))
        found[hidden.acts_now(entry)] = hidden.in_sectors(now, entry)
    return found


def _hazards(pack: Pack, expressions: Expressions) -> Formulas:
    found = {}
    for event in chancy(pack):
        chance = expressions.number(event.chance, event.scope)
        if event.when is not None:
            chance = hidden.where(expressions.condition(event.when, event.scope), chance)
        found[hidden.hazard(event)] = hidden.in_sectors(chance, event)
    return found


def _money(scenario: Scenario, expressions: Expressions) -> Money:
    bonus = scenario.desk.bonus
    return Money(
        budget=expressions.number(scenario.budget),
        scale=expressions.number(scenario.scale),
        dilution=expressions.number(scenario.dilution),
        bonus=expressions.condition(bonus.when) if bonus else None,
        slots=scenario.desk.slots,
        bonus_slots=bonus.slots if bonus else 0,
    )


def _leaves(pack: Pack, scenario: Scenario) -> Found:
    """What is written in every entry that the scenario may use."""
    return [
        (getattr(entry, "scope", "nation"), leaf)
        for entry in (
            *pack.indicators.values(),
            *pack.events.values(),
            *pack.situations.values(),
            *pack.proposals.values(),
            *pack.strategies.values(),
            *(pack.bequests[name] for name in map(bare, scenario.bequests)),
            *(pack.aims[name] for name in map(bare, scenario.aims)),
            *(pack.endings[name] for name in map(bare, scenario.endings)),
            scenario,
        )
        for leaf in walk.leaves(entry)
    ]


def _check(pack: Pack, expressions: Expressions, leaf: walk.Leaf, axis: Axis) -> None:
    """Check a leaf where it is an expression."""
    mark = leaf.mark
    if not isinstance(mark, Expr) or leaf.at != "value":
        return
    if mark.scope == "target":
        # The key beside the text names what it is added to.
        name, place = split_target(str(leaf.path[-1]))
        axis = amount_axis(pack.indicators[name].scope, place, axis)
    elif mark.scope == "nation":
        axis = "nation"
    expressions.checked(leaf.value, axis, mark.want, ending=mark.ending)


def _flags(pack: Pack, expressions: Expressions, found: Found) -> tuple[str, ...]:
    """Flags that the pack sets, clears or reads, and those that a campaign keeps."""
    cleared = {leaf.value for _, leaf in found if leaf.path[-1] == "clear_flag"}
    kept = {f"{person}.pledge_broken" for person in pack.people}
    return _sorted("flag", expressions, found, cleared | kept)


def _counters(pack: Pack, expressions: Expressions, found: Found) -> tuple[str, ...]:
    """Counters that the pack counts or reads, and those that a campaign keeps."""
    kept = {f"{person}.{what}" for person in pack.people for what in ("standing", "favours")}
    return _sorted("counter", expressions, found, kept | {DESK_OWED.name})


def _sorted(
    kind: Literal["flag", "counter"], expressions: Expressions, found: Found, more: set[str]
) -> tuple[str, ...]:
    named = {
        leaf.value for _, leaf in found if isinstance(leaf.mark, Memory) and leaf.mark.kind == kind
    }
    return tuple(sorted(named | expressions.remembered(kind) | more))


def _hoist(pack: Pack, expressions: Expressions, event: Event) -> None:
    """Give every aggregate that an event reads a row of its own."""
    numbers = [event.chance]
    conditions = [event.when]
    effects = list(event.effects)
    for choice in event.choices:
        conditions.append(choice.when)
        numbers.append(choice.costs.money)
        effects += choice.effects
    for effect in effects:
        numbers += (effect.count or {}).values()
        for amount, axis in _added(pack, effect, event.scope):
            expressions.hoist(expressions.number(amount, axis))
    for text in numbers:
        expressions.hoist(expressions.number(text, event.scope))
    for test in conditions:
        if test is not None:
            expressions.hoist(expressions.condition(test, event.scope))


def _added(pack: Pack, effect: Effect, scope: Axis) -> Iterator[tuple[str, Axis]]:
    """What an effect adds to indicators, each amount with its axis."""
    for target, amount in (effect.add or {}).items():
        name, place = split_target(target)
        yield amount, amount_axis(pack.indicators[name].scope, place, scope)
