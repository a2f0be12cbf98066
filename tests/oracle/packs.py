"""Random small packs that the checker accepts, and random orders for them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from hypothesis import strategies as st

from game.engine import Model, compile_model
from game.packs import Pack, load_packs
from game.rules import IndicatorInfo, Vocabulary
from game.rules.expression import Axis
from tests.oracle.strategies import AXES, Want, rules

Entry = dict[str, Any]
Cells = dict[tuple[str, str | None], float]
Plan = tuple[Cells, dict[str, str], tuple[str, ...]]
GRADES = ["documented", "calibrated", "judgement", "invented"]
BOUNDS = [(0.0, 1.0), (-1.0, 1.0), (0.0, 100.0), (-50.0, 50.0), (0.0, 1e5)]
INSTRUMENTS: dict[str, Axis] = {"loans": "sector", "grants": "sector", "schools": "nation"}
EVENTS: dict[str, Axis] = {"storm": "nation", "letter": "nation", "strike": "sector"}
MORE: dict[str, Axis] = {"offer": "nation", "raid": "sector", "talk": "nation", "wish": "nation"}
SITUATIONS: dict[str, Axis] = {"slump": "nation", "glut": "sector"}
FLAGS = ["promised", "tower.lit"]
COUNTERS = ["strikes", "warden.standing"]


@dataclass
class Making:
    """A pack as it is made up: where the dice come from, and what may be named so far."""

    draw: st.DrawFn
    names: Vocabulary

    def one(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def often(self, whole: int = 2) -> bool:
        return self.draw(st.integers(0, whole)) > 0

    def text(self, axis: Axis, want: Want = "number", depth: int = 2) -> str:
        """A rule of the language that checks in rows of an axis."""
        return self.draw(rules(self.names, axis, want, depth=depth))[0]

    def within(self, axis: Axis, low: float, high: float) -> str:
        return f"clamp({self.text(axis)}, {low}, {high})"

    def maybe(self, axis: Axis) -> Entry:
        return {"when": self.text(axis, "condition")} if self.often(1) else {}


@st.composite
def packs(draw: st.DrawFn) -> dict[str, Entry | list[Entry]]:
    """The files of a small pack, by name: something of everything that the engine does."""
    sectors = [f"sector_{i}" for i in range(draw(st.integers(1, 3)))]
    regions = [f"region_{i}" for i in range(draw(st.integers(0, 2)))]
    names = Vocabulary({}, tuple(sectors), tuple(regions), INSTRUMENTS, {}, {})
    made = Making(draw, names)
    indicators = stored(made)
    made.names = replace(made.names, events=EVENTS | MORE, situations=SITUATIONS)
    indicators += computed(made)
    kept = [one for one in indicators if "is" not in one]
    return {
        "pack": {"id": "made", "title": "Made up", "version": "1.0.0", "format": 1},
        "channels": [{"id": "money", "title": "Money"}, {"id": "minds", "title": "Minds"}],
        "sectors": [{"id": name, "title": name} for name in sectors],
        "regions": [{"id": name, "title": name} for name in regions],
        "people": [{"id": "warden", "title": "Warden", "holders": [{"name": "A", "trait": "b"}]}],
        "indicators/all": indicators,
        "rules/all": moves(made, kept),
        "instruments/all": instruments(made),
        "events/all": [*events(made, kept), *situations(made, kept)],
        "endings/all": [{"id": "end", "title": "End", "order": 1, "text": "It ends."}],
        "scenarios/all": scenario(made),
    }


def stored(made: Making) -> list[Entry]:
    """Indicators that are kept: of every axis that has places."""
    found: list[Entry] = [
        {"id": "gold", "title": "Gold", "scope": "nation", "bounds": [0.0, 10.0], "start": 5.0}
    ]
    infos = {"gold": IndicatorInfo("nation", 0.0, 10.0)}
    for axis in AXES:
        for name in "ab"[: made.draw(st.integers(1, 2))]:
            if axis != "nation" and not made.names.places(axis):
                continue
            low, high = made.one(*BOUNDS)
            start = made.draw(st.floats(low, high))
            entry = {"title": name, "scope": axis, "bounds": [low, high], "start": start}
            if made.often():
                entry["reported"] = {"bias": 0.25, "noise": 0.5}
            found.append({"id": f"{axis}_{name}", **entry})
            infos[f"{axis}_{name}"] = IndicatorInfo(axis, low, high)
    made.names = replace(made.names, indicators=infos)
    return found


def computed(made: Making) -> list[Entry]:
    """Indicators that follow from others; each may read those before it."""
    found: list[Entry] = []
    for i in range(made.draw(st.integers(1, 4))):
        axis: Axis = made.one("nation", "sector", "region")
        if axis != "nation" and not made.names.places(axis):
            axis = "sector"
        low, high = made.one(*BOUNDS)
        name = f"{axis}_formula_{i}"
        text = made.text(axis, depth=3)
        found.append({"id": name, "title": name, "scope": axis, "bounds": [low, high], "is": text})
        infos = {**made.names.indicators, name: IndicatorInfo(axis, low, high)}
        made.names = replace(made.names, indicators=infos)
    return found


def moves(made: Making, kept: list[Entry]) -> list[Entry]:
    found: list[Entry] = []
    for i in range(made.draw(st.integers(2, 7))):
        target = made.one(*kept)
        low, high = target["bounds"]
        most = made.one(0.02, 0.2, 1.5) * (high - low)
        kind = "rate" if made.often(3) else "noise"
        text = made.text(target["scope"])
        if made.often(4):
            text = f"clamp({text}, {-most}, {most})"
        entry = {"adds_to": target["id"], kind: text, "grade": made.one(*GRADES)}
        found.append({"id": f"rule-{i}", **entry})
    return found


def instruments(made: Making) -> list[Entry]:
    return [
        {
            "id": name,
            "title": name,
            "channel": "money" if axis == "sector" else "minds",
            "scope": axis,
            "ramp": made.one(1, 2, 3.5),
            "half": made.one(0.5, 10, 200),
        }
        for name, axis in INSTRUMENTS.items()
    ]


def events(made: Making, kept: list[Entry]) -> list[Entry]:
    """Events that tell, ask, come by schedule only, and one that comes at a beat."""
    found: list[Entry] = []
    for name, axis in (EVENTS | MORE).items():
        entry: Entry = {"id": name, "title": name, "scope": axis, **made.maybe(axis)}
        if name == "wish":
            entry |= {"beat": "request", "by": "warden"}
        elif name != "letter":
            chance = made.one("0.5", "0.9", "1", made.within(axis, 0, 1))
            entry |= {"chance": chance}
            if made.often():
                entry["cooldown"] = made.one(1, 2, 4)
        if axis == "sector" and not made.often():
            entry["sectors"] = [made.names.sectors[-1]]
        entry["effects"] = [effect(made, kept, axis) for _ in range(made.draw(st.integers(0, 2)))]
        if name not in ("storm", "strike"):
            entry |= choices(made, kept, axis)
        if name == "wish":
            entry["choices"][0]["effects"] = []  # refusing a request does nothing
        found.append(entry)
    return found


def choices(made: Making, kept: list[Entry], axis: Axis) -> Entry:
    found: list[Entry] = []
    for i in range(made.draw(st.integers(2, 3))):
        some = [effect(made, kept, axis) for _ in range(made.draw(st.integers(0, 2)))]
        entry: Entry = {"id": f"way-{i}", "label": "Do it", "effects": some}
        if i:
            money = made.one(0, 3, made.within(axis, -5, 400))
            entry["costs"] = {
                "money": money,
                "capital": made.one(0, 0, 2, 6),
                "dossier": made.one(0, 0, 1),
            }
            if not made.often(4):
                entry["costs"]["favour"] = "warden"
            entry |= made.maybe(axis)
        found.append(entry)
    return {"text": "What now?", "choices": found, "default": "way-0"}


def effect(made: Making, kept: list[Entry], axis: Axis) -> Entry:
    match made.one("add", "add", "add", "flag", "count", "schedule", "lock"):
        case "flag":
            return {made.one("set_flag", "clear_flag"): made.one(*FLAGS)}
        case "count":
            return {"count": {made.one(*COUNTERS, "warden.favours"): made.within(axis, -2, 2)}}
        case "schedule":
            event = made.one("letter", "raid", "strike", "talk")
            return {"schedule": {"event": event, "in": made.one(0, 1, 3)}}
        case "lock":
            line = made.one("schools", "loans", f"grants[{made.names.sectors[0]}]")
            return {made.one("lock", "unlock"): line}
    return addition(made, kept, axis) | {"over": made.one(1, 1, 3), "fades": made.one(0, 0, 2)}


def addition(made: Making, kept: list[Entry], axis: Axis) -> Entry:
    """An `add` of one target or two, bare or in one place."""
    amounts: dict[str, str] = {}
    for _ in range(made.draw(st.integers(1, 2))):
        target = made.one(*kept)
        own: Axis = target["scope"]
        reach = 0.2 * (target["bounds"][1] - target["bounds"][0])
        name, scope = target["id"], axis
        if own != "nation" and made.often(1):
            name = f"{name}[{made.one(*made.names.places(own))}]"
        elif own != "nation":
            scope = own
        amounts[name] = made.within(scope, -reach, reach)
    return {"add": amounts}


def situations(made: Making, kept: list[Entry]) -> list[Entry]:
    found: list[Entry] = []
    for name, axis in SITUATIONS.items():
        some = [addition(made, kept, axis) for _ in range(made.draw(st.integers(0, 2)))]
        some.append({"count": {"strikes": made.within(axis, -1, 1)}})
        ends = {when: made.text(axis, "condition") for when in ("starts", "ends")}
        found.append({"id": name, "title": name, "scope": axis, **ends, "effects": some})
    return found


def scenario(made: Making) -> Entry:
    loans = made.one(4.0, {made.names.sectors[0]: 7.5})
    return {
        "id": "game",
        "title": "Game",
        "opening": "Here it is.",
        "start": 2011,
        "plans": [{"title": "One", "short": "1", "years": 3}, {"title": "Two", "short": "2"}],
        "desk": {
            "slots": 3,
            "unit": "10%",
            "bonus": {"when": made.text("nation", "condition")},
        },
        "budget": made.one("100", made.within("nation", -10, 1000)),
        "inherited": made.one({}, {"loans": loans}, {"schools": 3, "grants": 1}),
        "architecture": made.one({}, {made.names.sectors[0]: "market"}),
        "capital": "gold",
        "dilution": made.one("max(0.4, min(1, div(desk, priorities, 1)))", made.text("nation")),
        "scale": made.one("1", made.within("nation", 0.5, 2)),
        "flags": made.one([], ["tower.lit"]),
        "starts_from": made.one({}, {"gold": 9}),
        "endings": ["end"],
    }


@dataclass(frozen=True)
class Made:
    """A random pack by its files."""

    files: Mapping[str, Entry | list[Entry]]

    def model(self) -> Model:
        """The pack, checked and compiled."""
        return compile_model(accepted(self.files), "game")


def made_up() -> st.SearchStrategy[Made]:
    """Random packs that the checker accepts."""
    return packs().map(Made)


def accepted(files: Mapping[str, Entry | list[Entry]]) -> Pack:
    """The pack of some files, which the checker must accept."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, f"{name}.yaml")
            path.parent.mkdir(exist_ok=True)
            path.write_text(yaml.safe_dump(content, sort_keys=False, width=10_000))
        loaded = load_packs([Path(folder)], use_cache=False)
    bad = [one for one in loaded.diagnostics if one.severity == "error"]
    assert not bad, [(one.code, one.message, one.excerpt) for one in bad]
    assert loaded.pack is not None
    return loaded.pack


@dataclass
class Player:
    """Somebody who decides at random, always the same way."""

    seed: int
    idle: bool = False
    """Whether no plan funds anything."""

    def plan(self, model: Model) -> Plan:
        """Money over the plan for some lines, how some sectors are organised, and some stamps."""
        dice = Random(f"plan {self.seed}")
        self.seed += 1
        cells = [c for c in model.instruments.cells if dice.random() < 0.5 and not self.idle]
        allocation = {cell: dice.choice([0.0, 1.0, 12.5, 40.0]) for cell in cells}
        degrees = ["market", "mixed", "mission"]
        sectors = [sector for sector in model.pack.sectors if dice.random() < 0.3]
        stamped = tuple(sector for sector in model.pack.sectors if dice.random() < 0.2)
        return allocation, {sector: dice.choice(degrees) for sector in sectors}, stamped

    def answer(self, model: Model, year: int, event: str, sector: str | None) -> str:
        """One of an event's choices."""
        dice = Random(f"{self.seed} {year} {event} {sector}")
        return str(dice.choice(model.pack.events[event].choices).id)


@cache
def core_pack() -> Pack:
    """The pack that the game ships with."""
    from game.packs import find_packs, load_pack

    return load_pack(find_packs()["core"])


@cache
def core(scenario: str = "long-march") -> Model:
    """A scenario of the pack that the game ships with."""
    return compile_model(core_pack(), scenario)
