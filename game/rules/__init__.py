"""The rule language: small, typed, total, and safe to read from anyone's pack."""

from __future__ import annotations

from game.rules.bounds import bounds
from game.rules.canonical import canonical
from game.rules.errors import RuleError
from game.rules.expression import Expression
from game.rules.parser import parse
from game.rules.resolve import Checker, check
from game.rules.rewrite import leaves
from game.rules.suggest import suggest
from game.rules.vocabulary import IndicatorInfo, Vocabulary

__all__ = [
    "Checker",
    "Expression",
    "IndicatorInfo",
    "RuleError",
    "Vocabulary",
    "bounds",
    "canonical",
    "check",
    "leaves",
    "parse",
    "suggest",
]
