"""A desk as plain data, so that it can be shown before the campaign behind it has been replayed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from game.campaign.decisions import Dossier, Promise
from game.campaign.desk import Desk, Standing
from game.campaign.draft import Draft
from game.campaign.money import Tool, priorities_of
from game.campaign.offered import DraftAsk, Offer, Person, Pledge

if TYPE_CHECKING:
    from game.campaign.campaign import Campaign
    from game.engine import Model


@dataclass(frozen=True, slots=True)
class Titles:
    """What a pack calls things.

    Attributes:
        sectors: title and short title.
        instruments: title, short title and what it does.
        channels: title.
        currency: what the scenario counts money in.
    """

    sectors: Mapping[str, tuple[str, str]]
    instruments: Mapping[str, tuple[str, str, str]]
    channels: Mapping[str, str]
    currency: str

    @classmethod
    def of(cls, model: Model) -> Titles:
        """The titles of a scenario and its packs."""
        pack = model.pack
        return cls(
            {name: (one.title, one.short or one.title) for name, one in pack.sectors.items()},
            {
                name: (one.title, one.short or one.title, one.says or "")
                for name, one in pack.instruments.items()
            },
            {name: one.title for name, one in pack.channels.items()},
            model.scenario.currency,
        )


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a desk delivers of every line, by its number of priorities."""

    parts: tuple[float, ...]

    def __call__(self, _slots: int, count: int) -> float:
        """The part delivered."""
        return self.parts[min(count, len(self.parts) - 1)]


@dataclass(frozen=True, slots=True)
class KeptDesk:
    """A desk as it opens, with everything that is needed to show it and to work on it."""

    ask: DraftAsk
    desk: Desk
    titles: Titles
    practice: bool = False

    @classmethod
    def of(cls, campaign: Campaign) -> KeptDesk | None:
        """The desk of a campaign that asks for a plan; ready-made plans are left out."""
        ask, desk = campaign.ask, campaign.position.desk
        if not isinstance(ask, DraftAsk) or desk is None:
            return None
        places = {True: desk.sectors, False: (None,)}
        every = [(name, at) for name, tool in desk.tools.items() for at in places[tool.by_sector]]
        most = priorities_of(every, desk.tools)
        parts = tuple(desk.dilution(desk.slots, count) for count in range(most + 1))
        plain = replace(desk, presets={}, dilution=Delivered(parts))
        return cls(ask, plain, Titles.of(campaign.model), campaign.practice)

    @property
    def draft(self) -> Draft:
        """The draft that the desk opens with."""
        return Draft.opening(self.desk)

    def to_text(self) -> str:
        """The desk as JSON; the same desk is the same text."""
        return json.dumps(_plain(self), separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> KeptDesk:
        """A desk from its JSON.

        Raises:
            ValueError: it is none.
        """
        try:
            found = _built(json.loads(text))
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError(f"no kept desk: {error}") from error
        if not isinstance(found, cls):
            raise ValueError("no kept desk")
        return found


_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        Delivered, Desk, Dossier, DraftAsk, KeptDesk, Offer, Person, Pledge, Promise, Standing,
        Titles, Tool,
    )
}  # fmt: skip


def _plain(value: Any) -> Any:
    """JSON of a value: a sequence is a tuple, all else an object that says what it is."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, frozenset):
        return {"set": sorted((_plain(one) for one in value), key=json.dumps)}
    if isinstance(value, Mapping):
        return {"map": [[_plain(key), _plain(one)] for key, one in value.items()]}
    if is_dataclass(value):
        told = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        return {"is": type(value).__name__, **told}
    return value


def _built(data: Any) -> Any:
    """The value that some JSON tells of."""
    if isinstance(data, list):
        return tuple(map(_built, data))
    if not isinstance(data, dict):
        return data
    if "set" in data:
        return frozenset(map(_built, data["set"]))
    if "map" in data:
        return {_built(key): _built(one) for key, one in data["map"]}
    kind = _KINDS[data.pop("is")]
    return kind(**{name: _built(one) for name, one in data.items()})
