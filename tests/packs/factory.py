"""A small good pack, written to a folder: the least that has one of everything.

`write_pack(folder)` writes it; `files` replaces or adds files by their path inside the pack, and
None leaves one out. Nothing is wrong with it: no error and no warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

TINY: Mapping[str, str] = {
    "pack.yaml": """\
id: tiny
title: A tiny pack
version: 0.1.0
format: 1
engine: ">=1"
authors: [Nobody]
licence: MIT
""",
    "sources/notes.yaml": """\
id: notes
title: Notes on two valleys
authors: Nobody
year: 2020
passages:
  - {id: notes-mills, section: '1', quote: Mills follow money., claim: Money builds mills.,
    kind: mechanism}
  - {id: notes-rain, section: '2', quote: Rain stops work., claim: Weather costs output.,
    kind: event}
""",
    "channels.yaml": """\
- {id: finance, title: Finance}
- {id: science, title: Science}
""",
    "sectors.yaml": """\
- {id: wool, title: Wool, short: Wool, because: [notes-mills], grade: invented,
  start: {capacity: 100, demand: 90}}
- {id: paper, title: Paper, short: Paper, because: [notes-mills], grade: invented,
  start: {capacity: 50, demand: 60}}
""",
    "regions.yaml": """\
- {id: north, title: North, start: {openness: 0.4}}
- {id: south, title: South, start: {openness: 0.6}}
""",
    "indicators/all.yaml": """\
- {id: capacity, title: Capacity, scope: sector, unit: billion yuan a year, bounds: [1, 10000],
  start: 10, good: up}
- {id: demand, title: Demand, scope: sector, unit: billion yuan a year, bounds: [1, 10000],
  start: 10, good: up}
- {id: utilisation, title: Plant in use, scope: sector, unit: share, bounds: [0.2, 1],
  is: 'clamp(demand / capacity, 0.2, 1)', reported: {bias: 0.05, noise: 0.02}, good: up,
  because: [notes-mills], grade: judgement}
- {id: output, title: Output, scope: sector, unit: billion yuan a year, bounds: [0, 10000],
  is: capacity * utilisation, good: up, because: [notes-mills], grade: judgement}
- {id: gdp, title: Gross product, scope: nation, unit: billion yuan, bounds: [10, 1000000],
  is: 'max(10, 400 + sum(output))', good: up, because: [notes-mills], grade: judgement}
- {id: learning, title: Learning, scope: nation, unit: index, bounds: [0, 100], start: 20, good: up}
- {id: political_capital, title: Capital, scope: nation, unit: points, bounds: [0, 10], start: 6}
- {id: openness, title: Openness, scope: region, unit: share, bounds: [0, 1], start: 0.5, good: up}
- {id: rainfall, title: Rain, scope: nation, unit: share, bounds: [0, 1], start: 0.3,
  constant: true}
""",
    "rules/all.yaml": """\
- {id: mills-follow-money, adds_to: capacity, rate: 0.1 * capacity * support.mill_loans,
  because: [notes-mills], grade: judgement, says: Money builds mills.}
- {id: buyers-come, adds_to: demand, rate: 0.02 * demand, because: [notes-mills],
  grade: calibrated, says: More buyers every year.}
- {id: buyers-waver, adds_to: demand, noise: 0.03 * demand, because: [notes-rain],
  grade: documented, says: Buyers come and go.}
- {id: schools-teach, adds_to: learning, rate: support.schools - 0.01 * learning,
  because: [notes-mills], grade: invented, says: Schools teach.}
- {id: doors-open, adds_to: openness, rate: 0.01 * (1 - openness) * mean(utilisation),
  because: [notes-mills], grade: judgement, says: Busy mills want visitors.}
""",
    "instruments/all.yaml": """\
- {id: mill_loans, title: Loans for mills, short: Loans, channel: finance, scope: sector, ramp: 2,
  half: 10, because: [notes-mills], grade: judgement, says: Cheap loans for mills.}
- {id: schools, title: Schools, short: Schools, channel: science, scope: nation, ramp: 3, half: 20,
  because: [notes-mills], grade: invented, says: Schools for everybody.}
""",
    "events/all.yaml": """\
- id: long-rain
  title: Long rain
  when: year >= 2011
  chance: 0.1 + 0.2 * rainfall
  cooldown: 2
  bulletin: It rains for three weeks.
  effects:
    - add: {demand: -0.1 * demand, "capacity[wool]": -1}
      over: 2
      fades: 2
      says: Wet roads.
  because: [notes-rain]
  grade: judgement
- id: idle-mill
  title: An idle mill
  scope: sector
  sectors: [wool, paper]
  when: utilisation < 0.9
  chance: 0.5
  warns: utilisation < 0.95
  clock: {of: utilisation, from: 1, strikes: 0.9, says: Idle mills}
  text: '{warden} stands at the gate of a mill in {sector}. Nobody goes in.'
  foot: {passage: notes-mills}
  choices:
    - {id: close, label: Close it, costs: {capital: 1},
      effects: [{add: {capacity: -0.2 * capacity}}, {set_flag: warden.closed_a_mill},
        {count: {warden.standing: -1}}, {schedule: {event: the-list, in: 3}}],
      because: [notes-mills]}
    - {id: pay, label: Pay on, costs: 20, pledge: {to: warden, keep: 'mill_loans[wool]', years: 3},
      because: [notes-mills]}
    - {id: wait, label: Wait}
  default: wait
  recalls:
    - {when: 'flag("warden.closed_a_mill")', says: '{warden} remembers the last one.'}
  asks: Who should have known?
  because: [notes-mills]
  grade: judgement
- {id: the-list, title: The list, bulletin: The warden reads a list., because: [notes-mills],
  grade: invented, effects: [{lock: 'mill_loans[wool]'}, {count: {lists: 1}}]}
- id: a-favour
  title: A favour
  beat: request
  by: warden
  text: The warden asks for a bridge.
  pressing: 1 - mean(utilisation)
  choices:
    - {id: help, label: Help, costs: {money: 0.01 * gdp},
      effects: [{unlock: 'mill_loans[wool]'}], because: [notes-mills]}
    - {id: refuse, label: Refuse}
  default: refuse
  because: [notes-mills]
  grade: invented
- id: glut
  title: Glut
  scope: sector
  starts: utilisation < 0.7
  ends: utilisation > 0.8
  effects: [{add: {capacity: -0.05 * capacity}, says: Mills close.}]
  says: Too many mills.
  over_says: The mills hum again.
  because: [notes-mills]
  grade: judgement
""",
    "people.yaml": """\
- id: warden
  title: Warden
  advisor: true
  wants: Bridges.
  promoted: Minister
  holders:
    - {name: Arn, trait: builder, pronoun: she, says: Stone lasts.}
    - {name: Bel, trait: doubter, pronoun: he, says: Does it?}
    - {name: Cor, trait: patron, pronoun: they, says: For you.}
""",
    "proposals/all.yaml": """\
- {id: more-wool, by: warden, sector: wool, weight: light, lines: [mill_loans],
  architecture: market, when: 'utilisation[wool] > 0.5', pressing: 'utilisation[wool]',
  says: More mills., gets: A bridge., pledge: {to: warden, keep: 'mill_loans[wool]', years: 5},
  because: [notes-mills]}
- {id: a-school, by: warden, channel: science, weight: medium, lines: [schools], sunset: true,
  says: A school., gets: Nothing., because: [notes-mills]}
""",
    "bequests.yaml": """\
- {id: old-mills, title: Old mills, says: I leave you mills.,
  changes: {"capacity[wool]": 20, political_capital: 1}, flags: [bequest.old_mills],
  inherited: {mill_loans: {wool: 2}}, because: [notes-mills], grade: invented}
""",
    "aims.yaml": """\
- {id: work, title: Work for all, says: No idle mill., when: mean(utilisation) > 0.9,
  because: [notes-mills]}
""",
    "endings/all.yaml": """\
- id: busy
  title: Busy valleys
  when: balance.growth > 50 and after.gdp > 500 and kept_promises >= 0.5
  order: 1
  text: Everybody works.
  hints:
    - {id: busy-one, when: mean(utilisation) > 0.9, says: The mills hum.}
    - {id: busy-two, when: 'flag("bequest.old_mills") or counter("lists") > 0', says: More.}
  codas: {warden: [{when: 'counter("warden.standing") < 0', says: '{warden} left.'},
    {says: '{warden} stayed.'}]}
  because: [notes-mills]
- {id: so-it-goes, title: So it goes, order: 9, text: Not much happened., because: [notes-mills]}
""",
    "scenarios/valleys.yaml": """\
id: valleys
title: Two valleys
subtitle: A short game
opening: Here are two valleys.
start: 2011
plans: [{title: First plan, short: '1'}, {title: Second plan, short: '2'}]
desk: {slots: 3, unit: 10%, bonus: {when: support.schools > 0.5, slots: 1}, pledges: 3}
starts_from: {"capacity[paper]": 55, learning: 21}
budget: 0.1 * gdp
inherited: {mill_loans: {wool: 1}, schools: 2}
carried: [{sector: wool, weight: light, lines: [mill_loans], architecture: mixed}]
architecture: {paper: market}
capital: political_capital
prices: {close: {light: 1, medium: 2, heavy: 3}, per_plan: 1, midterm: 1, pledge: 2, broken: 3,
  sure: [3, -5], likely: [2, -1], open: [1, 0]}
dilution: max(0.4, min(1, div(desk, priorities, 1)))
scale: gdp / 500
mandate:
  - {when: learning < 50, measure: learning, at_least: previous(learning) + 1, word: likely,
    title: Learn, because: [notes-mills]}
balances:
  - {id: growth, title: Growth, is: 'clamp(gdp / 20, 0, 100)', help: More is more.}
  - {id: wits, title: Wits, is: learning}
measures: [{measure: 'utilisation[wool]', title: Wool mills in use, good: up}]
known: [long-rain]
bequests: [old-mills]
aims: [work]
endings: [busy, so-it-goes]
because: [notes-mills]
grade: invented
""",
    "strategies/mills.yaml": """\
title: Mills first
plans:
  - allocate: {mill_loans: {wool: 30%, paper: 20%}, schools: 40}
    architecture: {wool: mission}
    choices: {idle-mill: close}
    targets: [{measure: 'utilisation[wool]', at_least: 0.8, word: sure}]
    shift: {schools: 10%}
  - {when: learning > 50, allocate: {mill_loans: 50%}}
""",
    "strategies/schools.yaml": """\
title: Schools first
plans: [{allocate: {schools: 60%}}]
""",
    "experiments/all.yaml": """\
- id: mills-build
  claim: Money builds mills.
  because: [notes-mills]
  scenario: valleys
  worlds: 16
  arms:
    mills: {allocate: {mill_loans: 80%}, start: {learning: 10}, force: {long-rain: 2013}}
    schools: schools
    both: {plans: [{allocate: {schools: 10%}}, {allocate: {mill_loans: 10%}}]}
    list: [{allocate: {schools: 20%}}]
  expect:
    - {measure: 'capacity[wool]', at: 2015, higher: mills, than: schools, by: 10%, in: 80%}
    - {measure: sum(output), at: 2015, arm: schools, between: [10, 1000]}
""",
    "lessons/all.yaml": """\
- {id: first-look, title: A first look, text: Look at the mills., asks: Why are they idle?,
  because: [notes-mills]}
""",
}


def write_pack(folder: Path, files: Mapping[str, str | None] | None = None) -> Path:
    """Write the tiny pack, with some of its files replaced, and return its folder."""
    return write_files(folder, {**TINY, **(files or {})})


def write_addition(
    folder: Path, name: str, files: Mapping[str, str], requires: str = "[tiny]"
) -> Path:
    """Write a pack of another id that requires the tiny one, beside it."""
    manifest = f"id: {name}\ntitle: An addition\nversion: 1.0.0\nformat: 1\nrequires: {requires}\n"
    return write_files(folder / name, {"pack.yaml": manifest, **files})


def write_files(folder: Path, files: Mapping[str, str | None]) -> Path:
    """Write files by their path inside a folder; None writes nothing."""
    for inside, text in files.items():
        if text is not None:
            path = folder / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
    return folder


def changed(inside: str, old: str, new: str) -> dict[str, str | None]:
    """One file of the tiny pack with a piece of its text replaced."""
    assert old in TINY[inside], f"{old!r} is not in {inside}"
    return {inside: TINY[inside].replace(old, new, 1)}
