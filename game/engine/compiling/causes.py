"""What the rows of a ledger can name, numbered as it is found."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.engine.state import Cause


@dataclass
class Causes:
    """The causes of one model, in order."""

    found: list[Cause] = field(default_factory=list)

    def number(self, kind: str, name: str, says: str, because: tuple[str, ...], grade: str) -> int:
        """Put down a cause; its position."""
        self.found.append(Cause(kind, name, says, tuple(because), grade))
        return len(self.found) - 1
