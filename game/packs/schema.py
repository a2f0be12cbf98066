"""The one schema of packs: every kind of entry, and which files hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Discriminator, Tag

from game.packs.fields import Kind, Money, Share
from game.packs.schema_campaign import (
    Aim,
    Balance,
    Bequest,
    Coda,
    Desk,
    Ending,
    Hint,
    Mandate,
    MeasureEntry,
    PlanSpan,
    Prices,
    Reveals,
    Scenario,
)
from game.packs.schema_events import (
    Choice,
    Clock,
    Costs,
    Dossier,
    Effect,
    Event,
    Happening,
    Holder,
    PersonEntry,
    Pledge,
    Proposal,
    Recall,
    Situation,
)
from game.packs.schema_lab import (
    Arm,
    Expectation,
    Experiment,
    Lesson,
    PlanEntry,
    PlanTarget,
    Strategy,
)
from game.packs.schema_model import (
    ChannelEntry,
    Entry,
    Indicator,
    InstrumentEntry,
    Manifest,
    Passage,
    Place,
    Rule,
    Source,
)

FORMAT = 1
"""The newest format of packs that this game reads."""
ENGINE_VERSION = "1"
"""What a pack's `engine:` is compared with."""


def _which(value: Any) -> str:
    if isinstance(value, Situation):
        return "situation"
    return "situation" if isinstance(value, dict) and value.keys() & {"starts", "ends"} else "event"


EventOrSituation = Annotated[
    Annotated[Event, Tag("event")] | Annotated[Situation, Tag("situation")],
    Discriminator(_which),
]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Files of one name or folder: what they hold, and whether one entry or a list of them."""

    kind: Kind
    model: Any
    single: bool = False
    ordered: bool = False


SHELVES: Mapping[str, Shelf] = MappingProxyType(
    {
        "sources": Shelf("source", Source, single=True),
        "channels": Shelf("channel", ChannelEntry, ordered=True),
        "sectors": Shelf("sector", Place, ordered=True),
        "regions": Shelf("region", Place, ordered=True),
        "indicators": Shelf("indicator", Indicator),
        "rules": Shelf("rule", Rule),
        "instruments": Shelf("instrument", InstrumentEntry),
        "events": Shelf("event", EventOrSituation),
        "people": Shelf("person", PersonEntry, ordered=True),
        "proposals": Shelf("proposal", Proposal),
        "bequests": Shelf("bequest", Bequest),
        "aims": Shelf("aim", Aim),
        "endings": Shelf("ending", Ending),
        "scenarios": Shelf("scenario", Scenario, single=True),
        "strategies": Shelf("strategy", Strategy, single=True),
        "experiments": Shelf("experiment", Experiment),
        "lessons": Shelf("lesson", Lesson),
    }
)
"""What stands in `<name>.yaml` (lists only) and `<name>/*.yaml`."""

OTHER_FOLDERS = frozenset({"tests", "texts", "docs", "images"})
"""Folders of a pack that are not content."""

__all__ = [
    "ENGINE_VERSION",
    "FORMAT",
    "SHELVES",
    "Aim",
    "Arm",
    "Balance",
    "Bequest",
    "ChannelEntry",
    "Choice",
    "Clock",
    "Coda",
    "Costs",
    "Desk",
    "Dossier",
    "Effect",
    "Ending",
    "Entry",
    "Event",
    "EventOrSituation",
    "Expectation",
    "Experiment",
    "Happening",
    "Hint",
    "Holder",
    "Indicator",
    "InstrumentEntry",
    "Lesson",
    "Mandate",
    "Manifest",
    "MeasureEntry",
    "Money",
    "Passage",
    "PersonEntry",
    "Place",
    "PlanEntry",
    "PlanSpan",
    "PlanTarget",
    "Pledge",
    "Prices",
    "Proposal",
    "Recall",
    "Reveals",
    "Rule",
    "Scenario",
    "Share",
    "Shelf",
    "Situation",
    "Source",
    "Strategy",
]
