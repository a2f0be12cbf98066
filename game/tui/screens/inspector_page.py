"""The words of the event inspector: a row of its list, and the page about one entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from game.campaign.tried import number
from game.campaign.wording import amount
from game.tui.text import BAD, GOOD, KEY, MUTED, WARN, Cell, hung, lines, plain, row, say
from game.tui.widgets.rows import Row
from game.words import counted, later, said

if TYPE_CHECKING:
    from game.campaign.inspecting import Inspector, Page, Spot, Standing
    from game.campaign.records import Option
    from game.campaign.tried import Clause, Trial

STYLES = {"comes": "bold $text-accent", "active": WARN, "could": GOOD, "waits": MUTED}
SIGNS = {"comes": "●", "active": "◆", "could": "○", "waits": "·"}
PARTS = {
    "when": later("when"),
    "starts": later("starts"),
    "ends": later("ends"),
    "warns": later("warns"),
}


def row_of(standing: Standing) -> Row:
    """A row of the list: a sign, the title, how it stands."""
    spot = standing.best

    def build(width: int) -> Content:
        style = STYLES[spot.status]
        return row(
            width,
            [
                Cell(SIGNS[spot.status], style, 1),
                Cell(standing.title),
                Cell(short(spot), style, 9, True),
            ],
        )

    return Row(standing.id, build)


def short(spot: Spot) -> str:
    """How a spot stands, in nine columns at most."""
    match spot.status, spot.why:
        case _, "forced":
            return said("by hand")
        case "comes", _:
            return said("comes")
        case "active", "ends":
            return said("ends")
        case "active", "begins":
            return said("begins")
        case "active", _:
            return said("active")
        case "could", _:
            return f"{100 * (spot.chance or 0):.1f}%"
        case _, "scheduled":
            return said("due {year}", year=spot.year)
        case _, "rests":
            return said("to {year}", year=spot.year)
        case _, "once":
            return said("was {year}", year=spot.year)
        case _, "by-hand":
            return said("by others")
        case _, "request":
            return said("request")
        case _, "visit":
            return said("visit")
        case _:
            return said("locked")


def stands(spot: Spot, inspector: Inspector) -> str:
    """How a spot stands, in a sentence."""
    year = inspector.year
    match spot.status, spot.why:
        case "comes", "forced":
            return said("Comes in {year}: triggered by hand.", year=year)
        case "comes", "scheduled":
            return said("Comes in {year}: it was scheduled.", year=year)
        case "comes", _:
            return said("Comes in {year}: {dice}.", year=year, dice=dice(spot))
        case "active", "begins":
            return said("Begins in {year}.", year=year)
        case "active", "ends":
            return said("Active; ends in {year}.", year=year)
        case "active", _:
            return said("Active.")
        case "could", "no-room":
            return said("Could come, and no stop is left for it: {dice}.", dice=dice(spot))
        case "could", _:
            return said("Could come: {dice}.", dice=dice(spot))
        case _, "forced":
            return said("Waits: triggered by hand for {year}.", year=spot.year)
        case _, "scheduled":
            return said("Waits: it is due in {year}.", year=spot.year)
        case _, "rests":
            came = spot.hold.resting
            return said("Waits: it came in {came} and rests to {year}.", came=came, year=spot.year)
        case _, "once":
            return said("Waits: it came in {year}, and comes once a campaign.", year=spot.year)
        case _, "by-hand":
            return said("Waits: it has no chance of its own; others schedule it.")
        case _, "request" | "visit":
            return said("Waits: it is offered at its beat, as a {beat}.", beat=spot.why)
        case _:
            return said("Waits: its condition does not hold.")


def dice(spot: Spot) -> str:
    """The dice of the year: `draw 0.31, chance 0.12: no`."""
    if spot.chance is None or spot.draw is None:
        return ""
    hit = said("yes") if spot.draw < spot.chance else said("no")
    return said(
        "draw {draw}, chance {chance}: {hit}",
        draw=f"{spot.draw:.3f}",
        chance=f"{spot.chance:.3f}",
        hit=hit,
    )


def page_of(page: Page, inspector: Inspector, width: int, *, can: bool) -> Content:
    """All about one entry, laid out for a width."""
    parts = [
        say((page.standing.title, "bold $text-accent")),
        say((page.standing.id, MUTED)),
        *_here(page),
        plain(hung(stands(page.spot, inspector), width, ""), STYLES[page.spot.status]),
    ]
    for trial in page.trials:
        parts += _trial(trial, page, width)
    parts += _chance(page, width)
    parts += _places(page, width)
    if page.does:
        parts += [plain(""), say((said("Does"), KEY))]
        parts += [plain(hung(one, width)) for one in page.does]
    parts += _options(page, width, inspector.model.scenario.currency)
    due = [(y, s) for y, name, s in inspector.queue if name == page.standing.id]
    if due:
        listed = ", ".join(f"{year}{f' {sector}' if sector else ''}" for year, sector in due)
        parts += [plain(""), say((f"{said('Due')}  ", KEY), listed)]
    if page.where:
        parts += [plain(""), say((said("Written in"), KEY)), plain(hung(near(page.where), width))]
    if can:
        parts += [plain(""), _keys(page)]
    return lines(parts)


def near(where: str) -> str:
    """A file and line, from the working folder where it lies under that."""
    try:
        return str(Path(where).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return where


def _keys(page: Page) -> Content:
    keys = [("t ", KEY), (said("triggers it") + "   ", MUTED)]
    if page.spot.hold:
        keys += [("x ", KEY), (said("expires it") + "   ", MUTED)]
    return say(*keys)


def _here(page: Page) -> Iterator[Content]:
    """The sector that is looked at, where there is one."""
    count = len(page.standing.spots)
    if page.spot.place is not None:
        more = said("one of {count}; s: the next", count=count) if count > 1 else ""
        yield say((page.spot.name, "bold"), (f"   {more}", MUTED))


def _places(page: Page, width: int) -> Iterator[Content]:
    """Each sector and how it stands there; the one that is looked at is marked."""
    spots = page.standing.spots
    if len(spots) == 1:
        return
    yield plain("")
    yield say((said("Sectors"), KEY))
    for spot in spots:
        here = spot.place == page.spot.place
        cells = [
            Cell("▸" if here else " ", KEY, 1),
            Cell(spot.name, "bold" if here else ""),
            Cell(short(spot), STYLES[spot.status], 9, True),
        ]
        yield row(min(width, 40), cells)


def _answer(*, holds: bool) -> tuple[str, str]:
    return (f"✓ {said('yes')}", GOOD) if holds else (f"✗ {said('no')} ", BAD)


def _trial(trial: Trial, page: Page, width: int) -> Iterator[Content]:
    """A condition: whether it holds, and each of its clauses with the numbers of both sides."""
    yield plain("")
    word, style = _answer(holds=trial.holds)
    yield say((f"{said(PARTS[trial.part])}  ", KEY), (word.rstrip(), style))
    for clause in trial.clauses:
        yield from _clause(clause, width)
    if trial.reported is not None and trial.reported != trial.holds:
        answer = said("yes") if trial.reported else said("no")
        words = said("as reported, which bulletins go by: {answer}", answer=answer)
        yield plain(hung(words, width), MUTED)


def _clause(clause: Clause, width: int) -> Iterator[Content]:
    word, style = _answer(holds=clause.holds)
    indent = "  " * (clause.depth + 1)
    first, *rest = hung(clause.says, width - len(indent) - 6, "").split("\n")
    yield say(indent, (f"{word} ", style), first)
    for line in rest:
        yield plain(f"{indent}      {line}")


def _chance(page: Page, width: int) -> Iterator[Content]:
    if page.chance_now is None:
        return
    yield plain("")
    yield say((f"{said('chance')}  ", KEY), number(page.chance_now), (f"  {said('a year')}", MUTED))
    if page.chance != number(page.chance_now):
        yield plain(hung(f"= {page.chance}", width), MUTED)


def _options(page: Page, width: int, currency: str) -> Iterator[Content]:
    """The answers: what they cost, whether they are open, what they would do."""
    for option, does in zip(page.options, page.option_does, strict=False):
        yield plain("")
        mark = f"  {said('(default)')}" if option.default else ""
        yield say((said("answer") + " ", KEY), (option.id, "bold"), (mark, MUTED))
        yield plain(hung(option.label, width))
        if option.can:
            yield say("  ", (f"✓ {said('open')}", GOOD), (f"   {_price(option, currency)}", MUTED))
        else:
            yield say("  ", (f"✗ {said('shut')}", BAD), (f"   {_price(option, currency)}", MUTED))
            yield plain(hung(option.why_not, width))
        for one in does:
            yield plain(hung(one, width, "    "), MUTED)


def _price(option: Option, currency: str) -> str:
    parts = []
    if option.money:
        parts.append(amount(option.money, currency))
    if option.capital:
        parts.append(said("{number} capital", number=f"{option.capital:g}"))
    if option.favour:
        parts.append(said("a favour of {person}", person=option.favour))
    if option.dossiers:
        parts.append(counted("one dossier", "{count} dossiers", option.dossiers))
    return ", ".join(parts) or said("free")
