"""Numbers against their marks: with the right unit, told apart, and true where events are."""

from __future__ import annotations

from game.campaign import Campaign, Forecaster
from game.campaign.marks import compared, in_words
from game.campaign.records import Card, DraftAsk
from game.campaign.wording import apart, held, summed
from tests.campaign.packs import core
from tests.campaign.support import asked, careful, play, step


def test_numbers_that_round_alike_get_more_decimals() -> None:
    assert apart(0.86, 0.64, "share") == ("86%", "64%")
    assert apart(0.8612, 0.86, "share") == ("86.1%", "86.0%")
    assert apart(0.49996, 0.5, "share") == ("49.996%", "50.000%")
    assert apart(0.0041, 0.004, "share", moved=True) == ("+0.41 points", "+0.40 points")
    assert apart(-0.012, 0.008, "share", moved=True) == ("-1.2 points", "+0.8 points")


def test_capital_is_never_rounded_up_to_what_cannot_be_spent() -> None:
    assert held(1.99) == "1.9"
    assert held(0.459354) == "0.4"
    assert held(3.0) == "3"


def test_a_change_is_shown_as_a_change_and_holds() -> None:
    campaign = play(Campaign.new(core(), 1), careful, 10)
    sight = campaign.game.now(campaign.position)
    clause = sight.expression("change(product_mean) < 0.9")
    found = compared(sight, clause)

    assert found is not None
    assert found.holds
    words = in_words(sight, found)
    assert words is not None
    title, now, mark = words
    assert "change in a year" in title
    assert now[0] in "+-"
    assert now.endswith(" points")
    assert mark == "+90 points"


def test_what_keeps_no_unit_is_not_given_one() -> None:
    campaign = play(Campaign.new(core(), 1), careful, 3)
    sight = campaign.game.now(campaign.position)
    for text in ("demand[steel] / capacity[steel] > 0.5", "count(foreign_access < 0.9) > -1"):
        found = compared(sight, sight.expression(text))

        assert found is not None
        assert in_words(sight, found) is None


def test_a_reported_number_that_hides_the_cause_is_called_out() -> None:
    seen = 0
    for seed in range(1, 4):
        campaign = Campaign.new(core(), seed)
        for _ in range(30):
            step(campaign, careful)
            ask = campaign.ask
            for line in ask.why_now if isinstance(ask, Card) else ():
                seen += 1
                now, _, mark = line.rpartition(", ")
                assert mark.startswith(("in truth ", "below", "above", "at "))
                assert now
    assert seen > 3


def test_a_warning_is_not_said_again_while_nothing_moves() -> None:
    campaign = play(Campaign.new(core(), 1), careful, 60)
    near = [
        (report.year, one.id)
        for report in campaign.reports
        for one in report.happenings
        if one.kind == "near"
    ]

    for year, name in near:
        assert not any(other == name and 0 < year - then < 3 for then, other in near)


def test_echoes_that_only_an_answer_sets_going_are_not_counted_as_kinds() -> None:
    campaign = asked(Campaign.new(core(), 1), DraftAsk)
    forecaster = Forecaster(campaign)
    events = [one for one in core().pack.events.values() if one.beat is None]
    by_chance = [one for one in events if one.chance not in ("0", "0.0")]

    assert forecaster.kinds < len(events)
    assert len(by_chance) <= forecaster.kinds <= len(by_chance) + forecaster.met


def test_rows_add_up_as_they_are_written() -> None:
    words, total = summed((-0.0048, 0.0042, 0.0013, 0.0011, 0.0008, 0.0029), 0.0056, "share")
    shown = [float(word.removesuffix(" points")) for word in words]

    assert total == "+0.6 points"
    assert round(sum(shown), 1) == 0.6
    assert summed((12.0, -3.0), 9.0, "billion yuan") == (("+12 bn", "-3 bn"), "+9 bn")
