"""How dossiers and offers look on the desk, on one line where there is room and on two else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from game.campaign.decisions import UNITS, Dossier
from game.campaign.offered import DraftAsk, Offer
from game.campaign.wording import amount, held, money_word
from game.tui.names import TitleNames
from game.tui.text import BAD, GOOD, KEY, MUTED, WARN, Cell, bar, lines, plain, row, say, spaced
from game.tui.widgets.rows import Row
from game.words import ENGLISH, counted, language, said

if TYPE_CHECKING:
    from game.campaign import Draft

LETTERS = "abcdegmnortvyz"
"""Keys of offers: the letters that the desk needs for nothing else."""
ONE_LINE = 60


def dossier_rows(draft: Draft, names: TitleNames) -> list[Row]:
    """The desk's slots: dossiers, then the empty ones, then the line that opens more."""
    rows = [_dossier(i, dossier, draft, names) for i, dossier in enumerate(draft.dossiers, start=1)]
    rows += [_empty(slot) for slot in range(len(draft.dossiers) + 1, draft.slots + 1)]
    if len(draft.dossiers) >= draft.slots:
        rows.append(Row("+", lambda _: say(("+ ", KEY), (said("open one more"), MUTED))))
    return rows


def money_of(draft: Draft, dossier: Dossier) -> float:
    """What the dossier's cells take over the plan, in billion yuan."""
    return sum(
        value
        for (line, sector), value in draft.allocation.items()
        if line in dossier.lines and sector == dossier.sector
    )


def _dossier(number: int, dossier: Dossier, draft: Draft, names: TitleNames) -> Row:
    knot = draft.knots.get(dossier.key, "")
    units = UNITS[dossier.weight]
    currency = draft.desk.currency
    money = amount(money_of(draft, dossier), currency)
    marks: list[str] = []
    if dossier.architecture not in (None, "mixed"):
        marks.append(said(str(dossier.architecture)))
    if dossier.sunset:
        marks.append(said("sunset"))

    digits = 2 if len(draft.dossiers) > 9 else 1

    def build(width: int) -> Content:
        weight = bar(1, units) + "·" * (4 - units)
        title = names.dossier(dossier)
        words = names.lines(dossier) + "".join(f" · {mark}" for mark in marks)
        if width >= ONE_LINE:
            cells = [
                Cell(str(number), KEY, digits),
                Cell(title, "bold", 21),
                Cell(weight, GOOD, 4),
                Cell(said(dossier.weight), MUTED, 6),
                Cell(words, "", share=3),
                Cell(f"# {knot}", WARN, share=2) if knot else Cell("", "", -1),
                Cell(money, "", _columns(currency, 9), True),
            ]
            return row(width, cells)
        first = row(
            width,
            [Cell(str(number), KEY, digits), Cell(title, "bold"), Cell(weight, GOOD, 4),
             Cell(said(dossier.weight), MUTED, 6), Cell(money, "", _columns(currency, 8), True)],
        )  # fmt: skip
        second = row(width, [Cell("", "", digits), Cell(words, MUTED)])
        if knot:
            third = row(width, [Cell("", "", digits), Cell(f"# {knot}", WARN)])
            return say(first, "\n", second, "\n", third)
        return say(first, "\n", second)

    return Row(dossier.key, build)


def _empty(slot: int) -> Row:
    return Row(f"empty:{slot}", lambda _: say((f"{slot} ", KEY), (said("(empty)"), MUTED)))


def offer_rows(
    offers: tuple[Offer, ...], draft: Draft, names: TitleNames, *, heads: bool
) -> list[Row]:
    """The proposals on the table, each with its letter; under their advisors where `heads`."""
    rows = []
    before = None
    for letter, offer in zip(LETTERS, offers, strict=False):
        if heads and offer.by.office != before:
            rows.append(_advisor(offer))
        before = offer.by.office
        rows.append(_offer(letter, offer, offer.id in draft.taken, names, named=not heads))
    return rows


def _columns(currency: str, least: int) -> int:
    """The columns for an amount, given those for one whose unit takes two."""
    return max(least, least - 2 + cell_len(money_word(currency)))


def _advisor(offer: Offer) -> Row:
    by = offer.by
    words = say((by.name, "bold $text-primary"), (f", {by.title}, {by.trait}", MUTED))
    return Row(f"by:{by.office}", lambda _: words, head=True)


def offer_title(offer: Offer, names: TitleNames) -> str:
    """What an offer would open: one dossier by name, several by their number."""
    if len(offer.dossiers) == 1:
        one = offer.dossiers[0]
        return f"{names.dossier(one)}, {said(one.weight)}"
    weights = {dossier.weight for dossier in offer.dossiers}
    kind = said(next(iter(weights)) if len(weights) == 1 else "mixed")
    return counted(
        "{count} dossier, {kind}", "{count} dossiers, {kind}", len(offer.dossiers), kind=kind
    )


def _short(offer: Offer, names: TitleNames) -> str:
    if len(offer.dossiers) == 1:
        return names.dossier(offer.dossiers[0], short=True)
    return counted("{count} dossier", "{count} dossiers", len(offer.dossiers))


def _heft(offer: Offer) -> str:
    if len(offer.dossiers) == 1:
        units = UNITS[offer.dossiers[0].weight]
        return bar(1, units) + "·" * (4 - units)
    return ""


def _offer(letter: str, offer: Offer, taken: bool, names: TitleNames, *, named: bool) -> Row:
    mark = "✓" if taken else " "
    colour = GOOD if taken else ""
    # An office's id is made of English words, and shorter than its title.
    office = spaced(offer.by.office) if language() == ENGLISH else offer.by.title
    who = f"{offer.by.name}, {office}"
    columns = _columns(names.currency, 8)

    def build(width: int) -> Content:
        knot = Cell("#", WARN, 1) if offer.pledge is not None else Cell("", "", 1)
        title = Cell(_short(offer, names), f"bold {colour}".strip(), 17 if width >= ONE_LINE else 0)
        if width >= ONE_LINE:
            roomy = width >= 90
            by = (20 if roomy else 8) if named else -1
            cells = [
                Cell(letter, KEY, 1),
                Cell(mark, GOOD, 1),
                Cell(who if roomy else offer.by.name, MUTED, by),
                title,
                Cell(_heft(offer), GOOD, 4),
                knot,
                Cell(names.money(offer.cost), "", columns, True),
            ]
            # On a narrow desk the words of who has the cursor stand whole below the table.
            words = [Cell(f"“{offer.says}”", "italic", share=5)] if roomy else []
            return row(width, [*cells, *words, Cell(offer.gets, MUTED, share=3)])
        cost = Cell(names.money(offer.cost), "", columns, True)
        heft = Cell(_heft(offer), GOOD, 4)
        first = row(width, [Cell(letter, KEY, 1), Cell(mark, GOOD, 1), title, knot, heft, cost])
        second = row(width, [Cell("", "", 3), Cell(f"“{offer.says}” → {offer.gets}", MUTED)])
        return say(first, "\n", second)

    return Row(offer.id, build)


def money_line(draft: Draft, width: int) -> Content:
    """Money left, as a bar and in words."""
    share = draft.money_left / draft.budget if draft.budget > 0 else 0.0
    currency = draft.desk.currency
    left = amount(draft.money_left, currency).removesuffix(f" {money_word(currency)}")
    words = " " + said("left {left} of {budget}", left=left, budget=amount(draft.budget, currency))
    if draft.upkeep > 0.0:
        upkeep = amount(draft.upkeep, currency).removesuffix(f" {money_word(currency)}")
        words += said(", upkeep {upkeep}", upkeep=upkeep)
    long = max(4, min(16, width - cell_len(words) - 8))
    filled = bar(share, long)
    style = BAD if draft.money_left < 0 else GOOD
    return say(
        said("money") + " ", (filled, style), ("·" * (long - len(filled)), MUTED), (words, "bold")
    )


def dilution_line(draft: Draft) -> Content:
    """What the number of dossiers does to every line, in words."""
    words = counted(
        "{count} dossier on a desk for {slots}",
        "{count} dossiers on a desk for {slots}",
        draft.priorities,
        slots=draft.slots,
    )
    if draft.dilution >= 0.9995:
        return say((said("{words}: every line delivers in full", words=words), MUTED))
    part = f"{draft.dilution * 100:.0f}%"
    told = said("{words}: every line delivers {part}", words=words, part=part)
    return say((f"! {told}", f"bold {WARN}"))


def plan_title(ask: DraftAsk) -> str:
    """The plan and its years."""
    return said(
        "{title}, {first}–{last}", title=ask.title, first=ask.first_year, last=ask.last_year
    )


def what_is_left(draft: Draft, names: TitleNames) -> Content:
    """The money and the political capital that a draft leaves, in short."""
    have = draft.desk.capital
    spends = held(have)
    if abs(draft.capital_left - have) > 0.05:
        spends += f" → {held(draft.capital_left)}"
    return say(
        (said("{left} left", left=names.money(draft.money_left)), "bold"),
        (" · ", MUTED),
        (said("capital {spends}", spends=spends), "bold"),
    )


def capital_line(draft: Draft, have: float) -> Content:
    """What the changes of the desk cost, if anything."""
    if not draft.prices:
        return say((said("capital") + " ", MUTED), (held(have), "bold"))
    parts = "; ".join(f"{reason} {-price:+g}" for reason, price in draft.prices)
    style = BAD if draft.capital_left < 0 else WARN
    return say(
        (said("capital") + " ", MUTED),
        (f"{held(have)} → {held(draft.capital_left)}", f"bold {style}"),
        (f"  ({parts})", MUTED),
    )


def offer_details(offer: Offer, names: TitleNames) -> Content:
    """An offer in full, for the panel beside the table."""
    parts: list[Content] = [
        say((offer_title(offer, names), "bold"), (f"  {names.money(offer.cost)}", "")),
        say((f"{offer.by.name}, {offer.by.title} ({offer.by.trait})", MUTED)),
        plain(f"“{offer.says}”", "italic"),
        say((said("gets") + "  ", MUTED), offer.gets),
    ]
    parts += [
        say((said("opens") + " ", MUTED), f"{names.dossier(one)}: {names.lines(one)}")
        for one in offer.dossiers
    ]
    if offer.pledge is not None:
        parts.append(say((said("#     binds: {pledge}", pledge=names.pledge(offer.pledge)), WARN)))
    return Content("\n").join(parts)


def offer_line(offer: Offer, names: TitleNames) -> Content:
    """An offer in two lines, for the narrow desk."""
    opens = "; ".join(f"{names.dossier(d)}: {names.lines(d)}" for d in offer.dossiers[:2])
    binds = (
        ("  " + said("# binds: {pledge}", pledge=names.pledge(offer.pledge)))
        if offer.pledge is not None
        else ""
    )
    return say(
        (f"{offer.by.name}, {offer.by.title}: ", MUTED), (f"“{offer.says}” ", "italic"),
        (said("gets") + " ", MUTED), f"{offer.gets}. ", (f"{opens}, ", MUTED),
        (names.money(offer.cost), "bold"), (binds, WARN),
    )  # fmt: skip


def dossier_details(dossier: Dossier | None, names: TitleNames) -> Content:
    """The lines of a dossier, or what an empty slot is for."""
    if dossier is None:
        return plain(said("An empty slot. Take an offer, or press Enter to open a dossier."), MUTED)
    parts = [say((names.dossier(dossier), "bold"))]
    parts += [
        say(names.instrument(line), (f"  {names.says(line)}", MUTED)) for line in dossier.lines
    ]
    return lines(parts)


def hint(draft: Draft) -> str:
    """What can be done with the table now."""
    free = draft.slots - len(draft.dossiers)
    if free > 1:
        return said(
            "You can take {free} more. Press a letter; press it again to put it back.", free=free
        )
    if free == 1:
        return said("You can take one more. Press a letter; press it again to put it back.")
    return said("Press a letter to take, and again to put back. p goes on.")
