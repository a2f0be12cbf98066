"""A language is a way of reading: no number, no draw and no save depends on it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from game.campaign import Campaign
from game.engine import Model, compile_model
from game.packs import load_pack
from game.packs.translate import translated
from game.saves import create, load_model, open_save
from game.words import speak
from tests.campaign.packs import files
from tests.campaign.support import bold, step
from tests.packs.factory import write_pack

TEXTS = """\
msgctxt "event/idle-mill:title"
msgid "An idle mill"
msgstr "停工的工厂"

msgctxt "event/idle-mill:choices.close.label"
msgid "Close it"
msgstr "关闭"

msgctxt "sector/wool:short"
msgid "Wool"
msgstr "羊毛"

msgctxt "indicator/utilisation:title"
msgid "Plant in use"
msgstr "设备利用率"
"""


@pytest.fixture(autouse=True)
def _english_after() -> Iterator[None]:
    yield
    speak("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "tiny", {**files(), "texts/zh_CN.po": TEXTS})


def model(folder: Path, language: str) -> Model:
    speak(language)
    return compile_model(translated(load_pack(folder), language), "valleys")


def played(folder: Path, language: str, decisions: int = 12) -> Campaign:
    campaign = Campaign.new(model(folder, language), 3)
    choose = bold(3)
    while not campaign.finished and len(campaign.decisions) < decisions:
        step(campaign, choose)
    return campaign


def test_the_same_campaign_in_two_languages_comes_to_the_same_numbers(folder: Path) -> None:
    english, chinese = played(folder, "en"), played(folder, "zh_CN")
    assert chinese.decisions == english.decisions
    assert chinese.state_digest() == english.state_digest()
    assert chinese.model.pack.sectors["wool"].short == "羊毛"
    assert chinese.model.pack.hashes == english.model.pack.hashes


@pytest.mark.parametrize(("first", "then"), [("zh_CN", "en"), ("en", "zh_CN")])
def test_a_save_made_in_one_language_goes_on_in_another(
    folder: Path, tmp_path: Path, first: str, then: str
) -> None:
    campaign = Campaign.new(model(folder, first), 3)
    choose = bold(3)
    with create(campaign, "one", folder=tmp_path) as save:
        for _ in range(8):
            step(campaign, choose)
            save.append(campaign.decisions[-1], campaign)
    speak(then)

    def load(header: Mapping[str, Any]) -> Model:
        return load_model(header, [folder])

    again, save, notices = open_save(tmp_path / "one.jsonl", load)
    with save:
        assert notices == ()
        assert again.decisions == campaign.decisions
        assert again.state_digest() == campaign.state_digest()
        short = {"en": "Wool", "zh_CN": "羊毛"}
        assert campaign.model.pack.sectors["wool"].short == short[first]
        assert again.model.pack.sectors["wool"].short == short[then]
        step(again, bold(3))
        save.append(again.decisions[-1], again)


def test_what_a_save_holds_is_in_no_language(folder: Path, tmp_path: Path) -> None:
    kept = {}
    for language in ("en", "zh_CN"):
        campaign = Campaign.new(model(folder, language), 3)
        choose = bold(3)
        with create(campaign, language, folder=tmp_path) as save:
            for _ in range(8):
                step(campaign, choose)
                save.append(campaign.decisions[-1], campaign)
        lines = (tmp_path / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
        # What chains the lines rests on the header, which holds the time.
        told = [json.loads(line) for line in lines[1:]]
        kept[language] = [{**one, "digest": ""} for one in told]
    assert kept["zh_CN"] == kept["en"]
