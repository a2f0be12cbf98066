"""Money to support, and what choices cost."""

from __future__ import annotations

import pytest

from tests.engine.small import Cells, Game, asking, event, indicator, line, model

MILLS = [line("loans", "sector", ramp=2, half=10), line("schools", "nation", ramp=4, half=20)]


def test_spending_becomes_support_through_its_ramp_and_saturates_at_its_half_point() -> None:
    game = Game(model(*MILLS)).plan({("loans", "wool"): 50.0, ("schools", None): 100.0})
    smoothed = schooled = 0.0
    for _ in range(5):
        game.year()
        smoothed += (10 - smoothed) / 2
        schooled += (20 - schooled) / 4
        assert game.read("support.loans[wool]") == smoothed / (smoothed + 10)
        assert game.read("support.schools") == schooled / (schooled + 20)
        assert game.read("support.loans[steel]") == 0.0


def test_support_that_is_no_longer_paid_for_fades_through_the_same_ramp() -> None:
    game = Game(model(*MILLS)).plan({("loans", "wool"): 10.0}, years=1)
    game.year()
    game.plan({})
    seen = []
    for _ in range(3):
        game.year()
        seen.append(game.read("support.loans[wool]"))
    assert seen == [s / (s + 10) for s in (2.5, 1.25, 0.625)]


def test_a_line_with_a_ramp_of_one_year_works_at_once_and_stops_at_once() -> None:
    quick = line("loans", "sector", ramp=1)
    game = Game(model(quick, line("schools", "nation"))).plan({("loans", "wool"): 10.0}, years=1)
    game.year()
    assert game.read("support.loans[wool]") == 0.5
    game.plan({}).year()
    assert game.read("support.loans[wool]") == 0.0


def test_inherited_spending_has_long_been_at_work_when_a_campaign_starts() -> None:
    game = Game(model(*MILLS, inherited={"loans": {"wool": 30.0}}))
    assert game.read("support.loans[wool]") == 0.75
    assert game.read("spend.loans[wool]") == 30.0


def test_one_amount_for_a_sector_instrument_is_divided_over_the_sectors_in_play() -> None:
    game = Game(model(*MILLS, inherited={"loans": 30.0}, sectors=["wool", "paper"]))
    assert [game.read(f"spend.loans[{at}]") for at in ("steel", "wool", "paper")] == [0, 15, 15]


def test_a_larger_economy_needs_more_money_for_the_same_support() -> None:
    game = Game(model(*MILLS, scale="3", inherited={"loans": {"wool": 30.0}}))
    assert game.read("support.loans[wool]") == 0.5


def test_the_scale_of_a_start_reads_computed_indicators_too() -> None:
    size = indicator("size", **{"is": "gold / 2.5"})
    game = Game(model(*MILLS, size, scale="size", inherited={"loans": {"wool": 20.0}}))
    assert game.read("support.loans[wool]") == 0.5


def test_more_dossiers_than_the_desk_holds_dilute_all_support() -> None:
    dilution = "max(0.4, min(1, div(desk, priorities, 1)))"
    lines: Cells = {("loans", sector): 50.0 for sector in ("steel", "wool", "paper")}
    two = Game(model(*MILLS, dilution=dilution)).plan({("loans", "wool"): 50.0})
    three = Game(model(*MILLS, dilution=dilution)).plan(lines)
    two.year()
    three.year()
    assert three.read("priorities") == 3.0
    whole = two.read("support.loans[wool]")
    assert three.read("support.loans[wool]") == pytest.approx(whole * 2 / 3, rel=1e-12)


def test_a_dossier_counts_once_for_every_three_lines_of_a_sector_or_a_channel() -> None:
    many = [line(f"loan_{i}", "sector") for i in range(4)]
    many += [line(f"school_{i}", "nation") for i in range(3)]
    cells: dict[tuple[str, str | None], float] = {(f"loan_{i}", "wool"): 1.0 for i in range(4)}
    cells |= {(f"school_{i}", None): 1.0 for i in range(3)}
    cells["loan_0", "paper"] = 1.0
    cells["loan_1", "paper"] = 0.0
    assert Game(model(*many)).plan(cells).read("priorities") == 2 + 1 + 1


def test_what_the_lines_leave_of_the_budget_is_the_reserve_and_lapses_with_the_plan() -> None:
    game = Game(model(*MILLS)).plan({("loans", "wool"): 400.0})
    assert (game.read("budget"), game.read("reserve")) == (500.0, 0.2)
    game.plan({("loans", "wool"): 500.0})
    assert game.read("reserve") == 0.0


def test_a_price_comes_out_of_the_reserve_first() -> None:
    game = Game(model(*MILLS, asking("toll", {"id": "yes", "costs": 60})))
    game.plan({("loans", "wool"): 400.0})
    game.year({("toll", None): "yes"})
    assert game.read("reserve") == pytest.approx(40 / 500, rel=1e-15)
    assert game.read("spend.loans[wool]") == 80.0


def test_then_the_remaining_years_of_every_line_pay_in_proportion() -> None:
    game = Game(model(*MILLS, asking("toll", {"id": "yes", "costs": 100})))
    game.plan({("loans", "wool"): 300.0, ("schools", None): 200.0})
    game.year({("toll", None): "yes"})
    # Four years of 100 bn remain; a quarter of that is gone.
    assert game.read("spend.loans[wool]") == pytest.approx(60 * 0.75, rel=1e-15)
    assert game.read("spend.schools") == pytest.approx(40 * 0.75, rel=1e-15)
    game.plan({("loans", "wool"): 300.0})
    assert game.read("spend.loans[wool]") == 60.0


@pytest.mark.parametrize(
    "choice",
    [
        {"costs": 401},
        {"costs": {"capital": 5.5}},
        {"costs": {"favour": "warden"}},
        {"when": "gold > 5"},
    ],
)
def test_an_answer_that_cannot_be_given_or_paid_becomes_the_default(
    choice: dict[str, object],
) -> None:
    game = Game(model(*MILLS, asking("toll", {"id": "yes", **choice})))
    game.plan({("loans", "wool"): 500.0})
    outcome = game.year({("toll", None): "yes"})
    assert [one.choice for one in outcome.happened if one.column == 0] == ["no"]
    assert game.read("gold") == 5.0
    assert game.read("spend.loans[wool]") == 100.0


def test_two_answers_of_one_year_cannot_spend_the_same_capital() -> None:
    tolls = [asking(name, {"id": "yes", "costs": {"capital": 3}}) for name in ("toll", "levy")]
    game = Game(model(*MILLS, *tolls)).plan()
    outcome = game.year({("toll", None): "yes", ("levy", None): "yes"})
    chosen = {one.id: one.choice for one in outcome.happened}
    assert chosen == {"levy": "yes", "toll": "no"}
    assert game.read("gold") == 2.0


def test_prices_of_one_year_read_the_snapshot_and_not_one_another() -> None:
    first = asking("a", {"id": "yes", "costs": 100})
    second = asking("b", {"id": "yes", "costs": "0.1 * 500 * reserve"})
    game = Game(model(*MILLS, first, second)).plan({("loans", "wool"): 250.0})
    game.year({("a", None): "yes", ("b", None): "yes"})
    assert game.read("reserve") * 500 == pytest.approx(250 - 100 - 25)


def test_a_favour_is_spent_by_name_and_a_dossier_is_owed_to_the_next_desk() -> None:
    gift = event("gift", cooldown=100, effects=[{"count": {"warden.favours": 1}}])
    ask = asking("toll", {"id": "yes", "costs": {"favour": "warden", "dossier": 1}})
    game = Game(model(*MILLS, gift, ask)).plan()
    game.year({("toll", None): "yes"})
    assert game.read('counter("warden.favours")') == 1.0
    game.year({("toll", None): "yes"})
    assert game.read('counter("warden.favours")') == 0.0
    assert game.plan().read("desk") == 1.0
    assert game.plan().read("desk") == 2.0


def test_a_locked_line_gets_nothing_until_it_is_unlocked() -> None:
    lock = event("lock", when="year == 2011", effects=[{"lock": "loans[wool]"}])
    unlock = event("unlock", when="year == 2013", effects=[{"unlock": "loans[wool]"}])
    game = Game(model(line("loans", "sector", ramp=1), lock, unlock))
    game.plan({("loans", "wool"): 50.0, ("loans", "paper"): 50.0})
    seen = []
    for _ in range(4):
        game.year()
        seen.append((game.read("support.loans[wool]"), game.read("support.loans[paper]")))
    assert seen == [(0.5, 0.5), (0.0, 0.5), (0.0, 0.5), (0.5, 0.5)]


def test_a_scale_of_nothing_gives_no_number_that_is_none() -> None:
    game = Game(
        model(*MILLS, scale="gold * 0", inherited={"loans": {"wool": 1.0}}), worlds=range(3)
    )
    game.plan({("schools", None): 10.0})
    game.year()
    assert 0.0 <= game.read("support.schools") <= 1.0
    assert game.read("support.loans[paper]") == 0.0
