"""Lines that several screens share: readings, clocks, prices, causes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.content import Content

from game.campaign.records import (
    REPORTED,
    Cause,
    Clock,
    Happening,
    Mechanism,
    Option,
    Quote,
    Reading,
)
from game.campaign.wording import A_YEAR, amount, change, joined
from game.tui.names import Names
from game.tui.text import BAD, GOOD, KEY, MUTED, QUOTE, WARN, Cell, Part, fit, paragraphs, row, say
from game.words import later, said

SIGNS = {
    "event": "·", "choice": "·", "situation": "!", "over": "·", "near": "…", "warning": "!",
    "echo": "“", "note": "·",
}  # fmt: skip
FREE = later("no price today")
HEADS = {"near": later("Not this year:"), "warning": later("Watch:")}


def verdict(reading: Reading) -> tuple[str, str]:
    """How a reading moved, in a sign and a word, and the style of that."""
    if reading.before is None or not _moved(reading):
        return said("= as before"), MUTED
    up = reading.reported > reading.before
    sign = said("+ up") if up else said("- down")
    if reading.good == "neither":
        return sign, MUTED
    good = up == (reading.good == "up")
    words = said("{sign}, good", sign=sign) if good else said("{sign}, bad", sign=sign)
    return words, GOOD if good else BAD


def _moved(reading: Reading) -> bool:
    """Whether a number has moved by as much as is written of it."""
    before = reading.before if reading.before is not None else reading.reported
    words = change(reading.reported - before, reading.unit)
    return any(digit in words for digit in "123456789")


def reading_line(reading: Reading, width: int) -> Content:
    """A number, its change and the word for it; the true number where it was opened."""
    word, style = verdict(reading)
    moved = ""
    if reading.before is not None and _moved(reading):
        unit = reading.unit.removesuffix(A_YEAR)
        moved = change(reading.reported - reading.before, unit)
    value = amount(reading.reported, reading.unit)
    if reading.true is not None:
        value += " " + said("| true {true}", true=amount(reading.true, reading.unit))
    return row(
        width,
        [
            Cell(reading.title, share=3),
            Cell(value, "bold", 15 if reading.true is None else 22, True),
            Cell(moved, MUTED, 13, True),
            Cell(word, style, 11),
        ],
    )


def clock_line(clock: Clock, width: int) -> Content:
    """A clock in six steps, with its words; a step taken this year stands out."""
    steps = max(0, min(6, clock.steps))
    room = width - (26 if width < 84 else 30) - 10
    says = clock.says
    if cell_len(says) > room:
        says = says.removesuffix(f" {said(REPORTED)}")
    if cell_len(says) > room and clock.name and says.startswith(clock.name):
        numbers = says.removeprefix(clock.name)
        says = fit(clock.name, max(4, room - cell_len(numbers))).rstrip() + numbers
    face = "#" * steps + "." * (6 - steps)
    style = BAD if steps >= 5 else WARN if steps >= 3 else ""
    moved = "+" if clock.steps > clock.was else "-" if clock.steps < clock.was else " "
    return row(
        width,
        [
            Cell(clock.title, "", 26 if width < 84 else 30),
            Cell(face, f"bold {style}".strip(), 6),
            Cell(moved, f"bold {style}".strip(), 1),
            Cell(says, MUTED),
        ],
    )


def happening_line(happening: Happening) -> Content:
    """A line of a bulletin."""
    kind = happening.kind
    style = {"warning": WARN, "situation": WARN, "near": MUTED, "echo": "italic"}.get(kind, "")
    head = said(HEADS[kind]) if kind in HEADS else ""
    text = happening.text if happening.text.startswith(head) else f"{head} {happening.text}"
    return say((f"{SIGNS.get(kind, '·')} ", KEY), (text, style))


def price(option: Option, names: Names) -> str:
    """What an option costs, in a few words."""
    parts = []
    if option.money:
        parts.append(names.money(option.money))
    if option.capital:
        parts.append(said("{capital} capital", capital=f"{option.capital:g}"))
    if option.dossiers:
        parts.append(said("{dossiers} dossier of the next desk", dossiers=option.dossiers))
    if option.favour:
        who = names.person(option.favour)
        parts.append(
            said("a favour of {who}", who=who)
            if not parts
            else said("or a favour of {who}", who=who)
        )
    if option.pledge is not None:
        parts.append(said("# pledge: {pledge}", pledge=names.pledge(option.pledge)))
    return joined(parts) or said(FREE)


def cause_line(cause: Cause, moved: str, width: int) -> Content:
    """A row of a ledger: what it `moved`, words, grade, source."""
    style = GOOD if cause.amount > 0 else BAD if cause.amount < 0 else MUTED
    source = cause.passages[0].split("-")[0] if cause.passages else ""
    strength = (
        (" " + said("(here at {strength} of the usual)", strength=f"{cause.strength:.1f}"))
        if cause.strength != 1.0
        else ""
    )
    mark = "›" if cause.opens or cause.passages else " "
    year = str(cause.year) if cause.year is not None else ""
    return row(
        width,
        [
            Cell(moved, f"bold {style}", 13, True),
            Cell(cause.text + strength, "", share=4),
            Cell(year, MUTED, 4 if year else -1),
            Cell(said(cause.grade), MUTED, 10),
            Cell(source, MUTED, 12 if width >= 84 else -1),
            Cell(mark, KEY, 1),
        ],
    )


def quote_lines(quote: Quote) -> Content:
    """A passage with where it stands."""
    parts: list[Part] = []
    if quote.text:
        parts.append((f"“{paragraphs(quote.text)}”", QUOTE))
        parts.append("\n")
    elif quote.claim:
        parts += [(paragraphs(quote.claim), QUOTE), "\n"]
    parts.append((quote.source, f"bold {MUTED}"))
    if quote.document:
        parts.append((f"  {quote.document}", MUTED))
    return say(*parts)


def grades_line(grades: Sequence[tuple[str, float]]) -> str:
    """Shares by grade in whole per cents that add up to a hundred, by largest remainder."""
    parts = [int(share * 100) for _, share in grades]
    rests = sorted(range(len(parts)), key=lambda i: parts[i] - grades[i][1] * 100)
    for i in rests[: 100 - sum(parts)]:
        parts[i] += 1
    return joined(
        f"{part}% {said(grade)}" if part else said("under 1% {grade}", grade=said(grade))
        for part, (grade, _) in zip(parts, grades, strict=True)
    )


def mechanism_line(one: Mechanism) -> Content:
    """A mechanism and its share of what moved; a lone passage by what it claims."""
    return say((f"  {one.share * 100:.0f}% ", "bold"), (one.title or one.text, "bold"))


def cause_builder(cause: Cause, moved: str) -> Callable[[int], Content]:
    """A row of a ledger for a list."""
    return lambda width: cause_line(cause, moved, width)


def reading_builder(reading: Reading) -> Callable[[int], Content]:
    """A number's line for a list."""
    return lambda width: reading_line(reading, width)
