from __future__ import annotations

import pytest

from game.packs import Pack, find_packs, load_pack


@pytest.fixture(scope="session")
def core() -> Pack:
    """The pack that is shipped."""
    return load_pack(find_packs()["core"])
