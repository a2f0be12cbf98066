"""One neighbourhood of a pack's graph: what is asked for, how far it reaches, and the chains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from game.authoring.graph import NODE_KINDS, Edge, Graph, Node
from game.authoring.signs import Sign
from game.lab.errors import NotFoundError, missing
from game.rules import suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from game.packs import Pack

Side = Literal["causes", "effects"]
Sides = Literal["effects", "causes", "both"]
SIDES: Mapping[Sides, tuple[Side, ...]] = {
    "effects": ("effects",),
    "causes": ("causes",),
    "both": ("causes", "effects"),
}
_ORDER = (
    "rule", "indicator", "instrument", "flag", "counter", "situation", "event", "choice", "ending",
)  # fmt: skip
_PARTS = re.compile(r"[^a-z0-9]+")
MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Step:
    """Edges of one kind between a node and a neighbour, taken together.

    Attributes:
        node: the neighbour.
        verb: how the two hang together.
        sign: which way.
        details: amounts, clauses and delays, one for each edge that has any.
        dashed: whether it only warns or recalls.
    """

    node: Node
    verb: str
    sign: Sign
    details: tuple[str, ...]
    dashed: bool


def found_node(graph: Graph, pack: Pack, entry: str) -> Node:
    """The node that somebody asks for: an id, `kind/id`, `event:choice` or `pack/id`.

    Raises:
        NotFoundError: there is none, or there are several of that name.
    """
    kind, slash, name = entry.partition("/")
    if slash and kind in NODE_KINDS:
        return _only([node for node in graph.titles if node.id == entry], entry, graph)
    bare = name if slash and kind in pack.manifests else entry
    return _only([node for node in graph.titles if node.name == bare], entry, graph)


def _only(found: Sequence[Node], entry: str, graph: Graph) -> Node:
    if len(found) == 1:
        return found[0]
    if found:
        ids = " and ".join(sorted(node.id for node in found))
        raise NotFoundError(f"{entry} may be {ids}; write one of these")
    kind, slash, _ = entry.partition("/")
    if slash and kind in NODE_KINDS:
        raise missing("entry", entry, [node.id for node in graph.titles])
    names = [node.name for node in graph.titles]
    parts = set(_PARTS.split(entry.casefold()))
    alike = [name for name in names if parts & set(_PARTS.split(name)) and ":" not in name]
    if suggest(entry, names) is None and alike:
        told = ", ".join(sorted(alike, key=lambda name: (len(name), name))[:MOST_ALIKE])
        raise NotFoundError(f"there is no entry {entry}; there is {told}")
    raise missing("entry", entry, names)


def steps(graph: Graph, node: Node, side: Side) -> tuple[Step, ...]:
    """The neighbours of a node on one side: numbers first, then what happens."""
    edges = (graph.causes if side == "causes" else graph.effects).get(node, ())
    grouped: dict[tuple[Node, str, Sign, bool], list[str]] = {}
    for edge in edges:
        other = edge.source if side == "causes" else edge.target
        details = grouped.setdefault((other, edge.verb, edge.sign, edge.dashed), [])
        if edge.detail and edge.detail not in details:
            details.append(edge.detail)
    found = [
        Step(other, verb, sign, tuple(details), dashed)
        for (other, verb, sign, dashed), details in grouped.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.dashed, _ORDER.index(one.node.kind))))


def around(graph: Graph, node: Node, depth: int, sides: Sides) -> tuple[Edge, ...]:
    """The edges within so many steps of a node, upstream, downstream or both; each once."""
    found: dict[Edge, None] = {}
    for side in SIDES[sides]:
        here: list[Node] = [node]
        seen = {node}
        for _ in range(depth):
            after: list[Node] = []
            for one in here:
                edges = (graph.causes if side == "causes" else graph.effects).get(one, ())
                for edge in edges:
                    found[edge] = None
                    other = edge.source if side == "causes" else edge.target
                    if other not in seen:
                        seen.add(other)
                        after.append(other)
            here = after
    return tuple(found)


# Chains.


@dataclass(frozen=True, slots=True)
class Link:
    """One event that leads to another: how, and after how long."""

    event: str
    after: str
    how: str


@dataclass(frozen=True, slots=True)
class Chain:
    """An event from which others follow, and which follows from none (or only in a circle).

    Attributes:
        root: the event.
        links: what follows, in the order in which it is reached.
        circle: whether it follows from one of these itself.
    """

    root: str
    links: tuple[Link, ...]
    circle: bool


def chains(graph: Graph, pack: Pack, owner: str) -> tuple[Chain, ...]:
    """The chains of a pack's own events: what they schedule, or unlock by a flag or by coming."""
    following: dict[str, list[Link]] = {}
    for link in _links(graph):
        mine = following.setdefault(link.event, [])
        if link.after != link.event and all(one.after != link.after for one in mine):
            mine.append(link)
    follows = {one.after for links in following.values() for one in links}
    roots = [name for name in pack.events if following.get(name) and name not in follows]
    reached = {name for root in roots for name in _reached(following, root)}
    found = [Chain(root, tuple(_walk(following, root)), False) for root in roots]
    for name in pack.events:
        if following.get(name) and name not in reached and name not in roots:
            found.append(Chain(name, tuple(_walk(following, name)), True))
            reached |= _reached(following, name)
    return tuple(one for one in found if pack.owner("event", one.root) == owner)


def _links(graph: Graph) -> Iterator[Link]:
    setters: dict[Node, list[str]] = {}
    for edge in graph.edges:
        if edge.verb == "sets":
            setters.setdefault(edge.target, []).append(_event_of(edge.source))
    for edge in graph.edges:
        target = _event_of(edge.target)
        if edge.verb == "schedules":
            yield Link(_event_of(edge.source), target, edge.detail)
        elif edge.verb in ("when", "open when", "chance") and edge.target.kind != "ending":
            if edge.source.kind == "event" and edge.sign != "−":
                yield Link(edge.source.name, target, "by coming")
            elif edge.source.kind == "flag" and edge.sign == "+":
                for setter in setters.get(edge.source, ()):
                    yield Link(setter, target, f"by {edge.source.name}")


def _event_of(node: Node) -> str:
    return node.name.partition(":")[0] if node.kind == "choice" else node.name


def _reached(following: Mapping[str, Sequence[Link]], root: str) -> set[str]:
    return {root, *(link.after for link in _walk(following, root))}


def _walk(following: Mapping[str, Sequence[Link]], root: str) -> Iterable[Link]:
    """What follows from an event, each once, nearest first."""
    seen = {root}
    waiting = [root]
    found: list[Link] = []
    while waiting:
        here = waiting.pop(0)
        for link in following.get(here, ()):
            if link.after not in seen:
                seen.add(link.after)
                found.append(link)
                waiting.append(link.after)
    return found
