"""Checks over the merged packs: what one file cannot know of another."""

from __future__ import annotations

from game.packs.borrowed import tell_borrowed
from game.packs.check_balances import check_balances
from game.packs.check_choices import check_choices
from game.packs.check_conditions import check_conditions
from game.packs.check_content import check_content
from game.packs.check_context import Context
from game.packs.check_events import check_events
from game.packs.check_expressions import check_cycles, check_expressions
from game.packs.check_moves import check_moves
from game.packs.check_order import check_order
from game.packs.check_references import check_references
from game.packs.check_scenarios import check_scenarios
from game.packs.diagnostics import Findings
from game.packs.memory import Memory, Wanted
from game.packs.merge import Merged
from game.rules import Expression, Vocabulary


def check_pack(
    merged: Merged, vocabulary: Vocabulary, findings: Findings, memory: Memory | None = None
) -> dict[Wanted, Expression]:
    """Add the findings of every check across files; the expressions that passed are given."""
    context = Context(merged, vocabulary, findings, memory=memory or Memory())
    check_references(context)
    check_expressions(context)
    check_cycles(context)
    check_events(context)
    check_scenarios(context)
    check_content(context)
    check_balances(context)
    check_conditions(context)
    check_moves(context)
    check_choices(context)
    check_order(context)
    tell_borrowed(context)
    context.tell_rest()
    return context.expressions
