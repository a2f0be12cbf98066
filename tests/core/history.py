"""The figures that the papers state, beside what the model gives for them.

`history.yaml` lists the facts; `content/core/HISTORY.md` is made from it. In the root of a
checkout `python -m tests.core.history` prints the page, and with `--write` behind it writes it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict

from game.engine import Draws, compile_model
from game.lab import Job, Planner, texts_of, years_of
from game.packs import find_packs, load_pack

if TYPE_CHECKING:
    from game.engine.execute import Floats
    from game.packs import Pack

SCENARIO = "long-march"
WORLDS = 1000
SEED = 1
FACTS = Path(__file__).with_name("history.yaml")
TABLE = "HISTORY.md"
Series = Mapping[int, "Floats"]
"""A measure's numbers in all worlds, by year."""


class Fact(BaseModel):
    """One figure of a paper and how it is read in the model.

    Without `since`, `ever`, `first` or `peak` the result is the statistic of the measure in the
    year `at`.

    Attributes:
        since: the growth of the measure from this year to `at`, in each world.
        ever: the share of worlds in which the measure held for `years` years running, from the
            first year to the last.
        first: the middle one of the years in which the measure first held, over the worlds in
            which it did.
        peak: the year, from the first to the last, in which the mean of the measure was highest.
        against: a strategy whose result, on the same dice, is taken away.
        between: what counts as a hit.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    fact: str
    passage: str
    figure: str
    measure: str
    at: int | None = None
    since: int | None = None
    ever: tuple[int, int] | None = None
    years: int = 1
    first: tuple[int, int] | None = None
    peak: tuple[int, int] | None = None
    statistic: Literal["mean", "holds"] = "mean"
    strategy: str = "as-it-happened"
    against: str | None = None
    between: tuple[float, float]
    unit: Literal["share", "number", "year", "points"] = "share"
    note: str = ""

    @property
    def last(self) -> int:
        """The last year that must be run."""
        spans = [span[1] for span in (self.ever, self.first, self.peak) if span]
        return max([*spans, *(year for year in (self.at, self.since) if year)])

    def result(self, series: Series) -> float:
        """What the model gives, from the measure's numbers."""
        if self.ever:
            return _ever(series, self.ever, self.years)
        if self.first:
            return _first(series, self.first)
        if self.peak:
            span = range(self.peak[0], self.peak[1] + 1)
            return float(max(span, key=lambda year: float(np.mean(series[year]))))
        assert self.at is not None
        values = series[self.at]
        if self.since is not None:
            values = values / series[self.since] - 1
        return float(np.mean(values > 0) if self.statistic == "holds" else np.mean(values))

    def holds(self, result: float) -> bool:
        """Whether a result lies within the tolerance."""
        return self.between[0] <= result <= self.between[1]


@dataclass(frozen=True)
class Found:
    """A fact and what the model gave."""

    fact: Fact
    result: float

    @property
    def holds(self) -> bool:
        """Whether it lies within the tolerance."""
        return self.fact.holds(self.result)


def _ever(series: Series, span: tuple[int, int], years: int) -> float:
    held = np.array([series[year] > 0 for year in range(span[0], span[1] + 1)])
    runs = [held[first : first + years].all(axis=0) for first in range(len(held) - years + 1)]
    return float(np.mean(np.any(runs, axis=0)))


def _first(series: Series, span: tuple[int, int]) -> float:
    years = range(span[0], span[1] + 1)
    held = np.array([series[year] > 0 for year in years])
    some = held.any(axis=0)
    if not some.any():
        return float(span[1] + 1)
    return float(np.median(span[0] + held[:, some].argmax(axis=0)))


def read() -> tuple[Fact, ...]:
    """The facts, in the order of the file."""
    return tuple(Fact.model_validate(one) for one in _file()["facts"])


def without() -> dict[str, str]:
    """Passages with a figure for which the model has no number, each with the reason."""
    return {passage: str(why) for passage, why in _file()["without"].items()}


def _file() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FACTS.read_text("utf-8"))
    return found


def run(
    pack: Pack, facts: Sequence[Fact], worlds: int = WORLDS, seed: int = SEED
) -> tuple[Found, ...]:
    """What the model gives for every fact."""
    names = dict.fromkeys(
        name for one in facts for name in (one.strategy, one.against) if name is not None
    )
    series = {name: _series(pack, name, facts, worlds, seed) for name in names}
    return tuple(Found(one, _result(one, series)) for one in facts)


def _result(fact: Fact, series: Mapping[str, Mapping[str, Series]]) -> float:
    own = series[fact.strategy][fact.measure]
    if fact.against is None:
        return fact.result(own)
    return fact.result(own) - fact.result(series[fact.against][fact.measure])


def _series(
    pack: Pack, strategy: str, facts: Sequence[Fact], worlds: int, seed: int
) -> dict[str, Series]:
    asked = [one for one in facts if strategy in (one.strategy, one.against)]
    plans = pack.strategies[strategy].plans
    texts = tuple(dict.fromkeys(one.measure for one in asked))
    model = compile_model(pack, SCENARIO, (*texts, *texts_of(plans)))
    measures = {text: model.expressions.either(text) for text in texts}
    found: dict[str, dict[int, Floats]] = {text: {} for text in texts}
    draws = Draws(model.streams, seed, range(worlds))
    planner = Planner(model, plans, strategy)
    last = max(one.last for one in asked)
    wanted = frozenset(measures.values())
    for batch in years_of(planner, draws, Job(plans, strategy, seed), wanted, Counter()):
        for text, expression in measures.items():
            found[text][batch.year] = np.array(batch.value(expression)[:worlds], dtype=np.float64)
        if batch.year == last:
            break
    return dict(found)


# The table.

_WRITTEN: Mapping[str, Callable[[float], str]] = {
    "share": lambda value: f"{value * 100:.1f} %",
    "number": lambda value: f"{value:.2f}",
    "year": lambda value: f"{value:.0f}",
    "points": lambda value: f"{value * 100:+.1f} points",
}


def table(found: Sequence[Found], worlds: int, seed: int, others: Sequence[Found]) -> str:
    """The page: what holds, what misses, and how each is read."""
    hits = sum(one.holds for one in found)
    return "\n".join(
        [*_head(len(found), hits, worlds, seed), *_rows(found, others), *_notes(found)]
    )


def _head(count: int, hits: int, worlds: int, seed: int) -> Iterator[str]:
    yield "# What the papers count, and what the model gives"
    yield ""
    yield (
        f"The plans of `strategies/as-it-happened.yaml` in `{SCENARIO}`, {worlds:,} worlds, "
        f"seed {seed} (in brackets: seed {seed + 1})."
    )
    yield (
        "`python -m tests.core.history --write` makes this page from `tests/core/history.yaml`; "
        "`pytest -m slow tests/core` compares the two."
    )
    yield f"Of {count} figures {hits} lie within their tolerance; the others stand as they came."
    yield ""
    yield "| fact | passage | the paper's figure | tolerance | the model | |"
    yield "|---|---|---|---|---|---|"


def _rows(found: Sequence[Found], others: Sequence[Found]) -> Iterator[str]:
    for one, other in zip(found, others, strict=True):
        say, fact = _WRITTEN[one.fact.unit], one.fact
        low, high = (say(number) for number in fact.between)
        yield (
            f"| {fact.fact} | {fact.passage} | {fact.figure} | {low} to {high} "
            f"| {say(one.result)} ({say(other.result)}) | {'holds' if one.holds else 'misses'} |"
        )


def _notes(found: Sequence[Found]) -> Iterator[str]:
    yield ""
    yield "## How each is read"
    yield ""
    for one in found:
        fact = one.fact
        note = f" {fact.note}" if fact.note else ""
        yield f"- {fact.fact}: `{fact.measure.strip()}`, {_when(fact)}.{note}"
    yield ""
    yield "## Figures without a number in the model"
    yield ""
    yield from (f"- {passage}: {why}" for passage, why in without().items())
    yield ""


def _when(fact: Fact) -> str:
    versus = f", less the same under `{fact.against}`" if fact.against else ""
    if fact.ever:
        running = f"{fact.years} years running" if fact.years > 1 else "a year"
        return (
            f"share of worlds in which it held for {running}, {fact.ever[0]}-{fact.ever[1]}{versus}"
        )
    if fact.first:
        return (
            f"median of the years in which it first held, {fact.first[0]}-{fact.first[1]}{versus}"
        )
    if fact.peak:
        return f"year in which its mean was highest, {fact.peak[0]}-{fact.peak[1]}{versus}"
    what = "share of worlds" if fact.statistic == "holds" else fact.statistic
    if fact.since is not None:
        return f"{what} of its growth, {fact.since} to {fact.at}{versus}"
    return f"{what}, {fact.at}{versus}"


def main() -> None:
    """Run, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write content/core/HISTORY.md")
    parser.add_argument("--worlds", type=int, default=WORLDS)
    options = parser.parse_args()
    folder = find_packs()["core"]
    pack, facts = load_pack(folder), read()
    found, others = (run(pack, facts, options.worlds, seed) for seed in (SEED, SEED + 1))
    page = table(found, options.worlds, SEED, others)
    if options.write:
        (folder / TABLE).write_text(page, "utf-8")
    else:
        print(page)


if __name__ == "__main__":
    main()
