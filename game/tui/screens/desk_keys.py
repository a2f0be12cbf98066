"""The keys of the desk."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from game.campaign.decisions import Weight

WEIGHTS: tuple[Weight, ...] = ("light", "medium", "heavy")
"""Left and right go along these."""
NEED_CAMPAIGN = frozenset(
    ("promise", "amounts", "another", "undo", "redo", "why", "measure", "presets", "inbox")
)
"""What waits for the campaign where the desk is shown before it."""

KEYS: list[BindingType] = [
    Binding("p", "promise", "Promise, lock", tooltip="Promise something and lock the plan"),
    Binding("enter", "open", "Open", tooltip="Open a dossier, or take an offer"),
    Binding("equals_sign", "amounts", "Exact", key_display="=", tooltip="Amounts cell by cell"),
    Binding("f", "forecast", "Forecast", tooltip="Show or hide the ministry's forecast"),
    Binding("u", "undo", "Undo"),
    Binding("U,ctrl+y", "redo", "Redo", show=False, key_display="U"),
    Binding("w", "why", "Why", show=False, tooltip="Why the number of the forecast moved"),
    Binding("left_square_bracket", "measure(-1)", "Forecast: number before", show=False),
    Binding("right_square_bracket", "measure(1)", "Forecast: next number", show=False),
    Binding("left,h", "weigh(-1)", "Lighter", show=False),
    Binding("right,l", "weigh(1)", "Heavier", show=False),
    Binding("x,delete", "close", "Close dossier", show=False),
    Binding("s", "stamp", "Sunset stamp", show=False, tooltip="It ends free with the plan"),
    Binding("plus", "another", "Open one more", show=False, key_display="+"),
    Binding("P", "presets", "Presets", show=False, tooltip="Carried on, an advisor's table, bare"),
    Binding("i", "inbox", "Inbox", show=False, tooltip="What came in before this plan"),
    Binding("escape,q", "back", "Menu", show=False, key_display="esc"),
]
