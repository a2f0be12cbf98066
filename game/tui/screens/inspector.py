"""The event inspector: what could come, what waits and for what, in true numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, OptionList

from game.campaign.decisions import Expire, Step, Trigger
from game.tui.practising import do_by_hand, show_again
from game.tui.screens.filtered import FilteredScreen
from game.tui.screens.inspector_page import page_of, row_of
from game.tui.text import MUTED, plain
from game.tui.widgets.rows import Rows
from game.tui.widgets.sheet import Sheet
from game.words import later, said

if TYPE_CHECKING:
    from game.campaign.inspecting import Inspector, Standing

SHOWN = ("own", "could", "waits", "active", "all")
TITLES = {
    "own": later("of this pack"),
    "could": later("could come"),
    "waits": later("wait"),
    "active": later("active"),
    "all": later("all"),
}


@dataclass(frozen=True, slots=True)
class View:
    """Where somebody looks.

    Attributes:
        show: which are listed; the usual ones where it is empty.
        part: what a name must hold.
        here: the event or situation on the page.
        place: its sector; the one where it is nearest where None.
    """

    show: str = ""
    part: str = ""
    here: str | None = None
    place: str | None = None

    @property
    def searches(self) -> bool:
        """Whether a name is looked for, among all of them."""
        return bool(self.part.strip())


class InspectorScreen(FilteredScreen):
    """A list of events and situations at the left, everything about one at the right."""

    TITLE_LINE = later("Event inspector")
    HELP = later(
        "Every event and situation of the campaign, as the next year would open: what could come, "
        "with its chance and this year's draw of the dice (it comes where the draw lies below the "
        "chance); what waits, and for what; what is active. All numbers are true ones. The page "
        "shows each clause of a condition with both its sides. Left and right change what is "
        "listed, / looks for a name among all of them, s goes to the next sector.\n\n"
        "In practice, t lets an event come next year (or a situation begin), x ends a situation, "
        "or lets an event be no longer due nor resting, and n goes on to the end of a year: the "
        "desk is locked as it stands and whatever asks takes its default. All three are kept "
        "in the save."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", later("Find"), key_display="/"),
        Binding("right,l,right_square_bracket", "kind(1)", later("Show"), key_display="←→"),
        Binding("left,h,left_square_bracket", "kind(-1)", later("Show before"), show=False),
        Binding("s", "sector(1)", later("Next sector"), show=False),
        Binding("S", "sector(-1)", later("Sector before"), show=False),
        Binding(
            "t", "trigger", later("Trigger"), tooltip=later("Let it come next year, or begin now")
        ),
        Binding(
            "x", "expire", later("Expire"), tooltip=later("End it; let it be neither due nor rest")
        ),
        Binding(
            "n", "step", later("Step"), tooltip=later("To the end of a year, with every default")
        ),
        Binding("pagedown,J", "page(1)", later("Read on"), show=False),
        Binding("pageup,K", "page(-1)", later("Read back"), show=False),
        Binding("escape,q,f7", "back", later("Back"), key_display="esc"),
    ]
    CSS = """
    InspectorScreen #list { width: 36; height: 1fr; }
    InspectorScreen.-three #list { width: 48; }
    InspectorScreen Rows { height: 1fr; }
    InspectorScreen #entry { height: 1fr; padding: 0 1; }
    """

    def __init__(self, view: View | None = None) -> None:
        super().__init__()
        self.view = view or View()
        self._inspector: Inspector | None = None
        self._chosen: tuple[Standing, ...] = ()
        self._own: frozenset[str] = frozenset()

    def compose_body(self) -> ComposeResult:
        """Filter, list, page."""
        with Horizontal():
            with Vertical(id="list", classes="panel"):
                yield Input(
                    self.view.part, placeholder=said("part of a title or an id"), id="filter"
                )
                yield Rows()
            with VerticalScroll(id="entry", classes="panel", can_focus=False):
                yield Sheet(plain(said("Looking ..."), MUTED))

    def on_mount(self) -> None:
        """Look at the campaign in a thread."""
        self.set_class(bool(self.view.part), "-filter")
        self.query_one(Rows).focus()
        self.fetch()

    @work(thread=True, exclusive=True, group="inspect")
    def fetch(self) -> None:
        """See how everything stands."""
        from game.campaign.inspecting import Inspector

        session = self.game.session
        if session is None:
            return
        found = Inspector(session.campaign)
        found.standings  # noqa: B018 - worked out here, in the thread
        self.app.call_from_thread(self._fetched, found)

    def _fetched(self, found: Inspector) -> None:
        if self.is_mounted:
            self._inspector = found
            self._own = found.own(self.game.library.given())
            if not self.view.show or (self.view.show == "own" and not self._own):
                self.view = replace(self.view, show=self._usual(found))
            self._list()

    def _usual(self, found: Inspector) -> str:
        """What is listed at first: to an author what is the author's, else what could come."""
        requires = found.model.pack.manifests[found.home].requires
        return "own" if self._own and (self.game.watches or requires) else "could"

    # --- the list -----------------------------------------------------------------------------

    def _list(self) -> None:
        from game.campaign.inspecting import chosen

        inspector, view = self._inspector, self.view
        if inspector is None:
            return
        show = "all" if view.searches else view.show
        self._chosen = chosen(inspector.standings, show, view.part, self._own)
        count = f"{len(self._chosen)}/{len(inspector.standings)}"
        title = plain(f"‹ {said(TITLES[show])} ›  {count}")
        self.query_one("#list").border_title = plain(title.plain)
        year = said("{year}, opened", year=inspector.year)
        if not inspector.open:
            year = said("{year}, before it opens", year=inspector.year)
        self.top.show(said(self.TITLE_LINE), plain(year))
        listing = self.query_one(Rows)
        listing.show([row_of(one) for one in self._chosen], view.here)
        self._open(listing.here)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        # What is told may be older than the list: only the cursor knows where it is.
        here = self.query_one(Rows).here
        if here != self.view.here:
            self._open(here)

    def _open(self, name: str | None) -> None:
        inspector = self._inspector
        entry = self.query_one("#entry", VerticalScroll)
        if name != self.view.here:
            self.view = replace(self.view, here=name, place=None)
            entry.scroll_home(animate=False)
        if inspector is None or name is None:
            words = said("Nothing of that kind.") + " " + said("← and → list others.")
            if self.view.searches:
                words = said("No title and no id has that in it; esc ends the search.")
            entry.query_one(Sheet).show(plain(words, MUTED))
            entry.border_title = plain("")
            return
        page = inspector.page(name, self.view.place)
        entry.border_title = plain(page.standing.kind)
        can = not inspector.campaign.finished
        entry.query_one(Sheet).show(lambda width: page_of(page, inspector, width, can=can))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self.view.part:
            self.view = replace(self.view, part=event.value)
            self._list()

    def action_kind(self, by: int) -> None:
        """List others; a search is through all of them."""
        if self.view.searches:
            self.game.tell(said("A search goes through all of them; esc ends it."))
            return
        if self._inspector is None:
            return
        shown = SHOWN if self._own else SHOWN[1:]
        show = shown[(shown.index(self.view.show) + by) % len(shown)]
        self.view = replace(self.view, show=show)
        self._list()

    def action_sector(self, by: int) -> None:
        """Look at the same thing in another sector."""
        inspector, here = self._inspector, self.view.here
        if inspector is None or here is None:
            return
        standing = inspector.standing(here)
        places = [spot.place for spot in standing.spots]
        now = standing.at(self.view.place).place if self.view.place else standing.best.place
        place = places[(places.index(now) + by) % len(places)]
        self.view = replace(self.view, place=place)
        self._open(here)

    def action_page(self, by: int) -> None:
        """Scroll the page."""
        page = self.query_one("#entry", VerticalScroll)
        page.scroll_relative(y=by * max(1, page.size.height - 1), animate=False)

    # --- by hand ------------------------------------------------------------------------------

    def action_trigger(self) -> None:
        """Let what is on the page come next year, or begin."""
        found = self._target()
        if found is not None:
            entry, place, title = found
            inspector = self._inspector
            assert inspector is not None
            event = entry.kind == "event"
            year = inspector.year + (1 if inspector.open else 0)
            words = said("{title} comes in {year}.", title=title, year=year)
            if not event:
                words = said("{title} has begun.", title=title)
                if inspector.open:
                    words = said("{title} begins as this year closes.", title=title)
            do_by_hand(self.game, Trigger(entry.id, place), lambda t: self._done(t, words))

    def action_expire(self) -> None:
        """End what is on the page: a situation, a schedule, a rest."""
        found = self._target()
        if found is not None:
            entry, place, title = found
            words = self._expired(entry, place, title)
            do_by_hand(self.game, Expire(entry.id, place), lambda t: self._done(t, words))

    def _expired(self, entry: Standing, place: str | None, title: str) -> str:
        """What expiring will have done."""
        assert self._inspector is not None
        held = entry.at(place).hold
        parts = []
        if held.active:
            parts.append(said("is ended"))
        if held.triggered:
            parts.append(said("does not come by hand"))
        if held.due:
            parts.append(said("is no longer due"))
        if held.resting is not None:
            parts.append(said("rests no longer"))
        words = f"{title} {', '.join(parts)}."
        settled = not (held.due or held.active or held.resting is not None)
        if self._inspector.open and not settled:
            words += " " + said("It counts once this year has closed.")
        return words

    def _target(self) -> tuple[Standing, str | None, str] | None:
        """What is on the page, where it may be touched."""
        inspector, here = self._inspector, self.view.here
        if inspector is None or self._read_only():
            return None
        if here is None:
            self.game.tell(said("Nothing is on the page: choose from the list first."))
            return None
        standing = inspector.standing(here)
        spot = standing.at(self.view.place) if self.view.place else standing.best
        where = f" ({spot.name})" if spot.name else ""
        return standing, spot.place, f"{standing.title}{where}"

    def _read_only(self) -> bool:
        session = self.game.session
        if session is None or session.campaign.finished or not session.practice:
            self.game.tell(said("The campaign has ended: it can only be looked at."))
            return True
        return False

    def _done(self, trouble: str, words: str) -> None:
        self.game.tell(trouble or words, bad=bool(trouble))
        if not trouble:
            self.fetch()

    def action_step(self) -> None:
        """On to the end of a year."""
        if not self._read_only():
            do_by_hand(self.game, Step(), self._stepped)

    def _stepped(self, trouble: str) -> None:
        game, session = self.game, self.game.session
        if trouble or session is None:
            game.tell(trouble, bad=True)
            return
        seen = self._inspector.campaign.year if self._inspector is not None else 0
        show_again(game)
        new = [one for one in session.campaign.reports if one.year > seen]
        if new:
            years = f"{new[0].year}" if len(new) == 1 else f"{new[0].year}-{new[-1].year}"
            told = "; ".join(h.text for h in new[-1].happenings[:1])
            game.tell(said("{year} has closed. {told}", year=years, told=told))
        game.tell_lines(session)
