"""A small vocabulary for tests that name things."""

from __future__ import annotations

from game.rules import IndicatorInfo, Vocabulary

VOCABULARY = Vocabulary(
    indicators={
        "gdp": IndicatorInfo("nation", 1_000, 1_000_000),
        "tension": IndicatorInfo("nation", 0, 1),
        "coordination": IndicatorInfo("nation", 0, 1),
        "utilisation": IndicatorInfo("sector", 0.2, 1),
        "capacity": IndicatorInfo("sector", 0, 100_000),
        "profit": IndicatorInfo("sector", -1, 1),
        "openness": IndicatorInfo("region", 0, 1),
    },
    sectors=("new_energy", "steel", "nev"),
    regions=("beijing", "interior"),
    instruments={"hightech_zones": "sector", "foresight": "nation"},
    events={"cut-off": "nation", "strike": "sector"},
    situations={"slump": "nation", "glut": "sector"},
    balances=("growth",),
)
