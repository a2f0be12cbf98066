"""The tiny pack with more to do in it, and the core pack; each compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from game.engine import Model, compile_model
from game.packs import find_packs, load_packs
from tests.packs.factory import TINY, write_pack

MORE_EVENTS = """\
- id: the-mill-road
  title: The mill road
  beat: visit
  by: warden
  place: The mill road
  opens: ['utilisation[wool]', 'utilisation[paper]']
  pressing: 1 - utilisation[wool]
  cooldown: 1
  text: '{warden} shows you the road.'
  choices:
    - {id: thank, label: Say thank you}
    - {id: repair, label: Have it repaired, costs: {money: 5, capital: 1},
      effects: [{count: {warden.standing: 1}}], because: [notes-mills]}
  default: thank
  because: [notes-mills]
  grade: invented
- id: a-quarrel
  title: A quarrel over water
  when: year >= 2011
  chance: 0.6
  cooldown: 1
  text: Two mills want one river.
  choices:
    - {id: split, label: Split it, costs: {capital: 1}, effects: [{set_flag: warden.split}],
      because: [notes-mills]}
    - {id: leave, label: Leave it}
    - {id: call, label: Ask for the favour, costs: {favour: warden}, because: [notes-mills]}
  default: leave
  because: [notes-mills]
  grade: judgement
"""
MORE_MEASURES = """\
measures:
  - {measure: 'utilisation[wool]', title: Wool mills in use, good: up}
  - {measure: learning, title: Learning, good: up}
  - {measure: sum(output), title: Output of both valleys, good: up, unit: billion yuan a year}
"""


def files() -> dict[str, str | None]:
    """What the tiny pack has here besides."""
    scenario = "\n".join(
        MORE_MEASURES.rstrip() if line.startswith("measures:") else line
        for line in TINY["scenarios/valleys.yaml"].splitlines()
    )
    # The desk opens with this dossier at a light weight; the proposal asks for more.
    proposals = TINY["proposals/all.yaml"].replace("weight: light", "weight: medium")
    return {
        "events/more.yaml": MORE_EVENTS,
        "scenarios/valleys.yaml": scenario + "\n",
        "proposals/all.yaml": proposals,
    }


@cache
def tiny() -> Model:
    """Two valleys, two plans, one warden."""
    return build(files())


def build(replaced: Mapping[str, str | None]) -> Model:
    """The tiny pack with some files replaced, compiled."""
    with TemporaryDirectory() as folder:
        loaded = load_packs([write_pack(Path(folder) / "tiny", replaced)], use_cache=False)
    assert loaded.pack is not None, loaded.diagnostics
    return compile_model(loaded.pack, "valleys")


@cache
def core(scenario: str = "long-march") -> Model:
    """A scenario of the core pack."""
    loaded = load_packs([find_packs()["core"]])
    assert loaded.pack is not None, loaded.diagnostics
    return compile_model(loaded.pack, scenario)
