"""Keyed dice: every draw is a hash of what it is for, so nothing that happens reshuffles another.

A draw's key is (seed, purpose, entry, place, year, world). The first four are hashed once with
BLAKE2b into a 64-bit number; the year and the world are mixed in with splitmix64 (Steele, Lea and
Flood 2014), all in 64-bit integers, so every machine and batch size gives the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Floats = NDArray[np.float64]

GOLDEN = 0x9E3779B97F4A7C15
MASK = 0xFFFFFFFFFFFFFFFF
LANE = np.uint64(0xFFFF)
LANES_MEAN = 4 * 65535 / 2
LANES_SCALE = (4 * (65536**2 - 1) / 12) ** -0.5
"""Four 16-bit lanes sum to a bell of this mean; times this they have a standard deviation of 1."""
UNIT = 2.0**-53
CHUNK = 32_768
"""Draws that are made together."""


def stream_key(seed: int, purpose: str, entry: str, place: str = "") -> int:
    """The 64-bit key of one stream of draws."""
    text = f"{seed}\x1f{purpose}\x1f{entry}\x1f{place}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def mixed(word: int) -> int:
    """The finaliser of splitmix64, on one number."""
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & MASK
    return word ^ (word >> 31)


def year_keys(streams: Words, year: int) -> Words:
    """The keys of many streams for one year."""
    keys = streams + np.uint64((year * GOLDEN) & MASK)
    _finalise(keys)
    return keys


def _finalise(words: Words) -> None:
    """The finaliser of splitmix64, in place."""
    shifted = words >> np.uint64(30)
    np.bitwise_xor(words, shifted, out=words)
    np.multiply(words, np.uint64(0xBF58476D1CE4E5B9), out=words)
    np.right_shift(words, np.uint64(27), out=shifted)
    np.bitwise_xor(words, shifted, out=words)
    np.multiply(words, np.uint64(0x94D049BB133111EB), out=words)
    np.right_shift(words, np.uint64(31), out=shifted)
    np.bitwise_xor(words, shifted, out=words)


def hashed(keys: Words, worlds: Words) -> Words:
    """64 bits for each key and world: shape (keys, worlds)."""
    words: Words = keys[:, None] + (worlds * np.uint64(GOLDEN))[None, :]
    _finalise(words)
    return words


def uniforms(words: Words) -> Floats:
    """Numbers in [0, 1) from the top 53 bits."""
    result: Floats = (words >> np.uint64(11)).astype(np.float64)
    result *= UNIT
    return result


def bells(words: Words) -> Floats:
    """Numbers of mean 0 and standard deviation 1 (bounded by 3.47): four 16-bit lanes summed."""
    total = words & LANE
    total += (words >> np.uint64(16)) & LANE
    total += (words >> np.uint64(32)) & LANE
    total += words >> np.uint64(48)
    result: Floats = total.astype(np.float64)
    result -= LANES_MEAN
    result *= LANES_SCALE
    return result


def _drawn(kind: Callable[[Words], Floats], keys: Words, worlds: Words) -> Floats:
    """Draws of one kind, some streams at a time so that they stay in the processor's cache."""
    drawn = np.empty((len(keys), len(worlds)))
    some = max(1, CHUNK // len(worlds))
    for first in range(0, len(keys), some):
        part = slice(first, first + some)
        drawn[part] = kind(hashed(keys[part], worlds))
    return drawn


def one_uniform(seed: int, purpose: str, entry: str, place: str, year: int, world: int) -> float:
    """A single draw, the same as the one that a batch gives."""
    key = mixed((stream_key(seed, purpose, entry, place) + year * GOLDEN) & MASK)
    return (mixed((key + world * GOLDEN) & MASK) >> 11) * UNIT


@dataclass(frozen=True)
class Streams:
    """Which draws a model asks for: for each stream its entry and place, in row order."""

    noise: Sequence[tuple[str, str]]
    events: Sequence[tuple[str, str]]
    strengths: Sequence[tuple[str, float]]
    """Rules with the half-width of their strength's range."""


@dataclass(frozen=True)
class YearLuck:
    """The draws of one year.

    Attributes:
        noise: standard bells, shape (noise streams, worlds).
        events: uniform draws in [0, 1), shape (event streams, worlds).
    """

    noise: Floats
    events: Floats


@dataclass
class Draws:
    """The dice of some worlds under one seed.

    Attributes:
        streams: what the model draws.
        seed: the campaign's seed, any integer.
        worlds: the id of each column's world.
        keep: keep each year's draws for another run (forecasts, arms of an experiment).
    """

    streams: Streams
    seed: int
    worlds: Sequence[int]
    keep: bool = False
    _years: dict[int, YearLuck] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.ids: Words = np.array([w & MASK for w in self.worlds], dtype=np.uint64)
        if len(self.ids) == 1:
            self.ids = np.repeat(self.ids, 2)
        self._noise = self._keys("noise", self.streams.noise)
        self._events = self._keys("event", self.streams.events)
        self.strengths = self._strengths()

    @property
    def width(self) -> int:
        """How many columns there are (two for a single world)."""
        return len(self.ids)

    def _keys(self, purpose: str, entries: Sequence[tuple[str, str]]) -> Words:
        keys = [stream_key(self.seed, purpose, entry, place) for entry, place in entries]
        return np.array(keys, dtype=np.uint64)

    def _strengths(self) -> Floats:
        """How strong each rule is in each world, once and for all: shape (rules, worlds)."""
        names = [(entry, "") for entry, _ in self.streams.strengths]
        widths = np.array([width for _, width in self.streams.strengths], dtype=np.float64)
        draws = uniforms(hashed(year_keys(self._keys("strength", names), 0), self.ids))
        return np.asarray((draws * 2.0 - 1.0) * widths[:, None] + 1.0)

    def year(self, year: int) -> YearLuck:
        """Everything that is drawn for a year."""
        luck = self._years.get(year)
        if luck is None:
            luck = self._draw(year)
            if not self.keep:
                # A year is asked for twice, when it opens and when it closes.
                self._years.clear()
            self._years[year] = luck
        return luck

    def _draw(self, year: int) -> YearLuck:
        noise = _drawn(bells, year_keys(self._noise, year), self.ids)
        return YearLuck(noise, _drawn(uniforms, year_keys(self._events, year), self.ids))

    def bell(self, purpose: str, entry: str, places: Sequence[str], year: int) -> Floats:
        """Bells of another purpose (statistics): shape (places, worlds)."""
        keys = self._keys(purpose, [(entry, place) for place in places])
        return bells(hashed(year_keys(keys, year), self.ids))
