"""The words of an ending, in the order in which they are read."""

from __future__ import annotations

from textual.content import Content

from game.campaign.records import Ending
from game.campaign.wording import amount, joined
from game.tui.names import Names
from game.tui.screens.facts import grades_line, mechanism_line, quote_lines
from game.tui.text import GOOD, KEY, MUTED, WARN, Cell, lines, paragraphs, plain, row, say
from game.words import said

BOOKS = 8
STRENGTHS = 5


def page(ending: Ending, names: Names, width: int) -> Content:
    """The whole page."""
    parts = [
        say((ending.title, "bold $text-accent")),
        plain(""),
        say((f"{ending.year}. ", "italic"), paragraphs(ending.text)),
        plain(""),
        *_balances(ending, width),
        *_books(ending, width),
        *_after(ending),
        *_people(ending, names),
        *_yours(ending),
        *_one_thing(ending),
        *_passages(ending),
    ]
    return lines(parts)


def _balances(ending: Ending, width: int) -> list[Content]:
    parts = []
    for title, value in ending.balances:
        filled = round(max(0.0, min(100.0, value)) / 100 * 24)
        rail = "━" * filled + "·" * (24 - filled)
        cells = [Cell(title, "", 30), Cell(rail, GOOD, 24), Cell(f"{value:.0f}", "bold", 4, True)]
        parts.append(row(min(width, 62), [*cells, Cell("")]))
    return [*parts, plain("")] if parts else []


def _books(ending: Ending, width: int) -> list[Content]:
    if not ending.books:
        return []
    parts = [say((said("The books."), KEY), ((" " + said("Reported against true.")), MUTED))]
    for reading in ending.books[:BOOKS]:
        true = reading.true if reading.true is not None else reading.reported
        same = abs(true - reading.reported) < 1e-9
        parts.append(
            row(
                min(width, 70),
                [
                    Cell("  " + reading.title),
                    Cell(amount(reading.reported, reading.unit), "", 15, True),
                    Cell(said("true"), MUTED, 4),
                    Cell(amount(true, reading.unit), "bold" if same else f"bold {WARN}", 15, True),
                ],
            )
        )
    for says, strength in ending.strengths[:STRENGTHS]:
        parts.append(
            say(
                ("  ", ""),
                says,
                (
                    ("  " + said("here at {strength} of the usual", strength=f"{strength:.1f}")),
                    MUTED,
                ),
            )
        )
    return [*parts, plain("")]


def _after(ending: Ending) -> list[Content]:
    if not ending.after:
        return []
    parts = [
        say((said("The ten years after."), KEY), ((" " + said("In 256 worlds carried on:")), MUTED))
    ]
    parts += [say("  ", what, ("  ", ""), (how, "bold")) for what, how in ending.after]
    return [*parts, plain("")]


def _people(ending: Ending, names: Names) -> list[Content]:
    if not ending.codas and not ending.pledges:
        return []
    parts = [say((said("People."), KEY))]
    parts += [say("  ", words) for _, words in ending.codas]
    for pledge in ending.pledges:
        who = names.person(pledge.to)
        parts.append(
            say(
                "  ",
                (
                    said(
                        "The pledge to {who} outlives you: {pledge}.",
                        who=who,
                        pledge=names.pledge(pledge),
                    ),
                    WARN,
                ),
            )
        )
    return [*parts, plain("")]


def _yours(ending: Ending) -> list[Content]:
    parts: list[Content] = []
    if ending.aim is not None:
        what, held = ending.aim
        verdict = (said("yes."), f"bold {GOOD}") if held else (said("no."), f"bold {WARN}")
        parts.append(say(((said("Your aim,") + " "), KEY), (f"“{what}”: ", "italic"), verdict))
    for year, sentence in ending.sentences:
        parts.append(
            say(((said("You wrote in {year}:", year=year) + " "), KEY), (f"“{sentence}”", "italic"))
        )
    if ending.told:
        told = "; ".join(
            said("in {year}, “{hint}”", year=year, hint=hint) for year, hint in ending.told
        )
        parts.append(say(((said("You were told:") + " "), KEY), told))
    return [*parts, plain("")] if parts else []


def _one_thing(ending: Ending) -> list[Content]:
    if ending.one_thing is None:
        return []
    what, worlds = ending.one_thing
    others = joined(
        said("{title} in {count} worlds of 100", title=title, count=count)
        for title, count in worlds
    )
    return [
        say(
            ((said("One thing changed:") + " "), KEY),
            (said("{what}, same dice:", what=what) + " "),
            (others, "bold"),
            ".  ",
            ("b", KEY),
            ((" " + said("goes there.")), MUTED),
        ),
        plain(""),
    ]


def _passages(ending: Ending) -> list[Content]:
    parts: list[Content] = []
    if ending.grades:
        words = grades_line(ending.grades)
        parts += [say(((said("What moved rests on:") + " "), MUTED), words), plain("")]
    if ending.mechanisms:
        parts.append(plain(said("What moved the balances most:"), MUTED))
    parts += [mechanism_line(one) for one in ending.mechanisms]
    if ending.mechanisms:
        parts.append(plain(""))
    for quote in ending.passages:
        parts += [quote_lines(quote), plain("")]
    if ending.asks:
        parts.append(say(((said("To argue over:") + " "), KEY), ending.asks))
    return parts
