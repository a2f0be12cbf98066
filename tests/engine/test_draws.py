"""The dice: fair, keyed, and the same one by one as many at once."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from game.engine import Draws, Model
from game.engine.draws import Streams, bells, hashed, one_uniform, stream_key, uniforms, year_keys
from game.engine.execute import Floats
from tests.engine.small import Game, event, indicator, model, rule

MANY = 20_000
NAMES = [("core/one", ""), ("core/two", ""), ("core/one", "wool"), ("core/one", "steel")]
STREAMS = Streams(noise=NAMES, events=NAMES, strengths=[("core/rule", 0.25), ("core/law", 0.0)])


def drawn(seed: int = 7, year: int = 2011, worlds: range = range(MANY)) -> Floats:
    return Draws(STREAMS, seed, worlds).year(year).events


def test_uniform_draws_have_the_mean_and_spread_of_uniform_draws() -> None:
    values = drawn()
    assert values.min() >= 0.0
    assert values.max() < 1.0
    assert np.abs(values.mean(axis=1) - 0.5).max() < 0.01
    assert np.abs(values.var(axis=1) - 1 / 12).max() < 0.002
    for row in values:
        counts = np.histogram(row, bins=20, range=(0, 1))[0]
        assert ((counts - MANY / 20) ** 2 / (MANY / 20)).sum() < 50


def test_bells_have_mean_nought_and_a_spread_of_one_and_few_go_far() -> None:
    noise = Draws(STREAMS, 7, range(MANY)).year(2011).noise
    assert np.abs(noise.mean(axis=1)).max() < 0.03
    assert np.abs(noise.std(axis=1) - 1.0).max() < 0.02
    assert np.abs((noise**3).mean(axis=1)).max() < 0.1
    assert 0.03 < (np.abs(noise) > 2).mean() < 0.06
    assert np.abs(noise).max() < 3.47


@pytest.mark.parametrize("other", ["stream", "place", "year", "seed", "next world"])
def test_draws_of_different_keys_have_nothing_to_do_with_one_another(other: str) -> None:
    first = drawn()[0]
    second = {
        "stream": drawn()[1],
        "place": drawn()[2],
        "year": drawn(year=2012)[0],
        "seed": drawn(seed=8)[0],
        "next world": np.roll(first, 1),
    }[other]
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.025


def test_neighbouring_worlds_years_and_seeds_never_share_a_draw() -> None:
    seen = Counter(
        float(value)
        for seed in range(3)
        for year in range(2011, 2014)
        for value in drawn(seed, year, range(300)).ravel()
    )
    assert len(seen) == 3 * 3 * 300 * len(NAMES)


@pytest.mark.parametrize("seed", [0, -1, -(10**30), 10**40, 2**64, 7])
@pytest.mark.parametrize("world", [0, 1, -1, 2**40])
def test_a_single_draw_is_the_one_that_a_batch_gives(seed: int, world: int) -> None:
    draws = Draws(STREAMS, seed, [3, world, 5])
    luck = draws.year(2044)
    for row, (entry, place) in enumerate(NAMES):
        alone = one_uniform(seed, "event", entry, place, 2044, world)
        assert luck.events[row, 1] == alone
        assert 0.0 <= alone < 1.0
    assert draws.strengths[0, 1] == pytest.approx(
        1 + 0.25 * (2 * one_uniform(seed, "strength", "core/rule", "", 0, world) - 1), abs=1e-15
    )


@pytest.mark.parametrize("seed", [-1, 10**40, 2**64 + 7, -(2**64)])
def test_a_negative_or_huge_seed_is_a_seed_of_its_own(seed: int) -> None:
    values = drawn(seed, worlds=range(2000))
    assert np.abs(values.mean(axis=1) - 0.5).max() < 0.03
    assert not np.array_equal(values, drawn(seed % 2**64 + 1, worlds=range(2000)))
    assert stream_key(7, "event", "x") != stream_key(2**64 + 7, "event", "x")


def test_parts_of_a_key_do_not_run_into_one_another() -> None:
    keys = {
        stream_key(1, "event", "ab", "c"),
        stream_key(1, "event", "a", "bc"),
        stream_key(1, "eventab", "", "c"),
        stream_key(11, "event", "ab", "c"),
        stream_key(1, "noise", "ab", "c"),
    }
    assert len(keys) == 5


def test_the_order_and_number_of_streams_and_worlds_change_no_draw() -> None:
    turned = Streams(NAMES[::-1], NAMES[::-1], [])
    some = Draws(STREAMS, 7, range(9)).year(2011)
    back = Draws(turned, 7, [8, 2, 5]).year(2011)
    assert np.array_equal(back.events, some.events[::-1][:, [8, 2, 5]])
    assert np.array_equal(back.noise, some.noise[::-1][:, [8, 2, 5]])


def test_a_single_world_is_drawn_twice_and_a_kept_year_is_the_same_year() -> None:
    draws = Draws(STREAMS, 7, [4], keep=True)
    assert draws.width == 2
    assert draws.year(2011) is draws.year(2011)
    assert np.array_equal(draws.year(2011).events[:, 0], draws.year(2011).events[:, 1])
    again = Draws(STREAMS, 7, [4])
    again.year(2012)
    assert np.array_equal(again.year(2011).events, draws.year(2011).events)


def test_no_streams_at_all_are_no_draws_at_all() -> None:
    luck = Draws(Streams([], [], []), 7, range(4)).year(2011)
    assert luck.events.shape == luck.noise.shape == (0, 4)


def test_every_bit_of_the_hash_is_as_often_one_as_nought() -> None:
    keys = np.array([stream_key(3, "event", "x")], dtype=np.uint64)
    words = hashed(year_keys(keys, 2011), np.arange(MANY, dtype=np.uint64))[0]
    for bit in range(64):
        share = ((words >> np.uint64(bit)) & np.uint64(1)).mean()
        assert abs(share - 0.5) < 0.02
    assert abs(np.corrcoef(uniforms(words), bells(words))[0, 1]) < 0.6


def strengths(compiled: Model, name: str) -> Floats:
    names = list(compiled.pack.rules)
    found: Floats = Draws(compiled.streams, 5, range(4000)).strengths[names.index(name)]
    return found


@pytest.mark.parametrize(
    ("grade", "width"),
    [("documented", 0.0), ("calibrated", 0.1), ("judgement", 0.25), ("invented", 0.4)],
)
def test_a_rule_is_as_strong_as_its_grade_leaves_open(grade: str, width: float) -> None:
    compiled = model(indicator("size"), rule("grow", "size", "1", grade))
    drawn = strengths(compiled, "grow")
    assert drawn.min() >= 1 - width
    assert drawn.max() <= 1 + width
    assert drawn.max() - drawn.min() == pytest.approx(2 * width, abs=0.02 * width)


def test_a_rule_has_one_strength_for_the_whole_campaign() -> None:
    game = Game(model(indicator("size", start=0), rule("grow", "size", "4", "invented"))).plan()
    sizes = []
    for _ in range(4):
        game.year()
        sizes.append(game.read("size"))
    assert sizes[1:] == pytest.approx([2 * sizes[0], 3 * sizes[0], 4 * sizes[0]])
    assert sizes[0] != 4.0


def test_an_event_more_reshuffles_nobody_elses_luck() -> None:
    rare = [event(name, chance="0.4") for name in ("ant", "dog")]
    fewer, more = Game(model(*rare)).plan(), Game(model(event("bee"), *rare)).plan()
    for _ in range(5):
        seen = [one for one in more.fired(more.year()) if one[0] != "bee"]
        assert seen == fewer.fired(fewer.year())


def test_another_decision_reshuffles_no_luck() -> None:
    compiled = model(
        indicator("size"),
        {"id": "blur", "adds_to": "size", "noise": "1"},
        event("ant", chance="0.4"),
    )
    idle, busy = Game(compiled).plan(), Game(compiled).plan({("loans", "wool"): 100.0})
    for _ in range(5):
        assert idle.fired(idle.year()) == busy.fired(busy.year())
        assert idle.read("size") == busy.read("size")
