from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from game.engine import Model
from game.lab import Block, Job, columns_of, ensemble
from game.lab.summary import summary_of
from game.lab.tables import write_csv
from tests.lab.conftest import entries


def test_numbers_read_back_as_the_same_bits(valleys: Model, tmp_path: Path) -> None:
    columns = columns_of(valleys)
    blocks = list(ensemble(valleys, Job(entries({})), columns, 3, block=2))
    path = tmp_path / "run.csv"
    count = write_csv(path, columns, blocks)
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count == 3 * 11 * len(columns)
    values = np.concatenate([block.values for block in blocks], axis=2)
    read = np.array([float(row["value"]) for row in rows]).reshape(3, 11, len(columns))
    assert np.array_equal(read, values.transpose(2, 0, 1))


def test_world_0_comes_first_and_national_numbers_have_no_sector(
    valleys: Model, tmp_path: Path
) -> None:
    columns = columns_of(valleys, ["gdp", "output", "openness[south]"])
    path = tmp_path / "run.csv"
    write_csv(path, columns, ensemble(valleys, Job(entries({})), columns, 2))
    lines = path.read_text().splitlines()
    assert lines[0] == "world,year,indicator,sector,value"
    assert lines[1].startswith("0,2010,gdp,,")
    assert lines[2].startswith("0,2010,output,wool,")
    assert lines[4].startswith("0,2010,openness,south,")
    assert lines[-1].startswith("1,2020,openness,south,")


def test_a_run_that_stops_leaves_what_was_there(valleys: Model, tmp_path: Path) -> None:
    columns = columns_of(valleys, ["gdp"])
    path = tmp_path / "run.csv"
    path.write_text("old")

    def blocks() -> Iterator[Block]:
        yield from ensemble(valleys, Job(entries({})), columns, 2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_csv(path, columns, blocks())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_not_written_over(valleys: Model, tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_csv(tmp_path, (), [])


def test_the_summary_gives_start_and_end(valleys: Model) -> None:
    columns = columns_of(valleys, ["learning", "gdp"])
    values = np.zeros((2, 2, 11))
    values[0, 0], values[1, 0] = 21, np.arange(11)
    values[:, 1] = 12345
    summary = summary_of(columns, [Block(range(11), (2010, 2020), values, Counter())])
    assert (summary.first, summary.last) == (2010, 2020)
    heading, learning, gdp = summary.lines
    assert heading.split() == ["indicator", "start", "end", "mean", "p10", "p90"]
    assert learning.split() == ["learning", "21", "5", "1", "9"]
    assert gdp.split() == ["gdp", "12,345", "12,345", "12,345", "12,345"]
