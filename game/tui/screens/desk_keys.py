"""The keys of the desk."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from game.campaign.decisions import Weight
from game.words import later

WEIGHTS: tuple[Weight, ...] = ("light", "medium", "heavy")
"""Left and right go along these."""
NEED_CAMPAIGN = frozenset(
    ("promise", "amounts", "another", "undo", "redo", "why", "measure", "presets", "inbox")
)
"""What waits for the campaign where the desk is shown before it."""

KEYS: list[BindingType] = [
    Binding(
        "p", "promise", later("Promise, lock"), tooltip=later("Promise something and lock the plan")
    ),
    Binding("enter", "open", later("Open"), tooltip=later("Open a dossier, or take an offer")),
    Binding(
        "equals_sign",
        "amounts",
        later("Exact"),
        key_display="=",
        tooltip=later("Amounts cell by cell"),
    ),
    Binding(
        "f", "forecast", later("Forecast"), tooltip=later("Show or hide the ministry's forecast")
    ),
    Binding("u", "undo", later("Undo")),
    Binding("U,ctrl+y", "redo", later("Redo"), show=False, key_display="U"),
    Binding(
        "w", "why", later("Why"), show=False, tooltip=later("Why the number of the forecast moved")
    ),
    Binding("left_square_bracket", "measure(-1)", later("Forecast: number before"), show=False),
    Binding("right_square_bracket", "measure(1)", later("Forecast: next number"), show=False),
    Binding("left,h", "weigh(-1)", later("Lighter"), show=False),
    Binding("right,l", "weigh(1)", later("Heavier"), show=False),
    Binding("x,delete", "close", later("Close dossier"), show=False),
    Binding(
        "s", "stamp", later("Sunset stamp"), show=False, tooltip=later("It ends free with the plan")
    ),
    Binding("plus", "another", later("Open one more"), show=False, key_display="+"),
    Binding(
        "P",
        "presets",
        later("Presets"),
        show=False,
        tooltip=later("Carried on, an advisor's table, bare"),
    ),
    Binding(
        "i", "inbox", later("Inbox"), show=False, tooltip=later("What came in before this plan")
    ),
    Binding("escape,q", "back", later("Menu"), show=False, key_display="esc"),
]

DESK_HELP = later(
    "The desk holds a few dossiers. Each is one sector or one national channel, with "
    "up to three lines and a weight. More may be opened, and then every line "
    "delivers less.\n\nPress a letter to take what an advisor offers, and again to put "
    "it back. There is no wrong key: nothing is final until the lock, and u takes "
    "anything back."
)
