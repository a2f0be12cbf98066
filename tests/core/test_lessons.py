"""Lessons: nearly every mechanism is told of once, at a length that is read; steps are short."""

from __future__ import annotations

from collections import Counter

from game.packs import Pack
from game.packs.schema_lab import Lesson


def told(core: Pack) -> list[Lesson]:
    """The lessons that tell of a mechanism."""
    return [lesson for lesson in core.lessons.values() if lesson.because]


def steps(core: Pack) -> list[Lesson]:
    """The steps of guided scenarios."""
    return [lesson for lesson in core.lessons.values() if lesson.at is not None]


def questions(lesson: Lesson) -> tuple[str, ...]:
    """What a lesson gives to argue over."""
    if lesson.asks is None:
        return ()
    return (lesson.asks,) if isinstance(lesson.asks, str) else lesson.asks


def test_nine_mechanisms_and_tensions_in_ten_belong_to_a_lesson(core: Pack) -> None:
    wanted = {
        name
        for name, passage in core.passages.items()
        if passage.kind in {"mechanism", "tension"} and not passage.extra
    }
    found = {passage for lesson in told(core) for passage in lesson.because}

    assert len(wanted & found) >= 0.9 * len(wanted), sorted(wanted - found)


def test_no_passage_belongs_to_more_than_two_lessons(core: Pack) -> None:
    counts = Counter(passage for lesson in told(core) for passage in lesson.because)

    assert {name: count for name, count in counts.items() if count > 2} == {}


def test_a_lesson_is_short_and_gives_something_to_argue_over(core: Pack) -> None:
    for lesson in told(core):
        assert 60 <= len(lesson.text.split()) <= 110, lesson.id
        assert 1 <= len(questions(lesson)) <= 3, lesson.id
        assert all(question.endswith((".", "?")) for question in questions(lesson)), lesson.id
        assert any("?" in question for question in questions(lesson)), lesson.id


def test_titles_name_one_lesson_each(core: Pack) -> None:
    titles = [lesson.title for lesson in core.lessons.values() if lesson.at is None]

    assert len(set(titles)) == len(titles)


def test_steps_are_a_few_lines_and_belong_to_guided_scenarios(core: Pack) -> None:
    for step in steps(core):
        assert step.scenario is not None
        assert core.scenarios[step.scenario].guided, step.id
        assert len(step.text.split()) <= 45, step.id


def test_a_guided_scenario_leads_from_the_letter_to_the_ending(core: Pack) -> None:
    for scenario in core.scenarios.values():
        if scenario.guided:
            places = {step.at for step in steps(core) if step.scenario == scenario.id}
            orders = [step.order for step in steps(core) if step.scenario == scenario.id]

            assert {"opening", "desk", "promise", "lock", "year", "review", "ending"} <= places
            assert len(set(orders)) == len(orders)
