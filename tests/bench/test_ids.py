"""`pack ids`: an author is told what can be named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from game.cli import main
from game.packs.render import cells


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["pack", "ids", *map(str, arguments)])


def test_each_kind_is_listed_with_its_ids_and_titles(tiny: Path) -> None:
    found = run(tiny)
    assert found.exit_code == 0, found.output
    assert "sector: 2" in found.stdout.splitlines()
    assert "  wool   Wool" in found.stdout.splitlines()


def test_an_indicator_is_shown_with_what_a_rule_has_to_know(tiny: Path) -> None:
    told = run(tiny, "indicators").stdout
    assert re.search(r"^  learning +Learning\n +nation +stored +0 to 100 +index$", told, re.M)
    assert re.search(r"^  utilisation +Plant in use\n +sector +computed ", told, re.M)


def test_an_instrument_is_shown_with_its_channel(tiny: Path) -> None:
    assert "mill_loans  sector  finance" in run(tiny, "instrument").stdout


def test_what_is_required_is_listed_too_and_fits_eighty_columns(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "pack.yaml").write_text(
        "{id: sub, title: Sub, version: 0.1.0, format: 1, requires: [tiny]}", encoding="utf-8"
    )
    found = run(tiny.parent / "sub", "indicator")
    assert found.exit_code == 0, found.output
    assert "learning" in found.stdout
    assert [line for line in found.stdout.splitlines() if cells(line) > 80] == []


def test_it_helps_where_a_pack_names_what_is_not_there(tiny: Path) -> None:
    (tiny / "rules" / "more.yaml").write_text(
        "- {id: more, adds_to: lerning, rate: 1, grade: invented}\n", encoding="utf-8"
    )
    assert "learning" in run(tiny, "indicator").stdout


def test_other_programs_are_told_as_json(tiny: Path) -> None:
    told = json.loads(run(tiny, "indicator", "--json").stdout)
    assert {one["id"]: one for one in told["indicator"]}["learning"] == {
        "id": "learning",
        "title": "Learning",
        "pack": "tiny",
        "scope": "nation",
        "kept": "stored",
        "unit": "index",
        "bounds": [0, 100],
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["indicater"], "there is no kind indicater; did you mean indicator?"),
        (["zzzzzz"], "there is no kind zzzzzz"),
    ],
)
def test_an_unknown_kind_is_refused(tiny: Path, arguments: list[str], told: str) -> None:
    found = run(tiny, *arguments)
    assert found.exit_code == 2
    assert told in found.stderr


def test_an_unknown_pack_is_refused() -> None:
    found = run("coer", "sector")
    assert found.exit_code == 2
    assert "did you mean core?" in found.stderr
