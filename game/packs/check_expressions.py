"""Every expression, in the scope of its entry; and circles among computed indicators."""

from __future__ import annotations

from game.packs import catalogue as say
from game.packs.check_context import Checked, Context, figure, parted
from game.packs.fields import Expr
from game.packs.memory import Wanted
from game.packs.merge import Placed
from game.packs.schema_events import Event, Happening
from game.packs.schema_model import Indicator, Rule
from game.packs.walk import Leaf
from game.rules import Expression, RuleError, leaves
from game.rules.expression import Axis

MOST_BAD = 200
_VOCABULARY_KINDS = frozenset(
    {"indicator", "sector", "region", "instrument", "event", "situation", "scenario"}
)


def check_expressions(context: Context) -> None:
    """Check every expression of every entry."""
    known: dict[Wanted, Expression | RuleError] = {**context.good}
    bad = 0
    for placed, inside in context.sorted_leaves():
        row = _row(context, placed)
        for leaf in inside.rules:
            mark = leaf.mark
            if not isinstance(mark, Expr) or not isinstance(leaf.value, str):
                continue
            axis = row if mark.scope == "row" else _axis(context, row, leaf, mark)
            if axis is None:
                continue
            key: Wanted = (leaf.value, axis, mark.want, mark.ending)
            result = known.get(key)
            if result is None:
                result = known[key] = _checked(context, leaf.value, axis, mark)
            if isinstance(result, RuleError):
                bad += _errors(context, placed, leaf, result)
                if bad >= MOST_BAD:
                    return
                continue
            context.checked.append(Checked(placed, leaf.path, leaf.value, result))
            context.expressions[key] = context.good[key] = result
            if leaf.path == ("chance",):
                _chance(context, placed, leaf, result)


def _axis(context: Context, row: Axis | None, leaf: Leaf, mark: Expr) -> Axis | None:
    """The scope in which an expression is evaluated; None where a broken entry hides it."""
    if mark.scope == "nation":
        return "nation"
    if mark.scope == "target":
        # What moves every place of another axis is worked out in each of them.
        name, place = parted(str(leaf.path[-1]))
        info = context.vocabulary.indicators.get(name)
        if info is None:
            return None
        if place is None and info.axis != "nation":
            return info.axis
    return row


def _row(context: Context, placed: Placed) -> Axis | None:
    entry = placed.entry
    if isinstance(entry, Rule):
        info = context.vocabulary.indicators.get(entry.adds_to)
        return info.axis if info else None
    if isinstance(entry, (Indicator, Happening)):
        return entry.scope
    return "nation"


def _checked(context: Context, text: str, axis: Axis, mark: Expr) -> Expression | RuleError:
    try:
        return context.checker.check(text, scope=axis, want=mark.want, ending=mark.ending)
    except RuleError as error:
        return error


def _errors(context: Context, placed: Placed, leaf: Leaf, error: RuleError) -> int:
    context.bad += 1
    said = 0
    for one in (error, *error.others):
        named = leaf.value[one.start : one.end]
        if one.slug == "unknown-name" and (
            _hidden(context, named) or context.told_enough(named, placed, leaf.path)
        ):
            continue
        if one.slug == "scope" and _placeless(context):
            continue
        context.say(
            placed,
            say.BY_SLUG.get(one.slug, say.EXPRESSION),
            leaf.path,
            span=(one.start, max(one.end, one.start + 1)),
            hint=one.hint,
            problem=one.message,
        )
        said += 1
    return said


def _placeless(context: Context) -> bool:
    """Whether there are no sectors, or no regions, only because their file is broken."""
    merged, known = context.merged, context.vocabulary
    lost = merged.unread | {kind for kind, names in merged.broken.items() if names}
    return ("sector" in lost and not known.sectors) or ("region" in lost and not known.regions)


def _hidden(context: Context, name: str) -> bool:
    """Whether a name is unknown only because another file or entry is broken."""
    merged = context.merged
    if merged.unread & _VOCABULARY_KINDS:
        return True
    if name.startswith("balance.") and merged.broken["scenario"]:
        return True
    words = {name.strip("\"'"), *name.replace("[", ".").replace("]", "").split(".")}
    return any(words & names for kind, names in merged.broken.items() if kind in _VOCABULARY_KINDS)


def _chance(context: Context, placed: Placed, leaf: Leaf, expression: Expression) -> None:
    low, high = context.analysis.interval(expression)
    if high < 0 or low > 1:
        told = figure(low) if low == high else f"{figure(low)} to {figure(high)}"
        percent = f"Write {figure(low)}% if that is meant." if 1 < low == high <= 100 else None
        context.say(placed, say.CHANCE, leaf.path, hint=percent, chance=told)
    elif high > 1:
        context.say(placed, say.CHANCE_WIDE, leaf.path, high=figure(high))
    elif high <= 0 and leaves(expression):
        context.say(placed, say.NO_CHANCE, leaf.path, expression=leaf.value)
    entry = placed.entry
    if isinstance(entry, Event) and entry.beat and (low, high) != (0, 0):
        problem = f"a {entry.beat} comes at its beat, never by chance"
        context.say(placed, say.SHAPE, leaf.path, at="key", problem=problem)


def check_cycles(context: Context) -> None:
    """Say which computed indicators depend on themselves, also through last year's values."""
    needs: dict[str, list[str]] = {}
    for one in context.checked:
        if one.placed.kind == "indicator" and one.path == ("is",):
            reads = {
                read.series.name
                for read in leaves(one.expression)
                if read.series.kind == "indicator"
            }
            needs[one.placed.entry.id] = sorted(reads)
    for circle in circles(needs):
        placed = context.merged.entries["indicator"][circle[0]]
        related = tuple(
            context.merged.entries["indicator"][name].origin_of(("is",)) for name in circle[1:]
        )
        cycle = " -> ".join([*circle, circle[0]])
        context.say(placed, say.CYCLE, ("is",), related=related, cycle=cycle)


def circles(needs: dict[str, list[str]]) -> list[list[str]]:
    """One circle for each knot of a graph, each beginning with its first name; iterative."""
    state: dict[str, int] = {}
    found: list[list[str]] = []
    for start in needs:
        if start in state:
            continue
        trail = [start]
        stack = [iter(needs[start])]
        state[start] = 1
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                state[trail.pop()] = 2
            elif step not in needs or state.get(step) == 2:
                continue
            elif state.get(step) == 1:
                circle = trail[trail.index(step) :]
                first = circle.index(min(circle))
                found.append(circle[first:] + circle[:first])
            else:
                state[step] = 1
                trail.append(step)
                stack.append(iter(needs[step]))
    return found
