"""`python -m game` is `guiding-hand`."""

from __future__ import annotations

from game.cli import main

if __name__ == "__main__":
    main(prog_name="guiding-hand")
