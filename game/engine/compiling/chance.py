"""What is drawn: which events come by chance, the noise of rules and their strengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.engine.compiling import hidden
from game.engine.draws import Streams
from game.engine.layout import Layout
from game.engine.model import Hazards
from game.rules.expression import Series

if TYPE_CHECKING:
    from game.packs import Pack
    from game.packs.schema_events import Event
    from game.packs.schema_model import Rule

STRENGTH_RANGE = {"documented": 0.0, "calibrated": 0.10, "judgement": 0.25, "invented": 0.40}
"""How far a rule's strength may be from what is written, by its grade."""
ONCE = 11_000.0
"""A cooldown longer than any campaign, and shorter than the wait since `NEVER`."""


def strength_range(rule: Rule) -> float:
    """How far a rule's strength may be from what is written; noise has none."""
    return 0.0 if rule.noise is not None else STRENGTH_RANGE[rule.grade or "invented"]


def chancy(pack: Pack) -> list[Event]:
    """The events that come by chance."""
    return [event for event in pack.events.values() if event.beat is None and event.has_chance]


def hazards(pack: Pack, layout: Layout) -> Hazards:
    """The events that come by chance, one stream an event and place."""
    events: list[int] = []
    places: list[int] = []
    last: list[int] = []
    cooldown: list[float] = []
    positions = {name: i for i, name in enumerate(pack.events)}
    for event in chancy(pack):
        size = layout.sizes[event.scope]
        fired = layout.rows(Series("last", event.id, event.scope))
        events += [positions[event.id]] * size
        places += range(size)
        last += range(fired.start, fired.stop)
        cooldown += [ONCE if event.cooldown is None else float(event.cooldown)] * size
    return Hazards(
        layout.run(hidden.hazard(event) for event in chancy(pack)),
        np.array(events, dtype=np.int64),
        np.array(places, dtype=np.int64),
        np.array(last, dtype=np.int64),
        np.array(cooldown),
    )


def streams(pack: Pack, layout: Layout) -> Streams:
    """Everything that is drawn, by names that outlast a renaming."""
    noisy = [rule for rule in pack.rules.values() if rule.noise is not None]
    return Streams(
        [
            (pack.lasting_id("rule", rule.id), place)
            for rule in noisy
            for place in layout.places[pack.indicators[rule.adds_to].scope]
        ],
        [
            (pack.lasting_id("event", event.id), place)
            for event in chancy(pack)
            for place in layout.places[event.scope]
        ],
        [(pack.lasting_id("rule", rule.id), strength_range(rule)) for rule in pack.rules.values()],
    )
