"""What holds of every pack that comes with the game."""

from __future__ import annotations

import pytest
import yaml

from game.packs import find_packs


@pytest.mark.parametrize("name", sorted(find_packs()))
def test_any_yaml_reader_takes_the_shipped_files(name: str) -> None:
    for path in sorted(find_packs()[name].rglob("*.yaml")):
        assert yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader), path
