"""From a checked pack and the name of a scenario to a `Model`, one part a module.

`texts` checks what the pack writes, `rows` and `beginning` say where everything stands and what
it starts from, `programs` and `events` lower it, `chance` names what is drawn, and `scenario` puts
the parts together.
"""

from __future__ import annotations

from game.engine.compiling.chance import ONCE, STRENGTH_RANGE
from game.engine.compiling.scenario import compile_model

__all__ = ["ONCE", "STRENGTH_RANGE", "compile_model"]
