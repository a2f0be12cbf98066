from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Run, refused


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_it_writes_every_indicator_from_the_year_before_the_first(
    run: Run, tiny: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    result = run("run", "valleys", "--pack", tiny, "--out", out)
    assert result.exit_code == 0, result.output
    rows = rows_of(out)
    assert list(rows[0]) == ["world", "year", "indicator", "sector", "value"]
    assert {row["world"] for row in rows} == {"0"}
    assert [rows[0]["year"], rows[-1]["year"]] == ["2010", "2020"]
    places = {(row["indicator"], row["sector"]) for row in rows}
    assert {("gdp", ""), ("output", "paper"), ("openness", "south")} <= places


def test_the_seed_is_1_and_worlds_are_counted_from_0(run: Run, tiny: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    run("run", "valleys", "--pack", tiny, "--out", one, "--worlds", 3)
    run("run", "valleys", "--pack", tiny, "--out", two, "--worlds", 1, "--seed", 1)
    assert rows_of(two) == [row for row in rows_of(one) if row["world"] == "0"]
    assert {row["world"] for row in rows_of(one)} == {"0", "1", "2"}


def test_indicators_may_be_chosen(run: Run, tiny: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    run("run", "valleys", "--pack", tiny, "--out", out, "--indicators", "gdp, output[wool]")
    assert {(row["indicator"], row["sector"]) for row in rows_of(out)} == {
        ("gdp", ""),
        ("output", "wool"),
    }


def test_a_strategy_is_named_by_its_id_or_its_file(run: Run, tiny: Path, tmp_path: Path) -> None:
    paths = [tmp_path / "id.csv", tmp_path / "file.csv", tmp_path / "none.csv"]
    strategies: list[list[object]] = [
        ["--strategy", "mills"],
        ["--strategy", tiny / "strategies" / "mills.yaml"],
        [],
    ]
    for path, strategy in zip(paths, strategies, strict=True):
        result = run("run", "valleys", "--pack", tiny, *strategy, "--out", path)
        assert result.exit_code == 0, result.output
    by_id, by_file, nobody = map(rows_of, paths)
    assert by_id == by_file
    assert by_id != nobody


def test_without_out_it_prints_a_summary(run: Run, tiny: Path) -> None:
    result = run("run", "valleys", "--pack", tiny, "--strategy", "mills", "--worlds", 5)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Two valleys, 2010 to 2020, 5 worlds"
    assert lines[1].split() == ["indicator", "start", "end", "mean", "p10", "p90"]
    assert any(line.startswith("gdp ") for line in lines)
    assert "warning: a plan names more billions than its budget" in result.stderr


def test_by_year_prints_the_means_that_the_file_holds(run: Run, tiny: Path) -> None:
    asked = ("run", "valleys", "--pack", tiny, "--worlds", 3, "--indicators", "gdp")
    lines = run(*asked, "--by-year").stdout.splitlines()
    assert lines[1].split() == ["year", "gdp"]
    written = run(*asked, "--out", "-").stdout.splitlines()[1:]
    of_2012 = [float(line.split(",")[4]) for line in written if line.split(",")[1] == "2012"]
    year, number = lines[4].split()
    assert year == "2012"
    assert float(number.replace(",", "")) == pytest.approx(sum(of_2012) / 3, rel=1e-3)


def test_a_dash_writes_to_standard_output(run: Run, tiny: Path) -> None:
    result = run("run", "valleys", "--pack", tiny, "--indicators", "gdp", "--out", "-")
    assert result.stdout.splitlines()[0] == "world,year,indicator,sector,value"
    assert len(result.stdout.splitlines()) == 12


def test_what_is_not_there_is_named_with_what_is_near(run: Run, tiny: Path) -> None:
    pack = ("--pack", tiny)
    refused(run("run", "valley", *pack), "no scenario valley; did you mean valleys?")
    refused(run("run", "valleys", *pack, "--strategy", "mils"), "did you mean mills?")
    refused(run("run", "valleys", *pack, "--indicators", "gpd"), "did you mean gdp?")
    refused(run("run", "valleys", *pack, "--indicators", "output[wol]"), "did you mean wool?")
    refused(run("run", "valleys", *pack, "--indicators", ","), "--indicators names none")
    refused(run("run", "valleys", *pack, "--indicators", "output["), "--indicators")
    refused(run("run", "valleys", *pack, "--strategy", "gone.yaml"), "no strategy gone.yaml")
    refused(run("run", "valleys", *pack, "--strategy", tiny), "is a folder")


@pytest.mark.parametrize("worlds", ["0", "-3", "many", "1.5"])
def test_worlds_are_a_number_of_one_or_more(run: Run, tiny: Path, worlds: str) -> None:
    refused(run("run", "valleys", "--pack", tiny, "--worlds", worlds), "--worlds", "--help")


def test_a_place_that_cannot_be_written_is_named(run: Run, tiny: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "out.csv"
    pack = ("--pack", tiny)
    refused(run("run", "valleys", *pack, "--out", gone), "--out", "cannot be written", "No such")
    refused(run("run", "valleys", *pack, "--out", tmp_path), "is a folder")


def test_a_bad_strategy_file_is_shown_with_a_caret(run: Run, tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("title: Mine\nplans: [{allocate: {schools: 0.5}}]\n")
    result = run("run", "valleys", "--pack", tiny, "--strategy", path)
    refused(result, "in what was to be read")
    refused(result, "one error")
    assert "mine.yaml:2:" in result.stderr
    assert "^^^" in result.stderr
    assert "50%" in result.stderr


def test_a_broken_pack_is_shown(run: Run, tiny: Path) -> None:
    (tiny / "rules" / "all.yaml").write_text("- {id: x, adds_to: nothing, rate: 1}\n")
    result = run("run", "valleys", "--pack", tiny)
    refused(result, "in what was to be read")
    assert "all.yaml:1:" in result.stderr


def test_a_pack_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    result = run("run", "valleys", "--pack", tmp_path / "gone")
    refused(result)
    assert "gone" in result.stderr
