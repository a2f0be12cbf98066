"""Findings about scripted playthroughs, and about what ends a run (GH660 to GH679)."""

from __future__ import annotations

from game.packs.diagnostics import register

ENDING_ELSEWHERE = register(
    "GH660",
    "error",
    "the scenario '{scenario}' does not end with '{id}'",
    "A scenario that lists its endings has no others.",
)
NOT_THERE = register(
    "GH661",
    "error",
    "'{id}' never comes in '{sector}': {why}",
    "`sector` goes with what happens sector by sector.",
)
NOT_IN_PLAY = register(
    "GH662",
    "error",
    "the {kind} '{id}' is not in play in the scenario '{scenario}'",
    "A scenario that lists its sectors or instruments funds no others.",
)
NOT_AN_ANSWER = register(
    "GH663",
    "error",
    "'{choice}' is no choice of '{id}'",
    "`choice` names one of the answers to the event that happens.",
)
NOBODY_COMES = register(
    "GH664",
    "warning",
    "'{id}' is a {beat}: it comes to players alone, and never in a playthrough",
    "Nobody is asked or travels in a run without a player; only `force:` brings it about.",
    "Add it to `force:`, with the year.",
)
NO_BALANCE = register(
    "GH665",
    "error",
    "the {kind} '{id}' reads balance.{balance}, and the scenario '{scenario}' has no such balance",
    "A scenario that lists no endings or aims has all that are loaded, with all that they weigh.",
    "Give the scenario the balance, or let it list endings and aims that it can weigh.",
)
