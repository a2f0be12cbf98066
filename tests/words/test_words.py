"""The game speaks the language that it is told to, and English where it is told nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from game import words
from game.campaign.wording import amount, change, listed
from game.words import counted, language, later, meant, said, sense, speak, wanted


@pytest.fixture(autouse=True)
def _english_after() -> Iterator[None]:
    yield
    speak("en")


def test_english_is_what_the_source_says() -> None:
    assert language() == "en"
    assert said("The year {year}", year=2011) == "The year 2011"
    assert counted("one plan", "{count} plans", 1) == "one plan"
    assert counted("one plan", "{count} plans", 2) == "2 plans"


def test_another_language_puts_what_varies_in_its_own_order() -> None:
    speak("zh_CN")
    assert said("The year {year}", year=2011) == "2011年"
    assert counted("one plan", "{count} plans", 3) == "3期规划"


def test_what_is_marked_for_later_is_said_in_the_language_then_in_force() -> None:
    word = later("Back")
    assert said(word) == "Back"
    speak("zh_CN")
    assert said(word) == "返回"


def test_a_word_with_two_meanings_is_said_in_the_one_that_is_meant() -> None:
    word = meant("the word of a promise", "Open")
    assert said(word) == "Open"
    speak("zh_CN")
    assert said(word) == "不定"
    assert said("Open") == "打开"
    assert sense("the word of a promise", "Open") == "不定"


def test_what_no_catalogue_holds_stays_english() -> None:
    speak("zh_CN")
    assert said("a sentence that nobody wrote") == "a sentence that nobody wrote"
    speak("fr")
    assert (language(), said("Back")) == ("fr", "Back")


def test_values_are_never_read_as_sentences() -> None:
    assert said("The year {year}", year="{plan} {year}") == "The year {plan} {year}"
    assert said("{year} {what}", year=2011) == "2011 {what}"


@pytest.mark.parametrize("name", ["", "zh-CN", "german", "../de", "zh_CN.po", "EN", "en\n"])
def test_what_is_no_language_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is no language"):
        speak(name)
    assert language() == "en"


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_SG.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "tlh:zh", "LANG": "de_DE.UTF-8"}, "zh_CN"),
        ({"LANGUAGE": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN@pinyin", "LANG": "en_GB"}, "zh_CN"),
        ({"LANG": "../../etc/passwd"}, "en"),
    ],
)
def test_the_environment_is_asked_as_gettext_asks_it(
    environment: dict[str, str], found: str
) -> None:
    assert wanted(environment) == found


def test_numbers_keep_their_form_and_units_are_words() -> None:
    speak("zh_CN")
    assert amount(1284, "billion yuan") == "1,284 十亿"
    assert amount(31, "billion yuan a year") == "31 十亿/年"
    assert amount(0.71, "share") == "71%"
    assert change(-0.05, "share") == "-5.0个点"
    assert listed(("甲", "乙", "丙")) == "甲、乙和丙"


def test_the_languages_are_those_with_a_catalogue() -> None:
    assert words.languages() == ("en", "zh_CN")
