"""The errors that are written for people; any other is a bug and is let through."""

from __future__ import annotations

from game.campaign.forms import DecisionError
from game.packs import PackError
from game.saves import SaveError

SPOKEN: tuple[type[Exception], ...] = (DecisionError, SaveError, PackError, OSError)
