"""A made-up pack of as many events as wanted, the same ones each time, with nothing wrong in it.

An event is what an author writes on an ordinary day: about 27 lines and 0.95 kB with a condition, a
chance, a warning, effects, two choices of which one costs something, and a recall. It stands on a
small model of its own.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

PER_FILE = 1_000
"""Events of one file: just under a megabyte."""
PASSAGES = 60

_PLACES = ("harbour", "mill", "market", "mine", "bridge", "school", "granary", "foundry", "canal")
_DEEDS = ("Strike", "Fire", "Fair", "Flood", "Dispute", "Discovery", "Shortage", "Festival")
_PEOPLE = ("steward", "warden", "mayor")
_NATION = ("unrest", "trust", "arrears", "craft", "schooling", "stores")
_SECTOR = ("plant", "orders", "skill")
_SECTORS = ("wool", "paper", "glass", "iron", "salt")
_LINES = ("loans", "guilds", "roads")

_BASE = {
    "pack.yaml": """\
id: made-up
title: A made-up pack
version: 1.0.0
format: 1
engine: ">=1"
licence: MIT
""",
    "channels.yaml": "- {id: treasury, title: Treasury}\n",
    "sectors.yaml": "".join(
        f"- {{id: {name}, title: {name.capitalize()}, because: [almanac-1], grade: invented}}\n"
        for name in _SECTORS
    ),
    "people.yaml": "".join(
        f"- {{id: {name}, title: The {name}, advisor: true,"
        f" holders: [{{name: Ines Orr, trait: careful}}]}}\n"
        for name in _PEOPLE
    ),
    "indicators/all.yaml": "".join(
        f"- {{id: {name}, title: {name.capitalize()}, scope: {scope}, unit: share,"
        f" bounds: [0, 1], start: 0.4}}\n"
        for scope, names in (("nation", _NATION), ("sector", _SECTOR))
        for name in names
    ),
    "instruments.yaml": "".join(
        f"- {{id: {name}, title: {name.capitalize()}, channel: treasury, scope: {scope}, ramp: 2,"
        f" half: 40, because: [almanac-2], grade: invented}}\n"
        for name, scope in zip(_LINES, ("sector", "sector", "nation"), strict=True)
    ),
    "rules.yaml": "".join(
        f"- {{id: drift-of-{name}, adds_to: {name}, because: [almanac-3], grade: invented,\n"
        f"  rate: '{rate} * (1 - {name})'}}\n"
        for name, rate in {
            **dict.fromkeys(_NATION, "0.02 * support.roads"),
            **dict.fromkeys(_SECTOR, "0.03 * support.loans * support.guilds"),
        }.items()
    ),
}


def write_pack(folder: Path, count: int, requires: str = "") -> Path:
    """Write a pack of `count` events to a folder, in files of at most `PER_FILE`; gives it back.

    Args:
        folder: where.
        count: how many events.
        requires: a pack that it stands on besides.
    """
    for inside, text in {**_BASE, "sources/almanac.yaml": _source()}.items():
        path = folder / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    if requires:
        with (folder / "pack.yaml").open("a", encoding="utf-8") as manifest:
            manifest.write(f"requires: [{requires}]\n")
    events = folder / "events"
    events.mkdir(exist_ok=True)
    for first in range(0, count, PER_FILE):
        numbers = range(first, min(first + PER_FILE, count))
        text = "".join(event(number) for number in numbers)
        name = f"part-{first // PER_FILE:03}.yaml"
        (events / name).write_text(text, encoding="utf-8", newline="\n")
    return folder


def _source() -> str:
    head = "id: almanac\ntitle: An almanac\nyear: 1801\ninvented: true\npassages:\n"
    return head + "".join(
        f"- {{id: almanac-{number}, section: '{number}', claim: What page {number} says.}}\n"
        for number in range(1, PASSAGES + 1)
    )


def event(number: int) -> str:
    """The YAML of one event."""
    luck = Random(number)
    place, deed = luck.choice(_PLACES), luck.choice(_DEEDS)
    person, passage = luck.choice(_PEOPLE), luck.randint(1, PASSAGES)
    first, second, third = luck.sample(_NATION, 3)
    inner = luck.choice(_SECTOR)
    sectoral = luck.random() < 0.3
    low, high = luck.randint(11, 45), luck.randint(50, 80)
    read = f"{inner} > 0.{low}" if sectoral else f"{inner}[{luck.choice(_SECTORS)}] > 0.{low}"
    moved = inner if sectoral else f"{inner}[{luck.choice(_SECTORS)}]"
    scope = f"  scope: sector\n  sectors: [{', '.join(luck.sample(_SECTORS, 2))}]\n"
    flag = f"{place}.settled_{number}"
    return f"""\
- id: {deed.lower()}-at-the-{place}-{number}
  title: {deed} at the {place}
{scope if sectoral else ""}\
  when: year >= {luck.randint(2011, 2024)} and {first} > 0.{high} and {read}
  chance: 0.0{luck.randint(1, 9)} + 0.{luck.randint(10, 30)} * {first} * (1 - {second})
  cooldown: {luck.randint(3, 12)}
  warns: {first} > 0.{high - luck.randint(5, 12)}
  because: [almanac-{passage}]
  grade: invented
  text: >
    {{{person}}} writes from the {place}: {luck.randint(20, 900)} people stand before the gate,
    and what was agreed in the spring is worth little now. The carts go round by the hill.
  effects:
    - add: {{{second}: -0.0{luck.randint(1, 9)}, "{moved}": -0.{luck.randint(10, 30)} * {second}}}
      fades: {luck.randint(2, 6)}
      says: Carts stand idle at the {place}.
  choices:
    - id: settle
      label: Settle with the {place} out of the stores
      costs: {luck.randint(2, 40)}
      effects:
        - add: {{{third}: 0.0{luck.randint(1, 9)} * (1 - {first}), {second}: 0.{low}}}
        - set_flag: {flag}
      because: [almanac-{passage}]
    - id: wait
      label: Wait until the rain comes
      because: [almanac-{luck.randint(1, PASSAGES)}]
  default: wait
  recalls:
    - {{when: 'flag("{flag}")', says: "At the {place} they remember what was paid."}}
"""
