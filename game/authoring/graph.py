"""What leads to what in a pack: events, answers, situations, rules and the numbers between them.

Built once for all loaded packs; what is shown is one neighbourhood of it (see `drawing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from game.authoring.signs import Sign, analysis_of, direction, sign_of
from game.campaign.clauses import clauses
from game.engine.targets import amount_axis, split_target
from game.rules import check, leaves
from game.rules.expression import Axis, Expression, Series
from game.rules.printer import show

if TYPE_CHECKING:
    from game.packs import Pack
    from game.packs.schema import Choice, Effect, Event, Happening, Situation
    from game.rules.bounds import Analysis

NodeKind = Literal[
    "event",
    "choice",
    "situation",
    "indicator",
    "rule",
    "instrument",
    "flag",
    "counter",
    "ending",
]
NODE_KINDS: tuple[NodeKind, ...] = (
    "event",
    "situation",
    "indicator",
    "rule",
    "instrument",
    "choice",
    "flag",
    "counter",
    "ending",
)
_OF_SERIES: Mapping[str, NodeKind] = {
    "indicator": "indicator",
    "after": "indicator",
    "support": "instrument",
    "spend": "instrument",
    "flag": "flag",
    "counter": "counter",
    "fired": "event",
    "times": "event",
    "since": "event",
    "active": "situation",
}


@dataclass(frozen=True, slots=True)
class Node:
    """Something that moves or is moved; an answer's name is `event:choice`."""

    kind: NodeKind
    name: str

    @property
    def id(self) -> str:
        """`kind/name`, as it can be asked for."""
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True, slots=True)
class Edge:
    """One step from a cause to what it does.

    Attributes:
        source: the cause.
        target: what is moved, or asks.
        verb: how: `when`, `chance`, `adds`, `schedules`, `sets` ...
        sign: whether more of the cause makes more of the target, where that is proved.
        detail: the amount, the clause, the delay, in the words of the pack.
        dashed: whether it only warns or recalls.
    """

    source: Node
    target: Node
    verb: str
    sign: Sign = ""
    detail: str = ""
    dashed: bool = False


@dataclass(frozen=True)
class Graph:
    """All nodes with their titles, all edges, and what some nodes are, in the pack's own words."""

    titles: Mapping[Node, str]
    edges: tuple[Edge, ...]
    facts: Mapping[Node, str] = field(default_factory=dict)

    @cached_property
    def effects(self) -> Mapping[Node, tuple[Edge, ...]]:
        """The edges that leave each node."""
        return _by(self.edges, lambda edge: edge.source)

    @cached_property
    def causes(self) -> Mapping[Node, tuple[Edge, ...]]:
        """The edges that come to each node."""
        return _by(self.edges, lambda edge: edge.target)


def _by(edges: tuple[Edge, ...], key: Callable[[Edge], Node]) -> Mapping[Node, tuple[Edge, ...]]:
    found: dict[Node, list[Edge]] = {}
    for edge in edges:
        found.setdefault(key(edge), []).append(edge)
    return {node: tuple(some) for node, some in found.items()}


def graph_of(pack: Pack) -> Graph:
    """The graph of everything in a pack and what it requires."""
    builder = _Builder(pack)
    edges = dict.fromkeys(builder.edges())
    titles = builder.titles()
    for edge in edges:
        for node in (edge.source, edge.target):
            titles.setdefault(node, "")
    return Graph(titles, tuple(edges), dict(_facts(pack)))


def _facts(pack: Pack) -> Iterator[tuple[Node, str]]:
    """When events come, when situations act, and what numbers are made of."""
    for name, event in pack.events.items():
        told = [f"when {event.when}"] if event.when is not None else []
        if event.has_chance:
            once = "once a campaign" + (", in each sector" if event.scope == "sector" else "")
            again = f"again after {event.cooldown} years" if event.cooldown else once
            told += [f"chance {event.chance}", again]
        elif event.beat is not None:
            told.append(f"a {event.beat}")
        else:
            told.append("only where it is scheduled")
        yield Node("event", name), "; ".join(told)
    for name, one in pack.situations.items():
        yield Node("situation", name), f"starts when {one.starts}; ends when {one.ends}"
    for name, indicator in pack.indicators.items():
        if indicator.formula is not None:
            yield Node("indicator", name), f"= {indicator.formula}"
    for name, rule in pack.rules.items():
        yield Node("rule", name), f"noise of {rule.noise}" if rule.noise else f"{rule.rate} a year"
    for name in pack.instruments:
        yield Node("instrument", name), "moved by money, in plans"


class _Builder:
    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._analysis: Analysis = analysis_of(pack.vocabulary)

    def titles(self) -> dict[Node, str]:
        pack = self._pack
        found: dict[Node, str] = {}
        for event in pack.events.values():
            found[Node("event", event.id)] = event.title
            for choice in event.choices:
                found[Node("choice", f"{event.id}:{choice.id}")] = choice.label
        for name, one in pack.situations.items():
            found[Node("situation", name)] = one.title
        for name, indicator in pack.indicators.items():
            found[Node("indicator", name)] = indicator.title
        for name, rule in pack.rules.items():
            found[Node("rule", name)] = rule.says or ""
        for name, instrument in pack.instruments.items():
            found[Node("instrument", name)] = instrument.title
        for name, ending in pack.endings.items():
            found[Node("ending", name)] = ending.title
        return found

    def edges(self) -> Iterator[Edge]:
        pack = self._pack
        for name, indicator in pack.indicators.items():
            if indicator.formula is not None:
                node = Node("indicator", name)
                yield from self._number(node, "makes up", indicator.formula, indicator.scope)
        for name in pack.rules:
            yield from self._rule(name)
        for event in pack.events.values():
            yield from self._event(event)
        for situation in pack.situations.values():
            yield from self._situation(situation)
        for name, ending in pack.endings.items():
            if ending.when is not None:
                yield from self._condition(
                    Node("ending", name), "when", ending.when, "nation", ending=True
                )

    # Reads.

    def _tree(
        self,
        text: str,
        axis: Axis,
        want: Literal["number", "condition"],
        *,
        ending: bool = False,
    ) -> Expression:
        known = self._pack.expressions.get((text, axis, want, ending))
        if known is not None:
            return known
        return check(text, self._pack.vocabulary, scope=axis, want=want, ending=ending)

    def _reads(self, expression: Expression) -> list[tuple[Node, Series]]:
        series = sorted(
            {read.series for read in leaves(expression)}, key=lambda one: (one.kind, one.name)
        )
        return [
            (Node(_OF_SERIES[one.kind], one.name), one) for one in series if one.kind in _OF_SERIES
        ]

    def _way(self, expression: Expression, series: Series) -> Sign:
        """Which way it goes; years since an event fall when it comes again."""
        sign = direction(expression, series, self._analysis)
        if series.kind == "since" and sign in ("+", "−"):
            return "−" if sign == "+" else "+"
        return sign

    def _number(self, node: Node, verb: str, text: str, axis: Axis) -> Iterator[Edge]:
        """What a number reads, and which way it goes."""
        tree = self._tree(text, axis, "number")
        for source, series in self._reads(tree):
            yield Edge(source, node, verb, self._way(tree, series), text)

    def _condition(
        self,
        node: Node,
        verb: str,
        text: str,
        axis: Axis,
        *,
        ending: bool = False,
        dashed: bool = False,
    ) -> Iterator[Edge]:
        """What a condition reads: for each the clauses that read it, and which way they go."""
        tree = self._tree(text, axis, "condition", ending=ending)
        parts = clauses(tree)
        for source, series in self._reads(tree):
            mine = [one for one in parts if any(r.series == series for r in leaves(one))]
            told = " and ".join(show(one, self._pack.vocabulary) for one in mine)
            yield Edge(source, node, verb, self._way(tree, series), told, dashed)

    # Entries.

    def _rule(self, name: str) -> Iterator[Edge]:
        rule = self._pack.rules[name]
        node, target = Node("rule", name), Node("indicator", rule.adds_to)
        axis = self._pack.indicators[rule.adds_to].scope
        text = rule.rate or rule.noise or "0"
        yield from self._number(node, "drives", text, axis)
        if rule.noise is not None:
            yield Edge(node, target, "adds", "±", f"noise of {text}")
        else:
            sign = sign_of(self._tree(text, axis, "number"), self._analysis)
            yield Edge(node, target, "adds", sign, f"{text} a year")

    def _event(self, event: Event) -> Iterator[Edge]:
        node = Node("event", event.id)
        if event.when is not None:
            yield from self._condition(node, "when", event.when, event.scope)
        if event.has_chance:
            yield from self._number(node, "chance", event.chance, event.scope)
        yield from self._warned(node, event)
        for recall in event.recalls:
            yield from self._condition(node, "recalls", recall.when, event.scope, dashed=True)
        yield from self._effects(node, event, event.effects)
        for choice in event.choices:
            yield from self._choice(node, event, choice)

    def _choice(self, asks: Node, event: Event, choice: Choice) -> Iterator[Edge]:
        node = Node("choice", f"{event.id}:{choice.id}")
        default = "default" if choice.id == event.default else ""
        yield Edge(asks, node, "asks", "", _joined(default, _price(choice)))
        if choice.when is not None:
            yield from self._condition(node, "open when", choice.when, event.scope)
        yield from self._effects(node, event, choice.effects)

    def _situation(self, one: Situation) -> Iterator[Edge]:
        node = Node("situation", one.id)
        yield from self._condition(node, "starts", one.starts, one.scope)
        yield from self._condition(node, "ends", one.ends, one.scope)
        yield from self._warned(node, one)
        yield from self._effects(node, one, one.effects, each="a year")

    def _warned(self, node: Node, one: Happening) -> Iterator[Edge]:
        if one.warns is not None:
            yield from self._condition(node, "warns", one.warns, one.scope, dashed=True)

    def _effects(
        self, node: Node, entry: Happening, effects: tuple[Effect, ...], each: str = ""
    ) -> Iterator[Edge]:
        for effect in effects:
            if effect.add is not None:
                for target, amount in effect.add.items():
                    yield self._adds(node, entry.scope, target, amount, effect, each)
            for name, amount in (effect.count or {}).items():
                tree = self._tree(amount, entry.scope, "number")
                sign = sign_of(tree, self._analysis)
                yield Edge(node, Node("counter", name), "counts", sign, amount)
            if effect.set_flag is not None:
                yield Edge(node, Node("flag", effect.set_flag), "sets", "+")
            if effect.clear_flag is not None:
                yield Edge(node, Node("flag", effect.clear_flag), "clears", "−")
            if effect.schedule is not None:
                years = max(1, effect.schedule.years)
                told = "next year" if years == 1 else f"in {years} years"
                yield Edge(node, Node("event", effect.schedule.event), "schedules", "+", told)
            if effect.lock is not None:
                yield _locked(node, "locks", "−", effect.lock)
            if effect.unlock is not None:
                yield _locked(node, "unlocks", "+", effect.unlock)

    def _adds(
        self, node: Node, scope: Axis, target: str, amount: str, effect: Effect, each: str
    ) -> Edge:
        name, place = split_target(target)
        axis = amount_axis(self._pack.indicators[name].scope, place, scope)
        tree = self._tree(amount, axis, "number")
        told = _joined(
            f"in {place}" if place else "",
            amount,
            each,
            f"over {effect.over} years" if effect.over > 1 else "",
            f"fading over {effect.fades} years" if effect.fades else "",
        )
        return Edge(node, Node("indicator", name), "adds", sign_of(tree, self._analysis), told)


def _locked(node: Node, verb: str, sign: Sign, line: str) -> Edge:
    name, place = split_target(line)
    return Edge(node, Node("instrument", name), verb, sign, f"in {place}" if place else "")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _price(choice: Choice) -> str:
    costs = choice.costs
    told = _joined(
        f"{costs.money} bn" if costs.takes_money else "",
        f"{costs.capital:g} capital" if costs.capital else "",
        f"a favour of {costs.favour}" if costs.favour else "",
        f"{costs.dossier} of the desk" if costs.dossier else "",
    )
    return f"costs {told}" if told else ""
