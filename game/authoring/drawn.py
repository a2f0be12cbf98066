"""What `pack graph` prints: one neighbourhood, as far as it fits, in the form that is asked for."""

from __future__ import annotations

from collections.abc import Callable

from game.authoring.drawing import dot, mermaid, roots, tree
from game.authoring.graph import graph_of
from game.authoring.neighbourhood import Sides, around, chains, found_node
from game.authoring.opening import opened

MOST_LINES = 100
MOST_EDGES = 60
DEPTHS = (3, 2)
"""Tried from the deepest; one step is always drawn."""


def drawn(
    name: str, entry: str | None, depth: int | None, form: str, sides: Sides, width: int
) -> str:
    """The drawing as text.

    Args:
        name: the pack, by its folder or id.
        entry: what is in the middle; the pack's chains are listed where it is None.
        depth: how many steps; as many as fit on a few screens where it is None.
        form: `tree`, `mermaid` or `dot`.
        sides: causes, effects or both.
        width: columns of the terminal.

    Raises:
        NotFoundError: there is no such pack or entry.
        BadContentError: the pack cannot be used.
    """
    here = opened(name)
    graph = graph_of(here.pack)
    if entry is None:
        found = chains(graph, here.pack, here.owner)
        return "\n".join(roots(found, graph, here.owner, width))
    node = found_node(graph, here.pack, entry)
    if form == "tree":

        def lines(depth: int) -> list[str]:
            return list(tree(graph, node, depth, sides, width))

        if depth is not None:
            return "\n".join(lines(depth))
        fits = _fitting(lambda steps: len(lines(steps)), MOST_LINES)
        more = [] if lines(fits + 1) == lines(fits) else ["", f"--depth {fits + 1} goes further."]
        return "\n".join([*lines(fits), *more])
    depth = depth or _fitting(lambda steps: len(around(graph, node, steps, sides)), MOST_EDGES)
    draw = mermaid if form == "mermaid" else dot
    return "\n".join(draw(graph, node, around(graph, node, depth, sides)))


def _fitting(size: Callable[[int], int], most: int) -> int:
    return next((depth for depth in DEPTHS if size(depth) <= most), 1)
