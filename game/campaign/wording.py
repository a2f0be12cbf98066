"""Numbers and names as people read them: amounts with units, changes with signs, names in texts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from game.words import counted, later, said, sense

_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_MAGNITUDES = {
    "thousand": later("k"),
    "million": later("m"),
    "billion": later("bn"),
    "trillion": later("tn"),
}
TERMS = (
    later("light"), later("medium"), later("heavy"),
    later("market"), later("mixed"), later("mission"),
    later("sure"), later("likely"), later("open"),
    later("gentle"), later("fair"), later("hard"),
    later("documented"), later("calibrated"), later("judgement"), later("invented"),
    later("nation"), later("sector"), later("region"),
    later("up"), later("down"), later("neither"), later("held"), later("broken"),
    later("all"), later("instrument"), later("indicator"), later("event"), later("source"),
    later("Rule"), later("Event"), later("Situation"), later("Choice"), later("Input"),
    later("Rest"), later("Bound"), later("Noise"), later("Effect"), later("Rounding"),
)  # fmt: skip
"""Words of packs and decisions that screens repeat; `said` knows them by themselves."""
A_YEAR = " a year"
"""What the unit of an amount by the year ends with."""


def amount(value: float, unit: str) -> str:
    """A number with its unit: `71%`, `1,284 bn`, `0.38`."""
    value = _no_minus_zero(value)
    if unit in ("share", "growth"):
        return f"{_places(value * 100, unit)}%"
    money = money_word(unit)
    if money:
        return f"{_grouped(value)} {money}"
    if unit == "count":
        return f"{round(value):,}"
    if unit == "ratio":
        return f"{value:.2f}"
    if unit == "points":
        return said("{number} points", number=_grouped(value))
    if unit == "condition":
        return said("yes") if value > 0.5 else said("no")
    return _grouped(value)


def money_word(unit: str) -> str:
    """What stands behind an amount of money: `bn` of `billion yuan`, `bn a year` of that a year.

    A unit that begins with no magnitude is no money: there is nothing to shorten.
    """
    magnitude, _, currency = unit.removesuffix(A_YEAR).partition(" ")
    if not currency or magnitude not in _MAGNITUDES:
        return ""
    money = said(_MAGNITUDES[magnitude])
    return said("{money} a year", money=money) if unit.endswith(A_YEAR) else money


def change(value: float, unit: str) -> str:
    """A difference with its sign: `+3.1 points` for shares, `-12 bn`."""
    sign = "-" if value < 0 else "+"
    size = abs(value)
    if unit in ("share", "growth"):
        return said("{number} points", number=f"{sign}{_places(size * 100, unit)}")
    return f"{sign}{amount(size, unit)}"


def held(capital: float) -> str:
    """Political capital as it can be spent: never rounded up."""
    return f"{math.floor(capital * 10 + 1e-6) / 10:.1f}".removesuffix(".0")


def apart(
    value: float, mark: float, unit: str, *, moved: bool = False, by: float = 0.0
) -> tuple[str, str]:
    """Two numbers (or two changes, with signs) in as many decimals as tell them apart.

    Numbers nearer to one another than the part `by` of the first have a decimal at least.
    """
    write = change if moved else amount
    plain = write(value, unit), write(mark, unit)
    near = abs(value - mark) < by * abs(value)
    alike = plain[0] == plain[1] or near
    if not alike or value == mark or unit in ("count", "condition"):
        return plain
    for places in range(1, 6):
        finer = _fixed(value, unit, places, moved), _fixed(mark, unit, places, moved)
        if finer[0] != finer[1]:
            return finer
    return plain


def _fixed(value: float, unit: str, places: int, moved: bool) -> str:
    """A number with so many decimals."""
    if unit in ("share", "growth"):
        value, tail = value * 100, "" if moved else "%"
    else:
        money = money_word(unit)
        tail = f" {money}" if money else ""
    number = f"{value:{'+' if moved else ''},.{places}f}{tail}"
    points = unit == "points" or (moved and unit in ("share", "growth"))
    return said("{number} points", number=number) if points else number


def summed(parts: Sequence[float], total: float, unit: str) -> tuple[tuple[str, ...], str]:
    """Changes and their total, written so that what stands there adds up.

    The last part takes what rounding leaves.
    """
    scale = 100.0 if unit in ("share", "growth") else 1.0
    sizes = [abs(part) * scale for part in (*parts, total) if part]
    largest, least = max(sizes, default=0.0), min(sizes, default=0.0)
    places = 0 if largest >= 100 or (largest >= 10 and least >= 0.5) else 1
    if largest < 10 and scale == 1.0:
        places = 2
    fine = 10**places
    whole = round(total * scale * fine)
    steps = [round(part * scale * fine) for part in parts[:-1]]
    if parts:
        steps.append(whole - sum(steps))
    points = unit in ("share", "growth", "points")
    tail = "" if points else f" {money_word(unit)}"

    def write(step: int) -> str:
        number = f"{'-' if step < 0 else '+'}{abs(step) / fine:,.{places}f}{tail}".rstrip()
        return said("{number} points", number=number) if points else number

    return tuple(write(step) for step in steps), write(whole)


def _places(value: float, unit: str) -> str:
    """Percentages: one decimal where a whole number would hide the news."""
    if unit == "growth" or abs(value) < 10:
        return f"{_no_minus_zero(round(value, 1)):.1f}"
    return f"{_no_minus_zero(round(value)):.0f}"


def _grouped(value: float) -> str:
    """Three or so figures, thousands grouped."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    text = f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _no_minus_zero(value: float) -> float:
    return value + 0.0 if value else 0.0


def named(text: str, names: Mapping[str, str]) -> str:
    """A text with `{office}` replaced by who holds it; braces with other words stay."""
    return _NAME.sub(lambda found: names.get(found.group(1), found.group(0)), text)


def joined(words: Iterable[str]) -> str:
    """`a, b, c`."""
    return sense("between the words of a list", ", ").join(words)


def listed(words: tuple[str, ...]) -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return said("{most} and {last}", most=joined(words[:-1]), last=words[-1])


def years(count: int) -> str:
    """`one year`, `3 years`."""
    return counted("one year", "{count} years", count)
