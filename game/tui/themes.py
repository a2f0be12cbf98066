"""The house themes: blue for good, vermilion for bad, amber for keys, in dark and in light.

Blue and vermilion stay apart for every common kind of colour vision; a sign or a word goes with
them all the same.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="guiding-hand",
    primary="#6FA8DC",
    secondary="#8FB3C9",
    success="#56B4E9",
    warning="#E9C46A",
    error="#F0703A",
    accent="#F2B544",
    foreground="#D9DFE7",
    background="#10151C",
    surface="#151B24",
    panel="#1E2732",
    boost="#24303D",
    dark=True,
    variables={
        "border": "#6FA8DC",
        "border-blurred": "#2E3A48",
        "footer-background": "#151B24",
        "footer-key-foreground": "#F2B544",
        "footer-description-foreground": "#9AA7B5",
        "fan-outer": "#23405A",
        "fan-inner": "#3A6E99",
        "fan-median": "#E8F3FC",
        "fan-baseline": "#E9C46A",
        "fan-past": "#D9DFE7",
        "input-selection-background": "#6FA8DC 35%",
    },
)

LIGHT = Theme(
    name="guiding-hand-light",
    primary="#1F5F99",
    secondary="#4A6A80",
    success="#00679E",
    warning="#7A5500",
    error="#B03A00",
    accent="#8A5A00",
    foreground="#1F262E",
    background="#FAF8F3",
    surface="#F3F0E8",
    panel="#E8E3D7",
    boost="#DDD7C8",
    dark=False,
    variables={
        "border": "#1F5F99",
        "border-blurred": "#CFC8B8",
        "footer-background": "#EFEBE1",
        "footer-key-foreground": "#8A5A00",
        "footer-description-foreground": "#55606B",
        "fan-outer": "#C9DDEC",
        "fan-inner": "#8DB9DA",
        "fan-median": "#0B2A45",
        "fan-baseline": "#8A5A00",
        "fan-past": "#1F262E",
        "input-selection-background": "#1F5F99 25%",
    },
)

FAN_DEFAULTS = {
    "fan-outer": "#23405A",
    "fan-inner": "#3A6E99",
    "fan-median": "#E8F3FC",
    "fan-baseline": "#E9C46A",
    "fan-past": "#D9DFE7",
}
"""The chart's colours under a theme that is not ours and dark."""

FAN_LIGHT = {name: LIGHT.variables[name] for name in FAN_DEFAULTS}
"""The same under a light one."""
