"""People and pledges: who holds which office, what they want, what is promised to them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from game.campaign.records import Person
from game.tui.names import Names
from game.tui.screens.base import GameModal
from game.tui.text import BAD, GOOD, KEY, MUTED, WARN, lines, plain, say
from game.tui.widgets.sheet import Sheet
from game.words import counted, later, said


class PeopleScreen(GameModal[None]):
    """A page over whatever stands underneath."""

    HELP = later(
        "Standing runs from -3 to +3. A pledge kept to its end becomes a favour, spent once."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f4,enter", "close", later("Back"), key_display="esc"),
    ]
    CSS = "PeopleScreen .card { height: auto; padding: 0 2; }"

    def compose_body(self) -> ComposeResult:
        """One page that scrolls."""
        with VerticalScroll(classes="card") as card:
            card.border_title = plain(said("People and pledges"))
            yield Sheet(self._words())

    def _words(self) -> Content:
        session = self.game.session
        if session is None:
            return plain(said("No campaign is open."), MUTED)
        campaign, names = session.campaign, Names(session.campaign)
        parts = [_person(person) for person in campaign.persons]
        parts.append(plain(""))
        if campaign.pledges:
            for pledge in campaign.pledges:
                who = names.person(pledge.to)
                parts.append(
                    say(
                        ("# ", WARN),
                        f"{who}: {names.pledge(pledge)}",
                        (("  " + said("signed {signed}", signed=pledge.signed)), MUTED),
                    )
                )
        else:
            parts.append(plain(said("Nothing is pledged."), MUTED))
        return lines(parts)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _person(person: Person) -> Content:
    style = GOOD if person.standing > 0 else BAD if person.standing < 0 else MUTED
    favour = (
        "  " + counted("owes you {count} favour", "owes you {count} favours", person.favours)
        if person.favours
        else ""
    )
    first = say(
        (person.name, "bold"),
        (f", {person.title} ({person.trait})", MUTED),
        f"  {said('standing')} ",
        (f"{person.standing:+d}" if person.standing else "0", f"bold {style}"),
        (favour, KEY),
    )
    words = person.wants or person.says
    return say(first, "\n", (f"  {words}", "italic")) if words else first
