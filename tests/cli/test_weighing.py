from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run, refused


def test_a_balance_prints_a_line_a_strategy_and_a_statement(run: Run, tiny: Path) -> None:
    result = run("balance", "valleys", "--pack", tiny, "--worlds", 24)
    assert result.exit_code in (0, 1), result.output
    told = result.stdout.splitlines()
    assert told[0].startswith("strategy")
    statements = [line for line in told if line[:5] in ("holds", "fails")]
    assert len(statements) >= 6
    assert (result.exit_code == 1) == any(line.startswith("fails") for line in statements)


def test_a_balance_as_json_has_the_same_statements(run: Run, tiny: Path) -> None:
    result = run("balance", "valleys", "--pack", tiny, "--worlds", 24, "--no-choices", "--json")
    told = json.loads(result.stdout)
    assert told["holds"] == all(one["holds"] for one in told["statements"])
    assert told["strategies"]
    assert result.exit_code == (0 if told["holds"] else 1)


def test_what_a_search_writes_is_a_strategy_that_runs(run: Run, tiny: Path, tmp_path: Path) -> None:
    out = tmp_path / "found.yaml"
    options = ("--rounds", 5, "--worlds", 8, "--out", out)
    assert run("search", "valleys", "--pack", tiny, *options).exit_code == 0
    result = run("run", "valleys", "--pack", tiny, "--strategy", out)
    assert result.exit_code == 0, result.output


def test_unknown_names_are_refused(run: Run, tiny: Path) -> None:
    refused(run("balance", "vales", "--pack", tiny), "valleys")
    refused(run("search", "valleys", "--pack", tiny, "--from", "nobody"), "nobody")
