"""Ids and prose: what is named must be there, what is shown must fit."""

from __future__ import annotations

import re

from game.packs import catalogue as say
from game.packs.check_context import Context, parted
from game.packs.fields import Kind, Prose, Ref, Target
from game.packs.merge import Placed
from game.packs.render import cells
from game.packs.schema_model import Indicator, InstrumentEntry
from game.packs.walk import Leaf

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MARKUP = re.compile(
    r"\[(?:@|/|(?:b|i|u|bold|italic|dim|reverse|link|on|red|green|blue)\b)[^\[\]]*\]"
)
_ALWAYS_NAMED = frozenset({"sector", "region", "year", "plan", "person"})


def check_references(context: Context) -> None:
    """Check every reference, target and piece of prose."""
    context.memory.stand_on(_ground(context))
    quiet = context.memory.quiet
    fine: set[_Name] = set()
    for placed, leaves in context.sorted_leaves():
        if id(placed.entry) in quiet:
            continue
        before = context.said
        for leaf in leaves.names:
            _name(context, placed, leaf, fine)
        for leaf in leaves.prose:
            if isinstance(leaf.value, str) and isinstance(leaf.mark, Prose):
                _prose(context, placed, leaf, leaf.mark)
        if context.said == before:
            quiet[id(placed.entry)] = placed.entry


_Name = tuple[int, str, bool]


def _name(context: Context, placed: Placed, leaf: Leaf, fine: set[_Name]) -> None:
    """Check a reference or target, unless the same was found good before."""
    # Marks belong to the schema, so that each has an id of its own for good.
    name: _Name = id(leaf.mark), leaf.value, "add" in leaf.path
    if name in fine:
        return
    before = context.said
    if isinstance(leaf.mark, Ref):
        if not any(context.knows(kind, leaf.value) for kind in leaf.mark.kinds):
            context.unknown(placed, leaf.mark.kinds, leaf.value, leaf.path, leaf.at)
    elif isinstance(leaf.mark, Target):
        _target(context, placed, leaf, leaf.mark.kinds[0])
    if context.said == before:
        fine.add(name)


def _ground(context: Context) -> object:
    """All that these checks look at beside the entry itself."""
    merged = context.merged
    kept = [
        (one.id, one.scope, one.computed, one.constant)
        for _, one in context.of("indicator", Indicator)
    ]
    lines = [(one.id, one.scope) for _, one in context.of("instrument", InstrumentEntry)]
    ids = {kind: tuple(found) for kind, found in merged.entries.items()}
    broken = {kind: set(names) for kind, names in merged.broken.items()}
    return ids, broken, set(merged.unread), kept, lines


def _target(context: Context, placed: Placed, leaf: Leaf, kind: Kind) -> None:
    name, place = parted(leaf.value)
    if place is not None and not leaf.value.endswith("]"):
        why = "its bracket is not closed"
        context.say(placed, say.BAD_TARGET, leaf.path, at=leaf.at, id=leaf.value, why=why)
        return
    if not context.knows(kind, name):
        context.unknown(placed, (kind,), name, leaf.path, leaf.at)
        return
    known = context.merged.entries[kind].get(name)
    if known is None:
        return
    entry = known.entry
    scope = entry.scope if isinstance(entry, (Indicator, InstrumentEntry)) else "nation"
    if place is not None:
        if scope == "nation":
            why = f"'{name}' is national, without a part in brackets"
            context.say(placed, say.BAD_TARGET, leaf.path, at=leaf.at, id=leaf.value, why=why)
        elif not context.knows(scope, place):
            context.unknown(placed, (scope,), place, leaf.path, leaf.at)
    if isinstance(entry, Indicator):
        adds = "add" in leaf.path
        what = "computed" if entry.computed else "constant" if entry.constant and adds else None
        if what and adds:
            context.say(placed, say.MOVES_COMPUTED, leaf.path, at=leaf.at, id=name, what=what)
        elif what:
            why = "it is computed, so it follows from others and cannot be set"
            context.say(placed, say.BAD_TARGET, leaf.path, at=leaf.at, id=name, why=why)


def _prose(context: Context, placed: Placed, leaf: Leaf, mark: Prose) -> None:
    text = leaf.value
    if mark.fits is not None and (wide := cells(text)) > mark.fits:
        context.say(placed, say.TOO_LONG_LINE, leaf.path, length=wide, limit=mark.fits)
    if "{" in text:
        for match in _PLACEHOLDER.finditer(text):
            name = match.group(1)
            if name in _ALWAYS_NAMED or context.knows("person", name):
                continue
            context.say(placed, say.UNKNOWN_PLACEHOLDER, leaf.path, span=match.span(), name=name)
    if "[" in text:
        found = _MARKUP.search(text)
        if found:
            context.say(placed, say.MARKUP, leaf.path, span=found.span(), markup=found.group())
