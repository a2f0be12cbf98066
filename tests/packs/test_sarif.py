"""The published structure of SARIF 2.1.0, as far as the game writes it."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from game.packs import load_packs
from game.packs.diagnostics import Diagnostic
from game.packs.sarif import to_github, to_sarif
from tests.packs.conftest import Load, one
from tests.packs.factory import TINY, changed

# What each object may hold (the schema forbids all else) and must hold.
LOG = ({"$schema", "version", "runs"}, {"version", "runs"})
RUN = ({"tool", "results", "columnKind"}, {"tool"})
DRIVER = ({"name", "version", "rules"}, {"name"})
RULE = ({"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"}, {"id"})
RESULT = (
    {
        "ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations", "suppressions",
    },
    {"message"},
)  # fmt: skip
LOCATION = ({"physicalLocation", "logicalLocations"}, set[str]())
PHYSICAL = ({"artifactLocation", "region"}, {"artifactLocation"})
REGION = ({"startLine", "startColumn", "endLine", "endColumn", "snippet"}, set[str]())
SUPPRESSION = ({"kind", "justification"}, {"kind"})

SILENCE = (
    "silences:\n  - {code: GH601, at: rule/schools-teach, because: It is there to try the desk.}\n"
)


def _fits(data: dict[str, Any], shape: tuple[set[str], set[str]]) -> dict[str, Any]:
    allowed, needed = shape
    assert needed <= data.keys() <= allowed
    return data


def _place(location: dict[str, Any]) -> None:
    physical = _fits(_fits(location, LOCATION)["physicalLocation"], PHYSICAL)
    uri = physical["artifactLocation"]["uri"]
    assert urlsplit(uri).scheme in ("", "file")
    assert " " not in uri
    region = _fits(physical.get("region", {}), REGION)
    assert all(value >= 1 for name, value in region.items() if name != "snippet")
    assert region.get("endColumn", 1) >= region.get("startColumn", 1)
    assert all(one["fullyQualifiedName"] for one in location.get("logicalLocations", ()))


@pytest.fixture
def said(load: Load) -> tuple[Diagnostic, ...]:
    """An error with a related place, a warning, and a warning that the pack silences."""
    rules = TINY["rules/all.yaml"].replace("because: [notes-mills], grade: invented", "help: x")
    loaded = load(
        {
            "pack.yaml": TINY["pack.yaml"] + SILENCE,
            "rules/all.yaml": rules.replace("id: buyers-waver", "id: buyers-come"),
        }
    )
    return (*loaded.diagnostics, *loaded.silenced)


def test_a_log_has_the_structure_of_sarif(said: tuple[Diagnostic, ...]) -> None:
    log = _fits(to_sarif(said, "1.0"), LOG)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    _fits(run, RUN)
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    rules = _fits(run["tool"]["driver"], DRIVER)["rules"]
    for rule in rules:
        _fits(rule, RULE)
        assert rule["help"]["text"].startswith(f"# {rule['id']}: ")
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    for result in run["results"]:
        _fits(result, RESULT)
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            _place(location)
        for suppression in result.get("suppressions", ()):
            assert _fits(suppression, SUPPRESSION)["kind"] in ("inSource", "external")


def test_results_say_what_the_diagnostics_say(said: tuple[Diagnostic, ...]) -> None:
    results = to_sarif(said)["runs"][0]["results"]
    assert [one["ruleId"] for one in results] == [one.code for one in said]
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in results]
    assert [one["startLine"] for one in regions] == [one.line for one in said]
    assert {"GH210", "GH601", "GH602"} == {one.code for one in said}
    quiet = [one for one in results if "suppressions" in one]
    assert [one["ruleId"] for one in quiet] == ["GH601"]
    assert quiet[0]["suppressions"][0]["justification"] == "It is there to try the desk."
    (twice,) = (each for each in results if each["ruleId"] == "GH210")
    assert twice["relatedLocations"][0]["physicalLocation"]["region"] == {"startLine": 3}


def test_a_files_address_leads_back_to_it(load: Load) -> None:
    (found,) = load(changed("aims.yaml", "title: Work", "titel: Work")).diagnostics[:1]
    result = to_sarif([found])["runs"][0]["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(urlsplit(uri).path) == found.file


def test_an_annotation_is_one_line_that_nothing_in_a_pack_can_end(load: Load) -> None:
    found = one(load({"aims.yaml": "- {id: work, 'a::b,c=%0A\\n': 1}\n"}), "GH201")
    line = to_github(found)
    assert "\n" not in line
    head, _, text = line.removeprefix("::").partition("::")
    assert head.startswith("error file=")
    assert f"line={found.line}" in head
    assert "%250A" in text


def test_a_file_below_the_working_folder_is_named_from_there(
    load: Load, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    (found, *_) = load({"aims.yaml": "- {id: [\n"}).diagnostics
    assert "file=tiny/aims.yaml," in to_github(found)
    assert load_packs([tmp_path / "tiny"], use_cache=False).pack is None
