"""Findings that the declared bounds prove (GH32x, GH63x)."""

from __future__ import annotations

from game.packs.diagnostics import register

NEVER = register(
    "GH320",
    "warning",
    "this never holds: {expression}",
    "The declared bounds of what it reads decide it.",
)
ALWAYS = register(
    "GH321",
    "warning",
    "this always holds: {expression}",
    "The declared bounds of what it reads decide it.",
    "Leave it out if that is meant.",
)
PART_NEVER = register(
    "GH322",
    "warning",
    "this part never holds: {expression}",
    "The declared bounds of what it reads decide it, so the rest decides alone.",
    "Leave the part out, or mend the number.",
)
PART_ALWAYS = register(
    "GH323",
    "warning",
    "this part always holds: {expression}",
    "The declared bounds of what it reads decide it, so the rest decides alone.",
    "Leave the part out, or mend the number.",
)
RATE_TOO_LARGE = register(
    "GH324",
    "warning",
    "this adds at least {least} a year, and '{id}' runs from {low} to {high}",
    "In one year the rule alone moves its indicator further than its bounds are apart.",
)
RUNS_TO_BOUND = register(
    "GH325",
    "warning",
    "'{id}' only ever {way}: by at least {least} a year it comes from {start} to its bound"
    " {bound} within {years} years",
    "All that moves the indicator moves it one way, so that it must end at a bound.",
)
EFFECT_TOO_LARGE = register(
    "GH326",
    "warning",
    "this adds at least {least}, and '{id}' runs from {low} to {high}",
    "The effect alone moves its indicator further than its bounds are apart.",
)
TOO_DEAR = register(
    "GH327",
    "warning",
    "'{id}' can never be chosen: {why}",
    "The price is more than anybody can have.",
)
NO_CHOICE_LEFT = register(
    "GH328",
    "warning",
    "no choice of '{id}' can ever be taken: each is closed or costs more than can be had",
    "The card would be shown, and nothing on it could be chosen.",
    "Leave one choice free and open.",
)
ENDS_AS_IT_STARTS = register(
    "GH329",
    "warning",
    "wherever this situation starts it also ends: `{starts}` lies within `{ends}`",
    "A situation starts past one threshold and ends past another one.",
    "Let it end on the far side: `starts: x < 0.6` and `ends: x > 0.7`.",
)
NO_CHANCE = register(
    "GH633",
    "warning",
    "the chance is always 0: {expression}",
    "The declared bounds of what it reads decide it.",
)
CLOCK_NEVER = register(
    "GH634",
    "warning",
    "the clock never strikes: its number is {low} to {high}, and it strikes at {strikes}",
    "The number at which a clock strikes is one that it can come to.",
)
ENDING_NEVER = register(
    "GH635",
    "warning",
    "the ending '{id}' never comes: '{other}' comes before it and always holds",
    "Endings are tried by `order`, lowest first, and the first that holds is told.",
    "Give it a lower `order`.",
)
PLAN_NEVER = register(
    "GH636",
    "warning",
    "this plan never serves: {why}",
    "The first plan whose `when` holds serves, else the one whose turn it is.",
)
