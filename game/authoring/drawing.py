"""A neighbourhood as a tree for the terminal, as Mermaid, or as DOT.

Titles come from packs: whatever they hold, they stay inside their labels.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.authoring.graph import Edge, Graph, Node
from game.authoring.neighbourhood import SIDES, Chain, Side, Sides, Step, steps
from game.packs.diagnostics import escaped
from game.packs.render import cells

if TYPE_CHECKING:
    from game.authoring.graph import NodeKind

MOST_INSIDE = 8
"""Neighbours of a neighbour that are drawn; the first ring is drawn whole."""
MOST_LINKS = 30
"""Events of a chain that are listed; the chain itself can be drawn."""
NARROWEST = 60
LONGEST_LABEL = 60
LONGEST_DETAIL = (400, 120)
"""Characters of an amount or a clause, in the first ring and further out."""
SHARED = frozenset({"chance", "drives", "makes up"})
"""Verbs of which all edges to a node tell the same expression."""
HEADINGS: Mapping[Side, str] = {"causes": "What moves it", "effects": "What it moves"}
WORDS: Mapping[NodeKind, str] = {
    "event": "event ",
    "choice": "answer ",
    "situation": "situation ",
    "rule": "rule ",
    "instrument": "instrument ",
    "flag": "flag ",
    "counter": "counter ",
    "ending": "ending ",
    "indicator": "",
}
VERBS: Mapping[str, str] = {
    "when": "when",
    "chance": "chance",
    "warns": "warns when",
    "recalls": "recalled when",
    "starts": "starts when",
    "ends": "ends when",
    "open when": "open when",
    "makes up": "=",
    "counts": "",
    "adds": "",
    "drives": "a year",
    "asks": "",
    "schedules": "",
}
PLAIN = {"flag(it)": "while set", "fired(it)": "once it came", "active(it)": "while it acts"}
"""Clauses that ask for nothing but the node itself, in words."""
SHAPES: Mapping[NodeKind, str] = {
    "event": "box",
    "choice": "cds",
    "situation": "octagon",
    "rule": "note",
    "instrument": "house",
    "flag": "tab",
    "counter": "tab",
    "ending": "doubleoctagon",
    "indicator": "ellipse",
}
MERMAID: Mapping[NodeKind, tuple[str, str]] = {
    "event": ("[", "]"),
    "choice": (">", "]"),
    "situation": ("{{", "}}"),
    "rule": ("[/", "/]"),
    "instrument": ("[[", "]]"),
    "flag": ("[(", ")]"),
    "counter": ("[(", ")]"),
    "ending": ("(((", ")))"),
    "indicator": ("([", "])"),
}
_LIST = re.compile(r"\s*(?:-|\d+[.)])(?=\s|$)")


# The terminal.


@dataclass
class _Tree:
    graph: Graph
    depth: int
    width: int
    drawn: set[Node] = field(default_factory=set)

    def lines(self, node: Node, side: Side, level: int, prefix: str) -> Iterator[str]:
        self.drawn.add(node)
        every = steps(self.graph, node, side)
        shown = every if level == 1 else every[:MOST_INSIDE]
        told: set[tuple[str, tuple[str, ...]]] = set()
        for at, step in enumerate(shown):
            last = at == len(shown) - 1 and len(shown) == len(every)
            known = (step.verb, step.details)
            # One expression reads many numbers: it is told once. A rule's stands at the rule.
            quiet = known in told or (step.verb == "drives" and side == "causes" and level > 1)
            told |= {known} if step.verb in SHARED else set()
            yield from self._step(step, node, side, level, prefix, last, quiet)
        if len(shown) < len(every):
            yield f"{prefix}└─ and {len(every) - len(shown)} more"

    def _step(
        self,
        step: Step,
        parent: Node,
        side: Side,
        level: int,
        prefix: str,
        last: bool,
        quiet: bool,
    ) -> Iterator[str]:
        # What an answer does is what its event does: it takes no step of its own.
        answers = step.verb == "asks" and side == "effects"
        reaches = level < self.depth or answers
        inner = reaches and bool(steps(self.graph, step.node, side))
        again = step.node in self.drawn
        text = _label(self.graph, step.node, parent, step.sign)
        detail = (
            ""
            if quiet
            else _detail(step, step.node if side == "causes" else parent, LONGEST_DETAIL[level > 1])
        )
        if inner and again:
            detail = f"{detail} (see above)".strip()
        branch = ("└" if last else "├") + ("┄ " if step.dashed else "─ ")
        below = prefix + ("   " if last else "│  ")
        goes_on = below + ("│  " if inner and not again else "   ")
        yield from _fitted(prefix + branch, goes_on, text, detail, self.width)
        if inner and not again:
            yield from self.lines(step.node, side, level + (not answers), below)


def tree(graph: Graph, node: Node, depth: int, sides: Sides, width: int) -> Iterator[str]:
    """A neighbourhood as lines: what moves the node, and what it moves.

    Args:
        graph: the pack's graph.
        node: where it begins.
        depth: how many steps it reaches.
        sides: causes, effects or both.
        width: columns of the terminal.
    """
    width = max(NARROWEST, width)
    yield from _fitted("", "  ", f"{node.kind} {_named(graph, node, node.name)}", "", width)
    if node in graph.facts:
        yield from _wrapped("  ", "    ", escaped(" ".join(graph.facts[node].split())), width)
    for side in SIDES[sides]:
        yield ""
        yield HEADINGS[side]
        found = list(_Tree(graph, depth, width).lines(node, side, 1, ""))
        yield from found or ["└─ nothing"]


def roots(found: Sequence[Chain], graph: Graph, owner: str, width: int) -> Iterator[str]:
    """The chains of a pack: each root with what follows from it."""
    width = max(NARROWEST, width)
    if not found:
        yield f"{owner} has no chains: no event of it schedules another one or unlocks it by a flag"
        return
    count = "one chain" if len(found) == 1 else f"{len(found)} chains"
    yield f"{owner}: {count}; `guiding-hand pack graph PACK EVENT` draws one"
    for one in found:
        yield ""
        circle = " (in a circle)" if one.circle else ""
        title = _named(graph, Node("event", one.root), one.root)
        yield from _fitted("", "  ", title + circle, "", width)
        shown = one.links[:MOST_LINKS]
        for at, link in enumerate(shown):
            last = at == len(one.links) - 1
            branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
            how = f"{link.how}, from {link.event}" if link.event != one.root else link.how
            yield from _fitted(branch, f"{below}   ", link.after, how, width)
        if len(shown) < len(one.links):
            yield f"└─ and {len(one.links) - len(shown)} more"


def _label(graph: Graph, node: Node, parent: Node, sign: str) -> str:
    name = node.name
    if node.kind == "choice" and parent == Node("event", name.partition(":")[0]):
        name = name.rpartition(":")[2]
    return f"{sign + ' ' if sign else ''}{WORDS[node.kind]}{_named(graph, node, name)}"


def _named(graph: Graph, node: Node, name: str) -> str:
    title = escaped(graph.titles.get(node, ""))
    return f"{name}: {title}" if title else name


def _detail(step: Step, cause: Node, longest: int) -> str:
    told = escaped("; ".join(step.details))
    told = told if len(told) <= longest else f"{told[: longest - 1]}…"
    if step.verb == "drives":
        return f"{told} a year" if told else ""
    word = VERBS.get(step.verb, step.verb)
    plain = PLAIN.get(told.replace(f'"{cause.name}"', "it"))
    return f"{word.removesuffix(' when')} {plain}" if plain else f"{word} {told}".strip()


def _fitted(first: str, rest: str, text: str, detail: str, width: int) -> Iterator[str]:
    """A line, its detail behind it where there is room, and below it where there is none."""
    one_line = f"{text}  {detail}" if detail else text
    if cells(first + one_line) <= width:
        yield first + one_line
        return
    yield from _wrapped(first, rest, text, width)
    if detail:
        yield from _wrapped(rest + "  ", rest + "  ", detail, width)


def _wrapped(first: str, rest: str, text: str, width: int) -> list[str]:
    found = textwrap.wrap(
        text,
        max(20, width - max(cells(text) - len(text), 0)),
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
    )
    return found or [first.rstrip()]


# Diagrams.


def mermaid(graph: Graph, node: Node, edges: Sequence[Edge]) -> Iterator[str]:
    """A neighbourhood as a Mermaid flowchart."""
    order = _numbered(node, edges)
    yield "flowchart LR"
    for one, at in order.items():
        before, after = MERMAID[one.kind]
        label = f"{_quoted(one)}<br/>{_entities(_cut(graph.titles.get(one, '')))}"
        yield f'  n{at}{before}"{label}"{after}'
    for edge in edges:
        line = "-.->" if edge.dashed else "-->"
        told = _entities(_told(edge))
        label = f'|"{told}"|' if told else ""
        yield f"  n{order[edge.source]} {line}{label} n{order[edge.target]}"
    yield f"  style n{order[node]} stroke-width:4px"


def dot(graph: Graph, node: Node, edges: Sequence[Edge]) -> Iterator[str]:
    """A neighbourhood in the language of Graphviz."""
    order = _numbered(node, edges)
    yield "digraph pack {"
    yield '  rankdir=LR; node [fontname="sans-serif"]; edge [fontname="sans-serif"];'
    for one, at in order.items():
        name, title = (
            _string(f"{WORDS[one.kind]}{one.name}"),
            _string(_cut(graph.titles.get(one, ""))),
        )
        bold = ", penwidth=3" if one == node else ""
        yield f'  n{at} [label="{name}\\n{title}", shape={SHAPES[one.kind]}{bold}];'
    for edge in edges:
        style = ", style=dashed" if edge.dashed else ""
        told = _string(_told(edge))
        yield f'  n{order[edge.source]} -> n{order[edge.target]} [label="{told}"{style}];'
    yield "}"


def _numbered(node: Node, edges: Sequence[Edge]) -> dict[Node, int]:
    order = {node: 0}
    for edge in edges:
        for one in (edge.source, edge.target):
            order.setdefault(one, len(order))
    return order


def _told(edge: Edge) -> str:
    """What stands on an edge: the sign, and what is short enough to be read there."""
    if edge.source.kind == "rule":
        return edge.sign
    word = VERBS.get(edge.verb, edge.verb) if edge.verb not in ("drives", "makes up") else ""
    detail = edge.detail if edge.verb not in ("drives", "makes up", "chance") else ""
    return _cut(" ".join(part for part in (edge.sign, word, detail) if part))


def _cut(text: str) -> str:
    plain = escaped(text)
    return plain if len(plain) <= LONGEST_LABEL else f"{plain[: LONGEST_LABEL - 1]}…"


def _quoted(node: Node) -> str:
    return _entities(f"{WORDS[node.kind]}{node.name}")


def _entities(text: str) -> str:
    """Text for a Mermaid label: all but letters, digits and harmless signs by their number.

    Labels are read as Markdown too, so the marks that begin a list are not harmless in front.
    """
    mark = _LIST.match(text)
    front = mark.end() if mark else 0
    return "".join(
        char if char.isalnum() or (char in " .,:()-−±…–" and at >= front) else f"#{ord(char)};"
        for at, char in enumerate(text)
    )


def _string(text: str) -> str:
    """Text for a quoted string of DOT."""
    return text.replace("\\", "\\\\").replace('"', '\\"')
