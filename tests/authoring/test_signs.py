from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from game.authoring.signs import analysis_of, direction, sign_of
from game.rules import IndicatorInfo, Vocabulary, check, leaves
from game.rules.expression import Series

VOCABULARY = Vocabulary(
    indicators={
        "x": IndicatorInfo("nation", 0.0, 1.0),
        "y": IndicatorInfo("nation", 0.0, 10.0),
        "z": IndicatorInfo("nation", -5.0, 5.0),
        "low": IndicatorInfo("nation", -3.0, -1.0),
        "plant": IndicatorInfo("sector", 1.0, 100.0),
    },
    sectors=("wool", "paper"),
    regions=(),
    instruments={"loans": "sector"},
    events={"rain": "nation"},
    situations={},
)
X = Series("indicator", "x", "nation")


def way(text: str, name: str = "x") -> str:
    info = VOCABULARY.indicators[name]
    tree = check(text, VOCABULARY, scope=info.axis, want="either")
    return direction(tree, Series("indicator", name, info.axis), analysis_of(VOCABULARY))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("x", "+"),
        ("-x", "−"),
        ("3 - x", "−"),
        ("x * y", "+"),
        ("x * low", "−"),
        ("x * z", "±"),
        ("x * (1 - x)", "±"),
        ("y / (1 + x)", "−"),
        ("x / low", "−"),
        ("x < 0.3", "−"),
        ("0.3 < x", "+"),
        ("x >= 0.3 and y > 2", "+"),
        ("not x >= 0.3", "−"),
        ("x == 0.3", "±"),
        ("x > 0.3 or x < 0.1", "±"),
        ("min(x, 0.4)", "+"),
        ("clamp(1 - x, 0, 0.5)", "−"),
        ("sqrt(x)", "+"),
        ("abs(x)", "+"),
        ("abs(z * x)", "±"),
        ("ramp(x, 0.2, 0.6)", "+"),
        ("ramp(x, 0.6, 0.2)", "−"),
        ("saturate(y, 1 + x)", "−"),
        ("lerp(1, 3, x)", "+"),
        ("lerp(3, 1, x)", "−"),
        ("min(div(x, y, 0), 9)", "+"),
        ("min(div(1, x, 0), 9)", "±"),
        ("div(1, 1 + x, 0)", "−"),
        ("1 if x > 0.5 else 0", "+"),
        ("0 if x > 0.5 else 1", "−"),
        ("z if x > 0.5 else y", "±"),
        ("change(x)", "+"),
        ("previous(x) - 1", "+"),
        ("y + 2", ""),
    ],
)
def test_a_direction_is_told_where_the_bounds_prove_it(text: str, sign: str) -> None:
    assert way(text) == sign


@pytest.mark.parametrize(
    ("text", "sign"),
    [("mean(plant)", "+"), ("count(plant < 3)", "−"), ("plant[wool] - 4", "+")],
)
def test_aggregates_and_picked_places_keep_the_direction(text: str, sign: str) -> None:
    tree = check(text, VOCABULARY, scope="nation", want="either")
    series = Series("indicator", "plant", "sector")
    assert direction(tree, series, analysis_of(VOCABULARY)) == sign


@pytest.mark.parametrize(
    ("text", "sign"), [("3", "+"), ("-0.2 * x", "−"), ("z", "±"), ("0", ""), ("0 * z", "")]
)
def test_an_amount_has_the_sign_that_its_bounds_prove(text: str, sign: str) -> None:
    assert sign_of(check(text, VOCABULARY), analysis_of(VOCABULARY)) == sign


def value(text: str, at: Mapping[str, float]) -> float:
    names = {
        "clamp": lambda x, low, high: min(max(x, low), high),
        "ramp": lambda x, low, high: min(max((x - low) / (high - low), 0.0), 1.0),
        "saturate": lambda x, half: x / (x + half) if x > 0 else 0.0,
        "lerp": lambda a, b, t: a + (b - a) * t,
        "div": lambda a, b, default: a / b if b else default,
        "min": min,
        "max": max,
        "abs": abs,
    }
    return float(eval(text, {"__builtins__": {}}, {**names, **at}))


PIECES = (
    "x", "y", "z", "low", "2", "(1 - x)", "min({0}, {1})", "({0} + {1})", "({0} - {1})",
    "({0} * {1})", "clamp({0}, 0, 1)", "abs({0})", "ramp({0}, 0, 2)", "lerp({0}, {1}, x)",
    "div({0}, {1}, 0)", "({0} if x > 0.5 else {1})", "saturate({0}, 2)",
)  # fmt: skip


def made(luck: random.Random, depth: int) -> str:
    if depth == 0:
        return luck.choice(PIECES[:6])
    return luck.choice(PIECES).format(made(luck, depth - 1), made(luck, depth - 1))


def test_no_step_of_x_goes_against_a_direction_that_is_told() -> None:
    luck = random.Random(7)
    told = 0
    for _ in range(400):
        text = made(luck, 2)
        try:
            tree = check(text, VOCABULARY)
        except ValueError:
            continue
        if X not in {read.series for read in leaves(tree)}:
            continue
        sign = direction(tree, X, analysis_of(VOCABULARY))
        for _ in range(20):
            here = {"y": luck.uniform(0, 10), "z": luck.uniform(-5, 5), "low": luck.uniform(-3, -1)}
            low, high = sorted((luck.random(), luck.random()))
            step = value(text, {**here, "x": high}) - value(text, {**here, "x": low})
            assert sign != "+" or step >= -1e-9, text
            assert sign != "−" or step <= 1e-9, text
            told += sign in ("+", "−")
    assert told > 500
