"""A whole campaign through the real screens, by keyboard alone, at 80x24."""

from __future__ import annotations

from pathlib import Path

from game.campaign.decisions import Answer, Begin, Count, MidTerm, Plan, Visit
from tests.tui.screens import TO_ENDING, playing, press
from tests.tui.snapshots import screen_text


async def test_a_campaign_is_played_from_the_letter_to_the_ending(tmp_path: Path) -> None:
    async with playing(tmp_path, *TO_ENDING) as (app, pilot):
        assert app.session is not None
        decisions = app.session.campaign.decisions

        assert [type(one) for one in decisions] == [
            Begin, Plan, Answer, Visit, Answer, MidTerm, Count,
        ]  # fmt: skip
        assert "Small yard, tall hedge" in screen_text(app)
        assert decisions[-1] == Count(False)

        await press(pilot, ["enter"])

        assert app.session is None
        assert "You write the plan. Others carry it out." in screen_text(app)


async def test_the_plan_locked_is_the_desk_with_its_promises_and_sentence(tmp_path: Path) -> None:
    keys = ["1", "c", "p", "down", "s", "p", "tab", "O", "k", "enter"]
    async with playing(tmp_path, *keys) as (app, _):
        assert app.session is not None
        plan = app.session.campaign.decisions[1]

        assert isinstance(plan, Plan)
        assert [one.key for one in plan.dossiers] == ["sector:new_energy", "channel:science"]
        assert plan.proposals == ("offer-2",)
        assert [(one.measure, one.word) for one in plan.promises] == [
            ("sei_share", "likely"),
            ("utilisation[new_energy]", "sure"),
        ]
        assert plan.sentence == "Ok"


async def test_the_lock_can_be_left_and_nothing_is_decided(tmp_path: Path) -> None:
    async with playing(tmp_path, "p", "down", "s", "p", "escape", "escape", done=1) as (app, _):
        assert app.session is not None

        assert len(app.session.campaign.decisions) == 1
        assert type(app.screen).__name__ == "DeskScreen"


async def test_quiet_years_are_folded_into_the_next(tmp_path: Path) -> None:
    async with playing(tmp_path, done=6) as (app, _):
        shown = screen_text(app)

        assert "2013" in shown
        assert "a quiet year" in shown
        assert "The year 2014" in shown


async def test_enter_alone_answers_nothing(tmp_path: Path) -> None:
    for done, keys in ((0, ()), (2, ()), (3, ("enter",)), (6, ("enter",))):
        async with playing(tmp_path, *keys, done=done) as (app, pilot):
            assert app.session is not None
            asks = type(app.screen)
            await press(pilot, ["enter"])

            assert type(app.screen) is asks
            assert len(app.session.campaign.decisions) == done

            await press(pilot, ["down", "enter"])

            assert len(app.session.campaign.decisions) == done + 1


async def test_a_note_stands_once_and_goes_with_its_screen(tmp_path: Path) -> None:
    async with playing(tmp_path, "enter", "enter", "enter", done=2) as (app, pilot):
        notes = [note.message for note in app._notifications]
        assert len(notes) == 1
        assert "Nothing is chosen yet" in notes[0]
        await press(pilot, ["1"])
        assert not list(app._notifications)

        app.tell("The last word")
        await pilot.pause()
        app.to_menu()
        await pilot.pause()
        assert "The last word" not in screen_text(app)
        assert not list(app._notifications)
